"""A Word report of ours that somebody edited, held against what was exported (回稿)."""

from collections.abc import Iterator
from dataclasses import dataclass

from ziping.documents.manifest import Manifest, fingerprint, section_fingerprint
from ziping.documents.returned_comments import comments_in
from ziping.documents.returned_tables import table_changes
from ziping.documents.returned_texts import line_changes, text_changes
from ziping.documents.verify import find_manifest
from ziping.documents.word import write_word
from ziping.documents.word_blocks import Paragraph
from ziping.documents.word_body import printed_sections
from ziping.documents.word_headings import ExpectedHeading
from ziping.documents.word_open import read_parts
from ziping.documents.word_table import CONTINUED
from ziping.documents.word_written import WHERE, Written, read_written
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError
from ziping.domain.package import ReportPackage
from ziping.domain.returned import ReturnedFile, ReturnedKind, UnreadPart

_TITLE = "题目由编报单位和年度生成，附件编号在“单位与报告信息”里改"
_LINES = "附件的编号、标题和附注由系统打印；附注里的数据请在填报页修改"
_FRAME = "页眉或页脚有改动（由底稿和文件状态决定，不读入报告）"


@dataclass(frozen=True, slots=True)
class Exported:
    """What a file says it was exported from (导出来源)."""

    manifest: Manifest

    @property
    def version(self) -> int:
        """Version of the report; 0: it was never stored."""
        digits = self.manifest.report_version
        return int(digits) if digits.isascii() and digits.isdigit() else 0


def exported_from(data: bytes) -> Exported:
    """Return what a Word file was exported from.

    Raises:
        InputError: It is no readable .docx, or none of ours.
    """
    manifest = find_manifest(read_parts(data, where=WHERE))
    if manifest is None:
        raise InputError(
            "这个文件不是本系统导出的，或导出记录已被去掉，不能逐处读回",
            where=WHERE,
            remedy="可以在“我的数据”里上传它的自评表来比对",
        )
    return Exported(manifest)


def is_as_exported(
    package: ReportPackage, exported: Exported, section_id: str, section: SectionText | None
) -> bool:
    """Whether a text of a section is the one that was exported; None: it had none."""
    stated = next((one for one in exported.manifest.sections if one.id == section_id), None)
    texts = {section_id: section} if section else {}
    printed = printed_sections(package.model_copy(update={"sections": texts}))
    own = next((one for one in printed if one.section.id == section_id), None)
    if stated is None or own is None:
        return False
    return section_fingerprint(own.paragraphs) == stated.fingerprint


def read_returned(data: bytes, file_name: str, package: ReportPackage) -> ReturnedFile:
    """Return every change of a file against the package it was exported from.

    What was exported is written once more and read by the same reader, so that only what somebody
    changed differs.

    Raises:
        InputError: The file is no readable .docx, or none of ours.
    """
    exported = exported_from(data)
    expected = tuple(
        ExpectedHeading(one.section.id, one.number, one.level, one.section.heading)
        for one in printed_sections(package)
    )
    base = read_written(write_word(package), expected)
    returned = read_written(data, expected)
    tables, foreign = table_changes(package, base, returned)
    has_text = {one.id: bool(one.fallback) for one in package.outline.sections}
    unread = [*_new_unread(base, returned), *foreign, *_frame(exported, returned)]
    return ReturnedFile(
        file_name=file_name,
        report_version=exported.version,
        exported_at=exported.manifest.exported_at,
        status=exported.manifest.status,
        changes=(
            *line_changes(ReturnedKind.FRONT, "题目", base.front, returned.front, _TITLE),
            *text_changes(base.sections, returned.sections, has_text),
            *tables,
            *line_changes(
                ReturnedKind.LINE, "附件", _own(base.annex), _own(returned.annex), _LINES
            ),
        ),
        unread=tuple(unread),
        comments=tuple(comments_in(returned, package)),
        notes=tuple(returned.notes),
    )


def _own(lines: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Return the lines around the tables but those that only say that a table goes on."""
    return [one for one in lines if one.text.strip() != CONTINUED]


def _new_unread(base: Written, returned: Written) -> Iterator[UnreadPart]:
    """Yield what is not read and was not there when the file was exported."""
    known = list(base.unread)
    for one in returned.unread:
        if one in known:
            known.remove(one)
        else:
            yield one


def _frame(exported: Exported, returned: Written) -> Iterator[UnreadPart]:
    """Yield that headers or footers say something else than when the file was exported."""
    stated = exported.manifest.frame
    if stated and fingerprint("\n".join(returned.frame)) != stated:
        yield UnreadPart(place="页眉页脚", what=_FRAME)
