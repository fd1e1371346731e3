"""One indicator as templates see it: its facts, and which shape of sentence fits (指标行)."""

from ziping.domain.evaluation import Band, Indicator
from ziping.domain.levels import split_level1
from ziping.domain.quantities import CellKind
from ziping.domain.rules import Level1
from ziping.domain.scores import LineKind, LineScore, LineStatus
from ziping.drafting.entered import CellReader
from ziping.drafting.figures import COUNTERS, first_number, to_inline
from ziping.drafting.recorder import Recorder

FACT_TITLES = {
    "name": "指标名称",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "points": "得分",
    "deduction": "扣分",
    "completion": "完成率",
    "reason": "原因",
    "computed": "按评分规则的得分",
    "band": "定性档次",
}
"""What a gap is called when the fact is not in the ledger."""

_BENEFITS = frozenset(("经济", "社会", "生态", "可持续"))
"""Words of level 2 that name a kind of benefit (效益)."""

_LONGEST_COUNT = 12
"""A longer value is no bare count."""


class LineView:
    """An indicator with its score line; `line.target` states a fact."""

    def __init__(
        self,
        recorder: Recorder,
        project_id: str,
        indicator: Indicator,
        score: LineScore | None,
        cells: CellReader,
    ) -> None:
        """Look at an indicator; without a score line it is undetermined."""
        self._cells = cells
        self._recorder = recorder
        self._indicator = indicator
        self._score = score
        self.id = f"{project_id}.{indicator.id}"
        name = split_level1(indicator.level1)
        self.level1 = name.level1
        self.level1_title = name.title
        self.level2 = to_inline(indicator.level2)

    def __getattr__(self, field: str) -> str:
        """State a fact of the line in a template, as in `line.target`."""
        if field.startswith("_"):
            raise AttributeError(field)
        return self.state(field)

    def state(self, field: str) -> str:
        """State a fact of the line."""
        name = to_inline(self._indicator.level3 or self._indicator.level2)
        title = FACT_TITLES.get(field, "数据")
        label = title if field == "name" or not name else f"“{name}”的{title}"
        return self._recorder.state(f"{self.id}.{field}", label)

    def has(self, field: str) -> bool:
        """Whether the ledger holds a fact of the line."""
        return self._recorder.has(f"{self.id}.{field}")

    @property
    def is_applicable(self) -> bool:
        """Whether the line counts."""
        return self._score is None or self._score.status is not LineStatus.NOT_APPLICABLE

    @property
    def is_execution_row(self) -> bool:
        """Whether the row states the execution rate, which the execution line scores (④ 类表)."""
        if self._score is None:
            return self.level1 is Level1.EXECUTION
        return self._score.kind is LineKind.EXECUTION

    @property
    def is_rate(self) -> bool:
        """Whether the actual value is a percentage, of which no completion rate is told."""
        return any(mark in self._indicator.actual for mark in "%％‰")

    @property
    def is_cost(self) -> bool:
        """Whether it is about cost, on either level."""
        return self.level1 is Level1.COST or "成本" in self.level2

    @property
    def is_satisfaction(self) -> bool:
        """Whether it is about satisfaction, on either level."""
        return self.level1 is Level1.SATISFACTION or "满意" in self.level2

    def is_of(self, word: str) -> bool:
        """Whether level 2 names a kind; cost and satisfaction are never a kind of benefit."""
        if word == "成本":
            return self.is_cost
        is_other = self.is_cost or self.is_satisfaction
        return word in self.level2 and not (word in _BENEFITS and is_other)

    @property
    def shape(self) -> str:
        """Which sentence of `_lines.md` fits, e.g. open, words, date_met, above, below_unmet."""
        score = self._score
        if score is None or score.status is LineStatus.UNDETERMINED:
            return "open"
        if score.kind is LineKind.QUALITATIVE:
            return "words"
        if score.kind is LineKind.DATE:
            if score.met is None:
                return "given"
            is_dated = any(one.isdigit() for one in self._indicator.actual)
            return "date_met" if score.met else "date_missed" if is_dated else "date_open"
        if score.met is None:
            return "given"
        side = self._side()
        return (side or "met") if score.met else f"{side or 'off'}_unmet"

    def _side(self) -> str:
        """Return on which side of the target the actual value lies; blank when not sure."""
        target = first_number(self._indicator.target)
        actual = first_number(self._indicator.actual)
        if target is None or actual is None or self._mixes_units():
            return ""
        if actual == target:
            return "equal"
        return "above" if actual > target else "below"

    def _mixes_units(self) -> bool:
        """Whether the values stand in different units: a percentage, in 万, 小时 beside 分钟."""
        target, actual = self._indicator.target, self._indicator.actual
        units = {self._cells.target(target).unit, self._cells.actual(actual).unit} - {""}
        return len(units) > 1 or any((mark in target) != (mark in actual) for mark in "%％‰万亿")

    @property
    def gap(self) -> str:
        """For an undetermined line: what is missing, in words."""
        if not self._indicator.target:
            return "年度指标值"
        if not self._indicator.actual:
            return "实际完成值"
        if self._score is not None and self._score.weight is None:
            return "分值"
        if self.is_qualitative:
            has_band = self._indicator.band is not Band.NOT_CHOSEN
            return "与所选档次相符的得分" if has_band else "定性档次和得分"
        return "可核对的指标值和完成值"

    def value(self, field: str) -> str:
        """State a value with the measure word its indicator's name …数 implies (量词)."""
        shown, name = self.state(field), to_inline(self._indicator.level3)
        ends_in_figure = self.has(field) and shown[-1].isdigit() and len(shown) <= _LONGEST_COUNT
        if ends_in_figure and len(name) > 1 and name[-1] == "数" and name[-2] in COUNTERS:
            return f"{shown}{name[-2]}"
        return shown

    @property
    def is_lost(self) -> bool:
        """Whether points were lost."""
        return self._score is not None and self._score.deduction > 0

    @property
    def outcome(self) -> str:
        """How it came out: open, met, unmet, or given where only a person could say."""
        score = self._score
        if score is None or score.status is LineStatus.UNDETERMINED:
            return "open"
        return "given" if score.met is None else "met" if score.met else "unmet"

    @property
    def is_unmet(self) -> bool:
        """Whether a measured target was missed, whatever points were given."""
        return self.outcome == "unmet" and not self.is_qualitative

    @property
    def is_measurable(self) -> bool:
        """Whether the target is a figure, a range or a date."""
        kind = self._cells.target(self._indicator.target).kind
        return kind in {CellKind.NUMBER, CellKind.RANGE, CellKind.DATE}

    @property
    def is_qualitative(self) -> bool:
        """Whether it is judged by words."""
        return self._score is not None and self._score.kind is LineKind.QUALITATIVE

    @property
    def is_open(self) -> bool:
        """Whether it has no points yet."""
        return self.shape == "open"

    @property
    def is_manual(self) -> bool:
        """Whether a person gave points other than the rule's (人工给分)."""
        score = self._score
        return (
            score is not None
            and score.kind is not LineKind.QUALITATIVE
            and score.given is not None
            and score.given != score.computed
            and not score.problem
        )

    @property
    def is_raised(self) -> bool:
        """Whether a person gave more points than the rule."""
        score = self._score
        if not self.is_manual or score is None or score.computed is None:
            return False
        return score.given is not None and score.given > score.computed

    @property
    def is_low_better(self) -> bool:
        """Whether the target is an upper bound: met from below or missed from above."""
        return self.shape in {"below", "above_unmet"}

    @property
    def says_the_same(self) -> bool:
        """Whether target and actual are the very same words."""
        return to_inline(self._indicator.target) == to_inline(self._indicator.actual)
