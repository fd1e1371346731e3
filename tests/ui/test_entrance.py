"""The entrance: what is shown to whom, without a browser and without a provider."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.app_driver import App
from tests.ui.conftest import SECRETS

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.domain.people import Role
from ziping.services.people import account_of, add_account
from ziping.ui import identities
from ziping.ui.components import entrance

UNIT = "甲单位"

Enter = Callable[..., App]


@pytest.fixture
def enter(
    project_root: Path, provider: Callable[[dict[str, Any]], None], monkeypatch: pytest.MonkeyPatch
) -> Enter:
    """Open the app as somebody of whom the provider states something."""
    monkeypatch.setenv("ZIPING_ADMINS", "wangwu")

    def opened(hours_ago: float = 0, **stated: Any) -> App:  # noqa: ANN401 - claims
        issued = datetime.now(UTC) - timedelta(hours=hours_ago)
        claims = {"is_logged_in": True, "iat": int(issued.timestamp()), **stated}
        provider(claims if stated else {})
        return App(
            AppTest.from_file(project_root / "app.py", default_timeout=60).run(), project_root
        )

    return opened


def prepared(login: str, *roles: Role, name: str = "张三", unit: str = UNIT) -> None:
    """Enter somebody beforehand."""
    workspace = open_workspace(load_settings())
    add_account(workspace, login, name, unit=unit, roles=roles)
    workspace.database.close()


def test_nobody_sees_a_page_before_signing_in(enter: Enter) -> None:
    app = enter()
    assert "请用单位的统一身份登录" in app.text()
    for page in ("workbench", "settings", "library"):
        app.go(page)
        assert [one.label for one in app.run.button] == ["登录"]


def test_a_person_of_a_unit_gets_in_under_the_recorded_name(enter: Enter) -> None:
    prepared("zhangsan", Role.STAFF)
    app = enter(sub="zhangsan", name="换了名字")
    assert "打开示例" in app.text()
    assert "张三" in app.text()
    assert f"{UNIT}　经办人" in app.text()
    app.go("settings")
    assert "人员" not in [one.label for one in app.run.tabs]


@pytest.mark.parametrize(
    ("roles", "unit", "lacks"), [((), "", "单位和角色"), ((Role.STAFF,), "", "单位")]
)
def test_who_is_not_assigned_is_told_what_is_missing(
    enter: Enter, roles: tuple[Role, ...], unit: str, lacks: str
) -> None:
    prepared("zhangsan", *roles, unit=unit)
    app = enter(sub="zhangsan", name="张三")
    assert f"管理员还没有分配{lacks}" in app.text()
    assert [one.label for one in app.run.button] == ["刷新", "退出登录"]


def test_a_sign_in_ends_after_some_hours(enter: Enter) -> None:
    prepared("zhangsan", Role.STAFF)
    app = enter(hours_ago=12.1, sub="zhangsan", name="张三")
    assert "登录已超过 12 小时，请重新登录" in app.text()
    assert [one.label for one in app.run.button] == ["登录"]


def test_a_sign_in_without_its_moment_is_none(enter: Enter) -> None:
    app = enter(sub="zhangsan", name="张三", iat=None)
    assert [one.label for one in app.run.button] == ["登录"]


@pytest.mark.parametrize(
    ("claim", "stated"),
    [
        ("preferred_username", {"sub": "zhangsan"}),
        ("email", {"sub": "zhangsan", "email": "z@example.com", "email_verified": False}),
        ("groups", {"sub": "zhangsan", "groups": ["a"]}),
    ],
)
def test_a_login_that_nobody_proved_opens_nothing(
    enter: Enter, monkeypatch: pytest.MonkeyPatch, claim: str, stated: dict[str, Any]
) -> None:
    monkeypatch.setenv("ZIPING_LOGIN_CLAIM", claim)
    app = enter(**stated)
    assert "登录服务没有给出可用的" in app.text()
    assert [one.label for one in app.run.button] == ["退出登录"]


def test_a_name_is_shown_as_it_stands(enter: Enter) -> None:
    trick = "![x](http://evil.example/x)"
    app = enter(sub="wangwu", name=trick)
    shown = [one.value for one in app.run.markdown if "evil" in str(one.value)]
    assert shown
    assert not any(trick in one for one in shown)


@pytest.mark.parametrize(
    ("old", "new"), [("client_secret", "#"), ("[auth]", "[auth"), (SECRETS, "")]
)
def test_settings_that_are_not_complete_let_nobody_in(
    enter: Enter, tmp_path: Path, old: str, new: str
) -> None:
    (tmp_path / "secrets.toml").write_text(SECRETS.replace(old, new), encoding="utf-8")
    app = enter(sub="wangwu", name="王五")
    assert "登录的设置不完整" in app.text()
    assert not app.run.button


def test_streamlit_without_the_secrets_lets_nobody_in(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "is_ready", lambda: False)
    assert "登录的设置不完整" in enter(sub="wangwu", name="王五").text()


def test_the_administrator_assigns_and_the_last_one_stays(enter: Enter) -> None:
    prepared("zhangsan", name="张三", unit="")
    app = enter(sub="wangwu", name="王五")
    app.go("settings")
    assert "共 2 人，其中 1 人等待分配" in " ".join(app.text().split())
    [unit] = [one for one in app.run.selectbox if one.label == "单位"]
    unit.select("填写别的单位……").run()
    app.enter("单位全称", UNIT)
    roles: Any = app.run.get("button_group")[0]
    roles.set_value([Role.STAFF]).run()
    app.press("保存")
    workspace = open_workspace(load_settings())
    account = account_of(workspace, "zhangsan")
    workspace.database.close()
    assert account
    assert (account.unit, account.roles, account.saved_by) == (UNIT, (Role.STAFF,), "王五")

    [who] = [one for one in app.run.selectbox if one.label == "修改谁"]
    who.select("wangwu").run()
    app.run.checkbox[0].uncheck().run()
    app.press("保存")
    assert "王五是最后一名管理员" in app.text()


def test_without_a_login_the_page_says_why_there_is_nobody_to_manage(app: App) -> None:
    app.go("settings")
    assert "人员" in [one.label for one in app.run.tabs]
    assert "没有启用登录：程序只供本机使用" in app.text()


def test_without_a_login_only_this_machine_is_served(
    project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "_host", lambda: "ziping.example.gov.cn")
    app = App(AppTest.from_file(project_root / "app.py", default_timeout=60).run(), project_root)
    assert "没有启用登录，不能从别处使用" in app.text()
    assert not app.run.button
