"""Figures of a workbook as text: without float noise, and as the sheet displays them (数字格式)."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from lxml import etree

_FIGURES = Context(prec=15)
"""Excel keeps fifteen significant digits; what lies beyond is noise of the file."""
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN |= dict.fromkeys((37, 38), "#,##0") | dict.fromkeys((39, 40), "#,##0.00")
_BUILT_IN |= dict.fromkeys((14, 15, 22, 31), "yyyy-m-d") | {17: "yyyy-m"}
_BUILT_IN |= dict.fromkeys((*range(27, 31), 36, *range(50, 59)), "yyyy-m-d")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_BRACKET = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?,]*(?:\.([#0?]+))?")
_UNITS = re.compile(r'^(?P<before>"[^"]*")?[#0?,]+(?:\.[#0?]+)?(?P<after>"[^"]*")$')
DATE_NOTE = "单元格是日期格式，按日期读出"


def figure_text(value: Decimal) -> str:
    """Return a stored number in plain digits, without float noise."""
    text = f"{_FIGURES.plus(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(value: date | datetime, *, with_day: bool = True) -> str:
    """Return a date as Chinese forms write it."""
    text = f"{value.year}年{value.month}月"
    return f"{text}{value.day}日" if with_day else text


def read_formats(styles: etree._Element | None) -> list[str]:
    """Return the number format of each cell style of a workbook."""
    if styles is None:
        return []
    custom = {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iter("{*}numFmt")
    }
    found = []
    for group in styles.iter("{*}cellXfs"):
        for one in group.iter("{*}xf"):
            number = one.get("numFmtId", "0")
            built_in = _BUILT_IN.get(int(number), "") if number.isdigit() else ""
            found.append(custom.get(number, built_in))
    return found


def number_texts(value: Decimal, code: str, *, is_1904: bool) -> tuple[str, str, str]:
    """Return a number's text, what the sheet displays when that is shorter, and a note."""
    section = _BRACKET.sub("", code.split(";", maxsplit=1)[0])
    bare = _LITERAL.sub("", section)
    if "%" in bare:
        return _percent(value, bare), "", ""
    if re.search(r"[yYdD]", bare) and "General" not in bare:
        text = _date(value, with_day="d" in bare.lower(), is_1904=is_1904)
        return (text, "", DATE_NOTE) if text else (figure_text(value), "", "日期超出范围")
    if units := _UNITS.match(section):
        before, after = ((units[name] or "").strip('"') for name in ("before", "after"))
        text = f"{before}{figure_text(value)}{after}"
        return text, "", f"“{before}{after}”是单元格格式里的文字"
    return figure_text(value), _fixed(value, bare), ""


def _percent(value: Decimal, bare: str) -> str:
    """Return a rate as the sheet displays it."""
    shown = _rounded(value * 100, _places(bare.replace("%", "")))
    return f"{shown:f}%"


def _fixed(value: Decimal, bare: str) -> str:
    """Return a number at the decimals of its format, where that drops some; else blank."""
    if not bare or "General" in bare or not re.fullmatch(r"[#0?,. ]+", bare):
        return ""
    shown = _rounded(value, _places(bare))
    return f"{shown:f}" if shown != _FIGURES.plus(value) else ""


def _places(bare: str) -> int:
    found = _DIGITS.search(bare.strip())
    return len(found[1]) if found and found[1] else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return _FIGURES.plus(value).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP, context=Context(prec=60)
    )


def _date(value: Decimal, *, with_day: bool, is_1904: bool) -> str:
    """Return the day a serial number stands for; blank when it is none."""
    first = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
    try:
        return date_text(first + timedelta(days=int(value)), with_day=with_day)
    except (OverflowError, ValueError):
        return ""
