"""Article numbers in Chinese and Arabic figures (条号)."""

import re

_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL = "(?:[0-9]{1,4}|[零一二三四五六七八九十百千两]{1,7})"
"""Pattern of an article number in either kind of figures."""

_ARTICLE = re.compile(f"第?({NUMERAL})条(?:之({NUMERAL}))?")


def to_number(text: str) -> int:
    """Return the number that 57, 五十七, 一百零三 or 五七 stands for; 0 when none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not set(text) & _UNITS.keys():
        return int("".join(str(_DIGITS[one]) for one in text) or 0)
    total, digit = 0, 0
    for one in text:
        if one in _UNITS:
            total += (digit or 1) * _UNITS[one]
            digit = 0
        else:
            digit = _DIGITS[one]
    return total + digit


def article_key(article: str) -> str:
    """Return how an article is compared: `57`, `57-1` for 第五十七条之一, else its own words."""
    match = _ARTICLE.fullmatch(re.split(r"[ (]", article, maxsplit=1)[0])
    if not match:
        return article.replace(" ", "")
    sub = f"-{to_number(match[2])}" if match[2] else ""
    return f"{to_number(match[1])}{sub}"
