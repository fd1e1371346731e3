"""`draft`: the text of all sections."""

from pathlib import Path

import click

from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import file_argument, read_scored, report_options
from ziping.cli.root import DONE
from ziping.cli.writing import write_new
from ziping.services.drafted import draft_texts, placeholders, report_text


@click.command(
    cls=ChineseCommand, help="撰写报告全文：标题用 # 表示级别，只有人知道的内容留【待补充】。"
)
@file_argument
@report_options
@click.option("--offline", is_flag=True, help="只用离线模板（目前只有这一种写法）")
@click.option(
    "-o", "--output", metavar="OUT", type=click.Path(path_type=Path), help="存到文件，不打印"
)
def draft(  # noqa: PLR0913 - one parameter an option
    file: Path, place: str, year: int | None, rules: str, *, offline: bool, output: Path | None
) -> int:
    """Print the drafted report of a file."""
    del offline
    content, scored = read_scored(file, place, year, rules)
    sections = draft_texts(content, scored)
    text = report_text(scored, sections)
    if output is None:
        echo(text)
    else:
        write_new(output, f"{text}\n".encode())
        echo(f"已存为 {output}", err=True)
    left = placeholders(scored, sections)
    if left:
        echo(f"提示：还有 {len(left)} 处【待补充】需要填写。", err=True)
    return DONE
