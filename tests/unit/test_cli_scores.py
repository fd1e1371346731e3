"""`score` and `check` as people and programs read them."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from tests.unit.cli_calls import EXAMPLE, call

from ziping.cli.printing import padded, table, width
from ziping.content.report_file import dump_report, load_report
from ziping.domain.evaluation import AverageKind, FundRow, FundSource, Report
from ziping.services import answers

LINE_KEYS = {
    *("id", "level1", "level2", "level3", "weight", "points", "computed", "given"),
    *("trace", "clause"),
}
FINDING_KEYS = {"id", "severity", "where", "message", "clause", "remedy"}


def report_with_budget(budget: str, executed: str) -> Report:
    """Return the worked example with another adjusted budget and execution."""
    report = load_report(EXAMPLE)
    project = report.projects[0]
    row = FundRow(
        source=FundSource.TOTAL,
        initial_budget=budget,
        annual_budget=budget,
        received=budget,
        executed=executed,
    )
    changed = project.model_copy(update={"funds": (row,)})
    return report.model_copy(update={"projects": (changed,)})


@pytest.fixture
def partly_spent(tmp_path: Path) -> Path:
    """Return a file in which 600 of 619.52 was spent."""
    path = tmp_path / "一个项目.yaml"
    path.write_text(dump_report(report_with_budget("619.52", "600")), encoding="utf-8")
    return path


@pytest.fixture
def two_projects(tmp_path: Path) -> Path:
    """Return a file of two projects with a declared average."""
    one, two = report_with_budget("619.52", "600"), report_with_budget("100", "100")
    second = two.projects[0].model_copy(update={"id": "p2", "name": "另一项目"})
    report = one.model_copy(
        update={"projects": (*one.projects, second), "average": AverageKind.SIMPLE}
    )
    path = tmp_path / "两个项目.yaml"
    path.write_text(dump_report(report), encoding="utf-8")
    return path


def test_the_example_scores_98_and_its_errors_give_exit_code_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = call(capsys, "score", EXAMPLE, "--json")
    assert outcome.code == 1
    answer = outcome.json
    assert (answer["total"], answer["grade"], answer["execution_rate"]) == ("98", "优", "1")
    assert {"错误", "警告"} <= {one["severity"] for one in answer["findings"]}


def test_the_agreed_keys_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    answer = call(capsys, "score", EXAMPLE, "--json").json
    assert {"total", "grade", "execution_rate", "lines", "findings"} <= set(answer)
    assert all(set(line) >= LINE_KEYS for line in answer["lines"])
    assert all(set(one) >= FINDING_KEYS for one in answer["findings"])
    assert answer["lines"][0]["id"] == "execution"


def test_points_are_exact_plain_decimals(
    partly_spent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "score", partly_spent, "--json").json
    assert answer["lines"][0]["points"] == "9.68"
    assert answer["total"] == "97.68"
    assert Decimal(answer["execution_rate"]) == Decimal(600) / Decimal("619.52")


def test_an_undetermined_total_is_null_and_says_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "缺预算.yaml"
    path.write_text(dump_report(report_with_budget("", "600")), encoding="utf-8")
    answer = call(capsys, "score", path, "--json").json
    assert (answer["total"], answer["grade"], answer["status"]) == (None, None, "undetermined")
    assert answer["needs"]
    assert answer["range"] == {"low": "88", "high": "98"}
    shown = call(capsys, "score", path).out
    assert "总分 未定（已定 88，可能 88～98）" in shown
    assert "还需要：" in shown


def test_several_projects_are_listed_with_the_declared_average(
    two_projects: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "score", two_projects, "--json").json
    assert [one["total"] for one in answer["projects"]] == ["97.68", "98"]
    assert answer["average"]["value"] == "97.84"
    assert "平均得分（简单平均）：97.84" in call(capsys, "score", two_projects).out


def test_findings_of_several_projects_stand_under_their_own(
    two_projects: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "check", two_projects, "--json").json
    for project in answer["projects"]:
        assert project["findings"]
        assert all(one["path"].startswith(f"{project['project']}/") for one in project["findings"])


def test_place_year_and_rules_go_before_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    by_file = call(capsys, "score", EXAMPLE, "--json").json["rule_set"]["id"]
    by_place = call(capsys, "score", EXAMPLE, "--place", "武汉", "--json").json["rule_set"]["id"]
    by_hand = call(capsys, "score", EXAMPLE, "--rules", "cn-2020-10", "--json").json["rule_set"]
    assert (by_file, by_place) == ("hunan-2020-7", "hubei-2020-3")
    assert by_hand["id"] == "cn-2020-10"
    shown = call(capsys, "score", EXAMPLE, "--year", "2021").out
    assert shown.startswith("怀化市公共资源交易中心2021年度")


def test_check_tells_place_arithmetic_basis_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, "check", EXAMPLE)
    assert outcome.code == 1
    assert "[错误] 项目资金 · 年度资金总额 · 得分" in outcome.out
    assert "8.15" in outcome.out
    assert "依据：" in outcome.out
    assert "办法：" in outcome.out


def test_check_prints_the_findings_that_score_prints(capsys: pytest.CaptureFixture[str]) -> None:
    checked = call(capsys, "check", EXAMPLE, "--json").json
    scored = call(capsys, "score", EXAMPLE, "--json").json
    assert checked["findings"] == scored["findings"]
    assert int(checked["errors"]) == sum(one["severity"] == "错误" for one in scored["findings"])


def test_the_score_table_shows_the_formula_of_each_line(
    capsys: pytest.CaptureFixture[str], partly_spent: Path
) -> None:
    shown = call(capsys, "score", partly_spent).out
    assert "总分 97.68  等级 优  执行率 96.85%" in shown
    assert "min(600 ÷ 619.52, 1)" in shown


def test_what_score_prints_is_what_its_schema_says(
    capsys: pytest.CaptureFixture[str], two_projects: Path
) -> None:
    adapter = TypeAdapter(answers.ProjectScore | answers.ReportScore)
    for path in (EXAMPLE, two_projects):
        adapter.validate_json(call(capsys, "score", path, "--json").out)


def test_columns_line_up_under_wide_and_narrow_characters() -> None:
    lines = table(("指标", "分值"), [("交易宗数", "20"), ("a", "5")], ("<", ">")).splitlines()
    assert [width(line) for line in lines] == [14, 14, 14, 14]
    assert padded("分", 4, ">") == "  分"
