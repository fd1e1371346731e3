"""Rules one by one, on a sound table with one thing changed."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ziping.checks import check, check_report, missing
from ziping.content.library import Content
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.findings import Finding, MissingItem, Severity
from ziping.scoring import score

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2023

TOTAL: dict[str, Any] = {
    "source": "total",
    "initial_budget": "100",
    "annual_budget": "100",
    "received": "100",
    "executed": "96",
    "printed": {"weight": "10", "rate": "96.00%", "points": "9.6"},
}
LINES: tuple[dict[str, Any], ...] = (
    {"level1": "产出指标", "level2": "数量指标", "level3": "培训人数", "target": "≥200人"}
    | {"actual": "210人", "weight": "20", "printed": {"points": "20"}},
    {"level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "≥95%"}
    | {"actual": "97%", "weight": "10", "printed": {"points": "10"}},
    {"level1": "产出指标", "level2": "时效指标", "level3": "完成时间", "target": "11月底前"}
    | {"actual": "2023年10月", "weight": "10", "printed": {"points": "10"}},
    {"level1": "产出指标", "level2": "成本指标", "level3": "人均费用", "target": "≤500元"}
    | {"actual": "480元", "weight": "10", "printed": {"points": "10"}},
    {"level1": "效益指标", "level2": "社会效益指标", "level3": "持证上岗比例", "target": "≥80%"}
    | {"actual": "60%", "weight": "30", "printed": {"points": "22.5"}}
    | {"deviation": "两期考试推迟到次年1月，已排定补考"},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "学员满意度"}
    | {"target": "≥90%", "actual": "95%", "weight": "10", "printed": {"points": "10"}}
    | {"evidence": [{"name": "问卷统计表"}]},
)


def table(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the form
    """Return a sound self-evaluation with fields changed."""
    lines = [{"id": f"i{number}", **line} for number, line in enumerate(LINES, 1)]
    return {
        "name": "培训项目",
        "competent_department": "某局",
        "implementing_unit": "某中心",
        "funds": [TOTAL],
        "objectives": [{"expected": "培训200人", "achieved": "培训210人，97%合格"}],
        "level1_weights": {"产出指标": "50", "效益指标": "30", "满意度指标": "10"},
        "indicators": lines,
        "printed": {"total": "92.1", "grade": "优"},
        **changes,
    }


def with_line(number: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    data = table(printed={})
    data["indicators"][number - 1].update(changes)
    return data


def with_total(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return table(printed={}, funds=[TOTAL | changes])


@cache
def content() -> Content:
    return Content(ROOT)


def findings(data: dict[str, Any]) -> dict[str, Finding]:
    rules, words = content().rule_set("hunan-2020-7"), content().lexicon()
    evaluation = SelfEvaluation.model_validate(data)
    sheet = score(evaluation, rules, words, fiscal_year=YEAR)
    found = check(evaluation, sheet, rules, words, fiscal_year=YEAR)
    return {one.id.replace(":p1/", ":"): one for one in found}


def only(data: dict[str, Any], finding_id: str) -> Finding:
    """Return a finding that must be there."""
    found = findings(data)
    assert finding_id in found, sorted(found)
    return found[finding_id]


def test_a_sound_table_has_no_findings() -> None:
    assert findings(table()) == {}


# ---- arithmetic ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "finding_id", "word"),
    [
        ("96%", "", ""),
        ("96.01%", "arithmetic.rate_rounding:funds/total/printed/rate", "末位"),
        ("95.00%", "arithmetic.rate:funds/total/printed/rate", "任何一种口径"),
    ],
)
def test_rate_is_compared_at_its_printed_precision(
    printed: str, finding_id: str, word: str
) -> None:
    found = findings(with_total(printed={"rate": printed}))
    assert list(found) == ([finding_id] if finding_id else [])
    if finding_id:
        assert word in found[finding_id].message


def test_full_execution_points_for_less_than_the_budget_are_an_error() -> None:
    data = with_total(printed={"weight": "10", "rate": "96.00%", "points": "10"})
    finding = only(data, "arithmetic.execution_points:funds/total/printed/points")
    assert finding.severity is Severity.ERROR
    assert "9.6" in finding.message


def test_full_marks_for_an_unmet_target_are_an_error() -> None:
    data = with_line(5, printed={"points": "30"})
    finding = only(data, "arithmetic.unmet_full:indicators/i5/printed/points")
    assert finding.severity is Severity.ERROR
    assert "22.5" in finding.message


@pytest.mark.parametrize(
    ("points", "severity"), [("22.49", Severity.NOTE), ("22", Severity.NOTE), ("20", "错误")]
)
def test_points_off_by_rounding_are_a_note_and_beyond_an_error(
    points: str, severity: Severity | str
) -> None:
    finding = only(
        with_line(5, printed={"points": points}), "arithmetic.points:indicators/i5/printed/points"
    )
    assert finding.severity.value == severity


def test_points_above_the_weight_are_an_error() -> None:
    data = with_line(1, printed={"points": "21"})
    only(data, "arithmetic.above_weight:indicators/i1/printed/points")


def test_total_that_does_not_add_up_is_an_error() -> None:
    finding = only(
        table(printed={"total": "95", "grade": "优"}), "arithmetic.total_sum:printed/total"
    )
    assert finding.severity is Severity.ERROR
    assert "92.1" in finding.message
    assert "2.9" in finding.message


def test_total_rounded_to_a_whole_number_is_a_note() -> None:
    finding = only(table(printed={"total": "92"}), "arithmetic.total_sum:printed/total")
    assert finding.severity is Severity.NOTE


def test_grade_that_does_not_follow_from_the_total_is_an_error() -> None:
    finding = only(
        table(printed={"total": "92.1", "grade": "良"}), "arithmetic.grade:printed/grade"
    )
    assert "应评为“优”" in finding.message


def test_points_outside_the_band_are_an_error() -> None:
    data = with_line(
        5, target="明显改善", actual="明显改善", band="部分达成", points="28", printed={}
    )
    finding = only(data, "arithmetic.points_problem:indicators/i5/points")
    assert "28" in finding.message


def test_manual_points_without_a_reason_are_an_error_and_with_one_a_note() -> None:
    given = with_line(1, points="15", printed={})
    assert only(given, "arithmetic.points_problem:indicators/i1/points").severity is Severity.ERROR
    given["indicators"][0]["points_reason"] = "抽查发现10人未签到"
    note = only(given, "deviations.manual_points:indicators/i1/points")
    assert note.severity is Severity.NOTE
    assert "未签到" in note.message


# ---- weights ------------------------------------------------------------------------------


def test_weights_beyond_100_name_the_sum() -> None:
    data = with_line(1, weight="30", printed={})
    assert "110" in only(data, "weights.total:indicators").message
    assert "60" in only(data, "weights.level3:level1_weights/产出指标").message


def test_other_level1_weights_are_only_a_warning() -> None:
    data = with_line(1, weight="10", printed={})
    data["indicators"][5]["weight"] = "20"
    data["level1_weights"] = {}
    data["indicators"][5].pop("printed")
    finding = only(data, "weights.level1:level1_weights")
    assert finding.severity is Severity.WARNING
    assert "产出指标 40（规则 50）" in finding.message


def test_line_without_weight_is_named() -> None:
    only(with_line(2, weight=""), "weights.missing:indicators/i2/weight")


def test_weight_other_than_approved_is_a_warning() -> None:
    data = with_line(2, approved={"weight": "15", "target": "≥95%"})
    assert only(data, "weights.approved:indicators/i2/weight").severity is Severity.WARNING


# ---- funds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "finding_id"),
    [
        ({"executed": "120", "received": "120"}, "funds.over_budget:funds/total/executed"),
        ({"received": "90"}, "funds.over_received:funds/total/executed"),
        ({"executed": "-5"}, "funds.negative:funds/total/executed"),
        ({"executed": "约96"}, "funds.unreadable:funds/total/executed"),
        ({"annual_budget": "960000000000"}, "funds.absurd:funds/total/annual_budget"),
        ({"annual_budget": "0"}, "funds.zero_budget:funds/total/annual_budget"),
        ({"executed": "50"}, "funds.low_rate:funds/total/executed"),
        ({"initial_budget": "0"}, "funds.initial_zero:funds/total/initial_budget"),
        ({"initial_budget": "120"}, "funds.adjustment:funds/total/annual_budget"),
    ],
)
def test_fund_grid_mistake_is_found(changes: dict[str, str], finding_id: str) -> None:
    only(with_total(**changes, printed={}), finding_id)


def test_explained_low_rate_and_adjustment_are_not_asked_for_again() -> None:
    data = with_total(executed="50", initial_budget="120", printed={})
    data["adjustment_basis"] = "财政调减批复（某财预〔2023〕5号）"
    data["materials"] = {"adjustment_process": "合同尾款次年支付，执行率因此偏低"}
    rules = {one.split(":")[0] for one in findings(data)}
    assert not rules & {"funds.low_rate", "funds.adjustment"}


def test_detail_rows_must_add_up() -> None:
    data = with_total(printed={})
    data["funds"].append({"source": "appropriation", "initial_budget": "90"})
    data["funds"].append({"source": "carryover", "initial_budget": "5"})
    finding = only(data, "funds.sum:funds/total/initial_budget")
    assert "90+5＝95" in finding.message
    only(data, "funds.carryover:funds/carryover/initial_budget")


def test_detail_rows_that_add_up_are_no_finding() -> None:
    data = with_total(printed={})
    rows = {"initial_budget": "50", "annual_budget": "50", "received": "50", "executed": "48"}
    data["funds"] += [{"source": "appropriation", **rows}, {"source": "unit", **rows}]
    assert findings(data) == {}


def test_budget_other_than_approved_is_a_warning() -> None:
    data = with_total(printed={})
    data["approved"] = {"budget": "110"}
    only(data, "funds.approved_budget:funds/total/initial_budget")


# ---- targets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "changes", "rule"),
    [
        (5, {"target": "效果明显", "actual": "效果明显"}, "targets.not_measurable"),
        (1, {"actual": "≥200人"}, "targets.operator_in_actual"),
        (1, {"target": "200元"}, "targets.money_as_quantity"),
        (4, {"target": "≥500元"}, "targets.direction"),
        (1, {"target": "≤200人"}, "targets.direction"),
        (3, {"actual": "已完成"}, "targets.status_for_date"),
        (3, {"actual": "2022年10月"}, "targets.outside_year"),
        (6, {"target": "290%"}, "targets.satisfaction_over_100"),
        (1, {"target": ""}, "targets.blank"),
        (1, {"approved": {"target": "≥300人"}}, "targets.approved"),
        (5, {"actual": "建设中"}, "targets.status_for_number"),
    ],
)
def test_target_that_cannot_be_judged_is_found(
    number: int, changes: dict[str, Any], rule: str
) -> None:
    found = findings(with_line(number, **changes, printed={}))
    assert rule in {one.split(":")[0] for one in found}, sorted(found)


def test_indicator_set_twice_is_a_warning() -> None:
    data = with_line(2, level3="培训人数", target="≥200人", actual="210人")
    finding = only(data, "targets.duplicate:indicators/i2/level3")
    assert finding.severity is Severity.WARNING


def test_same_approved_target_written_otherwise_is_no_finding() -> None:
    data = with_line(1, approved={"target": ">=200人"})
    assert findings(data) == {}


def test_total_cost_other_than_executed_is_a_note() -> None:
    data = with_line(4, level3="项目总成本", target="≤100万元", actual="95万元")
    finding = only(data, "targets.cost_not_executed:indicators/i4/actual")
    assert finding.severity is Severity.NOTE
    assert "相差 1 万元" in finding.message


# ---- deviations, over-scoring -------------------------------------------------------------


def test_deduction_on_a_met_target_wants_a_reason() -> None:
    data = with_line(1, printed={"points": "18"})
    finding = only(data, "deviations.deduction_unexplained:indicators/i1/deviation")
    assert finding.severity is Severity.ERROR
    data["indicators"][0]["deviation"] = "一期培训缺签到表，扣2分，已补建台账"
    assert findings(data) == {}


def test_shortfall_wants_a_reason_and_a_stock_phrase_is_none() -> None:
    data = with_line(5, deviation="有待加强")
    only(data, "deviations.shortfall_unexplained:indicators/i5/deviation")
    only(data, "deviations.stock_phrase:indicators/i5/deviation")


def test_over_achievement_from_130_percent_wants_a_reason() -> None:
    assert not findings(with_line(1, actual="259人"))
    finding = only(
        with_line(1, actual="260人"), "deviations.over_achievement:indicators/i1/deviation"
    )
    assert "130%" in finding.message


def test_table_full_of_full_marks_is_pointed_at() -> None:
    data = with_line(5, actual="85%", printed={"points": "30"}, deviation="")
    assert only(data, "overscoring.all_full:indicators").severity is Severity.NOTE


def test_full_output_for_half_the_money_is_pointed_at() -> None:
    data = with_total(executed="40", printed={})
    only(data, "overscoring.low_rate_full_output:indicators")


# ---- completeness, format -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "finding_id"),
    [
        ({"name": ""}, "completeness.name:name"),
        ({"competent_department": "　"}, "completeness.competent_department:competent_department"),
        ({"funds": []}, "completeness.funds:funds"),
        ({"indicators": []}, "completeness.indicators:indicators"),
        ({"objectives": []}, "completeness.objectives:objectives"),
        ({"name": "2021年培训项目"}, "completeness.year_in_name:name"),
        ({"name": "=HYPERLINK(1)"}, "format.formula:name"),
        ({"name": "培训\u200b项目"}, "format.control:name"),
        ({"name": "培训" * 150}, "format.long:name"),
    ],
)
def test_what_is_incomplete_or_odd_is_found(changes: dict[str, Any], finding_id: str) -> None:
    only(table(**changes), finding_id)


def test_achievement_copied_from_the_objective_is_a_warning() -> None:
    data = table(objectives=[{"expected": "培训200人", "achieved": "培训200人"}])
    only(data, "completeness.achieved:objectives/1/achieved")


def test_lines_still_open_are_listed_once_with_what_they_need() -> None:
    data = with_line(1, actual="", printed={})
    data["indicators"][1].update(actual="", printed={})
    finding = only(data, "completeness.undetermined:indicators")
    assert "培训人数" in finding.message
    assert "合格率" in finding.message


def test_operator_of_a_target_is_not_taken_for_a_formula() -> None:
    assert findings(with_line(1, target="=210人")) == {}


# ---- report -------------------------------------------------------------------------------


def report_findings(*projects: dict[str, Any], **heading: Any) -> set[str]:  # noqa: ANN401
    data = {"unit": "某中心", "fiscal_year": YEAR, "place": "湖南", **heading}
    report = Report.model_validate({**data, "projects": list(projects)})
    rules, words = content().rule_set("hunan-2020-7"), content().lexicon()
    sheets = tuple(score(one, rules, words, fiscal_year=YEAR) for one in report.projects)
    return {one.id for one in check_report(report, sheets, rules, words)}


def test_report_without_unit_or_projects_says_so() -> None:
    assert report_findings(unit="") == {"completeness.unit:unit", "completeness.projects:projects"}


def test_projects_of_one_name_are_found_and_paths_tell_them_apart() -> None:
    found = report_findings(table(), table(id="p2", competent_department=""))
    assert found == {
        "completeness.duplicate_name:p2/name",
        "completeness.competent_department:p2/competent_department",
    }


def test_several_projects_of_100_points_are_pointed_at() -> None:
    full = table(printed={"total": "100"}, indicators=[], funds=[])
    found = report_findings(full, {**full, "id": "p2", "name": "另一项目"})
    assert "overscoring.all_projects_full:projects" in found


def test_rules_of_a_later_year_are_a_warning() -> None:
    assert "completeness.rule_set_year:fiscal_year" in report_findings(table(), fiscal_year=2016)


def what_is_missing(data: dict[str, Any]) -> tuple[MissingItem, ...]:
    report = Report.model_validate(
        {"unit": "某中心", "fiscal_year": YEAR, "place": "湖南", "projects": [data]}
    )
    rules, words = content().rule_set("hunan-2020-7"), content().lexicon()
    sheets = tuple(score(one, rules, words, fiscal_year=YEAR) for one in report.projects)
    found = check_report(report, sheets, rules, words)
    return missing(report, sheets, found, content().outline("project"))


@pytest.mark.parametrize(
    ("cells", "field", "column"),
    [
        ({"weight": "二十"}, "分值", "weight"),
        ({"weight": "-5"}, "分值", "weight"),
        ({"target": ""}, "年度指标值", "target"),
        ({"actual": "很多"}, "实际完成值", "actual"),
        ({"target": "提高效率", "actual": "提高效率"}, "定性档次", "band"),
        ({"target": "提高效率", "actual": "提高", "band": "部分达成"}, "得分", "points"),
    ],
)
def test_what_holds_a_line_up_is_named(cells: dict[str, str], field: str, column: str) -> None:
    asked = [
        one for one in what_is_missing(with_line(1, printed={}, **cells)) if "i1" in one.where.path
    ]
    assert f"培训人数的{field}" in [one.field for one in asked]
    assert f"p1/indicators/i1/{column}" in [one.where.path for one in asked]


def test_open_line_is_asked_for_first_with_its_points() -> None:
    first = what_is_missing(with_line(1, actual="", printed={}))[0]
    assert (first.field, first.ask) == ("培训人数的实际完成值", "业务股室")
    assert first.where.path == "p1/indicators/i1/actual"
    assert first.points == 20


# ---- what was found by a second reader ----------------------------------------------------


def manual(points: str, printed: str) -> dict[str, Finding]:
    data = with_line(
        5,
        target="10",
        actual="9",
        points=points,
        points_reason="评审组集体核定",
        printed={"points": printed},
    )
    return findings(data)


def test_printed_manual_points_with_a_reason_are_no_error() -> None:
    found = manual("25", "25")
    assert [one for one in found.values() if one.severity is Severity.ERROR] == []
    assert "deviations.manual_points:indicators/i5/points" in found
    full = manual("30", "30")
    assert [one for one in full.values() if one.severity is Severity.ERROR] == []


def test_a_table_that_departs_from_the_manual_points_is_an_error() -> None:
    finding = manual("25", "27")["arithmetic.points:indicators/i5/printed/points"]
    assert finding.severity is Severity.ERROR
    assert "人工给分 25" in finding.message


def test_satisfaction_that_earns_full_marks_by_its_band_is_no_error() -> None:
    rules, words = content().rule_set("central-2021-101"), content().lexicon()
    data = with_line(6, target="≥95%", actual="92%", printed={"points": "10"})
    evaluation = SelfEvaluation.model_validate(data)
    sheet = score(evaluation, rules, words, fiscal_year=YEAR)
    found = check(evaluation, sheet, rules, words, fiscal_year=YEAR)
    assert [one.id for one in found if "indicators/i6" in one.id] == []


def test_a_second_total_row_is_an_error() -> None:
    finding = only(table(printed={}, funds=[TOTAL, TOTAL]), "funds.repeated_total:funds/total.2")
    assert finding.severity is Severity.ERROR
    assert "2 行" in finding.message
