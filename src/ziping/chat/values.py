"""Figures and dates in what was said, with the words that bound or blur them (数值)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ziping.chat.numerals import CHINESE, DIGITS, number_of
from ziping.domain.measures import COUNTED
from ziping.domain.numbers import plain, shifted
from ziping.domain.operators import AFTER, BEFORE

_COUNTED = {*COUNTED.split(), "起", "宗", "条次", "宗次", "标段", "标"} - {"分", "成", "倍"}
_COUNTER = "|".join(sorted(_COUNTED, key=len, reverse=True))
_POWERS = {"百": 2, "千": 3, "万": 4, "w": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9}
_POWER = "十亿|千万|百万|十万|亿|万|w(?![a-z])|千|百"
_YUAN = "元|圆|块钱?"
_PER = "[/每](?:(?![了的吧呢啊哈嘛是为以左就还也都而但比低高])[\u4e00-\u9fff]){1,4}"
_NOT_POINTS = "钟之别工类期批析解布配管项步级档组散支流割段化歧担享发数值开公局厂校店院部会"
_LITERAL = re.compile(
    rf"(?P<about>约为|约|近)?(?P<before>{BEFORE}|控制在|达到)?\s?[¥]?\s?"
    rf"(?P<percent>百分之)?(?P<number>{DIGITS}|{CHINESE})\s?"
    r"(?P<more>余|多(?![于出了])|几|来(?=[个万亿次户人项])|\+)?\s?"
    r"(?:(?P<pp>个?百分点|个点(?!位))|(?P<rate>%|‰)"
    r"|(?P<tenth>成(?P<half>[一二三四五六七八九])?)(?![为立本果效功员分熟就])"
    rf"|(?P<times>倍)|(?P<points>分)(?![{_NOT_POINTS}])"
    rf"|(?:个(?=亿))?(?P<power>{_POWER})?(?P<more2>余|多(?![于出了])|来(?=[元圆块个户人项宗]))?"
    rf"(?:(?P<money>{_YUAN})(?![素旦化])整?(?P<per>{_PER})?|(?P<count>{_COUNTER})(?P<per2>{_PER})?)?)"
    rf"(?P<after>{AFTER})?"
)
_COMPOUND = re.compile(
    rf"(?P<before>{BEFORE})?(?P<number>{DIGITS})(?P<power>亿|万)零?(?P<number2>\d{{1,4}}(?:\.\d+)?)"
    rf"(?:(?P<power2>千万|百万|万|千|百)(?:(?P<number3>\d)(?:百|(?<=千\d)(?![\d.千万百十])))?(?:{_YUAN})?|(?:{_YUAN}))整?"
)
_BLURRED = re.compile(
    r"(?:[一二两三四五六七八九十百千万]|\d)*"
    r"(?:[一二两三四五六七八九]{2}(?=[十百千万亿分个次家人项所场期宗户件%])"
    r"|(?<=[百千万])[一二三四五六七八九]{2}(?![十百千万亿])|几|数(?=[十百千万]))[十百千万亿]*"
    rf"(?P<unit>%|(?:{_YUAN})|(?:{_COUNTER}))?"
)
"""七八百万、一千二三百万、九十几: nobody can tell the figure."""
_MIXED = re.compile(r"(?<![\d.万亿])\d千零?\d百(?:\d十)?\d?(?![\d.])")
"""1千2百万: digits between steps, read as 一千二百万."""
_IN_WORDS = str.maketrans("123456789", "一二三四五六七八九")
_ZERO_AFTER = tuple("为是填写成按")
_YEAR = r"(?:(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2}|\d{2}(?=年\d))"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})年度?)?"
    rf"(?:{_MONTH}月份?(?:{_DAY}[日号])?(?:底|末|初|上旬|中旬|下旬)?"
    r"|第?[一二三四1-4]个?季度末?|上半年|下半年|年底|年末|年内)(?:之前|以前|前)?(?:完成|完工|竣工)?"
    rf"|(?P<year2>{_YEAR})[-./]\d{{1,2}}[-./]\d{{1,2}}(?:之前|以前|前)?"
)
_BARE_YEAR = re.compile(rf"(?P<year>{_YEAR})(?:(?=年[初头])|年度?)")
_SKIPPED = re.compile(
    r"^\s*\d{1,2}[.、．)](?!\d)|(?<=\n)\s*\d{1,2}[.、．)](?!\d)|[〔\[(]\s?\d{4}\s?[〕\])]\s?第?\d+号|第[\d零一二三四五六七八九十百]+[条款项章节个期批次名号]"
    r"|\d+[:：]\d+|(?<![a-z])[a-z]+[-_]?\d[\d.]*[a-z\d]*|\d+(?!w)[a-z]+"
)
"""文号, article numbers, ordinals, codes: figures that state no amount."""
_LISTED = re.compile("(?:产出|效益|满意度?|成本|权重|分值|得分)(?:指标)?[占为是:]?$")
_LISTED_END = re.compile("[，,。；;、]|$|产出|效益|满意|成本")
"""产出五十效益三十满意度十: what stands behind these is a figure, however short."""
_SAID_IN_WAN = re.compile("[万亿]")
"""六百一十五万二: an amount, though no unit was said."""
_IN_WAN = re.compile("[万w]")
_SMALL = 10
_POINTING = tuple("这那此该每哪某另上下前后头同")
"""这一条, 后两个: what they count is pointed at, and no figure."""
_MOST_LITERAL = 24
_TEN_THOUSAND = 10_000
_CENTURY = 100


class ValueKind(StrEnum):
    """What a figure is a figure of (数值类别)."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    POINTS = "points"
    DATE = "date"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure or date as said (数值)."""

    kind: ValueKind
    start: int
    end: int
    text: str
    """As said, with the words that compare."""
    number: Decimal | None = None
    """Money in 元 when a unit was said, rates as fractions, counts in ones; None: no figure."""
    unit: str = ""
    """Counter of a count, e.g. 人次, or of a price, e.g. 元/人."""
    before: str = ""
    after: str = ""
    is_about: bool = False
    """七百多万: no exact figure."""
    is_soft: bool = False
    """两次: small numbers in words, often no figure at all."""
    year: int | None = None
    """Year of a date that names one."""

    @property
    def is_bounded(self) -> bool:
        """Whether it names a bound, not a figure: 1200以上."""
        return bool(self.after) or self.before not in ("", "达到", "等于", "=")

    @property
    def written(self) -> str:
        """The value as a cell holds it: plain digits with its unit and its comparison."""
        if self.number is None:
            return self.text
        match self.kind:
            case ValueKind.PERCENT:
                told = f"{plain(shifted(self.number, 2))}%"
            case ValueKind.MONEY if "/" in self.unit and _IN_WAN.search(self.text):
                told = f"{plain(shifted(self.number, -4))}万{self.unit}"
            case ValueKind.MONEY if "/" in self.unit:
                told = f"{plain(self.number)}{self.unit}"
            case ValueKind.MONEY:
                told = money_text(self.number)
            case ValueKind.COUNT:
                told = f"{plain(self.number)}{self.unit}"
            case _:
                told = plain(self.number)
        before = "" if self.before in ("达到", "等于", "=") else self.before
        return f"{before}{told}{self.after}"


_CHINESE_DAY = re.compile("[一二三四五六七八九十]{1,3}(?=[月日号])")
_FINISHED = re.compile("(?:完成|完工|竣工)$")


def date_text(value: Value, year: int, *, is_actual: bool) -> str:
    """Return a date as a cell holds it: with its year, months and days in digits."""
    text = _CHINESE_DAY.sub(lambda found: str(number_of(found[0]) or found[0]), value.text)
    text = text.replace("号", "日").replace("月份", "月")
    if is_actual:
        text = _FINISHED.sub("", text)
    return text if value.year is not None else f"{year}年{text.removeprefix('年')}"


def money_text(yuan: Decimal) -> str:
    """Return an amount with the unit that keeps it short."""
    if abs(yuan) >= _TEN_THOUSAND:
        return f"{plain(shifted(yuan, -4))}万元"
    return f"{plain(yuan)}元"


@dataclass(frozen=True, slots=True)
class Year:
    """A year that was named (年份)."""

    start: int
    end: int
    year: int


def find_values(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Value | Year]:
    """Return the figures, dates and years of a plain text in order.

    Args:
        text: What was said, made plain.
        taken: Stretches that are names, in which nothing is a figure.
    """
    text = _MIXED.sub(lambda found: found[0].translate(_IN_WORDS), text)
    closed = [*taken, *(found.span() for found in _SKIPPED.finditer(text))]
    found: list[Value | Year] = []
    at = 0
    while at < len(text):
        end = next((stop for start, stop in closed if start <= at < stop), at)
        if end > at:
            at = end
            continue
        value = _date(text, at) or _compound(text, at) or _blurred(text, at) or _literal(text, at)
        if value is None or any(value.start < stop and start < value.end for start, stop in closed):
            at += 1
            continue
        found.append(value)
        at = value.end
    return found


def _date(text: str, at: int) -> Value | Year | None:
    """Return the date or year that begins here."""
    if at and (text[at - 1].isdigit() or text[at - 1] in "零一二三四五六七八九十."):
        return None
    found = _DATE.match(text, at)
    if found:
        stated = found["year"] or found["year2"]
        year = _year(stated) if stated else None
        return Value(ValueKind.DATE, *found.span(), found[0], year=year)
    found = _BARE_YEAR.match(text, at)
    return Year(*found.span(), year=_year(found["year"])) if found else None


def _year(text: str) -> int:
    """Return a year in full."""
    number = int(number_of(text) or 0)
    return number + 2000 if number < _CENTURY else number


def _compound(text: str, at: int) -> Value | None:
    """Return an amount said in two units that begins here: 402万3千块."""
    if at and (text[at - 1].isdigit() or text[at - 1] == "."):
        return None
    found = _COMPOUND.match(text, at)
    first, second = (number_of(found["number"]), number_of(found["number2"])) if found else (0, 0)
    if not found or first is None or second is None:
        return None
    hundreds = Decimal(found["number3"] or 0) * 100
    number = shifted(Decimal(first), _POWERS[found["power"]]) + hundreds
    number += shifted(Decimal(second), _POWERS.get(found["power2"] or "", 0))
    before = found["before"] or ""
    return Value(ValueKind.MONEY, *found.span(), found[0], number, "元", before)


def _blurred(text: str, at: int) -> Value | None:
    """Return a figure that begins here and that nobody can tell."""
    found = _BLURRED.match(text, at)
    if not found or len(found[0]) == 1 or text[at - 1 : at] in ("第", "百分之"):
        return None
    if found[0].startswith("几") and not found["unit"] and not set(found[0]) & set("十百千万亿"):
        return None
    unit = found["unit"] or ""
    kind = (
        ValueKind.COUNT
        if unit and unit not in ("元", "圆", "块", "块钱", "%")
        else ValueKind.NUMBER
    )
    if unit[:1] in ("元", "圆", "块") or (not unit and found[0][-1] in "万亿"):
        kind = ValueKind.MONEY
    return Value(kind, *found.span(), found[0], unit=unit, is_about=True)


def _literal(text: str, at: int) -> Value | None:
    """Return the figure that begins here."""
    if at and (text[at - 1].isdigit() or text[at - 1] == "."):
        return None
    found = _LITERAL.match(text, at)
    if found is None or len(found["number"]) > _MOST_LITERAL:
        return None
    number = number_of(found["number"])
    if number is None or not _is_said_as_figure(text, found, number):
        return None
    kind, value, unit = _measured(found, number)
    in_words = not found["number"][0].isdigit() and found["number"][0] != "."
    return Value(
        kind,
        *found.span(),
        found[0],
        value,
        unit,
        found["before"] or "",
        found["after"] or "",
        is_about=bool(found["more"] or found["more2"] or found["about"]),
        is_soft=in_words and kind is ValueKind.COUNT and number < _SMALL,
    )


def _is_said_as_figure(text: str, found: re.Match[str], number: Decimal) -> bool:
    """Whether numerals are a figure and no part of a word: 统一, 三公, 一般 are none."""
    written = found["number"]
    if written[0].isdigit() or written[0] == ".":
        return True
    if any(found[one] for one in ("percent", "rate", "money", "pp", "points")):
        return not (found["points"] and number < 1)
    if found["count"]:
        ahead = text[found.start("number") - 1 : found.start("number")]
        is_part = (
            ahead in tuple("统唯专第之万")
            or (number < _SMALL and ahead in _POINTING)
            or found["count"] in ("级", "类", "部", "度")
        )
        behind = text[found.end("count") : found.end("count") + 1]
        return not is_part and not (found["count"] == "次" and behind == "性")
    if found["tenth"] or found["times"]:
        return True
    if written == "零":
        return text[found.start() - 1 : found.start()] in _ZERO_AFTER
    if found["power"]:
        return written not in ("千", "百", "万")
    if _LISTED.search(text[: found.start()]) and _LISTED_END.match(text, found.end()):
        return True
    steps = set(written) & set("十百千万亿点拾佰仟")
    words = ("千万", "百万", "十万", "万一", "百千", "十分", "万千")
    return len(written) > 1 and bool(steps) and written not in words


def _measured(found: re.Match[str], number: Decimal) -> tuple[ValueKind, Decimal, str]:
    """Return what kind of figure it is, its number and its counter."""
    if found["pp"]:
        return ValueKind.PERCENT, shifted(number, -2), "百分点"
    if found["percent"] or found["rate"]:
        return ValueKind.PERCENT, shifted(number, -3 if found["rate"] == "‰" else -2), "%"
    if found["tenth"]:
        half = number_of(found["half"]) if found["half"] else None
        return ValueKind.PERCENT, shifted(number, -1) + shifted(half or Decimal(0), -2), "%"
    if found["times"]:
        return ValueKind.TIMES, number, "倍"
    if found["points"]:
        return ValueKind.POINTS, number, "分"
    power = found["power"] or ""
    value = shifted(number, _POWERS.get(power, 0))
    if found["money"]:
        per = found["per"] or ""
        return ValueKind.MONEY, value, f"元{per.replace('每', '/')}"
    if found["count"]:
        return ValueKind.COUNT, value, f"{found['count']}{(found['per2'] or '').replace('每', '/')}"
    written = found["number"]
    is_money = "¥" in found[0] or power in ("万", "w", "百万", "千万", "十万", "亿", "十亿")
    is_money = is_money or _SAID_IN_WAN.search(written) is not None
    unit = "元" if "¥" in found[0] else ""
    return (ValueKind.MONEY if is_money else ValueKind.NUMBER), value, unit
