"""Reading and writing accounts (账号)."""

from datetime import datetime

import sqlalchemy as sa

from ziping.domain.errors import NotFoundError
from ziping.domain.people import Account
from ziping.persistence.moments import aware
from ziping.persistence.tables import people

_MOMENTS = ("first_seen", "last_seen", "left_at", "saved_at")


def insert_account(connection: sa.Connection, account: Account) -> None:
    """Store a new account."""
    connection.execute(people.insert().values(account.model_dump()))


def update_account(connection: sa.Connection, account: Account) -> None:
    """Store what changed of an account; login and name never do."""
    changes = account.model_dump(exclude={"login", "name"})
    connection.execute(people.update().where(people.c.login == account.login).values(changes))


def find_account(connection: sa.Connection, login: str) -> Account | None:
    """Return the account of a login; None: nobody signed in with it yet."""
    row = connection.execute(sa.select(people).where(people.c.login == login)).mappings().first()
    return None if row is None else _account(row)


def load_account(connection: sa.Connection, login: str) -> Account:
    """Return the account of a login; NotFoundError when there is none."""
    found = find_account(connection, login)
    if found is None:
        raise NotFoundError(
            f"没有登录号是“{login}”的人员", remedy="请核对登录号，见 ziping people list"
        )
    return found


def list_accounts(connection: sa.Connection) -> tuple[Account, ...]:
    """Return every account, in the order of units and names."""
    query = sa.select(people).order_by(people.c.unit, people.c.name)
    return tuple(_account(row) for row in connection.execute(query).mappings())


def is_name_taken(connection: sa.Connection, name: str) -> bool:
    """Whether an account is recorded under a name."""
    query = sa.select(people.c.login).where(people.c.name == name)
    return connection.execute(query).first() is not None


def _account(row: sa.RowMapping) -> Account:
    """Return a row as an account."""
    moments: dict[str, datetime | None] = {
        name: aware(row[name]) if row[name] else None for name in _MOMENTS
    }
    return Account.model_validate({**row, **moments})
