"""Phrases without content, unusual terms, copied paragraphs (措辞)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from ziping.checks.found import NOTE, PROBLEMS, WARNING, found
from ziping.checks.prose.likeness import normalised
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.domain.findings import Finding
from ziping.domain.prose_words import TermVariant
from ziping.domain.text import shorten

_PARTICULAR = re.compile(
    r"\d|《|“|[①-⑳]|20\d\d|[一二三四五六七八九十百千]{1,6}(?:个|项|次|家|户|人|台|套)"
)
_TITLES = re.compile("《[^》\n]{0,120}》")
_SHORTEST_COPY = 30
_SHORTEST_STOCK = 40
_FEWEST_STOCK = 2
_SHOWN = 4


def stock_phrases(subject: ProseSubject) -> Iterator[Finding]:
    """Report paragraphs of nothing but phrases: no figure, no date, no name."""
    for at, passage in enumerate(subject.prose.passages):
        if passage.is_heading or len(passage.text) < _SHORTEST_STOCK:
            continue
        body = re.sub(r"^[（(]?\d{1,2}[)）.．、]|^[①-⑳]", "", passage.text)
        phrases = _phrases(body, subject)
        if len(phrases) < _FEWEST_STOCK or _PARTICULAR.search(body):
            continue
        quoted = "、".join(f"“{one}”" for one in phrases[:_SHOWN])
        yield found(
            "wording.stock_phrase",
            NOTE,
            subject.at_passage(at, shorten(passage.text, 80)),
            title="套话，没有具体内容",
            message=f"这一段写了{quoted}，没有数字、时间、文件或具体事项，换个单位也能用。",
            why="自评报告要让人看得出做了什么、做到什么程度；套话无法核对。",
            clause=PROBLEMS,
            remedy="请换成可以核对的事实：做了哪几件事、多少数量、什么时间、依据哪份材料；没有的就删去。",
        )


def _phrases(text: str, subject: ProseSubject) -> list[str]:
    """Return the stock phrases in a text, those inside longer ones left out."""
    there = [one for one in subject.words.stock_phrases if one in text]
    return [one for one in there if not any(one != other and one in other for other in there)]


def variants(subject: ProseSubject) -> Iterator[Finding]:
    """Report an unusual way of writing a term, once for each way."""
    for variant in subject.words.variants:
        for written in variant.unusual:
            at = next((one for one in subject.said if _is_used(one.text, written, variant)), None)
            if at is not None:
                yield _variant(subject, at, written, variant)


def _is_used(text: str, written: str, variant: TermVariant) -> bool:
    """Whether a sentence writes a term in an unusual way, outside titles."""
    plain = _TITLES.sub("", text)
    for match in re.finditer(re.escape(written), plain):
        if not plain[: match.start()].endswith(variant.after_not or ("\0",)):
            return True
    return False


def _variant(subject: ProseSubject, said: Said, written: str, variant: TermVariant) -> Finding:
    elsewhere = variant.usual in subject.whole
    return found(
        "wording.variant",
        NOTE,
        subject.at(said, f"/{variant.usual}"),
        title="术语写法不常见",
        message=f"正文写“{written}”，通常的写法是“{variant.usual}”"
        + ("，报告别处也用后一种写法。" if elsewhere else "。"),
        why="同一个概念用规范、统一的名称，读者才不会当成两件事。",
        remedy=f"请改为“{variant.usual}”。",
    )


def copies(subject: ProseSubject) -> Iterator[Finding]:
    """Report paragraphs and long sentences that stand in the text more than once."""
    whole: defaultdict[str, list[int]] = defaultdict(list)
    for at, passage in enumerate(subject.prose.passages):
        if not passage.is_heading and _may_be_copied(subject, at, passage.text):
            whole[normalised(passage.text)].append(at)
    copied = {at for places in whole.values() if len(places) > 1 for at in places}
    for places in whole.values():
        if len(places) > 1:
            yield _copy(subject, places, subject.prose.passages[places[1]].text, "这一段")
    single: defaultdict[str, list[Said]] = defaultdict(list)
    for said in subject.said:
        is_plain = _may_be_copied(subject, said.passage, said.text)
        if said.passage not in copied and is_plain and not _PARTICULAR.search(said.text):
            single[normalised(said.text)].append(said)
    for uses in single.values():
        places = [one.passage for one in uses]
        if len({subject.prose.passages[one].heading for one in places}) > 1:
            yield _copy(subject, places, uses[0].text, "这句话")


def _may_be_copied(subject: ProseSubject, at: int, text: str) -> bool:
    """Whether a text is long enough, and says what only one place should say."""
    is_short = len(normalised(text)) < _SHORTEST_COPY
    if is_short or "【" in text or subject.part_of(at) == "annex":
        return False
    # Two projects may well have the same indicator and result.
    return len(subject.projects) <= 1 or not _PARTICULAR.search(text)


def _copy(subject: ProseSubject, places: list[int], text: str, what: str) -> Finding:
    sources = "、".join(subject.prose.passages[one].source for one in places)
    return found(
        "wording.copy",
        WARNING,
        subject.at_passage(places[1], shorten(text, 80)),
        title="同一段话重复出现",
        message=f"{what}在 {sources} 一字不差地出现了 {len(places)} 次。",
        why="每一节回答不同的问题，照抄说明至少有一节没有写到要点。",
        clause=PROBLEMS,
        remedy="请保留最合适的一处，另一处写该节要说的内容。",
    )


RULES = (stock_phrases, variants, copies)
