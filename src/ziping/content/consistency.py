"""Whether the files of knowledge/ and prompts/ agree with one another (内容检查)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from ziping.content.located import Located, Path_, at_line
from ziping.domain.draft import Outline
from ziping.domain.errors import ZipingError
from ziping.domain.framework import Framework
from ziping.domain.policy import Clause
from ziping.domain.rules import CERTAINTY_TITLES, Basis, Certainty, RuleSet

if TYPE_CHECKING:
    from ziping.content.library import Content

Loadable = TypeVar("Loadable")
Problem = tuple[Path_, str]
"""Where in a file something is wrong, and what and how to mend it."""

_CITED = re.compile(r"\[\[([^\[\]{}]+#[^\[\]{}]+)\]\]")
_SURENESS = (
    Certainty.OWN_DEFAULT,
    Certainty.FROM_MEMORY,
    Certainty.CORROBORATED,
    Certainty.SEEN,
)
_FULL = Decimal(100)
_WHOLE = Decimal(1)


def check(content: "Content") -> list[str]:
    """Return every mistake found, in Chinese, with file and line."""
    messages: list[str] = []
    documents = list(_readable(content.policies_all, messages))
    clauses = {one.id: one for entry in documents for one in entry.document.clauses}
    known = {entry.document.id for entry in documents}
    words = (content.lexicon, content.chat_words, content.terms)
    for load in (*words, lambda: content.choose_rule_set("", 2023)):
        _attempt(load, messages)
    messages += _prose_words(content)
    for rule in _readable(lambda: content.loaded_all(RuleSet, "rules"), messages):
        found = [*_rule_set(rule.record, clauses), *_documents(rule.record, known)]
        messages += _located(rule.located, found)
    for outline in _readable(lambda: content.loaded_all(Outline, "outlines"), messages):
        messages += _located(outline.located, _outline(outline.record, content))
    for framework in _readable(lambda: content.loaded_all(Framework, "frameworks"), messages):
        messages += _located(framework.located, _framework(framework.record, clauses))
    messages += _citations(content, clauses)
    _attempt(lambda: content.model_prompts, messages)
    return list(dict.fromkeys(messages))


def _prose_words(content: "Content") -> list[str]:
    """Return what is wrong in the words that reports are checked by."""
    messages: list[str] = []
    words = _attempt(content.prose_words, messages)
    outline = _attempt(content.outlines, messages)
    known = {section.id for one in outline or () for section in one.sections}
    return messages + [
        f"knowledge/prose.yaml：“{part.title}”的 section“{part.section}”不在报告提纲里，请核对。"
        for part in (words.parts if words else ())
        if part.section and part.section not in known
    ]


def _attempt(load: Callable[[], Loadable], messages: list[str]) -> Loadable | None:
    """Return what a call loads, or note its mistake."""
    try:
        return load()
    except ZipingError as error:
        messages.append(str(error))
        return None


def _readable(
    entries: Callable[[], Iterable[Callable[[], Loadable]]], messages: list[str]
) -> Iterator[Loadable]:
    """Yield what can be loaded, noting the mistakes of the rest."""
    for load in _attempt(entries, messages) or ():
        found = _attempt(load, messages)
        if found is not None:
            yield found


def _located(located: Located, problems: Iterable[Problem]) -> list[str]:
    """Return problems as messages with file and line."""
    return [f"{located.where(path)}：{text}。" for path, text in problems]


def _rule_set(rule_set: RuleSet, clauses: dict[str, Clause]) -> Iterator[Problem]:
    """Yield what is wrong within a rule set."""
    for at, weights in enumerate(rule_set.level1_weights):
        total = sum(weights.weights.values(), Decimal(0))
        if total != _FULL:
            yield (
                ("level1_weights", at, "weights"),
                f"一级指标分值合计 {total}，应为 100，请核对各项",
            )
    if not rule_set.level1_weights:
        yield ("level1_weights",), "没有一级指标分值，请至少写一组"
    yield from _bands(rule_set)
    yield from _shares(rule_set)
    yield from _descending(
        ("grades",), [one.at_least for one in rule_set.grades], _FULL, "等级的起点"
    )
    for path, basis in _bases(rule_set, ()):
        yield from _basis(path, basis, clauses)


def _bands(rule_set: RuleSet) -> Iterator[Problem]:
    """Yield gaps and overlaps between the qualitative bands."""
    bands = rule_set.qualitative.bands
    path: Path_ = ("qualitative", "bands")
    above: Decimal | None = None
    for at, band in enumerate(bands):
        if band.below != above:
            expected = "留空（含满分）" if above is None else f"写 {above}，与上一档的下界相接"
            yield (*path, at, "below"), f"“{band.title}”档的上界 below 应{expected}"
        above = band.at_least
    yield from _descending(path, [one.at_least for one in bands], _WHOLE, "定性档次的下界")


def _shares(rule_set: RuleSet) -> Iterator[Problem]:
    """Yield what is wrong with the bands of execution rate and satisfaction."""
    for name, rule in (("execution", rule_set.execution), ("satisfaction", rule_set.satisfaction)):
        path: Path_ = (name, "bands")
        bounds = [one.at_least for one in rule.bands]
        shares = [one.share for one in rule.bands]
        yield from _descending(path, bounds, Decimal("Infinity"), "各档的下界")
        if any(not 0 <= share <= 1 for share in shares) or shares != sorted(shares, reverse=True):
            yield path, "各档的份额 share 应在 0 到 1 之间，从高到低排列"
    if rule_set.satisfaction.kind == "banded" and not rule_set.satisfaction.bands:
        yield ("satisfaction", "kind"), "满意度写了按区间得分 banded，却没有 bands，请补上"


def _descending(
    path: Path_, bounds: list[Decimal], highest: Decimal, what: str
) -> Iterator[Problem]:
    """Yield that bounds do not fall strictly from at most `highest` down to zero."""
    falling = all(one > two for one, two in pairwise(bounds))
    if bounds and not (falling and bounds[0] <= highest):
        yield path, f"{what}应从高到低排列，不重复，最高不超过 {highest}"
    if bounds and bounds[-1] != 0:
        yield (*path, len(bounds) - 1), f"{what}最后一项应为 0，否则低于它的没有着落"


def _bases(record: BaseModel, path: Path_) -> Iterator[tuple[Path_, Basis]]:
    """Yield every basis in a record with its path."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Basis):
            yield (*path, name), value
        elif isinstance(value, BaseModel):
            yield from _bases(value, (*path, name))


def _basis(path: Path_, basis: Basis, clauses: dict[str, Clause]) -> Iterator[Problem]:
    """Yield that a basis names no clause, or claims to be surer than its clause."""
    clause = clauses.get(basis.clause)
    if clause is None:
        yield (*path, "clause"), _no_clause(basis.clause)
    elif _SURENESS.index(basis.certainty) > _SURENESS.index(clause.certainty):
        stated, known = CERTAINTY_TITLES[basis.certainty], CERTAINTY_TITLES[clause.certainty]
        text = f"把握程度写的是“{stated}”，高于条款 {clause.id} 的“{known}”，请改成一致"
        yield (*path, "certainty"), text


def _no_clause(clause_id: str) -> str:
    """Return that a clause is not there and where to add it."""
    document = clause_id.partition("#")[0]
    return (
        f"条款“{clause_id}”不存在，请核对编号，或在 knowledge/policies/{document}.md 中补上这一条"
    )


def _documents(rule_set: RuleSet, known: set[str]) -> Iterator[Problem]:
    """Yield documents a rule set names that are not in the library."""
    for at, document in enumerate(rule_set.documents):
        if document not in known:
            yield ("documents", at), f"政策文件“{document}”不存在，请在 knowledge/policies 中补上"


def _outline(  # noqa: C901 - one question after another, each on its own line
    outline: Outline, content: "Content"
) -> Iterator[Problem]:
    """Yield what an outline names that is not there."""
    sections = [one.id for one in outline.sections]
    materials = [one.id for one in outline.materials]
    for name, ids in (("sections", sections), ("materials", materials)):
        for repeated in (one for one, count in Counter(ids).items() if count > 1):
            yield (name, ids.index(repeated)), f"编号“{repeated}”用了不止一次，请改成不同的编号"
    for at, section in enumerate(outline.sections):
        path: Path_ = ("sections", at)
        for other in section.depends_on:
            if other not in sections[:at]:
                yield (
                    (*path, "depends_on"),
                    f"depends_on 中的章节“{other}”不在它前面，请核对编号和顺序",
                )
        for material in section.materials:
            if material not in materials:
                yield (*path, "materials"), f"材料“{material}”没有在 materials 里列出，请补上"
        if section.fallback:
            try:
                content.fallback(section.fallback)
            except ZipingError as error:
                yield (*path, "fallback"), f"模板“{section.fallback}”用不了：{error}".rstrip("。")
            if f"prompts/sections/{section.id}.md" not in content.prompts:
                yield (*path, "id"), f"缺少提示词 prompts/sections/{section.id}.md，请补上"


def _framework(framework: Framework, clauses: dict[str, Clause]) -> Iterator[Problem]:
    """Yield what is wrong with a framework's items."""
    ids = [one.id for one in framework.items]
    for at, item in enumerate(framework.items):
        if item.id in ids[:at]:
            yield ("items", at, "id"), f"编号“{item.id}”用了不止一次，请改成不同的编号"
        if item.clause not in clauses:
            yield ("items", at, "clause"), _no_clause(item.clause)


def _citations(content: "Content", clauses: dict[str, Clause]) -> Iterator[str]:
    """Yield clauses cited in prompts and templates that are not there."""
    errors: list[str] = []
    for name, text in (_attempt(lambda: content.prompts, errors) or {}).items():
        for number, line in enumerate(text.split("\n"), start=1):
            for match in _CITED.finditer(line):
                if match[1] not in clauses:
                    yield f"{at_line(name, number)}：{_no_clause(match[1])}。"
    yield from errors
