"""Worked cases after published tables: each scores and is checked as its file says.

The files are meant to be read by policy officers; `why` tells the arithmetic in words.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from ziping.checks import check_report
from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding, Severity
from ziping.domain.numbers import read_number
from ziping.domain.rates import read_rate
from ziping.domain.scores import ScoreSheet
from ziping.scoring import score

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
PUBLISHED = 22


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedFinding(Strict):
    rule: str
    path: str
    severity: Severity
    says: str


class Expect(Strict):
    rule_set: str
    total: Decimal | None = None
    grade: str = ""
    execution_rate: str | None = None
    points: dict[str, Decimal] = {}
    findings: tuple[ExpectedFinding, ...]
    never: tuple[str, ...]
    """Families, rules or `rule:path` that must not be reported as 错误."""


class Case(Strict):
    name: str
    why: str
    report: Report
    expect: Expect
    left_to_narrative: tuple[str, ...] = ()


@cache
def content() -> Content:
    return Content(ROOT)


@cache
def load(path: Path) -> Case:
    return Case.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def worked(path: Path) -> tuple[ScoreSheet, tuple[Finding, ...]]:
    report = load(path).report
    choice = content().choose_rule_set(report.place, report.fiscal_year, report.rule_set)
    words, year = content().lexicon(), report.fiscal_year
    sheet = score(report.projects[0], choice.rule_set, words, fiscal_year=year)
    return sheet, check_report(report, (sheet,), choice.rule_set, words)


each_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


def test_every_published_table_is_a_case() -> None:
    assert [int(path.name[:2]) for path in CASES][:PUBLISHED] == list(range(1, PUBLISHED + 1))


@each_case
def test_case_scores_as_told(path: Path) -> None:
    sheet, _ = worked(path)
    expect = load(path).expect
    assert sheet.rule_set_id == expect.rule_set
    if "total" in expect.model_fields_set:
        assert sheet.total == expect.total
    if "grade" in expect.model_fields_set:
        assert (sheet.grade or "") == expect.grade
    if expect.execution_rate is not None:
        assert sheet.execution_rate == read_rate(expect.execution_rate).value
    found = {line: sheet.line(line) for line in expect.points}
    assert {line: one.points for line, one in found.items() if one} == expect.points


@each_case
def test_case_finds_what_the_table_proves(path: Path) -> None:
    _, findings = worked(path)
    by_id = {finding.id: finding for finding in findings}
    for expected in load(path).expect.findings:
        finding = by_id.get(f"{expected.rule}:{expected.path}")
        assert finding is not None, f"没有发现 {expected.rule}:{expected.path}"
        assert finding.severity is expected.severity, finding.message
        assert expected.says in finding.message


@each_case
def test_case_reports_no_error_on_what_is_right(path: Path) -> None:
    _, findings = worked(path)
    case = load(path).expect
    wanted = {f"{one.rule}:{one.path}" for one in case.findings}
    errors = [one.id for one in findings if one.severity is Severity.ERROR]
    for never in case.never:
        wrong = [
            one
            for one in errors
            if one not in wanted
            and (one == never or one.split(":")[0] == never or one.split(".")[0] == never)
        ]
        assert wrong == []


@each_case
def test_case_has_no_error_it_does_not_name(path: Path) -> None:
    """An error nobody foresaw would send a unit looking for a mistake that is not there."""
    _, findings = worked(path)
    named = {f"{one.rule}:{one.path}" for one in load(path).expect.findings}
    assert {one.id for one in findings if one.severity is Severity.ERROR} <= named


@each_case
def test_case_is_not_flooded(path: Path) -> None:
    """No more errors than rows, and one line on weights where a table states none."""
    _, findings = worked(path)
    project = load(path).report.projects[0]
    rules = [one.id.split(":")[0] for one in findings]
    if not any(read_number(line.weight).value for line in project.indicators):
        assert rules.count("weights.none_stated") == bool(project.indicators)
        assert "weights.missing" not in rules


@each_case
def test_every_clause_a_case_cites_exists(path: Path) -> None:
    _, findings = worked(path)
    for clause in {finding.clause for finding in findings if finding.clause}:
        assert content().clause(clause).text
