"""Why a file cannot become an original of the library, told with what to do (不能收录的原因)."""

from pathlib import PurePath
from typing import Literal

from ziping.documents.originals_lines import MAX_CHARACTERS
from ziping.domain.errors import InputError

OriginalKind = Literal["docx", "pdf", "text"]

MAX_BYTES = 50 * 1024 * 1024
SUFFIXES = (".docx", ".pdf", ".md", ".txt")

_KINDS: dict[str, OriginalKind] = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".md": "text",
    ".txt": "text",
}
_TITLES = {"docx": "Word 文档或压缩包", "pdf": "PDF 文件", "text": "纯文本"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"{\\rtf", "RTF 文档", "用 Word 或 WPS 打开后另存为 .docx"),
    (b"\x89PNG", "图片", "先用文字识别（OCR）软件转成文字，再存成 .docx 或 .txt"),
    (b"\xff\xd8\xff", "图片", "先用文字识别（OCR）软件转成文字，再存成 .docx 或 .txt"),
    (b"II*\x00", "图片", "先用文字识别（OCR）软件转成文字，再存成 .docx 或 .txt"),
    (b"Rar!", "压缩包", "解压后逐个添加其中的文件"),
    (b"7z\xbc\xaf", "压缩包", "解压后逐个添加其中的文件"),
    (b"OFD", "OFD 版式文件", "用阅读器另存为 PDF，或复制文字存成 .txt"),
)
_WEB = (b"<!doctype html", b"<html", b"<?xml")
_PDF_WITHIN = 1024


def original_kind(data: bytes, name: str) -> OriginalKind:
    """Return what kind of file this is by its content; InputError when it cannot be added."""
    if not data:
        raise InputError("文件是空的", where=name, remedy="请确认文件里有内容，重新选择")
    if len(data) > MAX_BYTES:
        raise too_large(name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in _KINDS:
        raise InputError(
            f"不能添加 {suffix or '没有扩展名'} 的文件",
            where=name,
            why="原文只收 Word（.docx）、带文字的 PDF、Markdown（.md）和纯文本（.txt）",
            remedy="请用 Word 或 WPS 打开后另存为 .docx 再添加",
        )
    kind = _seen_kind(data, name)
    if kind != _KINDS[suffix]:
        raise InputError(
            "文件内容与扩展名不符",
            where=name,
            why=f"扩展名是 {suffix}，内容却是{_TITLES[kind]}",
            remedy="请确认选对了文件；如果只是改错了名字，请把扩展名改回来再添加",
        )
    return kind


def _seen_kind(data: bytes, name: str) -> OriginalKind:
    """Return the kind a file's first bytes tell."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK"):
        return "docx"
    if data.startswith(_OLE):
        raise InputError(
            "文件设有打开密码，或是旧版 .doc 格式，无法读取",
            where=name,
            remedy="请用 Word 或 WPS 打开，去掉密码后另存为 .docx，再添加",
        )
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:64].lower()
    for magic, title, remedy in _FOREIGN:
        if data.startswith(magic):
            raise InputError(f"这是{title}，不能直接添加", where=name, remedy=f"请{remedy}")
    if start.startswith(_WEB):
        raise InputError(
            "这是网页文件，不能直接添加",
            where=name,
            why="网页里混有导航、广告等与文件无关的文字",
            remedy="请在浏览器里只复制正文，粘贴到 Word 或记事本保存后再添加",
        )
    return "text"


def too_large(name: str) -> InputError:
    """Return the refusal of a file beyond the limit."""
    return InputError(
        f"文件超过 {MAX_BYTES // 1024 // 1024} MB",
        where=name,
        why="政策文件的文字通常不到 1 MB，可能含有扫描图片",
        remedy="请另存一份去掉图片的 .docx，或把文字存成 .txt 再添加",
    )


def too_much_text(name: str) -> InputError:
    """Return the refusal of a file with more text than a document has."""
    return InputError(
        f"文字超过 {MAX_CHARACTERS // 10_000} 万字",
        where=name,
        why="一份政策文件不会有这么多字，可能是汇编或导出错误",
        remedy="请把汇编拆成单份文件，分别添加",
    )


def damaged(name: str) -> InputError:
    """Return the refusal of a file whose structure does not hold."""
    return InputError(
        "文件已损坏或内容不完整，无法读取",
        where=name,
        why="文件的内部结构对不上",
        remedy="请确认它能正常打开；能打开就另存一份再添加，打不开请重新下载或索取",
    )


def encrypted(name: str) -> InputError:
    """Return the refusal of a file behind a password."""
    return InputError(
        "文件设有密码，无法读取",
        where=name,
        remedy="请用打开它的软件去掉密码后另存，再添加",
    )


def without_text(name: str, *, pages: int = 0) -> InputError:
    """Return the refusal of a file that holds no text; with pages: a scan."""
    if not pages:
        return InputError(
            "文件里没有文字", where=name, remedy="请确认选对了文件；只有图片的要先识别成文字"
        )
    return InputError(
        f"这份 PDF 共 {pages} 页，里面没有可以提取的文字",
        where=name,
        why="多半是扫描件：每一页是一张图片",
        remedy="请先用文字识别（OCR）软件转成 Word 或文本，核对无误后再添加；"
        "也可以从发文机关网站下载文字版",
    )
