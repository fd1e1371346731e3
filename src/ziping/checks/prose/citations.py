"""文号 and 《titles》 in the text against the policy library (引用)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ziping.checks.found import NOTE, WARNING, found
from ziping.checks.prose.likeness import likeness
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.domain.findings import Finding
from ziping.domain.policy import PolicyDocument

_TITLE = re.compile("《(?P<title>[^《》\n]{2,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,40})?)》")
_NUMBER = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{1,14})(?P<open>[〔\[【（(﹝［])(?P<year>(?:19|20)\d{2})(?P<close>[〕\]】）)﹞］])\s*第?(?P<serial>\d{1,5})\s*号"
)
_BOUNDARY = re.compile(
    ".*(?:根据|依据|按照|遵照|参照|印发|转发|下发|执行|落实|符合|以及|文件|[据照按及和与、的由以])"
)
_BETWEEN = re.compile(r"\s*[（(]?\s*(?:文号[：:]?)?")
_WRAPPED = re.compile("^.*?关于(?:印发|发布|公布|转发|下发)(?P<inner>.+?)的(?:通知|决定|公告)$")
_PUNCTUATION = re.compile(r"[\s《》〈〉“”（）()\[\]〔〕、，,·：:]")
_TRIAL = re.compile("(?:试行|暂行|修订|修正)$")
_SAID_REPEALED = re.compile("废止|失效|替代|不再执行|原《")
_RIGHT_BRACKETS = "〔〕"
_ALIKE = 0.6
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Cited:
    """A 文号 as cited, with the title before it (引用)."""

    said: Said
    written: str
    form: str
    """With one kind of brackets and no spaces."""
    brackets: str
    title: str
    """Title in book marks right before; blank for none."""


def cited_numbers(subject: ProseSubject) -> Iterator[Cited]:
    """Yield every 文号 of the text."""
    for said in subject.said:
        for match in _NUMBER.finditer(said.text):
            head = _BOUNDARY.sub("", match["head"])
            before = [one for one in _TITLE.finditer(said.text) if one.end() <= match.start()]
            gap = said.text[before[-1].end() : match.start()] if before else "-"
            yield Cited(
                said=said,
                written=match.group()[len(match["head"]) - len(head) :],
                form=f"{head}〔{match['year']}〕{match['serial']}号",
                brackets=match["open"] + match["close"],
                title=before[-1]["title"] if before and _BETWEEN.fullmatch(gap) else "",
            )


def _known(subject: ProseSubject, cited: Cited) -> PolicyDocument | None:
    """Return the document a 文号 is of."""
    return next(
        (
            one
            for one in subject.documents
            if one.number and (cited.form == one.number or cited.form.endswith(one.number))
        ),
        None,
    )


def title_form(title: str) -> str:
    """Return a title as it is compared: without wrapper, issuer, marks and 试行."""
    plain = _PUNCTUATION.sub("", title)
    wrapped = _WRAPPED.match(plain)
    plain = wrapped["inner"] if wrapped else plain
    return _TRIAL.sub("", plain).removeprefix("中华人民共和国")


def _is_title_of(title: str, document: PolicyDocument) -> bool:
    """Whether a cited title may be a document's."""
    cited, own = title_form(title), title_form(document.title)
    return cited in own or own in cited or likeness(cited, own) >= _ALIKE


def mismatched(subject: ProseSubject) -> Iterator[Finding]:
    """Report a 文号 that belongs to another document than the title before it."""
    for at, cited in enumerate(cited_numbers(subject)):
        document = _known(subject, cited)
        if not cited.title:
            continue
        if document is not None and document.title and not _is_title_of(cited.title, document):
            right = f"《{document.title}》"
            told = f"“{cited.written}”是{right}的文号，正文写成了《{cited.title}》的"
        else:
            own = None if document else _titled(subject, cited)
            if own is None:
                continue
            right = own.number
            told = f"知识库里《{own.title}》的文号是{own.number}，正文写的是“{cited.written}”"
        yield found(
            "citations.mismatch",
            WARNING,
            subject.at(cited.said, f"/{at}"),
            title="文号与文件名称对不上",
            message=f"{told}。",
            why="引用文件时名称和文号要是同一份文件。",
            remedy=f"请对照原文核实，改为{right}或改正名称。",
        )


def _titled(subject: ProseSubject, cited: Cited) -> PolicyDocument | None:
    """Return the document of a cited title, issued by the same office under another number."""
    form, head = title_form(cited.title), cited.form.partition("〔")[0]
    return next(
        (
            one
            for one in subject.documents
            if one.title and one.number.partition("〔")[0] == head and title_form(one.title) == form
        ),
        None,
    )


def repealed(subject: ProseSubject) -> Iterator[Finding]:
    """Report documents cited as if in force that were repealed."""
    old = [one for one in subject.documents if one.status == "已废止"]
    forms: defaultdict[Said, list[str]] = defaultdict(list)
    for one in cited_numbers(subject):
        forms[one.said].append(one.form)
    for said in subject.said:
        if _SAID_REPEALED.search(said.text):
            continue
        titles = {title_form(one["title"]) for one in _TITLE.finditer(said.text)}
        numbers = forms.get(said, [])
        for document in old:
            by_number = any(form.endswith(document.number) for form in numbers if document.number)
            by_title = bool(document.title) and title_form(document.title) in titles
            if not by_number and not (by_title and not numbers):
                continue
            yield found(
                "citations.repealed",
                WARNING,
                subject.at(said, f"/{document.id}"),
                title="引用了已废止的文件",
                message=f"{document.citation}已经废止。{_successor(document)}",
                why="自评依据应当是评价年度有效的文件。",
                clause=document.clauses[0].id if document.clauses else "",
                remedy="请改引现行文件；确需说明沿革的，写明已废止。",
            )


def _successor(document: PolicyDocument) -> str:
    """Return what the library says on a repealed document, in its first sentence."""
    text = document.clauses[0].text if document.clauses else ""
    return text.split("。", 1)[0] + "。" if text else ""


def not_in_library(subject: ProseSubject) -> Iterator[Finding]:
    """List once the 文号 that the library does not hold, so that a person looks at them."""
    unknown = [
        one
        for one in cited_numbers(subject)
        if _known(subject, one) is None
        and _titled(subject, one) is None
        and not _is_own(subject, one)
    ]
    if not unknown:
        return
    listed = list(dict.fromkeys(f"{one.written}（{_source(subject, one)}）" for one in unknown))
    shown = "、".join(listed[:_SHOWN]) + ("等" if len(listed) > _SHOWN else "")
    yield found(
        "citations.not_in_library",
        NOTE,
        subject.at(unknown[0].said),
        title="有文号没有核对",
        message=f"知识库没有收录 {len(listed)} 个文号：{shown}，名称和文号是否相符没有核对。",
        why="只有知识库收录的文件才能核对名称、文号和是否现行。",
        remedy="请人工核对；常用的文件可在“知识库”里添加原文，以后自动核对。",
    )


def _is_own(subject: ProseSubject, cited: Cited) -> bool:
    """Whether a 文号 is of the unit's own documents, which no library holds."""
    projects = subject.report.projects
    units = (subject.report.unit, *(one.implementing_unit for one in projects))
    named = any(unit.strip() and unit.strip() in cited.title for unit in units)
    return named or cited.form in {one.number for one in subject.report.unit_documents}


def _source(subject: ProseSubject, cited: Cited) -> str:
    return subject.prose.passages[cited.said.passage].source


def brackets(subject: ProseSubject) -> Iterator[Finding]:
    """List once the 文号 whose year does not stand in hexagonal brackets."""
    odd = [one for one in cited_numbers(subject) if one.brackets != _RIGHT_BRACKETS]
    if not odd:
        return
    listed = list(dict.fromkeys(f"{one.written}（{_source(subject, one)}）" for one in odd))
    yield found(
        "citations.brackets",
        NOTE,
        subject.at(odd[0].said),
        title="文号的括号不规范",
        message=f"文号的年份应当用六角括号“〔〕”：{'、'.join(listed[:_SHOWN])}。",
        why="公文格式国家标准规定，发文字号的年份用六角括号括入。",
        remedy="请把年份两边的括号改为“〔〕”。",
    )


RULES = (mismatched, repealed, not_in_library, brackets)
