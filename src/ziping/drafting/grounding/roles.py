"""What a figure is of: the roles facts play and the words prose names them by (数据角色)."""

from enum import StrEnum


class Role(StrEnum):
    """What a fact is of (角色), in the words a reason uses."""

    INITIAL = "年初预算数"
    ANNUAL = "全年预算数"
    RECEIVED = "实际到位数"
    EXECUTED = "全年执行数"
    ADJUSTMENT = "预算调整额"
    UNSPENT = "未执行数"
    RECEIPT_GAP = "到位差额"
    BALANCE = "到位资金结余"
    ON_ANNUAL = "按全年预算数计算的执行率"
    ON_INITIAL = "按年初预算数计算的执行率"
    ON_RECEIVED = "支出占到位数的比率"
    EXECUTION = "预算执行率"
    RECEIPT = "到位数占年初预算数的比率"
    RECEIPT_ANNUAL = "到位数占全年预算数的比率"
    ADJUSTMENT_RATE = "预算调整幅度"
    THRESHOLD = "执行率偏低阈值"
    REST_RATE = "结余率"
    TARGET = "年度指标值"
    ACTUAL = "实际完成值"
    LINE_GAP = "完成值与指标值之差"
    COMPLETION = "完成率"
    SHARE = "得分率"
    WEIGHT = "分值"
    POINTS = "得分"
    DEDUCTION = "扣分"
    COMPUTED = "按规则计算的得分"
    TOTAL = "总分"
    DETERMINED = "已定分"
    POINTS_SUM = "指标得分合计"
    WEIGHT_SUM = "分值合计"
    LOST = "扣分合计"
    AVERAGE = "平均得分"
    BOUND = "等级分界"
    NEXT_GAP = "距上一等级的差距"
    OTHER_POINTS = "另一口径的得分"
    OTHER_TOTAL = "另一口径的总分"
    PROJECTS = "自评项目数"
    INDICATORS = "指标数"
    QUANTIFIED = "量化指标数"
    QUALITATIVE = "定性指标数"
    MET = "达到指标值的指标数"
    UNMET = "未达到指标值的指标数"
    LOSING = "扣分指标数"
    FULL = "满分指标数"
    OPEN = "未定分指标数"
    SCORED = "计分行数"


AMOUNTS = frozenset({Role.INITIAL, Role.ANNUAL, Role.RECEIVED, Role.EXECUTED})
DIFFERENCES = frozenset(
    {
        Role.ADJUSTMENT,
        Role.UNSPENT,
        Role.RECEIPT_GAP,
        Role.BALANCE,
        Role.LINE_GAP,
        Role.NEXT_GAP,
        Role.LOST,
        Role.DEDUCTION,
    }
)
"""What is left when one figure is taken from another."""
OF_LINE = frozenset({Role.TARGET, Role.ACTUAL, Role.LINE_GAP, Role.COMPLETION, Role.SHARE})
COUNTS = frozenset(
    {
        Role.PROJECTS,
        Role.INDICATORS,
        Role.QUANTIFIED,
        Role.QUALITATIVE,
        Role.MET,
        Role.UNMET,
        Role.LOSING,
        Role.FULL,
        Role.OPEN,
        Role.SCORED,
    }
)
