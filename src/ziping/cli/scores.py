"""`score`: points with their trace, and findings."""

from pathlib import Path

import click

from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.findings import findings_text
from ziping.cli.inputs import file_argument, json_option, read_scored, report_options
from ziping.cli.printing import Side, echo_json, number, table
from ziping.cli.root import DONE, FOUND
from ziping.domain.findings import Severity
from ziping.domain.rates import rate_text
from ziping.services.answering import score_answer
from ziping.services.answers import LineAnswer, ProjectScore, ReportScore
from ziping.services.scored import ScoredReport, title_of

_SIDES: tuple[Side, ...] = ("<", "<", ">", ">")


@click.command(cls=ChineseCommand, help="计算得分：逐行列出算式和依据，并附校验发现。")
@file_argument
@report_options
@json_option
def score(file: Path, place: str, year: int | None, rules: str, *, as_json: bool) -> int:
    """Print the scores of a file."""
    _, scored = read_scored(file, place, year, rules)
    answer = score_answer(scored)
    if as_json:
        echo_json(answer)
    else:
        echo(_score_text(answer, title_of(scored.report)))
    return exit_code(scored)


def exit_code(scored: ScoredReport) -> int:
    """Return the exit code that findings of a severity call for."""
    return FOUND if scored.count(Severity.ERROR) else DONE


def _score_text(answer: ProjectScore | ReportScore, title: str) -> str:
    """Return scores as people read them."""
    blocks = [title, f"评分规则：{answer.rule_set.title}\n选用理由：{answer.rule_set.reason}"]
    if isinstance(answer, ProjectScore):
        return "\n\n".join([*blocks, *_project_blocks(answer)])
    for project in answer.projects:
        blocks += _project_blocks(project)
    if answer.average:
        shown = answer.average
        blocks.append(
            f"平均得分（{shown.kind}）：{number(shown.value)}  {shown.formula or shown.needs}"
        )
    if answer.findings:
        blocks.append(f"报告整体\n{findings_text(answer.findings)}")
    return "\n\n".join(blocks)


def _project_blocks(project: ProjectScore) -> list[str]:
    """Return one project's scores, block by block."""
    lines = table(
        ("一级指标", "指标", "分值", "得分", "算式"), map(_line_row, project.lines), _SIDES
    )
    blocks = [f"项目：{project.name or project.project}\n{_headline(project)}", lines]
    if len(project.rates) > 1:
        rates = "；".join(
            f"{one.base} {rate_text(one.value)}" + ("（计分）" if one.counts else "")
            for one in project.rates
        )
        blocks.append(f"各口径：{rates}")
    if project.needs:
        blocks.append("\n".join(["还需要：", *(f"  · {one}" for one in project.needs)]))
    return [*blocks, findings_text(project.findings)]


def _headline(project: ProjectScore) -> str:
    """Return total, grade and rate in a line."""
    rate = project.execution_rate
    shown_rate = "—" if rate is None else rate_text(rate)
    if project.total is None:
        span = f"{number(project.range.low)}～{number(project.range.high)}"
        return f"总分 未定（已定 {number(project.determined)}，可能 {span}）  执行率 {shown_rate}"
    line = f"总分 {number(project.total)}  等级 {project.grade or '—'}  执行率 {shown_rate}"
    if project.next_grade:
        line += f"  距“{project.next_grade.title}”还差 {number(project.next_grade.gap)} 分"
    return line


def _line_row(line: LineAnswer) -> tuple[str, ...]:
    """Return a line's cells."""
    title = line.level3 or line.level2 or line.level1
    absent = "未定" if line.status == "undetermined" else "—"
    told = line.trace or line.needs or line.reason
    return (line.level1, title, number(line.weight), number(line.points, absent), told)
