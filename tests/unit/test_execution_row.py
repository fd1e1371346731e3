"""The execution rate stated as an indicator row (Hebei's form): its points reach every table."""

from functools import cache
from pathlib import Path

import yaml

from ziping.content.library import Content
from ziping.documents.annex import annex_rows
from ziping.documents.paste import copy_columns
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.scores import ScoreSheet
from ziping.scoring import score
from ziping.services.answering import score_answer
from ziping.services.printed import corrected
from ziping.services.scored import score_report
from ziping.ui.results import indicator_results

ROOT = Path(__file__).resolve().parents[2]
ROW = "i8"


@cache
def report() -> Report:
    path = ROOT / "tests" / "cases" / "08-hebei-execution-row.yaml"
    return Report.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))["report"])


@cache
def scored() -> tuple[SelfEvaluation, ScoreSheet]:
    project, content = report().projects[0], Content(ROOT)
    rules = content.choose_rule_set(report().place, report().fiscal_year).rule_set
    return project, score(project, rules, content.lexicon(), fiscal_year=2021)


def test_the_row_is_the_execution_line() -> None:
    _, sheet = scored()
    assert sheet.line(ROW) is sheet.execution
    assert sheet.line("execution") is sheet.execution
    assert len(sheet.lines) == 8


def test_corrected_table_prints_its_points() -> None:
    line = corrected(*scored()).indicator(ROW)
    assert line is not None
    assert line.printed.points == "10"


def test_grid_shows_its_points() -> None:
    project, sheet = scored()
    row = indicator_results(project, sheet, ())[ROW]
    assert row.figures["得分"] == "10.00"


def test_pasted_column_gives_its_points() -> None:
    points = copy_columns(*scored(), columns=("points",)).split("\r\n")
    assert points[-1] == "10"


def test_only_the_first_total_row_prints_rate_and_points() -> None:
    project, sheet = scored()
    twice = project.model_copy(update={"funds": (*project.funds, project.funds[0].model_copy())})
    points = [one.printed.points for one in corrected(twice, sheet).funds]
    assert points == ["10", "", ""]
    cells = [cell for row in annex_rows(twice, sheet) for cell in row.cells]
    printed = [cell.text for cell in cells if cell.name == "年度资金总额 · 得分"]
    assert printed == ["10", "—"]


def test_status_is_undetermined_without_a_total() -> None:
    empty = report().model_copy(
        update={"projects": (report().projects[0].model_copy(update={"indicators": ()}),)}
    )
    answer = score_answer(score_report(Content(ROOT), empty))
    assert not hasattr(answer, "projects")
    assert (answer.status, answer.total) == ("undetermined", None)
