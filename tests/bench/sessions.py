"""Browser sessions without a browser: websockets that open a page of the running app."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_PATIENCE_S = 120


@contextmanager
def running_app() -> Iterator[tuple[int, int]]:
    """Yield process id and port of the app, started on the data of the environment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ziping")), "serve", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            until = time.monotonic() + _PATIENCE_S
            while not _answers(port):
                if time.monotonic() > until:
                    raise TimeoutError
                time.sleep(0.2)
            yield server.pid, port
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def _answers(port: int) -> bool:
    """Whether the app says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


async def opened(port: int, page: str, query: str) -> ClientConnection:
    """Return a session whose page has been drawn to its end."""
    here = f"127.0.0.1:{port}"
    session = await connect(
        f"ws://{here}/_stcore/stream",
        origin=Origin(f"http://{here}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    )
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    await session.send(asked.SerializeToString())
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            told = ForwardMsg()
            data = await session.recv()
            told.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if told.WhichOneof("type") == "script_finished":
                return session


def memory_mib(pid: int) -> float:
    """Return the memory that a process holds of its own, in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    held = next(one for one in lines if one.startswith("Pss:"))
    return int(held.split()[1]) / 1024


async def memory_of_sessions(port: int, pid: int, count: int, query: str) -> tuple[float, float]:
    """Return the app's memory with one session, and with so many more."""
    sessions = [await opened(port, "filling", query)]
    before = memory_mib(pid)
    sessions += [await opened(port, "filling", query) for _ in range(count)]
    after = memory_mib(pid)
    for one in sessions:
        await one.close()
    return before, after
