"""What is wanted when nothing is stated: an order, a question, or help (意图)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ziping.chat.clauses import is_question, supposes
from ziping.chat.normal import normal
from ziping.chat.scene import Scene
from ziping.chat.subjects import LineRef
from ziping.domain.conversation import ReplyKind

_ITEM = re.compile(r"第([一二三四五六七八九十\d]{1,2})[条个点项]")
_NUMERALS = {one: value for value, one in enumerate("一二三四五六七八九十", 1)}
_MOST_WORDS_OF_AN_ORDER = 40
_PARTS = ("一节", "这节", "那节", "章节", "一章", "这章", "那章", "这段", "那段", "小节")


class Want(StrEnum):
    """What a person wants (意图)."""

    UNDO = "undo"
    ACCEPT = "accept"
    REJECT = "reject"
    EXPORT = "export"
    DRAFT_ALL = "draft_all"
    REVISE = "revise"
    DRAFT = "draft"
    CHECK = "check"
    SCORE = "score"
    SCORED = "scored"
    """What the score is, asked as a question."""
    MISSING = "missing"
    WHY = "why"
    BASIS = "basis"
    INTERVIEW = "interview"
    SKIP = "skip"
    HELP = "help"
    UNIT = "unit"
    """In which unit of money amounts are filled in."""
    WHAT_IF = "what_if"
    RULE = "rule"
    """A question that the library may answer."""
    NOTHING = "nothing"


ANSWERED = {
    Want.SCORED: ReplyKind.ANSWER,
    Want.MISSING: ReplyKind.ANSWER,
    Want.WHY: ReplyKind.ANSWER,
    Want.BASIS: ReplyKind.COMMAND,
    Want.HELP: ReplyKind.ANSWER,
    Want.UNIT: ReplyKind.ANSWER,
    Want.WHAT_IF: ReplyKind.ANSWER,
    Want.RULE: ReplyKind.ANSWER,
    Want.NOTHING: ReplyKind.NONE,
}
"""What kind of reply a wish gets; COMMAND where it is not named here."""

_ORDERS = (
    Want.UNDO,
    Want.REJECT,
    Want.ACCEPT,
    Want.EXPORT,
    Want.DRAFT_ALL,
    Want.REVISE,
    Want.DRAFT,
    Want.CHECK,
    Want.SCORE,
    Want.SKIP,
    Want.INTERVIEW,
)
_QUESTIONS = (Want.MISSING, Want.WHY, Want.BASIS, Want.HELP)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants, of what (意图及其对象)."""

    want: Want
    section: str = ""
    """Id of a section of the outline."""
    item: int = 0
    """Which item of it, from 1; 0: all of it."""
    lines: tuple[LineRef, ...] = ()
    project: str = ""
    is_of_execution: bool = False
    said: str = ""


def wish_of(scene: Scene, said: str) -> Wish:
    """Return what is wanted."""
    text = normal(said).strip()
    section = section_in(scene, text)
    want = _want(scene, text, section)
    found = _ITEM.search(text)
    number = found[1] if found else ""
    item = int(number) if number.isdigit() else _NUMERALS.get(number, 0)
    ranked = scene.subjects.rank(text)
    lines = (ranked.sure,) if ranked.sure else ranked.possible
    named = {key for roles in scene.subjects.nicknames(text).values() for _, key in roles}
    return Wish(
        want,
        section=section,
        item=item,
        lines=lines,
        project=named.pop() if len(named) == 1 else "",
        is_of_execution=any(one in text for one in scene.speech.words.rates),
        said=said,
    )


def is_order_of_text(scene: Scene, said: str) -> bool:
    """Whether a section is to be written or rewritten, whatever figures the wish holds."""
    text = normal(said)
    words = scene.speech.words.commands
    orders = (*words["revise"], *words["draft"])
    return (
        bool(section_in(scene, text))
        and any(text.startswith(one) or one in text for one in orders)
        and (len(text) <= _MOST_WORDS_OF_AN_ORDER)
    )


def section_in(scene: Scene, text: str) -> str:
    """Return the section of the outline that is named; blank: none."""
    named = [
        (len(phrase), section)
        for section, phrases in scene.speech.words.sections.items()
        for phrase in phrases
        if phrase in text and scene.outline.section(section)
    ]
    for one in scene.outline.sections:
        title = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]+", "", one.heading)
        if one.fallback and title and title in text:
            named.append((len(title), one.id))
    return max(named)[1] if named else ""


def _want(scene: Scene, text: str, section: str) -> Want:
    """Return what a text wants."""
    words = scene.speech.words
    commands = words.commands
    asks = is_question(text, words)
    if supposes(text, words) and (asks or text.rstrip("。").endswith("呢")):
        return Want.WHAT_IF
    if asks and _asks_why(scene, text):
        return Want.WHY
    if (asks or _says(text, words.question_ends)) and _says(text, commands["unit"]):
        return Want.UNIT
    if asks and _says(text, commands["how_scored"]):
        return Want.SCORED
    for want in _QUESTIONS:
        if _says(text, commands[want.value]) and (asks or want is not Want.WHY):
            return want
    if not asks or _says(text, (*commands["check"], *commands["export"])):
        for want in _ORDERS:
            if _orders(text, commands[want.value], want, section):
                return want
    return Want.RULE if asks and _says(text, words.topics) else Want.NOTHING


def _asks_why(scene: Scene, text: str) -> bool:
    """Whether the points of a line, or the execution rate, are asked about."""
    words = scene.speech.words
    is_of_line = bool(scene.subjects.rank(text).possible)
    is_of_rate = _says(text, words.rates)
    is_why = _says(text, words.whys) and ("分" in text or "扣" in text)
    is_why = is_why or _says(text, words.commands["why"])
    is_how_much = is_of_rate and _says(text, words.how_much)
    return (is_why and (is_of_line or is_of_rate)) or is_how_much


def _says(text: str, phrases: Sequence[str]) -> bool:
    return any(one in text for one in phrases)


def _orders(text: str, phrases: Sequence[str], want: Want, section: str) -> bool:
    """Whether a text gives an order; writing needs a section, and orders are short."""
    if len(text) > _MOST_WORDS_OF_AN_ORDER or not _says(text, phrases):
        return False
    is_writing = want in (Want.DRAFT, Want.REVISE)
    return bool(section) or _says(text, _PARTS) if is_writing else True
