"""Checking a finished file: its tables, its running text, and one against the other (核查文件)."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from ziping.checks import differences
from ziping.checks.prose import ProseSubject, check_prose
from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.domain.findings import Finding, Severity
from ziping.domain.imported import ImportedFile
from ziping.domain.prose import Prose
from ziping.services.citing import citation_of
from ziping.services.importing import (
    read_bytes,
    read_report_file,
    read_upload,
    remarks_on,
    report_from,
)
from ziping.services.located import located, order
from ziping.services.scored import ScoredReport, score_report

TEXT_SUFFIXES = frozenset({".docx", ".docm", ".txt", ".text", ".md"})
"""Files that may hold a report's text."""
NO_TABLE = "文件里没有自评表，只核查了文字；要核对数据，请同时给出自评表或数据文件"

_SCHEMA_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_FEWEST_CHARACTERS = 200
"""Running text shorter than this is the caption of a table, not a report."""
_LONGEST = 2_000
"""Characters of a paragraph whose figures are held against the tables."""
_TITLE = re.compile(r"^(?:关于)?(?P<unit>[\u4e00-\u9fff（）()]{4,40}?)\s*(?:20\d\d)\s*年度?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person said about the report to be checked (核查要求)."""

    place: str = ""
    year: int | None = None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with everything that was found in it (核查结果)."""

    file_name: str
    scored: ScoredReport
    """What the text was held against; without projects where there is nothing."""
    findings: tuple[Finding, ...]
    """On tables and text, the gravest first, each with its place in the file."""
    remarks: tuple[str, ...] = ()
    """What a person should know about the reading, in Chinese."""
    has_text: bool = False
    has_table: bool = False
    """Whether the file itself holds a table."""

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


def findings_workbook(content: Content, checked: CheckedFile) -> bytes:
    """Return the findings as a workbook to download."""
    from ziping.documents.excel_findings import write_findings  # noqa: PLC0415 - slow to import

    clauses = dict.fromkeys(one.clause for one in checked.findings if one.clause)
    citations = {one: citation_of(content, one) for one in clauses}
    return write_findings(checked.file_name, checked.findings, citations)


def check_path(
    content: Content, path: Path, *, today: datetime, wanted: Wanted, figures: Path | None = None
) -> CheckedFile:
    """Return what is found in a file on disk, held against a file of figures when one is given."""
    given = None
    if figures is not None:
        data = read_bytes(figures)
        given = read_figures(content, data, figures.name, today=today, wanted=wanted)
    if path.suffix.lower() in TEXT_SUFFIXES:
        data = read_bytes(path)
        return check_data(content, data, path.name, today=today, wanted=wanted, figures=given)
    read = read_report_file(content, path, today=today, place=wanted.place, year=wanted.year)
    scored = _scored(content, read.report, wanted)
    found = scored.findings if given is None else (*scored.findings, *_against(scored, given))
    return CheckedFile(path.name, scored, order(found), tuple(read.remarks), has_table=True)


def read_figures(
    content: Content, data: bytes, name: str, *, today: datetime, wanted: Wanted
) -> Report:
    """Return the report that a file of figures holds: our own schema, or a filled table.

    Raises:
        InputError: It cannot be read, or holds no table.
    """
    if PurePath(name).suffix.lower() in _SCHEMA_SUFFIXES:
        try:
            return load_report(data.decode("utf-8-sig"), name)
        except UnicodeDecodeError as error:
            raise InputError(
                "数据文件不是 UTF-8 文本", where=name, remedy="请另存为 UTF-8 编码再试"
            ) from error
    year = wanted.year or today.year - 1
    imported = read_upload(content, data, name, place=wanted.place, year=year)
    stated = wanted.year or imported.fiscal_year or year
    return report_from(imported, place=wanted.place, year=stated)


def check_data(  # noqa: PLR0913 - what is checked, and what a person said about it
    content: Content,
    data: bytes,
    name: str,
    *,
    today: datetime,
    wanted: Wanted,
    figures: Report | None = None,
) -> CheckedFile:
    """Return what is found in a file's bytes.

    Args:
        content: The files of knowledge/.
        data: The file.
        name: Its name, for messages.
        today: Where no year is stated, the year before is taken.
        wanted: Place, year and rule set, where a person states them.
        figures: The report its text is held against instead of its own tables.

    Raises:
        InputError: It cannot be read, or holds neither a table nor a report.
    """
    prose, imported = _read(content, data, name, today, wanted)
    year = wanted.year or imported.fiscal_year or today.year - 1
    own = report_from(imported, place=wanted.place, year=year)
    if prose is not None and not own.unit:
        own = own.model_copy(update={"unit": _unit_of(prose)})
    tables = _scored(content, own, wanted)
    against = _scored(content, figures, wanted) if figures is not None else tables
    found: list[Finding] = []
    if imported.evaluations:
        found += tables.findings
        found += _against(tables, figures) if figures is not None else ()
    if prose is not None:
        found += _texts(content, against, prose)
    is_told = wanted.year or figures is not None
    remarks = remarks_on(imported, assumed=None if is_told else year)
    if not against.report.projects:
        remarks = (*remarks, NO_TABLE)
    elif prose is not None and (long := _too_long(prose)):
        remarks = (*remarks, f"{long}太长（超过 {_LONGEST} 字），其中的数字没有与自评表核对")
    return CheckedFile(
        file_name=name,
        scored=against,
        findings=order(located(found, imported)),
        remarks=remarks,
        has_text=prose is not None,
        has_table=bool(imported.evaluations),
    )


def _read(
    content: Content, data: bytes, name: str, today: datetime, wanted: Wanted
) -> tuple[Prose | None, ImportedFile]:
    """Return the running text and the tables of a file; InputError where there is neither."""
    # The readers of Word and Excel are slow to import; commands that need none stay quick.
    from ziping.documents.importing import find_table_file, read_table_file  # noqa: PLC0415
    from ziping.documents.reading_prose import read_prose  # noqa: PLC0415

    year = wanted.year or today.year - 1
    rule_set = content.choose_rule_set(wanted.place, year, wanted.rules).rule_set
    lexicon = content.lexicon()
    prose = read_prose(data, name)
    if prose is None:
        return None, read_table_file(data, name, lexicon=lexicon, rule_set=rule_set)
    imported = find_table_file(data, name, lexicon=lexicon, rule_set=rule_set)
    if sum(len(one.text) for one in prose.passages) >= _FEWEST_CHARACTERS:
        return prose, imported
    if imported.evaluations:
        return None, imported
    raise InputError(
        "文件里既没有自评表，也没有报告正文",
        where=name,
        why=f"没有找到自评表的表头，文字也不到 {_FEWEST_CHARACTERS} 字",
        remedy="请确认选对了文件；图片里的文字读不出来，请换成 Word 或文本",
    )


def _too_long(prose: Prose) -> str:
    """Return where paragraphs stand whose figures are not checked; blank for none."""
    return "、".join(one.source for one in prose.passages if len(one.text) > _LONGEST)


def _unit_of(prose: Prose) -> str:
    """Return the unit that the title of a report names; blank for none."""
    for passage in prose.passages:
        if passage.heading:
            break
        if found := _TITLE.match(passage.text):
            return found["unit"]
    return ""


def _scored(content: Content, report: Report, wanted: Wanted) -> ScoredReport:
    """Return a report scored by the rule set a person chose, else by place and year."""
    chosen = report.model_copy(update={"rule_set": wanted.rules}) if wanted.rules else report
    return score_report(content, chosen)


def _against(scored: ScoredReport, figures: Report) -> tuple[Finding, ...]:
    """Return where a file's tables differ from the figures given."""
    return differences(scored.report, figures)


def _texts(content: Content, scored: ScoredReport, prose: Prose) -> tuple[Finding, ...]:
    """Return what is found in the running text."""
    # Grounding brings the writers along; a table alone does without.
    from ziping.services.grounding import open_grounder  # noqa: PLC0415 - as said above

    grounder = open_grounder(content, scored) if scored.report.projects else None
    groundings = {
        at: grounder.ground(passage.text)
        for at, passage in enumerate(prose.passages)
        if grounder is not None and not passage.is_heading and len(passage.text) <= _LONGEST
    }
    return check_prose(
        ProseSubject(
            prose=prose,
            report=scored.report,
            sheets=scored.sheets,
            rule_set=scored.choice.rule_set,
            lexicon=content.lexicon(),
            words=content.prose_words(),
            outline=scored.outline,
            documents=tuple(content.documents().values()),
            findings=scored.findings,
            groundings=groundings,
        )
    )
