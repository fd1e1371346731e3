"""Conclusions about money: within budget, fully received, nothing left, adjusted (资金结论)."""

import re
from dataclasses import dataclass

from ziping.drafting.grounding import amount_tests as tests
from ziping.drafting.grounding.amount_tests import Test
from ziping.drafting.grounding.roles import Role

_NO = "(?:未能?|没有|没|尚未|并未|不)"
_BUDGET = "(?:年初|全年|年度|调整后的?)?(?:部门|项目)?预算"
_OVER = "(?:超出|超过|突破|超)"
_LESS = "(?:调减|核减|压减|调低|下调|追减|(?<=预算)缩减|(?<=预算)减少)"
_MORE = "(?:调增|追加|核增|上调|调高|(?<=预算)增加)"
_YEAR = "(?:年度内|年中|全年|年内|(?:执行)?过程中|执行中)"
_SPENT = "(?:执行|支出|支付|使用)"
_DID = "(?:作了|做了|进行了|有)"


@dataclass(frozen=True)
class FundClaim:
    """A conclusion about money with its test (资金结论)."""

    pattern: re.Pattern[str]
    test: Test
    reason: str


def _changed(verb: str) -> str:
    """Return the pattern of a budget changed in one direction: told with its amount, or alone."""
    return "|".join(
        (
            f"{verb}(?:额|幅度|比例|形成|的预算|的是|后|至|到|为)",
            rf"{verb}了?(?:预算)?(?=\s?\d[\d.,]*\s?(?:[万亿]?元|%))",
            rf"(?:年度内|年中|年内)(?:被|予以|共)?{verb}(?!\s?\d)",
            rf"预算(?:被|予以|作了|进行了|有所)?{verb}(?!\s?\d)",
            f"预算(?:在)?(?:年度内|年中)(?:被)?{verb}",
        )
    )


_UNCHANGED = "|".join(
    (
        f"{_YEAR}?(?:预算)?{_NO}(?:作|做|进行|发生|予以?)(?:过|任何)?调整",
        f"预算(?:数)?{_NO}(?:调整|变化|变动)",
        f"{_NO}调整预算",
        "预算(?:数)?(?:保持)?不变",
    )
)
_IS_CHANGED = tests.ordered(Role.ANNUAL, Role.INITIAL, tests.other)
_IS_BALANCED = tests.ordered(Role.EXECUTED, Role.RECEIVED, tests.same)
_ROWS: tuple[tuple[str, Test, str], ...] = (
    (
        f"{_NO}{_OVER}{_BUDGET}|(?:控制|保持)在{_BUDGET}(?:数|总?额)?(?:范围)?(?:之|以)?内",
        tests.against_budget(Role.EXECUTED, tests.at_most),
        "全年执行数超出预算",
    ),
    (
        f"{_OVER}(?:了)?{_BUDGET}(?!绩效)",
        tests.against_budget(Role.EXECUTED, tests.more),
        "全年执行数没有超出预算",
    ),
    (
        f"{_NO}(?:足额|全额|全部)到位|未到位",
        tests.against_budget(Role.RECEIVED, tests.less),
        "资金已足额到位",
    ),
    (
        "(?:足额|全额|全部)(?:及时)?到位|(?:及时)?足额拨付到位",
        tests.against_budget(Role.RECEIVED, tests.at_least),
        "实际到位数少于预算数",
    ),
    (
        f"{_NO}全部{_SPENT}|{_NO}{_SPENT}完毕",
        tests.negated(tests.is_spent),
        "资金已全部支出",
    ),
    (
        f"全部(?:{_SPENT}|用于支出)(?!率|里|中|的)|{_SPENT}完毕",
        tests.is_spent,
        "全年执行数少于预算数",
    ),
    (
        f"(?:无|零|{_NO}(?:有|形成|产生|出现)?)(?:资金)?(?:结余|剩余)",
        tests.negated(tests.is_left),
        "还有没有执行的资金",
    ),
    (
        "(?:有|形成|产生|存在|尚有|略有)(?:部分|一定|少量)?(?:资金)?(?:结余|剩余)",
        tests.is_left,
        "资金没有结余",
    ),
    ("收支不平衡|收支未(?:能)?平衡", tests.negated(_IS_BALANCED), "支出数与到位数相等"),
    ("收支平衡", _IS_BALANCED, "支出数与到位数不等"),
    (_UNCHANGED, tests.negated(_IS_CHANGED), "全年预算数与年初预算数不同"),
    (f"{_YEAR}(?:预算)?{_DID}调整|预算{_DID}调整", _IS_CHANGED, "全年预算数与年初预算数相同"),
    (
        _changed(_LESS),
        tests.ordered(Role.ANNUAL, Role.INITIAL, tests.less),
        "全年预算数不少于年初预算数",
    ),
    (
        _changed(_MORE),
        tests.ordered(Role.ANNUAL, Role.INITIAL, tests.more),
        "全年预算数不多于年初预算数",
    ),
)
FUND_CLAIMS = tuple(FundClaim(re.compile(pattern), test, reason) for pattern, test, reason in _ROWS)
"""Conclusions about money; the first that matches at a place counts."""
