"""Level-1 names as tables write them: title and declared weight (一级指标名称)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.numbers import parse_decimal
from ziping.domain.rules import Level1
from ziping.domain.text import MAX_VALUE_LENGTH, clean

_WEIGHT = re.compile(
    r"\(?(?:分值|权重|满分)?:?([0-9]{1,3}(?:\.[0-9]{1,4})?)(?:分|%)\)?$"
    r"|\((?:分值|权重|满分)?:?([0-9]{1,3}(?:\.[0-9]{1,4})?)\)$"
)
_NAMES = (
    ("满意", Level1.SATISFACTION),
    ("产出", Level1.OUTPUT),
    ("效益", Level1.BENEFIT),
    ("效果", Level1.BENEFIT),
    ("成本", Level1.COST),
    ("执行率", Level1.EXECUTION),
    ("预算执行", Level1.EXECUTION),
)
"""What a level-1 name contains, and the dimension it then is."""


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level-1 cell taken apart (一级指标)."""

    title: str
    """Canonical title such as 产出指标; the name as written when it is none of the five."""
    level1: Level1 | None
    """The dimension; None: none of the five, or two at once."""
    declared_weight: Decimal | None
    """Weight written into the name, e.g. 50 of 产出指标（50分）."""
    written: str = ""
    """Name as written without its weight: 效果指标 stays 效果指标."""


def split_level1(raw: str) -> LevelName:
    """Take a level-1 cell apart: 效益指标（30分） is 效益指标 with 30 declared."""
    text = clean(raw[:MAX_VALUE_LENGTH]).replace(" ", "").rsplit("/", 1)[-1]
    declared = None
    if found := _WEIGHT.search(text):
        declared = parse_decimal(found[1] or found[2])
        text = text[: found.start()]
    level1 = _dimension(text)
    return LevelName(level1.value if level1 else text, level1, declared, text)


def _dimension(title: str) -> Level1 | None:
    """Return the one dimension a name stands for."""
    found = {level1 for word, level1 in _NAMES if word in title}
    return found.pop() if len(found) == 1 else None
