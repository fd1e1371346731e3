"""核查文件: a report goes in, findings with their sentences come out."""

import io

import openpyxl
from tests.ui.app_driver import App
from tests.unit.finished_files import finished

from ziping.services.checking import Wanted, check_data, findings_workbook
from ziping.ui import resources

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(app: App, name: str, data: bytes, key: str = "check:file") -> None:
    app.run.file_uploader(key=key).upload(name, data, WORD).run()
    assert not app.run.exception


def test_findings_are_grouped_by_severity_with_the_sentence_quoted(app: App) -> None:
    app.go("checking")
    upload(app, "报告.docx", finished("yunnan").docx)

    told = app.text()
    assert [one.label.split()[0] for one in app.run.tabs] == ["错误", "警告", "提示"]
    assert "核查了报告正文、自评表，与 1 个项目的数据核对" in told
    assert "正文总分与自评表不符" in told
    assert "经自评，农村公路养护工程自评得分95.6分，评价等级为优。" in told
    assert "（第四章第1段）" in told
    assert app.run.download_button[0].label == "下载核查结果（Excel）"


def test_a_report_that_is_right_has_no_errors(app: App) -> None:
    app.go("checking")
    app.enter("地区", "湖南")
    upload(app, "报告.docx", finished("hunan_clean").docx)

    assert not [one.label for one in app.run.tabs if one.label.startswith("错误")]
    assert "位置：正文" not in app.text()


def test_text_can_be_held_against_a_report_of_the_app(app: App) -> None:
    app.open_example()
    app.go("checking")
    upload(app, "报告.docx", finished("text_only").docx)
    app.run.segmented_control(key="check:source").set_value("系统里的报告").run()

    assert "与 1 个项目的数据核对" in app.text()
    assert "正文没有提到自评表里的项目" in app.text()


def test_another_file_can_be_compared_with(app: App) -> None:
    app.go("checking")
    upload(app, "报告.docx", finished("text_only").docx)
    app.run.segmented_control(key="check:source").set_value("另一份数据文件").run()
    assert "请上传数据文件" in app.text()

    upload(app, "数据.docx", finished("yunnan").docx, key="check:figures")
    assert "与 1 个项目的数据核对" in app.text()


def test_a_file_that_cannot_be_read_is_told_with_a_remedy(app: App) -> None:
    app.go("checking")
    upload(app, "坏.docx", b"PK\x03\x04 broken")

    assert "已损坏" in app.text()
    assert "怎么办：" in app.text()


def test_the_download_lists_every_finding_with_its_sentence(app: App) -> None:
    workspace = resources.workspace()
    checked = check_data(
        workspace.content,
        finished("yunnan").docx,
        "=报告.docx",
        today=workspace.clock(),
        wanted=Wanted(),
    )
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook(workspace.content, checked)))

    rows = list(book["核查结果"].iter_rows(values_only=True))
    assert rows[0][0] == "=报告.docx 核查结果"
    assert book["核查结果"]["A1"].data_type == "s"
    assert len(rows) == len(checked.findings) + 2
    assert rows[1][:6] == ("序号", "级别", "类别", "位置", "出处", "原文")
    assert any("农村公路养护工程自评得分95.6分" in str(row[5]) for row in rows)
    assert not any("#" in str(row[8]) for row in rows[2:])  # clauses as people cite them
