"""Reports are created, saved from several tabs at once, and restored; nothing is ever lost."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from ziping.domain.errors import NotFoundError
from ziping.domain.evaluation import FundSource, Report
from ziping.domain.fields import flatten, unflatten
from ziping.services.importing import add_projects
from ziping.services.reports import (
    blank_project,
    create_report,
    list_reports,
    open_report,
    report_at,
    report_history,
    restore_report,
    save_report,
)
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

ACTUAL = "p1/indicators/i1/actual"
TARGET = "p1/indicators/i1/target"


def edited(report: Report, **fields: str) -> Report:
    """Return a report with fields changed; `__` stands for the slashes of a path."""
    changes = {path.replace("__", "/"): text for path, text in fields.items()}
    return unflatten({**flatten(report), **changes})


@pytest.fixture
def example(workspace: Workspace, example_id: int) -> Report:
    """Return the stored worked example."""
    return open_report(workspace, example_id).report


def test_a_new_report_is_on_the_workbench_with_its_score(
    workspace: Workspace, example_id: int
) -> None:
    [line] = list_reports(workspace)
    assert line.id == example_id
    assert line.title == "怀化市公共资源交易中心2023年度项目支出绩效自评"
    assert (line.projects[0].total, line.projects[0].grade) == ("98.00", "优")
    assert line.projects[0].execution_rate == "100%"
    assert line.errors > 0
    assert (line.state, line.saved_by) == ("起草", "本机用户")


def test_the_newest_saved_stands_first(workspace: Workspace, example_id: int) -> None:
    other = create_report(workspace, Report(fiscal_year=2023, unit="某单位"))
    assert [one.id for one in list_reports(workspace)] == [other, example_id]
    save_report(
        workspace,
        example_id,
        edited(open_report(workspace, example_id).report, unit="改名单位"),
        base_version=1,
    )
    assert [one.id for one in list_reports(workspace)] == [example_id, other]
    assert list_reports(workspace)[0].unit == "改名单位"


def test_a_save_keeps_what_changed_who_and_when(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    result = save_report(
        workspace, example_id, edited(example, **{ACTUAL: "1300"}), base_version=1, note="核对台账"
    )
    assert result.stored.version == 2
    [change] = result.changes
    assert (change.label, change.old, change.new) == ("交易宗数 · 实际完成值", "1239", "1300")
    newest, first = report_history(workspace, example_id)
    assert (newest.version, newest.note, newest.saved_by) == (2, "核对台账", "本机用户")
    assert newest.saved_at > first.saved_at
    assert first.note == "打开示例"


def test_saving_nothing_new_makes_no_version(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    result = save_report(workspace, example_id, example, base_version=1)
    assert (result.stored.version, result.changes) == (1, ())
    assert len(report_history(workspace, example_id)) == 1


def test_two_tabs_that_change_different_fields_are_merged_silently(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    save_report(workspace, example_id, edited(example, **{ACTUAL: "1300"}), base_version=1)
    second = save_report(
        workspace,
        example_id,
        edited(example, p1__adjustment_basis="某财预〔2023〕5号"),
        base_version=1,
    )
    assert second.conflicts == ()
    merged = flatten(open_report(workspace, example_id).report)
    assert merged[ACTUAL] == "1300"
    assert merged["p1/adjustment_basis"] == "某财预〔2023〕5号"


def test_two_tabs_that_change_the_same_field_conflict_and_lose_neither_text(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    save_report(workspace, example_id, edited(example, **{ACTUAL: "1300"}), base_version=1)
    mine = edited(example, **{ACTUAL: "1400", TARGET: "1500"})
    second = save_report(workspace, example_id, mine, base_version=1)
    [conflict] = second.conflicts
    assert (conflict.label, conflict.base) == ("交易宗数 · 实际完成值", "1239")
    assert (conflict.mine, conflict.theirs) == ("1400", "1300")
    stored = flatten(open_report(workspace, example_id).report)
    assert stored[ACTUAL] == "1300"
    assert stored[TARGET] == "1500"
    assert "交易宗数 · 实际完成值：1400" in report_history(workspace, example_id)[0].note


def test_the_same_change_in_two_tabs_is_no_conflict(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    mine = edited(example, **{ACTUAL: "1300"})
    save_report(workspace, example_id, mine, base_version=1)
    again = save_report(workspace, example_id, mine, base_version=1)
    assert (again.conflicts, again.changes, again.stored.version) == ((), (), 2)


def test_an_earlier_version_can_be_restored_and_the_later_one_stays(
    workspace: Workspace, example_id: int, example: Report
) -> None:
    changed = edited(example, **{ACTUAL: "1300"})
    save_report(workspace, example_id, changed, base_version=1)
    restored = restore_report(workspace, example_id, 1)
    assert restored.stored.version == 3
    assert open_report(workspace, example_id).report == example
    assert report_at(workspace, example_id, 2) == changed
    assert report_history(workspace, example_id)[0].note == "恢复到第1版"


@pytest.mark.parametrize(
    "look",
    [
        lambda workspace: open_report(workspace, 99),
        lambda workspace: report_at(workspace, 99, 1),
        lambda workspace: save_report(workspace, 99, Report(fiscal_year=2023), base_version=1),
    ],
)
def test_a_report_that_is_not_there_is_told(
    workspace: Workspace, look: Callable[[Workspace], object]
) -> None:
    with pytest.raises(NotFoundError, match=r"没有找到这份报告.*工作台"):
        look(workspace)


def test_a_blank_project_has_the_rows_of_the_form_and_no_points() -> None:
    blank = blank_project("p2", "某单位")
    assert blank.fund(FundSource.TOTAL) is not None
    assert [one.level2 for one in blank.indicators][:4] == [
        *("数量指标", "质量指标", "时效指标", "成本指标")
    ]


def test_a_blank_report_is_scored_as_undetermined(workspace: Workspace) -> None:
    scored = score_report(workspace.content, Report(fiscal_year=2023, projects=(blank_project(),)))
    assert scored.sheets[0].total is None
    assert scored.sheets[0].determined == Decimal(0)
    assert scored.missing


def test_added_projects_get_ids_of_their_own(example: Report) -> None:
    both = add_projects(example, example.projects)
    assert [one.id for one in both.projects] == ["p1", "p2"]
