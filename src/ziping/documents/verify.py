"""Whether a Word file still says what was exported (核验): table cells and section texts."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from lxml import etree

from ziping.documents.manifest import (
    Manifest,
    StatedCell,
    StatedProject,
    StatedSection,
    brief,
    fingerprint,
    is_fingerprint,
    numbers,
    read_manifest,
    squeeze,
)
from ziping.documents.word_body import BOOKMARK
from ziping.documents.word_open import parse, read_parts
from ziping.domain.diff import changed_sentences
from ziping.domain.package import ManifestCheck, Verification

WHERE = "待核验的文件"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECTION_END = f"{_W}pPr/{_W}sectPr"
_CUSTOM_XML = re.compile(r"customXml/item\d+\.xml")
_MISSING_ROW, _MISSING_CELL = "（该行已不在文件中）", "（该单元格已不在文件中）"
_LONG_TEXT, _SHOWN = "（长文字，与导出时不同）", 30
_KEY_COLUMNS = (1, 2, 3)
_MOST_QUOTED = 8
"""How many changes of a section are quoted."""


def verify_word(data: bytes) -> Verification:
    """Compare a Word file with the manifest it carries.

    Raises:
        InputError: The file is no readable .docx.
    """
    parts = read_parts(data, where=WHERE)
    manifest = find_manifest(parts)
    if manifest is None:
        return Verification(
            has_manifest=False, exported_at="", rule_set="", product_version="", checks=()
        )
    body = parse(parts["word/document.xml"], where=WHERE).find(f"{_W}body")
    children = list(body) if body is not None else []
    return Verification(
        has_manifest=True,
        exported_at=manifest.exported_at,
        rule_set=manifest.rule_set,
        product_version=manifest.product_version,
        checks=(*_project_checks(manifest, children), *_section_checks(manifest, children)),
    )


def find_manifest(parts: dict[str, bytes]) -> Manifest | None:
    """Return the manifest that a file carries; None when it has none."""
    for name, blob in parts.items():
        if _CUSTOM_XML.fullmatch(name) and (found := read_manifest(parse(blob, where=WHERE))):
            return found
    return None


def _text(element: etree._Element) -> str:
    """Return the text a reader sees: tracked insertions included, deletions not."""
    return "".join(
        piece.text or ""
        for piece in element.iter(f"{_W}t")
        if next(piece.iterancestors(f"{_W}moveFrom"), None) is None
    )


def _project_checks(manifest: Manifest, children: list[etree._Element]) -> Iterator[ManifestCheck]:
    tables = list(_tables(children))
    for place, project in enumerate(manifest.projects):
        if place < len(tables):
            yield from _table_checks(project, tables[place])
        else:
            yield ManifestCheck(
                what=f"{project.name} · 自评表", stated="有", found="未找到", holds=False
            )


def _tables(children: list[etree._Element]) -> Iterator[list[dict[int, str]]]:
    """Yield the rows of each project's table; its continuation belongs to it."""
    current: list[dict[int, str]] = []
    for table in (one for child in children for one in child.iter(f"{_W}tbl")):
        rows = [_row(row) for row in table.iterchildren(f"{_W}tr")]
        first = "".join(rows[0].values()) if rows else ""
        if "项目" in first and "名称" in first:
            if current:
                yield current
            current = rows
        elif current and "一级指标" in first:
            current += rows
    if current:
        yield current


def _row(row: etree._Element) -> dict[int, str]:
    """Return the texts of a row by grid column."""
    texts: dict[int, str] = {}
    column = 0
    for cell in row.iterchildren(f"{_W}tc"):
        texts[column] = squeeze(_text(cell))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = span.get(f"{_W}val", "1") if span is not None else "1"
        column += int(width) if width.isdigit() else 1
    return texts


def _table_checks(project: StatedProject, found: list[dict[int, str]]) -> Iterator[ManifestCheck]:
    stated_keys = [tuple(_at(row, column) for column in _KEY_COLUMNS) for row in project.rows]
    found_keys = [tuple(brief(row.get(column, "")) for column in _KEY_COLUMNS) for row in found]
    matcher = SequenceMatcher(None, stated_keys, found_keys, autojunk=False)
    for kind, start, end, other, other_end in matcher.get_opcodes():
        pairs = range(max(end - start, other_end - other) if kind == "replace" else end - start)
        for step in pairs:
            row = found[other + step] if other + step < other_end else None
            if start + step < end:
                yield from _row_checks(project, project.rows[start + step], row)
        extra = range(other + (end - start), other_end)
        for place in extra:
            text = "、".join(filter(None, found[place].values()))[:_SHOWN]
            yield ManifestCheck(
                what=f"{project.name} · 自评表",
                stated="无此行",
                found=f"多出一行：{text}",
                holds=False,
            )


def _at(row: tuple[StatedCell, ...], column: int) -> str:
    return next((cell.text for cell in row if cell.column == column), "")


def _row_checks(
    project: StatedProject, stated: tuple[StatedCell, ...], found: dict[int, str] | None
) -> Iterator[ManifestCheck]:
    for cell in stated:
        text = _MISSING_ROW if found is None else found.get(cell.column, _MISSING_CELL)
        holds = brief(text) == cell.text
        if holds and not cell.name:
            continue
        is_long = is_fingerprint(cell.text)
        yield ManifestCheck(
            what=f"{project.name} · {cell.name.replace('·', ' · ') or cell.text or '表格文字'}",
            stated=_LONG_TEXT if is_long and not holds else "（长文字）" if is_long else cell.text,
            found=text[:_SHOWN] + "…" if len(text) > _SHOWN else text,
            holds=holds,
        )


def _section_checks(manifest: Manifest, children: list[etree._Element]) -> Iterator[ManifestCheck]:
    texts = _section_texts(manifest.sections, children)
    for section in manifest.sections:
        text = texts.get(section.id)
        if text is None:
            yield ManifestCheck(
                what=f"章节 {section.heading}", stated="有", found="未找到该标题", holds=False
            )
        else:
            yield from _compared(section, text)


def _section_texts(
    sections: tuple[StatedSection, ...], children: list[etree._Element]
) -> dict[str, str]:
    """Return the text below each heading, found by its words in document order.

    Headings carry the bookmarks of the contents; where an editor has dropped all of them, any
    paragraph with a heading's words will do.
    """
    texts: dict[str, str] = {}
    marked = {id(child) for child in children if _is_marked(child)}
    waiting = list(sections)
    current = ""
    for child in children:
        if child.tag != f"{_W}p":
            current = "" if child.tag == f"{_W}tbl" else current
            continue
        text = squeeze(_text(child))
        if text.startswith("附件：项目支出绩效自评表") and child.find(_SECTION_END) is not None:
            break
        may_be_heading = id(child) in marked or not marked
        place = next(
            (place for place, one in enumerate(waiting) if squeeze(one.heading) == text), None
        )
        if not may_be_heading:
            place = None
        if place is not None:
            current = waiting[place].id
            texts[current] = ""
            waiting = waiting[place + 1 :]
        elif current:
            texts[current] += text + "\n"
    return texts


def _is_marked(paragraph: etree._Element) -> bool:
    """Whether a paragraph carries a bookmark of our contents."""
    names = (mark.get(f"{_W}name", "") for mark in paragraph.iter(f"{_W}bookmarkStart"))
    return any(name.startswith(BOOKMARK) for name in names)


def _compared(section: StatedSection, text: str) -> Iterator[ManifestCheck]:
    """Yield one check of a section that holds, else one for each place that was changed."""
    what = f"章节 {section.heading}"
    if fingerprint(text) == section.fingerprint:
        yield ManifestCheck(what=what, stated="与导出时一致", found="与导出时一致", holds=True)
        return
    changed = changed_sentences(section.text, text.rstrip("\n")) if section.text else ()
    for old, new in changed[:_MOST_QUOTED]:
        stated = f"“{old}”" if old else "（没有这句话）"
        found = f"“{new}”" if new else "（已删去）"
        yield ManifestCheck(what=what, stated=stated, found=found, holds=False)
    if len(changed) > _MOST_QUOTED:
        more = f"另有 {len(changed) - _MOST_QUOTED} 处改动"
        yield ManifestCheck(what=what, stated="", found=more, holds=False)
    if not changed:
        yield _numbers_check(section, text)


def _numbers_check(section: StatedSection, text: str) -> ManifestCheck:
    """Return what can be said of a changed section whose text the file does not carry."""
    what = f"章节 {section.heading}"
    stated, found = _changed_numbers(section.numbers, numbers(text))
    if not stated and not found:
        return ManifestCheck(
            what=what, stated="导出时的文字", found="文字有改动，数字未变", holds=False
        )
    return ManifestCheck(
        what=what,
        stated=f"数字 {'、'.join(stated) or '（无）'}",
        found=f"数字 {'、'.join(found) or '（已删去）'}",
        holds=False,
    )


def _changed_numbers(
    stated: tuple[str, ...], found: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    before: list[str] = []
    after: list[str] = []
    for kind, *span in SequenceMatcher(None, stated, found, autojunk=False).get_opcodes():
        if kind != "equal":
            before += stated[span[0] : span[1]]
            after += found[span[2] : span[3]]
    return before, after
