"""A report and its self-evaluations exactly as people state them.

Every figure is kept as the text that was entered (录入原文); `ziping.domain.reading` turns the text
into values whenever they are needed, so text and value can never drift apart.

Three sets of values are never mixed: the fields themselves are what the unit *reports*;
`approved` is what the budget reply fixed (批复值); `printed` is what a filled table shows (表列值).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from ziping.domain.model import Record
from ziping.domain.previous import PreviousEvaluation, PreviousIndicator, Rectification
from ziping.domain.raw import Raw


class FundSource(StrEnum):
    """Where money comes from (资金来源行)."""

    TOTAL = "total"
    """年度资金总额."""
    APPROPRIATION = "appropriation"
    """当年财政拨款."""
    CARRYOVER = "carryover"
    """上年结转资金."""
    SPECIAL_ACCOUNT = "special_account"
    """财政专户管理资金."""
    UNIT = "unit"
    """单位资金."""
    OTHER = "other"
    """其他资金."""


FUND_SOURCE_TITLES: dict[FundSource, str] = {
    FundSource.TOTAL: "年度资金总额",
    FundSource.APPROPRIATION: "其中：当年财政拨款",
    FundSource.CARRYOVER: "上年结转资金",
    FundSource.SPECIAL_ACCOUNT: "财政专户管理资金",
    FundSource.UNIT: "单位资金",
    FundSource.OTHER: "其他资金",
}
"""The row title printed for each source when the table gives no label of its own."""


class FundKind(StrEnum):
    """Which budget the money belongs to (资金性质)."""

    UNKNOWN = ""
    GENERAL = "一般公共预算"
    GOVERNMENT_FUND = "政府性基金"
    STATE_CAPITAL = "国有资本经营"
    SOCIAL_INSURANCE = "社保基金"
    SPECIAL_ACCOUNT = "财政专户管理"


class FundUnit(StrEnum):
    """The unit of money that a table's heading states (金额单位)."""

    YUAN = "元"
    TEN_THOUSAND_YUAN = "万元"
    HUNDRED_MILLION_YUAN = "亿元"


class PrintedFund(Record):
    """What a filled table shows on a fund row beside the amounts (表列值)."""

    weight: Raw = ""
    """分值."""
    rate: Raw = ""
    """执行率."""
    points: Raw = ""
    """得分."""


class FundRow(Record):
    """A row of the fund grid (资金行), amounts in the evaluation's `fund_unit`."""

    source: FundSource
    """资金来源."""
    label: Raw = ""
    """Row title as printed, when it differs from the usual one (行名)."""
    initial_budget: Raw = ""
    """年初预算数."""
    annual_budget: Raw = ""
    """全年预算数（调整后）."""
    received: Raw = ""
    """实际到位数."""
    executed: Raw = ""
    """全年执行数."""
    printed: PrintedFund = PrintedFund()
    """表列值."""


class Objective(Record):
    """An annual overall objective (年度总体目标)."""

    expected: Raw = ""
    """预期目标."""
    achieved: Raw = ""
    """实际完成情况."""


class IndicatorScope(StrEnum):
    """Whether an indicator is common to all projects or the project's own (共性/个性)."""

    UNKNOWN = ""
    COMMON = "共性"
    SPECIFIC = "个性"


class Evidence(Record):
    """A document that supports an actual value (佐证材料)."""

    name: Raw
    """材料名称."""
    kind: Raw = ""
    """材料类别，如 验收单、统计表、问卷."""
    file_hash: Raw = ""
    """SHA-256 of the file, lower-case hex (文件校验值)."""


class ApprovedIndicator(Record):
    """What the budget reply fixed for an indicator (批复值)."""

    target: Raw = ""
    """批复指标值."""
    weight: Raw = ""
    """批复分值."""


class PrintedIndicator(Record):
    """What a filled table shows for an indicator (表列值)."""

    points: Raw = ""
    """得分."""
    completion: Raw = ""
    """指标完成率, in tables that have such a column (④ 类表)."""
    method: Raw = ""
    """得分计算方法, in tables that have such a column (⑥ 类表)."""


class Band(StrEnum):
    """How far a qualitative target was reached, chosen by a person (定性档次)."""

    NOT_CHOSEN = ""
    ACHIEVED = "达成"
    PARTLY = "部分达成"
    NOT_ACHIEVED = "未达成"


class Indicator(Record):
    """A performance indicator with its target and result (绩效指标)."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    """Stable id within its self-evaluation; never shown as a title."""
    level1: Raw = ""
    """一级指标，如 产出指标."""
    level2: Raw = ""
    """二级指标，如 数量指标."""
    level3: Raw = ""
    """三级指标."""
    target: Raw = ""
    """年度指标值."""
    actual: Raw = ""
    """实际完成值."""
    weight: Raw = ""
    """分值."""
    band: Band = Band.NOT_CHOSEN
    """定性档次."""
    points: Raw = ""
    """得分 given by a person: for a qualitative line within its band, elsewhere a manual
    override that needs `points_reason` (人工给分)."""
    points_reason: Raw = ""
    """人工给分理由."""
    deviation: Raw = ""
    """偏差原因分析及改进措施."""
    scope: IndicatorScope = IndicatorScope.UNKNOWN
    """共性/个性."""
    evidence: tuple[Evidence, ...] = ()
    """佐证材料."""
    approved: ApprovedIndicator = ApprovedIndicator()
    """批复值."""
    printed: PrintedIndicator = PrintedIndicator()
    """表列值."""
    previous: PreviousIndicator = PreviousIndicator()
    """上年数."""


class ApprovedEvaluation(Record):
    """What the budget reply fixed for the project as a whole (批复值)."""

    budget: Raw = ""
    """批复预算数."""
    objective: Raw = ""
    """批复的年度总体目标."""


class PrintedEvaluation(Record):
    """What a filled table shows for the project as a whole (表列值)."""

    total: Raw = ""
    """总分."""
    grade: Raw = ""
    """等级."""


class ChecklistAnswer(Record):
    """An answer to one point of the framework checklist (框架核对)."""

    answer: Literal["", "是", "部分", "否"] = ""
    """是/部分/否."""
    note: Raw = ""
    """说明."""
    evidence: Raw = ""
    """佐证材料."""


class SelfEvaluation(Record):
    """One project's self-evaluation (自评), the content of one 自评表."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")] = "p1"
    """Stable id within its report."""
    name: Raw = ""
    """项目支出名称."""
    competent_department: Raw = ""
    """主管部门."""
    implementing_unit: Raw = ""
    """实施单位."""
    fund_kind: FundKind = FundKind.UNKNOWN
    """资金性质."""
    fund_unit: FundUnit = FundUnit.TEN_THOUSAND_YUAN
    """金额单位."""
    adjustment_basis: Raw = ""
    """全年预算数与年初预算数不同时的调整依据."""
    funds: tuple[FundRow, ...] = ()
    """资金行."""
    objectives: tuple[Objective, ...] = ()
    """年度总体目标."""
    level1_weights: dict[str, Raw] = {}
    """一级指标分值 as the table declares them, e.g. {"产出指标": "50"}; blank when not declared."""
    indicators: tuple[Indicator, ...] = ()
    """绩效指标."""
    checklist: dict[str, ChecklistAnswer] = {}
    """框架核对 answers by point id."""
    materials: dict[str, Raw] = {}
    """Texts only a person knows, by material id of the outline (背景、制度、流程……)."""
    approved: ApprovedEvaluation = ApprovedEvaluation()
    """批复值."""
    printed: PrintedEvaluation = PrintedEvaluation()
    """表列值."""
    previous: PreviousEvaluation = PreviousEvaluation()
    """上年数."""

    def fund(self, source: FundSource) -> FundRow | None:
        """Return the first fund row of a source."""
        return next((row for row in self.funds if row.source is source), None)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Return the indicator with an id."""
        return next((line for line in self.indicators if line.id == indicator_id), None)


class UnitDocument(Record):
    """A regulation of the unit's own, which its report may cite by title (单位制度)."""

    title: Raw
    """Title without 《》."""
    number: Raw = ""
    """文号."""


class AverageKind(StrEnum):
    """How several projects' totals are averaged, declared by a person (平均方式)."""

    NONE = ""
    SIMPLE = "简单平均"
    BY_FUNDS = "按资金加权"


class Report(Record):
    """A self-evaluation report over one or several projects (自评报告)."""

    unit: Raw = ""
    """编报单位."""
    fiscal_year: Annotated[int, Field(ge=1995, le=2100)]
    """财政年度."""
    place: Raw = ""
    """地区，如 “湖南 怀化”; with the year it chooses the rule set."""
    rule_set: Raw = ""
    """Id of a rule set chosen by hand; blank: place and year decide."""
    outline: Raw = "project"
    """Id of the outline (报告提纲)."""
    annex_number: Raw = "附件2"
    """Annex number printed above the report title (附件编号); differs by place and year."""
    average: AverageKind = AverageKind.NONE
    """平均方式."""
    materials: dict[str, Raw] = {}
    """Texts about the unit as a whole, by material id of the outline."""
    unit_documents: tuple[UnitDocument, ...] = ()
    """单位制度."""
    rectifications: tuple[Rectification, ...] = ()
    """上年问题整改, one a problem of last year's report."""
    projects: tuple[SelfEvaluation, ...] = ()
    """自评, one a project."""

    def project(self, project_id: str) -> SelfEvaluation | None:
        """Return the self-evaluation with an id."""
        return next((one for one in self.projects if one.id == project_id), None)
