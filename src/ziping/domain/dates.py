"""Dates, months, deadlines and periods as cells write them (日期、时限)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ziping.domain.date_spans import Span, normalise, span_of, span_pair
from ziping.domain.quantities import Deadline

_HINT = re.compile(r"[年月旬季日号]|[0-9][-./][0-9]|[0-9]{8}")
"""Without one of these a text holds no date."""

_ENDED_BY = (
    "完成|完工|竣工|到位|开工|结束|拨付|支付|验收|交付|建成|投入|发放|实施|举办|召开|开展|执行|办结|付清|报送|上报|提交|印发"
    "|出台|启动|运行|使用|缴纳|结算|开始|下达|兑现|整改|建立"
)
_WHOLE = re.compile(
    r"(?P<lead>(?:[^0-9]{0,6}时间?(?:为|是)?:)?(?:已|应|须|需)?(?:于|在|自|从|按)?"
    r"(?:截至|截止到?|不晚于|不迟于|最迟|预计|计划|力争|确保|≤|≦|<=|不超过|到|至)?)"
    r"(?P<body>.+?)"
    r"(?P<before>之前|以前|前)?(?:之内|以内|内|中|止|为止|期间|之间)?"
    rf"(?:(?:全部|全面|按时|按期|已|均|基本|正式|顺利|及时|前)*(?:{_ENDED_BY})[^0-9]{{0,8}})?"
)
_RECURRENT = re.compile(r"每(?:个?(?:年|月|季度?|周|旬|半年|学期)).*?(?:[0-9]+[月日号]|[旬底末初])")
_DOTTED_MONTH = re.compile(r"((?:19|20)[0-9]{2})\.(0?[1-9]|1[0-2])")
_NEAR_YEARS = 3


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says as a date: a deadline, or why it cannot be one (日期读数)."""

    deadline: Deadline | None
    question: str = ""
    """Two readings are possible, or the time comes round again: what to ask."""
    problem: str = ""
    """A date that does not exist."""


def read_date(text: str, fiscal_year: int) -> DateReading | None:
    """Read cleaned text as a date, month, deadline or period; None: it is none of these."""
    if _HINT.search(text) is None:
        return _dotted_month(text, fiscal_year) if "." in text else None
    if "每" in text and _RECURRENT.match(text):
        return DateReading(None, "每年（月）重复的时间不是一个期限，请改填完成次数或及时率")
    text = normalise(text)
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    try:
        return _reading(found, fiscal_year) or _dotted_month(text, fiscal_year)
    except (ValueError, OverflowError):
        return DateReading(None, problem="日期不存在，请核对年月日")


def _reading(found: re.Match[str], fiscal_year: int) -> DateReading | None:
    """Return the deadline of a text taken apart."""
    body = found["body"]
    span = span_of(body, fiscal_year) or span_pair(body, fiscal_year)
    if span is None:
        return _several(body, fiscal_year)
    return DateReading(_before(span) if found["before"] else Deadline(span.first, span.last))


def _before(span: Span) -> Deadline:
    """Return the deadline of “…前”: a month named is out, a day or a month's end is in."""
    if not span.is_whole_period:
        return Deadline(date(span.last.year, 1, 1), span.last)
    last = span.first - timedelta(days=1)
    return Deadline(date(last.year, 1, 1), last, strict_month_end=span.last)


def _several(body: str, fiscal_year: int) -> DateReading | None:
    """Return the question when a text lists several dates."""
    parts = [part for part in re.split("[、,;和及/]", body) if part]
    if len(parts) > 1 and all(span_of(part, fiscal_year) for part in parts):
        return DateReading(None, f"写了 {len(parts)} 个时间，请只填最后期限，或拆成几条指标")
    return None


def _dotted_month(text: str, fiscal_year: int) -> DateReading | None:
    """Return the question about `2023.12`: a number or December 2023."""
    found = _DOTTED_MONTH.fullmatch(text)
    if found is None or abs(int(found[1]) - fiscal_year) > _NEAR_YEARS:
        return None
    month = f"{found[1]}年{int(found[2])}月"
    return DateReading(None, f"“{text}”可能是数值，也可能是{month}，请写明")
