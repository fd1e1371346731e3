"""What the template workbook tells people about each column (填写说明)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """A column, how to fill it in, and an example of our own."""

    title: str
    how: str
    example: str


INTRODUCTION = (
    "在“自评表”工作表中填写浅黄色格子；蓝色表头的栏是系统另外需要的，没有可以不填。",
    "一个项目一张表：有几个项目，就把“自评表”工作表复制几份，分别填写。",
    "可以插入行；下面几行属于同一个一级、二级指标时，一级、二级指标可以留空。",
)
"""The first lines of the guide."""

GUIDE = (
    GuideEntry("财政年度", "自评的是哪一年的支出，填四位年份。", "2023"),
    GuideEntry("金额单位", "资金各栏所用的单位，从列表选择。", "万元"),
    GuideEntry("项目支出名称", "与预算批复一致的项目全称。", "专项业务（工作）经费"),
    GuideEntry("资金性质", "资金来自哪一本预算，从列表选择。", "一般公共预算"),
    GuideEntry(
        "预算调整依据",
        "全年预算数与年初预算数不同时，写明依据哪份文件、为什么调整。",
        "年中预算调整批复，压减一般性支出",
    ),
    GuideEntry("批复预算数", "预算批复文件上的数，用来核对。", "760"),
    GuideEntry("批复总体目标", "批复的绩效目标原文，用来核对。", "完成平台建设并上线"),
    GuideEntry("年初预算数", "年初批复的预算。", "760"),
    GuideEntry("全年预算数", "调整之后的预算；没有调整就与年初预算数相同。", "619.52"),
    GuideEntry("实际到位数", "当年实际拨到单位的资金。", "619.52"),
    GuideEntry("全年执行数", "当年实际支出。", "619.52"),
    GuideEntry("执行率", "可以不填，系统会按规则计算；填了就用来核对。", "100%"),
    GuideEntry(
        "一级指标",
        "产出指标、效益指标、满意度指标等；可以在名称后写明分值。",
        "产出指标（若干分）",
    ),
    GuideEntry("三级指标", "具体的绩效指标，一行一个。", "培训人次"),
    GuideEntry(
        "年度指标值",
        "年初定的目标，写清比较符、数值和单位；定性指标写预期效果。",
        "≥200人次；100%；2023年12月底前",
    ),
    GuideEntry("实际完成值", "年终的实际结果，单位与年度指标值一致。", "212人次"),
    GuideEntry("分值", "这个指标占多少分；所有指标与执行率合计应为满分。", "10"),
    GuideEntry(
        "得分",
        "定量指标可以不填，由系统计算，填了就用来核对；定性指标请填给了多少分。",
        "8",
    ),
    GuideEntry(
        "偏差原因分析及改进措施", "没有完成或超额很多时，写原因和下一步做法。", "因汛期停工"
    ),
    GuideEntry("档次", "只有定性指标需要：从列表选择达成程度。", "部分达成"),
    GuideEntry("给分理由", "定量指标要按人工给分计，写明理由；不写就按系统计算。", "口径调整"),
    GuideEntry("共性/个性", "各项目通用的指标选共性，本项目特有的选个性。", "个性"),
    GuideEntry("佐证材料", "能证明实际完成值的材料名称，几份之间用分号隔开。", "验收单；签到表"),
    GuideEntry("批复指标值", "批复的指标值与现在填的不同时填写。", "≥220人次"),
    GuideEntry("批复分值", "批复的分值与现在填的不同时填写。", "10"),
)
"""The columns in the order of the form."""


LIST_INTRODUCTION = (
    "一行一个指标，几行一个项目：项目的单位、名称、资金、目标写在它的第一行，下面各行留空即可。",
    "下一个项目接着往下填；单位、主管部门与上面相同的可以留空。不要在项目之间写合计。",
    "资金只填总额时，“资金来源”留空；要分来源，就一行一个来源，第一行选“年度资金总额”。",
    "填好后在“批量”页上传，一次生成每个项目的报告。",
)
"""The first lines of the guide of the list."""

LIST_GUIDE = (
    GuideEntry("序号", "项目的顺序号，只在第一行填；同一单位有两个同名项目时必须填。", "1"),
    GuideEntry("单位", "项目实施单位的全称。", "某某市公共资源交易中心"),
    GuideEntry("资金来源", "资金分来源填时，从列表选择；只填总额时留空。", "年度资金总额"),
    GuideEntry("预期目标", "年初设定的总体目标；有几个目标就写几行。", "完成平台建设并上线"),
    GuideEntry("实际完成情况", "与预期目标同一行，写一年做成了什么。", "平台已上线运行"),
    *(one for one in GUIDE if one.title not in {"填报单位", "金额单位", "执行率"}),
)
"""The columns of the list."""

HINTS = {entry.title: f"{entry.how}\n例：{entry.example}" for entry in (*LIST_GUIDE, *GUIDE)}
"""The comment shown on a title."""
