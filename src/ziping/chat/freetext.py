"""Names and texts that are given in words: 主管部门、总体目标、偏差原因…… (文字填报)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ziping.chat.tokens import Role, Token
from ziping.chat.values import Value, find_values
from ziping.domain.chat_words import ChatWords
from ziping.domain.rules import Lexicon

HEAD, TEXT, MATERIAL, REASON, CELL = "heads", "texts", "materials", "reasons", "cells"
_OFFICES = ("unit", "competent_department", "implementing_unit")
ANY, NTH = "any", "nth"
"""A text of a cell that no list has; which of several given out it is, as 0/2."""
BECAUSE = "because"
"""Words that give a reason without naming the column it belongs to."""
_PLACE = r"(?:[里那这]?[里块栏格条项]|一栏|这块|那块|的话|方面)?"
_SAY = (
    r"(?:补充一句|补充一点|补一句|补一条|补一点|补上|补充|加一句|加上一句|写一句|整个|统一|都|就|要|是要|应该|应当|应|该|须|需|必须|改一下|请|你|给我|帮我|直接|先|再|则|也|主要|还|原来)*"
    r"(?:填写成|填写|填成|填|写成|写的是|写上|写|改名叫|改名为|更名为|变更为|改叫|改成|改为|换成|换为|设为|设置为|定为|用的是|选择|选|用|按|叫做|叫|是因为|是由于|是|为|如下)?"
)
_LEAD = re.compile(rf"{_PLACE}{_SAY}\s*[:：]?\s*(?P<quote>[\"])?")
_EXPLICIT = re.compile(r"(?:填|写|改|换|设|叫|是|为|如下|[:：\"])")
_ORDERED = re.compile("[填写改换]")
_WEAK = ("实际完成情况",)
_LATER = re.compile(
    r"(?:[，,](?:请|就|应该|应|给|帮我|你|麻烦)*[填写]|现在是|现在叫|现在为|现为|成了|变成|就叫|改叫|应该叫|应该是|应为|改成|改为|换成|换为|才对|是)"
    r"\s*[:：]?\s*(?P<quote>[\"])?"
)
_REFUSED = re.compile(
    r"^(?:没|还没|不|未|吗|呢|怎么|咋|什么|啥|多少|哪|谁|空|缺|要不要|是不是|有没有|需要|必须|可以|能|会|[?？])"
    r"|[?？]|(?:吗|呢|多少|怎么|什么|啥|哪里|哪个|谁)$|(?:怎么|如何|哪个|什么)"
)
_ABOUT_THE_NAME = re.compile(
    r"^(?:(?:填|写|选|录|抄)(?:的|得)?(?:不对|错|有误|反)|里的|里面|里|的|去掉|少|多|(?:弄|搞|填|写|选|抄|报|记|打)?错|不对|有误|写错|抄错|空|没填|还没|漏|选错|填错)"
)
_NO_NAME = re.compile(
    r"^[的得了地和与跟及或、也还都没不否有在]|不对|有误|错[了的]?$|同一|一样|相同|一致"
)
_YEAR_GIVEN = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2})年?度?(?:的?(?:自评|报告|绩效|项目支出)[\u4e00-\u9fff]{0,8})?的?"
    r"(?:[，,]?(?:而|并)?不是(?:19|20)\d{2}年?度?的?)?(?=[，,。；;\n！!\"\s]|$)"
)
_NAME_ENDS, _REASON_ENDS, _TEXT_ENDS = "，,。；;\n！!", "。；;\n", "\n"
_NAME_LENGTH = (2, 60)
_MATERIAL_LENGTH = 6
_QUOTED_LENGTH = 300
_CELL_NAMES = ("年度指标值", "指标值", "目标", "年度目标", "实际", "完成情况", "完成值")
_ORDER_ENDS = ("成", "为", ":", "写", "填")
_OUT = re.compile(r"\s*(?:分别|依次)(?:是|为|填成|填|写成|写|改成|改为)?\s*:?\s*")
_LISTED = re.compile(
    r'[、,，和与及\s]*(?:"(?P<quoted>[^"]{1,60})"|(?P<bare>[\u4e00-\u9fff]{1,12}))'
)
_TAIL = re.compile(r"(?:[吧啊呀哈哦嘛啦噻咯的\s]|(?<!不)了)+$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that announces a text (提示词语)."""

    category: str
    key: str
    start: int
    end: int
    is_weak: bool = False
    """Whether it also heads lists of figures, so that only an order to write counts."""


def find_texts(text: str, words: ChatWords, lexicon: Lexicon) -> list[Token]:
    """Return the texts that are given for fields, as tokens in order."""
    found: list[Token] = []
    for marker in _markers(text, words):
        if found and marker.start < found[-1].end:
            continue
        token = _given(text, marker, words.organisations)
        if token is not None:
            found.append(token)
    cells = _cells(text, words, lexicon)
    free = [one for one in cells if not any(one.start < x.end and x.start < one.end for x in found)]
    return sorted([*found, *free], key=lambda one: one.start)


def _cells(text: str, words: ChatWords, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the targets and actual values that are told in words: 目标效果明显, 实际是显著提升."""
    known = frozenset({*lexicon.qualitative_words, *lexicon.status_words, *lexicon.not_applicable})
    phrases = [(CELL, key, one) for key in ("target", "actual") for one in words.fields[key]]
    meanings = {phrase: key for _, key, phrase in phrases if len(phrase) > 1}
    pattern = _pattern(tuple(one for one in phrases if len(one[2]) > 1))
    for match in pattern.finditer(text):
        role = (CELL, meanings[match[0]])
        listed = list(_listed_cells(text, match.end(), role, known))
        lead = _LEAD.match(text, match.end())
        if listed or lead is None:
            yield from listed
            continue
        quoted = bool(lead["quote"])
        end = _stop(text, lead.end(), '"' if quoted else _NAME_ENDS + '"')
        given = _TAIL.sub("", text[lead.end() : end])
        span = (lead.end(), lead.end() + len(given))
        if given in known:
            yield Token(*span, given, frozenset({role}), free=given)
        elif _is_any_cell(match[0], text[match.end() : lead.end()], given, quoted=quoted):
            yield Token(*span, given, frozenset({role, (ANY, ANY)}), free=given)


def _listed_cells(text: str, at: int, role: Role, known: frozenset[str]) -> Iterator[Token]:
    """Yield the texts that 分别是 gives out in order."""
    head = _OUT.match(text, at)
    found: list[tuple[int, str]] = []
    at = head.end() if head else len(text)
    while item := _LISTED.match(text, at):
        quoted, bare = item["quoted"], item["bare"]
        if quoted is None and bare not in known:
            break
        found.append((item.start("bare" if quoted is None else "quoted"), quoted or bare))
        at = item.end()
    for number, (start, given) in enumerate(found):
        roles = frozenset({role, (ANY, ANY), (NTH, f"{number}/{len(found)}")})
        yield Token(start, start + len(given), given, roles, free=given)


def _is_any_cell(phrase: str, said: str, given: str, *, quoted: bool) -> bool:
    """Whether words in no list are the text of a cell: quoted, or ordered to be written."""
    figures = [one for one in find_values(given) if isinstance(one, Value)]
    if not given.strip() or _REFUSED.search(given) or not phrase.startswith(_CELL_NAMES):
        return False
    if sum(one.end - one.start for one in figures) >= len(given.strip()) - 1:
        return False
    if quoted:
        return len(given) <= _QUOTED_LENGTH
    least, most = _NAME_LENGTH
    is_ordered = _ORDERED.search(said) and said.rstrip().endswith(_ORDER_ENDS)
    return bool(is_ordered) and least <= len(given) <= most


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    listed = sorted({phrase for _, _, phrase in phrases}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)))


def _markers(text: str, words: ChatWords) -> Iterator[Marker]:
    """Yield the words that announce a text, in order, the longest where several fit."""
    phrases = [
        (category, key, phrase)
        for category in (HEAD, TEXT, MATERIAL)
        for key, listed in getattr(words, category).items()
        for phrase in listed
    ]
    for key in ("deviation", "points_reason", BECAUSE):
        phrases += [(REASON, key, phrase) for phrase in words.fields[key]]
    meanings = {phrase: (category, key) for category, key, phrase in phrases}
    for match in _pattern(tuple(phrases)).finditer(text):
        category, key = meanings[match[0]]
        yield Marker(category, key, *match.span(), is_weak=match[0] in _WEAK)


def _given(text: str, marker: Marker, organisations: tuple[str, ...]) -> Token | None:
    """Return the text that a marker announces; None where it announces none."""
    lead = _LEAD.match(text, marker.end)
    if lead is None:
        return None
    begin, quoted = lead.end(), bool(lead["quote"])
    is_put_off = begin < len(text) and text[begin] in _NAME_ENDS
    is_put_off = is_put_off or bool(_ABOUT_THE_NAME.match(text[marker.end :]))
    is_put_off = is_put_off or not (quoted or _is_office(text, begin, marker, organisations))
    if marker.category == HEAD and is_put_off:
        laters = _LATER.finditer(text, marker.end, _stop(text, marker.end, _REASON_ENDS))
        later = next(
            (
                one
                for one in laters
                if one["quote"] or _is_office(text, one.end(), marker, organisations)
            ),
            None,
        )
        if later is None:
            return None
        begin, quoted = later.end(), bool(later["quote"])
    elif (marker.is_weak and not _ORDERED.search(text[marker.end : begin])) or (
        marker.category != HEAD
        and marker.key != BECAUSE
        and not _EXPLICIT.search(text[marker.end : begin])
    ):
        return None
    if marker.key == "fiscal_year":
        return _year_given(text, begin, marker)
    end = _end_of(text, begin, marker, quoted=quoted)
    given = _TAIL.sub("", text[begin:end]) if not quoted else text[begin:end]
    end = begin + len(given)
    if not _is_content(given, marker):
        return None
    return Token(
        begin, end, text[begin:end], frozenset({(marker.category, marker.key)}), free=given
    )


def _is_office(text: str, begin: int, marker: Marker, organisations: tuple[str, ...]) -> bool:
    """Whether words end as the name of an office does, where only that can be meant."""
    if marker.key not in _OFFICES:
        return True
    given = _TAIL.sub("", text[begin : _stop(text, begin, _NAME_ENDS)]).rstrip(' "”')
    return given.endswith((*organisations, ")"))


def _year_given(text: str, begin: int, marker: Marker) -> Token | None:
    """Return the year of the report; what it is not is passed over."""
    found = _YEAR_GIVEN.match(text, begin)
    if found is None:
        return None
    roles = frozenset({(marker.category, marker.key)})
    return Token(begin, found.end(), found[0], roles, free=found["year"])


def _end_of(text: str, begin: int, marker: Marker, *, quoted: bool) -> int:
    """Return where a text ends."""
    if quoted and (closing := text.find('"', begin)) > 0:
        return closing
    ends = {HEAD: _NAME_ENDS, REASON: _REASON_ENDS}.get(marker.category, _TEXT_ENDS)
    if marker.key == "adjustment_basis":
        ends = _REASON_ENDS
    return _stop(text, begin, ends)


def _stop(text: str, begin: int, ends: str) -> int:
    """Return the first place of one of the ends, or the end of the text."""
    return next((at for at in range(begin, len(text)) if text[at] in ends), len(text))


def _is_content(given: str, marker: Marker) -> bool:
    """Whether what follows a marker can be its text."""
    if not given.strip() or (marker.category in (HEAD, REASON) and _REFUSED.search(given)):
        return False
    if marker.category == HEAD:
        least, most = _NAME_LENGTH
        is_name = least <= len(given) <= most and not _NO_NAME.search(given)
        return is_name or marker.key == "fund_unit"
    if marker.category == REASON:
        return len(given) > 1
    return len(given) >= _MATERIAL_LENGTH and not _REFUSED.match(given)
