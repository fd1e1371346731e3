"""What comparing two sets of figures gives (数据比对)."""

from collections import Counter
from enum import StrEnum
from typing import Literal

from ziping.domain.model import Record


class Difference(StrEnum):
    """How two statements of one figure stand to each other (比对结论)."""

    EQUAL = "一致"
    ROUNDING = "四舍五入"
    """The finer one, rounded half up, is the coarser one."""
    UNIT = "单位"
    """The same once converted into one unit."""
    BASIS = "口径"
    """One side states what the other side has on another basis (年初/全年, 到位/执行)."""
    MISSING = "缺失"
    """One side states nothing."""
    DIFFERENT = "不一致"
    TEXT = "与正文矛盾"
    """Both tables agree, the report's text says something else."""


class FigureKind(StrEnum):
    """What kind of figure is compared (数据类别)."""

    AMOUNT = "金额"
    RATE = "比率"
    POINTS = "分数"
    VALUE = "指标值"
    GRADE = "等级"
    ROW = "整行"
    """A fund row or an indicator that one side does not have."""
    PROJECT = "整个项目"
    """A project that one side does not have."""


class TextStatement(Record):
    """A sentence of the report that states a figure (正文表述)."""

    path: str
    """Field path of the figure."""
    section_id: str
    heading: str
    sentence: str
    said: str
    """The figure as the sentence writes it."""
    holds: bool
    """Whether it agrees with the table."""


class ReconciledField(Record):
    """One figure on both sides (比对项)."""

    project: str
    """Name of the project."""
    label: str
    """The figure in words, e.g. 交易宗数 · 实际完成值."""
    kind: FigureKind
    left_path: str
    """Field path on the left side; blank where it has no such row."""
    right_path: str
    left: str
    """As the left side writes it."""
    right: str
    result: Difference
    missing: Literal["", "left", "right"] = ""
    """Which side states nothing."""
    tolerance: str = ""
    """By how much the two may differ from rounding, e.g. ±0.005万元."""
    gap: str = ""
    """Right minus left, in words; blank where no number can be told."""
    note: str = ""
    """Why it was judged so, in Chinese."""
    needs_look: bool = False
    """Whether somebody has to look: one side must be wrong, or says nothing."""
    covers: tuple[str, ...] = ()
    """Field paths that a missing row or project has filled."""
    statements: tuple[TextStatement, ...] = ()
    """Sentences of the left side's report that state it."""


class Reconciliation(Record):
    """Two sets of figures field by field (数据比对)."""

    left_title: str
    right_title: str
    fields: tuple[ReconciledField, ...]
    """Every figure that at least one side states, in table order."""

    @property
    def differences(self) -> tuple[ReconciledField, ...]:
        """The figures that are not simply equal."""
        return tuple(one for one in self.fields if one.result is not Difference.EQUAL)

    @property
    def counts(self) -> dict[Difference, int]:
        """How many figures have each result; results that do not occur count 0."""
        found = Counter(one.result for one in self.fields)
        return {one: found[one] for one in Difference}


class ScorePair(Record):
    """One line's points on both sides (得分对照)."""

    project: str
    label: str
    left_weight: str
    left_points: str
    """As printed; 待定 while undetermined, blank where the side has no such line."""
    right_weight: str
    right_points: str
    is_result: bool = False
    """Whether it is the total, the grade or the rate, not a line."""

    @property
    def is_equal(self) -> bool:
        """Whether both sides come to the same."""
        return (self.left_weight, self.left_points) == (self.right_weight, self.right_points)
