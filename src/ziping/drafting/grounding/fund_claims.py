"""Conclusions about money: within budget, fully received, nothing left, adjusted (资金结论)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ziping.drafting.grounding.roles import Role

Amounts = Mapping[Role, Decimal]
Test = Callable[[Amounts, re.Match[str]], bool | None]
_NO = "(?:未能?|没有|没|尚未|并未|不)"
_WHICH = "(?:年初|全年|年度|调整后的?)?(?:部门|项目)?"
_LESS = "调减|核减|压减|调低|下调|追减|缩减|减少"
_MORE = "调增|追加|核增|上调|调高|增加"


@dataclass(frozen=True)
class FundClaim:
    """A conclusion about money with its test (资金结论)."""

    pattern: re.Pattern[str]
    test: Test
    reason: str


def _ordered(left: Role, right: Role, holds: Callable[[Decimal, Decimal], bool]) -> Test:
    """Return a test that compares two amounts."""

    def test(amounts: Amounts, _match: re.Match[str]) -> bool | None:
        first, second = amounts.get(left), amounts.get(right)
        return None if first is None or second is None else holds(first, second)

    return test


def _against_budget(left: Role, holds: Callable[[Decimal, Decimal], bool]) -> Test:
    """Return a test against the budget the words name; the annual one where they name none."""

    def test(amounts: Amounts, match: re.Match[str]) -> bool | None:
        is_initial = "年初" in match.group()
        right = amounts.get(Role.INITIAL if is_initial else Role.ANNUAL)
        first = amounts.get(left)
        return None if first is None or right is None else holds(first, right)

    return test


def _at_most(left: Decimal, right: Decimal) -> bool:
    return left <= right


def _at_least(left: Decimal, right: Decimal) -> bool:
    return left >= right


def _more(left: Decimal, right: Decimal) -> bool:
    return left > right


def _less(left: Decimal, right: Decimal) -> bool:
    return left < right


def _same(left: Decimal, right: Decimal) -> bool:
    return left == right


def _other(left: Decimal, right: Decimal) -> bool:
    return left != right


def _is_left(amounts: Amounts, _match: re.Match[str]) -> bool | None:
    """Whether money is left, of the budget or of what was received."""
    executed = amounts.get(Role.EXECUTED)
    sources = [amounts[one] for one in (Role.ANNUAL, Role.RECEIVED) if one in amounts]
    return None if executed is None or not sources else any(executed < one for one in sources)


def _is_spent(amounts: Amounts, match: re.Match[str]) -> bool | None:
    """Whether all of the budget, or of what was received, was spent."""
    executed = amounts.get(Role.EXECUTED)
    role = Role.RECEIVED if "到位" in match.string else Role.ANNUAL
    source = amounts.get(role)
    return None if executed is None or source is None else executed == source


def _is_balanced(amounts: Amounts, _match: re.Match[str]) -> bool | None:
    """Whether what was received was spent."""
    executed, received = amounts.get(Role.EXECUTED), amounts.get(Role.RECEIVED)
    return None if executed is None or received is None else executed == received


def _negated(test: Test) -> Test:
    """Return the test of the opposite."""

    def opposite(amounts: Amounts, match: re.Match[str]) -> bool | None:
        found = test(amounts, match)
        return None if found is None else not found

    return opposite


_CHANGED = _ordered(Role.ANNUAL, Role.INITIAL, _other)
_ROWS: tuple[tuple[str, Test, str], ...] = (
    (
        f"{_NO}(?:超出|超过|突破|超){_WHICH}预算|(?:控制|保持)在{_WHICH}预算(?:数|总?额)?(?:范围)?(?:之|以)?内",
        _against_budget(Role.EXECUTED, _at_most),
        "全年执行数超出预算",
    ),
    (
        f"(?<![无不未])(?:超出|超过|突破|超)(?:了)?{_WHICH}预算(?!绩效)",
        _against_budget(Role.EXECUTED, _more),
        "全年执行数没有超出预算",
    ),
    (
        f"{_NO}(?:足额|全额|全部)到位|未到位",
        _against_budget(Role.RECEIVED, _less),
        "资金已足额到位",
    ),
    (
        "(?:足额|全额|全部)(?:及时)?到位|(?:及时)?足额拨付到位",
        _against_budget(Role.RECEIVED, _at_least),
        "实际到位数少于预算数",
    ),
    (
        f"{_NO}全部(?:执行|支出|支付|使用)|{_NO}(?:执行|支出)完毕",
        _negated(_is_spent),
        "资金已全部支出",
    ),
    (
        "(?:已经?)?全部(?:执行|支出|支付|使用|用于支出)(?!率)|(?:执行|支出|支付|使用)完毕",
        _is_spent,
        "全年执行数少于预算数",
    ),
    (
        f"(?:无|零|{_NO}(?:有|形成|产生|出现)?)(?:资金)?(?:结余|剩余)",
        _negated(_is_left),
        "还有没有执行的资金",
    ),
    (
        "(?<![无零没未])(?:有|形成|产生|存在|尚有|略有)(?:部分|一定|少量)?(?:资金)?(?:结余|剩余)",
        _is_left,
        "资金没有结余",
    ),
    ("收支不平衡|收支未(?:能)?平衡", _negated(_is_balanced), "支出数与到位数相等"),
    ("收支平衡", _is_balanced, "支出数与到位数不等"),
    (
        f"(?:年度内|年中|全年|年内)?(?:预算)?{_NO}(?:作|做|进行|发生|予以?)(?:过|任何)?调整|预算(?:数)?{_NO}(?:调整|变化|变动)|{_NO}调整预算|预算(?:数)?(?:保持)?不变",
        _negated(_CHANGED),
        "全年预算数与年初预算数不同",
    ),
    (
        "(?:年度内|年中|年内)(?:作了|做了|进行了|有)调整|预算有调整|预算(?:作了|做了|进行了)调整",
        _CHANGED,
        "全年预算数与年初预算数相同",
    ),
    (
        f"(?:{_LESS})(?:额|幅度|比例|形成|的预算)|(?:{_LESS})(?:了)?(?=\\s?\\d[\\d.,]*\\s?[万亿]?元)|(?:年度内|年中|年内)(?:被|予以|共)?(?:{_LESS})(?!\\s?\\d)|预算(?:被|予以)?(?:{_LESS})(?!\\s?\\d)|预算(?:在)?(?:年度内|年中)(?:被)?(?:{_LESS})",
        _ordered(Role.ANNUAL, Role.INITIAL, _less),
        "全年预算数不少于年初预算数",
    ),
    (
        f"(?:{_MORE})(?:额|幅度|比例|形成|的预算)|(?:{_MORE})(?:了)?(?:预算)?(?=\\s?\\d[\\d.,]*\\s?[万亿]?元)|(?:年度内|年中|年内)(?:被|予以|共)?(?:{_MORE})(?!\\s?\\d)|预算(?:被|予以)?(?:{_MORE})(?!\\s?\\d)|预算(?:在)?(?:年度内|年中)(?:被)?(?:{_MORE})",
        _ordered(Role.ANNUAL, Role.INITIAL, _more),
        "全年预算数不多于年初预算数",
    ),
)
FUND_CLAIMS = tuple(FundClaim(re.compile(pattern), test, reason) for pattern, test, reason in _ROWS)
"""Conclusions about money; the first that matches at a place counts."""

_SIDE = {
    "年初预算": Role.INITIAL,
    "全年预算": Role.ANNUAL,
    "调整后预算": Role.ANNUAL,
    "调整后的预算": Role.ANNUAL,
    "到位": Role.RECEIVED,
    "执行": Role.EXECUTED,
    "支出": Role.EXECUTED,
}
_TAIL = "(?:资金|数|总?额|金额)*"
_AMOUNT = "|".join(_SIDE)
_NEAR = r"[^，。；\d]{0,4}?"
_ALIKE = "不一致|不相等|不同|不相符|一致|持平|相等|相同|相符"
_SIDES = (
    "未超出|未超过|没有超出|没有超过|不高于|不低于|高于|低于|大于|小于|超出|超过|等于|多于|少于"
)
_COMPARISON = re.compile(
    f"(?P<left>{_AMOUNT}){_TAIL}{_NEAR}(?:与|和|同){_NEAR}(?P<right>{_AMOUNT}){_TAIL}{_NEAR}(?P<alike>{_ALIKE})"
    f"|(?P<left2>{_AMOUNT}){_TAIL}{_NEAR}(?P<side>{_SIDES})(?:了)?(?P<right2>{_AMOUNT}){_TAIL}"
)
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "一致": _same,
    "持平": _same,
    "相等": _same,
    "相同": _same,
    "相符": _same,
    "等于": _same,
    "不一致": _other,
    "不相等": _other,
    "不同": _other,
    "不相符": _other,
    "未超出": _at_most,
    "未超过": _at_most,
    "没有超出": _at_most,
    "没有超过": _at_most,
    "不高于": _at_most,
    "不低于": _at_least,
    "高于": _more,
    "大于": _more,
    "超出": _more,
    "超过": _more,
    "多于": _more,
    "低于": _less,
    "小于": _less,
    "少于": _less,
}


def amount_comparison(clause: str) -> Iterator[tuple[re.Match[str], Test, str]]:
    """Yield the comparisons of two amounts told by name, each with its test."""
    for match in _COMPARISON.finditer(clause):
        left = _SIDE[match["left"] or match["left2"]]
        right = _SIDE[match["right"] or match["right2"]]
        word = match["alike"] or match["side"]
        yield (
            match,
            _ordered(left, right, _HOLDS[word]),
            f"{left.value}与{right.value}的关系不是这样",
        )
