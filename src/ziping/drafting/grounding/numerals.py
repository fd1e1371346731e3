"""Finding figures in plain text: amounts, rates, points, counts, also in words (数字识别)."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from ziping.domain.numbers import parse_chinese, parse_decimal, places_of, shifted
from ziping.drafting.grounding.mentions import Bound, Dimension, Figure

_CN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_MONEY = {"亿元": 8, "千万元": 7, "百万元": 6, "万元": 4, "千元": 3, "百元": 2, "元": 0}
_CN_DIGITS = "零一二三四五六七八九"
_DIME = re.compile("([一二三四五六七八九])角")
_MEASURES: tuple[tuple[str, Dimension, dict[str, int], str], ...] = (
    ("pp", Dimension.PERCENT_POINTS, {"千": -3, "": -2}, "百分点"),
    ("rate", Dimension.RATE, {"‰": -3, "": -2}, ""),
    ("money", Dimension.MONEY, _MONEY, "元"),
    ("points", Dimension.POINTS, {}, "分"),
    ("times", Dimension.TIMES, {}, "倍"),
    ("tenth", Dimension.RATE, {"": -1}, "成"),
)
"""Group, dimension, power of ten by what is written, unit; the first that was written counts."""
_POWER_OF_UNIT = {"%": -2, "‰": -3, "百分点": -2, "成": -1}
_IN_LIST = re.compile(r"\s?(?:、|和|与|及|以及)\s?")
_POWERS = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}
COUNTERS = (
    "微克/立方米|毫克/立方米|毫克/升|微克|分贝|个工作日|个百分点|个月|个季度|人次|人天|人·天|场次|批次|台套|台次|辆次|艘次|车次|件次|户次|家次|例次|班次|班期|平方公里|平方千米|平方米"
    "|立方米|公里|千米|公顷|公斤|千克|毫克|工作日|小时|分钟|学时|课时|千瓦时|千瓦|毫米|厘米|亩次|条次|余亩"
    "|宗|户|件|次|人|名|位|个|台|套|辆|场|项|家|份|批|株|棵|所|座|期|篇|条|起|只|头|眼|处|间|栋|幢|张|本|册|部|片|块|组|支|队|门|届|轮"
    "|天|日|周|年|岁|米|亩|吨|度|克|升|例|针|节|站|段|层|笔|宗地|村|镇|乡|街道|县|区|市|校|厂|艘|趟|桩|口|孔|盏|根|副|幅|枚|单|卷|箱|瓶|盒"
    "|页|字|册次|人份|剂次|剂|袋|车|架|匹|粒|筐|千伏|兆瓦|瓦|斤|标准箱|标箱|件套|门次|课次|人月|床日|台时|机时|样次|标段|地块|辆份|户份|亩份"
    "|核|尾|羽|床|号|级|类|种|方|步|档|人份|样|PB|TB|GB|MB|km|m²|㎡|kg|t"
)
_NOT_POINTS = (
    "钟之别工类期批析解布配管步项级档组年月季摊散支流割段化歧担享发数开公局厂校店院部会子外量内店馆"
)
_DIVIDED = r"为(?:[两三四五六七八九几若多]|\d)"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AFTER = (
    r"\s?(?P<more>余|多(?!于)|来(?=[个万亿次户人项])|几)?"
    r"(?:\s?(?P<pp>个?[百千]分点)|\s?(?P<rate>%|‰|百分比)"
    rf"|\s?(?P<money>{'|'.join(_MONEY)})(?![素旦化])"
    rf"|\s?(?P<points>分)(?![{_NOT_POINTS}]|{_DIVIDED})|\s?(?P<times>倍)|\s?(?P<tenth>成)(?![为立本果效功员分熟])"
    rf"|\s?(?P<power>{'|'.join(_POWERS)})?(?<!千(?=[米克瓦伏]))(?P<more2>余|多(?!于))?(?P<count>{COUNTERS})?(?P<money2>元)?)"
)
_FIGURE = re.compile(rf"(?<![\d.A-Za-z])(?<!\d,)(?P<number>{_DIGITS})(?![\d])(?!\.\d){_AFTER}")
_PERCENT_WORDS = re.compile(
    rf"(?P<of>百|千)分之(?P<number>{_DIGITS}|[{_CN}]+(?:点[{_CN}]+)?)(?P<more>多|余)?"
)
_WORDS = re.compile(
    rf"(?P<number>[{_CN}]+(?:点[{_CN}]+)?)(?P<more>余|多(?!于))?"
    r"(?:(?P<pp>个?百分点)|(?P<money>亿元|万元|元整?)(?![素旦化])"
    rf"|(?P<points>分)(?![{_NOT_POINTS}]|{_DIVIDED})|(?P<tenth>成)(?![为立本果效功员分熟])|(?P<times>倍)"
    rf"|(?P<count>{COUNTERS}))"
)
_FRACTION = re.compile(rf"(?P<under>[{_CN}]+|\d+)分之(?P<over>[{_CN}]+|\d+)")
_POINTS_LEAD = re.compile(r"(?:得|扣|分值|总分|满分|评|计|为|是|共|了)[：:]?$")
_BEFORE = (
    (
        re.compile(r"(?:不低于|不少于|不小于|至少|最少|大于等于|≥|>=|不得低于|不得少于)$"),
        Bound.AT_LEAST,
    ),
    (
        re.compile(r"(?:不高于|不超过|不超|不多于|不大于|至多|最多|≤|<=|未超过|未超出|没有超过)$"),
        Bound.AT_MOST,
    ),
    (re.compile(r"(?:超过|超出|高于|大于|多于|突破|高出|逾|刚过|已过|>)了?$"), Bound.ABOVE),
    (
        re.compile(r"(?:低于|少于|小于|不足|不到|不满|未达到|没有达到|没达到|未达|未满|<)了?$"),
        Bound.BELOW,
    ),
)
_BEHIND = (
    (re.compile(r"^(?:（含）)?(?:以上|及以上)"), Bound.AT_LEAST),
    (re.compile(r"^(?:（含）)?(?:以内|之内|以下|及以下)"), Bound.AT_MOST),
)
_ABOUT_BEFORE = re.compile(r"(?:大约|约为|约|近|接近|将近|大概|左右|超?逾)[占为有]?$")
_ABOUT_BEHIND = re.compile(r"^(?:左右|上下)")
_SMALL = 10


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a plain text in its order; what overlaps an earlier one is left out."""
    found = [*_in_digits(text), *_in_words(text)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Figure] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return _sharing_units(text, kept)


def _sharing_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Give a figure of a list the unit told once at its end: 0.6个和5.1个百分点, 1、2和3公里."""
    shared = list(figures)
    for at in range(len(figures) - 2, -1, -1):
        one, other = figures[at], shared[at + 1]
        is_listed = _IN_LIST.fullmatch(text[one.end : other.start]) is not None
        is_open = one.dimension is Dimension.BARE or (
            one.unit == "个" and other.dimension is Dimension.PERCENT_POINTS
        )
        if is_listed and is_open and other.dimension is not Dimension.BARE:
            power = _POWER_OF_UNIT.get(other.unit, 0)
            if other.dimension is Dimension.MONEY:
                power = _money_power(other.text)
            shared[at] = replace(
                one,
                dimension=other.dimension,
                unit=other.unit,
                value=shifted(one.value, power),
                grain=shifted(one.grain, power),
            )
    return shared


def _money_power(written: str) -> int:
    """Return the power of ten of an amount's unit as written."""
    return next((power for unit, power in _MONEY.items() if written.endswith(unit)), 0)


@lru_cache(maxsize=4096)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of a short text, remembered."""
    return tuple(find_figures(text))


def _in_digits(text: str) -> list[Figure]:
    """Return figures written in digits."""
    found = []
    for match in _PERCENT_WORDS.finditer(text):
        value = _value_of(match["number"])
        if value is not None:
            power = -2 if match["of"] == "百" else -3
            found.append(_figure(text, match, Dimension.RATE, value, power, "%"))
    for match in _FIGURE.finditer(text):
        value = parse_decimal(match["number"])
        if value is not None:
            found.append(_dimensioned(text, match, value))
    return found


def _dimensioned(text: str, match: re.Match[str], value: Decimal) -> Figure:
    """Return a number in digits with what stands behind it."""
    if (measure := _measure_of(match)) is not None:
        return _figure(text, match, measure[0], value, *measure[1:])
    power = _POWERS.get(match["power"] or "", 0)
    if match["money2"] or (not match["count"] and power >= _POWERS["万"]):
        return _figure(text, match, Dimension.MONEY, value, power, "元")
    dimension = Dimension.COUNT if match["count"] else Dimension.BARE
    return _figure(text, match, dimension, value, power, match["count"] or "")


def _measure_of(match: re.Match[str]) -> tuple[Dimension, int, str] | None:
    """Return dimension, power of ten and unit of the measure behind a number; None: no such."""
    groups = match.groupdict()
    for name, dimension, powers, unit in _MEASURES:
        if written := groups.get(name):
            power = next((power for mark, power in powers.items() if mark in written), 0)
            return dimension, power, unit or written
    return None


def _in_words(text: str) -> list[Figure]:
    """Return figures written in Chinese numerals."""
    found = []
    for match in _WORDS.finditer(text):
        figure = _worded(text, match)
        if figure is not None:
            found.append(figure)
    for match in _FRACTION.finditer(text):
        under, over = _value_of(match["under"]), _value_of(match["over"])
        if match["under"] not in {"百", "千"} and under and over is not None:
            found.append(_figure(text, match, Dimension.RATE, over / under, 0, "分之"))
    return found


def _worded(text: str, match: re.Match[str]) -> Figure | None:
    """Return a number in words with its unit; None where the words are no number."""
    value = _value_of(match["number"])
    if value is None:
        return None
    if (measure := _measure_of(match)) is not None:
        is_small = match["money"] and value < _SMALL and not measure[1]
        is_once = match["times"] and value == 1
        is_loose = match["points"] and not _POINTS_LEAD.search(text[: match.start()])
        if is_small or is_once or is_loose:
            return None
        if match["money"] and (dime := _DIME.match(text[match.end() :])):
            value += Decimal(_CN_DIGITS.index(dime[1])) / 10
        return _figure(text, match, measure[0], value, *measure[1:])
    if len(match["number"]) > 1 and not set(match["number"]) & set("十百千万亿拾佰仟点"):
        return None
    return _figure(text, match, Dimension.COUNT, value, 0, match["count"])


def _figure(  # noqa: PLR0913, PLR0917 - what a figure is made of
    text: str, match: re.Match[str], dimension: Dimension, value: Decimal, power: int, unit: str
) -> Figure:
    """Return a figure with its precision and the words that bound it."""
    groups = match.groupdict()
    written = groups.get("number") or ""
    before, behind = text[max(match.start() - 6, 0) : match.start()], text[match.end() :][:6]
    bound = next((one for pattern, one in _BEFORE if pattern.search(before)), None)
    if bound is None:
        bound = next((one for pattern, one in _BEHIND if pattern.search(behind)), None)
    if groups.get("more") or groups.get("more2"):
        bound = Bound.AT_LEAST
    is_about = _ABOUT_BEFORE.search(before) or _ABOUT_BEHIND.search(behind)
    in_words = not written[:1].isdigit()
    return Figure(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        dimension=dimension,
        value=shifted(value, power),
        unit=unit,
        grain=shifted(_grain(value), power),
        decimals=places_of(value),
        is_rounded=bool(is_about) or unit in {"成", "分之"},
        bound=bound,
        is_soft=in_words and dimension is Dimension.COUNT and value <= _SMALL,
    )


def _grain(value: Decimal) -> Decimal:
    """Return one of the last digit that is not a zero before the point: 600 is told by 100s."""
    if places := places_of(value):
        return Decimal(1).scaleb(-places)
    zeros = len(str(value)) - len(str(value).rstrip("0")) if value else 0
    return Decimal(10) ** zeros


def _value_of(written: str) -> Decimal | None:
    """Return the number of digits or Chinese numerals, such as 九十五点六."""
    if written[:1].isdigit():
        return parse_decimal(written)
    whole, _, decimals = written.partition("点")
    number = parse_chinese(whole)
    if number is None or not decimals:
        return None if number is None else Decimal(number)
    digits = [parse_chinese(one) for one in decimals]
    if any(one is None or one > _SMALL - 1 for one in digits):
        return None
    return Decimal(f"{number}.{''.join(map(str, digits))}")
