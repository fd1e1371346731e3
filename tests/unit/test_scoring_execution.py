"""The execution rate: from the total row, unrounded, capped; asked about where it cannot be."""

from decimal import Decimal

import pytest
from tests.unit.scoring_rules import indicator, lexicon, rule_set, sheet_of, total_row

from ziping.domain.evaluation import FundRow, FundSource, FundUnit, SelfEvaluation
from ziping.domain.rules import ExecutionBand
from ziping.domain.scores import LineStatus, RateBase, ScoreSheet
from ziping.scoring import score


def execution_sheet(*rows: FundRow, rules: str = "cn-2020-10") -> ScoreSheet:
    return sheet_of(indicator("≥1", "1", "90"), funds=rows, rules=rules)


def appropriation(budget: str, executed: str) -> FundRow:
    return FundRow(source=FundSource.APPROPRIATION, annual_budget=budget, executed=executed)


@pytest.mark.parametrize(
    ("budget", "executed", "points"),
    [
        ("250000", "215457.6", "8.62"),
        ("20000", "9034", "4.52"),
        ("861.46", "334.67", "3.88"),
        ("619.52", "600", "9.68"),
        ("619.52", "619.52", "10"),
        ("100", "0", "0.00"),
    ],
)
def test_points_come_from_the_unrounded_rate(budget: str, executed: str, points: str) -> None:
    sheet = execution_sheet(total_row(budget, executed))
    assert sheet.execution.points == Decimal(points)


def test_trace_shows_formula_clause_and_distance() -> None:
    line = execution_sheet(total_row("619.52", "600")).execution
    assert line.trace.formula == "10 × min(600 ÷ 619.52, 1) = 9.68"
    assert "96.85%" in line.trace.reason
    assert line.trace.distance == "再支出 19.52 万元可得满分（还差 0.32 分）。"
    assert line.trace.clause == "system-defaults#执行率得分"


def test_rate_over_100_percent_is_capped_with_a_note() -> None:
    line = execution_sheet(total_row("100", "102.59")).execution
    assert line.points == 10
    assert any("超过 100%" in note for note in line.notes)


def test_amounts_in_yuan_give_the_same_rate() -> None:
    evaluation = SelfEvaluation(
        fund_unit=FundUnit.YUAN, funds=(total_row("250,000.00", "215,457.6"),)
    )
    sheet = score(evaluation, rule_set(), lexicon(), fiscal_year=2023)
    assert sheet.execution.points == Decimal("8.62")


def test_total_row_of_zero_over_filled_rows_is_asked_about() -> None:
    sheet = execution_sheet(total_row("0", "0"), appropriation("89.974", "89.974"))
    assert sheet.execution.status is LineStatus.UNDETERMINED
    assert "为 0，但明细行合计 89.974万元，请更正合计行" in sheet.execution.needs
    assert sheet.execution_rate is None
    assert sheet.total is None


@pytest.mark.parametrize(
    ("row", "need"),
    [
        (total_row("0", "0"), "为 0"),
        (total_row("-5", "3"), "负数"),
        (total_row("100", ""), "全年执行数"),
        (total_row("", "100"), "全年预算数"),
        (total_row("一百多", "100"), "一百多"),
        (total_row("100", "-3"), "负数"),
    ],
)
def test_a_rate_that_cannot_be_formed_says_what_is_needed(row: FundRow, need: str) -> None:
    line = execution_sheet(row).execution
    assert line.status is LineStatus.UNDETERMINED
    assert need in line.needs
    assert line.low == 0
    assert line.high == 10


def test_missing_total_row_is_not_replaced_by_a_sum() -> None:
    line = execution_sheet(appropriation("100", "100")).execution
    assert line.status is LineStatus.UNDETERMINED
    assert "请补填合计行" in line.needs


def test_every_base_is_named_with_the_points_it_would_give() -> None:
    sheet = execution_sheet(total_row("861.46", "334.67", initial="985", received="334.67"))
    points = {rate.base: rate.points for rate in sheet.rates}
    assert points == {
        RateBase.ANNUAL_BUDGET: Decimal("3.88"),
        RateBase.INITIAL_BUDGET: Decimal("3.40"),
        RateBase.RECEIVED: Decimal(10),
        RateBase.RECEIPT: None,
        RateBase.RECEIPT_ANNUAL: None,
    }
    assert [rate.base for rate in sheet.rates if rate.counts] == [RateBase.ANNUAL_BUDGET]
    assert sheet.execution_rate == Decimal("334.67") / Decimal("861.46")


def test_banded_rule_without_bands_cannot_run_and_says_so() -> None:
    sheet = execution_sheet(total_row("100", "90"), rules="central-2021-101")
    assert sheet.execution.status is LineStatus.UNDETERMINED
    assert "正文未见" in sheet.execution.needs


def test_banded_rule_with_bands_gives_the_share_of_its_band() -> None:
    bands = (
        ExecutionBand(at_least=Decimal("0.9"), share=Decimal(1)),
        ExecutionBand(at_least=Decimal("0.6"), share=Decimal("0.5")),
    )
    rules = rule_set("central-2021-101")
    execution = rules.execution.model_copy(update={"bands": bands})
    rules = rules.model_copy(update={"execution": execution})
    for executed, points in (("95", "10"), ("90", "10"), ("89.99", "5"), ("59", "0")):
        evaluation = SelfEvaluation(funds=(total_row("100", executed),))
        line = score(evaluation, rules, lexicon(), fiscal_year=2023).execution
        assert line.points == Decimal(points)


def test_declared_weight_of_the_dimension_is_the_weight() -> None:
    evaluation = SelfEvaluation(
        funds=(total_row("100", "50"),), level1_weights={"预算执行率": "20分"}
    )
    line = score(evaluation, rule_set(), lexicon(), fiscal_year=2023).execution
    assert line.weight == 20
    assert line.points == 10


def test_execution_stated_as_an_indicator_row_is_scored_once() -> None:
    row = indicator("=100%", "100%", "15", id="e1", level1="预算执行率", level3="预算执行进度")
    sheet = sheet_of(row, indicator("≥1", "1", "85"), funds=(total_row("100", "80"),))
    assert [line.id for line in sheet.lines] == ["execution", "i1"]
    assert sheet.execution.weight == 15
    assert sheet.execution.points == Decimal("12.00")
    assert sheet.weight_total == 100


def test_execution_row_without_any_amounts_is_scored_by_the_rate_it_states() -> None:
    row = indicator("=100%", "95%", "10", id="e1", level1="预算执行率", level3="预算执行率")
    sheet = sheet_of(row, indicator("≥1", "1", "90"), funds=())
    assert sheet.execution.points == Decimal("9.50")
    assert sheet.total == Decimal("99.50")


def test_execution_row_without_weight_takes_the_one_written_in_its_level() -> None:
    row = indicator("", "", "", id="e1", level1="预算执行率（20分）", level3="预算执行率")
    sheet = sheet_of(row, indicator("≥1", "1", "80"), funds=(total_row("100", "50"),))
    assert sheet.execution.points == 10
    assert sheet.total == 90
