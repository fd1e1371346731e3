"""Gathering what a file needs, and naming the file; pure, no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ziping.domain.draft import SectionText
from ziping.domain.package import ReportPackage
from ziping.services.scored import ScoredReport, title_of

Status = Literal["送审稿", "定稿"]

_UNSAFE_IN_NAMES = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]'
)
"""Marks of paths, controls, and marks of direction: they make exe.docx out of xcod.exe."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows the first dot."""
_LONGEST_NAME = 60

WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_MIME = "application/zip"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to download (导出文件)."""

    name: str
    data: bytes
    mime: str


def package_of(  # noqa: PLR0913 - each part of a package is named at the call
    scored: ScoredReport,
    sections: Mapping[str, SectionText],
    *,
    status: Status,
    at: datetime,
    citations: Mapping[str, str] | None = None,
    version: int = 0,
) -> ReportPackage:
    """Return everything an export needs."""
    return ReportPackage(
        report=scored.report,
        outline=scored.outline,
        rule_set=scored.choice.rule_set,
        sheets=scored.sheets,
        findings=scored.findings,
        sections=dict(sections),
        status=status,
        exported_at=at,
        citations=dict(citations or {}),
        version=version,
    )


def file_name(report_title: str, status: Status, suffix: str) -> str:
    """Return a file name that every system accepts."""
    return f"{safe_name(report_title)}（{status}）.{suffix}"


def safe_name(title: str) -> str:
    """Return a title as part of a file name that every system accepts."""
    return plain_name(title) or "自评报告"


def plain_name(text: str) -> str:
    """Return a text as a name that every system accepts and that leads nowhere; may be blank."""
    name = _UNSAFE_IN_NAMES.sub("_", " ".join(text.split()))[:_LONGEST_NAME].strip(" .")
    return f"_{name}" if _DEVICE.match(name) else name


def name_of(package: ReportPackage, suffix: str) -> str:
    """Return the file name of an export."""
    return file_name(f"{title_of(package.report)}报告", package.status, suffix)
