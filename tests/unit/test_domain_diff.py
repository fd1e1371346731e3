"""A comparison loses no character of either text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.random_reports import relaxed

from ziping.domain.diff import DiffKind, diff_text

texts = st.text(alphabet="预算执行。；\n0.5%", max_size=40)
long_texts = st.lists(
    st.sampled_from(["全年执行数619.52万元。", "甲；", "乙\n", "丙"]), max_size=400
)


def kept(old: str, new: str, kind: DiffKind) -> str:
    """Return what is the same in both texts, and what is only in one of them."""
    return "".join(part.text for part in diff_text(old, new) if part.kind in (DiffKind.SAME, kind))


@relaxed
@given(texts, texts)
def test_the_parts_rebuild_both_texts(old: str, new: str) -> None:
    assert kept(old, new, DiffKind.REMOVED) == old
    assert kept(old, new, DiffKind.ADDED) == new


@relaxed
@given(long_texts, long_texts)
def test_the_parts_of_long_texts_rebuild_both(old: list[str], new: list[str]) -> None:
    before, after = "丁。" * 1001 + "".join(old), "".join(new)
    assert kept(before, after, DiffKind.REMOVED) == before
    assert kept(before, after, DiffKind.ADDED) == after


def test_equal_texts_have_one_part() -> None:
    assert [part.kind for part in diff_text("预算执行率100%。", "预算执行率100%。")] == [
        DiffKind.SAME
    ]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("执行率为81.52%。", "执行率为100%。", "81.52%", "100%"),
        ("全年执行600万元，", "全年执行590万元，", "600万元", "590万元"),
        ("入场交易1239宗。", "入场交易1293宗。", "1239宗", "1293宗"),
        ("到位1,239.5万元", "到位1,239.6万元", "1,239.5万元", "1,239.6万元"),
    ],
)
def test_a_changed_figure_is_marked_whole_and_alone(
    old: str, new: str, removed: str, added: str
) -> None:
    parts = diff_text(old, new)
    assert [part.text for part in parts if part.kind is DiffKind.REMOVED] == [removed]
    assert [part.text for part in parts if part.kind is DiffKind.ADDED] == [added]
