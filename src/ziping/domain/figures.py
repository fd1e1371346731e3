"""Figures in target and actual cells: numbers, ranges, bounds, approximations (定量值)."""

import re
from dataclasses import replace
from decimal import Decimal

from ziping.domain.measures import Measure, read_measure
from ziping.domain.numbers import NUMBER_PATTERN, plain
from ziping.domain.operators import Comparison, take_comparison
from ziping.domain.quantities import Cell, CellKind
from ziping.domain.senses import sense_of_figure
from ziping.domain.text import shorten

_RANGE = re.compile("(?<=[^-~～—–─〜至到])(?:[-~～—–─〜]+|至|到)(?=[0-9.])")
_REMARK = re.compile(r"^(?P<body>.*[^(])\((?P<remark>[^()]{1,60})\)$")
_UNIT_ALONE = re.compile("[%‰\u4e00-\u9fff]{1,4}")
_BARE = re.compile(rf"(?:{NUMBER_PATTERN})")
_LONE_DAYS = re.compile(
    "[0-9]{1,3}(?:日|号|天|个?工作日|个月|周|小时)(?:之前|以前|前)[\u4e00-\u9fff]{0,8}"
)
"""A day without its month, or a duration: 15日前."""
_PLANNED = re.compile("计划|拟")
_MISREAD_PERCENT = re.compile(r"2(?P<real>[5-9][0-9](?:\.[0-9]+)?|100(?:\.0+)?)%")


def read_figure(raw: str, text: str, *, is_target: bool) -> Cell | None:
    """Read cleaned text as one figure; None when it is not one."""
    if _LONE_DAYS.fullmatch(text):
        return Cell(raw, CellKind.AMBIGUOUS, problem=_lone_days(raw))
    text, remark = _take_remark(text)
    found = _MISREAD_PERCENT.fullmatch(text)
    comparison = take_comparison(text, is_target=is_target)
    cell = _range(raw, comparison) or _single(raw, comparison, is_target=is_target)
    if cell is None:
        return None
    notes = [cell.note, _unused(remark)]
    if comparison.label[:2] in ("提高", "提升", "增长", "增加", "下降", "降低", "减少"):
        notes.append(f"按“{comparison.label}”的数值读取")
    sense = sense_of_figure(comparison.label, comparison.rest, remark)
    cell = replace(cell, note="；".join(note for note in notes if note), sense=sense)
    if found and is_target:
        return replace(cell, problem=_misread(raw, found["real"]))
    return cell


def _take_remark(text: str) -> tuple[str, str]:
    """Split off a remark in brackets; a unit in brackets is the figure's unit."""
    text = text.removesuffix("(含)")
    found = _REMARK.match(text) if text.endswith(")") else None
    if found is None:
        return text, ""
    body, remark = found["body"].rstrip(), found["remark"]
    if _UNIT_ALONE.fullmatch(remark) and read_measure(f"1{remark}"):
        return body + remark, ""
    return body, remark


def _unused(remark: str) -> str:
    """Return the note that a remark in brackets plays no part, or nothing."""
    return f"括号里的“{shorten(remark)}”不参与比较" if remark else ""


def _single(raw: str, comparison: Comparison, *, is_target: bool) -> Cell | None:
    """Return the cell of one number with its comparison."""
    measure = read_measure(comparison.rest)
    if measure is None:
        return None
    if comparison.conflict:
        problem = f"“{shorten(raw)}”前后的比较词互相矛盾，请只保留一个"
        return Cell(raw, CellKind.AMBIGUOUS, problem=problem)
    if comparison.is_about or (not is_target and _PLANNED.match(comparison.label)):
        return _cell(raw, CellKind.APPROXIMATE, comparison, measure, _about(raw, is_target))
    kind = CellKind.NUMBER
    if measure.is_lower_bound and comparison.operator is None:
        kind = CellKind.LOWER_BOUND
    cell = _cell(raw, kind, comparison, measure, "")
    if kind is CellKind.LOWER_BOUND and not measure.note:
        return replace(cell, note="只说明不少于这个数，可以判断是否达标，不能算完成比例")
    return cell


def _cell(raw: str, kind: CellKind, comparison: Comparison, measure: Measure, problem: str) -> Cell:
    """Return a cell of one number."""
    return Cell(
        raw,
        kind,
        comparison.operator,
        measure.value,
        unit=measure.unit,
        problem=problem,
        note=measure.note,
    )


def _range(raw: str, comparison: Comparison) -> Cell | None:
    """Return the cell of two bounds such as 3-5个 or 60%～80%."""
    for found in _RANGE.finditer(comparison.rest):
        left, right = comparison.rest[: found.start()], comparison.rest[found.end() :]
        upper = read_measure(right)
        if upper is None:
            continue
        lower = read_measure(left + _lent(left, right))
        if lower is None:
            continue
        return _bounds(raw, comparison, lower, upper)
    return None


def _bounds(raw: str, comparison: Comparison, lower: Measure, upper: Measure) -> Cell:
    """Return the cell of two bounds, or the question they raise."""
    problem = ""
    if upper.unit and lower.unit != upper.unit:
        problem = f"“{shorten(raw)}”两端的单位不同，请写成同一单位"
    elif lower.value >= upper.value:
        problem = f"“{shorten(raw)}”的下限不小于上限，请核对是范围还是两个数值"
    elif comparison.operator is not None:
        problem = f"“{shorten(raw)}”既有比较符又是范围，请写明是“≥”下限还是在范围之内"
    if problem:
        return Cell(raw, CellKind.AMBIGUOUS, problem=problem)
    kind = CellKind.APPROXIMATE if comparison.is_about else CellKind.RANGE
    problem = _about(raw, is_target=True) if comparison.is_about else ""
    return Cell(
        raw,
        kind,
        value=lower.value,
        upper=upper.value,
        unit=upper.unit or lower.unit,
        problem=problem,
        note=upper.note,
    )


def _lent(left: str, right: str) -> str:
    """Return the unit that the lower bound borrows from the upper: 3 of 3-5个, 1万 of 1万-2万人."""
    number = _BARE.match(right)
    tail = right[number.end() :] if number else ""
    if _BARE.fullmatch(left):
        return tail
    return tail[1:] if _BARE.fullmatch(left[:-1]) and left[-1] in "万亿" else ""


def _about(raw: str, is_target: bool) -> str:  # noqa: FBT001 - passed by position within this module
    """Return the problem of an approximate figure."""
    if is_target:
        return f"“{shorten(raw)}”没有明确的及格线，请写成“≥”或“≤”加数值"
    return f"“{shorten(raw)}”不是准确数，请填写实际完成的数"


def _lone_days(raw: str) -> str:
    """Return the question about so many days with 前 after them."""
    return (
        f"“{shorten(raw)}”没有写月份，看不出是哪一天之前，还是在多长时间以内："
        "是期限请写“几月几日前”，是时长请写“几日内”或“≤几日”"
    )


def _misread(raw: str, real: str) -> str:
    """Return the problem of a percentage that looks like a misread ≥."""
    real = plain(Decimal(real))
    return (
        f"“{shorten(raw)}”可能是“≥{real}%”的识别错误（≥ 被认成 2），请核对原表；"
        f"如确是这个数，请写成“≥{plain(200 + Decimal(real))}%”"
    )
