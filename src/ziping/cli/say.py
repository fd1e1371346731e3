"""`say`: what the conversation proposes for one thing said; nothing is written."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ziping.bootstrap import open_library
from ziping.cli.chinese import ChineseCommand
from ziping.cli.echoing import echo
from ziping.cli.inputs import file_argument, json_option, read_scored, report_options
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE
from ziping.domain.conversation import Reply
from ziping.services.chat_answers import say_answer
from ziping.services.saying import say_once

if TYPE_CHECKING:
    from ziping.services.library import Library


@click.command(
    cls=ChineseCommand, help="对数据说一句话，列出会建议的改动、追问或答复；不写入文件。"
)
@file_argument
@click.argument(
    "text", metavar="TEXT", help="要说的话，如“年初预算760万元，到位和支出都是619.52万元”"
)
@report_options
@json_option
def say(  # noqa: PLR0913 - one parameter an option
    file: Path, text: str, place: str, year: int | None, rules: str, *, as_json: bool
) -> int:
    """Print what is proposed for one thing said."""
    content, scored = read_scored(file, place, year, rules)
    with ExitStack() as opened:
        reply = say_once(content, scored.report, text, lambda: _library(opened))
    if as_json:
        echo_json(say_answer(reply))
    else:
        echo(_told(reply))
    return DONE


def _library(opened: ExitStack) -> "Library":
    """Return the library of this machine, opened when a question needs it."""
    from ziping.cli.acting import opened_workspace  # noqa: PLC0415 - most sayings need no database

    workspace = opened.enter_context(opened_workspace())
    library = open_library(workspace)
    opened.callback(library.close)
    return library


def _told(reply: Reply) -> str:
    """Return a reply as people read it."""
    lines = [reply.text]
    for number, one in enumerate(reply.patches, 1):
        note = f"（{one.note}）" if one.note else ""
        lines.append(f"{number}. {one.label}：{one.old or '—'} → {one.new}{note}")
        lines.append(f"    来自“{one.said}”")
    if reply.question is not None:
        lines += [reply.question.text] if reply.asks_further else []
        lines += [f"    {at}) {one.label}" for at, one in enumerate(reply.question.choices, 1)]
    lines += [f"{one.heading}\n{one.section.text}" for one in reply.sections]
    return "\n".join([*lines, *(f"提示：{one}" for one in reply.notices)])
