"""The tables that people edit in place: rows, edits, and what an edit leaves alone."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ziping.content.library import Content
from ziping.domain.evaluation import (
    Band,
    FundRow,
    FundSource,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.services.reports import blank_project
from ziping.services.scored import ScoredReport, score_report
from ziping.ui import grids, results

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
    texts,
    min_size=1,
    max_size=3,
)
quick = settings(deadline=None, max_examples=150)


@pytest.fixture(scope="module")
def scored(content: Content, example: Report) -> ScoredReport:
    return score_report(content, example)


def _typed(**rows: Mapping[str, str]) -> tuple[grids.TypedRow, ...]:
    """Return cells typed into some rows."""
    return tuple(grids.TypedRow(id=one, cells=dict(cells)) for one, cells in rows.items())


def _table(scored: ScoredReport) -> SelfEvaluation:
    return scored.report.projects[0]


def test_only_the_total_row_carries_points(scored: ScoredReport) -> None:
    rule = scored.choice.rule_set.execution
    found = results.fund_results(_table(scored), scored.sheets[0], rule, scored.findings)
    rows = list(found.values())

    assert rows[0].name == "年度资金总额"
    assert [row.figures["得分"] for row in rows] == ["10.00", "—", "—", "—"]
    assert [row.figures["分值"] for row in rows] == ["10", "—", "—", "—"]
    assert [row.figures["执行率"] for row in rows] == ["100%", "100%", "", ""]


def test_a_fund_edit_changes_that_cell_alone(scored: ScoredReport) -> None:
    before = _table(scored)
    after = grids.with_typed_funds(before, _typed(total={"全年执行数": "600"}))

    assert after.funds[0].executed == "600"
    assert after.funds[0].model_copy(update={"executed": "619.52"}) == before.funds[0]
    assert after.funds[1:] == before.funds[1:]
    assert after.model_copy(update={"funds": before.funds}) == before


def test_two_fund_rows_of_one_source_are_told_apart() -> None:
    rows = (FundRow(source=FundSource.OTHER), FundRow(source=FundSource.OTHER))
    table = SelfEvaluation(funds=rows)
    after = grids.with_typed_funds(table, _typed(**{"other.2": {"全年执行数": "5"}}))

    assert [row.executed for row in after.funds] == ["", "5"]


def test_rows_show_points_and_findings_beside_their_indicator(scored: ScoredReport) -> None:
    table = _table(scored)
    found = results.indicator_results(table, scored.sheets[0], scored.findings)
    by_name = {row.name: row for row in found.values()}

    assert by_name["交易宗数"].figures["得分"] == "20.00"
    assert by_name["无"].figures["得分"] == "—"
    assert by_name["可持续影响情况"].figures["得分"] == "8.00"
    [reason, target] = by_name["可持续影响情况"].checks
    assert (reason.finding.title, reason.column) == ("扣分没有说明原因", "偏差原因及措施")
    assert target.column == "年度指标值"
    assert by_name["交易宗数"].checks == ()


def test_findings_of_a_row_are_not_shown_at_one_whose_id_begins_alike(
    scored: ScoredReport,
) -> None:
    table = _table(scored)
    lines = (*table.indicators, Indicator(id="i80", level3="另一项", target="5", actual="5"))
    longer = table.model_copy(update={"indicators": lines})
    found = results.indicator_results(longer, scored.sheets[0], scored.findings)

    assert found["i80"].checks == ()


def test_text_in_an_amount_cell_is_marked_there(content: Content, example: Report) -> None:
    table = example.projects[0]
    table = grids.with_typed_funds(table, _typed(total={"全年执行数": "六百多"}))
    scored = score_report(content, example.model_copy(update={"projects": (table,)}))
    rule = scored.choice.rule_set.execution
    row = results.fund_results(table, scored.sheets[0], rule, scored.findings)["total"]

    assert ("金额读不出来", "全年执行数") in [(one.finding.title, one.column) for one in row.checks]
    assert (row.figures["得分"], row.figures["执行率"]) == ("待定", "")
    assert "六百多" in row.needs


def test_typing_into_a_blank_row_adds_an_indicator() -> None:
    table = blank_project()
    after = grids.with_typed_indicators(table, _typed(rx1={"三级指标": "新增"}))

    assert after.indicators[:-1] == table.indicators
    assert (after.indicators[-1].id, after.indicators[-1].level3) == ("rx1", "新增")


def test_a_cleared_row_leaves_the_table() -> None:
    cleared = dict.fromkeys(grids.INDICATOR_COLUMNS, "")
    after = grids.with_typed_indicators(blank_project(), _typed(i2=cleared))

    assert [line.id for line in after.indicators] == ["i1", "i3", "i4", "i5", "i6"]


def test_a_text_too_long_holds_back_no_other_cell() -> None:
    rows = _typed(i1={"三级指标": "甲", "年度指标值": "长" * 20_001}, i2={"三级指标": "乙"})
    fit, refused = grids.parted_by_length(rows)

    assert fit == _typed(i1={"三级指标": "甲"}, i2={"三级指标": "乙"})
    assert [(row.id, list(row.cells)) for row in refused] == [("i1", ["年度指标值"])]


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

    assert grids.typed_indicator(line, {"档次": "很好"}).band is Band.NOT_CHOSEN
    assert grids.typed_indicator(line, {"档次": "部分达成"}).band is Band.PARTLY
    assert grids.typed_indicator(line, {"档次": ""}).band is Band.NOT_CHOSEN


def test_computed_columns_cannot_be_written() -> None:
    line = Indicator(id="i1", level3="项", points="3")

    assert grids.typed_indicator(line, {"得分": "100", "校验": "无"}) == line


@quick
@given(tables, st.dictionaries(st.integers(1, 44).map(lambda n: f"i{n}"), cells, max_size=4))
def test_cells_that_nobody_touched_stay(
    table: SelfEvaluation, typed: Mapping[str, Mapping[str, str]]
) -> None:
    after = grids.with_typed_indicators(table, _typed(**typed))

    for line_id in {line.id for line in table.indicators} | set(typed):
        line = after.indicator(line_id)
        before = table.indicator(line_id) or Indicator(id=line_id)
        touched = {grids.INDICATOR_COLUMNS[title] for title in typed.get(line_id, {})}
        if line is not None:
            kept = set(Indicator.model_fields) - touched
            assert all(getattr(line, field) == getattr(before, field) for field in kept)
            for title, value in typed.get(line_id, {}).items():
                assert getattr(line, grids.INDICATOR_COLUMNS[title]) == value
    old = [line.id for line in table.indicators]
    kept_order = [line.id for line in after.indicators if line.id in old]
    assert kept_order == sorted(kept_order, key=old.index)


@quick
@given(tables)
def test_a_table_nobody_edited_keeps_its_rows_with_content(table: SelfEvaluation) -> None:
    after = grids.with_typed_indicators(table, ())

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
