"""`verify`: whether a Word file still says what was exported."""

from datetime import datetime
from pathlib import Path

import click

from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.services.answering import verify_answer
from ziping.services.answers import VerifyAnswer
from ziping.services.importing import read_bytes
from ziping.services.verifying import verify_file


@click.command(cls=ChineseCommand, help="核验 Word 文件：数字和文字与导出时是否一致。")
@click.argument(
    "docx", metavar="DOCX", type=click.Path(path_type=Path), help="由本系统导出的 Word 文件"
)
@json_option
def verify(docx: Path, *, as_json: bool) -> int:
    """Print what changed in a Word file since it was exported."""
    answer = verify_answer(verify_file(read_bytes(docx)))
    if as_json:
        echo_json(answer)
    else:
        echo(_told(answer))
    return DONE if answer.holds else FOUND


def _told(answer: VerifyAnswer) -> str:
    """Return a verification as people read it."""
    if not answer.has_manifest:
        return "这个文件里没有导出记录：不是本系统导出的，或另存时丢失了，无法核验。"
    head = (
        f"导出时间：{_local(answer.exported_at)}  评分规则：{answer.rule_set}"
        f"  程序版本：{answer.product_version}"
    )
    changed = [one for one in answer.checks if not one.holds]
    if not changed:
        return f"{head}\n一致：共核对 {len(answer.checks)} 处，都与导出时相同。"
    told = "\n".join(
        f"\n{one.what}\n  导出时：{one.stated or '—'}\n  现　在：{one.found}" for one in changed
    )
    return f"{head}\n不一致：共核对 {len(answer.checks)} 处，{len(changed)} 处已改动。\n{told}"


def _local(moment: str) -> str:
    """Return a moment by the clock of this machine; as it stands when it is none."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment
