"""Two files read as the two sides of a comparison (比对双方)."""

from datetime import datetime
from pathlib import Path

from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.services.importing import (
    READABLE_SUFFIXES,
    ReadReport,
    is_report_file,
    read_bytes,
    read_report_file,
    remarks_on,
    report_from,
)
from ziping.services.own_figures import read_figures
from ziping.services.reconciling import Comparison, compare_reports
from ziping.services.scored import score_report


def read_side(
    content: Content, path: Path, *, today: datetime, place: str, year: int | None
) -> ReadReport:
    """Return the figures of a file: a report's data, a 自评表, or a finance system's list."""
    suffix = path.suffix.lower()
    if suffix != ".csv" and (suffix not in READABLE_SUFFIXES or is_report_file(path)):
        return read_report_file(content, path, today=today, place=place, year=year)
    guess = year or today.year - 1
    read = read_figures(content, read_bytes(path), path.name, place=place, year=guess)
    chosen = year or read.fiscal_year or guess
    report = report_from(read, place=place, year=chosen)
    return ReadReport(report, remarks_on(read, assumed=None if year else chosen))


def compare_sides(
    content: Content, left: Report, right: Report, titles: tuple[str, str]
) -> tuple[Comparison, str]:
    """Return two reports held against each other, and the id of the rule set of the left one.

    A side that does not say where it is from, or under which rules, is taken like the other.
    """
    place = left.place or right.place
    rules = left.rule_set or right.rule_set
    sides = [
        score_report(
            content,
            one.model_copy(update={"place": one.place or place, "rule_set": one.rule_set or rules}),
        )
        for one in (left, right)
    ]
    comparison = compare_reports(content, sides[0], sides[1], titles)
    return comparison, sides[0].choice.rule_set.id
