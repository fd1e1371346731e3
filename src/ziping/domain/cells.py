"""Targets and actual values as cells hold them (指标值、实际完成值): what kind, and the figure."""

import re

from ziping.domain.dates import DateReading, read_date
from ziping.domain.figures import read_figure
from ziping.domain.quantities import Cell, CellKind
from ziping.domain.rules import Lexicon
from ziping.domain.text import MAX_VALUE_LENGTH, clean, shorten
from ziping.domain.words import read_words

_MAX_TEXT = 20_000
_FIGURES = re.compile("[0-9]")
_DATE_WORDS = re.compile("[年月旬季]")
_CHINESE_COUNT = re.compile("[一二两三四五六七八九十百千万]")
_DAMAGED = re.compile(r"[%‰][0-9]|[0-9]\.[0-9]+\.[0-9]|[0-9]e[-+]?[0-9]", re.IGNORECASE)
_BROKEN = re.compile("[0-9.,]+")
_ONLY_FIGURES = re.compile(r"[-+≥≤<>=0-9.,% ]+")
_PLANNED = re.compile("预计|计划|拟|力争")
_JOINTS = re.compile("[,;、/ ]|和|及|并且|且")
_END = "。;,、 "


def read_target(raw: str, *, fiscal_year: int, lexicon: Lexicon) -> Cell:
    """Read a 年度指标值; a date without a year is of the fiscal year."""
    return _read(raw, fiscal_year, lexicon, is_target=True)


def read_actual(raw: str, *, fiscal_year: int, lexicon: Lexicon) -> Cell:
    """Read a 实际完成值; an operator written in it is kept, for then the target was copied."""
    return _read(raw, fiscal_year, lexicon, is_target=False)


def _read(raw: str, fiscal_year: int, lexicon: Lexicon, *, is_target: bool) -> Cell:
    """Read a cell: known words first, then dates, then figures, else words."""
    if len(raw) > MAX_VALUE_LENGTH:
        return _long(raw)
    text = clean(raw)
    if cell := read_words(raw, text, lexicon):
        return cell
    text = text.rstrip(_END)
    has_figures = _FIGURES.search(text) is not None
    if has_figures or _DATE_WORDS.search(text):
        date = read_date(text, fiscal_year)
        if date is not None:
            return _date(raw, text, date, is_target=is_target)
    if has_figures or _CHINESE_COUNT.search(text):
        figure = read_figure(raw, text, is_target=is_target)
        if figure is not None:
            return figure
        return _several(raw, text, is_target=is_target) or _no_figure(
            raw, text, has_figures=has_figures
        )
    return read_words(raw, text, lexicon) or Cell(raw, CellKind.QUALITATIVE)


def _long(raw: str) -> Cell:
    """Return the reading of a text too long to be a figure."""
    if raw.isspace():
        return Cell(raw, CellKind.BLANK)
    if len(raw) > _MAX_TEXT:
        problem = f"内容过长（{len(raw)} 字），请只填指标值，说明文字写到偏差原因或报告正文"
        return Cell(raw, CellKind.UNREADABLE, problem=problem)
    return Cell(raw, CellKind.QUALITATIVE, note="文字较长，按定性内容处理")


def _date(raw: str, text: str, date: DateReading, *, is_target: bool) -> Cell:
    """Return the cell of a date, of a question about it, or of one that does not exist."""
    if date.problem:
        return Cell(raw, CellKind.UNREADABLE, problem=f"“{shorten(raw)}”{date.problem}")
    if date.question:
        return Cell(raw, CellKind.AMBIGUOUS, problem=date.question)
    if not is_target and _PLANNED.match(text):
        problem = f"“{shorten(raw)}”是预计时间，请填写实际完成时间"
        return Cell(raw, CellKind.AMBIGUOUS, problem=problem)
    return Cell(raw, CellKind.DATE, deadline=date.deadline)


def _several(raw: str, text: str, *, is_target: bool) -> Cell | None:
    """Return the cell of a text in parts: a question when two hold figures."""
    parts = [part for part in _JOINTS.split(text) if part]
    if len(parts) < 2 or _BROKEN.fullmatch(text):  # noqa: PLR2004 - one part is no list
        return None
    read = {part: read_figure(raw, part, is_target=is_target) for part in parts}
    with_figures = [part for part in parts if read[part] or _FIGURES.search(part)]
    if len(with_figures) > 1 and any(read.values()):
        listed = "、".join(f"“{shorten(part, 20)}”" for part in with_figures[:4])
        problem = f"一格里有多个数值（{listed}），请确认按哪一个与指标值比较，或拆成几条指标"
        return Cell(raw, CellKind.AMBIGUOUS, problem=problem)
    return None


def _no_figure(raw: str, text: str, *, has_figures: bool) -> Cell:
    """Return the cell of a text whose figures, if any, fit no form."""
    if not has_figures:
        return Cell(raw, CellKind.QUALITATIVE)
    if _DAMAGED.search(text) or _ONLY_FIGURES.fullmatch(text):
        problem = f"“{shorten(raw)}”像是几个单元格粘在一起或识别有误，请对照原表重新填写"
        return Cell(raw, CellKind.UNREADABLE, problem=problem)
    note = "文字里有数字，但读不成一个指标值，按定性内容处理；如是定量指标请只填数值和单位"
    return Cell(raw, CellKind.QUALITATIVE, note=note)
