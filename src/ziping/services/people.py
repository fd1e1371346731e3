"""Who may use the program: signing in, and what administrators let each account do (人员)."""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.errors import ConflictError, InputError, RefusedError
from ziping.domain.model import Record
from ziping.domain.people import Account, Person, Role
from ziping.persistence import people as store
from ziping.services.access import needs
from ziping.services.workspace import UnitOfWork, Workspace

_LONGEST_LOGIN, _LONGEST_NAME, _LONGEST_UNIT = 200, 40, 100


class PeopleList(Record):
    """What `people` prints (人员列表)."""

    people: tuple[Account, ...]


class SignIn(Record):
    """What the login provider says of somebody who signed in (登录身份)."""

    login: str
    name: str
    issued: datetime
    """When the provider said so."""


@needs(Right.USE)
def sign_in(workspace: Workspace, told: SignIn, administrators: Collection[str] = ()) -> Account:
    """Return the account of somebody whom the login provider vouches for.

    Who comes for the first time gets an account that may do nothing yet, but for the
    administrators named in the settings of this machine. One sign-in is logged once, however
    often a page asks.
    """
    login = _checked_login(told.login)
    with workspace.database.read() as connection:
        known = store.find_account(connection, login)
        own_name = known.name if known else _own_name(connection, workspace, told.name, login)
    appointed = login in administrators and not (known and Role.ADMINISTRATOR in known.roles)
    is_new = known is None or known.last_seen is None or told.issued > known.last_seen
    is_over = known and (not known.is_active or known.has_left(told.issued))
    if known and (is_over or not (appointed or is_new)):
        return known
    with workspace.acting_as(Person(name=own_name, roles=(), login=login)).write() as work:
        account = store.find_account(work.connection, login)
        if account is None:
            account = _new_account(work, login, own_name)
            _insert(work, account)
        if appointed:
            account = account.model_copy(update={"roles": (*account.roles, Role.ADMINISTRATOR)})
            _record(work, AuditAction.CHANGE_ACCOUNT, account)
        now = max(work.stamp().at, told.issued)  # the provider's clock may be ahead
        first = account.first_seen or now
        account = account.model_copy(update={"first_seen": first, "last_seen": now})
        store.update_account(work.connection, account)
        work.record(AuditAction.SIGN_IN, login=login)
    return account


@needs(Right.USE)
def sign_out(workspace: Workspace, told: SignIn) -> None:
    """End a sign-in in every tab and for every copy of its cookie, and those before it."""
    with workspace.write() as work:
        account = store.find_account(work.connection, told.login)
        if account and not account.has_left(told.issued):
            ended = account.model_copy(update={"left_at": told.issued})
            store.update_account(work.connection, ended)
            work.record(AuditAction.SIGN_OUT, login=told.login)


@needs(Right.MANAGE)
def account_of(workspace: Workspace, login: str) -> Account | None:
    """Return an account as it is now; None when nobody signed in with that login."""
    with workspace.database.read() as connection:
        return store.find_account(connection, login)


@needs(Right.MANAGE)
def list_accounts(workspace: Workspace) -> tuple[Account, ...]:
    """Return every account, in the order of units and names; for administrators."""
    with workspace.database.read() as connection:
        return store.list_accounts(connection)


@needs(Right.MANAGE)
def add_account(
    workspace: Workspace, login: str, name: str, *, unit: str = "", roles: Iterable[Role] = ()
) -> Account:
    """Enter somebody before the first sign-in, and return the account; for administrators."""
    login = _checked_login(login)
    with workspace.write() as work:
        if store.find_account(work.connection, login):
            raise InputError(f"登录号“{login}”已经有了", remedy="要改单位和角色，请用修改")
        own_name = _own_name(work.connection, workspace, name, login)
        allowed = {"unit": _checked_unit(unit), "roles": _in_order(roles)}
        account = _new_account(work, login, own_name).model_copy(update=allowed)
        _insert(work, account)
    return account


@needs(Right.MANAGE)
def set_account(  # noqa: PLR0913 - what an administrator decides at once
    workspace: Workspace,
    login: str,
    *,
    unit: str,
    roles: Iterable[Role],
    is_active: bool,
    seen: datetime | None = None,
) -> Account:
    """Change what an account may do, and return it; for administrators.

    `seen` is when the account was last changed as the person saw it.
    """
    with workspace.write() as work:
        before = store.load_account(work.connection, login)
        if seen is not None and before.saved_at != seen:
            raise ConflictError(
                f"{before.name}的账号刚刚由{before.saved_by}改过，没有保存",
                remedy="请看过现在的内容再改",
            )
        allowed = {"unit": _checked_unit(unit), "roles": _in_order(roles), "is_active": is_active}
        after = before.model_copy(update=allowed)
        if after == before:
            return before
        _keep_an_administrator(work, before, after)
        after = after.model_copy(update=_saved(work))
        store.update_account(work.connection, after)
        _record(work, AuditAction.CHANGE_ACCOUNT, after)
    return after


def _keep_an_administrator(work: UnitOfWork, before: Account, after: Account) -> None:
    """Refuse to leave the system without anybody who could manage it."""
    if not before.is_administrator or after.is_administrator:
        return
    others = store.list_accounts(work.connection)
    if not any(one.is_administrator for one in others if one.login != before.login):
        raise RefusedError(
            f"{before.name}是最后一名管理员，不能停用或取消管理员角色",
            remedy="请先让另一个人成为管理员",
        )


def _new_account(work: UnitOfWork, login: str, name: str) -> Account:
    """Return an account that may do nothing yet."""
    return Account.model_validate({"login": login, "name": name, **_saved(work)})


def _saved(work: UnitOfWork) -> dict[str, object]:
    """Return who changes an account now, and when."""
    stamp = work.stamp()
    return {"saved_at": stamp.at, "saved_by": stamp.by}


def _insert(work: UnitOfWork, account: Account) -> None:
    """Store a new account, unless somebody of the same name was quicker."""
    if store.is_name_taken(work.connection, account.name):
        raise ConflictError("同名的人正在同时登录", remedy="请刷新页面再试")
    store.insert_account(work.connection, account)
    _record(work, AuditAction.ADD_ACCOUNT, account)


def _record(work: UnitOfWork, action: AuditAction, account: Account) -> None:
    """Say in the audit log what an account may do from now on."""
    roles = "、".join(account.roles)
    active = int(account.is_active)
    work.record(action, login=account.login, unit=account.unit, roles=roles, active=active)


def _own_name(connection: sa.Connection, workspace: Workspace, name: str, login: str) -> str:
    """Return the name that is recorded for an account: nobody else's, nor this machine's own."""
    stated = _clean(name)[:_LONGEST_NAME] or login
    if stated != workspace.person.name and not store.is_name_taken(connection, stated):
        return stated
    distinct, number = f"{stated}（{login}）", 2
    while store.is_name_taken(connection, distinct):
        distinct, number = f"{stated}（{login}，{number}）", number + 1
    return distinct


def _checked_login(login: str) -> str:
    """Return a login as it is stored."""
    clean = _clean(login)
    if not clean or clean != login.strip() or len(clean) > _LONGEST_LOGIN:
        raise InputError(
            "登录号是空的、过长或含有不可见的字符", remedy="请管理员核对登录服务返回的内容"
        )
    return clean


def _checked_unit(unit: str) -> str:
    """Return the name of a unit as it is stored."""
    clean = _clean(unit)
    if len(clean) > _LONGEST_UNIT:
        raise InputError(f"单位名称超过 {_LONGEST_UNIT} 字", remedy="请填单位全称")
    return clean


def _in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return roles once each, in the order of the list."""
    given = frozenset(roles)
    return tuple(one for one in Role if one in given)


def _clean(text: str) -> str:
    """Return a text on one line without invisible characters."""
    seen = "".join(" " if one.isspace() else one for one in text)
    return " ".join("".join(one for one in seen if unicodedata.category(one)[0] != "C").split())
