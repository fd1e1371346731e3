"""Finding the words by which prose says what a figure is of (数据称谓)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ziping.drafting.grounding.label_tables import GOAL, TABLES, WEAK, Row
from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.roles import DIFFERENCES, Role

IS_GOAL = re.compile(f"^(?:（含）|及?以上|及?以下|以内|左右)*的[\u4e00-\u9fff]{{0,4}}?(?:{GOAL})")
"""Behind a figure: it is said to be a target, as in 90%以上的要求."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word that says what a figure is of (称谓)."""

    start: int
    end: int
    roles: frozenset[Role]
    is_weak: bool
    """It does not stand alone."""


def _roles(row: Row) -> frozenset[Role]:
    """Return the roles of a row."""
    found: frozenset[Role] = frozenset()
    for name in row.roles.removeprefix(WEAK).split():
        found |= DIFFERENCES if name == "DIFFERENCES" else {Role[name]}
    return found


def _compiled(rows: tuple[Row, ...]) -> tuple[re.Pattern[str], dict[str, Row]]:
    """Return one pattern for a table; each row is a named group."""
    groups = {f"r{number}": row for number, row in enumerate(rows)}
    pattern = "|".join(f"(?P<{name}>{row.pattern})" for name, row in groups.items())
    return re.compile(pattern or r"(?!)"), groups


_COMPILED = {dimension: _compiled(rows) for dimension, rows in TABLES.items()}
_ROLES = {row: _roles(row) for rows in TABLES.values() for row in rows}


def find_labels(text: str, dimension: Dimension) -> Iterator[Label]:
    """Yield the labels in a stretch that may belong to a figure of a dimension."""
    pattern, groups = _COMPILED[dimension]
    for match in pattern.finditer(text):
        if match.group() and match.lastgroup:
            row = groups[match.lastgroup]
            yield Label(match.start(), match.end(), _ROLES[row], row.roles.startswith(WEAK))


_COUNTED: tuple[tuple[re.Pattern[str], frozenset[Role]], ...] = tuple(
    (re.compile(pattern), frozenset(roles))
    for pattern, roles in (
        ("定性|文字|描述|判断", {Role.QUALITATIVE}),
        ("量化|定量|数值|时限|可以?核对|可以?计算", {Role.QUANTIFIED}),
        (
            "(?:未|没有|没|尚未)(?:能)?(?:全部|完全|按期)?(?:达到|完成|实现|达标|达成)|未达|不达标|欠缺",
            {Role.UNMET},
        ),
        ("未定分|没有定分|尚未定|未评分|未定", {Role.OPEN}),
        ("满分|未扣分|没有扣分", {Role.FULL}),
        ("扣|失分", {Role.LOSING}),
        ("偏差|差距|短板|偏低|不足|滞后|不理想|落后", {Role.UNMET, Role.LOSING}),
        ("达到|完成|实现|达标|达成|超额|超过|优于|符合", {Role.MET}),
    )
)
_NEUTRAL = re.compile(
    "(?:绩效|三级|二级|具体|考核|评价|细化|年度)*指标(?:[，、。；：（）的和与中内之＿]|$|分别|包括|涵盖|涉及|由|构成|进行|设置|纳入|参与|逐|均|按|根据|里|全|平均|完成情况|合计|共|总|得)"
)
_JUST_COUNTED = re.compile(
    "(?:绩效|三级)?指标(?:按|根据|完成情况|平均|[的总]?(?:达标率|完成率|得分率))"
)
_PUT_IN = re.compile("(?:计分|评分|评价|得分)的?(?:指标)?(?:为|有|共)$")
_ANY_COUNT = frozenset(
    {
        Role.INDICATORS, Role.QUANTIFIED, Role.QUALITATIVE, Role.MET,
        Role.UNMET, Role.LOSING, Role.FULL, Role.OPEN,
    }
)  # fmt: skip
"""What a count of indicators may count when its words say something else."""
_INDICATORS = re.compile("指标(?!值)")
_SCORED = re.compile("得分|评分|计分")
_SCORED_INDICATORS = re.compile("(?:得分|评分|计分)指标")
_SORTED = re.compile(
    "(?:(?P<lost>扣分|失分)|未?达标|未?完成)(?:项目?|点|指标)(?:共|共计|有|为|是)*$"
)
_PROJECTS = re.compile("项目(?!区)")


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words around a count (计数语境)."""

    before: str
    """Of its own piece."""
    behind: str
    """Up to the next figure."""
    earlier: str
    """All since the figure before."""
    is_followed: bool = False
    """The words behind lead to another count."""
    is_of_indicators: bool = False
    """The sentence has counted indicators before."""


def counted_roles(words: CountWords, unit: str) -> frozenset[Role]:
    """Return what a count of indicators or projects counts; empty where it counts neither."""
    before, behind = words.before, words.behind
    if (told := _SORTED.search(before or words.earlier)) is not None:
        return frozenset({Role.LOSING} if told["lost"] else {Role.MET, Role.UNMET})
    if unit == "个" and _is_of_projects(words):
        return frozenset({Role.PROJECTS})
    if _PUT_IN.search(before) or _SCORED.match(behind):
        return frozenset(
            {Role.SCORED, Role.INDICATORS}
            if _PUT_IN.search(before) or _SCORED_INDICATORS.match(behind)
            else {Role.SCORED}
        )
    is_counted = bool(_INDICATORS.search(before) or _INDICATORS.search(behind[:10]))
    is_counted = is_counted or words.is_of_indicators
    if not is_counted and unit != "项":
        return frozenset()
    if _JUST_COUNTED.match(behind):
        return frozenset({Role.INDICATORS})
    return _sorted_roles(words, is_counted=is_counted)


def _is_of_projects(words: CountWords) -> bool:
    """Whether the words speak of projects."""
    if _PROJECTS.match(words.behind):
        return True
    stretch = words.before if len(words.before) > len("共计") else words.earlier
    return not words.behind and _PROJECTS.search(stretch) is not None


def _sorted_roles(words: CountWords, *, is_counted: bool) -> frozenset[Role]:
    """Return the sort of indicators a count is of, any where the words say something else."""
    for stretch in (words.before, "" if words.is_followed else words.behind):
        for pattern, roles in _COUNTED:
            if pattern.search(stretch):
                return roles
    if not is_counted:
        return frozenset()
    is_neutral = words.is_followed or _INDICATORS.search(words.before)
    is_neutral = is_neutral or _NEUTRAL.match(words.behind)
    return frozenset({Role.INDICATORS}) if is_neutral else _ANY_COUNT
