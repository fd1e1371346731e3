"""Patches change exactly the field they name, and taking them back restores it exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.random_reports import relaxed, reports

from ziping.domain.errors import InputError
from ziping.domain.evaluation import FundRow, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.fields import flatten
from ziping.domain.grounding import Span
from ziping.domain.patches import (
    Patch,
    held,
    is_stale,
    new_items,
    with_patch,
    without_patch,
)


def report() -> Report:
    """Return a report of one project with a row and an indicator."""
    project = SelfEvaluation(
        name="专项经费",
        funds=(FundRow(source=FundSource.TOTAL, executed="600"),),
        indicators=(Indicator(id="i1", level3="交易宗数"),),
    )
    return Report(fiscal_year=2023, projects=(project,))


def patch(path: str, old: str, new: str) -> Patch:
    return Patch(path=path, label=path, old=old, new=new, said=new, span=Span(start=0, end=1))


def test_a_patch_changes_its_field_alone() -> None:
    before = report()
    after = with_patch(before, "p1/funds/total/executed", "619.52")
    changed = {key for key, text in flatten(after).items() if flatten(before).get(key) != text}
    assert changed == {"p1/funds/total/executed"}


def test_a_row_that_is_not_there_is_added_and_goes_again() -> None:
    before = report()
    paths = ("p1/funds/other/received", "p1/indicators/i2/target", "p1/level1_weights/产出指标")
    added = new_items(before, paths)
    assert added == ("p1/funds/other", "p1/indicators/i2")
    after = before
    for path in paths:
        after = with_patch(after, path, "30")
    other = after.projects[0].fund(FundSource.OTHER)
    assert other is not None
    assert other.received == "30"
    for path in reversed(paths):
        after = without_patch(after, path, None, added)
    assert after == before


def test_a_row_stays_while_another_field_of_it_is_filled() -> None:
    after = with_patch(report(), "p1/indicators/i2/target", "30")
    after = with_patch(after, "p1/indicators/i2/actual", "31")
    after = without_patch(after, "p1/indicators/i2/target", None, ("p1/indicators/i2",))
    line = after.projects[0].indicator("i2")
    assert line is not None
    assert (line.target, line.actual) == ("", "31")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_blank_never_erases(text: str) -> None:
    with pytest.raises(InputError, match="空白不会写入"):
        with_patch(report(), "p1/funds/total/executed", text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("p1/fund_kind", "不知道的资金"),
        ("p1/indicators/i1/band", "很好"),
        ("fiscal_year", "去年"),
        ("p1/nothing", "1"),
        ("p1/funds/gold/executed", "1"),
        ("p1/funds/total", "1"),
        ("p1/funds/#order", "1"),
        ("", "1"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(path: str, text: str) -> None:
    with pytest.raises(InputError):
        with_patch(report(), path, text)


def test_a_patch_is_stale_once_its_field_was_changed() -> None:
    proposed = patch("p1/funds/total/executed", "600", "619.52")
    assert not is_stale(report(), proposed)
    assert is_stale(with_patch(report(), proposed.path, "610"), proposed)


def test_a_field_that_is_not_there_holds_nothing() -> None:
    assert held(report(), "p1/funds/other/executed") is None
    assert held(report(), "p1/funds/total/received") == ""


FIELDS = (
    "unit",
    "p1/name",
    "p1/funds/total/executed",
    "p1/funds/unit/received",
    "p1/indicators/i1/actual",
    "p1/indicators/i9/weight",
    "p1/indicators/i9/level3",
    "p1/objectives/1/expected",
    "p1/level1_weights/效益指标",
    "p1/materials/background",
    "materials/experience",
)


@relaxed
@given(
    st.lists(
        st.tuples(st.sampled_from(FIELDS), st.text("甲0.5", min_size=1, max_size=3)), max_size=12
    )
)
def test_patches_taken_back_in_reverse_leave_the_report_as_it_was(
    steps: list[tuple[str, str]],
) -> None:
    before = now = report()
    done = []
    added: set[str] = set()
    for path, text in steps:
        added |= set(new_items(now, [path]))
        done.append((path, held(now, path)))
        now = with_patch(now, path, text)
    for path, old in reversed(done):
        now = without_patch(now, path, old, added)
    assert now == before


@relaxed
@given(reports, st.text("甲0.5", min_size=1, max_size=3))
def test_any_report_takes_a_patch_and_gives_it_back(before: Report, text: str) -> None:
    path = "p77/indicators/i1/level3"
    added = new_items(before, [path])
    after = with_patch(before, path, text)
    assert held(after, path) == text
    assert flatten(without_patch(after, path, None, added)) == flatten(before)
