"""The worked example: every mistake its table proves is found, and nothing else is said."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from ziping.checks import check_report, missing
from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding, MissingItem, Severity
from ziping.scoring import score

ROOT = Path(__file__).resolve().parents[2]

EXPECTED = {
    "arithmetic.rate_base:p1/funds/total/printed/rate": "错误",
    "arithmetic.points_from_rate:p1/funds/total/printed/points": "错误",
    "completeness.competent_department:p1/competent_department": "警告",
    "funds.adjustment:p1/funds/total/annual_budget": "警告",
    "targets.cost_from_initial_budget:p1/indicators/i4/target": "警告",
    "targets.not_measurable:p1/indicators/i5/target": "警告",
    "targets.not_measurable:p1/indicators/i6/target": "警告",
    "targets.not_measurable:p1/indicators/i8/target": "警告",
    "deviations.deduction_unexplained:p1/indicators/i8/deviation": "警告",
    "weights.repeated:p1/funds/appropriation/printed/weight": "提示",
    "targets.before_strict:p1/indicators/i3/target": "提示",
    "targets.rate_without_percent:p1/indicators/i4/target": "提示",
    "completeness.satisfaction_evidence:p1/indicators/i9/evidence": "提示",
}


@cache
def checked() -> tuple[Report, tuple[Finding, ...], tuple[MissingItem, ...]]:
    content = Content(ROOT)
    path = ROOT / "knowledge" / "examples" / "huaihua-2023.yaml"
    report = Report.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    rules = content.choose_rule_set(report.place, report.fiscal_year).rule_set
    words, year = content.lexicon(), report.fiscal_year
    sheets = tuple(score(one, rules, words, fiscal_year=year) for one in report.projects)
    findings = check_report(report, sheets, rules, words)
    return report, findings, missing(report, sheets, findings, content.outline(report.outline))


def message(rule: str) -> str:
    return next(one.message for one in checked()[1] if one.id.startswith(rule))


def test_example_has_exactly_the_findings_its_table_proves() -> None:
    assert {one.id: one.severity.value for one in checked()[1]} == EXPECTED


def test_gravest_findings_come_first_and_rows_follow_the_table() -> None:
    ranks = [list(Severity).index(one.severity) for one in checked()[1]]
    assert ranks == sorted(ranks)
    lines = [one.where.path for one in checked()[1] if "not_measurable" in one.id]
    assert lines == [f"p1/indicators/{line}/target" for line in ("i5", "i6", "i8")]


def test_rate_finding_names_the_base_that_was_used_and_the_right_one() -> None:
    text = message("arithmetic.rate_base")
    assert "81.52% 是按年初预算数 760 算的（619.52÷760）" in text
    assert "到位率" in text
    assert "按全年预算数 619.52 为 100%" in text
    assert "当年财政拨款" in text


def test_the_cure_the_form_offers_for_an_old_rate_is_named_in_the_finding() -> None:
    (finding,) = (one for one in checked()[1] if one.id.startswith("arithmetic.rate_base"))
    assert "展开“批复与原表上的数”，点“原表已更正，改用计算结果”" in finding.remedy


def test_points_finding_says_what_the_total_would_be() -> None:
    text = message("arithmetic.points_from_rate")
    assert "10×81.52%＝8.15" in text
    assert "总分应为 96.15" in text
    assert "仍为“优”" in text


def test_adjustment_finding_has_amount_and_percent() -> None:
    assert "−140.48 万元（−18.48%）" in message("funds.adjustment")


def test_cost_finding_calls_the_saving_a_cut() -> None:
    assert "140.48 万元是预算调减" in message("targets.cost_from_initial_budget")


def test_every_finding_tells_what_where_why_and_what_to_do() -> None:
    for finding in checked()[1]:
        for text in (finding.title, finding.message, finding.why, finding.remedy):
            assert text.strip(), finding.id
        assert finding.where.label, finding.id
        assert finding.id.endswith(f":{finding.where.path}")


def test_every_clause_cited_exists() -> None:
    content = Content(ROOT)
    for finding in checked()[1]:
        if finding.clause:
            assert content.clause(finding.clause).text


@pytest.mark.parametrize(
    ("field", "ask"),
    [("主管部门", "单位办公室"), ("预算调整依据", "财务股"), ("扣分原因", "项目负责人")],
)
def test_what_is_missing_names_whom_to_ask(field: str, ask: str) -> None:
    assert ask in {item.ask for item in checked()[2] if item.field == field}


def test_what_most_points_hang_on_is_asked_for_first() -> None:
    items = checked()[2]
    assert items[0].field == "扣分原因"
    assert str(items[0].points.normalize()) == "2"
    assert [item.points for item in items] == sorted((one.points for one in items), reverse=True)


def test_texts_only_the_unit_knows_are_asked_for_last() -> None:
    is_material = ["materials/" in item.where.path for item in checked()[2]]
    assert is_material == sorted(is_material)
