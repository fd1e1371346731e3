"""Last year's report, ours or anyone's, becomes this year's: figures beside, problems to answer."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from tests.unit.cli_calls import EXAMPLE, call
from tests.unit.finished_files import finished
from tests.unit.import_tables import docx_file, published_form, xlsx

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Band, PrintedEvaluation, PrintedFund, Report
from ziping.services.filing import drafted_files
from ziping.services.rolled_texts import LastYear
from ziping.services.rolling import Rolled, read_last_year, roll_forward
from ziping.services.scored import score_report

SPRING = datetime(2025, 3, 1, tzinfo=UTC)
LINES = (
    "某市公共资源交易中心2023年度项目支出绩效自评报告",
    "一、项目基本情况",
    "（一）项目概况",
    "1.项目决策背景",
    "为落实交易平台整合的部署，解决系统分散的问题，经党组会研究设立本项目。2023年安排预算760万元。",
    "2.项目主要内容",
    "本项目用于交易平台运行维护和设备更新。",
    "二、存在的问题及建议",
    "（一）存在的问题",
    "1.设备验收滞后。合同约定6月验收，实际拖到9月，占用了运维时间。",
    "2.满意度样本偏少。全年只发放问卷30份，代表性不足。",
    "（二）有关建议",
    "1.规范验收。到货后15日内由业务科牵头验收。",
    "2.扩大调查。每季度发放问卷不少于50份。",
)


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(Path(__file__).resolve().parents[2])


def rolled(content: Content, data: bytes, name: str) -> Rolled:
    last = read_last_year(content, data, name, today=SPRING, place="湖南 怀化")
    return roll_forward(content, last)


@pytest.fixture(scope="module")
def from_word(content: Content) -> Rolled:
    """Return what somebody's Word report of last year becomes."""
    return rolled(content, docx_file(published_form(), lines=LINES), "上年报告.docx")


def test_projects_and_indicators_stay_and_figures_are_blank(from_word: Rolled) -> None:
    report = from_word.report
    [project] = report.projects
    assert (report.fiscal_year, report.place) == (2024, "湖南 怀化")
    assert project.name == "专项业务（工作）经费"
    assert [line.level3 for line in project.indicators][:2] == ["交易宗数", "质量达标率"]
    for row in project.funds:
        assert (row.initial_budget, row.annual_budget, row.executed) == ("", "", "")
    for line in project.indicators:
        stated = (line.actual, line.points, line.deviation, line.printed.points, line.band)
        assert stated == ("", "", "", "", Band.NOT_CHOSEN)
    assert project.objectives[0].expected
    assert not project.objectives[0].achieved


def test_targets_are_proposed_with_the_year_moved_on(from_word: Rolled) -> None:
    lines = {line.level3: line for line in from_word.report.projects[0].indicators}
    assert lines["交易宗数"].target == "1200"
    assert lines["交易宗数"].weight == "20"
    assert lines["完成及时率"].target == "2024年12月之前完成"
    assert lines["完成及时率"].previous.target == "2023年12月之前完成"


def test_last_years_figures_stand_beside(from_word: Rolled) -> None:
    [project] = from_word.report.projects
    last = project.previous
    assert (last.fiscal_year, last.annual_budget, last.executed) == ("2023", "619.52", "619.52")
    assert (last.rate, last.total) == ("100%", "98"), "619.52 of 619.52; the table prints 81.52%"
    line = project.indicators[0].previous
    assert (line.target, line.actual, line.weight, line.points) == ("1200", "1239", "20", "20")


def test_problems_are_listed_with_the_suggestion_that_answers_each(from_word: Rolled) -> None:
    found = from_word.report.rectifications
    assert [one.problem for one in found] == [
        "设备验收滞后。合同约定6月验收，实际拖到9月，占用了运维时间。",
        "满意度样本偏少。全年只发放问卷30份，代表性不足。",
    ]
    assert found[0].suggestion == "规范验收。到货后15日内由业务科牵头验收。"
    assert all((one.state, one.result) == ("", "") for one in found)


def test_lasting_texts_are_taken_over_without_what_tells_of_last_year(from_word: Rolled) -> None:
    texts = from_word.report.projects[0].materials
    assert texts["background"] == (
        "为落实交易平台整合的部署，解决系统分散的问题，经党组会研究设立本项目。"
    )
    assert texts["content"] == "本项目用于交易平台运行维护和设备更新。"
    told = "\n".join(from_word.remarks)
    assert "上年报告的 2 个问题" in told
    assert "沿用上年的文字：项目决策背景、项目主要内容" in told


def test_our_own_export_rolls_forward_like_our_own_data(content: Content) -> None:
    report = load_report(EXAMPLE)
    files, _ = drafted_files(content, score_report(content, report), at=SPRING)
    word = rolled(content, files[0].data, files[0].name).report
    data = rolled(content, EXAMPLE.read_bytes(), EXAMPLE.name).report
    ours, theirs = word.projects[0].previous, data.projects[0].previous
    assert ours.rate == "100%"
    assert ours == theirs
    assert [one.target for one in word.projects[0].indicators] == [
        one.target for one in data.projects[0].indicators
    ]
    assert word.rectifications
    assert not data.rectifications, "a data file holds no text"


@pytest.mark.parametrize("name", ["hunan_clean", "two_projects", "yunnan", "hubei", "decimal"])
def test_word_and_text_of_one_report_hand_on_the_same(content: Content, name: str) -> None:
    one = finished(name)
    word = rolled(content, one.docx, "上年.docx").report
    text = rolled(content, one.txt, "上年.txt").report
    assert word.rectifications
    assert word.rectifications == text.rectifications
    assert [project.previous for project in word.projects] == [
        project.previous for project in text.projects
    ]


def test_a_workbook_gives_figures_and_says_that_there_are_no_problems(content: Content) -> None:
    result = rolled(content, xlsx(published_form()), "自评表.xlsx")
    assert result.report.projects[0].previous.total == "98"
    assert any("没有找到上年报告写的问题" in one for one in result.remarks)


def test_a_report_without_projects_is_refused(content: Content) -> None:
    empty = b"fiscal_year: 2023"
    with pytest.raises(InputError, match="没有项目"):
        rolled(content, empty, "空.yaml")


def test_rolling_twice_keeps_only_the_last_year(content: Content) -> None:
    first = rolled(content, EXAMPLE.read_bytes(), EXAMPLE.name).report
    filled = first.model_copy(
        update={
            "projects": tuple(
                one.model_copy(
                    update={
                        "indicators": tuple(
                            line.model_copy(update={"actual": line.target})
                            for line in one.indicators
                        )
                    }
                )
                for one in first.projects
            )
        }
    )
    second = rolled(content, _dumped(filled), "2024.yaml").report
    assert second.fiscal_year == 2025
    assert second.projects[0].previous.fiscal_year == "2024"
    assert second.projects[0].indicators[0].previous.actual == "1200"


def _dumped(report: Report) -> bytes:
    return report.model_dump_json().encode()


def test_the_command_writes_a_data_file_that_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "roll", EXAMPLE, "-o", tmp_path / "今年")
    assert outcome.code == 0, outcome.err
    assert "指标值沿用上年作为建议" in outcome.err
    answer = call(capsys, "score", tmp_path / "今年.yaml", "--json").json
    assert answer["total"] is None
    assert load_report(tmp_path / "今年.yaml").fiscal_year == 2024
    again = call(capsys, "roll", EXAMPLE, "-o", tmp_path / "今年")
    assert (again.code, "已经存在" in again.err) == (2, True)


def test_printed_results_that_contradict_the_tables_own_figures_are_not_taken(
    content: Content,
) -> None:
    report = load_report(EXAMPLE)
    [project] = report.projects
    stale = PrintedFund(weight="10", rate="81.52%", points="10")
    funds = tuple(
        one.model_copy(update={"executed": "600", "printed": stale}) for one in project.funds
    )
    printed = PrintedEvaluation(total="98", grade="优")
    project = project.model_copy(update={"funds": funds, "printed": printed})
    report = report.model_copy(update={"projects": (project,)})

    result = roll_forward(content, LastYear(score_report(content, report), None))

    last = result.report.projects[0].previous
    assert (last.executed, last.rate, last.total) == ("600", "96.85%", "97.68")
    told = "\n".join(result.remarks)
    assert "执行率表列 81.52%、应为 96.85%" in told
    assert "总分表列 98、应为 97.68" in told


def test_a_gap_in_a_problem_leaves_no_two_full_stops(content: Content) -> None:
    lines = [
        f"{one}【待补充：佐证】。" if one.startswith("1.设备验收滞后") else one for one in LINES
    ]
    data = docx_file(list(published_form()), lines=tuple(lines))

    result = rolled(content, data, "上年.docx")

    assert result.report.rectifications[0].problem.endswith("占用了运维时间。")
    assert "。。" not in result.report.rectifications[0].problem


def test_each_problem_of_last_year_begins_a_paragraph_and_is_told_once(
    content: Content, from_word: Rolled
) -> None:
    files, _ = drafted_files(content, score_report(content, from_word.report), at=SPRING)
    told = [one.text for one in docx.Document(BytesIO(files[0].data)).paragraphs]

    begun = [one for one in told if "上年自评报告提出" in one]

    assert [one[:9] for one in begun] == ["1.设备验收滞后。", "2.满意度样本偏少"]
    assert [one.count("设备验收滞后") + one.count("满意度样本偏少") for one in begun] == [1, 1]
