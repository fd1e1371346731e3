"""`reconcile`: two sets of figures held against each other."""

from pathlib import Path

import click

from ziping.bootstrap import now, open_content
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option, report_options
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE, FOUND
from ziping.domain.evaluation import Report
from ziping.domain.reconciliation import Difference
from ziping.services.review_answers import ReconcileAnswer, reconcile_answer
from ziping.services.sides import compare_sides, read_side

_FILE = "YAML、JSON 数据，xlsx、xls、docx 自评表，或财政系统导出的 xlsx、csv 项目清单"


@click.command(cls=ChineseCommand, help="逐项比对两份数据，并列出两方的得分。")
@click.argument("left", metavar="A", type=click.Path(path_type=Path), help=_FILE)
@click.argument("right", metavar="B", type=click.Path(path_type=Path), help="同上")
@report_options
@json_option
def reconcile(  # noqa: PLR0913 - one parameter an option
    left: Path, right: Path, place: str, year: int | None, rules: str, *, as_json: bool
) -> int:
    """Print how two files' figures stand to each other."""
    content = open_content()

    def read(path: Path, fiscal_year: int | None) -> Report:
        found = read_side(content, path, today=now(), place=place, year=fiscal_year)
        for remark in found.remarks:
            echo(f"提示：{path.name}：{remark}", err=True)
        report = found.report
        return report.model_copy(update={"rule_set": rules}) if rules else report

    first = read(left, year)
    second = read(right, year or first.fiscal_year)
    comparison, rule_set = compare_sides(content, first, second, _titles(left, right))
    answer = reconcile_answer(comparison, rule_set)
    if as_json:
        echo_json(answer)
    else:
        echo(_told(answer))
    return DONE if answer.equal else FOUND


def _titles(left: Path, right: Path) -> tuple[str, str]:
    """Return what the two files are called, told apart where they share a name."""
    if left.name != right.name:
        return left.name, right.name
    return f"{left.name}（A）", f"{right.name}（B）"


def _told(answer: ReconcileAnswer) -> str:
    """Return a comparison as people read it."""
    counts = "，".join(f"{name} {count}" for name, count in answer.counts.items() if count)
    blocks = [f"A：{answer.left}\nB：{answer.right}\n比对结果：{counts or '没有可比的数据'}"]
    rows = [
        (one.result.value, one.project, one.label, one.left or "—", one.right or "—",
         "；".join(part for part in (one.note, one.gap and f"B－A＝{one.gap}") if part))
        for one in answer.fields
        if one.result is not Difference.EQUAL
    ]  # fmt: skip
    if rows:
        blocks.append(table(("结论", "项目", "数据项", "A", "B", "说明"), rows))
    results = [
        (one.project, one.label, one.left_points or "—", one.right_points or "—")
        for one in answer.scores
        if one.is_result
    ]
    if results:
        blocks.append(table(("项目", "得分", "A", "B"), results))
    return "\n\n".join(blocks)
