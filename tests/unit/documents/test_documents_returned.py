"""Long tables, several projects, a unit's own template, hostile texts: read back without a word."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.integration import word_edits as word
from tests.unit.random_reports import relaxed

from ziping.documents.returned import read_returned
from ziping.documents.word import write_word
from ziping.domain.draft import Author, SectionText
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage
from ziping.domain.returned import ReturnedKind

Packages = Callable[..., ReportPackage]


def told(package: ReportPackage, data: bytes) -> list[tuple[ReturnedKind, str, str, str]]:
    """Return every change of a file, and fail when anything was not read."""
    found = read_returned(data, "回稿.docx", package)
    assert found.unread == ()
    return [(one.kind, one.place, one.old, one.new) for one in found.changes]


def test_reports_of_every_shape_come_back_as_they_were(
    make_package: Packages, example: Report, long_report: Report, hostile_report: Report
) -> None:
    several = example.model_copy(
        update={
            "projects": tuple(
                example.projects[0].model_copy(update={"id": f"p{n}", "name": f"项目{n}"})
                for n in (1, 2, 3)
            )
        }
    )
    empty = example.model_copy(update={"projects": ()})
    for report in (example, long_report, hostile_report, several, empty):
        package = make_package(report)
        data = write_word(package)
        assert told(package, data) == []
        assert told(package, word.edited(data)) == []


def test_a_cell_in_the_second_half_of_a_parted_table_is_named(
    make_package: Packages, long_report: Report
) -> None:
    package = make_package(long_report)
    name = "第33项工作任务按期完成并通过验收的比例"

    def change(document: Document) -> None:
        assert len(document.tables) == 2
        word.retype(word.cell(document, name, 5), "97%")

    assert told(package, word.edited(write_word(package), change)) == [
        (ReturnedKind.CELL, f"{long_report.projects[0].name} · {name} · 实际完成值", "96%", "97%")
    ]


def test_a_cell_of_the_second_project_is_named_with_its_project(
    make_package: Packages, example: Report
) -> None:
    second = example.projects[0].model_copy(update={"id": "p2", "name": "第二个项目"})
    report = example.model_copy(update={"projects": (example.projects[0], second)})
    package = make_package(report)

    def change(document: Document) -> None:
        row = next(one for one in document.tables[1].rows if one.cells[1].text == "年度资金总额")
        word.retype(row.cells[5], "600")

    [change_told] = read_returned(
        word.edited(write_word(package), change), "a.docx", package
    ).changes
    assert change_told.place == "第二个项目 · 年度资金总额 · 全年执行数"
    assert (change_told.project_id, change_told.paths) == ("p2", ("funds/total/executed",))


def test_the_first_table_deleted_leaves_the_second_alone(
    make_package: Packages, example: Report
) -> None:
    second = example.projects[0].model_copy(update={"id": "p2", "name": "第二个项目"})
    report = example.model_copy(update={"projects": (example.projects[0], second)})
    package = make_package(report)
    data = word.edited(write_word(package), lambda d: word.delete(d.tables[0]))
    found = read_returned(data, "a.docx", package).changes
    assert [(one.kind, one.place) for one in found] == [
        (ReturnedKind.TABLE_REMOVED, f"{example.projects[0].name}自评表")
    ]


def test_a_report_on_the_units_own_template_comes_back_the_same(make_package: Packages) -> None:
    base = docx.Document()
    base.sections[0].header.paragraphs[0].text = "某单位文件"
    base.add_heading("模板标题", 1)
    target = io.BytesIO()
    base.save(target)
    package = make_package()
    data = write_word(package, base=target.getvalue())
    assert told(package, word.edited(data)) == []

    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "另一单位文件"

    [part] = read_returned(word.edited(data, change), "a.docx", package).unread
    assert part.place == "页眉页脚"


def test_headings_found_though_an_editor_dropped_bookmarks_and_styles(
    make_package: Packages,
) -> None:
    """WPS drops bookmarks when it renews the contents; some people clear all formats."""
    package = make_package()

    def drop(document: Document) -> None:
        for one in document.element.body.iter("{*}bookmarkStart", "{*}bookmarkEnd"):
            one.getparent().remove(one)

    assert told(package, word.edited(write_word(package), drop)) == []

    def clear(document: Document) -> None:
        drop(document)
        for paragraph in document.paragraphs:
            if paragraph.style is not None and str(paragraph.style.name).startswith("Heading"):
                paragraph.style = document.styles["Normal"]

    assert told(package, word.edited(write_word(package), clear)) == []


lines = st.text(
    alphabet="甲乙丙，。0123456789.%（）一二、《》〔〕 ", min_size=1, max_size=30
).map(str.strip).filter(bool)  # fmt: skip


@pytest.fixture(scope="module")
def plain_package(make_package: Packages) -> ReportPackage:
    return make_package()


@relaxed
@given(data=st.data())
def test_any_texts_of_any_sections_come_back_as_they_were_typed(
    plain_package: ReportPackage, data: st.DataObject
) -> None:
    """What is exported with other texts is named section by section, word for word."""
    package = plain_package
    ids = [one.id for one in package.outline.sections if one.fallback]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))
    texts = {one: "\n".join(data.draw(st.lists(lines, min_size=1, max_size=3))) for one in chosen}
    sections = {
        **package.sections,
        **{
            one: SectionText(section_id=one, text=text, author=Author.HUMAN)
            for one, text in texts.items()
        },
    }
    changed = package.model_copy(update={"sections": sections})
    found = read_returned(write_word(changed), "a.docx", package)
    assert {one.section_id: one.new for one in found.changes} == texts
    assert {one.kind for one in found.changes} == {ReturnedKind.TEXT}
