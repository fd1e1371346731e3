"""Accounts: who comes for the first time may do nothing, and administrators decide the rest."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from tests.integration.conftest import MORNING

from ziping.domain.errors import ConflictError, InputError, NotFoundError, RefusedError
from ziping.domain.people import Account, Person, Role
from ziping.services.auditing import list_audit, verify_audit
from ziping.services.people import (
    SignIn,
    account_of,
    add_account,
    list_accounts,
    set_account,
    sign_out,
)
from ziping.services.people import sign_in as sign_in_as
from ziping.services.workspace import Workspace

ADMIN = "wangwu"
UNIT = "甲单位"
LATER = MORNING + timedelta(hours=1)


def told(login: str, issued: datetime, name: str = "") -> SignIn:
    """Return what the provider tells."""
    return SignIn(login=login, name=name, issued=issued)


def sign_in(
    workspace: Workspace,
    login: str,
    name: str,
    administrators: Collection[str] = (),
    issued: datetime = MORNING,
) -> Account:
    """Sign in as the provider tells it."""
    return sign_in_as(workspace, told(login, issued, name), administrators)


@pytest.fixture
def administrator(workspace: Workspace) -> Workspace:
    """Return the workspace as the first administrator uses it."""
    account = sign_in(workspace, ADMIN, "王五", {ADMIN})
    return workspace.acting_as(account.person)


def assigned(administrator: Workspace, login: str, *roles: Role, unit: str = UNIT) -> Account:
    """Let somebody who has signed in work for a unit."""
    return set_account(administrator, login, unit=unit, roles=roles, is_active=True)


def actions(workspace: Workspace) -> list[tuple[str, str]]:
    """Return who did what, the first first."""
    return [(one.by, one.action) for one in reversed(list_audit(workspace, 100).entries)]


def test_who_comes_for_the_first_time_may_do_nothing_yet(workspace: Workspace) -> None:
    account = sign_in(workspace, "zhangsan", "张三")
    assert (account.name, account.roles, account.unit) == ("张三", (), "")
    assert account.lacks == "单位和角色"
    assert account.first_seen == account.last_seen
    assert account_of(workspace, "zhangsan") == account
    assert actions(workspace) == [("张三", "新增账号"), ("张三", "登录")]


def test_who_comes_again_is_the_same_account(workspace: Workspace) -> None:
    first = sign_in(workspace, "zhangsan", "张三")
    assert sign_in(workspace, "zhangsan", "换了个名字") == first
    assert len(actions(workspace)) == 2, "another tab is the same sign-in"


def test_a_later_sign_in_is_logged_again(workspace: Workspace) -> None:
    first = sign_in(workspace, "zhangsan", "张三")
    later = sign_in(workspace, "zhangsan", "张三", issued=LATER)
    assert sign_in(workspace, "zhangsan", "张三", issued=LATER) == later
    assert (later.first_seen, later.last_seen) == (first.first_seen, LATER)
    sign_out(workspace.acting_as(later.person), told("zhangsan", LATER))
    assert [one for _, one in actions(workspace)] == ["新增账号", "登录", "登录", "退出登录"]


def test_a_sign_in_that_was_ended_is_over_in_every_tab(workspace: Workspace) -> None:
    account = sign_in(workspace, "zhangsan", "张三", issued=LATER)
    me = workspace.acting_as(account.person)
    sign_out(me, told("zhangsan", LATER))
    sign_out(me, told("zhangsan", MORNING))
    again = sign_in(workspace, "zhangsan", "张三", issued=LATER)
    assert again.has_left(LATER)
    assert again.has_left(MORNING), "an earlier sign-in elsewhere is over too"
    assert not again.has_left(LATER + timedelta(seconds=1))
    assert [one for _, one in actions(workspace)] == ["新增账号", "登录", "退出登录"]


def test_two_people_of_one_name_are_recorded_under_two(workspace: Workspace) -> None:
    names = [sign_in(workspace, login, "张三").name for login in ("zhangsan", "zhang.san")]
    assert names == ["张三", "张三（zhang.san）"]
    assert sign_in(workspace, "x", "张三（zhang.san）").name == "张三（zhang.san）（x）"


def test_nobody_is_recorded_under_the_name_of_this_machine(workspace: Workspace) -> None:
    own = workspace.person.name
    assert sign_in(workspace, "zhangsan", own).name == f"{own}（zhangsan）"


@pytest.mark.parametrize(
    ("stated", "recorded"),
    [
        ("  张 \n三\t", "张 三"),
        ("", "zhangsan"),
        ("张\u202e三\x00", "张三"),
        ("长" * 99, "长" * 40),
    ],
)
def test_a_name_is_one_line_without_tricks(
    workspace: Workspace, stated: str, recorded: str
) -> None:
    assert sign_in(workspace, "zhangsan", stated).name == recorded


@pytest.mark.parametrize("login", ["", "  ", "a\x00b", "a\nb", "a" * 201])
def test_a_login_that_is_none_is_refused(workspace: Workspace, login: str) -> None:
    with pytest.raises(InputError, match="登录号"):
        sign_in(workspace, login, "张三")


def test_the_settings_name_the_first_administrators(workspace: Workspace) -> None:
    account = sign_in(workspace, ADMIN, "王五", {ADMIN})
    assert account.is_administrator
    assert account.lacks == "", "who runs the system needs no unit"
    sign_in(workspace, "zhangsan", "张三", {ADMIN})
    known = sign_in(workspace, "zhangsan", "张三", {ADMIN, "zhangsan"})
    assert known.roles == (Role.ADMINISTRATOR,), "named later, at the next visit"


def test_administrators_assign_units_and_roles(
    workspace: Workspace, administrator: Workspace
) -> None:
    sign_in(workspace, "zhangsan", "张三")
    account = set_account(
        administrator,
        "zhangsan",
        unit=" 甲单位 ",
        roles=(Role.DEPARTMENT, Role.STAFF, Role.STAFF),
        is_active=True,
    )
    assert account == account_of(workspace, "zhangsan")
    assert (account.unit, account.roles, account.lacks) == (UNIT, (Role.STAFF, Role.DEPARTMENT), "")
    assert account.person == Person(
        name="张三", login="zhangsan", unit=UNIT, roles=(Role.STAFF, Role.DEPARTMENT)
    )
    newest = list_audit(workspace, 1).entries[0]
    assert (newest.by, newest.action) == ("王五", "修改账号")
    assert newest.details == {
        "login": "zhangsan",
        "unit": UNIT,
        "roles": "经办人、部室审核",
        "active": 1,
    }
    assert verify_audit(workspace).ok


@pytest.mark.parametrize(
    ("roles", "unit", "lacks"),
    [
        ((Role.STAFF,), "", "单位"),
        ((), UNIT, "角色"),
        ((Role.EXTERNAL,), "", ""),
        ((Role.EXTERNAL, Role.HEAD), "", "单位"),
    ],
)
def test_an_account_says_what_it_lacks(
    administrator: Workspace, roles: tuple[Role, ...], unit: str, lacks: str
) -> None:
    account = add_account(administrator, "lisi", "李四", unit=unit, roles=roles)
    assert account.lacks == lacks
    assert account.last_seen is None
    assert sign_in(administrator, "lisi", "别的名字").name == "李四"


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_else_may_see_or_change_accounts(
    workspace: Workspace, administrator: Workspace, role: Role
) -> None:
    sign_in(workspace, "zhangsan", "张三")
    me = workspace.acting_as(assigned(administrator, "zhangsan", role).person)
    for attempt in (
        lambda: list_accounts(me),
        lambda: add_account(me, "lisi", "李四"),
        lambda: assigned(me, "zhangsan", Role.ADMINISTRATOR),
    ):
        with pytest.raises(RefusedError, match="只有管理员"):
            attempt()
    assert [one.login for one in list_accounts(administrator)] == [ADMIN, "zhangsan"]


@pytest.mark.parametrize("change", [{"roles": ()}, {"is_active": False}])
def test_the_last_administrator_stays(
    workspace: Workspace, administrator: Workspace, change: dict[str, object]
) -> None:
    wanted = {"unit": "", "roles": (Role.ADMINISTRATOR,), "is_active": True, **change}
    with pytest.raises(RefusedError, match="最后一名管理员"):
        set_account(administrator, ADMIN, **wanted)  # type: ignore[arg-type]  # a mix of types
    sign_in(workspace, "zhangsan", "张三")
    assigned(administrator, "zhangsan", Role.ADMINISTRATOR)
    assert not set_account(administrator, ADMIN, **wanted).is_administrator  # type: ignore[arg-type]


def test_a_deactivated_account_is_not_revived_by_the_settings(
    workspace: Workspace, administrator: Workspace
) -> None:
    sign_in(workspace, "zhangsan", "张三")
    set_account(administrator, "zhangsan", unit="", roles=(), is_active=False)
    account = sign_in(workspace, "zhangsan", "张三", {"zhangsan"})
    assert not account.is_active
    assert account.roles == ()


def test_two_administrators_do_not_overwrite_each_other(
    workspace: Workspace, administrator: Workspace
) -> None:
    seen = sign_in(workspace, "zhangsan", "张三").saved_at
    assigned(administrator, "zhangsan", Role.STAFF)
    with pytest.raises(ConflictError, match="张三的账号刚刚由王五改过"):
        set_account(administrator, "zhangsan", unit="", roles=(), is_active=True, seen=seen)


def test_an_account_that_is_not_there_is_told(administrator: Workspace) -> None:
    with pytest.raises(NotFoundError, match="没有登录号是“nobody”的人员"):
        assigned(administrator, "nobody", Role.STAFF)
    add_account(administrator, "lisi", "李四")
    with pytest.raises(InputError, match="已经有了"):
        add_account(administrator, "lisi", "李四")
