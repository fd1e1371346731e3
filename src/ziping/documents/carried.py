"""Figures the printed form has no column for, as notes under the table that are read back (附注).

A line reads `实际到位数：年度资金总额＝619.52；其中：当年财政拨款＝619.52`.
"""

import re
from collections.abc import Iterable, Iterator

from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundRow, Indicator, SelfEvaluation
from ziping.domain.text import clean

RECEIVED, TARGETS, WEIGHTS = "实际到位数", "批复指标值", "批复分值"
_PLAIN = ("资金性质", "预算调整依据", "批复预算数", "批复总体目标")
_START = re.compile(rf"(?:{'|'.join((RECEIVED, TARGETS, WEIGHTS, *_PLAIN))})：")
_PARTED = re.compile(r"；(?=[^；＝]{1,60}＝)")


def carried_notes(project: SelfEvaluation) -> Iterator[str]:
    """Yield the notes to print under a project's table; none when the form says it all."""
    texts = (
        project.fund_kind.value,
        project.adjustment_basis,
        project.approved.budget,
        project.approved.objective,
    )
    received = ((fund_title(row), row.received) for row in project.funds)
    lines = list(enumerate(filled(project.indicators), 1))
    listed = (
        (RECEIVED, received),
        (TARGETS, ((f"指标{number}", line.approved.target) for number, line in lines)),
        (WEIGHTS, ((f"指标{number}", line.approved.weight) for number, line in lines)),
    )
    for title, pairs in listed:
        stated = [f"{key}＝{text.strip()}" for key, text in pairs if text.strip()]
        if stated:
            yield f"{title}：{'；'.join(stated)}"
    for title, text in zip(_PLAIN, texts, strict=True):
        if text.strip():
            yield f"{title}：{text.strip()}"


def is_carried(text: str) -> bool:
    """Return whether a line under a table is such a note."""
    return _START.match(text.strip()) is not None


def carried_pairs(text: str, title: str) -> list[tuple[str, str]]:
    """Return the pairs of a note with this title; empty for any other text."""
    body = text.strip().removeprefix(f"{title}：")
    if body == text.strip():
        return []
    pairs = (part.partition("＝") for part in _PARTED.split(body))
    return [(key.strip(), value.strip()) for key, equals, value in pairs if equals]


def fund_title(row: FundRow) -> str:
    """Return the title of a fund row in one line, as the note names it."""
    return re.sub(r"[\s；＝]", "", row.label or FUND_SOURCE_TITLES[row.source])


def filled(lines: Iterable[Indicator]) -> Iterator[Indicator]:
    """Yield the lines that a reader of the table would see as lines."""
    for line in lines:
        texts = (line.level3, line.target, line.actual, line.weight, line.deviation)
        if any(clean(text[:100]) for text in texts):
            yield line
