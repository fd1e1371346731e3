"""This year beside last year's: what changed much wants a reason, what is copied is told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.import_tables import docx_file
from tests.unit.scoring_rules import lexicon
from tests.unit.test_rolling import LINES

from ziping.content.library import Content
from ziping.domain.evaluation import FundRow, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.findings import Finding, Severity
from ziping.domain.previous import (
    PreviousEvaluation,
    PreviousIndicator,
    Rectification,
    RectificationState,
)
from ziping.domain.year_change import Compared, year_changes
from ziping.services.checking import Wanted, check_data
from ziping.services.drafted import draft_texts
from ziping.services.scored import ScoredReport, score_report

CONTENT = Content(Path(__file__).resolve().parents[2])


def line(**changed: object) -> Indicator:
    """Return an indicator that last year had too."""
    stated = {
        "id": "i1",
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "检查次数",
        "target": "≥100次",
        "actual": "100次",
        "weight": "90",
        "previous": PreviousIndicator(target="≥100次", actual="100次", weight="90", points="90"),
    }
    return Indicator.model_validate(stated | changed)


def project(*lines: Indicator, budget: str = "100", **changed: object) -> SelfEvaluation:
    """Return a project that stood in last year's report with a budget of 100."""
    amounts = {"initial_budget": budget, "annual_budget": budget, "executed": budget}
    previous = PreviousEvaluation(
        fiscal_year="2023", initial_budget="100", annual_budget="100", executed="100", total="100"
    )
    stated = {
        "name": "甲项目",
        "funds": (FundRow.model_validate({"source": FundSource.TOTAL, **amounts}),),
        "indicators": lines or (line(),),
        "previous": previous,
    }
    return SelfEvaluation.model_validate(stated | changed)


def found(one: SelfEvaluation, **changed: object) -> dict[str, Finding]:
    """Return the findings about last year, by rule."""
    return {
        finding.id.split(":")[0].removeprefix("previous."): finding
        for finding in scored(one, **changed).findings
        if finding.id.startswith("previous.")
    }


def scored(one: SelfEvaluation, **changed: object) -> ScoredReport:
    report = Report(unit="某局", fiscal_year=2024, projects=(one,))
    return score_report(CONTENT, report.model_copy(update=changed))


@pytest.mark.parametrize("budget", ["110", "90", "55.5"])
def test_money_that_changed_by_a_tenth_wants_a_reason(budget: str) -> None:
    finding = found(project(budget=budget))["money"]
    assert finding.severity is Severity.WARNING
    assert f"全年预算数 100 → {budget}" in finding.message
    assert "变动原因" in finding.remedy


@pytest.mark.parametrize("budget", ["109.99", "90.01", "100"])
def test_money_that_changed_less_wants_none(budget: str) -> None:
    assert "money" not in found(project(budget=budget))


def test_a_reason_answers_it() -> None:
    last = project().previous.model_copy(update={"reason": "新增两个点位的运维"})
    assert "money" not in found(project(budget="150", previous=last))


@pytest.mark.parametrize(
    ("target", "is_eased"), [("≥80次", True), ("≥120次", False), ("≥95次", None)]
)
def test_an_easier_target_is_graver_than_a_harder_one(
    target: str, *, is_eased: bool | None
) -> None:
    findings = found(project(line(target=target)))
    if is_eased is None:
        assert "line" not in findings
    else:
        assert findings["line"].severity is (Severity.WARNING if is_eased else Severity.NOTE)
        assert ("定低" in findings["line"].title) is is_eased


def test_where_less_is_better_a_higher_target_is_the_easier_one() -> None:
    cost = line(
        level2="成本指标",
        level3="维护成本",
        target="≤120万元",
        actual="100万元",
        previous=PreviousIndicator(target="≤100万元", actual="100万元"),
    )
    assert "定低" in found(project(cost))["line"].title


def test_a_worse_result_wants_a_reason_and_the_deviation_gives_it() -> None:
    worse = line(actual="70次")
    assert "不如上年" in found(project(worse))["line"].title
    told = worse.model_copy(update={"deviation": "三季度人员借调，少查了30次"})
    assert "line" not in found(project(told))


def test_targets_carried_over_are_told_until_the_approved_ones_are_there() -> None:
    assert "检查次数" in found(project())["carried_targets"].message
    approved = line(approved={"target": "≥100次"})
    assert "carried_targets" not in found(project(approved))


def test_nothing_is_compared_for_a_new_project() -> None:
    new = project(previous=PreviousEvaluation(), budget="500")
    assert found(new) == {}
    assert year_changes(new, 2024, lexicon()) == ()


def test_a_rule_set_without_the_threshold_asks_nothing() -> None:
    one = scored(project(budget="500"))
    rules = one.choice.rule_set.model_copy(update={"year_change": None})
    off = replace(one, choice=one.choice.model_copy(update={"rule_set": rules}))
    from ziping.checks import check  # noqa: PLC0415 - used here alone

    findings = check(off.report.projects[0], off.sheets[0], rules, lexicon(), fiscal_year=2024)
    assert not [one for one in findings if one.id.startswith("previous.money")]


def test_a_problem_of_last_year_wants_an_answer() -> None:
    problem = Rectification(problem="设备验收滞后。合同约定6月验收，实际拖到9月。")
    assert "设备验收滞后" in found(project(), rectifications=(problem,))["unanswered"].message
    answered = problem.model_copy(
        update={"state": RectificationState.DONE, "result": "3月起改为到货15日内验收"}
    )
    assert "unanswered" not in found(project(), rectifications=(answered,))
    assert any(
        item.field == "上年问题整改情况"
        for item in scored(project(), rectifications=(problem,)).missing
    )


def test_the_section_is_there_only_with_problems_and_says_what_became_of_each() -> None:
    without = scored(project())
    assert without.outline.section("lessons.rectification") is None
    answered = Rectification(
        problem="设备验收滞后。合同约定6月验收，实际拖到9月。",
        state=RectificationState.DONE,
        result="3月起改为到货15日内验收",
    )
    open_one = Rectification(problem="样本偏少，只有30份。")
    both = scored(project(), rectifications=(answered, open_one))
    section = both.outline.section("lessons.rectification")
    assert section is not None
    assert section.heading == "（四）上年问题整改情况"
    text = draft_texts(CONTENT, both)["lessons.rectification"].text
    assert "1.设备验收滞后。" in text
    assert "合同约定6月验收，实际拖到9月" in text
    assert "3月起改为到货15日内验收。" in text
    assert "【待补充：“样本偏少”的整改情况（找业务股室）】" in text


def test_a_problem_repeated_word_for_word_is_flagged_in_a_finished_file() -> None:
    from tests.unit.test_rolling import SPRING  # noqa: PLC0415 - used here alone

    last = (Rectification(problem="满意度样本偏少。全年只发放问卷30份，代表性不足。"),)
    figures = Report(unit="某局", fiscal_year=2024, projects=(project(),), rectifications=last)
    checked = check_data(
        CONTENT,
        docx_file(lines=(*LINES, *["其他说明文字，仅为凑够篇幅。" * 3] * 3)),
        "今年报告.docx",
        today=SPRING,
        wanted=Wanted(),
        figures=figures,
    )
    same = [one for one in checked.findings if one.id.startswith("wording.repeated_problem")]
    assert len(same) == 1
    assert "全年只发放问卷30份，代表性不足" in same[0].message


@given(before=st.decimals("0.01", "99999", places=2), after=st.decimals("0.01", "99999", places=2))
def test_a_change_is_what_was_added_over_what_was(before: Decimal, after: Decimal) -> None:
    last = PreviousEvaluation(fiscal_year="2023", annual_budget=str(before))
    one = project(budget=str(after), previous=last)
    [change] = [
        each for each in year_changes(one, 2024, lexicon()) if each.of is Compared.ANNUAL_BUDGET
    ]
    assert change.change is not None
    assert abs(before * (1 + change.change) - after) < Decimal("0.0001")
