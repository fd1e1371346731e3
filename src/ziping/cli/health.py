"""`health`: how the program is, for an administrator and for monitoring."""

import click

from ziping.bootstrap import open_workspace
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.config import load_settings
from ziping.domain.activity import Health
from ziping.domain.errors import ZipingError


@click.command(cls=ChineseCommand, help="运行状况：有问题时退出码为 1，可供监控定时调用。")
@json_option
def health(*, as_json: bool) -> int:
    """Print how the program is; a database that is away is an answer, not a failure."""
    try:
        found = _looked()
    except ZipingError as error:
        found = Health(ok=False, problems=(str(error),))
    if as_json:
        echo_json(found)
    else:
        for line in _told(found):
            echo(line)
    return DONE if found.ok else FOUND


def _looked() -> Health:
    """Return what database and jobs tell."""
    from ziping.jobs.health import health as look  # noqa: PLC0415 - slow to import

    settings = load_settings()
    workspace = open_workspace(settings)
    try:
        return look(workspace, settings.home)
    finally:
        workspace.database.close()


def _told(found: Health) -> list[str]:
    """Return the lines that people read."""
    lines = [f"错误：{problem}" for problem in found.problems]
    if not found.database:
        return lines
    jobs = found.jobs
    ended = f"一天内完成 {jobs.done}，未完成 {jobs.failed}，取消 {jobs.cancelled}"
    calls = sum(one.calls for one in found.model_calls)
    running = "、".join(f"{one.kind} {one.host}:{one.pid}" for one in found.processes)
    return [
        *lines,
        f"数据库：{found.database}，{found.answered_ms} 毫秒应答，{found.reports} 份报告",
        f"处理任务的进程：{running or '没有'}",
        f"任务：排队 {jobs.waiting}，进行 {jobs.running}；{ended}",
        f"保存：一小时内 {found.changes_hour} 次，一天内 {sum(found.changes_day.values())} 次",
        f"模型：七天内 {calls} 次请求",
    ]
