"""Reading a policy document that a user adds: lines, clauses, and what it is (读取原文)."""

from dataclasses import dataclass
from pathlib import PurePath

from ziping.documents.originals_docx import read_docx_lines
from ziping.documents.originals_guess import OriginalGuess, guess
from ziping.documents.originals_pdf import read_pdf_lines
from ziping.documents.originals_refusals import original_kind, without_text
from ziping.documents.originals_split import SplitBy, split
from ziping.documents.originals_text import read_text
from ziping.domain.errors import InputError
from ziping.domain.library import OriginalPart

MAX_CLAUSES = 20_000
_SPLIT_TOLD: dict[SplitBy, str] = {
    "条": "按“第N条”拆分",
    "标题": "没有“第N条”，按标题和篇幅拆分",
    "长度": "没有“第N条”，也没有标题，按篇幅拆分",
}


@dataclass(frozen=True, slots=True)
class ReadOriginal:
    """A document as it was read, before anybody has confirmed it (读取结果)."""

    guess: OriginalGuess
    parts: tuple[OriginalPart, ...]
    split_by: SplitBy
    notes: tuple[str, ...]
    """In Chinese: how it was divided, an unusual encoding, pages without text."""


def read_original(data: bytes, file_name: str) -> ReadOriginal:
    """Return a document's clauses and what it says about itself.

    Raises:
        InputError: It is empty, over 50 MB, damaged, encrypted, a scan without text, a zip bomb,
            or no docx, pdf, md or txt.
    """
    name = PurePath(file_name.replace("\\", "/")).name
    kind = original_kind(data, name)
    if kind == "docx":
        lines, notes = read_docx_lines(data, name)
    elif kind == "pdf":
        lines, notes = read_pdf_lines(data, name)
    else:
        lines, notes = read_text(data, name, markdown=name.lower().endswith(".md"))
    parts, split_by = split(lines)
    if not parts:
        raise without_text(name)
    if len(parts) > MAX_CLAUSES:
        raise InputError(
            f"拆出 {len(parts)} 条，超过 {MAX_CLAUSES} 条",
            where=name,
            why="一份政策文件不会有这么多条，可能是汇编",
            remedy="请把汇编拆成单份文件，分别添加",
        )
    return ReadOriginal(
        guess=guess(lines, name),
        parts=parts,
        split_by=split_by,
        notes=(_SPLIT_TOLD[split_by], *notes),
    )
