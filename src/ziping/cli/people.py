"""`people`: who may sign in, for which unit and in which roles; for whoever runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ziping.bootstrap import open_workspace
from ziping.cli.chinese import ChineseGroup
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE
from ziping.domain.errors import InputError
from ziping.domain.people import Account, Role
from ziping.services.people import PeopleList, add_account, list_accounts, set_account
from ziping.services.workspace import Workspace

_roles_option = click.option(
    "--role", "roles", metavar="角色", multiple=True, help=f"{'、'.join(Role)}；几个角色写几次"
)
_login_argument = click.argument("login", metavar="登录号", help="登录服务给的登录号")


@contextmanager
def _opened() -> Iterator[Workspace]:
    """Yield the workspace as whoever runs the server uses it: the data are theirs anyway."""
    workspace = open_workspace()
    try:
        yield workspace
    finally:
        workspace.database.close()


@click.group(cls=ChineseGroup, help="管理可以登录的人员：单位、角色、启用和停用。")
def people() -> None:
    """Hold the commands."""


@people.command("list", help="列出人员")
@json_option
def show(*, as_json: bool) -> int:
    """Print every account."""
    with _opened() as workspace:
        accounts = list_accounts(workspace)
    _told(accounts, as_json=as_json)
    return DONE


@people.command(help="预先登记一个人，在其第一次登录之前")
@_login_argument
@click.option("--name", metavar="姓名", required=True, help="留痕用的姓名，登记后不再改变")
@click.option("--unit", metavar="单位", default="", help="所在单位的全称")
@_roles_option
@json_option
def add(login: str, name: str, unit: str, roles: tuple[str, ...], *, as_json: bool) -> int:
    """Enter somebody beforehand."""
    with _opened() as workspace:
        account = add_account(workspace, login, name, unit=unit, roles=_roles(roles))
    _told((account,), as_json=as_json)
    return DONE


@people.command("set", help="修改一个人的单位、角色，启用或停用；没有写的不变")
@_login_argument
@click.option("--unit", metavar="单位", help="所在单位的全称")
@_roles_option
@click.option("--active/--inactive", "is_active", default=None, help="启用或停用")
@json_option
def change(
    login: str, unit: str | None, roles: tuple[str, ...], *, is_active: bool | None, as_json: bool
) -> int:
    """Change what an account may do; the roles given replace all it had."""
    with _opened() as workspace:
        known = (one for one in list_accounts(workspace) if one.login == login)
        before = next(known, Account(login=login, name=""))  # one that is not there is refused
        account = set_account(
            workspace,
            login,
            unit=before.unit if unit is None else unit,
            roles=_roles(roles) or before.roles,
            is_active=before.is_active if is_active is None else is_active,
        )
    _told((account,), as_json=as_json)
    return DONE


def _told(accounts: tuple[Account, ...], *, as_json: bool) -> None:
    """Print accounts."""
    if as_json:
        echo_json(PeopleList(people=accounts))
    elif accounts:
        echo(table(("登录号", "姓名", "单位", "角色", "状态", "最近登录"), map(_row, accounts)))
    else:
        echo("还没有人登录过，也没有预先登记的人员。")


def _row(one: Account) -> tuple[str, ...]:
    """Return an account as a line of the table."""
    seen = one.last_seen.astimezone().strftime("%Y-%m-%d %H:%M") if one.last_seen else "从未"
    return one.login, one.name, one.unit, "、".join(one.roles), one.standing, seen


def _roles(stated: tuple[str, ...]) -> tuple[Role, ...]:
    """Return the roles that texts name."""
    try:
        return tuple(Role(one.strip()) for one in stated)
    except ValueError as error:
        raise InputError("没有这种角色", remedy=f"可选：{'、'.join(Role)}") from error
