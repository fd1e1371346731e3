"""The words by which prose names what a figure is of, one table a dimension (数据称谓表).

A row is a pattern and the roles it stands for; earlier rows win at the same place. Words of
`WEAK` rows say little by themselves: what else stands in the same piece counts too.
"""

from dataclasses import dataclass

from ziping.drafting.grounding.mentions import Dimension

WEAK = "weak "
"""Mark before the roles of a word that does not stand alone."""
GOAL = (
    "年度指标值?|指标值|目标值|年度目标|绩效目标|预期目标|预期值|计划值?|目标|上限"
    "|下限|要求|标准|限值|限期|时限|控制价|控制线|限价|定额|任务数?|应完成|限额|控制数"
)
"""Words for a target."""
_BUDGET = (
    "(?:的)?(?:部门|项目|批复|安排|核定|下达|财政|资金|总)*预算(?:数|总?额|资金"
    "|安排|批复|金额|总数|总计|合计|为|规模)*"
)
_DIFFERENT = (
    "相差|[尚还仅]?缺|欠|差额|(?<!偏)差距?|多出?|少|高出|超出|超过|超额?|低于?"
    "|高于?|短缺|缩减|降低|提高|提升|上升|下降|增长|增加|减少|增幅|降幅"
)
_DONE = "实际完成值|实际完成|完成值|实际值|实际|完成|达到?|建成|实现"
_CUT = "调减|核减|压减|调增|追加|追减|减少|增加|核增|压缩|缩减|上调|下调|调整|核定"
_NOT_YET = "(?:未|没有|尚未|没)(?:能|有)?"


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern with the roles its words stand for (称谓)."""

    pattern: str
    roles: str
    """Names of roles; DIFFERENCES stands for all differences."""


_MONEY = (
    Row(
        f"(?:年初|原定?|原来的?|调整前的?){_BUDGET}|年初(?:安排|批复|核定|下达)?", "INITIAL TARGET"
    ),
    Row(
        f"(?:全年|调整后的?|年度|本年度?|当年|最终|现有?){_BUDGET}|年度资金总额|调整后(?:的)?(?:为)?",
        "ANNUAL",
    ),
    Row(f"(?:{_CUT})(?:为|至|到|后)|(?<=元)(?:之?后)为", "ANNUAL"),
    Row(f"(?:{_NOT_YET}|欠)(?:足额|全额)?到位|到位(?:资金)?(?:差额|缺口)|缺口", "RECEIPT_GAP"),
    Row(f"已?到位(?:资金)?(?:而|但|尚|中)?{_NOT_YET}(?:支出|执行|使用|支付|用)", "BALANCE"),
    Row(f"{_NOT_YET}执行", "UNSPENT"),
    Row("(?:实际)?到位(?:资金|数|金额|总额)?|拨付|拨款|拨入|下达|收到|拨来", "RECEIVED"),
    Row(
        f"{_NOT_YET}(?:支出|使用|支付|形成支出|花)|[结节]余|结存|剩余|余额|尚余|沉淀",
        "UNSPENT BALANCE",
    ),
    Row(
        "(?:全年|累计|实际|已|共)?(?:执行数?|支出数?|使用|支付|列支|开支|花费?|用去|用了|用掉|投入|用于)(?:资金|金额|总额|了)*",
        "EXECUTED",
    ),
    Row(
        "(?:调减|核减|压减|调增|追加|追减|核增|(?:预算|财政)?收回|净[减增])(?:了|的)?(?:预算|资金|经费)?额?",
        "ADJUSTMENT",
    ),
    Row(f"{_CUT}额?|净?减|净?增", f"{WEAK}DIFFERENCES"),
    Row("[多少](?:花|支出?|用)(?:了)?", f"{WEAK}DIFFERENCES"),
    Row("节约|节省|节支", "LINE_GAP UNSPENT BALANCE"),
    Row(_DIFFERENT, f"{WEAK}DIFFERENCES"),
    Row(_BUDGET, "INITIAL ANNUAL TARGET"),
    Row(GOAL, f"{WEAK}TARGET"),
    Row(_DONE, f"{WEAK}ACTUAL EXECUTED"),
)
_RATE = (
    Row("预算执行率|执行率|执行比例", "EXECUTION"),
    Row("执行进度|支付进度|支出进度|支出率|支付率|使用率", "EXECUTION ON_ANNUAL ON_RECEIVED"),
    Row("到位率|到位比例", "RECEIPT RECEIPT_ANNUAL"),
    Row("完成率|完成比例|完成程度|完成度|完成进度", "COMPLETION"),
    Row("得分率", "SHARE"),
    Row("偏离|偏差率?", "LINE_GAP"),
    Row("结余率|结转率|结转结余率|未执行率|剩余比例", "REST_RATE"),
    Row("权重|占比|各?占", f"{WEAK}SHARE"),
    Row(
        "调整幅度|调整比例|(?:预算)?调整率|调减|调增|压减|核减|追加|减少|增加|降幅|增幅|减幅|幅度|下降|增长|相差",
        f"{WEAK}ADJUSTMENT_RATE LINE_GAP",
    ),
    Row(_DIFFERENT, f"{WEAK}LINE_GAP ADJUSTMENT_RATE"),
    Row(GOAL, f"{WEAK}TARGET"),
    Row(_DONE, f"{WEAK}ACTUAL COMPLETION"),
)
_POINTS = (
    Row("分值合计|满分合计|合计分值|分值共|分值总计|总分值|共占|占分合计|分值总和", "WEIGHT_SUM"),
    Row(
        "(?:自评|评价|综合|最终|合计)?总得?分(?:数)?|综合得分|最终得分|合计得分|评价得分|综合评分"
        "|绩效自评(?:得分|结果|评分)|自评结果",
        "TOTAL AVERAGE OTHER_TOTAL",
    ),
    Row("已定分", "DETERMINED POINTS"),
    Row("平均(?:得分|总分|分数?|自评得分)?|加权(?:得分|平均)?", "AVERAGE"),
    Row("(?:共计?|合计|累计|总共)(?:被)?扣(?:分|减|除)?|扣分(?:合计|共计?)|共失|总扣分", "LOST"),
    Row(
        "(?:距|离|距离)[^，。；]{0,6}?(?:还|仅|只)?(?:差|有)|(?:还|仅|只)差",
        "LOST NEXT_GAP DEDUCTION",
    ),
    Row("少得", "DEDUCTION LOST"),
    Row("(?:被)?(?:扣除?|扣减|扣掉|失分?|丢失?)(?:分|了|掉)?", "DEDUCTION LOST"),
    Row("(?:按规则|规则|计算)(?:应|可)?得分?|应得", "COMPUTED POINTS"),
    Row("(?:得|计|打|拿|(?<!自)评)满分", "POINTS TOTAL"),
    Row("分值|权重|满分|占分|标准分|分数占", "WEIGHT"),
    Row(
        "得分|评分|实得|核定得|自评得分|自评得|自评(?=(?:为|仅|只|是)?$)|计得|评得|获得|获|得|打|给|评为|核定为?|计",
        "POINTS TOTAL OTHER_POINTS AVERAGE",
    ),
    Row("合计|共计?|总计|之和", f"{WEAK}TOTAL WEIGHT_SUM POINTS_SUM LOST AVERAGE"),
    Row("下?降(?:为|至|到)|变为|变成|升至|升为", "TOTAL OTHER_TOTAL"),
    Row(_DIFFERENT, f"{WEAK}DIFFERENCES"),
)
_COUNT = (
    Row("(?:没有?|未|尚未)(?:能)?(?:建成|完成|接入|开展|实施)的?", f"{WEAK}DIFFERENCES"),
    Row(f"{_DIFFERENT}|早(?!于)|晚(?!于)|提前|推迟|滞后|逾期|延[后迟误期]", f"{WEAK}DIFFERENCES"),
    Row(GOAL, f"{WEAK}TARGET"),
    Row(_DONE, f"{WEAK}ACTUAL"),
)
TABLES: dict[Dimension, tuple[Row, ...]] = {
    Dimension.MONEY: _MONEY,
    Dimension.RATE: _RATE,
    Dimension.PERCENT_POINTS: (),
    Dimension.POINTS: _POINTS,
    Dimension.COUNT: _COUNT,
    Dimension.BARE: _COUNT,
    Dimension.TIMES: (),
}
"""Labels by the dimension of the figure they may name."""
