"""`make load`: fifty people editing at once, on SQLite and on PostgreSQL; memory of sessions."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

from tests.bench.editors import Outcome, load
from tests.bench.sessions import memory_of_sessions, running_app
from tests.bench.timing import resident_mib
from tests.postgres_server import PostgresServer, find_programs

from ziping.bootstrap import open_workspace
from ziping.cli.printing import table
from ziping.config import load_settings
from ziping.services.reports import create_example

WANTED_P95_MS = 300


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="负载：多人同时编辑")
    parser.add_argument("--editors", type=int, default=50, help="人数，默认 50")
    parser.add_argument("--seconds", type=float, default=300, help="每种数据库多少秒，默认 300")
    parser.add_argument("--pause", type=float, default=4, help="每人两次修改之间最多停几秒，默认 4")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="只量一种")
    parser.add_argument("--sessions", type=int, default=50, help="量内存的会话数，默认 50；0 不量")
    options = parser.parse_args()
    print(f"{os.cpu_count()} 核，开始时负载 {os.getloadavg()[0]:.1f}", flush=True)
    rows = []
    with ExitStack() as stack:
        for title, processes, url in _databases(stack, options.database):
            rows.append((title, *_measured(options, processes, url)))
            print(table(_HEADINGS, rows[-1:]), flush=True)
    if options.sessions:
        before, after = _sessions(options.sessions)
        each = (after - before) / options.sessions
        print(
            f"会话内存：1 个会话时 {before:.0f} MiB，再开 {options.sessions} 个后 {after:.0f} MiB，"
        )
        print(f"每个会话 {each:.2f} MiB（填报页，示例报告）。")


_HEADINGS = (
    "数据库",
    "保存",
    "冲突",
    "丢失",
    "错误",
    "中位数毫秒",
    "p95毫秒",
    "最慢毫秒",
    "核毫秒/次",
    "进程MiB",
)


def _databases(stack: ExitStack, only: str | None) -> Iterator[tuple[str, int, str]]:
    """Yield what is measured: a title, how many processes' connections, and a DATABASE_URL."""
    if only != "postgresql":
        yield "SQLite", 1, ""
    if only == "sqlite":
        return
    programs = find_programs()
    if programs is None:
        print("没有找到 PostgreSQL，只量 SQLite。")
        return
    server = PostgresServer(programs, is_durable=True)
    stack.callback(server.remove)
    yield "PostgreSQL", 2, stack.enter_context(server.database())


def _measured(options: argparse.Namespace, processes: int, url: str) -> tuple[str, ...]:
    """Return the figures of one database."""
    with _home(url):
        workspaces = [open_workspace(load_settings()) for _ in range(processes)]
        outcome = load(
            workspaces, editors=options.editors, seconds=options.seconds, pause_s=options.pause
        )
        for one in workspaces:
            one.database.close()
    for told in (*outcome.lost[:5], *outcome.errors[:5]):
        print(f"  {told}")
    return _figures(outcome)


def _figures(outcome: Outcome) -> tuple[str, ...]:
    """Return an outcome as cells."""
    slowest = 1000 * max(outcome.seconds, default=0)
    p95 = outcome.percentile_ms(95)
    return (
        *(str(one) for one in (outcome.saves, outcome.conflicts)),
        *(str(len(one)) for one in (outcome.lost, outcome.errors)),
        f"{outcome.percentile_ms(50):.0f}",
        f"{p95:.0f}{'' if p95 < WANTED_P95_MS else '（超过目标）'}",
        f"{slowest:.0f}",
        f"{1000 * outcome.core_s / max(outcome.saves, 1):.0f}",
        f"{resident_mib():.0f}",
    )


def _sessions(count: int) -> tuple[float, float]:
    """Return the app's memory with one and with many sessions."""
    with _home(""):
        workspace = open_workspace(load_settings())
        report_id = create_example(workspace)
        workspace.database.close()
        with running_app() as (pid, port):
            return asyncio.run(memory_of_sessions(port, pid, count, f"report={report_id}"))


@contextmanager
def _home(url: str) -> Iterator[None]:
    """Set a data folder of its own and a database in the environment."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ZIPING_HOME": folder, "DATABASE_URL": url}
        yield


if __name__ == "__main__":
    main()
