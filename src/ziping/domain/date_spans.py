"""The days a written date covers: a day, a month or part of it, a quarter, a year (日期区间)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ziping.domain.numbers import parse_chinese

_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_WRITTEN = re.compile(
    rf"(?:{_YEAR}年度?)?(?P<m>[0-9]{{1,2}})月份?(?:(?P<d>[0-9]{{1,2}})[日号]?)?"
    r"(?P<part>底|末|初|上旬|中旬|下旬)?"
)
_NUMERIC = re.compile(
    rf"{_YEAR}(?P<s>[-./])(?P<m>[0-9]{{1,2}})(?:(?P=s)(?P<d>[0-9]{{1,2}})日?)?"
    r"(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_COMPACT = re.compile(rf"{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])")
_PART_OF_YEAR = re.compile(
    rf"(?:{_YEAR}年度?|当年|本年度?|年)?"
    r"(?P<part>第?[1-4一二三四]个?季度末?|上半年|下半年|年?底|年?末|年内|年中|全年|年度内?)"
)
_BARE_YEAR = re.compile(rf"(?:{_YEAR}年度?|当年|本年度?|年度?)")
_SEPARATOR = re.compile("[-~～—–─至到〜]+")
_MONTHS = {"上": (1, 6), "下": (7, 12)}
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_DAYS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "": (1, 31)}
_CHINESE_NUMBER = re.compile("[一二三四五六七八九十]{1,3}(?=个?[月日号])")
_CHINESE_YEAR = re.compile("[一二][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_SHORT_YEAR = re.compile("(?<![0-9])([0-9]{2})年(?=[0-9]{1,2}月)")
_HOUR = re.compile("(?<=[日号])[0-9]{1,2}[时点]")
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day a date covers (起止日)."""

    first: date
    last: date
    is_whole_period: bool
    """A whole month, quarter or year is named: “前” leaves it out."""


def normalise(text: str) -> str:
    """Return the text with months and years in full digits and without hours."""
    text = _HOUR.sub("", _SHORT_YEAR.sub(r"20\1年", text))
    text = _CHINESE_YEAR.sub(lambda found: found.group().translate(_YEAR_DIGITS), text)
    return _CHINESE_NUMBER.sub(
        lambda found: str(parse_chinese(found.group()) or found.group()), text
    )


def span_of(text: str, year: int) -> Span | None:
    """Return the days of one written date; `year` where none is written.

    Raises:
        ValueError: It is written like a date, but there is no such day.
    """
    if found := _WRITTEN.fullmatch(text):
        return _month_span(found, found["part"] or "", year)
    if (found := _NUMERIC.fullmatch(text)) and (found["d"] or found["s"] != "."):
        return _month_span(found, "", year)
    if found := _COMPACT.fullmatch(text):
        return _month_span(found, "", year)
    if found := _PART_OF_YEAR.fullmatch(text):
        return _year_part(found["part"], int(found["y"] or year))
    if found := _BARE_YEAR.fullmatch(text):
        return _months(int(found["y"] or year), 1, 12)
    return None


def _month_span(found: re.Match[str], part: str, year: int) -> Span:
    """Return the days of a year, month and perhaps day that were written."""
    year, month = int(found["y"] or year), int(found["m"])
    if found["d"]:
        day = date(year, month, int(found["d"]))
        return Span(day, day, is_whole_period=False)
    start, end = _DAYS["下旬" if part in ("底", "末") else part]
    last_day = monthrange(year, month)[1] if 1 <= month <= 12 else 0  # noqa: PLR2004 - months
    return Span(
        date(year, month, start),
        date(year, month, min(end, last_day)),
        is_whole_period=not part,
    )


def _year_part(part: str, year: int) -> Span:
    """Return the days of a quarter, half, end or whole of a year."""
    if "季度" in part:
        quarter = _QUARTERS[part.removeprefix("第")[0]]
        span = _months(year, 3 * quarter - 2, 3 * quarter)
        return Span(span.first, span.last, is_whole_period=not part.endswith("末"))
    if part.endswith("半年"):
        return _months(year, *_MONTHS[part[0]])
    if part.endswith(("底", "末")):
        return Span(date(year, 12, 1), date(year, 12, 31), is_whole_period=False)
    if part == "年中":
        return Span(date(year, 6, 1), date(year, 6, 30), is_whole_period=False)
    return Span(date(year, 1, 1), date(year, 12, 31), is_whole_period=False)


def _months(year: int, first: int, last: int) -> Span:
    """Return the days of whole months of a year."""
    end = date(year, last, monthrange(year, last)[1])
    return Span(date(year, first, 1), end, is_whole_period=True)


def span_pair(text: str, year: int) -> Span | None:
    """Return the days of a period such as 2019.1.1-2019.12.30, 3-5月 or 12月1日至15日."""
    for found in _SEPARATOR.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        first = _left_span(left, right, year)
        last = _right_span(left, right, first.first.year) if first else None
        if first and last:
            if last.last < first.first:
                raise ValueError(text)
            return Span(first.first, last.last, is_whole_period=False)
    return None


def _left_span(left: str, right: str, year: int) -> Span | None:
    """Return the days of a period's beginning, which may lend its unit from the end."""
    if left.isdecimal():
        unit = "年" if right.endswith("年") else "月" if re.search("月份?$", right) else "日"
        return span_of(left + unit, year)
    if found := re.fullmatch(r"((?:19|20)[0-9]{2}年)([0-9]{1,2})", left):
        return span_of(f"{found[1]}{found[2]}月", year)
    return span_of(_dotted(left), year)


def _right_span(left: str, right: str, year: int) -> Span | None:
    """Return the days of a period's end, which may lend its month from the beginning."""
    if found := re.fullmatch(r"([0-9]{1,2})[日号]", right):
        month = re.search(r"([0-9]{1,2})月", left)
        return span_of(f"{month[1]}月{found[1]}日", year) if month else None
    return span_of(_dotted(right), year)


def _dotted(text: str) -> str:
    """Return `2019.1` as 2019年1月, which in a period it can only be."""
    found = re.fullmatch(r"((?:19|20)[0-9]{2})[./]([0-9]{1,2})", text)
    return f"{found[1]}年{found[2]}月" if found else text
