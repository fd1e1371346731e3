"""`check`: findings of a table, of a report's text, and of one against the other."""

from pathlib import Path

import click

from ziping.bootstrap import now, open_content
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.findings import findings_text
from ziping.cli.inputs import json_option, report_options
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.domain.findings import Severity
from ziping.services.answering import check_answer
from ziping.services.answers import ProjectCheck, ReportCheck
from ziping.services.checking import Wanted, check_path
from ziping.services.scored import title_of


@click.command(
    cls=ChineseCommand,
    help="核查自评表或写好的报告：列出错误、警告和提示，写明在哪一行、依据和怎么改。",
)
@click.argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="自评数据或自评表（YAML、JSON、xlsx、xls、docx、txt），或写好的报告（docx、txt、md）",
)
@click.option(
    "--figures",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="核定的数据（YAML、JSON 或自评表），报告的文字和表格与它核对",
)
@report_options
@json_option
def check(  # noqa: PLR0913 - one parameter an option
    file: Path,
    figures: Path | None,
    place: str,
    year: int | None,
    rules: str,
    *,
    as_json: bool,
) -> int:
    """Print the findings of a file."""
    wanted = Wanted(place=place, year=year, rules=rules)
    checked = check_path(open_content(), file, today=now(), wanted=wanted, figures=figures)
    for remark in checked.remarks:
        echo(f"提示：{remark}", err=True)
    answer = check_answer(checked)
    if as_json:
        echo_json(answer)
    else:
        title = title_of(checked.scored.report)
        echo(_check_text(answer, f"{title}（{checked.file_name}）"))
    return FOUND if checked.count(Severity.ERROR) else DONE


def _check_text(answer: ProjectCheck | ReportCheck, title: str) -> str:
    """Return findings as people read them."""
    if isinstance(answer, ProjectCheck):
        return f"{title}\n\n{findings_text(answer.findings)}"
    blocks = [title]
    blocks += [
        f"项目：{one.name or one.project}\n{findings_text(one.findings)}" for one in answer.projects
    ]
    if answer.findings or not answer.projects:
        blocks.append(f"报告整体\n{findings_text(answer.findings)}")
    return "\n\n".join(blocks)
