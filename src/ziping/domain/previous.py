"""What the report of the year before said, kept beside this year's (上年数).

Carried over by a roll-forward; blank where there was no report, or where it did not say.
"""

from enum import StrEnum

from ziping.domain.model import Record
from ziping.domain.raw import Raw


class PreviousIndicator(Record):
    """An indicator in the report of the year before (上年指标)."""

    target: Raw = ""
    """上年指标值."""
    actual: Raw = ""
    """上年完成值."""
    weight: Raw = ""
    """上年分值."""
    points: Raw = ""
    """上年得分."""
    reason: Raw = ""
    """Why this year differs much, said by a person (变动原因)."""


class PreviousEvaluation(Record):
    """A project in the report of the year before (上年自评), amounts in the same money unit."""

    fiscal_year: Raw = ""
    """上年是哪一年; blank: the project is new, nothing was carried over."""
    initial_budget: Raw = ""
    """上年年初预算数."""
    annual_budget: Raw = ""
    """上年全年预算数."""
    executed: Raw = ""
    """上年全年执行数."""
    rate: Raw = ""
    """上年执行率."""
    total: Raw = ""
    """上年总分."""
    grade: Raw = ""
    """上年等级."""
    reason: Raw = ""
    """Why the money of this year differs much, said by a person (变动原因)."""


class RectificationState(StrEnum):
    """How far a problem of the year before has been dealt with (整改状态)."""

    UNKNOWN = ""
    DONE = "已整改"
    GOING_ON = "正在整改"
    NOT_BEGUN = "尚未整改"


class Rectification(Record):
    """A problem of the year before and what became of it (上年问题整改)."""

    problem: Raw
    """上年报告写的问题."""
    suggestion: Raw = ""
    """上年报告写的建议."""
    state: RectificationState = RectificationState.UNKNOWN
    """整改状态."""
    result: Raw = ""
    """What was done, when, with what result (整改情况)."""
