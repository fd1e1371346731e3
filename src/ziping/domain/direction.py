"""Which way a target points: the operator written, or the one its indicator implies (指标方向)."""

import re
from dataclasses import dataclass

from ziping.domain.quantities import Cell, CellKind, Operator
from ziping.domain.rules import Lexicon

_SAVING = re.compile("节约|节支|节省|压减|降低|下降|减少")
_NO_COST = re.compile("(?:率|数|数量|性|度|进度)$")
"""Endings that make a name with a cost word one of a rate, a count or a quality."""
_OUTCOME = re.compile("质量|时效|效益|影响|满意")
_COUNT = re.compile("数量|满意")
"""Level-2 names on which an upper bound makes no sense."""
_DURATIONS = frozenset(("天", "日", "个工作日", "工作日", "小时", "分钟", "个月", "周", "年"))
_DIRECTED = (CellKind.NUMBER, CellKind.LOWER_BOUND, CellKind.APPROXIMATE)


@dataclass(frozen=True, slots=True)
class Direction:
    """How a target is to be compared, and why (方向)."""

    operator: Operator | None
    """None: not a number, or only a person can say."""
    reason: str
    """Chinese sentence: why this operator."""
    asked: str = ""
    """The question to put when no operator can be told."""
    contradiction: str = ""
    """Why a written operator contradicts the indicator's meaning; it stands nevertheless."""


def direction_of(
    level1: str, level2: str, level3: str, target: Cell, lexicon: Lexicon
) -> Direction:
    """Return how a target compares; a bare number never means "="."""
    if target.operator is not None:
        reason = f"指标值写明“{target.operator.value}”"
        contradiction = _contradiction(level1, level2, level3, target, lexicon)
        return Direction(target.operator, reason, contradiction=contradiction)
    if target.kind not in _DIRECTED or target.value is None:
        return Direction(None, "指标值不是单个数值，不比较大小")
    if target.value == 0:
        return Direction(Operator.AT_MOST, "目标值为 0，越少越好，只有 0 才算完成")
    if "时效" in level2 and target.unit in _DURATIONS:
        asked = f"“{level3}”是一段时间，没有写比较符：请确认是不超过（≤）还是不少于（≥）"
        return Direction(None, "时效指标的时长，方向不能推断", asked)
    return _implied(level1, level2, level3, lexicon)


def _implied(level1: str, level2: str, level3: str, lexicon: Lexicon) -> Direction:
    """Return the direction of a bare number that is not zero."""
    if _is_cost(level1, level2, level3, lexicon):
        if _SAVING.search(level3):
            asked = f"“{level3}”没有写比较符，节约类成本指标请写明“≥”还是“≤”"
            return Direction(None, "成本节约类指标，方向不能推断", asked)
        return Direction(Operator.AT_MOST, "成本类指标，没有写比较符，按不超过（≤）计")
    if word := next((word for word in lexicon.harm_words if word in level3), ""):
        asked = f"指标名称含“{word}”，没有写比较符：请确认是越少越好（≤）还是越多越好（≥）"
        return Direction(None, f"含“{word}”的指标，方向不能推断", asked)
    return Direction(Operator.AT_LEAST, "没有写比较符，按不低于（≥）计")


def _is_cost(level1: str, level2: str, level3: str, lexicon: Lexicon) -> bool:
    """Return whether an indicator is of a cost, by its levels or its name."""
    if "成本" in level2 or ("成本" in level1 and not _OUTCOME.search(level2)):
        return True
    if _OUTCOME.search(level2) or _NO_COST.search(level3):
        return False
    return any(word in level3 for word in lexicon.cost_words)


def _contradiction(level1: str, level2: str, level3: str, target: Cell, lexicon: Lexicon) -> str:
    """Return why a written operator contradicts what the indicator means, or nothing."""
    operator = target.operator
    is_cost = _is_cost(level1, level2, level3, lexicon)
    if operator in (Operator.AT_LEAST, Operator.MORE_THAN):
        if is_cost and not target.is_rate and not _SAVING.search(level3):
            return f"成本类指标一般是不超过，这里写的是“{operator.value}”，请核对"
        return ""
    if operator is None or not operator.is_lower_better or is_cost or target.value == 0:
        return ""
    harm = any(word in level3 for word in lexicon.harm_words) or _SAVING.search(level3)
    if _COUNT.search(level2) and not harm:
        return f"“{level3}”一般越多越好，这里写的是“{operator.value}”，请核对是否写反"
    return ""
