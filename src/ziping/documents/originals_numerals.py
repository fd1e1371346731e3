"""Article numbers between figures and Chinese numerals (条序)."""

from ziping.domain.numbers import parse_chinese

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_TEN = 10
_TEENS = range(10, 20)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９〇", "0123456789零")


def to_number(text: str) -> int | None:
    """Return the number that figures or Chinese numerals state."""
    plain = "".join(text.split()).translate(_HALF_WIDTH)
    return int(plain) if plain.isdecimal() and plain.isascii() else parse_chinese(plain)


def to_chinese(number: int) -> str:
    """Return a number under 10000 in Chinese numerals, as statutes count: 十六, 一百零三."""
    if number in _TEENS:
        return "十" + (_DIGITS[number % _TEN] if number % _TEN else "")
    text = ""
    figures = str(number)
    for at, figure in enumerate(figures):
        place = len(figures) - at - 1
        if figure != "0":
            text += _DIGITS[int(figure)] + _PLACES[place]
        elif not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"
