"""Whether an edited file is found out, and by which figure."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest

from ziping.documents.verify import verify_word
from ziping.documents.word import write_word
from ziping.domain.draft import Author, SectionText
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage

Packages = Callable[..., ReportPackage]


def edited(data: bytes, change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a file with the parts of a name changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            new.writestr(one, change(part.decode()) if re.fullmatch(name, one) else part)
    return target.getvalue()


def test_untouched_file_holds_and_says_where_it_comes_from(make_package: Packages) -> None:
    package = make_package()
    result = verify_word(write_word(package))
    assert result.holds
    assert result.rule_set == package.rule_set.id
    assert result.exported_at == "2024-03-01T09:30:00+00:00"
    assert any(check.what.endswith("年度资金总额 · 执行率") for check in result.checks)


def test_file_saved_again_without_changes_still_holds(
    make_package: Packages, long_report: Report, hostile_report: Report, example: Report
) -> None:
    for report in (example, long_report, hostile_report):
        data = write_word(make_package(report))
        result = verify_word(edited(data, lambda _: None))
        assert [check for check in result.checks if not check.holds] == []


def test_changed_digit_in_a_cell_is_named(make_package: Packages) -> None:
    def change(document: docx.document.Document) -> None:
        row = next(
            row
            for row in document.tables[0].rows
            if "可持续影响情况" in [one.text for one in row.cells]
        )
        row.cells[7].paragraphs[0].runs[0].text = "9"

    result = verify_word(edited(write_word(make_package()), change))
    changed = [check for check in result.checks if not check.holds]
    assert not result.holds
    assert [(one.stated, one.found) for one in changed] == [("8", "9")]
    assert "可持续影响情况" in changed[0].what
    assert "得分" in changed[0].what


def test_changed_sentence_of_a_section_is_quoted_before_and_after(make_package: Packages) -> None:
    def change(document: docx.document.Document) -> None:
        paragraph = next(one for one in document.paragraphs if "619.52" in one.text)
        paragraph.runs[0].text = paragraph.runs[0].text.replace("619.52", "619.25", 1)

    package = make_package()
    result = verify_word(edited(write_word(package), change))
    changed = [check for check in result.checks if not check.holds]
    [one] = changed
    assert one.stated.replace("619.52", "619.25", 1) == one.found
    assert "619.25" in one.found
    assert one.stated.startswith("“")
    assert one.stated.endswith(("。”", "；”"))
    first = next(one for one in package.outline.sections if one.fallback)
    assert one.what == f"章节 {first.heading}"


def test_added_and_removed_sentences_are_quoted(make_package: Packages) -> None:
    def change(document: docx.document.Document) -> None:
        paragraph = next(one for one in document.paragraphs if "619.52" in one.text)
        paragraph.runs[0].text += "另支付尾款1万元。"

    result = verify_word(edited(write_word(make_package()), change))
    [one] = [check for check in result.checks if not check.holds]
    assert (one.stated, one.found) == ("（没有这句话）", "“另支付尾款1万元。”")


def test_file_of_an_older_version_names_the_changed_number(make_package: Packages) -> None:
    """Its manifest has fingerprints and numbers of the sections, not their texts."""
    data = with_part(
        write_word(make_package()),
        r"customXml/item\d+\.xml",
        lambda text: re.sub(r"(<section [^>]*)>[^<]*</section>", r"\1/>", text),
    )

    def change(document: docx.document.Document) -> None:
        paragraph = next(one for one in document.paragraphs if "619.52" in one.text)
        paragraph.runs[0].text = paragraph.runs[0].text.replace("619.52", "619.25", 1)

    [one] = [check for check in verify_word(edited(data, change)).checks if not check.holds]
    assert (one.stated, one.found) == ("数字 619.52", "数字 619.25")


def test_removed_row_and_removed_heading_are_named(make_package: Packages) -> None:
    def change(document: docx.document.Document) -> None:
        table = document.tables[0]._tbl
        table.remove(table.tr_lst[4])
        heading = next(one for one in document.paragraphs if one.text == "（二）存在的问题")
        heading.runs[0].text = ""

    result = verify_word(edited(write_word(make_package()), change))
    changed = [check for check in result.checks if not check.holds]
    assert any("当年财政拨款" in one.what and "已不在" in one.found for one in changed)
    assert any(one.what == "章节 （二）存在的问题" for one in changed)


def test_changed_words_and_long_texts_are_named(make_package: Packages) -> None:
    def change(document: docx.document.Document) -> None:
        row = next(
            row for row in document.tables[0].rows if row.cells[1].text.startswith("持续推进")
        )
        row.cells[1].paragraphs[0].runs[0].text = "另一个很长的目标" * 10

    changed = [
        check
        for check in verify_word(edited(write_word(make_package()), change)).checks
        if not check.holds
    ]
    assert len(changed) == 1
    assert "预期目标" in changed[0].what
    assert changed[0].found.startswith("另一个很长的目标")


def test_file_without_our_manifest_says_so() -> None:
    target = io.BytesIO()
    docx.Document().save(target)
    result = verify_word(target.getvalue())
    assert not result.has_manifest
    assert not result.holds


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 40 * 1024 * 1024)
    return target.getvalue()


def _with_document(xml: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
        archive.writestr(
            "customXml/item1.xml",
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        )
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"not a file", "这不是 .docx 文件"),
        (_bomb(), "异常庞大"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "打开密码"),
        (_with_document(b"<a/>"), "DOCTYPE"),
    ],
)
def test_unreadable_file_is_refused_in_chinese(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        verify_word(data)


def test_a_line_that_reads_like_a_heading_is_no_heading(make_package: Packages) -> None:
    """A text with the words of a later heading, or of the closing line, raises no alarm."""
    package = make_package()
    first = next(one for one in package.outline.sections if one.fallback)
    later = package.outline.sections[-1].heading
    text = f"甲。\n{later}\n附件：项目支出绩效自评表另附。\n乙。"
    section = SectionText(section_id=first.id, text=text, author=Author.HUMAN)
    changed = package.model_copy(update={"sections": {**package.sections, first.id: section}})

    assert verify_word(write_word(changed)).holds
