"""What we export ourselves is right: checking it finds nothing false, whatever the figures."""

import random
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench.distinct_reports import distinct_reports
from tests.bench.varied_reports import varied_reports
from tests.unit.finished_files import finished

from ziping.bootstrap import open_content
from ziping.documents.word import write_word
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.domain.findings import Severity
from ziping.services.checking import CheckedFile, Wanted, check_data
from ziping.services.citing import citations_of
from ziping.services.drafted import draft_texts
from ziping.services.importing import load_example
from ziping.services.packaging import package_of
from ziping.services.scored import score_report

TODAY = datetime(2024, 4, 1, tzinfo=UTC)
AWKWARD = (
    "一二、（）()1.①%，。：；《》〔〕20号优良分万元年初预算执行率目标指标"
    "问题建议资金来源为没有自评总X \t"
)
TRUE_OF_DRAFTS = ("completeness.leftover:", "text.objective_not_reported:")
"""Drafts do hold 【待补充】, and the example's objective does promise what it never reports."""


def checked(report: Report) -> CheckedFile:
    """Return what is found in the Word file exported for a report."""
    content = open_content()
    scored = score_report(content, report)
    package = package_of(
        scored,
        draft_texts(content, scored),
        status="送审稿",
        at=TODAY,
        citations=citations_of(content, scored),
    )
    wanted = Wanted(place=report.place)
    return check_data(content, write_word(package), "导出.docx", today=TODAY, wanted=wanted)


def false_alarms(result: CheckedFile) -> list[str]:
    """Return the findings of weight on the text that are not true of any draft."""
    return [
        f"{one.id} {one.where.quote} {one.message}"
        for one in result.findings
        if one.severity is not Severity.NOTE
        and (one.where.path.startswith("text") or one.id.startswith("text."))
        and not one.id.startswith(TRUE_OF_DRAFTS)
    ]


def test_the_example_as_exported_has_no_false_alarm() -> None:
    result = checked(load_example(open_content()))

    assert false_alarms(result) == []
    told = next(one for one in result.findings if one.id.startswith("text.objective_not_reported"))
    assert "电子数字见证" in told.message


@pytest.mark.parametrize("number", range(6))
def test_random_reports_as_exported_have_no_false_alarm(number: int) -> None:
    example = load_example(open_content())
    report = next(islice(distinct_reports(example, number + 1, seed=71), number, None))
    assert false_alarms(checked(report)) == []


@pytest.mark.parametrize("number", range(8))
def test_reports_of_many_places_as_exported_have_no_false_alarm(number: int) -> None:
    report = next(islice(varied_reports(number + 1), number, None))
    assert false_alarms(checked(report)) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(
            alphabet=AWKWARD,
            max_size=60,
        ),
        max_size=15,
    )
)
def test_any_text_is_checked_or_refused_but_never_crashes(lines: list[str]) -> None:
    report = finished("yunnan")
    data = "\n".join(["一、项目概况" * 40, *lines]).encode() + b"\n" + report.txt
    result = check_data(open_content(), data, "报告.txt", today=TODAY, wanted=Wanted())
    ids = [one.id for one in result.findings]
    assert len(ids) == len(set(ids))


def test_damaged_word_files_are_checked_or_refused() -> None:
    source = random.Random(11)  # noqa: S311 - the same damage each time
    good = finished("decimal").docx
    told = []
    for _ in range(60):
        data = bytearray(good[: source.randrange(len(good))] if source.random() < 0.2 else good)
        for _ in range(source.choice((1, 4, 40))):
            data[source.randrange(len(data))] = source.randrange(256)
        try:
            check_data(open_content(), bytes(data), "报告.docx", today=TODAY, wanted=Wanted())
        except InputError as error:
            told.append(error.what)
    assert told
    assert all(told)
