"""What scoring returns: lines with their trace, and the sheet over them (评分结果)."""

from decimal import Decimal
from enum import StrEnum

from ziping.domain.evaluation import AverageKind
from ziping.domain.model import Record


class LineStatus(StrEnum):
    """Whether a line has points yet."""

    DETERMINED = "determined"
    """已定."""
    UNDETERMINED = "undetermined"
    """未定: something is missing or unreadable; carries no points."""
    NOT_APPLICABLE = "not_applicable"
    """不适用: no weight, no points."""


class LineKind(StrEnum):
    """By which rule a line is scored."""

    EXECUTION = "execution"
    """执行率."""
    QUANTITATIVE = "quantitative"
    """定量."""
    DATE = "date"
    """时效日期."""
    QUALITATIVE = "qualitative"
    """定性."""
    NONE = "none"
    """不计分."""


class Trace(Record):
    """Why a line has its points (为什么是这个分)."""

    formula: str
    """The formula with the figures in it, e.g. `10 × min(600 ÷ 619.52, 1) = 9.68`."""
    reason: str
    """Chinese sentence in plain words."""
    clause: str
    """Clause id the rule rests on."""
    certainty: str
    """Certainty of that clause, as people read it."""
    distance: str
    """Distance to full marks in plain words; blank at full marks."""


class LineScore(Record):
    """The score of the execution rate or of one indicator (一行得分)."""

    id: str
    """`execution` or the indicator's id."""
    row_id: str = ""
    """Id of the indicator row that states the execution rate, where a table has one."""
    level1: str
    level2: str
    level3: str
    kind: LineKind
    status: LineStatus
    weight: Decimal | None
    """分值; None: blank or unreadable."""
    points: Decimal | None
    """Points that count (得分): the manual ones if given, else the computed; None: undetermined."""
    computed: Decimal | None
    """Points the rule gives; None where only a person can decide."""
    given: Decimal | None = None
    """Points a person gave."""
    low: Decimal = Decimal(0)
    """Least this line can come to once determined."""
    high: Decimal = Decimal(0)
    """Most this line can come to once determined."""
    met: bool | None = None
    """Whether the target is met; None: cannot be said."""
    ratio: Decimal | None = None
    """Completion ratio, unrounded, uncapped; None: not defined."""
    needs: str = ""
    """For an undetermined line: what is needed, as a Chinese request."""
    lacks: str = ""
    """For an undetermined line: the field of the indicator that `needs` is about."""
    notes: tuple[str, ...] = ()
    """Remarks on how the values were read, in Chinese."""
    problem: str = ""
    """Why points given by a person cannot stand, in Chinese (e.g. 超出档次区间)."""
    trace: Trace

    @property
    def deduction(self) -> Decimal:
        """Points lost (扣分); 0 while undetermined."""
        if self.points is None or self.weight is None:
            return Decimal(0)
        return max(self.weight - self.points, Decimal(0))


class RateBase(StrEnum):
    """What a rate is a rate of (口径)."""

    ANNUAL_BUDGET = "全年执行数÷全年预算数"
    INITIAL_BUDGET = "全年执行数÷年初预算数"
    RECEIVED = "全年执行数÷实际到位数"
    RECEIPT = "实际到位数÷年初预算数"
    RECEIPT_ANNUAL = "实际到位数÷全年预算数"


class Rate(Record):
    """A rate with its base named and the points it would give (各口径执行率)."""

    base: RateBase
    numerator: Decimal
    """万元."""
    denominator: Decimal
    """万元, not zero."""
    value: Decimal
    """Unrounded fraction."""
    points: Decimal | None
    """Points this rate would give on the execution line; None for receipt rates."""
    counts: bool
    """Whether this is the base the rule set scores by."""


class LevelSum(Record):
    """Points and weight of one level-1 dimension (一级指标小计)."""

    level1: str
    weight: Decimal
    points: Decimal
    """已定分 of the dimension."""
    undetermined: int
    """Lines not determined yet."""


class NextGrade(Record):
    """The way to the next grade (距上一等级)."""

    title: str
    gap: Decimal
    """Points missing."""


class ScoreSheet(Record):
    """A self-evaluation's scores (评分表)."""

    project_id: str
    rule_set_id: str
    rule_set_title: str
    lines: tuple[LineScore, ...]
    """The execution rate first, then the indicators in table order."""
    dimensions: tuple[LevelSum, ...]
    rates: tuple[Rate, ...]
    """Every rate that can be formed, by its base."""
    weight_total: Decimal
    determined: Decimal
    """已定分."""
    low: Decimal
    """Least the total can come to."""
    high: Decimal
    """Most the total can come to."""
    total: Decimal | None
    """总分; None until every line is determined."""
    grade: str | None
    """等级; None until every line is determined and the weights add to 100, or where the rule
    set gives none."""
    grade_needs: str = ""
    """Why there is no grade although there is a total, as a Chinese request."""
    next_grade: NextGrade | None = None

    @property
    def execution(self) -> LineScore:
        """The execution-rate line."""
        return self.lines[0]

    @property
    def execution_rate(self) -> Decimal | None:
        """The unrounded execution rate the rule set scores by."""
        return next((rate.value for rate in self.rates if rate.counts), None)

    def line(self, line_id: str) -> LineScore | None:
        """Return the line with an id, or that of the indicator row with it."""
        if not line_id:
            return None
        by_id = (line for line in self.lines if line.id == line_id)
        by_row = (line for line in self.lines if line.row_id == line_id)
        return next(by_id, None) or next(by_row, None)


class AverageScore(Record):
    """The average over several projects that a person declared (平均得分)."""

    kind: AverageKind
    """平均方式."""
    value: Decimal | None
    """Rounded half up to 2 places; None: cannot be said yet."""
    formula: str = ""
    """The formula with the figures in it."""
    needs: str = ""
    """What is needed, as a Chinese request."""
