"""Signing in at a real provider: who is let in, what they see, and how it ends."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, Route, expect
from tests.e2e.browser_tab import Tab
from tests.e2e.conftest import free_port, running, tabs_of_people, wait_until_healthy
from tests.e2e.test_wording import KNOWN_WORDS

pytestmark = pytest.mark.e2e

PEOPLE = {"wangwu": "王五", "zhangsan": "张三", "lisi": "李四"}
FIRST_UNIT, SECOND_UNIT = "甲市公共服务中心", "乙县政务服务中心"
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "{secret}"
client_id = "ziping"
client_secret = "known to the provider"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
STYLES_OF_THE_PROVIDER = "cdn.jsdelivr.net"
WAIT_MS = 15_000
SERIOUS = ("serious", "critical")


class Visitor(Tab):
    """A tab of somebody who signs in; pages of the provider are not ours to judge."""

    def _see_request(self, request: Request) -> None:
        if STYLES_OF_THE_PROVIDER not in request.url:
            super()._see_request(request)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.location.get("url", "").startswith(self.address):
            super()._hear(message)

    def sign_in(self, login: str) -> None:
        """Press the button, and say at the provider who one is."""
        self.press("登录")
        self.page.get_by_role("button", name=login, exact=True).click()
        self.page.wait_for_url(f"{self.address}/**")
        self.settle()

    def sign_out(self) -> None:
        """Leave, here and at the provider."""
        self.press("退出登录")
        self.page.get_by_role("button", name="End session").click()
        expect(self.page.get_by_role("button", name="登录", exact=True)).to_be_visible()

    def change(self, login: str) -> None:
        """Choose whose account is changed."""
        self.choose("修改谁", login)
        expect(self.page.locator(".st-key-accounts-one")).to_contain_text(f"登录号 {login}")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option).click()
        self.settle()


@pytest.fixture(scope="module")
def county(
    project_root: Path, chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Start a provider and an app that people sign in to, and return the app's address."""
    folder = tmp_path_factory.mktemp("county")
    provider_port, app_port = free_port(), free_port()
    provider, app = f"http://127.0.0.1:{provider_port}", f"http://127.0.0.1:{app_port}"
    secrets = folder / "secrets.toml"
    text = SECRETS.format(app=app, provider=provider, secret="0123456789abcdef" * 4)
    secrets.write_text(text, encoding="utf-8")
    known = [json.dumps({"sub": login, "name": name}) for login, name in PEOPLE.items()]
    claims = [part for one in known for part in ("--user-claims", one)]
    oidc = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port), *claims]
    serve = [str(Path(sys.executable).with_name("ziping")), "serve", "--port", str(app_port)]
    own = {
        "ZIPING_HOME": str(folder / "home"),
        "ZIPING_LOGIN": str(secrets),
        "ZIPING_ADMINS": "wangwu",
    }
    with (
        running(oidc, folder, folder / "oidc.txt", AUTHLIB_INSECURE_TRANSPORT="1") as provider_run,
        running(serve, folder, folder / "app.txt", **own) as app_run,
    ):
        metadata = f"{provider}/.well-known/openid-configuration"
        wait_until_healthy(provider_run, metadata, folder / "oidc.txt")
        wait_until_healthy(app_run, f"{app}/_stcore/health", folder / "app.txt")
        yield app


@pytest.fixture
def visitor(browser: Browser, county: str) -> Iterator[Callable[[], Visitor]]:
    """Open browsers of separate people; at the end each must have stayed clean and at home."""

    def opened(context: BrowserContext) -> Visitor:
        context.route(f"**//{STYLES_OF_THE_PROVIDER}/**", _no_styles)
        return Visitor(context.new_page(), county)

    with tabs_of_people(browser, opened, WAIT_MS) as new:
        yield new


def _no_styles(route: Route) -> None:
    """Answer the provider's wish for a style sheet from elsewhere."""
    route.fulfill(body="")


def barriers(tab: Visitor) -> list[str]:
    """Return what keeps people out that is ours to mend; the list of pages is Streamlit's."""
    found = Axe().run(tab.page, context="[data-testid=stMain]").response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in SERIOUS]


def assign(admin: Visitor, login: str, unit: str, *roles: str) -> None:
    """Let somebody work for a unit."""
    admin.change(login)
    admin.choose("单位", "填写别的单位")
    admin.enter("单位全称", unit)
    admin.settle()
    for role in roles:
        admin.page.get_by_role("button", name=role, exact=True).click()
        admin.settle()
    admin.press("保存")
    expect(admin.page.get_by_text(f"已保存 {PEOPLE[login]}：可用")).to_be_visible()
    admin.settle()


def test_people_sign_in_are_assigned_and_see_their_own_unit_alone(
    visitor: Callable[[], Visitor], tmp_path: Path
) -> None:
    one = visitor()
    one.open("/settings")
    expect(one.page.get_by_text("请用单位的统一身份登录")).to_be_visible()
    expect(one.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(one.page.get_by_text("评分规则")).to_have_count(0)
    one.shoot("sign-in", tmp_path)
    assert one.foreign_words(KNOWN_WORDS) == []
    assert barriers(one) == []

    one.sign_in("zhangsan")
    expect(one.page.get_by_text("管理员还没有分配单位和角色")).to_be_visible()
    expect(one.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    one.shoot("unassigned", tmp_path)
    assert one.foreign_words(KNOWN_WORDS | {"zhangsan"}) == []
    other = visitor()
    other.open()
    other.sign_in("lisi")

    admin = visitor()
    admin.open("/settings")
    admin.sign_in("wangwu")
    expect(admin.page).to_have_url(re.compile("/settings$"))
    admin.page.get_by_role("tab", name="人员").click()
    assign(admin, "zhangsan", FIRST_UNIT, "经办人")
    assign(admin, "lisi", SECOND_UNIT, "经办人", "部室审核")
    admin.shoot("people", tmp_path)
    assert barriers(admin) == []

    one.press("刷新")
    expect(one.page).to_have_url(re.compile("/settings$"))
    expect(one.page.get_by_role("tab", name="人员")).to_have_count(0)
    account = one.page.locator(".st-key-account")
    expect(account).to_contain_text("张三")
    expect(account).to_contain_text(f"{FIRST_UNIT}　经办人")
    one.go("工作台")
    one.press("打开示例")
    expect(one.band).to_contain_text("98.00")
    one.settle()
    report = one.report_id()

    other.press("刷新")
    other.settle()
    expect(other.page.get_by_role("button", name="打开示例")).to_be_visible()
    expect(other.page.get_by_text("怀化市公共资源交易中心")).to_have_count(0)
    other.open(f"/filling?report={report}")
    expect(other.page.get_by_text("没有找到这份报告")).to_be_visible()
    expect(other.page.get_by_text("怀化市公共资源交易中心")).to_have_count(0)


def test_the_cookie_is_for_this_site_and_not_for_scripts(
    visitor: Callable[[], Visitor],
) -> None:
    one = visitor()
    one.open()
    one.sign_in("wangwu")
    cookies = {cookie["name"]: cookie for cookie in one.page.context.cookies(one.address)}
    kept = [cookies[name] for name in cookies if name.startswith("_streamlit_user")]
    assert kept
    for cookie in kept:
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
    assert one.page.evaluate("document.cookie").count("_streamlit_user") == 0

    stolen: list[Any] = list(kept)
    other = Visitor(one.page.context.new_page(), one.address)
    other.open("/settings")
    expect(other.page.get_by_role("tab", name="人员")).to_be_visible()
    one.sign_out()
    left = [one for one in one.page.context.cookies() if one["name"].startswith("_streamlit_user")]
    assert left == []
    other.go("工作台")
    expect(other.page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    one.page.context.add_cookies(stolen)
    one.open()
    expect(one.page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_a_forged_cookie_is_nobody(visitor: Callable[[], Visitor]) -> None:
    one = visitor()
    one.open()
    one.sign_in("wangwu")
    context = one.page.context
    user: Any
    [user] = [each for each in context.cookies() if each["name"] == "_streamlit_user"]
    head, _, tail = user["value"].partition(".")
    forged = f"{head[:-4]}AAAA.{tail}"
    context.add_cookies([user | {"value": forged}])
    one.open("/settings")
    expect(one.page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_a_deactivated_person_can_do_nothing_more(visitor: Callable[[], Visitor]) -> None:
    one, admin = visitor(), visitor()
    one.open()
    one.sign_in("zhangsan")
    admin.open("/settings")
    admin.sign_in("wangwu")
    admin.page.get_by_role("tab", name="人员").click()
    if one.page.get_by_role("button", name="刷新").count():
        assign(admin, "zhangsan", FIRST_UNIT, "经办人")
        one.press("刷新")
    expect(one.page.get_by_role("button", name="打开示例")).to_be_visible()

    admin.change("zhangsan")
    admin.page.get_by_text("可以登录使用").click()
    admin.settle()
    admin.press("保存")
    expect(admin.page.get_by_text("已保存 张三：已停用")).to_be_visible()

    one.press("打开示例")
    expect(one.page.get_by_text("账号已停用")).to_be_visible()
    expect(one.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    assert one.foreign_words(KNOWN_WORDS | {"zhangsan"}) == []
