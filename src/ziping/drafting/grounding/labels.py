"""The words by which prose says what a figure is of (数据称谓)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.roles import DIFFERENCES, Role

_BUDGET = "(?:的)?(?:部门|项目|批复|安排|核定|下达|财政|资金|总)*预算(?:数|总?额|资金|安排|批复|金额|总数|总计|合计|为|规模)*"
_DIFFERENT = "相差|差额|(?<!偏)差距?|多出?|少|高出|超出|超过|超|低于?|高于?|短缺|缩减|降低|提高|提升|上升|下降|增长|增幅|降幅"
GOAL = "年度指标值?|指标值|目标值|年度目标|绩效目标|预期目标|预期值|计划值?|目标|上限|下限|要求|标准|任务数|应完成|限额|控制数"
_DONE = "实际完成值|实际完成|完成值|实际值|实际|完成|达到|建成|实现"

_MONEY = (
    (
        f"(?:年初|原定?|原来的?|调整前的?){_BUDGET}|年初(?:安排|批复|核定|下达|预算)?|原预算",
        "INITIAL TARGET",
    ),
    (
        f"(?:全年|调整后的?|年度|本年度?|当年|最终|现有?){_BUDGET}|年度资金总额|调整后(?:的)?|(?:调减|核减|压减|调增|追加|减少|增加|调整|压缩|核定)(?:为|至|到)|(?<=元)(?:之?后)为|调整后为",
        "ANNUAL",
    ),
    ("(?:未|没有|尚未|没)(?:足额|全额)?到位|到位(?:资金)?(?:差额|缺口)|缺口", "RECEIPT_GAP"),
    ("已?到位(?:资金)?(?:而|但|尚|中)?(?:未|没有)(?:支出|执行|使用|支付)", "BALANCE"),
    ("(?:未|没有|尚未|没)(?:能)?执行", "UNSPENT"),
    ("(?:实际)?到位(?:资金|数|金额|总额)?|拨付|拨款|拨入|下达|收到|拨来", "RECEIVED"),
    (
        "(?:未|没有|尚未|没)(?:能)?(?:支出|使用|支付|形成支出|花)|结余|剩余|余额|尚余|沉淀",
        "UNSPENT BALANCE",
    ),
    (
        "(?:全年|累计|实际|已|共)?(?:执行数?|支出数?|使用|支付|列支|开支|花费?|用去|投入|用于)(?:资金|金额|总额|了)*",
        "EXECUTED ACTUAL",
    ),
    (
        "调减|核减|压减|调增|追加|追减|调整额?|减少|增加|核增|压缩|缩减|上调|下调|减|增",
        "ADJUSTMENT",
    ),
    ("节约|节省|节支", "LINE_GAP UNSPENT BALANCE"),
    (_DIFFERENT, "DIFFERENCES"),
    (_BUDGET, "INITIAL ANNUAL TARGET"),
    (GOAL, "TARGET"),
    (_DONE, "ACTUAL EXECUTED"),
)
_RATE = (
    (
        "预算执行率|执行率|执行进度|支付进度|支出进度|支出率|支付率|执行比例",
        "EXECUTION",
    ),
    ("到位率|到位比例", "RECEIPT RECEIPT_ANNUAL"),
    ("完成率|完成比例|完成程度|完成度|完成进度", "COMPLETION"),
    ("得分率", "SHARE"),
    (
        "调整幅度|调整比例|(?:预算)?调整率|调减|调增|压减|核减|追加|减少|增加|降幅|增幅|减幅|幅度|下降|增长|相差",
        "ADJUSTMENT_RATE",
    ),
    (GOAL, "TARGET"),
    ("实际完成值|实际完成|完成值|实际值|实际为?|达到", "ACTUAL"),
)
_POINTS = (
    ("分值合计|满分合计|合计分值|分值共|分值总计|总分值|共占|占分合计|分值总和", "WEIGHT_SUM"),
    (
        "(?:自评|评价|综合|最终|合计)?总得?分(?:数)?|综合得分|最终得分|合计得分|评价得分|综合评分|绩效自评(?:得分|结果|评分)|自评结果",
        "TOTAL AVERAGE OTHER_TOTAL",
    ),
    ("已定分", "DETERMINED POINTS"),
    ("平均(?:得分|总分|分数?|自评得分)?", "AVERAGE"),
    ("(?:共计?|合计|累计|总共)(?:被)?扣(?:分|减|除)?|扣分合计|共失|总扣分", "LOST"),
    (
        "(?:距|离|距离)[^，。；]{0,6}?(?:还|仅|只)?(?:差|有)|(?:还|仅|只)差",
        "LOST NEXT_GAP DEDUCTION",
    ),
    ("(?:被)?(?:扣除?|扣减|扣掉|失分|丢)(?:分|了)?", "DEDUCTION LOST"),
    ("(?:按规则|规则|计算)(?:应|可)?得分?|应得", "COMPUTED POINTS"),
    ("(?:得|计|打|拿|评)满分", "POINTS"),
    ("分值|权重|满分|占分|标准分|分数占", "WEIGHT"),
    (
        "得分|评分|实得|核定得|自评得分|自评得|自评(?=(?:为|仅|只|是)?$)|计得|评得|获得|获|得|打|给|评为|核定为?|计",
        "POINTS TOTAL OTHER_POINTS AVERAGE",
    ),
    ("合计|共计|总计|之和", "TOTAL WEIGHT_SUM POINTS_SUM LOST POINTS AVERAGE"),
    ("下?降(?:为|至|到)|变为|变成|升至|升为", "TOTAL OTHER_TOTAL"),
    (_DIFFERENT, "DIFFERENCES"),
)
_COUNT = (
    (_DIFFERENT, "DIFFERENCES"),
    (GOAL, "TARGET"),
    (_DONE, "ACTUAL"),
)
_TABLES = {
    Dimension.MONEY: _MONEY,
    Dimension.RATE: _RATE,
    Dimension.PERCENT_POINTS: (),
    Dimension.POINTS: _POINTS,
    Dimension.COUNT: _COUNT,
    Dimension.BARE: _COUNT,
    Dimension.TIMES: (),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A word that says what a figure is of (称谓)."""

    start: int
    end: int
    text: str
    roles: frozenset[Role]


def _roles(names: str) -> frozenset[Role]:
    """Return roles by their names; DIFFERENCES stands for all of them."""
    if names == "DIFFERENCES":
        return DIFFERENCES
    return frozenset(Role[name] for name in names.split())


def _compiled(
    table: tuple[tuple[str, str], ...],
) -> tuple[re.Pattern[str], dict[str, frozenset[Role]]]:
    """Return one pattern for a table; each row is a named group."""
    groups = {f"r{number}": _roles(names) for number, (_, names) in enumerate(table)}
    rows = (f"(?P<r{number}>{pattern})" for number, (pattern, _) in enumerate(table))
    return re.compile("|".join(rows) or r"(?!)"), groups


_COMPILED = dict(zip(_TABLES, map(_compiled, _TABLES.values()), strict=True))


def find_labels(text: str, dimension: Dimension) -> Iterator[Label]:
    """Yield the labels in a stretch that may belong to a figure of a dimension."""
    pattern, groups = _COMPILED[dimension]
    for match in pattern.finditer(text):
        if match.group() and match.lastgroup:
            yield Label(match.start(), match.end(), match.group(), groups[match.lastgroup])


_COUNTED = (
    (re.compile("定性|文字|描述|判断"), Role.QUALITATIVE),
    (re.compile("量化|定量|数值|时限|可以?核对|可以?计算"), Role.QUANTIFIED),
    (re.compile("(?:未|没有|没|尚未)(?:能)?(?:达到|完成|实现|达标|达成)|未达|不达标"), Role.UNMET),
    (re.compile("未定分|没有定分|尚未定|未评分|未定"), Role.OPEN),
    (re.compile("满分|未扣分|没有扣分"), Role.FULL),
    (re.compile("扣|失分"), Role.LOSING),
    (re.compile("达到|完成|实现|达标|达成|超额"), Role.MET),
)
_INDICATORS = re.compile("指标(?!值)")
_PROJECTS = re.compile("项目(?!区)")


def counted_roles(before: str, behind: str, unit: str, earlier: str) -> frozenset[Role]:
    """Return what a count of indicators or projects counts, by the words around it.

    `before` and `behind` are of its own piece, `earlier` is all since the figure before; empty
    where it counts neither.
    """
    is_last = not behind and bool(
        _PROJECTS.search(before if len(before) > len("共计") else earlier)
    )
    if unit == "个" and (_PROJECTS.match(behind) or is_last):
        return frozenset({Role.PROJECTS})
    is_counted = bool(_INDICATORS.search(before) or _INDICATORS.search(behind[:10]))
    if not is_counted and unit != "项":
        return frozenset()
    for stretch in (before, behind):
        for pattern, role in _COUNTED:
            if pattern.search(stretch):
                return frozenset({role})
    return frozenset({Role.INDICATORS}) if is_counted else frozenset()
