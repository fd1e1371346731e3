"""Where the money comes from in words, against the rows of the fund grid (资金来源)."""

import re
from collections.abc import Iterator

from ziping.checks.found import TEXT_AND_TABLE, WARNING, found
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.checks.prose.years import speaks_of_another_time
from ziping.checks.subject import Fund, Subject
from ziping.domain.findings import Finding
from ziping.domain.prose_words import SourceWords

_CLAUSE = re.compile("[，。；：,;:]")
_LABEL = r"(?:资金|经费)?(?:来源|性质)(?:于|为|是|系|：|:)*"
_FROM = (
    r"(?:资金|经费|拨款|款项|预算)[^，。；]{0,12}?"
    r"(?:来源于|来源为|来源是|来自|源于|属于|系|为|是|由)"
)
_BY = r"^(?:全部|均|主要|其中)?(?:由|来自|来源于|源于|属于|系|为|通过|使用)"
_GIVEN = "拨款|安排|列支|支付|解决|保障|拨付|核拨|资金|收入"
_EXPLAINED = re.compile("(?:自评表|表中|表内|资金栏)[^。]{0,20}(?:列于|列在|填列|填在|归入|列入)")
_MANAGES = re.compile("制度|办法|规定|严格|规范|管理要求|应缴|上缴|缴入")


def sources(subject: ProseSubject) -> Iterator[Finding]:
    """Report a source in words whose money stands in a row that contradicts it."""
    if len(subject.projects) != 1:
        return
    table = subject.projects[0]
    told: set[str] = set()
    for said in subject.said:
        if _EXPLAINED.search(said.text):
            return
    for said in subject.said:
        if speaks_of_another_time(said.text, subject.report.fiscal_year):
            continue
        for source in subject.words.fund_sources:
            word = _stated(said.text, source, subject)
            rows = _contradicting(table, source)
            if word and rows and source.id not in told:
                told.add(source.id)
                yield _source(subject, said, source, word, rows)


def _stated(sentence: str, source: SourceWords, subject: ProseSubject) -> str:
    """Return the words by which a sentence gives the money a source; blank for none."""
    for clause in _CLAUSE.split(sentence):
        for word in source.words:
            at = clause.find(word)
            if at < 0 or _is_denied(clause, at, subject) or _MANAGES.search(clause):
                continue
            before, after = clause[:at], clause[at + len(word) :]
            is_label = re.search(f"{_LABEL}$", before) or re.search(
                f"{_FROM}[^，。；]{{0,6}}$", before
            )
            is_given = re.search(_BY, before) and re.search(_GIVEN, f"{word}{after}")
            if is_label or is_given:
                return word
    return ""


def _is_denied(clause: str, at: int, subject: ProseSubject) -> bool:
    """Whether the words before a source say that there is none of it."""
    before = clause[:at]
    return any(word in before for word in subject.words.negations)


def _contradicting(table: Subject, source: SourceWords) -> list[Fund]:
    """Return the rows all money stands in, when none of them may hold this source's money."""
    filled = [fund for fund in table.details if fund.has_money]
    if not filled or any(fund.row.source in source.rows for fund in filled):
        return []
    if table.evaluation.fund_kind and not source.against:
        return []
    return [fund for fund in filled if fund.row.source in source.against]


def _source(
    subject: ProseSubject, said: Said, source: SourceWords, word: str, rows: list[Fund]
) -> Finding:
    titles = "、".join(f"“{fund.title}”" for fund in rows)
    return found(
        "text.fund_source",
        WARNING,
        subject.at(said, f"/{source.id}"),
        title="资金来源与自评表所在的行不符",
        message=f"正文说资金是{word}（{source.title}），自评表却全部列在{titles}行。",
        why=f"{source.title}与{'、'.join(fund.title.removeprefix('其中：') for fund in rows)}"
        "是不同的资金来源，自评表应按来源分行填列。",
        clause=TEXT_AND_TABLE,
        remedy="请按预算批复核实资金性质，改自评表的行或改正文的说法，使两处一致。",
    )


RULES = (sources,)
