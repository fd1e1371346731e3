"""Sign-in from the command line: who may, whether it is complete, and what is never served."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.cli_calls import Outcome, call

SECRET, CLIENT_SECRET = "0123456789abcdef" * 4, "the-client-secret"


@pytest.fixture
def provider() -> Iterator[str]:
    """Return the address of something that answers as a provider does."""

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}/openid"
        server.shutdown()


@pytest.fixture
def login_file(tmp_path: Path, provider: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with complete settings, named in the environment."""
    file = tmp_path / "登录.toml"
    file.write_text(
        "[auth]\n"
        'redirect_uri = "https://ziping.example.gov.cn/oauth2callback"\n'
        f'cookie_secret = "{SECRET}"\n'
        'client_id = "ziping"\n'
        f'client_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{provider}"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("ZIPING_LOGIN", str(file))
    return file


def doctors_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the doctor says of sign-in."""
    [line] = [one for one in call(capsys, "doctor").out.splitlines() if "登录：" in one]
    return line


def people(capsys: pytest.CaptureFixture[str], *typed: str) -> Outcome:
    """Call `people`."""
    return call(capsys, "people", *typed)


def test_people_are_entered_changed_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "还没有人登录过" in people(capsys, "list").out
    typed = ("add", "zhangsan", "--name", "张三", "--unit", "甲单位", "--role", "经办人")
    assert people(capsys, *typed).code == 0
    assert people(capsys, *typed).err.startswith("错误：登录号“zhangsan”已经有了")
    changed = people(capsys, "set", "zhangsan", "--role", "部室审核", "--role", "管理员", "--json")
    [one] = changed.json["people"]
    assert (one["unit"], one["roles"], one["is_active"]) == ("甲单位", ["部室审核", "管理员"], True)
    refused = people(capsys, "set", "zhangsan", "--inactive")
    assert refused.code == 2
    assert "最后一名管理员" in refused.err
    people(capsys, "add", "lisi", "--name", "李四")
    assert people(capsys, "set", "lisi", "--inactive").code == 0
    lines = people(capsys, "list").out.splitlines()
    assert [line.split() for line in lines if "lisi" in line] == [
        ["lisi", "李四", "已停用", "从未"]
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("set", "nobody", "--inactive"), "没有登录号是“nobody”的人员"),
        (("add", "x", "--name", "某", "--role", "皇帝"), "可选：经办人、部室审核"),
        (("add", " ", "--name", "某"), "登录号是空的"),
    ],
)
def test_wrong_calls_are_told(
    capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], told: str
) -> None:
    outcome = people(capsys, *typed)
    assert outcome.code == 2
    assert told in outcome.err


def test_the_doctor_says_that_nobody_signs_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctors_line(capsys).startswith("[正常] 登录：没有启用，只供本机使用")


def test_the_doctor_tells_of_a_door_to_the_network_without_sign_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", "ziping.example.gov.cn 127.0.0.1")
    assert doctors_line(capsys).startswith("[异常] 登录：没有启用，但 ziping.example.gov.cn")


def test_the_doctor_says_that_sign_in_is_complete(
    capsys: pytest.CaptureFixture[str], login_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", "ziping.example.gov.cn")
    monkeypatch.setenv("ZIPING_ADMINS", "wangwu")
    line = doctors_line(capsys)
    assert line.startswith("[正常] 登录：已启用，登录服务有应答，登录号取 sub，首批管理员 1 名")


def test_the_doctor_tells_what_is_missing_and_no_secret(
    capsys: pytest.CaptureFixture[str], login_file: Path
) -> None:
    assert "不在 STREAMLIT_SERVER_ALLOWED_HOSTS 里" in doctors_line(capsys)
    text = login_file.read_text(encoding="utf-8")
    login_file.write_text(text.replace("client_id", "client"), encoding="utf-8")
    outcome = call(capsys, "doctor")
    assert outcome.code == 1
    assert "没有人能登录：缺少 client_id" in outcome.out
    assert SECRET not in outcome.out
    assert CLIENT_SECRET not in outcome.out


def test_the_doctor_tells_of_a_provider_that_does_not_answer(
    capsys: pytest.CaptureFixture[str], login_file: Path, provider: str
) -> None:
    text = login_file.read_text(encoding="utf-8")
    login_file.write_text(text.replace(provider, "http://127.0.0.1:9/openid"), encoding="utf-8")
    assert "没有应答；请核对 server_metadata_url" in doctors_line(capsys)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 - to be refused
def test_others_are_not_served_without_sign_in(
    capsys: pytest.CaptureFixture[str], address: str
) -> None:
    outcome = call(capsys, "serve", "--address", address)
    assert outcome.code == 2
    assert f"没有启用登录，不能监听 {address}" in outcome.err
    assert "请先启用登录" in outcome.err


def test_nothing_is_served_with_sign_in_that_cannot_work(
    capsys: pytest.CaptureFixture[str], login_file: Path
) -> None:
    login_file.write_text("[auth]\n", encoding="utf-8")
    outcome = call(capsys, "serve")
    assert outcome.code == 2
    assert "登录设置不完整：缺少 redirect_uri" in outcome.err
