"""The headings of the national-form 自评表, however they are spelt (表头识别)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ziping.documents.grid import Grid, GridCell
from ziping.domain.evaluation import FundSource

_DROPPED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\s:、。,*\"“”·.]+")
_MAX_HEADING = 40

FUND_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "initial_budget": (
        *("年初预算数", "年初预算", "年初预算金额", "年初预算资金", "年初数", "年初预算安排数"),
        *("年初批复数", "年初批复预算数", "年初部门预算数", "年初安排数"),
    ),
    "annual_budget": (
        *("全年预算数", "全年预算", "全年预算金额", "调整后预算数", "调整预算数"),
        *("调整后全年预算数", "预算数", "调整后预算", "预算调整后数", "调整后预算金额"),
        *("预算安排情况", "预算安排数", "预算金额", "年度预算数", "本年预算数", "全年预算总数"),
        *("预算数调整后", "全年预算数调整后", "预算安排", "计划数", "计划安排资金"),
    ),
    "received": (
        *("实际到位数", "到位数", "资金到位数", "实际到位", "实际到位资金", "全年到位数"),
        *("资金到位情况", "到位资金", "全年到位资金", "实际到位金额", "实际到位资金数"),
    ),
    "executed": (
        *("全年执行数", "全年执行", "执行数", "实际执行数", "全年执行金额", "预算执行数"),
        *("资金执行情况", "实际支出数", "全年支出数", "实际支出", "执行金额", "实际执行金额"),
        *("预算执行金额", "全年实际执行数", "实际使用数", "支出数", "决算数", "实际执行"),
    ),
    "weight": ("分值", "权重", "分值权重", "标准分", "满分"),
    "rate": (
        *("执行率", "预算执行率", "全年执行率", "预算执行进度", "执行进度", "资金执行率"),
        *("支出进度", "支付进度"),
    ),
    "points": ("得分", "自评得分", "执行率得分", "自评分", "评分"),
}
"""Headings of the fund grid by field."""

OBJECTIVE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "expected": (
        *("预期目标", "年度预期目标", "年初设定目标", "年初预期目标", "预期绩效目标"),
        *("年初目标", "全年目标", "设定目标", "项目年度目标", "年度总体预期目标", "申报目标"),
        *("总体目标", "年度目标", "年度总体目标", "年度绩效目标", "绩效目标", "总体绩效目标"),
    ),
    "achieved": (
        *("实际完成情况", "目标实际完成情况", "全年实际完成情况", "年度实际完成情况"),
        *("实际完成目标", "目标完成情况", "完成情况", "具体完成情况", "年度目标完成情况"),
        *("全年完成情况", "总体目标完成情况", "年度总体目标完成情况", "项目年度目标完成情况"),
        *("年度总体目标完成情况综述", "绩效目标完成情况", "年度绩效目标完成情况"),
    ),
}
"""Headings of the overall objectives by field."""
OBJECTIVE_TITLES = frozenset(
    {"总体目标", "年度目标", "年度总体目标", "年度绩效目标", "绩效目标", "总体绩效目标"}
)
"""Headings that are more often the title of the whole block; a better one beside them wins."""

INDICATOR_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "level1": ("一级指标", "一级"),
    "level2": ("二级指标", "二级"),
    "level3": ("三级指标", "三级"),
    "nature": (
        *("指标性质", "符号", "指标符号", "运算符", "运算符号", "计算符号", "比较符", "比较符号"),
        *("指标方向", "指标值符号", "性质"),
    ),
    "target": (
        *("年度指标值", "指标值", "年度目标值", "年初指标值", "年初目标值", "目标值"),
        *("预期指标值", "计划指标值", "年初设定指标值", "年度绩效指标值", "预期值"),
        *("预期目标值", "年度预期值", "年度预期指标值", "绩效指标值", "设定指标值"),
        *("年初设定目标值", "年初预期值", "计划完成值", "全年指标值", "全年目标值", "计划值"),
        *("年度指标", "年度计划值", "预期当年实现值", "当年指标值", "批复指标", "预期指标"),
    ),
    "unit": ("度量单位", "计量单位", "指标单位", "单位", "指标值单位"),
    "actual": (
        *("实际完成值", "全年实际完成值", "全年完成值", "实际完成指标值", "完成值", "实际值"),
        *("全年实际值", "实际完成", "全年实际完成情况", "实际完成情况", "年度完成值"),
        *("年度实际完成值", "实际指标值", "自评完成值", "当年实际完成值", "全年实际完成指标值"),
        *("实际完成指标", "完成情况", "全年完成情况", "绩效指标实际完成值", "执行完成值"),
    ),
    "completion": (
        *("指标完成率", "完成率", "单项指标完成率", "单项完成率", "完成比例", "目标完成率"),
        *("完成程度", "指标完成程度", "完成进度"),
    ),
    "weight": (
        *("分值", "权重", "指标分值", "分值权重", "标准分", "满分", "标准分值", "指标权重"),
        *("权重分值", "权重分", "分数"),
    ),
    "method": (
        *("得分计算方法", "评分标准", "计分方法", "评分方法", "得分计算办法", "计分标准"),
        *("评分规则", "得分计算", "评价标准", "评分细则", "得分计算公式", "赋分标准"),
        *("计分办法", "评分办法", "赋分规则"),
    ),
    "points": (
        *("得分", "自评得分", "实际得分", "自评分", "评分", "评价得分", "自评分数", "指标得分"),
        *("自评分值", "单位自评得分"),
    ),
    "deviation": (
        *("偏差原因分析及改进措施", "偏差原因分析与改进措施", "偏差原因分析和改进措施"),
        *("偏差原因及改进措施", "偏差原因分析", "偏差原因", "偏差分析及改进措施"),
        *("未完成原因分析及改进措施", "未完成原因分析与改进措施", "未完成原因分析"),
        *("未完成原因及改进措施", "未完成原因和改进措施", "未完成原因", "原因分析及改进措施"),
        *("未完成原因分析及拟采取的改进措施", "未完成原因分析及拟采取改进措施"),
        *("未完成原因及拟采取的改进措施", "未完成原因和拟采取的改进措施", "原因分析", "偏差说明"),
        *("偏差原因分析及拟采取的改进措施", "扣分原因", "扣分原因及改进措施", "扣分说明"),
        *("偏离原因分析及改进措施", "偏离原因", "未完成的原因和改进措施", "偏差分析"),
        *("偏差原因分析及整改措施", "未完成原因及下一步改进措施", "未完成原因和下一步改进措施"),
    ),
    "band": ("定性档次", "档次", "完成档次"),
    "points_reason": ("人工给分理由", "给分理由"),
    "scope": ("共性个性", "共性/个性", "共性或个性", "指标属性"),
    "evidence": ("佐证材料", "佐证资料", "证明材料"),
    "approved_target": ("批复指标值", "批复目标值"),
    "approved_weight": ("批复分值",),
}
"""Headings of the indicator grid by field; the last six are those of our own template.

`nature`, `target` and `unit` together are the 年度指标值 of tables that write it in three columns.
"""

LABELS: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("项目名称", "项目支出名称", "项目支/出名称", "专项名称", "专项资金名称", "项目名"),
        *("转移支付名称", "专项转移支付名称", "转移支付项目名称", "项目名称及编码", "资金名称"),
        *("政策名称", "政策项目名称", "预算项目名称", "一级项目名称", "二级项目名称"),
    ),
    "competent_department": (
        *("主管部门", "预算主管部门", "项目主管部门", "主管部门及代码", "主管单位"),
        *("地方主管部门", "省级主管部门", "市级主管部门", "一级预算单位", "主管预算单位"),
        *("部门主管单位", "主管部门名称"),
    ),
    "implementing_unit": (
        *("实施单位", "项目实施单位", "项目单位", "预算单位", "预算执行单位", "实施部门"),
        *("资金使用单位", "使用单位", "承担单位", "项目承担单位", "实施单位名称", "执行单位"),
        *("具体实施单位", "项目具体实施单位", "资金使用部门", "部门名称", "部门单位名称"),
    ),
    "fund_kind": ("资金性质",),
    "fund_unit": ("金额单位",),
    "adjustment_basis": ("预算调整依据", "调整依据"),
    "fiscal_year": ("财政年度", "自评年度", "评价年度", "预算年度", "年度"),
    "unit": (
        *("填报单位", "编报单位", "单位名称", "填报单位盖章", "编制单位", "填报部门"),
        *("预算单位名称", "自评单位", "申报单位", "公开部门", "公开单位"),
    ),
    "approved_budget": ("批复预算数",),
    "approved_objective": ("批复总体目标", "批复年度总体目标", "批复绩效目标"),
    "grade": (
        *("自评等级", "等级", "评价等级", "自评结论", "绩效等级", "自评等次", "评价等次"),
        *("评定等级", "绩效评价等级", "评价结果"),
    ),
    "stated_conclusion": ("评价结论", "自评总体结论", "总体评价结论", "总体评价"),
    "stated_problems": (
        *("存在问题", "存在的问题", "存在的主要问题", "主要问题", "存在主要问题"),
        *("存在问题原因及下一步整改措施", "存在的问题及原因分析", "存在问题及原因分析"),
        *("存在问题原因分析及下一步整改措施", "存在的问题及改进措施", "存在问题和改进措施"),
    ),
    "stated_measures": (
        *("改进措施", "下一步改进措施", "改进措施及建议", "整改措施", "下一步工作措施"),
        *("改进措施及结果应用方案", "改进措施及结果应用", "下一步工作计划", "结果应用方案"),
    ),
    "stated_deviations": (
        *("偏差大或目标未完成原因分析", "偏差大或目标未完成的原因分析", "目标未完成原因分析"),
    ),
    "stated_remarks": (
        "其他需要说明事项",
        "其他需要说明的事项",
        "其他需说明的问题",
        "需要说明的问题",
    ),
}
"""Titles that stand before their value, by field."""

STATED: Mapping[str, str] = {
    "stated_conclusion": "评价结论",
    "stated_problems": "存在问题",
    "stated_measures": "改进措施",
    "stated_deviations": "偏差大或目标未完成原因分析",
    "stated_remarks": "其他需要说明的事项",
}
"""Texts that some provinces write inside the table; kept as materials under these ids."""

GUIDE_SHEET = "填写说明"
"""Name of the sheet of our template that explains how to fill it in."""
TOTALS = frozenset(
    {"总分", "合计", "总计", "总得分", "自评总分", "自评得分合计", "合计总分", "总评分", "综合得分"}
    | {
        "自评总得分",
        "评价总分",
        "总分值",
        "得分合计",
        "总自评得分",
        "项目总分",
        "自评得分",
        "总分合计",
    }
)
_SECTIONS = re.compile(
    r"(项目|年度)?(支出|预算)?资金(情况|执行情况|使用情况)?"
    r"|(项目)?年度(总体|绩效)?(目标|总体绩效目标|绩效目标)[0-9]*(完成情况)?"
    r"|(总体|绩效)?目标(完成情况|执行情况)?|(项目)?(年度)?绩效(目标)?指标[0-9]*(完成情况|情况)?|金额|资金来源"
    r"|(项目|年度|资金)?预算(执行|安排)(情况)?|指标|项目|(项目)?基本(情况|信息)|年度预算申请|公开[0-9]+表"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})")
_NOTE = re.compile(
    r"(注|备注|说明|填表说明|填报说明|联系人|填表人|填报人|联系电话|填报日期|审核人|财务负责人"
    r"|项目负责人|单位负责人|负责人|经办人|制表人|填报时间)[\s:0-9.、]"
)
_LEVELS_OF_GOVERNMENT = (
    "中央级?|国家级?|省级?|市级?|州级?|县级?|区级?|市县|县区|镇级?|乡级?|地方|上级|本级|同级"
)
_FUND_SOURCES: Sequence[tuple[re.Pattern[str], FundSource]] = (
    (
        re.compile(
            r"(年度|本年|全年|项目)?(财政|预算|支出|项目)?资金?(总额|总计|合计|总数)"
            r"|总额|合计|总计|小计|全部|年度预算总额|预算数|到位数|执行数|转移支付(资金)?"
            r"|(预算安排|转移支付预算数|预算数)/.*"
        ),
        FundSource.TOTAL,
    ),
    (re.compile(r"(上年|以前年度|历年)?结转(结余)?(资金)?|上年结[转余].*"), FundSource.CARRYOVER),
    (re.compile(r".*财政专户.*"), FundSource.SPECIAL_ACCOUNT),
    (re.compile(r"单位(自有|自筹)?资金"), FundSource.UNIT),
    (re.compile(r"其[他它](资金)?(万元|元)?"), FundSource.OTHER),
    (
        re.compile(
            r"(当年|本年|年度)?(一般公共预算)?(财政)?(拨款|资金)|(当年|本年)?财政(拨款|资金)"
            r"|(当年|本年)?(一般公共预算|政府性基金|国有资本经营)(预算)?(财政)?(拨款|资金)?"
            rf"|({_LEVELS_OF_GOVERNMENT})(本级)?(财政)?(专项|预算)?(补助|拨款|资金|投入)*"
        ),
        FundSource.APPROPRIATION,
    ),
)


def heading_key(text: str) -> str:
    """Return a heading without breaks, spaces, brackets and punctuation, in one width."""
    if len(text) > 4 * _MAX_HEADING or text.isascii():
        return ""
    key = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).strip("()")
    return key if len(key) <= _MAX_HEADING else ""


NOT_KEPT = frozenset(
    {"项目类别", "项目属性", "项目类型", "填报日期", "填报时间", "项目负责人", "联系人", "联系电话"}
    | {
        "项目起止时间",
        "起止时间",
        "项目期限",
        "中央主管部门",
        "资金管理情况",
        "情况说明",
        "项目代码",
    }
    | {"分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况"}
    | {"支出责任履行情况", "按收入性质分", "按支出性质分", "总体完成率", "项目编码", "财务负责人"}
    | {"项目性质", "项目概况", "项目基本情况", "自评时间", "评价时间", "单位职能", "部门职能"}
    | {"部门职能概述", "单位职责", "立项依据", "项目依据", "项目立项依据", "政策依据"}
)
"""Titles of cells for which the data of a self-evaluation has no place."""
_TOTAL = re.compile(r"(?:自评|评价|项目)?(?:总分|总得分|合计|总计)[0-9分]*(?:等级)?[优良中差]?")


def is_total_title(text: str) -> bool:
    """Return whether a cell titles the total row, perhaps with the total in it: 总分：98分."""
    key = heading_key(text)
    return key in TOTALS or _TOTAL.fullmatch(key) is not None


def is_section(key: str) -> bool:
    """Return whether a cell only titles a block of the form, e.g. 项目资金 or 二、预算执行情况."""
    bare = _NUMBERED.sub("", key)
    return _SECTIONS.fullmatch(bare) is not None


def is_note(text: str) -> bool:
    """Return whether a text is a remark under the table."""
    return _NOTE.match(f"{text.strip()} ") is not None


def fund_source(label: str) -> FundSource | None:
    """Return the source a fund row's title names; None when it is no usual title."""
    key = heading_key(label).removeprefix("其中").lstrip("-—0123456789")
    return next((source for pattern, source in _FUND_SOURCES if pattern.fullmatch(key)), None)


def _index(headings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {heading_key(text): name for name, texts in headings.items() for text in texts}


_BY_HEADING = {
    "funds": _index(FUND_HEADINGS),
    "objectives": _index(OBJECTIVE_HEADINGS),
    "indicators": _index(INDICATOR_HEADINGS),
    "labels": _index(LABELS),
}


_LETTERS = re.compile(r"[A-Da-d](?:[/÷][A-Da-d])?(?:[×x*]?100%?)?$|^[一二三四五六][、.]?(?=..)")


def field_of(block: str, text: str) -> str:
    """Return the field a heading of a block names; blank when it names none."""
    key = heading_key(text)
    known = _BY_HEADING[block]
    return known.get(key) or known.get(_LETTERS.sub("", key), "")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row of headings: which grid columns belong to which field (表头行)."""

    row: int
    columns: Mapping[str, tuple[int, ...]]
    cells: tuple[GridCell, ...]
    top: int = 0
    """The first row of the headings, where they stand in two."""

    @property
    def first_column(self) -> int:
        """The first column that belongs to a field."""
        return min(min(columns) for columns in self.columns.values())


def heading_row(grid: Grid, row: int, block: str) -> HeadingRow | None:
    """Return the headings of a block that stand in a row; None when too few do.

    A row may be the lower half of headings in two rows: what it lacks is then looked for above.
    """
    columns, cells = _headings_in(grid, row, block)
    is_list = block == "funds" and any(
        field_of("labels", cell.text) == "name" for cell in grid.starting_in(row)
    )
    if not columns or is_list:  # a list of projects has names and amounts in one heading row
        return None
    top = row
    numbers = grid.row_numbers
    place = numbers.index(row) if block == "indicators" and len(columns) > 1 else 0
    if place and _is_enough(block, {**dict.fromkeys(("target",), ()), **columns}):
        above, above_cells = _headings_in(grid, numbers[place - 1], block)
        more = {
            name: free
            for name, taken in above.items()
            if name not in columns
            and (free := tuple(one for one in taken if grid.at(row, one) is None))
        }
        if more:
            columns |= more
            cells += [one for one in above_cells if one not in cells]
            top = numbers[place - 1]
    if not _is_enough(block, columns):
        return None
    return HeadingRow(row, columns, tuple(cells), top)


def _headings_in(
    grid: Grid, row: int, block: str
) -> tuple[dict[str, tuple[int, ...]], list[GridCell]]:
    """Return the columns of each field that a row names, and the heading cells."""
    columns: dict[str, tuple[int, ...]] = {}
    cells: list[GridCell] = []
    starts = any(field_of(block, cell.text) for cell in grid.starting_in(row))
    for column in range(grid.width) if starts else ():
        cell = grid.at(row, column)
        name = field_of(block, cell.text) if cell else ""
        if cell is None or not name:
            continue
        if cell not in cells:
            is_better = block == "objectives" and heading_key(cell.text) not in OBJECTIVE_TITLES
            if name in columns and not is_better:  # a second 得分 further right belongs to nothing
                continue
            if name in columns:
                cells = [one for one in cells if field_of(block, one.text) != name]
                del columns[name]
            cells.append(cell)
        columns[name] = (*columns.get(name, ()), column)
    return columns, cells


def _is_enough(block: str, columns: Mapping[str, object]) -> bool:
    """Return whether these headings make a heading row of the block."""
    if block == "funds":
        return sum(name in columns for name in ("initial_budget", "annual_budget", "executed")) > 1
    if block == "objectives":
        return len(columns) == len(OBJECTIVE_HEADINGS)
    has_level = "level3" in columns or "level2" in columns
    return has_level and ("target" in columns or "actual" in columns)
