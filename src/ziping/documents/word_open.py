"""Opening a Word file that somebody else made, within bounds (安全打开)."""

import io
import re
import zipfile
import zlib

from lxml import etree

from ziping.domain.errors import InputError

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_ENTRIES = 2_000
FREE_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_RATIO = 150
"""Unpacked ÷ packed from which a file over `FREE_UNPACKED_BYTES` is taken for a zip bomb."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx，再上传一次"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_parts(data: bytes, *, where: str) -> dict[str, bytes]:
    """Return the parts of a .docx by name.

    Args:
        data: The file.
        where: What the file is, in Chinese, for messages.

    Raises:
        InputError: It is not a .docx, is damaged, encrypted, too large, or carries macros.
    """
    _refuse_at_sight(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_oversize(archive.infolist(), len(data), where)
            parts = {name: archive.read(name) for name in dict.fromkeys(archive.namelist())}
    except _UNREADABLE:
        raise _damaged(where) from None
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise InputError(
            "这不是 Word 文档", where=where, why="压缩包里没有 Word 正文", remedy=_SAVE_AGAIN
        )
    _refuse_macros(parts, where)
    return parts


def parse(part: bytes, *, where: str) -> etree._Element:
    """Return the XML of a part; entities and outside references are never resolved."""
    if _DOCTYPE.search(part):
        raise InputError("文档里含有不应出现的声明（DOCTYPE）", where=where, remedy=_SAVE_AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise _damaged(where) from None


def _damaged(where: str) -> InputError:
    return InputError(
        "文件已损坏或内容不完整，无法读取",
        where=where,
        remedy=f"请确认文件能用 Word 或 WPS 正常打开；{_SAVE_AGAIN.removeprefix('请')}",
    )


def _refuse_at_sight(data: bytes, where: str) -> None:
    if not data:
        raise InputError("文件是空的", where=where, remedy="请重新选择文件")
    if data.startswith(_OLD_OFFICE):
        raise InputError(
            "文件设有打开密码，或是旧版 .doc 格式，无法读取",
            where=where,
            remedy="请用 Word 或 WPS 打开，去掉密码后另存为 .docx，再上传一次",
        )
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB",
            where=where,
            remedy="请删去文档中的大图片后再上传",
        )
    if not data.startswith(b"PK"):
        raise InputError("这不是 .docx 文件", where=where, remedy=_SAVE_AGAIN)


def _refuse_oversize(entries: list[zipfile.ZipInfo], packed: int, where: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > FREE_UNPACKED_BYTES and unpacked > packed * MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or is_bomb:
        raise InputError(
            "文件解压后异常庞大，已停止读取",
            where=where,
            why="可能不是正常的 Word 文档",
            remedy=_SAVE_AGAIN,
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("文件设有密码，无法读取", where=where, remedy="请去掉密码后再上传")


def _refuse_macros(parts: dict[str, bytes], where: str) -> None:
    has_code = any("vbaproject" in name.lower() for name in parts)
    if has_code or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise InputError(
            "文件带有宏，不能使用",
            where=where,
            why="宏是可以运行的程序，公文模板不需要",
            remedy="请另存为不带宏的 .docx，再上传一次",
        )
