"""What several commands take: a report's file, place, year and rule set."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ziping.bootstrap import now, open_content
from ziping.cli.chinese import WholeNumber
from ziping.cli.echoing import echo
from ziping.content.library import Content
from ziping.services.importing import read_report_file
from ziping.services.scored import ScoredReport, score_report

Function = TypeVar("Function", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


def file_argument(function: Function) -> Function:
    """Add the file of a report."""
    return click.argument(
        "file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="自评数据：YAML、JSON，或 xlsx、xls、docx 自评表",
    )(function)


def report_options(function: Function) -> Function:
    """Add the options that go before what the file states."""
    for option in (
        click.option("--rules", metavar="ID", default="", help="指定评分规则（见 rules list）"),
        click.option("--year", metavar="年", type=WholeNumber(1995, 2100), help="财政年度"),
        click.option("--place", metavar="地区", default="", help="地区，如“湖南 怀化”"),
    ):
        function = option(function)
    return function


def read_scored(
    file: Path, place: str = "", year: int | None = None, rules: str = ""
) -> tuple[Content, ScoredReport]:
    """Return a file's report with its scores; remarks on the reading go to stderr."""
    content = open_content()
    read = read_report_file(content, file, today=now(), place=place, year=year)
    for remark in read.remarks:
        echo(f"提示：{remark}", err=True)
    report = read.report
    if rules:
        report = report.model_copy(update={"rule_set": rules})
    return content, score_report(content, report)
