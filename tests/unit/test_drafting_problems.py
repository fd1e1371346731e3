"""Every deduction has a problem, every problem a suggestion with measures; nothing is made up."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ziping.checks import check_report
from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.drafting import DraftContext, TemplateWriter, draft_report, find_seeds
from ziping.drafting.problems import KINDS
from ziping.scoring import average, score

ROOT = Path(__file__).resolve().parents[2]
CONTENT = Content(ROOT)
WRITER = TemplateWriter(CONTENT.fallbacks())


def context_of(project: dict[str, Any]) -> DraftContext:
    report = Report.model_validate(
        {"unit": "某局", "fiscal_year": 2024, "place": "湖南", "projects": [project]}
    )
    rules = CONTENT.choose_rule_set("湖南", 2024).rule_set
    lexicon = CONTENT.lexicon()
    sheets = tuple(score(one, rules, lexicon, fiscal_year=2024) for one in report.projects)
    return DraftContext(
        report=report,
        outline=CONTENT.outline("project"),
        rule_set=rules,
        sheets=sheets,
        findings=check_report(report, sheets, rules, lexicon),
        documents=CONTENT.documents(),
        framework=CONTENT.framework(),
        lexicon=lexicon,
        average=average(report, sheets),
    )


def huaihua() -> dict[str, Any]:
    path = ROOT / "knowledge" / "examples" / "huaihua-2023.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    project: dict[str, Any] = data["projects"][0]
    return project


def project(**changes: object) -> dict[str, Any]:
    """Return a project without any fault, with changes."""
    money = {"source": "total", "initial_budget": "100", "annual_budget": "100"}
    base: dict[str, Any] = {
        "id": "p1",
        "name": "设备维护",
        "funds": [money | {"received": "100", "executed": "100"}],
        "indicators": [indicator(), indicator(id="i2", level1="效益指标", level2="社会效益指标")],
    }
    return base | changes


def indicator(**changes: object) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "i1",
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "维护设备台数",
        "target": "≥20台",
        "actual": "20台",
        "weight": "45",
    }
    return base | changes


def told(data: dict[str, Any]) -> tuple[str, str]:
    texts = {one.section_id: one.text for one in draft_report(context_of(data), WRITER)}
    return texts["lessons.problems"], texts["lessons.suggestions"]


def kinds(data: dict[str, Any]) -> list[str]:
    return [seed.kind for seed in find_seeds(context_of(data))]


def money(*amounts: str) -> dict[str, str]:
    columns = ("initial_budget", "annual_budget", "received", "executed")
    return {"source": "total"} | dict(zip(columns, amounts, strict=True))


CASES: dict[str, dict[str, Any]] = {
    "execution": project(
        funds=[
            {
                "source": "total",
                "initial_budget": "100",
                "annual_budget": "100",
                "received": "100",
                "executed": "72.5",
            }
        ]
    ),
    "overspent": project(funds=[money("100", "100", "100", "130")]),
    "zero_budget": project(funds=[money("0", "0", "0", "50")]),
    "total_row": project(
        funds=[
            money("100", "100", "100", "100"),
            money("80", "80", "80", "80") | {"source": "appropriation"},
        ]
    ),
    "weights": project(indicators=[indicator(weight="25")]),
    "unmet": project(indicators=[indicator(actual="15台")]),
    "shortfall": project(
        indicators=[
            indicator(
                target="运行平稳",
                actual="基本平稳",
                band="部分达成",
                points="30",
                deviation="两次停机",
            )
        ]
    ),
    "receipt": project(
        funds=[
            {
                "source": "total",
                "initial_budget": "100",
                "annual_budget": "100",
                "received": "90",
                "executed": "90",
            }
        ]
    ),
    "unexplained": project(
        indicators=[indicator(target="运行平稳", actual="平稳", band="达成", points="40")]
    ),
    "manual": project(indicators=[indicator(points="40", points_reason="验收资料不全")]),
    "adjustment": project(
        funds=[
            {
                "source": "total",
                "initial_budget": "100",
                "annual_budget": "120",
                "received": "120",
                "executed": "120",
            }
        ]
    ),
    "unmeasurable": project(
        indicators=[indicator(target="效果明显", actual="效果明显", band="达成", points="45")]
    ),
    "cost_target": huaihua(),
    "target_low": project(indicators=[indicator(actual="60台")]),
    "evidence": project(
        indicators=[
            indicator(level1="满意度指标", level2="服务对象满意度指标", target="≥90%", actual="95%")
        ]
    ),
    "checklist": project(
        checklist={"process.regulations": {"answer": "否", "note": "没有项目管理制度"}}
    ),
}


def test_a_case_stands_for_every_kind() -> None:
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_is_told_with_a_suggestion_of_two_to_four_measures(kind: str) -> None:
    data = CASES[kind]
    problems, suggestions = told(data)

    assert kind in kinds(data)
    count = len(kinds(data))
    titles = re.findall(r"^(\d+)\.", problems, re.MULTILINE)
    assert titles == [str(number) for number in range(1, count + 1)]
    parts = re.split(r"^\d+\..*$", suggestions, flags=re.MULTILINE)[1:]
    assert len(parts) == count
    for part in parts:
        assert [line[0] for line in part.strip().splitlines()] in (
            list("①②"),
            list("①②③"),
            list("①②③④"),
        )


@pytest.mark.parametrize("kind", CASES)
def test_every_deduction_is_answered_and_its_points_counted_once(kind: str) -> None:
    context = context_of(CASES[kind])
    problems = WRITER.list_problems(context)
    answered = {one for problem in problems for one in problem.answers}

    for sheet in context.sheets:
        lost = [line for line in sheet.lines if line.deduction]
        assert {f"p1.{line.id}" for line in lost} <= answered
        assert sum(one.points for one in problems) == sum(line.deduction for line in lost)


def test_titles_agree_between_list_and_section() -> None:
    context = context_of(huaihua())
    text, _ = told(huaihua())

    for number, problem in enumerate(WRITER.list_problems(context), 1):
        assert f"{number}.{problem.title}。" in text


def test_three_targets_in_words_are_one_problem_that_names_them() -> None:
    text, suggestion = told(huaihua())

    assert "“充分发挥专项资金效益”“提高交易服务工作业务水平”“可持续影响情况”共3项" in text
    assert "分值合计30分" in text
    assert "节约金额" in suggestion


def test_an_unmet_target_states_its_own_figures_and_reason() -> None:
    text, _ = told(project(indicators=[indicator(actual="15台", deviation="配件停产")]))

    assert "指标值为≥20台，实际完成15台，完成率75%，未达到指标值" in text
    assert "扣11.25分" in text
    assert "原因：配件停产。" in text


def test_an_unknown_reason_is_asked_for_not_made_up() -> None:
    text, _ = told(CASES["unexplained"])

    assert "【待补充：扣分原因" in text


def test_printed_figures_of_an_old_table_are_no_project_problem() -> None:
    data = project()
    data["funds"][0] |= {"printed": {"weight": "10", "rate": "81.52%", "points": "10"}}
    context = context_of(data)

    assert any("/printed/" in one.where.path for one in context.findings)
    assert find_seeds(context) == ()


def flawless() -> dict[str, Any]:
    """Return a project the checks have nothing to say against."""
    line = {"weight": "30", "level1": "效益指标", "level2": "社会效益指标", "level3": "受益人数"}
    kept = {"level1": "满意度指标", "level2": "服务对象满意度", "level3": "满意度", "weight": "10"}
    return project(
        competent_department="某局",
        implementing_unit="某中心",
        objectives=[{"expected": "维护设备二十台", "achieved": "已维护设备二十台"}],
        indicators=[
            indicator(weight="50"),
            indicator(id="i2", target="≥300人", actual="310人", **line),
            indicator(
                id="i3", target="≥90%", actual="95%", evidence=[{"name": "问卷汇总表"}], **kept
            ),
        ],
    )


def test_without_deductions_the_report_says_so() -> None:
    problems, suggestions = told(flawless())

    assert "没有扣分" in problems
    assert "①" not in suggestions


def test_an_adjustment_with_its_basis_is_no_problem() -> None:
    data = CASES["adjustment"] | {"adjustment_basis": "财政部门批复追加"}

    assert kinds(data) == []


def test_findings_about_the_same_cell_are_answered_by_the_problem() -> None:
    problems = WRITER.list_problems(context_of(huaihua()))
    answers = {one.id: one.answers for one in problems}

    assert any(one.startswith("funds.adjustment") for one in answers["problem.adjustment"])
    assert any("/i4/" in one for one in answers["problem.cost_target"])
