"""A Word file with the tracked changes from one version of a report to another (修订稿).

Accepting all changes gives the newer report, rejecting all gives the older one, word for word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ziping.documents.annex import annex_rows
from ziping.documents.manifest import manifest_part
from ziping.documents.word import core_properties, zipped
from ziping.documents.word_body import (
    PrintedSection,
    closing_text,
    printed_sections,
    report_title,
)
from ziping.documents.word_contents import contents_xml
from ziping.documents.word_parts import CORE_PART, MAIN_PART
from ziping.documents.word_revisions import Credit, RevisionWriter
from ziping.documents.word_skeleton import Skeleton, own_skeleton
from ziping.documents.word_table import PrintedLine, TableWriter, annex_lines
from ziping.documents.word_tracked_table import tracked_table
from ziping.documents.word_xml import NAMESPACES, XML_HEAD, RunWriter, paragraph
from ziping.domain.diff import DiffKind
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.package import ReportPackage

_ALIKE = 0.3
"""Share of equal characters from which a paragraph was changed rather than replaced."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Who made the changes of each section, and of the tables (修订人)."""

    usual: Credit
    sections: Mapping[str, Credit] = field(default_factory=dict)

    def of(self, section_id: str) -> Credit:
        """Return who changed a section last."""
        return self.sections.get(section_id, self.usual)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of one version."""

    printed: PrintedLine
    section_id: str = ""
    bookmark: tuple[int, str] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.printed.style, self.printed.text


def write_tracked(old: ReportPackage, new: ReportPackage, credits_: Credits) -> bytes:
    """Return the newer report as a .docx whose tracked changes lead to it from the older one."""
    skeleton = own_skeleton(new.status)
    sections = printed_sections(new)
    sheets = {sheet.project_id: sheet for sheet in new.sheets}
    tables = [annex_rows(one, sheets.get(one.id)) for one in new.report.projects]
    parts = skeleton.parts | {
        MAIN_PART: _Document(skeleton, credits_).xml(old, new, sections).encode(),
        CORE_PART: core_properties(new),
        skeleton.manifest_part: manifest_part(new, tables, sections, skeleton.frame),
    }
    return zipped(parts, new.exported_at)


class _Document:
    """Writes the body of one file."""

    def __init__(self, skeleton: Skeleton, credits_: Credits) -> None:
        self._skeleton = skeleton
        self._credits = credits_
        self._writer = RunWriter(skeleton.fonts)
        self._revisions = RevisionWriter(self._writer)
        self._tables = TableWriter(skeleton, self._writer)

    def xml(
        self, old: ReportPackage, new: ReportPackage, sections: tuple[PrintedSection, ...]
    ) -> str:
        """Return the document part."""
        has_annex = bool(old.report.projects or new.report.projects)
        body = (
            *self._lines(_front(old), _front(new)),
            contents_xml(sections, self._skeleton, self._writer),
            *self._lines(_body(printed_sections(old)), _body(sections)),
            *([self._closing(old, new)] if has_annex else []),
            *self._annexes(old, new),
            self._skeleton.annex_section if has_annex else self._skeleton.body_section,
        )
        return f"{XML_HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"

    def _lines(self, old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[str]:
        """Yield paragraphs, those of both versions in one order."""
        matcher = SequenceMatcher(None, [a.key for a in old], [b.key for b in new], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                yield from (self._changed(a, b) for a, b in zip(old[i:j], new[k:m], strict=True))
                continue
            removed, added = list(old[i:j]), list(new[k:m])
            while removed and added:
                if _is_one(removed[0], added[0]):
                    yield self._changed(removed.pop(0), added.pop(0))
                elif len(removed) >= len(added):
                    yield self._whole(DiffKind.REMOVED, removed.pop(0))
                else:
                    yield self._whole(DiffKind.ADDED, added.pop(0))
            yield from (self._whole(DiffKind.REMOVED, one) for one in removed)
            yield from (self._whole(DiffKind.ADDED, one) for one in added)

    def _changed(self, old: _Line, new: _Line) -> str:
        """Return a paragraph that both versions have."""
        line, credit = new.printed, self._credits.of(new.section_id)
        runs = self._revisions.runs(old.printed.text, line.text, line.role, credit)
        return self._paragraph(new, runs, line.properties)

    def _whole(self, kind: DiffKind, one: _Line) -> str:
        """Return a paragraph that one version lacks."""
        line, credit = one.printed, self._credits.of(one.section_id)
        runs = self._revisions.whole(kind, line.text, line.role, credit)
        end = self._revisions.end_mark(kind, credit)
        kept = one if kind is DiffKind.ADDED else _Line(line, one.section_id)
        return self._paragraph(kept, runs, f"{line.properties}{end}")

    def _paragraph(self, one: _Line, runs: str, properties: str) -> str:
        if one.bookmark is not None:
            number, name = one.bookmark
            runs = (
                f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
        return paragraph(self._skeleton.style_ids[one.printed.style], runs, properties)

    def _closing(self, old: ReportPackage, new: ReportPackage) -> str:
        """Return the list of annexes, which also ends the report's page set-up."""
        texts = [
            closing_text(len(one.report.projects)) if one.report.projects else ""
            for one in (old, new)
        ]
        runs = self._revisions.runs(texts[0], texts[1], "body", self._credits.usual)
        style = self._skeleton.style_ids["ZipingClosing"]
        return paragraph(style, runs, self._skeleton.body_section)

    def _annexes(self, old: ReportPackage, new: ReportPackage) -> Iterator[str]:
        """Yield every project's annex, removed ones where they stood."""
        before = {one.id: (n, one) for n, one in enumerate(old.report.projects, 1)}
        after = {one.id: (n, one) for n, one in enumerate(new.report.projects, 1)}
        order = list(after)
        for place, key in enumerate(before):
            if key not in after:
                order.insert(min(place, len(order)), key)
        for key in order:
            yield from self._annex((old, before.get(key)), (new, after.get(key)))

    def _annex(
        self,
        old: tuple[ReportPackage, tuple[int, SelfEvaluation] | None],
        new: tuple[ReportPackage, tuple[int, SelfEvaluation] | None],
    ) -> Iterator[str]:
        """Yield one project's lines and table."""
        sides = [
            annex_lines(package, found[1], found[0]) if found else ([], [])
            for package, found in (old, new)
        ]
        rows = []
        for package, found in (old, new):
            sheet = next((s for s in package.sheets if found and s.project_id == found[1].id), None)
            rows.append(annex_rows(found[1], sheet) if found else ())
        project = (new[1] or old[1] or (0, SelfEvaluation()))[1]
        credit = self._credits.usual
        yield from self._lines(*([_Line(one) for one in side[0]] for side in sides))
        yield tracked_table(project, rows[0], rows[1], self._tables, self._revisions, credit)
        yield from self._lines(*([_Line(one) for one in side[1]] for side in sides))


def _is_one(old: _Line, new: _Line) -> bool:
    """Whether a paragraph became another one, rather than being replaced by it."""
    if old.printed.style != new.printed.style:
        return False
    if old.bookmark or new.bookmark:
        return old.bookmark == new.bookmark
    matcher = SequenceMatcher(None, old.printed.text, new.printed.text, autojunk=False)
    return matcher.ratio() >= _ALIKE


def _front(package: ReportPackage) -> list[_Line]:
    """Return annex number and title."""
    number = package.report.annex_number.strip()
    title = "\n".join(filter(None, report_title(package)))
    lines = [_Line(PrintedLine(number, "ZipingAnnex", "annex"))] if number else []
    return [*lines, _Line(PrintedLine(title, "Title", "title"))]


def _body(sections: tuple[PrintedSection, ...]) -> list[_Line]:
    """Return headings and paragraphs."""
    lines: list[_Line] = []
    for one in sections:
        first = "<w:pageBreakBefore/>" if one.number == 1 else ""
        heading = PrintedLine(
            one.section.heading,
            f"Heading{one.level}",
            f"heading{one.level}",
            f"<w:keepNext/>{first}",
        )
        lines.append(_Line(heading, one.section.id, (one.number, one.bookmark)))
        lines += [
            _Line(PrintedLine(text, "ZipingBody", "body"), one.section.id)
            for text in one.paragraphs
        ]
    return lines
