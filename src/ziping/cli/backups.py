"""`backup` and `restore`: all data in one file, and back."""

from pathlib import Path

import click

from ziping.bootstrap import now
from ziping.cli.acting import opened_workspace
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE
from ziping.config import load_settings
from ziping.domain.stored import Stamp
from ziping.services.backing_up import BackupAnswer, back_up
from ziping.services.backing_up import restore as restore_backup


@click.command(cls=ChineseCommand, help="把全部数据备份到一个文件；使用中也可以备份，内容一致。")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="存为这个文件，不能已经存在",
)
@json_option
def backup(output: Path, *, as_json: bool) -> int:
    """Write a backup."""
    with opened_workspace() as workspace:
        answer = back_up(workspace, output)
    if as_json:
        echo_json(answer)
    else:
        echo(f"已备份到 {answer.file}（{_told(answer)}）。")
        echo("备份里是全部报告的内容，请妥善保管；模型和数据库的密钥不在其中。")
    return DONE


@click.command(cls=ChineseCommand, help="从备份文件恢复到空的数据目录或空的数据库。")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), help="备份文件")
@click.option("--replace", is_flag=True, help="已有数据时也恢复，现有数据另存在旁边")
@json_option
def restore(file: Path, *, replace: bool, as_json: bool) -> int:
    """Restore a backup."""
    settings = load_settings()
    stamp = Stamp(at=now(), by=settings.user)
    answer = restore_backup(file, settings.home, settings.database_url, stamp, replace=replace)
    if as_json:
        echo_json(answer)
    else:
        echo(f"已恢复（{_told(answer)}）。")
        if answer.replaced:
            echo(f"原有数据另存在：{answer.replaced}")
    return DONE


def _told(answer: BackupAnswer) -> str:
    """Return in a few words what a backup holds."""
    at = answer.made_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{at} 的数据，{answer.reports} 份报告，共 {answer.rows} 行"
