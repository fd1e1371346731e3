"""A whole journey with planted secrets: none of them is in any output, log, file or table."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.test_deployment import free_port, until_answers
from tests.model_scripts import honest
from tests.model_server import Call, ModelServer, Reply
from tests.unit.cli_calls import EXAMPLE

PROGRAM = str(Path(sys.executable).with_name("ziping"))
KEY = "sk-planted-key-4711"
EMBEDDING_KEY = "sk-planted-embedding-4712"
PASSWORD = "planted-password-4713"
COOKIE = "planted-cookie-secret-4714-" + "0" * 32
CLIENT = "planted-client-secret-4715"
SECRETS = (KEY, EMBEDDING_KEY, PASSWORD, COOKIE, CLIENT)
LOGIN = f"""[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "{COOKIE}"
client_id = "ziping"
client_secret = "{CLIENT}"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
JOURNEY = """
import time
from ziping.bootstrap import open_desk, open_engine, open_workspace
from ziping.config import load_settings
from ziping.services.chatting import say
from ziping.services.endpoint_check import test_endpoint
from ziping.services.exporting import export_zip
from ziping.services.model_drafting import draft_section_by_model
from ziping.domain.people import Role
from ziping.services.people import add_account
from ziping.services.reports import create_example

settings = load_settings()
workspace = open_workspace(settings)
desk = open_desk(workspace, settings)
report_id = create_example(workspace)
for section in ("basic.fund_use", "basic.fund_receipt"):
    print(draft_section_by_model(desk, report_id, section))
print(say(desk, report_id, "执行率怎么算的"))
print(test_endpoint(settings.model), settings, desk)
engine = open_engine(workspace, settings, desk)
job = engine.draft_report(report_id)
while not engine.progress(job).is_over:
    time.sleep(0.05)
engine.close()
add_account(workspace, "admin", "管理员", roles=(Role.ADMINISTRATOR,))
open("out.zip", "wb").write(export_zip(workspace, report_id, status="送审稿").data)
"""


def echoing_faults(call: Call) -> Reply:
    """Answer some requests with an error that repeats the key, as careless servers do."""
    if call.number % 2:
        told = f"Incorrect API key provided: {call.headers.get('authorization', '')}"
        return Reply(status=(401, 429, 500)[call.number % 3], error=told)
    return replace(honest(call), piece=400)


def held(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder, archives opened."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "login.toml":
            data = path.read_bytes()
            yield str(path), data
            if zipfile.is_zipfile(io.BytesIO(data)):
                yield from opened(str(path), data)


def opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive, archives in it opened too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            inner = archive.read(part)
            yield f"{name}!{part}", inner
            if zipfile.is_zipfile(io.BytesIO(inner)):
                yield from opened(f"{name}!{part}", inner)


class Machine:
    """A data folder, the secrets in its environment, and everything that was printed."""

    def __init__(self, folder: Path, model_url: str) -> None:
        """Plant the secrets."""
        self.folder = folder
        login = folder / "login.toml"
        login.write_text(LOGIN, encoding="utf-8")
        self.environment = os.environ | {
            "ZIPING_HOME": str(folder / "home"),
            "ZIPING_LOGIN": str(login),
            "ZIPING_ADMINS": "admin",
            "ZIPING_USER": "admin",
            "OPENAI_BASE_URL": model_url,
            "OPENAI_MODEL": "qwen-test",
            "OPENAI_API_KEY": KEY,
            "OPENAI_EMBEDDING_BASE_URL": model_url,
            "OPENAI_EMBEDDING_API_KEY": EMBEDDING_KEY,
            "STREAMLIT_SERVER_COOKIE_SECRET": COOKIE,
            "ZIPING_MODEL_TIMEOUT": "5",
        }

    def run(self, *command: str, **more: str) -> None:
        """Run a command to its end, whatever it comes to; what it prints is kept."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            check=False,
            timeout=120,
        )
        name = f"output-{len(list(self.folder.glob('output-*')))}.txt"
        (self.folder / name).write_bytes(b"\n".join((done.stdout, done.stderr)))

    def found(self) -> list[tuple[str, str]]:
        """Return where a secret can be read."""
        return [
            (name, secret)
            for name, data in held(self.folder)
            for secret in SECRETS
            if secret.encode() in data or secret.encode("utf-16-le") in data
        ]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """Return a machine whose model refuses every other request."""
    with ModelServer(echoing_faults) as server:
        yield Machine(tmp_path, server.url)


def test_no_secret_is_told_written_or_kept(machine: Machine) -> None:
    away = {"DATABASE_URL": f"postgresql://ziping:{PASSWORD}@127.0.0.1:9/ziping"}
    wrong = {"DATABASE_URL": f"postgresql://ziping:{PASSWORD}@127.0.0.1:port/ziping"}
    machine.run(sys.executable, "-c", JOURNEY)
    for arguments in (
        ("doctor",),
        ("doctor", "--json"),
        ("health", "--json"),
        ("score", str(EXAMPLE)),
        ("draft", str(EXAMPLE), "-o", "draft.md"),
        ("export", str(EXAMPLE), "-o", "out"),
        ("backup", "-o", "备份.zip"),
        ("people", "list"),
        ("audit", "list"),
    ):
        machine.run(PROGRAM, *arguments)
    for broken in (away, wrong):
        for arguments in (("doctor",), ("health",), ("backup", "-o", "二.zip"), ("worker",)):
            machine.run(PROGRAM, *arguments, **broken)
    address = f"http://gateway:{PASSWORD}@127.0.0.1:9/v1?key={KEY}"
    names = ("OPENAI_BASE_URL", "OPENAI_EMBEDDING_BASE_URL", "CHROMA_URL")
    machine.run(PROGRAM, "doctor", **dict.fromkeys(names, address))
    machine.run(PROGRAM, "search", "执行率", **dict.fromkeys(names, address))
    served(machine)
    served(machine, **away)
    assert (machine.folder / "out.zip").is_file()
    assert (machine.folder / "备份.zip").is_file()
    assert machine.found() == []


def served(machine: Machine, **more: str) -> None:
    """Start the app, have it asked, and end it; its log stays in the folder."""
    port = free_port()
    with (machine.folder / "app.log").open("ab") as log:
        app = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)],
            cwd=machine.folder,
            env=machine.environment | more,
            stdout=log,
            stderr=log,
        )
        try:
            until_answers(port)
        finally:
            app.terminate()
            app.wait(timeout=20)
