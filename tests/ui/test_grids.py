"""The tables that people edit in place: rows, edits, and what an edit leaves alone."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ziping.content.library import Content
from ziping.domain.evaluation import Band, Indicator, Report, SelfEvaluation
from ziping.services.reports import blank_project
from ziping.services.scored import ScoredReport, score_report
from ziping.ui import grids

texts = st.text(alphabet="甲乙 0159.%≥-=\n", max_size=6)
bands = st.sampled_from([one.value for one in Band])
indicators = st.builds(
    Indicator,
    id=st.integers(1, 40).map(lambda number: f"i{number}"),
    level1=texts,
    level3=texts,
    target=texts,
    actual=texts,
    weight=texts,
    deviation=texts,
    points_reason=texts,
    band=st.sampled_from(Band),
)
tables = st.lists(indicators, max_size=8, unique_by=lambda line: line.id).map(
    lambda lines: SelfEvaluation(indicators=tuple(lines))
)
cells = st.dictionaries(
    st.sampled_from(sorted(set(grids.INDICATOR_COLUMNS) - {"档次"})),
    st.none() | texts,
    min_size=1,
    max_size=3,
)
quick = settings(deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def scored(content: Content, example: Report) -> ScoredReport:
    return score_report(content, example)


def _table(scored: ScoredReport) -> SelfEvaluation:
    return scored.report.projects[0]


def test_only_the_total_row_carries_points(scored: ScoredReport) -> None:
    rows = grids.fund_rows(_table(scored), scored.sheets[0], scored.choice.rule_set.execution)

    assert rows[0]["资金来源"] == "年度资金总额"
    assert [row["得分"] for row in rows] == ["10.00", "—", "—", "—"]
    assert [row["分值"] for row in rows] == ["10", "—", "—", "—"]
    assert [row["执行率"] for row in rows] == ["100%", "100%", "", ""]


def test_a_fund_edit_changes_that_cell_alone(scored: ScoredReport) -> None:
    before = _table(scored)
    after = grids.apply_fund_edits(before, {0: {"全年执行数": "600"}})

    assert after.funds[0].executed == "600"
    assert after.funds[0].model_copy(update={"executed": "619.52"}) == before.funds[0]
    assert after.funds[1:] == before.funds[1:]
    assert after.model_copy(update={"funds": before.funds}) == before


def test_an_emptied_fund_cell_is_blank(scored: ScoredReport) -> None:
    after = grids.apply_fund_edits(_table(scored), {0: {"实际到位数": None}})

    assert after.funds[0].received == ""


def test_rows_show_points_and_findings_beside_their_indicator(scored: ScoredReport) -> None:
    table = _table(scored)
    ids = grids.row_ids(table)
    rows = grids.indicator_rows(table, scored.sheets[0], scored.findings, ids)
    by_name = {row["三级指标"]: row for row in rows if row["三级指标"]}

    assert by_name["交易宗数"]["得分"] == "20.00"
    assert by_name["无"]["得分"] == "—"
    assert by_name["可持续影响情况"]["得分"] == "8.00"
    assert "扣分没有说明原因" in by_name["可持续影响情况"]["校验"]
    assert by_name["交易宗数"]["校验"] == ""


def test_findings_of_a_row_are_not_shown_at_one_whose_id_begins_alike(
    scored: ScoredReport,
) -> None:
    table = _table(scored)
    lines = (*table.indicators, Indicator(id="i80", level3="另一项", target="5", actual="5"))
    longer = table.model_copy(update={"indicators": lines})
    ids = grids.row_ids(longer)
    rows = grids.indicator_rows(longer, scored.sheets[0], scored.findings, ids)

    assert rows[ids.index("i80")]["校验"] == ""


def test_spare_rows_are_blank_and_new() -> None:
    table = blank_project()
    ids = grids.row_ids(table)

    assert len(ids) == len(table.indicators) + grids.SPARE_ROWS
    assert len(set(ids)) == len(ids)


def test_typing_into_a_spare_row_adds_an_indicator() -> None:
    table = blank_project()
    ids = grids.row_ids(table)
    after = grids.apply_indicator_edits(table, ids, {len(table.indicators): {"三级指标": "新增"}})

    assert after.indicators[:-1] == table.indicators
    assert after.indicators[-1].level3 == "新增"


def test_a_cleared_row_leaves_the_table() -> None:
    table = blank_project()
    ids = grids.row_ids(table)
    after = grids.apply_indicator_edits(table, ids, {1: dict.fromkeys(grids.INDICATOR_COLUMNS)})

    assert [line.id for line in after.indicators] == ["i1", "i3", "i4", "i5", "i6"]


def test_a_grid_fits_until_its_spare_rows_are_used_up() -> None:
    table = blank_project()
    ids = grids.row_ids(table)
    full = table.model_copy(
        update={"indicators": tuple(Indicator(id=one, level3="项") for one in ids)}
    )

    assert grids.fits(table, ids)
    assert not grids.fits(full, ids)
    assert not grids.fits(grids.moved(table, "i1", 1), ids)


def test_moving_a_row_stops_at_both_ends() -> None:
    table = blank_project()

    assert grids.moved(table, "i1", -1) == table
    assert grids.moved(table, "i6", 1) == table
    down = [line.id for line in grids.moved(table, "i1", 1).indicators]
    assert down == ["i2", "i1", "i3", "i4", "i5", "i6"]


def test_a_row_can_be_taken_out() -> None:
    table = blank_project()

    assert [line.id for line in grids.without(table, "i3").indicators] == [
        *("i1", "i2", "i4", "i5", "i6")
    ]


def test_an_unknown_band_is_no_choice() -> None:
    line = Indicator(id="i1", level3="项", band=Band.ACHIEVED)

    assert grids.edited_indicator(line, {"档次": "很好"}).band is Band.NOT_CHOSEN
    assert grids.edited_indicator(line, {"档次": "部分达成"}).band is Band.PARTLY
    assert grids.edited_indicator(line, {"档次": None}).band is Band.NOT_CHOSEN


def test_computed_columns_cannot_be_written() -> None:
    line = Indicator(id="i1", level3="项", points="3")

    assert grids.edited_indicator(line, {"得分": "100", "校验": "无"}) == line


@quick
@given(tables, st.dictionaries(st.integers(0, 11), cells, max_size=4))
def test_cells_that_nobody_touched_stay(
    table: SelfEvaluation, edits: Mapping[int, Mapping[str, str | None]]
) -> None:
    ids = grids.row_ids(table)
    edits = {number: shown for number, shown in edits.items() if number < len(ids)}
    after = grids.apply_indicator_edits(table, ids, edits)

    for number, line_id in enumerate(ids):
        line = after.indicator(line_id)
        before = table.indicator(line_id) or Indicator(id=line_id)
        touched = {grids.INDICATOR_COLUMNS[title] for title in edits.get(number, {})}
        if line is not None:
            kept = set(Indicator.model_fields) - touched
            assert all(getattr(line, field) == getattr(before, field) for field in kept)
            for title, value in edits.get(number, {}).items():
                assert getattr(line, grids.INDICATOR_COLUMNS[title]) == (value or "")
    order = [ids.index(line.id) for line in after.indicators]
    assert order == sorted(order)


@quick
@given(tables)
def test_a_table_nobody_edited_keeps_its_rows_with_content(table: SelfEvaluation) -> None:
    after = grids.apply_indicator_edits(table, grids.row_ids(table), {})

    kept = set(after.indicators)
    assert kept <= set(table.indicators)
    for line in set(table.indicators) - kept:
        fields = grids.INDICATOR_COLUMNS.values()
        assert not any(str(getattr(line, field)).strip() for field in fields)


@quick
@given(tables, st.integers(0, 7), st.sampled_from([-1, 1]))
def test_moving_loses_no_row(table: SelfEvaluation, number: int, step: int) -> None:
    if number < len(table.indicators):
        after = grids.moved(table, table.indicators[number].id, step)
        assert sorted(line.id for line in after.indicators) == sorted(
            line.id for line in table.indicators
        )
