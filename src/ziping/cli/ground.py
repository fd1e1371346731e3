"""`ground`: whether a text follows from a report's figures."""

from pathlib import Path

import click

from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option, read_scored, report_options
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.domain.errors import InputError
from ziping.domain.grounding import VIOLATION_TITLES, Grounding
from ziping.services.grounding import open_grounder

_SUFFIXES = (".txt", ".md")
_LONGEST_NAME = 255


@click.command(
    cls=ChineseCommand,
    help="核对文字：每个数字、等级、名称、文号、条号和结论能不能由自评数据得出。",
)
@click.argument("text", metavar="TEXT|FILE.txt", help="要核对的文字，或存有文字的 txt、md 文件")
@click.option(
    "--figures",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="自评数据：YAML、JSON，或 xlsx、xls、docx 自评表",
)
@report_options
@json_option
def ground(  # noqa: PLR0913 - one parameter an option
    text: str, figures: Path, place: str, year: int | None, rules: str, *, as_json: bool
) -> int:
    """Print what of a text does not follow from a file's figures."""
    words = _words(text)
    content, scored = read_scored(figures, place, year, rules)
    found = open_grounder(content, scored).ground(words)
    if as_json:
        echo_json(found)
    else:
        echo(_told(found, words))
    return DONE if found.holds else FOUND


def _words(text: str) -> str:
    """Return the text itself, or what the file it names holds."""
    if "\n" in text or len(text.encode()) > _LONGEST_NAME or not text.endswith(_SUFFIXES):
        return text
    try:
        return Path(text).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "这个文件读不出文字",
            where=text,
            why="找不到文件" if isinstance(error, FileNotFoundError) else "不是 UTF-8 文本",
            remedy="请核对文件名，或另存为 UTF-8 编码的 txt",
        ) from error


def _told(found: Grounding, words: str) -> str:
    """Return the violations as people read them, each with its sentence."""
    if found.holds:
        return f"核对完毕：没有发现与自评数据不符的地方，{len(found.links)} 处数据有出处。"
    lines = [f"核对完毕：有 {len(found.violations)} 处与自评数据不符。"]
    for number, one in enumerate(found.violations, 1):
        line = words.count("\n", 0, one.span.start) + 1
        lines.append(
            f"{number}. 第{line}行 [{VIOLATION_TITLES[one.kind]}] {one.text}：{one.reason}"
        )
        lines.append(f"    {words[one.sentence.start : one.sentence.end]}")
        if one.suggestion:
            lines.append(f"    可改为：{one.suggestion}")
    return "\n".join(lines)
