"""`worker`: a process that only works on the queue of jobs."""

import signal
from threading import Event

import click

from ziping.bootstrap import open_engine, open_workspace
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.root import DONE
from ziping.config import load_settings
from ziping.domain.errors import InputError


@click.command(
    cls=ChineseCommand,
    help="只处理任务队列的进程，不提供网页；可以开多个，按 Ctrl+C 停止。需要 PostgreSQL。",
)
def worker() -> int:
    """Work on the queue until somebody stops the process."""
    settings = load_settings()
    if not settings.database_url:
        raise InputError(
            "没有设置 DATABASE_URL，不能另开任务进程",
            why="数据在本机的 SQLite 文件里，任务由网页界面自己处理",
            remedy="单机使用不需要它；要开多个进程，请先改用 PostgreSQL，办法见 docs/deployment.md",
        )
    stopped = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    workspace = open_workspace(settings)
    engine = open_engine(workspace, settings, kind="任务")
    try:
        echo(f"正在处理任务队列（{workspace.database.address.where}），按 Ctrl+C 停止。")
        stopped.wait()
    finally:
        engine.close()
        workspace.database.close()
    echo("已停止，没有做完的任务由其他进程接着做。")
    return DONE
