"""The main job with no way out: what `doctor --airgap` runs in a process of its own (断网自检).

Where the system permits it, the process lives in a network namespace with loopback alone, so that
no library of whatever language can reach out; in any case every call for another address is noted
and refused. It prints one JSON object.
"""

import ipaddress
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ziping.cli.loopback import leave_all_networks

if TYPE_CHECKING:
    from ziping.services.workspace import Workspace

_CALLS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex"})
_HERE = frozenset({"", "localhost"})
_OUTSIDE = (
    *("OPENAI_", "DATABASE_URL", "CHROMA_URL", "DBOS_", "LANGCHAIN_", "LANGSMITH_"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"),
)
"""Settings, by the start of their name, without which nothing is to be called."""
_PATIENCE_S = 120


class Watch:
    """Notes and refuses every call for another machine (连接监视)."""

    def __init__(self) -> None:
        """Begin to watch; it cannot be undone."""
        self.attempts: list[str] = []
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse a call that leaves this machine."""
        if event in _CALLS:
            self._refuse(arguments[1])
        elif event in _LOOKUPS and arguments[0] is not None:
            self._refuse(arguments[:2])

    def _refuse(self, address: object) -> None:
        """Raise when an address is not on this machine; the path of a Unix socket is."""
        if not isinstance(address, tuple) or _is_here(_text(address[0])):
            return
        told = ":".join(_text(one) for one in address[:2] if one is not None)
        self.attempts.append(told)
        raise ConnectionRefusedError(told)


def _text(value: object) -> str:
    """Return a host or port as text."""
    return value.decode() if isinstance(value, bytes) else str(value)


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    if host in _HERE or host == socket.gethostname():
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def main() -> None:
    """Do the main job and print how it went."""
    isolated = leave_all_networks()
    watch = Watch()
    for name in list(os.environ):
        if name.upper().startswith(_OUTSIDE):
            del os.environ[name]
    from ziping.cli.printing import echo_json  # noqa: PLC0415 - after the way out is closed
    from ziping.services.answers import AirgapAnswer, AirgapStep  # noqa: PLC0415 - as above

    steps: list[AirgapStep] = []
    with tempfile.TemporaryDirectory(prefix="ziping-airgap-") as home:
        os.environ["ZIPING_HOME"] = home
        for title, step in _steps():
            begun = time.monotonic()
            try:
                ok, told = True, step()
            except Exception as error:  # noqa: BLE001 - whatever fails is the finding
                ok, told = False, f"{type(error).__name__}：{error}"
            seconds = round(time.monotonic() - begun, 2)
            steps.append(AirgapStep(title=title, ok=ok, told=told, seconds=seconds))
    done = all(one.ok for one in steps)
    echo_json(
        AirgapAnswer(
            ok=done and not watch.attempts,
            isolated=isolated,
            steps=tuple(steps),
            attempts=tuple(watch.attempts),
        )
    )


def _steps() -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the parts of the main job in their order."""
    from ziping.bootstrap import open_workspace  # noqa: PLC0415 - after the way out is closed

    workspace = open_workspace()
    try:
        yield "导入与评分", lambda: _import(workspace)
        yield "离线起草", lambda: _draft(workspace)
        yield "导出", lambda: _export(workspace)
        yield "添加原文与检索", lambda: _search(workspace)
    finally:
        workspace.database.close()
    yield "网页", _serve


def _import(workspace: "Workspace") -> str:
    """Make a report of a filled table, and score it."""
    from ziping.services import importing, reports  # noqa: PLC0415 - as above
    from ziping.services.filing import drafted_files  # noqa: PLC0415 - as above
    from ziping.services.scored import score_report  # noqa: PLC0415 - as above

    content = workspace.content
    example = importing.load_example(content)
    files, _ = drafted_files(content, score_report(content, example), at=workspace.clock())
    table = next(one for one in files if one.name.endswith(".xlsx"))
    place, year = example.place, example.fiscal_year
    read = importing.read_upload(content, table.data, table.name, place=place, year=year)
    report = importing.report_from(read, place=place, year=year)
    reports.create_report(workspace, report)
    sheet = score_report(content, report).sheets[0]
    return f"读入 {len(read.cells)} 格，总分 {sheet.total}"


def _draft(workspace: "Workspace") -> str:
    """Draft all sections in the job engine."""
    from ziping.bootstrap import open_engine  # noqa: PLC0415 - as above

    engine = open_engine(workspace)
    try:
        job_id = engine.draft_report(1)
        until = time.monotonic() + _PATIENCE_S
        while not (job := engine.progress(job_id)).is_over and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        engine.close()
    if job.error or not job.total or job.done != job.total:
        raise RuntimeError(job.error or f"{job.done}/{job.total}")
    return f"{job.done} 节"


def _export(workspace: "Workspace") -> str:
    """Export Word and Excel."""
    from ziping.services.exporting import export_zip  # noqa: PLC0415 - as above

    made = export_zip(workspace, 1, status="送审稿")
    return f"{made.name}，{len(made.data) // 1024} KB"


def _search(workspace: "Workspace") -> str:
    """Add an original, and find a clause by words and by meaning."""
    from ziping.bootstrap import open_library  # noqa: PLC0415 - as above
    from ziping.services import library as use  # noqa: PLC0415 - as above
    from ziping.services import originals  # noqa: PLC0415 - as above

    library = open_library(workspace)
    try:
        paper = "自检用的办法\n第一条 预算执行率低于百分之八十的，应当说明原因。\n".encode()
        preview = originals.preview_original(workspace, paper, "自检.txt")
        originals.add_original(library, preview, preview.details)
        found = use.search(library, "执行率低要说明原因吗", 3)
    finally:
        library.close()
    if not found.hits:
        raise RuntimeError("；".join(found.notices))
    return f"{found.hits[0].clause.document} {found.hits[0].clause.article}"


def _serve() -> str:
    """Start the pages, fetch the first, and see that it names no other site."""
    import urllib.request  # noqa: PLC0415 - as above

    with _pages() as address:
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()  # noqa: S310 - loopback
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - as above
            text = page.read().decode()
    if any(f'{name}="http' in text for name in ("src", "href")):
        raise RuntimeError("页面引用了外部网站")
    return "已启动并应答"


@contextmanager
def _pages() -> Iterator[str]:
    """Yield the address of the running app."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    serve = "from ziping.cli import main; main()"
    command = [sys.executable, "-c", serve, "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
