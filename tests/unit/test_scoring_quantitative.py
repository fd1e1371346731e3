"""Numbers, rates and ranges: full when met, else in proportion, else asked about."""

from decimal import Decimal

import pytest
from tests.unit.scoring_rules import indicator, lexicon, line_of, points_of, rule_set, total_row

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.scores import LineKind, LineStatus
from ziping.scoring import score


@pytest.mark.parametrize(
    ("target", "actual", "weight", "points"),
    [
        ("1200", "1239", "20", "20"),
        ("≥50个", "50", "8", "8"),
        ("≥50个", "45", "8", "7.20"),
        ("=8个", "8", "8", "8"),
        ("=100%", "98%", "10", "9.80"),
        ("=100", "125", "10", "8.00"),
        (">50", "50", "10", "9.99"),
        (">50", "51", "10", "10"),
        ("≤160", "160", "15", "15"),
        ("≤160", "386", "15", "6.22"),
        ("<160", "160", "10", "9.99"),
        ("≥3", "1", "10", "3.33"),
        ("≥3", "2", "10", "6.67"),
        ("≥99.999", "99.998", "10", "9.99"),
        ("≥10", "-3", "10", "0"),
        ("≥100%", "95.36%", "10", "9.54"),
    ],
)
def test_points_follow_the_completion_ratio(
    target: str, actual: str, weight: str, points: str
) -> None:
    assert points_of(target, actual, weight) == Decimal(points)


def test_a_cost_without_operator_must_not_be_exceeded() -> None:
    saved = line_of("760", "619.52", level2="成本指标", level3="项目成本")
    over = line_of("160", "386", "15", level2="成本指标", level3="项目成本")
    assert saved.points == 10
    assert over.points == Decimal("6.22")
    assert over.trace.formula == "15 × 160 ÷ 386 = 6.22"
    assert over.trace.distance == "再降低 226 可得满分（还差 8.78 分）。"


def test_trace_says_how_much_is_missing() -> None:
    line = line_of("≥60项", "57项")
    assert line.trace.formula == "10 × 57 ÷ 60 = 9.50"
    assert line.trace.distance == "再完成 3 项可得满分（还差 0.50 分）。"
    assert line.trace.clause == "caiyu-2020-10#第十六条"
    assert line.trace.certainty == "有旁证，待核对原文"


def test_trace_of_a_rate_speaks_of_percentage_points() -> None:
    line = line_of("≥100%", "98%", "9")
    assert line.trace.formula == "9 × 98% ÷ 100% = 8.82"
    assert "再提高 2 个百分点可得满分（还差 0.18 分）" in line.trace.distance


def test_over_achievement_is_full_points_with_its_ratio() -> None:
    line = line_of("9场次", "26场次")
    assert line.points == 10
    assert line.ratio == Decimal(26) / 9


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("0起", "0起", "10"),
        ("≤0起", "1起", "0"),
        ("=0", "0", "10"),
        ("=0", "2", "0"),
        ("≥0", "0", "10"),
    ],
)
def test_zero_target_is_met_by_zero_only(target: str, actual: str, points: str) -> None:
    assert points_of(target, actual) == Decimal(points)


@pytest.mark.parametrize("target", [">0", "≥-5", "<0"])
def test_ratio_over_a_target_not_above_zero_is_undetermined(target: str) -> None:
    line = line_of(target, "0" if target != "≥-5" else "-6")
    assert line.status is LineStatus.UNDETERMINED
    assert "请核对指标值" in line.needs


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥100百分比", "100"), ("=100%", "100"), ("≥95%", "95"), ("90", "95%")],
)
def test_percent_sign_left_out_on_one_side_is_understood_with_a_note(
    target: str, actual: str
) -> None:
    line = line_of(target, actual)
    assert line.points == 10
    assert any("没有写单位" in note for note in line.notes)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("100%", "1000件"),
        ("100%", "1000"),
        ("100%", "0.98"),
        ("25TB", "100%"),
        ("300公里", "300亩"),
        ("200", "200余人次左右"),
        ("≥100", ""),
        ("≥100", "无"),
        ("≥100", "效果明显"),
        ("≥100", "已完成"),
    ],
)
def test_values_that_cannot_be_compared_are_asked_about(target: str, actual: str) -> None:
    line = line_of(target, actual)
    assert line.status is LineStatus.UNDETERMINED
    assert line.points is None
    assert line.needs
    assert line.low == 0
    assert line.high == 10


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≤90万元", "90", "10"),
        ("≤90万元", "899740元", "10"),
        ("≤90万元", "1800000元", "5.00"),
        ("≤62.73", "62.73万", "10"),
        ("≥25万人次", "260000人次", "10"),
        ("≥25万人次", "26万人次", "10"),
        ("≥300公里", "300000米", "10"),
        ("≥300公里", "150000米", "5.00"),
        ("≥50个", "50项", "10"),
        ("≥1年", "12个月", "10"),
    ],
)
def test_units_are_brought_together_before_comparing(target: str, actual: str, points: str) -> None:
    name = "项目总成本" if target.startswith("≤") else "完成数量"
    assert points_of(target, actual, level3=name) == Decimal(points)


def test_amount_that_looks_like_yuan_in_a_ten_thousand_target_is_asked_about() -> None:
    line = line_of("≤90万元", "899740", level3="项目总成本")
    assert line.status is LineStatus.UNDETERMINED
    assert "请写明完成值的单位" in line.needs


def test_lower_bound_can_meet_a_target_but_gives_no_ratio() -> None:
    met, unsure = line_of("200", "200余人"), line_of("500", "400余人")
    assert met.points == 10
    assert any("不是确切数值" in note for note in met.notes)
    assert unsure.status is LineStatus.UNDETERMINED


def test_copied_operator_counts_only_where_the_bound_meets_the_target() -> None:
    copied, short = line_of("≥266米", "≥266米"), line_of("≥266米", "≥200米")
    assert copied.points == 10
    assert any("完成值带比较符" in note for note in copied.notes)
    assert short.status is LineStatus.UNDETERMINED
    assert line_of(">266米", "≥266米").status is LineStatus.UNDETERMINED


def test_work_under_way_is_zero_so_far() -> None:
    line = line_of("1", "建设中")
    assert line.points == 0
    assert line.met is False
    assert line_of("≤100", "建设中", level3="建设成本").status is LineStatus.UNDETERMINED


def test_range_is_scored_by_its_nearer_bound() -> None:
    assert points_of("80-90", "85") == 10
    assert points_of("80-90", "72") == Decimal("9.00")
    assert points_of("80-90", "100") == Decimal("9.00")


def test_bare_target_of_harm_is_asked_about() -> None:
    line = line_of("5", "4", level3="投诉件数")
    assert line.status is LineStatus.UNDETERMINED
    assert "≤" in line.needs


def test_hubei_scores_a_reverse_target_by_target_over_actual() -> None:
    assert line_of("≤160", "386", "15", rules="hubei-2020-3").points == Decimal("6.22")


@pytest.mark.parametrize("weight", ["", "十分", "-5"])
def test_a_line_without_a_usable_weight_waits(weight: str) -> None:
    line = line_of("≥5", "5", weight)
    assert line.status is LineStatus.UNDETERMINED
    assert line.needs
    assert line.high == 0


@pytest.mark.parametrize("mark", ["无", "/", "—", "-"])
def test_not_applicable_rows_are_left_out(mark: str) -> None:
    line = line_of(mark, mark, "", level3=mark)
    assert line.status is LineStatus.NOT_APPLICABLE
    assert line.kind == LineKind.NONE
    assert line.weight is None
    assert line.low == 0
    assert line.high == 0


def test_not_applicable_target_with_a_weight_is_asked_about() -> None:
    line = line_of("无", "无", "10")
    assert line.status is LineStatus.UNDETERMINED
    assert line.high == 10


def test_tiny_weight_never_goes_below_zero() -> None:
    assert points_of("≥10", "9", "0.01") == 0


def test_linear_reverse_rule_reaches_zero_at_twice_the_target() -> None:
    rules = rule_set()
    linear = rules.quantitative.model_copy(update={"reverse": "linear_to_double"})
    rules = rules.model_copy(update={"quantitative": linear})
    for actual, points in (("100", "10"), ("150", "5.00"), ("200", "0"), ("300", "0")):
        evaluation = SelfEvaluation(
            funds=(total_row("1", "1"),),
            indicators=(indicator("≤100", actual, level3="项目成本"),),
        )
        line = score(evaluation, rules, lexicon(), fiscal_year=2023).line("i1")
        assert line is not None
        assert line.points == Decimal(points)


def test_reading_a_bare_number_in_the_unit_of_the_other_is_noted_only_where_it_changes_size() -> (
    None
):
    plain, money = line_of("≥50个", "50"), line_of("≤90万元", "90", level3="项目总成本")
    assert plain.notes == ()
    assert any("没有写单位" in note for note in money.notes)
