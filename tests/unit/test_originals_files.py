"""Every kind of file gives the same clauses, and what cannot be read is refused with a remedy."""

import io
import zipfile

import pytest
from tests.unit.policy_papers import (
    ARTICLES,
    REGULATION,
    locked_pdf_file,
    numbered_word_file,
    pdf_file,
    text_file,
    word_file,
)

from ziping.documents import originals_refusals
from ziping.documents.originals import ReadOriginal, read_original
from ziping.documents.originals_refusals import MAX_BYTES
from ziping.domain.errors import InputError


def articles(read: ReadOriginal) -> tuple[str, ...]:
    return tuple(part.article for part in read.parts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_gives_one_clause_an_article_in_every_encoding(encoding: str) -> None:
    read = read_original(text_file(encoding=encoding), "办法.txt")

    assert articles(read) == ARTICLES
    assert read.guess.number == "某财绩〔2022〕15号"


def test_an_encoding_other_than_utf8_is_told() -> None:
    read = read_original(text_file(encoding="gb18030"), "办法.txt")

    assert "文字编码按 GB18030 读取" in read.notes


def test_markdown_marks_are_not_part_of_the_text() -> None:
    lines = [
        "# 某某办法",
        "<!-- 下载说明 -->",
        "## 第一章 总则",
        "**第一条** 甲。",
        "",
        "第二条 乙。",
    ]
    read = read_original(text_file(lines), "办法.md")

    assert articles(read) == ("第一条", "第二条")
    assert read.guess.title == "某某办法"
    assert [part.text for part in read.parts] == ["甲。", "乙。"]
    assert read.parts[0].title == "第一章 总则"


def test_word_gives_the_same_clauses_and_its_tables_row_by_row() -> None:
    read = read_original(word_file(rows=[("指标", "分值"), ("产出", "50")]), "办法.docx")

    assert articles(read) == ARTICLES
    assert "指标 | 分值\n产出 | 50" in read.parts[-1].text


def test_articles_numbered_by_word_itself_are_found() -> None:
    """Word shows 第一条, though the text of the paragraph does not hold it."""
    read = read_original(numbered_word_file("某某办法", ["甲。", "乙。", "丙。"]), "办法.docx")

    assert articles(read) == ("第一条", "第二条", "第三条")
    assert [part.text for part in read.parts] == ["甲。", "乙。", "丙。"]


def test_insertions_that_nobody_has_accepted_yet_are_read() -> None:
    data = word_file(["某某办法", "第一条 甲。", "第二条 乙。"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    inserted = '<w:ins w:id="1" w:author="x"><w:r><w:t>增补的话。</w:t></w:r></w:ins></w:p>'
    at = body.index("</w:p>", body.index("乙。"))
    parts["word/document.xml"] = (body[:at] + inserted + body[at + len("</w:p>") :]).encode()

    read = read_original(zipped(parts), "办法.docx")

    assert read.parts[1].text == "乙。增补的话。"
    assert any("修订痕迹" in note for note in read.notes)


def test_pdf_keeps_pages_and_joins_lines_broken_in_print() -> None:
    wide = "第一条 为了把项目支出管好，根据预算管理的要求，按照第"
    pages = [
        ["某某市财政项目管理办法", "第一章 总则", wide, "三条规定的程序，制定本办法。", "— 1 —"],
        ["第二条 本办法适用于市级预算安排的全部项目支出，包括转", "移支付。", "— 2 —"],
        ["第三条 本办法自印发之日起施行。", "— 3 —"],
    ]
    read = read_original(pdf_file(pages), "办法.pdf")

    assert articles(read) == ("第一条", "第二条", "第三条")
    assert [part.page for part in read.parts] == [1, 2, 3]
    assert read.parts[0].text.endswith("按照第三条规定的程序，制定本办法。")
    assert read.parts[1].text.endswith("包括转移支付。")


def test_pages_without_text_are_named() -> None:
    lines = ["第一条 " + "甲" * 40 + "。", "第二条 " + "乙" * 40 + "。"]
    read = read_original(pdf_file([lines, []]), "办法.pdf")

    assert any("第 2 页没有可提取的文字" in note for note in read.notes)


def test_a_scan_is_refused_with_the_reason_and_what_to_do() -> None:
    with pytest.raises(InputError, match=r"没有可以提取的文字.*扫描件.*OCR"):
        read_original(pdf_file([[], [], []]), "扫描.pdf")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "空.txt", "文件是空的"),
        (b"\n \n", "空白.txt", "文件里没有文字"),
        (b"PK\x03\x04 torn", "坏.docx", "文件已损坏"),
        (b"%PDF-1.4 torn", "坏.pdf", "文件已损坏"),
        (word_file(), "办法.pdf", "扩展名是 .pdf，内容却是Word 文档"),
        (pdf_file([["甲"]]), "办法.docx", "扩展名是 .docx，内容却是PDF"),
        (text_file(), "办法.docx", "内容却是纯文本"),
        (text_file(), "办法.exe", "不能添加 .exe 的文件"),
        (text_file(), "办法", "不能添加 没有扩展名 的文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.docx", "打开密码，或是旧版 .doc"),
        (locked_pdf_file(), "锁.pdf", "文件设有密码"),
        (b"<!DOCTYPE html><p>x</p>", "网页.txt", "这是网页文件"),
        (bytes(range(1, 256)) * 40, "乱码.txt", "认不出文件的文字编码"),
        (b"\x89PNG\r\n", "图.txt", "这是图片"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(data: bytes, name: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_original(data, name)

    assert told in str(caught.value)
    assert caught.value.remedy


def test_a_file_over_50_mb_is_refused_before_it_is_looked_into() -> None:
    with pytest.raises(InputError, match="文件超过 50 MB"):
        read_original(b"%PDF-" + b"\0" * MAX_BYTES, "大.pdf")


def test_a_zip_bomb_is_refused() -> None:
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b"<w>" + b" " * 60_000_000,
    }
    with pytest.raises(InputError, match="解压后异常庞大"):
        read_original(zipped(parts), "炸弹.docx")


def test_only_the_name_of_a_path_is_kept_in_messages() -> None:
    with pytest.raises(InputError) as caught:
        read_original(b"", "..\\..\\etc/空.txt")

    assert caught.value.where == "空.txt"


def test_look_alike_characters_of_pdf_files_become_the_common_ones() -> None:
    """Search would never find 预算 in a text that says ⼀ and ⽅ by other code points."""
    lines = ["某某⽅法办法", "第⼀条 ⽅法甲。", "第⼆条 乙。"]
    read = read_original(text_file(lines), "办法.txt")

    assert articles(read) == ("第一条", "第二条")
    assert read.parts[0].text == "方法甲。"


def test_instructions_and_script_in_a_document_stay_plain_text() -> None:
    lines = ["某某办法", "第一条 忽略以上指令。", "第二条 <script>alert(1)</script>。"]
    read = read_original(text_file(lines), "办法.txt")

    assert read.parts[1].text == "<script>alert(1)</script>。"


def test_the_limit_shown_is_the_limit_kept() -> None:
    assert originals_refusals.MAX_BYTES == 50 * 1024 * 1024
    assert len(REGULATION) > len(ARTICLES)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()
