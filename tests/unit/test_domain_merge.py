"""Two people save the same report and lose nothing."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.random_reports import relaxed, reports, texts

from ziping.domain.evaluation import Evidence, Indicator, Objective, Report, SelfEvaluation
from ziping.domain.fields import flatten
from ziping.domain.merge import changes_between, merge, with_mine


def project(**fields: object) -> Report:
    """Return a report of one project."""
    one = SelfEvaluation.model_validate({"name": "专项经费", **fields})
    return Report(fiscal_year=2023, unit="某单位", projects=(one,))


def indicators(**actual: str) -> tuple[Indicator, ...]:
    """Return indicators by id with their actual values."""
    return tuple(
        Indicator(id=key, level3=f"指标{key}", actual=text) for key, text in actual.items()
    )


@relaxed
@given(reports, reports)
def test_without_changes_of_mine_theirs_is_kept(base: Report, theirs: Report) -> None:
    merged = merge(base, base, theirs)
    assert merged.report == theirs
    assert merged.changes == ()
    assert merged.conflicts == ()


@relaxed
@given(reports, reports)
def test_without_changes_of_theirs_mine_is_taken_whole(base: Report, mine: Report) -> None:
    merged = merge(base, mine, base)
    assert merged.report == mine
    assert merged.conflicts == ()


@relaxed
@given(reports)
def test_the_same_change_on_both_sides_is_no_conflict(mine: Report) -> None:
    merged = merge(Report(fiscal_year=2020), mine, mine)
    assert merged.report == mine
    assert merged.conflicts == ()


@relaxed
@given(reports, reports, reports)
def test_any_three_reports_merge_into_a_report(base: Report, mine: Report, theirs: Report) -> None:
    merged = merge(base, mine, theirs)
    assert changes_between(theirs, merged.report) == merged.changes


@relaxed
@given(reports, reports, reports)
def test_every_text_of_mine_is_merged_or_reported(
    base: Report, mine: Report, theirs: Report
) -> None:
    merged = merge(base, mine, theirs)
    before, kept = flatten(base), flatten(merged.report)
    # A row may have moved up because others were removed, so its text may stand elsewhere.
    found = {*kept.values(), *(conflict.mine for conflict in merged.conflicts)}
    for path, text in flatten(mine).items():
        if not path.endswith("#order") and before.get(path) != text:
            assert text in found | {""}


@relaxed
@given(texts, texts)
def test_changes_of_different_fields_are_both_kept(mine: str, theirs: str) -> None:
    base = project(indicators=indicators(i1="1", i2="2"))
    merged = merge(
        base,
        project(indicators=indicators(i1=f"a{mine}", i2="2")),
        project(indicators=indicators(i1="1", i2=f"b{theirs}")),
    )
    assert merged.report == project(indicators=indicators(i1=f"a{mine}", i2=f"b{theirs}"))
    assert merged.conflicts == ()


def test_the_same_field_changed_twice_is_a_conflict_with_both_texts() -> None:
    base, mine, theirs = (project(indicators=indicators(i1=text)) for text in ("1", "2", "3"))
    merged = merge(base, mine, theirs)
    assert merged.report == theirs
    [conflict] = merged.conflicts
    assert (conflict.label, conflict.base, conflict.mine, conflict.theirs) == (
        "指标i1 · 实际完成值",
        "1",
        "2",
        "3",
    )


def test_rows_added_on_both_sides_are_all_kept() -> None:
    merged = merge(
        project(indicators=indicators(i10="10")),
        project(indicators=indicators(i10="10", i1="1")),
        project(indicators=indicators(i10="10", i2="2")),
    )
    assert {one.id for one in merged.report.projects[0].indicators} == {"i1", "i2", "i10"}


def test_a_row_removed_by_me_stays_when_they_changed_it() -> None:
    theirs = project(indicators=indicators(i1="1", i2="22"))
    merged = merge(
        project(indicators=indicators(i1="1", i2="2")),
        project(indicators=indicators(i1="1")),
        theirs,
    )
    assert merged.report == theirs
    assert [one.label for one in merged.conflicts] == ["指标i2 · 实际完成值"]


def test_what_i_wrote_in_a_row_they_removed_is_reported() -> None:
    [line] = indicators(i2="2")
    mine = line.model_copy(update={"evidence": (Evidence(name="验收单"),)})
    merged = merge(project(indicators=(line,)), project(indicators=(mine,)), project())
    assert merged.report == project()
    assert "验收单" in [one.mine for one in merged.conflicts]


def test_a_whole_project_added_by_each_is_kept() -> None:
    base = project()
    added = [
        base.model_copy(update={"projects": (*base.projects, SelfEvaluation(id=one, name=one))})
        for one in ("p2", "p3")
    ]
    merged = merge(base, added[0], added[1])
    assert {one.name for one in merged.report.projects} == {"专项经费", "p2", "p3"}


@relaxed
@given(st.permutations(["i1", "i2", "i3"]))
def test_my_order_is_taken_when_they_changed_other_things(order: list[str]) -> None:
    base = project(indicators=indicators(i1="1", i2="2", i3="3"))
    mine = project(indicators=indicators(**{key: key[1] for key in order}))
    theirs = project(indicators=indicators(i1="1", i2="2", i3="3"), name="新名称")
    merged = merge(base, mine, theirs).report.projects[0]
    assert [one.id for one in merged.indicators] == order
    assert merged.name == "新名称"


def test_a_removed_objective_leaves_the_others_as_they_were() -> None:
    base = project(objectives=tuple(Objective(expected=text) for text in ("甲", "乙")))
    mine = project(objectives=(Objective(expected="乙"),))
    assert merge(base, mine, base).report == mine


def test_my_side_brings_back_a_row_they_removed() -> None:
    """Choosing my text for a row that is gone restores the whole row, with my text in it."""
    lines = tuple(Indicator(id=f"i{n}", level3=f"指标{n}", actual="1") for n in (1, 2))
    base = Report(fiscal_year=2023, projects=(SelfEvaluation(indicators=lines),))
    gone = base.projects[0].model_copy(update={"indicators": lines[:1]})
    theirs = base.model_copy(update={"projects": (gone,)})
    changed = lines[1].model_copy(update={"actual": "9"})
    edited = base.projects[0].model_copy(update={"indicators": (lines[0], changed)})
    mine = base.model_copy(update={"projects": (edited,)})

    [conflict] = merge(base, mine, theirs).conflicts

    restored = with_mine(theirs, conflict).projects[0].indicators
    assert restored == (lines[0], changed)
