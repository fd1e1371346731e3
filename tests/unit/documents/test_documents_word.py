"""What a reader finds in the Word file."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from ziping.content.library import Content
from ziping.documents.importing import read_table_file
from ziping.documents.verify import verify_word
from ziping.documents.word import write_word
from ziping.domain.errors import InputError
from ziping.domain.evaluation import FundRow, FundSource, Objective, Report
from ziping.domain.package import ReportPackage

Packages = Callable[..., ReportPackage]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def own_template(*, footer: str = "某单位", heading_font: str = "华文楷体") -> bytes:
    """Return a unit's own Word file with page set-up, header, styles and an old text."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = Mm(33)
    section.header.paragraphs[0].text = "某单位文件用纸"
    section.footer.paragraphs[0].text = footer
    document.styles["Heading 1"].element.get_or_add_rPr().get_or_add_rFonts().set(
        qn("w:eastAsia"), heading_font
    )
    document.add_heading("上年度的旧标题", 1)
    document.add_paragraph("上年度的旧正文，不应出现在新报告里。")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_report_has_title_headings_and_texts_in_outline_order(make_package: Packages) -> None:
    package = make_package()
    document = opened(write_word(package))
    headings = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style is not None and str(one.style.name).startswith("Heading")
    ]
    expected = [(f"Heading {one.level}", one.heading) for one in package.outline.sections]
    assert headings == expected
    texts = [one.text for one in document.paragraphs]
    assert "怀化市公共资源交易中心2023年度\n项目支出绩效自评报告" in texts
    assert texts[0] == "附件2"
    assert any(text.startswith("项目年初预算数760万元") for text in texts)


def test_every_run_and_the_defaults_name_a_chinese_font(make_package: Packages) -> None:
    data = write_word(make_package())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not re.fullmatch(r"word/(document|footer\d|header\d)\.xml", name):
                continue
            for run in etree.fromstring(archive.read(name)).iter(f"{W}r"):
                fonts = run.find(f"{W}rPr/{W}rFonts")
                assert fonts is not None
                assert fonts.get(f"{W}eastAsia")
    styles = part(data, "word/styles.xml")
    assert "Theme=" not in styles
    assert 'w:eastAsia="方正小标宋简体"' in styles
    assert 'w:eastAsia="仿宋_GB2312"' in styles.split("</w:docDefaults>", maxsplit=1)[0]


def test_page_has_the_official_margins_line_pitch_and_number(make_package: Packages) -> None:
    data = write_word(make_package())
    section = opened(data).sections[0]
    sides = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
        section.page_width,
    )
    assert [round((side or 0) / 36_000) for side in sides] == [37, 35, 28, 26, 210]
    body = next(
        one for one in opened(data).styles if one.name == "自评正文"
    ).element  # the style every paragraph of text has
    assert body.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "579"
    assert body.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"
    footer = part(data, "word/footer1.xml")
    assert " PAGE " in footer
    assert "— " in footer


def test_contents_list_the_headings_with_a_link_to_each_page(make_package: Packages) -> None:
    package = make_package()
    data = write_word(package)
    document = etree.fromstring(part(data, "word/document.xml").encode())
    codes = [one.text or "" for one in document.iter(f"{W}instrText")]
    assert any(code.strip().startswith('TOC \\o "1-2"') for code in codes)
    contents = next(document.iter(f"{W}sdt"))
    links = [one.get(f"{W}anchor") for one in contents.iter(f"{W}hyperlink")]
    bookmarks = {one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")}
    assert len(links) == sum(one.level <= 2 for one in package.outline.sections)
    assert set(links) <= bookmarks
    assert "updateFields" in part(data, "word/settings.xml")


def test_no_paragraph_of_the_report_is_empty(make_package: Packages) -> None:
    document = opened(write_word(make_package()))
    assert all(one.text.strip() for one in document.paragraphs)


def test_missing_section_and_placeholders_are_marked(make_package: Packages) -> None:
    package = make_package(leave_out=("lessons.problems",))
    written = write_word(package)
    document = opened(written)
    assert any(one.text == "【待补充：本节尚未起草】" for one in document.paragraphs)
    marked = [
        run.text
        for one in document.paragraphs
        for run in one.runs
        if run._r.find(f"{W}rPr/{W}shd") is not None
    ]
    assert "【待补充：单位实际做法】" in marked


def test_numbered_lead_in_is_bold_and_decimals_are_not(make_package: Packages) -> None:
    document = opened(write_word(make_package(text="1.资金合规。支出齐全。\n1.5万元已支付。")))
    lead = next(one for one in document.paragraphs if one.text.startswith("1.资金合规"))
    assert [(run.text, run.bold) for run in lead.runs] == [
        ("1.资金合规。", True),
        ("支出齐全。", None),
    ]
    decimal = next(one for one in document.paragraphs if one.text.startswith("1.5"))
    assert not decimal.runs[0].bold


def test_draft_carries_its_mark_and_final_does_not(make_package: Packages) -> None:
    draft, final = write_word(make_package()), write_word(make_package(status="定稿"))
    assert opened(draft).sections[0].header.paragraphs[0].text == "送审稿"
    assert "送审稿" not in "".join(
        part(final, name) for name in ("word/document.xml", "word/styles.xml")
    )
    assert opened(final).sections[0].header.is_linked_to_previous


def test_table_has_the_form_of_the_reference(make_package: Packages) -> None:
    table = opened(write_word(make_package())).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][0] == "项目支出名称"
    assert set(rows[0][1:]) == {"专项业务（工作）经费"}
    funds = {row[1]: row[3:] for row in rows if row[0].startswith("项目资金")}
    assert funds["年度资金总额"] == ["760", "619.52", "619.52", "10", "100%", "10"]
    assert funds["其中：当年财政拨款"][3:] == ["—", "—", "—"]
    lines = {row[3]: row for row in rows if row[0] == "绩效指标"}
    assert lines["交易宗数"][1] == lines["质量达标率"][1] == "产出指标（50分）"
    assert lines["可持续影响情况"][6:8] == ["10", "8"]
    assert rows[-1] == ["总分"] * 6 + ["100", "98", "优"]


def test_undetermined_line_and_total_are_printed_as_pending(
    make_package: Packages, example: Report
) -> None:
    project = example.projects[0]
    lines = (project.indicators[0].model_copy(update={"actual": ""}), *project.indicators[1:])
    report = example.model_copy(
        update={"projects": (project.model_copy(update={"indicators": lines}),)}
    )
    rows = [[cell.text for cell in row.cells] for row in opened_rows(make_package(report))]
    assert next(row for row in rows if row[3] == "交易宗数")[7] == "待定"
    assert rows[-1][7] == "待定"
    assert rows[-1][8].startswith("已定")


def opened_rows(package: ReportPackage) -> list[docx.table._Row]:
    return list(opened(write_word(package)).tables[0].rows)


def test_amounts_print_as_entered_and_all_objectives_and_sources_appear(
    make_package: Packages, example: Report
) -> None:
    project = example.projects[0].model_copy(
        update={
            "funds": (
                FundRow(source=FundSource.TOTAL, annual_budget="１,２００万元", executed="1 200"),
                FundRow(source=FundSource.SPECIAL_ACCOUNT, annual_budget="30"),
            ),
            "objectives": tuple(Objective(expected=f"目标{n}") for n in (1, 2, 3, 4)),
        }
    )
    rows = [
        [cell.text for cell in row.cells]
        for row in opened_rows(make_package(example.model_copy(update={"projects": (project,)})))
    ]
    texts = [text for row in rows for text in row]
    assert "１,２００万元" in texts
    assert "1 200" in texts
    assert "财政专户管理资金" in texts
    assert sum(row[1].startswith("目标") for row in rows) == 4


def test_forty_indicators_repeat_their_header_and_rows_stay_whole(
    make_package: Packages, long_report: Report
) -> None:
    document = opened(write_word(make_package(long_report)))
    assert len(document.tables) == 2
    first = document.tables[1].rows[0]._tr
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in document.tables[1].rows)
    assert len(document.tables[1].rows) == 42


def test_each_project_begins_a_page_of_its_own(make_package: Packages, example: Report) -> None:
    second = example.projects[0].model_copy(update={"id": "p2", "name": "第二个项目"})
    report = example.model_copy(update={"projects": (example.projects[0], second)})
    document = opened(write_word(make_package(report)))
    assert len(document.tables) == 2
    assert len(document.sections) == 2
    labels = [one for one in document.paragraphs if one.text == "附件2-1"]
    breaks = [one._p.find(f"{W}pPr/{W}pageBreakBefore") is not None for one in labels]
    assert breaks == [False, True]


def test_report_without_projects_is_still_a_whole_document(
    make_package: Packages, example: Report
) -> None:
    package = make_package(example.model_copy(update={"projects": ()}))
    document = opened(write_word(package))
    assert not document.tables
    assert len(document.sections) == 1


def test_hostile_texts_neither_break_nor_change_the_file(
    make_package: Packages, hostile_report: Report
) -> None:
    package = make_package(hostile_report, text="]]><w:p/>&\x00😀 " * 3000)
    document = opened(write_word(package))
    assert document.tables[0].rows[0].cells[1].text.startswith("=1+1 <b>&amp;]]>😀")
    assert any(one.text.startswith("]]><w:p/>&😀") for one in document.paragraphs)


def test_same_report_gives_the_same_bytes(make_package: Packages) -> None:
    assert write_word(make_package()) == write_word(make_package())


def test_unit_template_keeps_its_look_and_loses_its_text(make_package: Packages) -> None:
    data = write_word(make_package(), base=own_template())
    document = opened(data)
    section = document.sections[0]
    assert round((section.left_margin or 0) / 36_000) == 33
    assert [one.text for one in section.header.paragraphs] == ["某单位文件用纸", "送审稿"]
    assert section.footer.paragraphs[0].text == "某单位"
    assert "旧正文" not in part(data, "word/document.xml")
    heading = next(one for one in document.paragraphs if one.text == "一、项目基本情况")
    assert heading.style is not None
    assert heading.style.name == "Heading 1"
    fonts = heading.runs[0]._r.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(f"{W}eastAsia") == "华文楷体"
    assert document.tables


def test_final_report_on_a_template_carries_no_draft_mark(make_package: Packages) -> None:
    document = opened(write_word(make_package(status="定稿"), base=own_template()))
    assert [one.text for one in document.sections[0].header.paragraphs] == ["某单位文件用纸"]


def test_our_own_draft_serves_as_template_for_the_final_report(make_package: Packages) -> None:
    draft = write_word(make_package(), base=own_template())
    document = opened(write_word(make_package(status="定稿"), base=draft))
    assert [one.text for one in document.sections[0].header.paragraphs] == ["某单位文件用纸"]
    own = write_word(make_package())
    again = opened(write_word(make_package(), base=own))
    assert [one.text for one in again.sections[0].header.paragraphs] == ["送审稿"]
    sides = [round((one.left_margin or 0) / 36_000) for one in again.sections]
    assert sides == [28, 18]
    assert "送审稿" not in "".join(
        one.text
        for one in opened(write_word(make_package(status="定稿"), base=own))
        .sections[0]
        .header.paragraphs
    )


def _with_part(data: bytes, name: str, blob: bytes) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, blob)
    return target.getvalue()


@pytest.mark.parametrize(
    ("base", "told"),
    [
        (b"", "文件是空的"),
        (b"hello", "这不是 .docx 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "打开密码"),
        (own_template()[:4000], "已损坏"),
        (_with_part(own_template(), "word/vbaProject.bin", b"x"), "宏"),
        (_with_part(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"x"), "这不是 Word 文档"),
    ],
)
def test_unusable_template_is_refused_in_chinese(
    make_package: Packages, base: bytes, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        write_word(make_package(), base=base)


def test_template_with_a_second_properties_part_still_gives_one(make_package: Packages) -> None:
    base = _with_part(own_template(), "docProps/core2.xml", b"<x/>")
    with zipfile.ZipFile(io.BytesIO(write_word(make_package(), base=base))) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    assert [name for name in names if "core" in name] == ["docProps/core.xml"]


@pytest.mark.office
def test_office_program_turns_the_file_into_pdf(
    make_package: Packages, soffice_path: str, tmp_path: Path
) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(write_word(make_package()))
    command = [soffice_path, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "report.pdf").stat().st_size > 20_000


@pytest.mark.office
def test_file_saved_by_another_office_program_still_holds(
    make_package: Packages, soffice_path: str, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "report.docx"
    source.write_bytes(write_word(make_package()))
    command = [soffice_path, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "report.docx").read_bytes()
    assert verify_word(saved).holds
    assert verify_word(write_word(make_package(), base=saved)).holds


def test_exported_tables_are_read_back_as_they_were(
    make_package: Packages, content: Content, example: Report, long_report: Report
) -> None:
    for report in (example, long_report):
        package = make_package(report)
        imported = read_table_file(
            write_word(package), "导出.docx", lexicon=content.lexicon(), rule_set=package.rule_set
        )
        (read,) = imported.evaluations
        (written,) = report.projects
        assert [(one.level3, one.target, one.actual, one.weight) for one in read.indicators] == [
            (one.level3, one.target, one.actual, one.weight) for one in written.indicators
        ]
        assert read.funds[0].executed == written.funds[0].executed
