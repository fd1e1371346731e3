"""Short answers to what was asked: 年初的, 第二个, 是的, 619.52 (简短回答)."""

import re

from ziping.chat.clauses import clauses_of, is_question
from ziping.chat.line_words import written_in
from ziping.chat.normal import normal
from ziping.chat.proposals import AMOUNTS, Proposals, Proposed
from ziping.chat.residue import residue_of
from ziping.chat.scene import Scene
from ziping.chat.tokens import Token, tokens_of
from ziping.chat.values import ValueKind
from ziping.domain.conversation import Choice, Question
from ziping.domain.patches import Patch

_ORDINAL = re.compile(r"(?:第|选|选择)?([一二三四五六七八九十\d]{1,2})(?:个|项|条|种)?(?:吧|的)?")
_NUMERALS = {one: value for value, one in enumerate("一二三四五六七八九十", 1)}
_FORMER, _LATTER = (
    ("前者", "前一个", "前面那个", "前面的"),
    ("后者", "后一个", "后面那个", "后面的"),
)
_MOST_WORDS = 16
_TEXT_LENGTH = 6
_LONGEST_NAME = 40
_TEXT_FIELDS = re.compile(
    r"(?:^unit|^place|/name|_department|implementing_unit|/expected|/achieved|adjustment_basis"
    r"|/deviation|/points_reason|materials/[a-z_]+)$"
)
_MARKS = " 。，,.!！~～"


def answered(scene: Scene, said: str) -> tuple[Patch, ...] | None:
    """Return what an answer to the pending question proposes; None: it is no answer to it."""
    question = scene.pending
    if question is None:
        return None
    text = normal(said).strip(_MARKS)
    if question.choices and len(text) <= _MOST_WORDS:
        chosen = _chosen(scene, question, text)
        if chosen is not None:
            return tuple(patch for one in chosen for patch in _anew(scene, one, said))
    if question.expects:
        return _expected(scene, question, said)
    return None


def _chosen(scene: Scene, question: Question, text: str) -> tuple[Choice, ...] | None:
    """Return the choices that a short answer picks."""
    words = scene.speech.words
    choices = question.choices
    if text in words.both and len(choices) == 2:  # noqa: PLR2004 - both of two
        return choices
    found = _ORDINAL.fullmatch(text)
    number = (
        int(found[1])
        if found and found[1].isdigit()
        else _NUMERALS.get(found[1], 0)
        if found
        else 0
    )
    if found and text[:1] in "第选" and 0 < number <= len(choices):
        return (choices[number - 1],)
    if text in _FORMER:
        return choices[:1]
    if text in _LATTER:
        return choices[-1:]
    exact = [one for one in choices if normal(one.label) == text]
    if exact:
        return tuple(exact)
    if len(choices) == 2 and not choices[1].patches:  # noqa: PLR2004 - 是 or 不是
        if text in words.no or any(text.startswith(one) for one in ("不", "否")):
            return choices[1:]
        if text in words.yes:
            return choices[:1]
    return _alike(choices, text)


def _alike(choices: tuple[Choice, ...], text: str) -> tuple[Choice, ...] | None:
    """Return the choice whose label alone shares a telling part with an answer."""
    labels = [normal(one.label) for one in choices]
    telling = [
        {pair for pair in _pairs(label) if sum(pair in other for other in labels) == 1}
        for label in labels
    ]
    said = _pairs(text)
    scores = [len(said & one) for one in telling]
    best = max(scores)
    if not best or scores.count(best) > 1:
        return None
    return (choices[scores.index(best)],)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _anew(scene: Scene, choice: Choice, said: str) -> tuple[Patch, ...]:
    """Return a choice's patches against what the report holds now."""
    made = Proposals(scene.report, scene.lexicon, said)
    for one in choice.patches:
        made.put(Proposed(one.path, one.new, 0, len(said), one.note), corrects=True)
    return made.patches()


def _expected(scene: Scene, question: Question, said: str) -> tuple[Patch, ...] | None:
    """Return the plain figure or text that was asked for."""
    made = Proposals(scene.report, scene.lexicon, said)
    for path in question.expects:
        one = (
            _text_for(scene, path, said)
            if _TEXT_FIELDS.search(path)
            else _figure_for(scene, made, path, said)
        )
        if one is None:
            return None
        made.put(one, corrects=True)
    return made.patches()


def _text_for(scene: Scene, path: str, said: str) -> Proposed | None:
    """Return a text that answers what was asked for."""
    text = said.strip()
    plain = normal(text)
    is_name = re.search(r"(?:^unit|^place|/name|_department|implementing_unit)$", path) is not None
    least = 2 if is_name else _TEXT_LENGTH
    orders = [phrase for phrases in scene.speech.words.commands.values() for phrase in phrases]
    is_order = len(plain) <= _MOST_WORDS and any(plain.startswith(one) for one in orders)
    if len(text) < least or is_order or is_question(plain, scene.speech.words):
        return None
    if is_name and not _is_name(scene, path, plain):
        return None
    return Proposed(path, text, 0, len(said))


def _is_name(scene: Scene, path: str, text: str) -> bool:
    """Whether a text can be the name that was asked for."""
    if len(text) > _LONGEST_NAME or any(one in text for one in "，,。；;"):
        return False
    if path.endswith("/name") or path == "place":
        return True
    return text.endswith(scene.speech.words.organisations)


def _figure_for(scene: Scene, made: Proposals, path: str, said: str) -> Proposed | None:
    """Return a figure said with nothing but idle words around it."""
    text = normal(said)
    tokens = tokens_of(text, scene.speech, {})
    clauses = clauses_of(text, tokens, scene.speech, scene.report.fiscal_year)
    figures = [one for one in tokens if one.value is not None]
    if len(figures) != 1 or any(one.skip or one.is_blurred for one in clauses):
        return None
    if residue_of(tokens) or any(one.has("columns", "rows", "negations", "than") for one in tokens):
        return None
    return _fitting(scene, made, path, figures[0])


def _fitting(scene: Scene, made: Proposals, path: str, figure: Token) -> Proposed | None:
    """Return a figure as its field holds it; None where it cannot."""
    value = figure.value
    field = path.rpartition("/")[2]
    if value is None or value.is_about or (value.is_bounded and field != "target"):
        return None
    if field in AMOUNTS:
        if value.kind not in (ValueKind.MONEY, ValueKind.NUMBER):
            return None
        return Proposed(path, made.amount_text(path, value), figure.start, figure.end)
    is_points = field in ("weight", "points")
    if (
        is_points != (value.kind in (ValueKind.POINTS, ValueKind.NUMBER))
        and value.kind is not ValueKind.NUMBER
    ):
        return None
    text = written_in(scene.report.fiscal_year, value, field)
    return Proposed(path, text, figure.start, figure.end)
