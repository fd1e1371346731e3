"""The sheet: the worked example, totals, ranges, grades, averages; and that it loads at once."""

import subprocess
import sys
from decimal import Decimal

import pytest
from tests.unit.scoring_rules import (
    example,
    indicator,
    lexicon,
    line_of,
    rule_set,
    sheet_of,
    total_row,
)

from ziping.domain.evaluation import AverageKind, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.rules import Level1
from ziping.domain.scores import LineStatus, ScoreSheet
from ziping.scoring import average, level1_weights, score


def score_example(**total_row_changes: str) -> ScoreSheet:
    project = example().projects[0]
    funds = tuple(
        row.model_copy(update=total_row_changes) if row.source is FundSource.TOTAL else row
        for row in project.funds
    )
    changed = project.model_copy(update={"funds": funds})
    return score(changed, rule_set(), lexicon(), fiscal_year=2023)


def test_example_totals_98_and_is_excellent() -> None:
    sheet = score_example()
    assert sheet.total == Decimal("98.00")
    assert sheet.grade == "优"
    assert sheet.next_grade is None
    assert sheet.weight_total == 100
    line = sheet.line("i7")
    assert line is not None
    assert line.status is LineStatus.NOT_APPLICABLE


def test_example_with_600_executed_is_9_68_and_97_68() -> None:
    sheet = score_example(executed="600")
    assert sheet.execution.points == Decimal("9.68")
    assert sheet.total == Decimal("97.68")


def test_example_names_what_the_rate_on_the_initial_budget_would_give() -> None:
    rates = {rate.base.value: rate.points for rate in score_example().rates}
    assert rates["全年执行数÷年初预算数"] == Decimal("8.15")


def test_dimensions_are_summed_in_table_order() -> None:
    sums = [(one.level1, one.weight, one.points) for one in score_example().dimensions]
    assert sums == [
        ("预算执行率", Decimal(10), Decimal(10)),
        ("产出指标", Decimal(50), Decimal(50)),
        ("效益指标", Decimal(30), Decimal(28)),
        ("满意度指标", Decimal(10), Decimal(10)),
    ]


@pytest.mark.parametrize(
    ("points", "total", "grade", "following", "gap"),
    [
        ("79.99", "89.99", "良", "优", "0.01"),
        ("80", "90", "优", None, None),
        ("69.99", "79.99", "中", "良", "0.01"),
        ("70", "80", "良", "优", "10"),
        ("49.99", "59.99", "差", "中", "0.01"),
        ("50", "60", "中", "良", "20"),
    ],
)
def test_grade_is_read_off_the_total(
    points: str, total: str, grade: str, following: str | None, gap: str | None
) -> None:
    line = indicator("≥1", "1", "90", points=points, points_reason="核定")
    sheet = sheet_of(line)
    assert sheet.total == Decimal(total)
    assert sheet.grade == grade
    if following is None:
        assert sheet.next_grade is None
    else:
        assert sheet.next_grade is not None
        assert sheet.next_grade.title == following
        assert sheet.next_grade.gap == Decimal(gap or 0)


def test_no_total_and_no_grade_while_a_line_is_undetermined() -> None:
    sheet = sheet_of(
        indicator("≥1", "1", "60"),
        indicator("效果明显", "效果明显", "20", id="i2"),
        indicator("良好", "良好", "10", id="i3", band="部分达成"),
    )
    assert sheet.total is None
    assert sheet.grade is None
    assert sheet.next_grade is None
    assert sheet.determined == 70
    assert sheet.low == 76
    assert sheet.high == Decimal("97.99")


def test_a_table_without_indicators_has_no_total() -> None:
    sheet = sheet_of()
    assert sheet.execution.points == 10
    assert sheet.total is None
    assert sheet.grade is None


def test_full_marks_that_cost_nothing_are_not_lost_to_a_repeated_satisfaction() -> None:
    assert line_of("98%", "98%", "20", level1="满意度指标", level3="满意度").points == 20


@pytest.mark.parametrize(
    ("actual", "points"), [("95%", "10"), ("90%", "10"), ("89.9%", "8"), ("59%", "0")]
)
def test_central_satisfaction_is_scored_by_bands(actual: str, points: str) -> None:
    line = line_of(
        "≥95%", actual, "10", "central-2021-101", level1="满意度指标", level3="群众满意度"
    )
    assert line.points == Decimal(points)


def test_satisfaction_bands_scale_with_the_weight() -> None:
    line = line_of("≥95%", "85%", "5", "central-2021-101", level1="满意度指标", level3="群众满意度")
    assert line.points == Decimal("4.00")
    assert line.met is False
    assert "再提高 5 个百分点可得满分" in line.trace.distance


def project(*level1: str) -> SelfEvaluation:
    lines = (indicator("≥1", "1", id=f"i{n}", level1=name) for n, name in enumerate(level1))
    return SelfEvaluation(indicators=tuple(lines))


@pytest.mark.parametrize(
    ("names", "cost", "benefit"),
    [
        (("产出指标", "效益指标", "满意度指标"), None, 30),
        (("产出指标", "效益指标"), None, 40),
        (("成本指标", "产出指标", "效益指标", "满意度指标"), 20, 20),
        (("成本指标", "产出指标", "效益指标（30分）"), 20, 30),
    ],
)
def test_level1_weights_follow_the_dimensions_a_project_sets(
    names: tuple[str, ...], cost: int | None, benefit: int
) -> None:
    weights = level1_weights(project(*names), rule_set("central-2021-101")).weights
    assert weights.get(Level1.COST) == cost
    assert weights[Level1.BENEFIT] == benefit


def report_of(kind: AverageKind, **budgets: str) -> tuple[Report, list[ScoreSheet]]:
    projects = tuple(
        SelfEvaluation(
            id=name,
            funds=(total_row(budget, budget),),
            indicators=(_settled("80" if name == "p1" else "85"),),
        )
        for name, budget in budgets.items()
    )
    report = Report(fiscal_year=2023, average=kind, projects=projects)
    sheets = [score(one, rule_set(), lexicon(), fiscal_year=2023) for one in projects]
    return report, sheets


def _settled(points: str) -> Indicator:
    return indicator("≥1", "1", "90", points=points, points_reason="核定")


def test_average_is_given_only_as_declared() -> None:
    assert average(*report_of(AverageKind.NONE, p1="100", p2="300")) is None
    simple = average(*report_of(AverageKind.SIMPLE, p1="100", p2="300"))
    weighted = average(*report_of(AverageKind.BY_FUNDS, p1="100", p2="300"))
    assert simple is not None
    assert simple.value == Decimal("92.50")
    assert weighted is not None
    assert weighted.value == Decimal("93.75")
    assert weighted.formula.endswith("÷ 400 = 93.75")


def test_average_waits_for_every_total() -> None:
    found = average(*report_of(AverageKind.SIMPLE, p1="100", p2=""))
    assert found is not None
    assert found.value is None
    assert "p2" in found.needs


def test_importing_scoring_loads_nothing_heavy() -> None:
    code = (
        "import sys, ziping.scoring;"
        "heavy = {'chromadb', 'langchain', 'langchain_core', 'openai', 'docx', 'streamlit',"
        " 'sqlalchemy', 'openpyxl', 'yaml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_range_reaches_100_while_a_weight_is_unknown() -> None:
    known = indicator("≥1", "1", "50")
    sheet = sheet_of(known, indicator("≥1", "1", "", id="i2"))
    assert (sheet.low, sheet.high) == (Decimal(60), Decimal(100))
    assert sheet.total is None


def test_range_reaches_100_without_indicators() -> None:
    sheet = sheet_of()
    assert (sheet.low, sheet.high) == (Decimal(10), Decimal(100))


@pytest.mark.parametrize(("weight", "sum_"), [("100", "110"), ("40", "50")])
def test_no_grade_while_weights_do_not_add_to_100(weight: str, sum_: str) -> None:
    sheet = sheet_of(indicator("≥1", "1", weight))
    assert sheet.total == Decimal(sum_)
    assert sheet.grade is None
    assert sheet.next_grade is None
    assert f"分值合计 {sum_}" in sheet.grade_needs
    assert "100" in sheet.grade_needs


def test_nothing_is_asked_for_the_grade_of_a_sound_table() -> None:
    assert score_example().grade_needs == ""


def test_satisfaction_by_bands_is_met_where_its_band_gives_full_marks() -> None:
    names = {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "群众满意度"}
    full = line_of("≥95%", "92%", rules="central-2021-101", **names)
    assert (full.points, full.met) == (Decimal(10), True)
    less = line_of("≥95%", "85%", rules="central-2021-101", **names)
    assert (less.points, less.met) == (Decimal(8), False)
    unsure = line_of("≥80%", "85%", rules="central-2021-101", **names)
    assert (unsure.points, unsure.met) == (Decimal(8), None)
