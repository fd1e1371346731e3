"""`export` and `template`: Word and Excel files."""

from pathlib import Path

import click

from ziping.bootstrap import now
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import file_argument, read_scored, report_options
from ziping.cli.root import DONE
from ziping.cli.writing import free_name, refuse_no_folder, write_new
from ziping.domain.errors import InputError
from ziping.services.drafted import placeholders
from ziping.services.filing import drafted_files
from ziping.services.tables import template_list, template_workbook


@click.command(cls=ChineseCommand, help="导出送审稿：Word 报告和 Excel 表；已有的文件不会被覆盖。")
@file_argument
@report_options
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="存放的文件夹，没有则新建",
)
def export(file: Path, place: str, year: int | None, rules: str, *, output: Path) -> int:
    """Write a file's report as Word and Excel."""
    refuse_no_folder(output)
    content, scored = read_scored(file, place, year, rules)
    files, sections = drafted_files(content, scored, at=now())
    for one in files:
        path = free_name(output, one.name)
        write_new(path, one.data)
        echo(str(path))
    left = placeholders(scored, sections)
    if left:
        echo(f"提示：还有 {len(left)} 处【待补充】需要填写。", err=True)
    return DONE


@click.command(
    cls=ChineseCommand, help="生成供填写的 Excel 空表，填好后可直接用于 score、batch 等命令。"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="存为这个文件（.xlsx）",
)
@click.option("--batch", "is_list", is_flag=True, help="批量填报用的：一张清单，几行一个项目")
def template(*, output: Path, is_list: bool) -> int:
    """Write the workbook to fill in."""
    path = output if output.suffix else output.with_suffix(".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise InputError("空表只能存为 .xlsx", where=str(path), remedy="请把文件名改为 .xlsx 结尾")
    write_new(path, template_list() if is_list else template_workbook())
    echo(str(path))
    return DONE
