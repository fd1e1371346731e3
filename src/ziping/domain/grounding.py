"""What grounding returns: what does not follow from the facts, and what does (核对)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from ziping.domain.model import Record


class ViolationKind(StrEnum):
    """What kind of statement does not follow from the facts (不符类别)."""

    AMOUNT = "amount"
    """金额."""
    RATE = "rate"
    """比率、百分点."""
    POINTS = "points"
    """分数."""
    COUNT = "count"
    """数量."""
    DATE = "date"
    """日期、年度."""
    GRADE = "grade"
    """等级."""
    NAME = "name"
    """单位、项目、指标名称."""
    NUMBER = "number"
    """文号."""
    TITLE = "title"
    """文件名称."""
    ARTICLE = "article"
    """条号."""
    COMPARISON = "comparison"
    """比较和结论，如“超额完成”."""
    RULE_CLAIM = "rule_claim"
    """没有注明出处的“规定”."""


VIOLATION_TITLES: dict[ViolationKind, str] = {
    ViolationKind.AMOUNT: "金额",
    ViolationKind.RATE: "比率",
    ViolationKind.POINTS: "分数",
    ViolationKind.COUNT: "数量",
    ViolationKind.DATE: "日期",
    ViolationKind.GRADE: "等级",
    ViolationKind.NAME: "名称",
    ViolationKind.NUMBER: "文号",
    ViolationKind.TITLE: "文件名称",
    ViolationKind.ARTICLE: "条号",
    ViolationKind.COMPARISON: "比较结论",
    ViolationKind.RULE_CLAIM: "规定出处",
}
"""What people read for each kind."""


class Span(Record):
    """Where something stands in a text, in characters (位置)."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    """One past the last character."""


class Violation(Record):
    """A statement that does not follow from the report's facts (不符)."""

    kind: ViolationKind
    span: Span
    text: str
    """The words at the span, as written."""
    reason: str
    """What is wrong, in Chinese."""
    sentence: Span
    """The sentence it stands in."""
    fact_id: str = ""
    """The fact it should have agreed with, where that is known."""
    suggestion: str = ""
    """What could stand there instead, e.g. that fact's display form."""


class LinkedFact(Record):
    """A figure of a text that equals a fact (已对应的数据)."""

    fact_id: str
    span: Span
    text: str


class Grounding(Record):
    """What of a text follows from the facts, and what does not (核对结果)."""

    violations: tuple[Violation, ...]
    """In the order of the text."""
    links: tuple[LinkedFact, ...]
    """In the order of the text; figures of entered texts and sums have none."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations
