"""Scoring rules as dated data (评分规则): named kinds with parameters, never expressions."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from ziping.domain.model import Record


class Certainty(StrEnum):
    """How surely a rule's text is known (把握程度)."""

    SEEN = "seen"
    """已见原文."""
    CORROBORATED = "corroborated"
    """有旁证."""
    FROM_MEMORY = "from_memory"
    """凭记忆，待核对原文."""
    OWN_DEFAULT = "own_default"
    """本系统自定: our own choice where no regulation says."""


CERTAINTY_TITLES: dict[Certainty, str] = {
    Certainty.SEEN: "已见原文",
    Certainty.CORROBORATED: "有旁证，待核对原文",
    Certainty.FROM_MEMORY: "凭记忆，待核对原文",
    Certainty.OWN_DEFAULT: "本系统自定，不是政策规定",
}
"""What people read for each certainty."""


class Basis(Record):
    """What a rule rests on (依据)."""

    clause: str
    """Clause id, e.g. `caiyu-2020-10#第十六条`."""
    certainty: Certainty
    """把握程度."""
    note: str = ""
    """Why the clause supports the rule, in Chinese."""


class Level1(StrEnum):
    """The level-1 dimensions a rule set gives weights to (一级指标)."""

    EXECUTION = "预算执行率"
    COST = "成本指标"
    OUTPUT = "产出指标"
    BENEFIT = "效益指标"
    SATISFACTION = "满意度指标"


class Level1Weights(Record):
    """Level-1 weights, with the project shapes they are for (一级指标权重)."""

    weights: dict[Level1, Decimal]
    """分值 by dimension; together 100."""
    with_satisfaction: bool | None = None
    """Whether the project sets satisfaction indicators; None: either."""
    with_cost: bool | None = None
    """Whether the project sets cost as a level-1 dimension; None: either."""
    combined: tuple[Level1, ...] = ()
    """Dimensions judged by their sum only, e.g. Hubei's 效益 + 满意度 = 40 (合并计算)."""


class ExecutionBand(Record):
    """A band of the execution rate and the share of the weight it earns (执行率分档)."""

    at_least: Decimal
    """Lower bound of the rate, as a fraction, included."""
    share: Decimal
    """Share of the weight earned, 0 to 1."""


class ExecutionRule(Record):
    """How the execution rate earns points (执行率计分规则)."""

    kind: Literal["linear_capped", "banded"]
    """linear_capped: weight × min(rate, 1); banded: by `bands`."""
    denominator: Literal["annual_budget", "initial_budget"] = "annual_budget"
    """Which amount the executed amount is divided by."""
    bands: tuple[ExecutionBand, ...] = ()
    """Bands from the highest down; empty with kind `banded`: text not seen, cannot run."""
    low_threshold: Decimal
    """Below this rate a separate explanation is asked for (偏低阈值)."""
    basis: Basis
    low_basis: Basis


class QuantitativeRule(Record):
    """How an unmet quantitative target earns points (定量计分规则)."""

    kind: Literal["completion_ratio"]
    """weight × completion ratio, full weight only when met."""
    reverse: Literal["target_over_actual", "linear_to_double"]
    """For ≤ targets: weight × t/a, or linear from full at t to zero at 2t."""
    basis: Basis
    reverse_basis: Basis
    equal_basis: Basis
    range_basis: Basis
    zero_basis: Basis
    date_basis: Basis


class OverAchievementRule(Record):
    """When achieving far more than the target wants a reason (超额完成)."""

    threshold: Decimal | None
    """Completion ratio from which a reason is required; None: off."""
    basis: Basis


class YearChangeRule(Record):
    """How much a figure may differ from last year's before a reason is asked for (上年比较)."""

    threshold: Decimal
    """Change as a fraction of last year's figure, from which a reason is asked for."""
    basis: Basis


class BandRule(Record):
    """The share of the weight a qualitative band allows (定性分档)."""

    title: Literal["达成", "部分达成", "未达成"]
    """The band, as `ziping.domain.evaluation.Band` names it."""
    description: str
    """The band in the rule's own terms (转述)."""
    at_least: Decimal
    """Lower bound as a share of the weight, included."""
    below: Decimal | None
    """Upper bound, excluded; None: up to and including the whole weight."""


class QualitativeRule(Record):
    """Bands for qualitative targets (定性计分规则)."""

    bands: tuple[BandRule, ...]
    """From the best band down."""
    basis: Basis


class SatisfactionBand(Record):
    """A band of measured satisfaction and the share of the weight it earns (满意度分档)."""

    at_least: Decimal
    """Lower bound of the satisfaction rate as a fraction, included."""
    share: Decimal
    """Share of the weight earned, 0 to 1."""


class SatisfactionRule(Record):
    """How satisfaction earns points (满意度计分规则)."""

    kind: Literal["as_quantitative", "banded"]
    bands: tuple[SatisfactionBand, ...] = ()
    basis: Basis


class GradeRule(Record):
    """A grade and the total it begins at (等级)."""

    title: Literal["优", "良", "中", "差"]
    at_least: Decimal
    """Lowest total of this grade, included."""


class RuleSet(Record):
    """A dated set of scoring rules of one place (评分规则)."""

    id: str
    title: str
    jurisdiction: str
    """全国, 中央, or a province such as 湖南."""
    valid_from: date
    """First day in force."""
    valid_until: date | None = None
    """Last day in force; None: still in force."""
    documents: tuple[str, ...]
    """Ids of the documents it rests on, the main one first."""
    text_seen: bool
    """False: nobody here has seen the text (正文未见)."""
    summary: str
    """One Chinese sentence that says what a unit gets by choosing it."""
    level1_weights: tuple[Level1Weights, ...]
    level1_basis: Basis
    execution: ExecutionRule
    quantitative: QuantitativeRule
    satisfaction: SatisfactionRule
    qualitative: QualitativeRule
    over_achievement: OverAchievementRule
    year_change: YearChangeRule | None = None
    """None: figures are not compared with last year's."""
    grades: tuple[GradeRule, ...]
    """From the best down; empty: this place gives no grade."""
    grades_basis: Basis
    rounding_places: int = 2
    """Decimal places a line is rounded to, half up."""
    rounding_basis: Basis

    def is_in_force(self, day: date) -> bool:
        """Whether the rule set is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class RuleChoice(Record):
    """The rule set chosen for a place and year, with the reason told (规则选择)."""

    rule_set: RuleSet
    reason: str
    """Chinese sentence: why this one."""


class Lexicon(Record):
    """Words the value reader and the checks know (词表); `knowledge/lexicon.yaml`."""

    cost_words: tuple[str, ...]
    """Words in an indicator's name that mean a cost: a bare target is an upper bound."""
    harm_words: tuple[str, ...]
    """Words of harm or delay: a bare target has no sure direction, ask."""
    qualitative_words: tuple[str, ...]
    """Qualitative values that measure nothing, e.g. 效果明显."""
    status_words: tuple[str, ...]
    """Statuses in place of a value, e.g. 已完成."""
    option_lists: tuple[str, ...]
    """Lists of options left in, e.g. 优良中低差."""
    template_leftovers: tuple[str, ...]
    """Prompts of the form left in, e.g. 指标2："""
    not_applicable: tuple[str, ...]
    """Marks for "not applicable", e.g. 无, /."""
    stock_phrases: tuple[str, ...]
    """Phrases that say nothing, e.g. 酌情扣分 as a reason."""
    no_deviation_phrases: tuple[str, ...]
    """Texts in the deviation cell that give no reason, e.g. 无偏差."""
    plan_words: tuple[str, ...] = ()
    """Words that open a plan: figures behind them claim no result."""
    order_words: tuple[str, ...] = ()
    """Orders to a writer: a sentence of a material that holds one is no word of the unit's."""
    measure_endings: tuple[str, ...] = ()
    """What an indicator's name ends with when it tells how it is measured, e.g. 面积."""
    form_titles: tuple[str, ...] = ()
    """Endings of titles of forms and reports, which no library holds."""
    colloquial: dict[str, tuple[str, ...]] = {}
    """Official term -> ways people say it."""
