"""One whole report: scored, checked, drafted by templates, written as Word and Excel."""

from datetime import UTC, datetime
from pathlib import Path

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage
from ziping.services.drafted import draft_texts
from ziping.services.packaging import package_of
from ziping.services.scored import score_report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "knowledge" / "examples" / "huaihua-2023.yaml"
MOMENT = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


class Factory:
    """Makes whole reports with one set of rules, words and templates, as a batch would."""

    def __init__(self) -> None:
        """Open the content that ships with the program."""
        self.content = Content(ROOT)
        self.example = load_report(EXAMPLE)

    def package(self, report: Report) -> ReportPackage:
        """Return a report scored, checked and drafted."""
        scored = score_report(self.content, report)
        texts = draft_texts(self.content, scored)
        return package_of(scored, texts, status="送审稿", at=MOMENT)

    def whole(self, report: Report) -> tuple[bytes, bytes]:
        """Return a report as Word and Excel, from its figures."""
        package = self.package(report)
        return write_word(package), write_excel(package)
