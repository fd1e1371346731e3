"""A number with its unit, such as 25万人次, 95% or 400元/人 (数量与单位)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.amounts import MONEY_POWERS
from ziping.domain.numbers import (
    CHINESE_NUMERALS,
    NUMBER_PATTERN,
    parse_chinese,
    parse_decimal,
    shifted,
)

_POWERS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9}
COUNTED = """
个 次 人次 人 名 户 户次 家 家次 项 项次 件 件次 套 台 台次 台套 场 场次 批 批次 篇 份 本 册 条
处 座 栋 辆 辆次 架 艘 天 日 年 月 周 小时 分贝 分钟 学时 课时 课 工作日 个工作日 个月 亩 公顷 公里
千米 米 厘米 毫米 平方米 立方米 平方公里 吨 千克 公斤 千瓦 千瓦时 度 所 位 只 支 部 类 种 宗 起
例 班 班次 期 届 门 轮 组 村 间 间次 页 株 棵 头 羽 车次 航次 趟 幅 卷 块 根 片 对 副 张 枚 瓶
盒 箱 桶 袋 期次 分 级 倍 成 个百分点 百分点
"""
"""Units things are counted in; a word after one (个小区) only says what is counted."""

_MONEY_UNIT = "|".join(sorted((one for one in MONEY_POWERS if "元" in one), key=len, reverse=True))
_COUNT_UNIT = "|".join(sorted(COUNTED.split(), key=len, reverse=True))
_POWER = "十亿|千万|百万|十万|亿|万|千(?![克米瓦伏卡赫帕焦])|百(?!分)"
_CJK = "\u4e00-\u9fff"

_MEASURE = re.compile(
    rf"(?P<sign>[-−+]?)(?P<number>{NUMBER_PATTERN})"
    rf"(?P<more>余|多|\+)?(?:(?P<rate>%|‰|百分比)|(?P<power>{_POWER})?(?P<more2>余|多|\+)?)"
    r"(?P<rest>.{0,24})"
)
_UNIT = re.compile(
    rf"(?P<money>(?:{_MONEY_UNIT}|兀)(?P<per>[/每][{_CJK}A-Za-z0-9/、·.]{{1,10}})?)"
    rf"|(?P<count>(?:{_COUNT_UNIT})(?:[/每·.][{_CJK}A-Za-z/、]{{1,10}})?)(?P<noun>[{_CJK}]{{0,12}})"
    rf"|(?P<other>[{_CJK}][{_CJK}A-Za-z/·、]{{0,7}}|[A-Za-zμΩ°℃㎀-㏟/][A-Za-zΩ㎀-㏟/·²³]{{0,7}}"
    rf"|/[{_CJK}]{{1,4}}|[a-z]{{0,2}}m[23²³](?:/[a-z]{{1,3}})?)"
)
_EACH = re.compile(rf"每(?P<each>(?:每?[{_CJK}]{{1,3}}){{1,2}}?)(?=[0-9])")
_CHINESE = re.compile(
    rf"(?P<number>[{CHINESE_NUMERALS}]{{1,8}})(?P<more>余|多)?(?P<unit>{_COUNT_UNIT}|{_MONEY_UNIT})"
)
_CALENDAR_YEARS = range(1990, 2101)
"""So many years are a year's name: 2022年水平 is no count."""
_PLAIN_NOUN = 4
"""A noun up to this length after its counting unit needs no remark."""
_GRADES = "级类部位度"
"""After Chinese numerals these name a grade (一级), not a count."""
_MONEY_OUT = {"亿元": (4, "万元"), "千万元": (3, "万元"), "百万元": (2, "万元")}
_MONEY_OUT |= {"千元": (3, "元"), "百元": (2, "元"), "兀": (0, "元"), "圆": (0, "元")}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, as read (数量)."""

    value: Decimal
    unit: str
    is_lower_bound: bool = False
    """余 or 多 was written."""
    note: str = ""


def read_measure(text: str) -> Measure | None:
    """Read cleaned text that is one number with its unit and nothing else."""
    each = ""
    if text.startswith("百分之"):
        return _percent_in_words(text.removeprefix("百分之"))
    if text.startswith("每") and (found := _EACH.match(text)):
        each = found["each"].replace("每", "/")
        text = text[found.end() :]
    found = _MEASURE.fullmatch(text)
    value = parse_decimal(found["sign"] + found["number"]) if found else None
    if found is None or value is None:
        return None if each else _chinese(text)
    is_more = bool(found["more"] or found["more2"])
    if found["rate"]:
        return _rate(value, found["rate"], found["rest"], is_more=is_more)
    measure = _counted(value, found["power"] or "", found["rest"], is_more=is_more)
    if measure is None or not each:
        return measure
    unit = measure.unit if each == "年" else f"{measure.unit}/{each}"
    return Measure(measure.value, unit, is_more, measure.note)


def _percent_in_words(text: str) -> Measure | None:
    """Return the percentage of 百分之九十 or 百分之90."""
    number = parse_chinese(text)
    value = parse_decimal(text) if number is None else Decimal(number)
    return None if value is None else Measure(shifted(value, -2), "%")


def _rate(value: Decimal, sign: str, rest: str, *, is_more: bool) -> Measure | None:
    """Return a percentage or per-mille, perhaps followed by words such as 覆盖."""
    if rest and not re.fullmatch(rf"[{_CJK}]{{1,12}}", rest):
        return None
    note = f"后面的文字“{rest}”不参与比较" if rest else ""
    if sign == "‰":
        return Measure(shifted(value, -3), "‰", is_more, note)
    return Measure(shifted(value, -2), "%", is_more, note)


def _counted(value: Decimal, power: str, rest: str, *, is_more: bool) -> Measure | None:
    """Return a count, a length or an amount of money."""
    if not rest and power in ("万", "亿"):
        amount = shifted(value, 4) if power == "亿" else value
        note = f"“{power}”后面没有单位，按金额（{power}元）读取；不是金额请写全单位"
        return Measure(amount, "万元", is_more, note)
    if power in ("万", "亿") and rest.startswith("元"):
        power, rest = "", power + rest
    found = _UNIT.fullmatch(rest)
    if rest and found is None:
        return None
    if found and found["money"]:
        return _money(shifted(value, _POWERS.get(power, 0)), found, is_more=is_more)
    unit = (found["count"] or found["other"]) if found else ""
    noun = (found["noun"] or "") if found else ""
    if unit == "年" and value in _CALENDAR_YEARS:
        return None
    if unit == "成":
        return Measure(shifted(value, -1), "%", is_more)
    note = f"“{noun}”按说明文字处理" if len(noun) > _PLAIN_NOUN else ""
    value = shifted(value, _POWERS.get(power, 0))
    return Measure(value, unit.removesuffix("/年"), is_more, note)


def _money(value: Decimal, found: re.Match[str], *, is_more: bool) -> Measure:
    """Return an amount in 元 or 万元, or a unit price as written."""
    written = found["money"]
    note = "“兀”可能是“元”的识别错误，请核对" if "兀" in written else ""
    if found["per"]:
        return Measure(value, written.replace("兀", "元"), is_more, note)
    places, unit = _MONEY_OUT.get(written, (0, written))
    return Measure(shifted(value, places), unit, is_more, note)


def _chinese(text: str) -> Measure | None:
    """Return a small count in Chinese numerals, such as 三期 or 两次."""
    found = _CHINESE.fullmatch(text)
    number = parse_chinese(found["number"]) if found else None
    if found is None or number is None or found["unit"] in _GRADES:
        return None
    value, unit = Decimal(number), found["unit"]
    if unit == "成":
        return Measure(shifted(value, -1), "%")
    if unit == "元":
        value, unit = shifted(value, -4), "万元"
    return Measure(value, unit, bool(found["more"]))
