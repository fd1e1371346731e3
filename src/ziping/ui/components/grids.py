"""The fund grid and the indicator grid as the printed form has them."""

from collections.abc import Sequence

from ziping.domain.evaluation import Band, SelfEvaluation
from ziping.domain.findings import Finding
from ziping.domain.rules import Level1, RuleSet
from ziping.domain.scores import ScoreSheet
from ziping.ui import grids, results
from ziping.ui.components.entry_tables import Column, EntryTable, show_entry_table

_LEVEL1 = tuple(one.value for one in Level1 if one is not Level1.EXECUTION)
_LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标",
    "经济成本指标", "社会成本指标", "生态环境成本指标",
    "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标",
)  # fmt: skip
_FUNDS = EntryTable(
    "项目资金表",
    (
        Column("资金来源", 21, "fixed"),
        *(Column(title, 14) for title in grids.FUND_COLUMNS),
        Column("分值", 6, "figure"),
        Column("执行率", 9, "figure"),
        Column("得分", 8, "figure"),
    ),
    grids.with_typed_funds,
)
_INDICATORS = EntryTable(
    "绩效指标表",
    (
        Column("一级指标", 8.5, "choice", _LEVEL1),
        Column("二级指标", 14.5, "choice", _LEVEL2),
        Column("三级指标", 16),
        Column("年度指标值", 13),
        Column("实际完成值", 13),
        Column("分值", 5),
        Column("得分", 6, "figure", help="系统按规则计算，不用填"),
        Column("偏差原因及措施", 12.5),
        Column(
            "档次", 6.5, "choice", tuple(one.value for one in Band if one),
            help="定性指标由您选择达成程度",
        ),
        Column("给分", 5, help="定性指标在档次区间内给分；其他指标改分须写理由"),
    ),
    grids.with_typed_indicators,
    blank=4,
)  # fmt: skip


def fund_grid(
    evaluation: SelfEvaluation, sheet: ScoreSheet, rule_set: RuleSet, findings: Sequence[Finding]
) -> None:
    """Show the fund grid; only the total row carries points."""
    beside = results.fund_results(evaluation, sheet, rule_set.execution, findings)
    show_entry_table(_FUNDS, evaluation, grids.fund_rows(evaluation), beside)


def indicator_grid(
    evaluation: SelfEvaluation, sheet: ScoreSheet, findings: Sequence[Finding]
) -> None:
    """Show the indicator grid in the printed table's column order."""
    beside = results.indicator_results(evaluation, sheet, findings)
    show_entry_table(_INDICATORS, evaluation, grids.indicator_rows(evaluation), beside)
