"""Whether a figure can be one of an indicator's: a percentage is none of 宗 (数值与指标相称)."""

import re

from ziping.chat.values import Value, ValueKind
from ziping.domain.chat_words import ChatWords
from ziping.domain.evaluation import Indicator
from ziping.domain.quantities import Cell, CellKind

_COUNTING = re.compile("(人次|场次|批次|户次|件次|宗|项|次|人|户|件|份|期)(?:数|量)$")
_RATES = ("率", "度")


def suits(line: Indicator, target: Cell, value: Value, words: ChatWords) -> bool:
    """Return whether a figure fits an indicator with such a target."""
    if value.kind is ValueKind.COUNT and counts_other(line, value.unit):
        return False
    if value.kind is ValueKind.DATE:
        return target.kind in (CellKind.DATE, CellKind.STATUS) or is_timely(line, words)
    if value.kind is ValueKind.MONEY and not _is_of_money(line, target, value, words):
        return False
    if value.kind is ValueKind.POINTS or target.kind is CellKind.BLANK:
        is_rate = line.level3.rstrip().endswith(_RATES)
        return not (is_rate and value.kind is ValueKind.COUNT)
    if target.kind is CellKind.DATE:
        return False
    if target.value is not None and value.kind is not ValueKind.NUMBER:
        return _is_measured_alike(target, value)
    return target.kind is not CellKind.QUALITATIVE or value.kind is ValueKind.NUMBER


def is_timely(line: Indicator, words: ChatWords) -> bool:
    """Whether an indicator is one of time."""
    return any(word in line.level2 + line.level3 for word in words.timely)


def counts_other(line: Indicator, unit: str) -> bool:
    """Whether an indicator's name says that it counts something else: 交易宗数 counts no 项."""
    found = _COUNTING.search(line.level3.strip())
    counter = unit.partition("/")[0]
    return found is not None and counter not in (found[1], "个", "") and counter not in found[0]


def _is_of_money(line: Indicator, target: Cell, value: Value, words: ChatWords) -> bool:
    """Whether an indicator may hold an amount: by its target's unit, else by its name."""
    if target.unit:
        return "元" in target.unit or not value.unit
    named = line.level2 + line.level3
    return not value.unit or any(word in named for word in words.money_names)


def _is_measured_alike(target: Cell, value: Value) -> bool:
    """Whether a figure is in the unit of the target, or may be."""
    if (value.kind is ValueKind.PERCENT) != target.is_rate:
        return False
    is_money = value.kind is ValueKind.MONEY and bool(value.unit)
    if target.unit and value.kind is ValueKind.MONEY and is_money != ("元" in target.unit):
        return not value.unit
    if value.kind is ValueKind.COUNT and "元" in target.unit:
        return False
    if value.kind is ValueKind.COUNT and target.unit and value.unit != target.unit:
        return target.unit.startswith(value.unit) or value.unit.startswith(target.unit)
    return True
