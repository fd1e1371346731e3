"""What was said as tokens: names, words of the word list, figures, and what is left (分词)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ziping.chat.values import Value, Year, find_values
from ziping.domain.chat_words import ChatWords

Role = tuple[str, str]
"""Category of a word and its key in it, e.g. ("columns", "executed")."""

_KEYED = ("columns", "rows", "fields", "bands")
_PLAIN = (
    *("all_columns", "shares", "totals"),
    *("annual_short", "rates", "level1", "level1_marks", "each", "respectively", "among", "links"),
    *("it", "than", "less", "over", "fewer", "more", "adding_up", "taking_off", "self_bases"),
    *("budget_moves", "deducting"),
    *("half", "same_as", "all_spent", "all_received", "unspent", "changes", "adjusting"),
    *("not_values", "wrong_values", "self_corrections", "negations", "hedges", "results"),
    *("other_times", "other_units", "plans", "ifs", "not_ours", "done", "wholes", "adding"),
    "fillers",
)
_WHOLES = ("wholes", "adding")
_ENDS = "。！？!?；;\n"
_PAUSES = "，,：:…"
PROJECT, LINE = "project", "line"
"""Categories of names of the report; the keys are `p1` and `p1/indicators/i3`."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of what was said (词)."""

    start: int
    end: int
    text: str
    roles: frozenset[Role] = frozenset()
    value: Value | None = None
    year: int | None = None
    free: str = ""
    """A text that was given for a field, e.g. a reason."""

    def key(self, category: str) -> str | None:
        """Return the word's key in a category; None: it has no part in it."""
        return next((key for kind, key in self.roles if kind == category), None)

    def has(self, *categories: str) -> bool:
        """Whether the word has a part in one of the categories."""
        return any(kind in categories for kind, _ in self.roles)

    @property
    def is_end(self) -> bool:
        """Whether a sentence ends here."""
        return self.text in _ENDS

    @property
    def is_pause(self) -> bool:
        """Whether a clause ends here."""
        return self.is_end or self.text in _PAUSES

    @property
    def is_rest(self) -> bool:
        """Whether no list has it."""
        is_known = self.roles or self.value is not None or self.year is not None or self.free
        return not is_known and not self.is_pause


@dataclass(slots=True)
class Vocabulary:
    """Phrases with their roles, looked up by their first character, the longest first."""

    by_first: dict[str, list[tuple[str, frozenset[Role]]]] = field(default_factory=dict)

    def add(self, phrases: Mapping[str, frozenset[Role]]) -> None:
        """Add phrases."""
        for phrase, roles in phrases.items():
            self.by_first.setdefault(phrase[0], []).append((phrase, roles))
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, text: str, at: int) -> tuple[str, frozenset[Role]] | None:
        """Return the longest phrase that begins here."""
        for phrase, roles in self.by_first.get(text[at], ()):
            if text.startswith(phrase, at) and not _is_cut_short(phrase, text, at):
                return phrase, roles
        return None


def _is_cut_short(phrase: str, text: str, at: int) -> bool:
    """Whether a phrase ends within a word: 满意度指标 in 满意度指标值."""
    return phrase.endswith("指标") and text.startswith("值", at + len(phrase))


class Speech:
    """The word list, ready to be looked up; made once (对话用语)."""

    def __init__(self, words: ChatWords) -> None:
        """Take the word list apart."""
        self.words = words
        self.vocabulary = Vocabulary()
        self.vocabulary.add(_roles_of(words))


def _roles_of(words: ChatWords) -> dict[str, frozenset[Role]]:
    """Return every phrase of the word list with its roles."""
    roles: dict[str, set[Role]] = {}
    for category in _KEYED:
        for key, phrases in getattr(words, category).items():
            for phrase in phrases:
                roles.setdefault(phrase, set()).add((category, key))
    for category in _PLAIN:
        for phrase in getattr(words, category):
            roles.setdefault(phrase, set()).add((category, phrase))
    for kind in words.kinds:
        roles.setdefault(kind, set()).add(("kinds", kind))
    return {phrase: frozenset(found) for phrase, found in roles.items()}


def tokens_of(
    text: str, speech: Speech, names: Mapping[str, frozenset[Role]], given: Iterable[Token] = ()
) -> list[Token]:
    """Return the tokens of a plain text.

    Args:
        text: What was said, made plain.
        speech: The word list.
        names: Names of the report with what they name; they win over words.
        given: Stretches that are known already.
    """
    spoken = Vocabulary()
    spoken.add({name: roles for name, roles in names.items() if name})
    listed = speech.vocabulary
    known = {one.start: one for one in given}
    named = [*given, *_named(text, spoken, known)]
    values = {one.start: one for one in find_values(text, [(one.start, one.end) for one in named])}
    starts = {one.start: one for one in named}
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = starts.get(at) or _whole(text, at, listed) or _valued(text, values.get(at))
        token = token or _worded(text, at, listed, values)
        if token is None:
            token = Token(at, at + 1, text[at])
        tokens.append(token)
        at = token.end
    return list(_joined(tokens))


def _named(text: str, spoken: Vocabulary, known: Mapping[int, Token]) -> list[Token]:
    """Return the names that are said, outside what is known."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = spoken.match(text, at)
        if at in known:
            at = known[at].end
        elif match and not any(start in known for start in range(at, at + len(match[0]))):
            found.append(Token(at, at + len(match[0]), match[0], match[1]))
            at += len(match[0])
        else:
            at += 1
    return found


def _whole(text: str, at: int, listed: Vocabulary) -> Token | None:
    """Return 两个项目 or 加一个, which are no figures."""
    match = listed.match(text, at)
    if match is None or not any(category in _WHOLES for category, _ in match[1]):
        return None
    return Token(at, at + len(match[0]), match[0], match[1])


def _valued(text: str, value: Value | Year | None) -> Token | None:
    """Return the token of a figure or year."""
    if value is None:
        return None
    told = text[value.start : value.end]
    if isinstance(value, Year):
        return Token(value.start, value.end, told, year=value.year)
    return Token(value.start, value.end, told, value=value)


def _worded(
    text: str, at: int, listed: Vocabulary, values: Mapping[int, Value | Year]
) -> Token | None:
    """Return the token of a listed word, which must not run into a figure."""
    match = listed.match(text, at)
    if match is None:
        return None
    end = at + len(match[0])
    if any(start in values for start in range(at + 1, end)):
        return None
    return Token(at, end, match[0], match[1])


def _joined(tokens: Iterable[Token]) -> Iterable[Token]:
    """Yield the tokens with neighbouring leftovers made one."""
    held: Token | None = None
    for one in tokens:
        if one.is_rest and not one.text.isspace():
            held = one if held is None else Token(held.start, one.end, held.text + one.text)
            continue
        if held is not None:
            yield held
            held = None
        yield one
    if held is not None:
        yield held
