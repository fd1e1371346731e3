"""`roll`: last year's report carried into a data file for this year."""

from pathlib import Path

import click

from ziping.bootstrap import now, open_content
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.root import DONE
from ziping.cli.writing import write_new
from ziping.content.report_file import dump_report
from ziping.domain.errors import InputError
from ziping.services.importing import read_bytes
from ziping.services.rolling import read_last_year, roll_forward


@click.command(
    cls=ChineseCommand,
    help="结转：由上年报告（Word、文本、自评表或数据文件）生成今年的数据文件，"
    "指标值沿用作建议，上年的数留作比较，上年的问题列出来写整改。",
)
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path), help="上年的自评报告或自评表"
)
@click.option("--place", metavar="地区", default="", help="地区，如“湖南 怀化”")
@click.option(
    "-o",
    "--output",
    metavar="NEW",
    required=True,
    type=click.Path(path_type=Path),
    help="存为这个数据文件（.yaml）",
)
def roll(*, file: Path, place: str, output: Path) -> int:
    """Write this year's data file from last year's report."""
    path = output if output.suffix else output.with_suffix(".yaml")
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise InputError("数据文件只能存为 .yaml", where=str(path), remedy="请改用 .yaml 结尾")
    content = open_content()
    last = read_last_year(content, read_bytes(file), file.name, today=now(), place=place)
    rolled = roll_forward(content, last)
    write_new(path, dump_report(rolled.report).encode())
    for remark in (*rolled.reading, *rolled.remarks):
        echo(f"提示：{remark}", err=True)
    echo(str(path))
    return DONE
