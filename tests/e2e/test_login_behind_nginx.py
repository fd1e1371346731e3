"""Signing in through the shipped nginx and settings, with two app processes and TLS everywhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.e2e.conftest import free_port, running, wait_until_healthy
from tests.integration.test_deployment import HOST, PROGRAM, configured, needed, until_listening

pytestmark = pytest.mark.e2e

PROVIDER = """
import sys
from oidc_provider_mock import User, app
app(user_claims=[User(sub="wangwu", claims={"name": "王五"})]).run(
    port=int(sys.argv[1]), ssl_context=("tls.crt", "tls.key"), debug=False
)
"""
WAIT_MS = 30_000


def certificate(folder: Path) -> None:
    """Make the certificate of the site and of the provider."""
    names = f"subjectAltName=DNS:{HOST},IP:127.0.0.1"
    command = [needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", f"/CN={HOST}", "-addext", names]
    command += ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt")]
    subprocess.run(command, check=True, capture_output=True)


def login_file(project_root: Path, folder: Path, site: str, provider: str) -> Path:
    """Return the shipped sample, filled in."""
    text = (project_root / "deploy" / "login.toml").read_text(encoding="utf-8")
    text = text.replace(f"https://{HOST}", site)
    text = text.replace("https://sso.example.gov.cn/realms/county", provider)
    file = folder / "login.toml"
    file.write_text(re.sub(r'请改成[^"]*', "0123456789abcdef" * 4, text), encoding="utf-8")
    return file


@pytest.fixture
def site(project_root: Path, tmp_path: Path, ziping_home: Path) -> Iterator[str]:
    """Start provider, two processes and nginx, and return the address of the site."""
    certificate(tmp_path)
    port, provider_port, ports = free_port(), free_port(), [free_port(), free_port()]
    address, provider = f"https://{HOST}:{port}", f"https://127.0.0.1:{provider_port}"
    own = {
        "ZIPING_HOME": str(ziping_home),
        "ZIPING_LOGIN": str(login_file(project_root, tmp_path, address, provider)),
        "ZIPING_ADMINS": "wangwu",
        "SSL_CERT_FILE": str(tmp_path / "tls.crt"),
        "STREAMLIT_SERVER_ALLOWED_HOSTS": f"{HOST} 127.0.0.1",
        "STREAMLIT_SERVER_COOKIE_SECRET": "fedcba9876543210" * 4,
    }
    config = tmp_path / "nginx.conf"
    config.write_text(configured(project_root, tmp_path, port, ports), encoding="utf-8")
    nginx = [needed("nginx"), "-p", str(tmp_path), "-c", str(config), "-g", "daemon off;"]
    oidc = [sys.executable, "-c", PROVIDER, str(provider_port)]
    with ExitStack() as stack:
        stack.enter_context(running(oidc, tmp_path, tmp_path / "oidc.txt"))
        for number, one in enumerate(ports):
            log = tmp_path / f"app{number}.txt"
            serve = [PROGRAM, "serve", "--port", str(one)]
            app = stack.enter_context(running(serve, tmp_path, log, **own))
            wait_until_healthy(app, f"http://127.0.0.1:{one}/_stcore/health", log)
        stack.enter_context(running(nginx, tmp_path, tmp_path / "nginx.txt"))
        until_listening(port)
        until_listening(provider_port)
        yield address


def test_people_sign_in_through_the_shipped_nginx(site: str, chromium_path: str) -> None:
    switches = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=switches)
        context = browser.new_context(ignore_https_errors=True, locale="zh-CN")
        context.set_default_timeout(WAIT_MS)
        context.route("**//cdn.jsdelivr.net/**", lambda route: route.fulfill(body=""))
        page = context.new_page()
        page.goto(f"{site}/settings")
        page.get_by_role("button", name="登录", exact=True).click()
        page.get_by_role("button", name="wangwu", exact=True).click()
        expect(page.locator(".st-key-account")).to_contain_text("王五", timeout=WAIT_MS)
        expect(page).to_have_url(f"{site}/settings")
        cookies = {one["name"]: one for one in context.cookies(site)}
        assert {"_streamlit_user", "_streamlit_xsrf", "ziping_route"} <= set(cookies)
        assert all(one["secure"] for one in cookies.values()), cookies
        user = cookies["_streamlit_user"]
        assert (user["httpOnly"], user["sameSite"]) == (True, "Lax")
        assert cookies["_streamlit_xsrf"]["sameSite"] == "Strict"

        page.get_by_role("button", name="退出登录").click()
        page.get_by_role("button", name="End session").click()
        expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible(timeout=WAIT_MS)
        assert "_streamlit_user" not in {one["name"] for one in context.cookies(site)}
        browser.close()
