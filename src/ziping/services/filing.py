"""Files made straight from a report, without a database."""

from collections.abc import Mapping
from datetime import datetime

from ziping.content.library import Content
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.domain.draft import SectionText
from ziping.services.citing import citations_of
from ziping.services.drafted import draft_texts
from ziping.services.packaging import EXCEL_MIME, WORD_MIME, ExportedFile, name_of, package_of
from ziping.services.scored import ScoredReport


def drafted_files(
    content: Content, scored: ScoredReport, *, at: datetime
) -> tuple[tuple[ExportedFile, ...], Mapping[str, SectionText]]:
    """Return a report drafted by templates as Word and Excel, and the texts in it."""
    sections = draft_texts(content, scored)
    package = package_of(
        scored, sections, status="送审稿", at=at, citations=citations_of(content, scored)
    )
    word = ExportedFile(name_of(package, "docx"), write_word(package), WORD_MIME)
    excel = ExportedFile(name_of(package, "xlsx"), write_excel(package), EXCEL_MIME)
    return (word, excel), sections
