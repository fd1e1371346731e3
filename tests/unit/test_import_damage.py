"""Files that are no table, damaged, or made to do harm end in an explanation, and quickly."""

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from openpyxl import Workbook
from tests.unit.import_tables import Put, docx_file, published_form, read, saved, xls, xlsx
from tests.unit.scoring_rules import lexicon, rule_set

from ziping.documents.importing import read_table_file
from ziping.domain.errors import InputError
from ziping.domain.imported import ImportedFile

GOOD = {
    "自评表.xlsx": xlsx(published_form()),
    "自评表.xls": xls(published_form()),
    "自评表.docx": docx_file(published_form()),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """Return a package with its parts changed and more parts added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return target.getvalue()


def unchanged(name: str, part: bytes) -> bytes:
    return part


def refusal(data: bytes, name: str = "自评表.xlsx") -> str:
    """Return what a person is told about a refused file; it names what, where and a remedy."""
    with pytest.raises(InputError) as caught:
        read_table_file(data, name, lexicon=lexicon(), rule_set=rule_set())
    assert caught.value.where.startswith(name)
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xef\xbb\xbf<html><table></table>", "网页"),
        ("项目,金额".encode(), "不是表格"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
        (OLE, "已损坏"),
        (b"PK\x03\x04 nothing more", "已损坏"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_kind(data: bytes, told: str) -> None:
    assert told in refusal(data)


def test_a_zip_without_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "text")
    assert "没有工作簿或 Word 正文" in refusal(target.getvalue())


def test_a_wrong_extension_is_read_by_content_and_told() -> None:
    imported = read(GOOD["自评表.xlsx"], "自评表.xls")
    assert len(imported.evaluations) == 1
    assert any("内容其实是 .xlsx" in note for note in imported.notes)


def test_macros_are_not_run_and_told() -> None:
    data = repacked(GOOD["自评表.xlsx"], unchanged, **{"xl/vbaProject.bin": b"code"})
    imported = read(data, "自评表.xlsm")
    assert imported.evaluations == read(GOOD["自评表.xlsx"]).evaluations
    assert any("宏没有运行" in note for note in imported.notes)


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    filling = b"<a>" + b" " * 90_000_000 + b"</a>"
    data = repacked(GOOD["自评表.xlsx"], unchanged, **{"xl/worksheets/sheet9.xml": filling})
    started = time.process_time()
    assert "异常庞大" in refusal(data)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", ["自评表.xlsx", "自评表.docx"])
def test_declarations_that_could_read_other_files_are_refused(name: str) -> None:
    def poison(part_name: str, part: bytes) -> bytes:
        if part_name not in {"xl/worksheets/sheet1.xml", "word/document.xml"}:
            return part
        head, _, body = part.rpartition(b"?>")
        declaration = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        return (head + b"?>" if head else b"") + declaration + body

    assert "DOCTYPE" in refusal(repacked(GOOD[name], poison), name)


def test_a_workbook_without_the_table_says_what_was_looked_for_and_found() -> None:
    told = refusal(xlsx([Put(0, 0, "三级指标"), Put(0, 1, "分值"), Put(1, 0, "甲")]))
    assert "没有找到自评表" in told
    assert "年初预算数" in told
    assert "只找到：三级指标、分值" in told


def with_cell(row: int, column: int, value: object, number_format: str = "General") -> ImportedFile:
    """Read the published form with one cell replaced."""

    def edit(sheet: object) -> None:
        cell = sheet.cell(row + 1, column + 1)  # type: ignore[attr-defined]
        cell.value = value
        cell.number_format = number_format

    return read(xlsx(published_form(), edit=edit))


def test_a_formula_without_result_is_listed_as_not_read() -> None:
    imported = with_cell(5, 5, "=D6-E6")
    assert imported.evaluations[0].funds[0].executed == ""
    assert len(imported.unread) == 1
    assert imported.unread[0].source == "工作表“自评表1” F6"
    assert "没有保存计算结果" in imported.unread[0].reason


def test_a_formula_error_is_listed_as_not_read() -> None:
    imported = with_cell(5, 7, "#DIV/0!")
    assert imported.evaluations[0].funds[0].printed.rate == ""
    assert "公式出错" in imported.unread[0].reason


def test_words_in_a_number_cell_are_kept_as_they_are() -> None:
    assert with_cell(5, 5, "约600").evaluations[0].funds[0].executed == "约600"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.8152, "0.00%", "81.52%"),
        (619.5200000000001, "General", "619.52"),
        (1200, "#,##0.00", "1200"),
        (50, '0"个"', "50个"),
        (date(2023, 12, 31), "yyyy-mm-dd", "2023年12月31日"),
        (date(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
    ],
)
def test_figures_are_read_as_a_person_reads_the_sheet(
    value: object, number_format: str, text: str
) -> None:
    assert with_cell(12, 5, value, number_format).evaluations[0].indicators[0].actual == text


def test_shown_points_are_taken_as_displayed_and_amounts_in_full() -> None:
    assert with_cell(5, 8, 9.684737, "0.00").evaluations[0].funds[0].printed.points == "9.68"
    assert with_cell(5, 5, 600.1234, "0.00").evaluations[0].funds[0].executed == "600.1234"


def test_invisible_characters_are_removed_and_the_cell_asks_to_be_checked() -> None:
    imported = with_cell(12, 3, "交易\u200b宗数")
    assert imported.evaluations[0].indicators[0].level3 == "交易宗数"
    cell = next(one for one in imported.cells if one.path == "p1/indicators/i1/level3")
    assert (cell.certainty, cell.note) == ("请核对", "已删去看不见的控制字符")


def test_a_text_too_long_to_keep_is_refused_with_its_cell() -> None:
    cells = [one for one in published_form() if (one.row, one.column) != (12, 8)]
    told = refusal(docx_file([*cells, Put(12, 8, "长" * 20_001)]), "自评表.docx")
    assert "表1 第13行第9列" in told
    assert "20001 字" in told


def test_ten_megabytes_in_one_cell_are_refused_quickly() -> None:
    def swell(name: str, part: bytes) -> bytes:
        long = b"x" * 10_500_000
        text = "交易宗数".encode("ascii", "xmlcharrefreplace")
        return part.replace(text, long)

    started = time.process_time()
    assert "文字太长" in refusal(repacked(GOOD["自评表.xlsx"], swell))
    assert time.process_time() - started < 5


def with_shared_strings(data: bytes) -> bytes:
    """Return a workbook whose texts stand in one list, with reading aids, as Excel writes them."""
    items: list[bytes] = []

    def share(found: re.Match[bytes]) -> bytes:
        items.append(b"<si>" + found[1] + b"<rPh sb='0' eb='1'><t>du</t></rPh></si>")
        return b't="s"><v>%d</v>' % (len(items) - 1)

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            link = b'<Relationship Id="rId99" Type="%s/sharedStrings" Target="texts.xml"/>' % kind
            return part.replace(b"</Relationships>", link + b"</Relationships>")
        return re.sub(rb't="inlineStr"><is>(.*?)</is>', share, part, flags=re.DOTALL)

    changed = repacked(data, change)
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return repacked(changed, unchanged, **{"xl/texts.xml": texts + b"".join(items) + b"</sst>"})


def test_texts_shared_by_all_cells_read_the_same() -> None:
    data = with_shared_strings(GOOD["自评表.xlsx"])
    assert read(data).evaluations == read(GOOD["自评表.xlsx"]).evaluations
    assert read(data).unread == ()


def test_hidden_sheets_are_left_out_and_told() -> None:
    book = Workbook()
    book.create_sheet("旧表").sheet_state = "hidden"
    del book["Sheet"]
    book.create_sheet("空")
    assert "没有找到自评表" in refusal(saved(book))

    def edit(sheet: object) -> None:
        sheet.parent.create_sheet("去年").sheet_state = "hidden"  # type: ignore[attr-defined]

    notes = read(xlsx(published_form(), edit=edit)).notes
    assert any("工作表“去年”是隐藏的" in note for note in notes)


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    document = docx.Document(io.BytesIO(GOOD["自评表.docx"]))
    paragraph = document.tables[0].cell(12, 5).paragraphs[0]
    for tag, text_tag, text in (("w:ins", "w:t", "1300"), ("w:del", "w:delText", "1239")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        change.set(qn("w:id"), "1")
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    for run in list(paragraph.runs):
        paragraph._p.remove(run._r)
    target = io.BytesIO()
    document.save(target)
    imported = read(target.getvalue(), "修订.docx")
    assert imported.evaluations[0].indicators[0].actual == "1300"
    assert any("修订痕迹" in note for note in imported.notes)


def test_a_million_blank_rows_do_not_matter_and_real_ones_are_bounded() -> None:
    def blank(name: str, part: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(30, 200_000)
        )
        is_sheet = name.startswith("xl/worksheets/")
        return part.replace(b"</sheetData>", rows + b"</sheetData>") if is_sheet else part

    started = time.process_time()
    imported = read(repacked(GOOD["自评表.xlsx"], blank))
    assert imported.evaluations == read(GOOD["自评表.xlsx"]).evaluations

    def full(name: str, part: bytes) -> bytes:
        rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(30, 51_000))
        return part.replace(b"</sheetData>", rows + b"</sheetData>")

    assert "超过 50000 行" in refusal(repacked(GOOD["自评表.xlsx"], full))
    assert time.process_time() - started < 20


def test_an_old_workbook_that_would_abort_its_reader_is_refused() -> None:
    data = bytearray(GOOD["自评表.xls"])
    dimensions = data.index(b"\x00\x02\x0e\x00")  # the record that says how many rows there are
    data[dimensions + 11] = 234
    assert "已损坏" in refusal(bytes(data), "自评表.xls")


def test_rows_of_details_under_the_table_are_counted_not_listed_one_by_one() -> None:
    details = [Put(30 + row, 0, f"明细{row}") for row in range(1500)]
    imported = read(xlsx([*published_form(), *details]))
    assert len(imported.unread) == 1000
    assert any("还有 500 格内容没有读入" in note for note in imported.notes)


@pytest.mark.parametrize("name", GOOD)
def test_damaged_files_are_read_or_refused_but_never_crash(name: str) -> None:
    told: list[str] = []
    source = random.Random(20230)  # noqa: S311 - the same damage each time
    started = time.process_time()
    for _ in range(200):
        data = bytearray(GOOD[name])
        kind = source.randrange(3)
        if kind == 0:
            data = data[: source.randrange(len(data))]
        for _ in range(0 if kind == 0 else source.choice((1, 8, 200))):
            data[source.randrange(len(data))] = source.randrange(256)
        try:
            read_table_file(bytes(data), name, lexicon=lexicon(), rule_set=rule_set())
        except InputError as error:
            told.append(error.remedy)
    assert all(told)
    assert time.process_time() - started < 60


@pytest.mark.parametrize("name", ["自评表.xlsx", "自评表.docx"])
def test_damaged_parts_inside_a_sound_package_never_crash(name: str) -> None:
    told: list[str] = []
    source = random.Random(7)  # noqa: S311 - the same damage each time

    def scratch(part_name: str, part: bytes) -> bytes:
        if not part_name.endswith((".xml", ".rels")) or source.random() < 0.6:
            return part
        data = bytearray(part)
        for _ in range(source.choice((1, 2, 5))):
            at = source.randrange(len(data))
            data[at : at + source.randrange(4)] = source.choice((b"9", b"-1", b"", b"A", b"\xe4"))
        return bytes(data)

    for _ in range(200):
        try:
            read_table_file(
                repacked(GOOD[name], scratch), name, lexicon=lexicon(), rule_set=rule_set()
            )
        except InputError as error:
            told.append(error.remedy)
    assert all(told)


def test_parts_swapped_between_files_never_crash() -> None:
    source = random.Random(11)  # noqa: S311 - the same damage each time
    parts: list[bytes] = []
    for name in ("自评表.xlsx", "自评表.docx"):
        with zipfile.ZipFile(io.BytesIO(GOOD[name])) as package:
            parts += [package.read(one) for one in package.namelist()]
    told: list[str] = []
    for number in range(60):
        name = ("自评表.xlsx", "自评表.docx")[number % 2]

        def swap(_: str, part: bytes) -> bytes:
            return source.choice(parts) if source.random() < 0.2 else part

        try:
            read_table_file(
                repacked(GOOD[name], swap), name, lexicon=lexicon(), rule_set=rule_set()
            )
        except InputError as error:
            told.append(error.remedy)
    assert told
    assert all(told)
