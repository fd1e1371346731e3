"""A block from a spreadsheet as the dialog reads and writes it.

The dialog's content is run alone: without a browser a dialog closes at its first rerun.
"""

from streamlit.testing.v1 import AppTest

from ziping.domain.evaluation import Indicator
from ziping.services.reports import create_example, open_report
from ziping.ui import resources

HEADINGLESS = "产出指标\t数量指标\t开展培训场次\t≥12场\t12场\t5\t5\n合计\t\t\t\t\t100\t"
NAMELESS = "产出指标\t数量指标\t\t≥12场\t12场\t5"


def _dialog(report_id: int, text: str) -> None:
    """Show what the dialog shows for a block."""
    from ziping.ui import state, telling  # noqa: PLC0415 - runs as a script of its own
    from ziping.ui.components import pasting  # noqa: PLC0415 - as above

    state.open_report(report_id)
    with telling.mistakes_told():
        pasting._show_block("p1", text, is_empty=False)


def _opened(text: str, report_id: int | None = None) -> AppTest:
    """Return the dialog over a report."""
    chosen = report_id or create_example(resources.workspace())
    return AppTest.from_function(_dialog, default_timeout=60, args=(chosen, text)).run()


def _written(dialog: AppTest, report_id: int = 1) -> tuple[Indicator, ...]:
    """Press the button that writes, and return the indicators."""
    dialog.button[0].click().run()
    assert not dialog.exception
    return open_report(resources.workspace(), report_id).report.projects[0].indicators


def test_what_was_read_is_shown_before_it_counts() -> None:
    dialog = _opened(HEADINGLESS)

    assert dialog.dataframe[0].value.iloc[0]["三级指标"] == "开展培训场次"
    assert "合计行或说明文字" in dialog.warning[0].value
    assert dialog.button[0].label == "写入 1 行"
    stored = open_report(resources.workspace(), 1)
    assert stored.version == 1


def test_rows_are_added_behind_those_there() -> None:
    lines = _written(_opened(HEADINGLESS))

    assert len(lines) == 10
    assert lines[-1].level3 == "开展培训场次"


def test_pasted_points_are_what_the_table_printed() -> None:
    line = _written(_opened(HEADINGLESS))[-1]

    assert (line.points, line.printed.points, line.weight) == ("", "5", "5")


def test_rows_can_replace_all() -> None:
    dialog = _opened(HEADINGLESS)
    dialog.radio(key="paste:mode").set_value("替换全部指标").run()

    assert [line.level3 for line in _written(dialog)] == ["开展培训场次"]


def test_a_row_without_a_name_stays_when_more_rows_are_added() -> None:
    _written(_opened(NAMELESS))
    lines = _written(_opened(HEADINGLESS, report_id=1))

    assert len(lines) == 11
    assert (lines[-2].target, lines[-1].level3) == ("≥12场", "开展培训场次")


def test_a_whole_sheet_is_refused_with_a_remedy() -> None:
    dialog = _opened("产出指标\t数量指标\t场次\t1\t1\t1\n" * 2_100)

    assert "请只复制绩效指标那一块再粘贴" in dialog.error[0].value
    assert not dialog.button
