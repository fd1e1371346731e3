"""What the running server tells browsers: cookies, and who may connect at all."""

import base64
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE_S = 60
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"sixteen bytes of").decode(),
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port on which the app answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free: int = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ziping")), "serve", "--port", str(free)]
    home = str(tmp_path_factory.mktemp("home"))
    with subprocess.Popen(
        command,
        cwd=home,  # the settings are those beside the app, wherever it is started from
        env=os.environ | {"ZIPING_HOME": home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        until = time.monotonic() + PATIENCE_S
        while not _answers(free):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield free
        os.killpg(server.pid, signal.SIGTERM)


def _answers(port: int) -> bool:
    """Whether somebody listens."""
    try:
        return asked(port, "/_stcore/health").status == http.client.OK
    except OSError:
        return False


def asked(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    """Return an answer of the server, with names of headers written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    connection.close()
    return answer


def connected(port: int, **headers: str) -> int:
    """Return with which status a websocket is opened or refused."""
    return asked(port, "/_stcore/stream", **(HANDSHAKE | headers)).status


def test_the_page_is_connected_and_other_sites_are_not(port: int) -> None:
    here = f"http://127.0.0.1:{port}"
    assert connected(port, Origin=here) == http.client.SWITCHING_PROTOCOLS
    assert connected(port, Origin="http://evil.example") == http.client.FORBIDDEN
    # DNS rebinding: the name is theirs, the address is this machine's.
    rebound = f"evil.example:{port}"
    assert connected(port, Origin=f"http://{rebound}", Host=rebound) == http.client.FORBIDDEN


def test_cookies_stay_on_this_site_and_nobody_else_may_read(port: int) -> None:
    answer = asked(port, "/_stcore/health", Origin="http://evil.example")
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("samesite=strict" in one.lower() for one in cookies), cookies
    assert answer.headers.get("Access-Control-Allow-Origin") is None


def test_the_door_for_programs_is_shut(port: int) -> None:
    assert asked(port, "/_stcore/agent/interact").status >= http.client.BAD_REQUEST


def test_nobody_sends_a_file_without_the_token_of_the_page(port: int) -> None:
    """A page of another site could have a browser post, but cannot read the cookie's token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    path = "/_stcore/upload_file/00000000-0000-0000-0000-000000000000/a"
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    body = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n1\r\n--x--\r\n'
    for headers in (form, form | {"Cookie": "_streamlit_xsrf=1", "X-Xsrftoken": "2"}):
        connection.request("PUT", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.client.FORBIDDEN
    connection.close()


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../../../etc/passwd", "/media/..%2f..%2fetc%2fpasswd",
     "/app/static/../app.py", "/component/../../etc/passwd", "/%00"],
)  # fmt: skip
def test_no_address_reads_a_file_of_the_machine(port: int, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    text = connection.getresponse().read()
    connection.close()
    assert b"root:" not in text
    assert b"set_page_config" not in text
