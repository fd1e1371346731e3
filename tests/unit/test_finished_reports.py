"""Finished reports of several provinces: what is wrong in their text is found, nothing else is."""

from datetime import UTC, datetime

import pytest
from tests.unit.finished_files import NAMES, Finished, finished

from ziping.bootstrap import open_content
from ziping.domain.findings import Finding
from ziping.services.checking import CheckedFile, Wanted, check_data

TODAY = datetime(2024, 4, 1, tzinfo=UTC)
_ON_TEXT = ("text.", "wording.", "citations.", "completeness.leftover", "completeness.part")


def checked(report: Finished, kind: str) -> CheckedFile:
    data = report.docx if kind == "docx" else report.txt
    wanted = Wanted(place=report.place)
    return check_data(open_content(), data, f"{report.name}.{kind}", today=TODAY, wanted=wanted)


def rule(finding: Finding) -> str:
    return finding.id.partition(":")[0]


def on_text(result: CheckedFile) -> list[Finding]:
    return [
        one for one in result.findings if one.id.startswith((*_ON_TEXT, "completeness.section"))
    ]


@pytest.mark.parametrize("kind", ["docx", "txt"])
@pytest.mark.parametrize("name", NAMES)
def test_exactly_what_is_wrong_in_the_text_is_found(name: str, kind: str) -> None:
    report = finished(name)
    found = on_text(checked(report, kind))
    told = sorted((rule(one), one.where.quote) for one in found)
    wanted = sorted((rule, words) for rule, some in report.expected.items() for words in some)

    assert [one for one, _ in told] == [one for one, _ in wanted], told
    for rule_id, words in wanted:
        quotes = [quote for one, quote in told if one == rule_id]
        assert any(words in quote for quote in quotes), (rule_id, words, quotes)


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_what_is_wrong_in_the_table_is_found_beside_it(kind: str) -> None:
    report = finished("hunan_with_defects")
    result = checked(report, kind)
    assert set(report.on_table) <= {rule(one) for one in result.findings}
    assert all(one.where.source for one in result.findings)
