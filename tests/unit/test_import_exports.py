"""A table exported by us, to Word or Excel, comes back with the same figures."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.unit.import_tables import read
from tests.unit.scoring_rules import example, lexicon, rule_set

from ziping.content.library import Content
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.domain.evaluation import FundUnit, Indicator, Report, SelfEvaluation
from ziping.domain.imported import ImportedFile
from ziping.domain.package import ReportPackage
from ziping.scoring import score

WRITERS: dict[str, Callable[[ReportPackage], bytes]] = {
    "导出.docx": write_word,
    "导出.xlsx": write_excel,
}


def exported(report: Report, name: str) -> ImportedFile:
    """Export a report and read the file back."""
    return read(exported_bytes(report, name), name)


def exported_bytes(report: Report, name: str) -> bytes:
    """Export a report."""
    rules = rule_set("hunan-2020-7")
    package = ReportPackage(
        report=report,
        outline=Content(Path(__file__).resolve().parents[2]).outline("project"),
        rule_set=rules,
        sheets=tuple(
            score(one, rules, lexicon(), fiscal_year=report.fiscal_year) for one in report.projects
        ),
        findings=(),
        sections={},
        status="送审稿",
        exported_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    return WRITERS[name](package)


@pytest.fixture(params=WRITERS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of an exported file."""
    return str(request.param)


def entered(one: SelfEvaluation) -> SelfEvaluation:
    """Return only what the printed form carries of the figures people entered."""
    funds = tuple(row.model_copy(update={"printed": type(row.printed)()}) for row in one.funds)
    indicators = tuple(
        line.model_copy(update={"printed": type(line.printed)()}) for line in one.indicators
    )
    return one.model_copy(
        update={
            "funds": funds,
            "indicators": indicators,
            "printed": type(one.printed)(),
            "checklist": {},
            "materials": {},
        }
    )


def test_the_worked_example_comes_back(name: str) -> None:
    imported = exported(example(), name)
    assert len(imported.evaluations) == 1
    assert entered(imported.evaluations[0]) == entered(example().projects[0])
    assert imported.fiscal_year == 2023
    assert imported.unit == example().unit
    assert imported.unread == ()


def test_scores_come_back_as_what_the_table_shows(name: str) -> None:
    one = exported(example(), name).evaluations[0]
    assert (one.printed.total, one.printed.grade) == ("98", "优")
    assert one.funds[0].printed.rate == "100%"
    assert one.funds[1].printed.rate == "—"
    assert [line.printed.points for line in one.indicators] == [
        "20", "10", "10", "10", "10", "10", "", "8", "10",
    ]  # fmt: skip


def test_several_projects_and_awkward_texts_come_back(name: str) -> None:
    first = example().projects[0]
    line = Indicator(
        id="i1",
        level1="产出指标",
        level2="数量指标",
        level3="=合计 <b>&",
        target="=8个",
        actual="@8",
        weight="50",
        deviation="-原因：甲\n+措施：乙",
    )
    second = first.model_copy(
        update={
            "id": "p2",
            "name": "+第二个项目",
            "fund_unit": FundUnit.YUAN,
            "level1_weights": {"产出指标": "50"},
            "indicators": (line,),
        }
    )
    report = example().model_copy(update={"projects": (first, second)})
    imported = exported(report, name)
    assert len(imported.evaluations) == 2
    assert entered(imported.evaluations[0]) == entered(first)
    assert entered(imported.evaluations[1]) == entered(second)


def test_lines_without_points_yet_come_back_without_any(name: str) -> None:
    first = example().projects[0]
    lines = tuple(
        line.model_copy(update={"points": "", "band": type(line.band)("")})
        for line in first.indicators
    )
    report = example().model_copy(
        update={"projects": (first.model_copy(update={"indicators": lines}),)}
    )
    one = exported(report, name).evaluations[0]
    assert (one.indicators[4].printed.points, one.indicators[4].points) == ("", "")
    assert (one.printed.total, one.printed.grade) == ("", "")
