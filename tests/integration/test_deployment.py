"""The shipped nginx and systemd files do what the deployment guide says, tried on loopback."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import REQUIRE_ALL
from tests.integration.test_server_safety import HANDSHAKE, asked
from tests.postgres_server import PostgresServer

HOST = "ziping.example.gov.cn"
PATIENCE_S = 60
PROGRAM = str(Path(sys.executable).with_name("ziping"))


def needed(name: str) -> str:
    """Return the path of a program; without it the test is skipped with the reason."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is None:
        (pytest.fail if REQUIRE_ALL else pytest.skip)(f"没有找到 {name}，安装后可运行此项测试。")
    return found


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def until_answers(port: int) -> None:
    """Wait until the app answers."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            if asked(port, "/_stcore/health").status == http.client.OK:
                return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)


def until_listening(port: int) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + PATIENCE_S
    while True:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        assert time.monotonic() < until
        time.sleep(0.1)


@dataclass
class Site:
    """The site behind nginx."""

    port: int
    apps: list[subprocess.Popen[bytes]]
    log: Path

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Return an answer over TLS, as a browser that was told the host's name gets it."""
        context = ssl._create_unverified_context()  # noqa: S323 - a certificate made for this test
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=10, context=context
        )
        connection.request("GET", path, headers={"Host": HOST} | headers)
        answer = connection.getresponse()
        connection.close()
        return answer

    def upstreams(self) -> list[str]:
        """Return which process answered each request, in order."""
        return [line.split()[0] for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def site(
    project_root: Path, tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> Iterator[Site]:
    """Return two app processes over one PostgreSQL behind nginx, with the shipped files."""
    nginx, openssl = needed("nginx"), needed("openssl")
    folder = tmp_path_factory.mktemp("site")
    certificate(openssl, folder)
    ports, port = [free_port(), free_port()], free_port()
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server.database())
        shipped = environment(project_root, folder, url)
        apps = [stack.enter_context(app(one, shipped, folder)) for one in ports]
        for one in ports:
            until_answers(one)
        config = folder / "nginx.conf"
        config.write_text(configured(project_root, folder, port, ports), encoding="utf-8")
        command = [nginx, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        server = stack.enter_context(subprocess.Popen([*command, "-g", "daemon off;"]))
        until_listening(port)
        yield Site(port, apps, folder / "access.log")
        for process in (server, *apps):
            process.terminate()


def certificate(openssl: str, folder: Path) -> None:
    """Make a certificate for the host."""
    key, made = str(folder / "tls.key"), str(folder / "tls.crt")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", f"/CN={HOST}", "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)


def environment(project_root: Path, folder: Path, url: str) -> dict[str, str]:
    """Return the shipped settings with this test's folder and database."""
    lines = (project_root / "deploy" / "ziping.env").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    shipped = {name: value.strip('"') for name, value in pairs}
    own = {"ZIPING_HOME": str(folder / "home"), "DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
    login = (project_root / "deploy" / "login.toml").read_text(encoding="utf-8")
    filled = re.sub(r"请改成[^\"]*", "0123456789abcdef" * 4, login)
    (folder / "login.toml").write_text(filled, encoding="utf-8")
    own["ZIPING_LOGIN"] = str(folder / "login.toml")
    return shipped | own | {"PYTHONPATH": str(project_root / "src")}


def app(port: int, settings: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a process of the app as its unit does."""
    return subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)],
        env=settings,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def configured(project_root: Path, folder: Path, port: int, apps: list[int]) -> str:
    """Return the shipped configuration with this test's ports and files."""
    text = (project_root / "deploy" / "nginx" / "ziping.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ziping/", f"{folder}/"),
        ("127.0.0.1:8501", f"127.0.0.1:{apps[0]}"),
        ("127.0.0.1:8502", f"127.0.0.1:{apps[1]}"),
    ):
        assert old in text
        text = text.replace(old, new)
    places = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    log = "log_format which '$upstream_addr $request_uri';"
    return (
        f"pid {folder}/nginx.pid;\nevents {{}}\nhttp {{\n{places}\n{log}\n"
        f"access_log {folder}/access.log which;\n{text}}}\n"
    )


def test_a_browser_stays_with_one_process(site: Site) -> None:
    before = len(site.upstreams())
    first = site.get("/_stcore/health")
    [cookie] = [one for one in first.headers.get_all("Set-Cookie") or [] if "ziping_route" in one]
    for _ in range(5):
        site.get("/_stcore/health", Cookie=cookie.split(";")[0])
    assert len({*site.upstreams()[before:]}) == 1
    assert {"secure", "httponly", "samesite=lax"} <= {*cookie.lower().split("; ")}


def test_browsers_are_spread_over_the_processes(site: Site) -> None:
    for _ in range(30):
        site.get("/_stcore/health")
    assert len({*site.upstreams()}) == 2


def test_a_websocket_is_opened_for_the_site_alone(site: Site) -> None:
    path = "/_stcore/stream"
    opened = site.get(path, Origin=f"https://{HOST}", **HANDSHAKE)
    assert opened.status == http.client.SWITCHING_PROTOCOLS
    refused = site.get(path, Origin="https://evil.example", **HANDSHAKE)
    assert refused.status == http.client.FORBIDDEN


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/metrics", "/media/none.png"])
def test_every_answer_carries_the_safety_headers(site: Site, path: str) -> None:
    """Also those that say no, and those that nginx gives by itself."""
    answer = site.get(path)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"frame-ancestors 'none'", "object-src 'none'", "default-src 'self'"} <= {*policy}
    assert not any("http:" in one or "https:" in one or "*" in one for one in policy), policy
    assert answer.headers.get("Access-Control-Allow-Origin") is None
    assert re.fullmatch("nginx", answer.headers["Server"])  # no version
    assert answer.headers["Strict-Transport-Security"]
    cookies = site.get("/_stcore/health").headers.get_all("Set-Cookie") or []
    assert all("secure" in one.lower() for one in cookies), cookies


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact"])
def test_doors_for_programs_are_shut_from_outside(site: Site, path: str) -> None:
    assert site.get(path).status == http.client.NOT_FOUND


def test_a_dead_process_hands_its_browsers_to_the_other(site: Site) -> None:
    """The page connects again by itself; what was saved is in the database."""
    site.apps[0].kill()
    site.apps[0].wait()
    for _ in range(10):
        assert site.get("/_stcore/health").status == http.client.OK


def test_the_units_are_sound(project_root: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("没有 systemd（容器里常没有），不能核对单元文件。")
    units = sorted((project_root / "deploy" / "systemd").glob("*.service"))
    assert len(units) == 3
    for unit in units:
        text = unit.read_text(encoding="utf-8").replace("/opt/ziping/bin/ziping", PROGRAM)
        text = text.replace("/opt/ziping/bin/chroma", str(Path(PROGRAM).with_name("chroma")))
        # The account and the other services are those of the machine that it is deployed on.
        text = re.sub(r"^(User|Group|EnvironmentFile|Wants)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
        name = str(tmp_path / unit.name.replace("@", "@1"))
        if "@" in unit.name:
            shutil.copy(tmp_path / unit.name, name)
        done = subprocess.run(
            [analyze, "verify", name], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "Unknown" not in done.stderr


def test_the_guide_names_commands_that_exist(project_root: Path) -> None:
    guide = (project_root / "docs" / "deployment.md").read_text(encoding="utf-8")
    listed = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))
    told = set(re.findall(r"bin/ziping ([a-z]+)", guide))
    assert told
    assert told <= known
    for name in re.findall(r"deploy/[\w./@-]+", guide):
        assert (project_root / name).exists(), name
