"""Cells that hold words instead of figures: marks, prompts left in, statuses, claims (文字内容)."""

import re
from functools import lru_cache

from ziping.domain.quantities import Cell, CellKind
from ziping.domain.rules import Lexicon
from ziping.domain.text import clean, is_mark, shorten

_INDICATOR_PROMPT = re.compile("指标[0-9一二三四五六七八九十]{1,2}:?|[.·…]+")
_CHOSEN = re.compile("[☑✓✔√■☒]")
_KIND_BEFORE = re.compile("^(?:定性|定量|文字描述)[:/ ]?")
_UNITS = "%|‰|百分比|元|万元|亿元|个|次|人|人次|件|项|天|户|家|场|批"
_NO_FIGURE = re.compile(f"[≥≤≧≦<>=═]+ ?(?:{_UNITS})?|{_UNITS}")
_ERROR_LINES = (
    "nan none null inf -inf infinity -infinity",
    "#div/0! #n/a #ref! #value! #name? #num!",
)
_ERRORS = frozenset(word for line in _ERROR_LINES for word in line.split())
_PROMPT = "模板里的提示文字还没有替换，请填写内容"
_MAX_WORD = 40


def read_words(raw: str, text: str, lexicon: Lexicon) -> Cell | None:
    """Read cleaned text that is a mark, a prompt left in or a known word; None: look further."""
    if not text:
        return Cell(raw, CellKind.BLANK)
    if len(text) > _MAX_WORD:
        return None
    known = _known(
        lexicon.qualitative_words,
        lexicon.status_words,
        lexicon.template_leftovers,
        lexicon.not_applicable,
    )
    kind = known.get(text)
    problem = _PROMPT if kind is CellKind.LEFTOVER else ""
    if kind is None and (problem := _leftover(text, lexicon)):
        kind = CellKind.LEFTOVER
    if kind is None and is_mark(text):
        kind = CellKind.NOT_APPLICABLE
    if kind is None and text.lower() in _ERRORS:
        kind = CellKind.UNREADABLE
        problem = f"“{shorten(raw)}”是表格公式出错或导出的空值，请填写实际内容"
    return None if kind is None else Cell(raw, kind, problem=problem)


def _leftover(text: str, lexicon: Lexicon) -> str:
    """Return the problem of a prompt, a list of options or a lone unit left in."""
    if _INDICATOR_PROMPT.fullmatch(text):
        return _PROMPT
    if any(mark in text for mark in _blanks(lexicon.template_leftovers)):
        is_chosen = _CHOSEN.search(text)
        return "" if is_chosen else f"“{text}”里还有没填的空（××、□ 等），请填写完整"
    if _KIND_BEFORE.sub("", text) in _cleaned(lexicon.option_lists):
        return f"“{text}”是备选项，没有作出选择，请选定其中一项"
    if _NO_FIGURE.fullmatch(text):
        return f"“{text}”只有比较符或单位，没有数值，请补填数值"
    return ""


@lru_cache(maxsize=8)
def _known(
    qualitative: tuple[str, ...],
    status: tuple[str, ...],
    leftovers: tuple[str, ...],
    not_applicable: tuple[str, ...],
) -> dict[str, CellKind]:
    """Return what each word of the lexicon makes of a cell; later lists win."""
    lists = (
        (qualitative, CellKind.QUALITATIVE),
        (status, CellKind.STATUS),
        (leftovers, CellKind.LEFTOVER),
        (not_applicable, CellKind.NOT_APPLICABLE),
    )
    return {word: kind for words, kind in lists for word in _cleaned(words)}


@lru_cache(maxsize=32)
def _cleaned(words: tuple[str, ...]) -> frozenset[str]:
    """Return a list of the lexicon in the form cells are cleaned to."""
    return frozenset(clean(word) for word in words)


@lru_cache(maxsize=8)
def _blanks(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the leftovers that mark a blank anywhere in a text, such as ×× or □."""
    return tuple(word for word in words if re.fullmatch(r"[*Xx×□_]+", word))
