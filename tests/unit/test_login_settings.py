"""Sign-in settings: complete or told what is missing, and never silently off."""

from pathlib import Path

import pytest

from ziping.config import load_login
from ziping.domain.login import LoginSettings, is_loopback

SECRET = "0123456789abcdef" * 4
GOOD = f"""
[auth]
redirect_uri = "https://ziping.example.gov.cn/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "ziping"
client_secret = "the-client-secret"
server_metadata_url = "https://sso.example.gov.cn/.well-known/openid-configuration"
"""


def loaded(folder: Path, text: str, **settings: str) -> LoginSettings:
    """Return what a file of secrets means."""
    file = folder / "secrets.toml"
    file.write_text(text, encoding="utf-8")
    found = load_login({"ZIPING_LOGIN": str(file)} | settings)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for secrets in empty folders only."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.chdir(tmp_path)


def test_without_settings_nobody_signs_in() -> None:
    assert load_login({}) is None


def test_complete_settings_have_no_problem(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD, ZIPING_ADMINS="wangwu, lisi，", ZIPING_LOGIN_CLAIM=" email ")
    assert (found.problems, found.warnings) == ((), ())
    assert (found.provider, found.claim, found.hours) == ("", "email", 12)
    assert found.administrators == {"wangwu", "lisi"}
    assert SECRET not in repr(found)
    assert "the-client-secret" not in repr(found)


def test_a_named_provider_is_found(tmp_path: Path) -> None:
    text = GOOD.replace("client_id", "[auth.county]\nclient_id")
    found = loaded(tmp_path, text)
    assert (found.problems, found.provider) == ((), "county")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("client_id", "#", "缺少 client_id"),
        ("client_secret", "#", "缺少 client_secret"),
        ("cookie_secret", "#", "缺少 cookie_secret"),
        ("redirect_uri", "#", "缺少 redirect_uri"),
        ("server_metadata_url", "#", "缺少 server_metadata_url"),
        (SECRET, "short", "cookie_secret 不到 32 个字符"),
        (SECRET, "请改成自己的随机串" * 4, "cookie_secret 还是样例里的"),
        ("/oauth2callback", "/", "以 /oauth2callback 结尾"),
        ("https://sso", "sso", "server_metadata_url 应是"),
        ("client_id", "[auth.my_county]\nclient_id", "不能含下划线"),
        ("[auth]", '[auth.b]\nclient_id = "b"\n[auth]', "只支持一个"),
        ("[auth]", "[other]", "缺少 redirect_uri"),
        ("[auth]", "auth = 1\n[other]", "应是一张表"),
        ("[auth]", "[auth", "不是正确的 TOML"),
    ],
)
def test_what_is_missing_or_wrong_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = loaded(tmp_path, GOOD.replace(old, new))
    assert any(told in one for one in found.problems), found.problems
    assert SECRET not in repr(found)


def test_what_is_not_safe_is_warned_of(tmp_path: Path) -> None:
    text = GOOD.replace("https://ziping", "http://ziping") + 'expose_tokens = "id"\n'
    found = loaded(tmp_path, text)
    assert found.problems == ()
    assert "明文" in found.warnings[0]
    assert "expose_tokens" in found.warnings[1]
    found = loaded(tmp_path, GOOD, ZIPING_ADMINS="请改成管理员的登录号")
    assert found.warnings == ("ZIPING_ADMINS 还是样例里的",)


def test_a_file_that_cannot_be_read_never_means_no_sign_in(tmp_path: Path) -> None:
    found = load_login({"ZIPING_LOGIN": str(tmp_path / "gone.toml")})
    assert found
    assert "读不了" in found.problems[0]


@pytest.mark.parametrize("text", [GOOD, "[auth"])
def test_secrets_where_streamlit_looks_for_them_count(tmp_path: Path, text: str) -> None:
    assert load_login({}) is None
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")
    found = load_login({})
    assert found
    assert bool(found.problems) == (text != GOOD)


def test_other_secrets_are_no_sign_in(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('key = "x"', encoding="utf-8")
    assert load_login({}) is None


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("localhost:8501", True),
        ("127.0.0.1:8501", True),
        ("127.8.8.8", True),
        ("[::1]:8501", True),
        ("0.0.0.0", False),  # noqa: S104 - a host to be judged
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
        ("ziping.example.gov.cn", False),
        ("", False),
        ("[", False),
    ],
)
def test_only_this_machine_is_this_machine(host: str, *, own: bool) -> None:
    assert is_loopback(host) is own


def test_the_shipped_sample_must_be_filled_in(project_root: Path) -> None:
    found = load_login({"ZIPING_LOGIN": str(project_root / "deploy" / "login.toml")})
    assert found
    assert found.problems[:2] == ("cookie_secret 还是样例里的", "client_secret 还是样例里的")
