"""On what base a rate is said to be: 年初预算数, 全年预算数, 到位数 (比率的分母)."""

import re

from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import Role
from ziping.drafting.grounding.scene import FILLER, Scene

_LEAD = "(?:按|以|用|把|将|照|占|与|相当于|为|是|和|较|比)(?:了)?(?:项目)?(?:的)?"
_BASES = (
    (Role.INITIAL, re.compile(f"{_LEAD}(?:年初|原定?|调整前)")),
    (Role.ANNUAL, re.compile(f"{_LEAD}(?:全年|调整后|年度预算)")),
    (
        Role.RECEIVED,
        re.compile(f"{_LEAD}(?:实际)?(?:已)?到位|到位(?:资金|数)?的?(?:支付|支出|执行|使用)"),
    ),
)
_DIRECT = (
    (
        Role.INITIAL,
        re.compile("(?:年初|原|调整前的?)预算(?:数|总?额|资金)?的$|年初数的$|占年初预算数?$"),
    ),
    (
        Role.ANNUAL,
        re.compile(
            "(?:全年|调整后的?|年度|[占的]|全部|总)预算(?:数|总?额|资金)?的$|年度资金总额的$|占(?:全年|年度)?预算数?$"
        ),
    ),
    (Role.RECEIVED, re.compile("到位(?:资金|数|金额|总额)*的$|占(?:实际)?到位(?:资金|数)?$")),
    (Role.EXECUTED, re.compile("[占总全](?:部)?(?:支出|执行)(?:总?额|数|资金|金额|总数)*的$")),
)
_OF_GOAL = re.compile("(?:目标|计划|指标|任务)(?:数|值)?的$")
_ALL = {
    Role.INITIAL: frozenset({Role.ON_INITIAL, Role.RECEIPT, Role.ADJUSTMENT_RATE}),
    Role.ANNUAL: frozenset({Role.ON_ANNUAL, Role.RECEIPT_ANNUAL}),
    Role.RECEIVED: frozenset({Role.ON_RECEIVED}),
    Role.EXECUTED: frozenset(),
}
_EXECUTION = {
    Role.INITIAL: frozenset({Role.ON_INITIAL}),
    Role.ANNUAL: frozenset({Role.ON_ANNUAL}),
    Role.RECEIVED: frozenset({Role.ON_RECEIVED}),
}
_RATES = frozenset({Role.EXECUTION, Role.ON_ANNUAL, Role.ON_RECEIVED})
_RECEIPT = {Role.INITIAL: Role.RECEIPT, Role.ANNUAL: Role.RECEIPT_ANNUAL}
_NUMERATOR = re.compile(
    "(?P<received>到位)|(?P<executed>执行|支出|支付|使用)|(?P<adjusted>调减|调增|核减|压减|追加|调整(?!后))"
)


def rate_roles(
    scene: Scene, figure: Figure, roles: frozenset[Role], *, is_strong: bool
) -> frozenset[Role]:
    """Return the roles of a rate by its base; empty where the words name neither base nor rate."""
    own = scene.piece_before(figure)
    if _OF_GOAL.search(own):
        return frozenset({Role.COMPLETION, Role.TARGET})
    if (base := direct_base(own)) is not None:
        return _of_numerator(scene, figure, base, own)
    if roles and Role.EXECUTION not in roles and is_strong:
        return frozenset()
    base = _named_base(scene, figure)
    told = scene.before(figure.start)
    if base and (Role.EXECUTION in roles or "执行率" in _since_rate(scene, figure)):
        return _EXECUTION[base]
    if base and (FILLER.fullmatch(own) or any(one.search(own) for _, one in _BASES)):
        return (_EXECUTION if "执行率" in told else _ALL)[base] | roles
    is_told = Role.EXECUTION in roles
    return roles & _RATES if is_told else frozenset()


def direct_base(own: str) -> Role | None:
    """Return the base that stands right before a rate, as in 占年初预算数的."""
    return next((base for base, pattern in _DIRECT if pattern.search(own)), None)


def _of_numerator(scene: Scene, figure: Figure, base: Role, own: str) -> frozenset[Role]:
    """Narrow the roles of a share by what is said to be the share."""
    before = scene.before(figure.start)
    before = before[: len(before) - len(own)].rsplit("；", 1)[-1]
    found = [match.lastgroup for match in _NUMERATOR.finditer(before)]
    if found and found[-1] == "received" and base in _RECEIPT:
        return frozenset({_RECEIPT[base]})
    if found and found[-1] == "adjusted" and base is Role.INITIAL:
        return frozenset({Role.ADJUSTMENT_RATE})
    if found and found[-1] == "executed" and base in _EXECUTION:
        return _EXECUTION[base]
    return _ALL[base]


def _since_rate(scene: Scene, figure: Figure) -> str:
    """Return the words since the last rate."""
    start = scene.sentence.start
    for one in scene.figures:
        if one.dimension is Dimension.RATE and one.end <= figure.start:
            start = one.end
    return scene.sentence.between(start, figure.start)


def _named_base(scene: Scene, figure: Figure) -> Role | None:
    """Return the base named last since the previous rate."""
    text = _since_rate(scene, figure).rsplit("；", 1)[-1]
    found = [(match.start(), base) for base, pattern in _BASES for match in pattern.finditer(text)]
    return max(found, key=lambda one: one[0])[1] if found else None
