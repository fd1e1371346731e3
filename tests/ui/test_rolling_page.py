"""Last year's report becomes this year's on the page, and both years stand side by side."""

from pathlib import Path

from tests.ui.app_driver import App
from tests.unit.import_tables import docx_file, published_form
from tests.unit.test_rolling import LINES

from ziping.services.drafting import draft_section
from ziping.services.reports import list_reports, open_report
from ziping.ui import resources


def newest_report() -> int:
    return max(one.id for one in list_reports(resources.workspace()))


def test_a_report_of_the_workbench_rolls_forward(app: App) -> None:
    app.open_example()
    draft_section(resources.workspace(), newest_report(), "lessons.problems")
    app.go("rolling")
    assert "指标值沿用上年作为建议" in app.text()
    app.press("生成2024年度的报告")

    report = open_report(resources.workspace(), newest_report()).report
    assert report.fiscal_year == 2024
    assert report.projects[0].previous.total == "98"
    assert report.rectifications, "the problems drafted last year are to be answered"
    app.go("filling")
    assert any("与2023年比较" in one.label for one in app.run.expander)
    app.go("scoring")
    assert "与2023年得分比较" in app.text()


def test_a_word_file_of_last_year_is_shown_before_it_counts(app: App) -> None:
    app.go("rolling")
    data = docx_file(published_form(), lines=LINES)
    app.run.file_uploader(key="roll:file").upload("上年.docx", data).run()
    told = app.text()
    assert "上年报告的 2 个问题已列入" in told
    assert "总分 98" in told
    assert list_reports(resources.workspace()) == ()


def test_a_damaged_file_is_told_with_a_remedy(app: App, tmp_path: Path) -> None:
    app.go("rolling")
    app.run.file_uploader(key="roll:file").upload("坏.docx", b"PK\x03\x04").run()
    assert "怎么办" in app.text()


def test_problems_copied_from_last_year_are_told_beside_the_draft(app: App) -> None:
    app.go("rolling")
    data = docx_file(published_form(), lines=LINES)
    app.run.file_uploader(key="roll:file").upload("上年.docx", data).run()
    app.press("生成2024年度的报告")
    from ziping.services.drafting import save_section  # noqa: PLC0415 - used here alone

    copied = "1.满意度样本偏少。全年只发放问卷30份，代表性不足。"
    workspace = resources.workspace()
    save_section(workspace, newest_report(), "lessons.problems", copied, base_version=0)
    app.go("drafting")
    chapter = next(
        option for one in app.run.radio for option in one.options if option.startswith("五、")
    )
    app.run.radio[0].set_value(chapter).run()
    assert "一字不差" in app.text()
