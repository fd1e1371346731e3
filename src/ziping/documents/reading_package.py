"""What kind of file an upload is, and its XML parts within bounds (文件识别与安全解包)."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Literal

from lxml import etree

from ziping.domain.errors import InputError

FileKind = Literal["xlsx", "xls", "docx", "txt"]

MAX_FILE_BYTES = 60 * 1024 * 1024
MAX_XML_BYTES = 200 * 1024 * 1024
FREE_XML_BYTES = 40 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked ÷ packed from which a file over `FREE_XML_BYTES` is taken for a zip bomb."""
MAX_ENTRIES = 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".docx", ".docm", ".et"})
_TEXT_SUFFIXES = frozenset({".txt", ".tsv", ".text", ".md"})
_SAVE_AGAIN = "请用 Excel/Word 或 WPS 打开后另存为 .xlsx 或 .docx，再导入一次"
_LOOKS_LIKE = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"<", "网页或 XML 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    etree.LxmlError,
)
"""What zipfile and lxml raise over a damaged file."""


def damaged(file_name: str) -> InputError:
    """Return the error that a file cannot be read."""
    return InputError(
        "文件已损坏或内容不完整，无法读取",
        where=file_name,
        why="文件的内部结构对不上",
        remedy=f"请确认它能用 Excel、Word 或 WPS 正常打开；{_SAVE_AGAIN}",
    )


def file_kind(data: bytes, file_name: str) -> FileKind:
    """Return what kind of table file this is, judged by its content, not by its name.

    Raises:
        InputError: It is empty, too large, encrypted or no kind of file that is read here.
    """
    suffix = PurePath(file_name).suffix.lower()
    if not data:
        raise InputError("文件是空的", where=file_name, remedy="请重新选择文件")
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB",
            where=file_name,
            why="自评表通常只有几十 KB，可能是含有大量图片",
            remedy="请把自评表单独存成一个文件再导入",
        )
    if data.startswith(_OLE):
        return _old_kind(data, file_name)
    if data.startswith(b"PK"):
        return _packed_kind(data, file_name)
    if suffix in _TEXT_SUFFIXES:
        return "txt"
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    looks = next((title for magic, title in _LOOKS_LIKE if start.startswith(magic)), "")
    why = f"文件内容是{looks}" if looks else "文件内容不是表格或 Word 文档"
    if suffix in _SUFFIXES and looks:
        why += f"，与扩展名 {suffix} 不符"
    raise InputError("不能读取这种文件", where=file_name, why=why, remedy=_SAVE_AGAIN)


def _old_kind(data: bytes, file_name: str) -> FileKind:
    """Tell apart what the container of old office files may hold."""
    if _holds(data, "EncryptedPackage"):
        raise InputError(
            "文件设有打开密码，无法读取",
            where=file_name,
            why="加密的内容只有知道密码的人才能打开",
            remedy="请用 Excel/Word 或 WPS 打开，去掉密码后保存，再导入一次",
        )
    if _holds(data, "WordDocument"):
        raise InputError(
            "这是旧版 Word 文档（.doc），不能直接读取",
            where=file_name,
            why="旧格式没有公开的表格结构",
            remedy="请用 Word 或 WPS 打开后另存为 .docx，再导入一次",
        )
    if _holds(data, "Workbook") or _holds(data, "Book"):
        return "xls"
    raise damaged(file_name)


def _holds(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _packed_kind(data: bytes, file_name: str) -> FileKind:
    """Tell a workbook from a Word document."""
    package = Package(data, file_name)
    main = package.main_part()
    if main.endswith((".bin", ".xlsb")):
        raise InputError(
            "这是二进制工作簿（.xlsb），不能直接读取", where=file_name, remedy=_SAVE_AGAIN
        )
    root = package.first_tag(main)
    if root == "workbook":
        return "xlsx"
    if root == "document":
        return "docx"
    raise InputError(
        "不能读取这种文件",
        where=file_name,
        why="压缩包里没有工作簿或 Word 正文",
        remedy=_SAVE_AGAIN,
    )


class Package:
    """An .xlsx or .docx as its XML parts, read within bounds (文件包)."""

    def __init__(self, data: bytes, file_name: str) -> None:
        """Open the package and refuse what is damaged, encrypted or oversized."""
        self.file_name = file_name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN:
            raise damaged(file_name) from None
        self.names = frozenset(self._archive.namelist())
        unpacked = sum(one.file_size for one in entries if one.filename.endswith((".xml", ".rels")))
        is_bomb = unpacked > FREE_XML_BYTES and unpacked > len(data) * MAX_RATIO
        if len(entries) > MAX_ENTRIES or unpacked > MAX_XML_BYTES or is_bomb:
            raise InputError(
                "文件解压后异常庞大，已停止读取",
                where=file_name,
                why="可能不是正常的表格，或含有大量空白行列",
                remedy="请把自评表单独复制到一个新文件里保存，再导入一次",
            )
        if any(one.flag_bits & 1 for one in entries):
            raise InputError("文件设有密码，无法读取", where=file_name, remedy="请去掉密码后再导入")

    @property
    def has_macros(self) -> bool:
        """Whether the file carries macros, which are never run here."""
        return any("vbaproject" in name.lower() for name in self.names)

    def open(self, name: str) -> IO[bytes]:
        """Open a part for reading; never gives more bytes than were counted."""
        try:
            return self._archive.open(name)
        except _BROKEN:
            raise damaged(self.file_name) from None

    def parse(self, name: str, *, limit: int = MAX_XML_BYTES) -> etree._Element:
        """Return the XML of a part as a tree; entities are never resolved."""
        if name not in self.names:
            raise damaged(self.file_name)
        if self._archive.getinfo(name).file_size > limit:
            raise InputError(
                "文件内容过多，无法读取",
                where=self.file_name,
                remedy="请把自评表单独存成一个文件再导入",
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        try:
            with self._archive.open(name) as part:
                root = etree.parse(part, parser).getroot()
        except _BROKEN:
            raise damaged(self.file_name) from None
        self._refuse_doctype(root)
        return root

    def walk(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Yield each element of these tags once it is complete, keeping little in memory."""
        try:
            with self._archive.open(name) as part:
                events = etree.iterparse(
                    part,
                    events=("end",),
                    tag=[f"{{*}}{tag}" for tag in tags],
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=True,
                )
                checked = False
                for _, element in events:
                    if not checked:
                        self._refuse_doctype(element)
                        checked = True
                    yield element
        except _BROKEN:
            raise damaged(self.file_name) from None

    def first_tag(self, name: str) -> str:
        """Return the local name of a part's root element; blank when it has none."""
        if name not in self.names:
            return ""
        try:
            with self._archive.open(name) as part:
                events = etree.iterparse(
                    part, events=("start",), resolve_entities=False, no_network=True, huge_tree=True
                )
                for _, element in events:
                    return etree.QName(element).localname
        except _BROKEN:
            raise damaged(self.file_name) from None
        return ""

    def main_part(self) -> str:
        """Return the name of the workbook or document part."""
        return next(
            (
                target
                for kind, target in self.relations("").values()
                if kind.endswith("/officeDocument")
            ),
            "",
        )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part: id -> (kind, name of the other part)."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self.names:
            return {}
        found = {}
        for one in self.parse(name).iter("{*}Relationship"):
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[one.get("Id", "")] = (one.get("Type", ""), path)
        return found

    def _refuse_doctype(self, element: etree._Element) -> None:
        """Refuse declarations that could name outside files or swell the text."""
        if element.getroottree().docinfo.internalDTD is not None:
            raise InputError(
                "文件里含有不应出现的声明（DOCTYPE）",
                where=self.file_name,
                why="正常的 Excel、Word 文件没有这种声明，它可能用来读取外部文件",
                remedy=_SAVE_AGAIN,
            )
