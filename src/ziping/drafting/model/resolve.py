"""Filling in the tokens a model wrote: facts by their display, clauses by their citation (填值)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ziping.domain.draft import Ledger

_TOKEN = re.compile(
    r"[{｛]\s?[{｛]\s*(?P<fact>[^{}｛｝]{1,200}?)\s*[}｝]\s?[}｝]"
    r"|(?:\[\[|【【)\s*(?P<clause>[^\[\]【】]{1,200}?)\s*(?:\]\]|】】)"
)
_LEFT_OVER = re.compile(r"[{}｛｝]|\[\[|\]\]")
_ARTICLE = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]+条(?:第[一二三四五六七八九十\d]+[款项])?"
)
_UNIT_FORM = re.compile(r"(?:万元|亿元|元|%|％|分|项|个|年)$")
_BEGINS_A_WORD = re.compile(r"分[别值项数]|项目|个[别性]")
"""Words that begin like a unit and are none: 25项 项目 states no unit twice."""


@dataclass(frozen=True, slots=True)
class Citable:
    """A clause as prose cites it (可引条款)."""

    id: str
    """What is recorded: the clause, or its document where the text was not seen."""
    text: str
    """《title》（文号）第十六条."""
    title: str
    """《title》, blank when unknown."""


@dataclass(slots=True)
class Resolved:
    """A sentence with its tokens filled in (填值结果)."""

    text: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    clauses: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Chinese sentences on tokens that name nothing."""


def resolve(sentence: str, ledger: Ledger, citable: Mapping[str, Citable]) -> Resolved:
    """Return a sentence as people read it, and what it states."""
    found = Resolved()
    at = 0
    for token in _TOKEN.finditer(sentence):
        found.text += sentence[at : token.start()]
        at = token.end()
        if (fact_id := token["fact"]) is not None:
            at += _state(found, fact_id, ledger, sentence[at:])
        else:
            at += _cite(found, token["clause"], citable, sentence[at:])
    found.text += sentence[at:]
    if _LEFT_OVER.search(found.text):
        found.unknown.append("标记不完整：数据项写成 {{编号}}，条款写成 [[编号]]")
    return found


def _state(found: Resolved, fact_id: str, ledger: Ledger, rest: str) -> int:
    """State a fact; return how much of the rest repeats its unit."""
    fact = ledger.facts.get(fact_id)
    if fact is None:
        found.unknown.append(f"没有编号为 {fact_id} 的数据项")
        return 0
    found.text += fact.display
    found.facts[fact_id] = fact.display
    unit = _UNIT_FORM.search(fact.display)
    repeats = unit is not None and rest.startswith(unit[0]) and not _BEGINS_A_WORD.match(rest)
    return len(unit[0]) if unit and repeats else 0


def _cite(found: Resolved, clause_id: str, citable: Mapping[str, Citable], rest: str) -> int:
    """Cite a clause; return how much of the rest repeats its article."""
    clause = citable.get(clause_id)
    if clause is None:
        found.unknown.append(f"没有编号为 {clause_id} 的条款，只能引用列出的条款")
        return 0
    for said in (clause.text, clause.title):
        if said and found.text.endswith(said):
            found.text = found.text.removesuffix(said)
            break
    found.text += clause.text
    if clause.id not in found.clauses:
        found.clauses.append(clause.id)
    article = _ARTICLE.search(clause.text)
    return len(article[0]) if article and rest.startswith(article[0]) else 0
