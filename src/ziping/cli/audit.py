"""`audit`: who did what, and whether the log is as it was written."""

import click

from ziping.cli.acting import opened_workspace
from ziping.cli.chinese import ChineseGroup, WholeNumber
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE, FOUND
from ziping.domain.audit import AuditEntry
from ziping.services.auditing import list_audit, verify_audit

_MOST = 100_000


@click.group(cls=ChineseGroup, help="查看和核验审计日志：谁在何时对哪份报告做了什么。")
def audit() -> None:
    """Hold the commands."""


@audit.command("list", help="列出最近的操作")
@click.option("-n", "count", metavar="条数", type=WholeNumber(1, _MOST), default=50, help="默认50")
@click.option("--report", metavar="编号", type=WholeNumber(1, 2**31 - 1), help="只看一份报告")
@json_option
def show(count: int, report: int | None, *, as_json: bool) -> int:
    """Print the last entries."""
    with opened_workspace() as workspace:
        found = list_audit(workspace, count, report)
    if as_json:
        echo_json(found)
    elif found.entries:
        echo(table(("编号", "时间", "谁", "操作", "报告", "说明"), map(_row, found.entries)))
    else:
        echo("还没有操作记录。")
    return DONE


@audit.command(help="核验日志：有没有被改动、删除或插入的记录")
@click.option("--expect", metavar="核验码", default="", help="以前核验时打印的核验码")
@json_option
def verify(expect: str, *, as_json: bool) -> int:
    """Print whether the log is as it was written."""
    with opened_workspace() as workspace:
        verdict = verify_audit(workspace, expect)
    if as_json:
        echo_json(verdict)
    else:
        for problem in verdict.problems:
            echo(f"错误：{problem}。")
        told = "前后相接，没有改动" if verdict.ok else "有问题，请保留现场并与备份比对"
        echo(f"共 {verdict.entries} 条，{told}。")
        echo(f"核验码：{verdict.seal}（请抄存到别处，以后用 --expect 证明此前的记录没有变）")
    return DONE if verdict.ok else FOUND


def _row(one: AuditEntry) -> tuple[str, ...]:
    """Return an entry as a line of the table."""
    details = "，".join(f"{name}={value}" for name, value in one.details.items())
    at = one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return str(one.id), at, one.by, one.action, str(one.report_id or ""), details
