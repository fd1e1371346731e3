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
    "initial_budget": ("年初预算数", "年初预算", "年初预算金额", "年初预算资金", "年初数"),
    "annual_budget": (
        "全年预算数",
        "全年预算",
        "全年预算金额",
        "调整后预算数",
        "调整预算数",
        "调整后全年预算数",
    ),
    "received": ("实际到位数", "到位数", "资金到位数", "实际到位", "实际到位资金", "全年到位数"),
    "executed": ("全年执行数", "全年执行", "执行数", "实际执行数", "全年执行金额", "预算执行数"),
    "weight": ("分值", "权重", "分值权重"),
    "rate": ("执行率", "预算执行率", "全年执行率"),
    "points": ("得分", "自评得分", "执行率得分"),
}
"""Headings of the fund grid by field."""

OBJECTIVE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "expected": ("预期目标", "年度预期目标", "年初设定目标", "年初预期目标", "预期绩效目标"),
    "achieved": (
        "实际完成情况",
        "目标实际完成情况",
        "全年实际完成情况",
        "年度实际完成情况",
        "实际完成目标",
        "目标完成情况",
        "完成情况",
    ),
}
"""Headings of the overall objectives by field."""

INDICATOR_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "level1": ("一级指标", "一级"),
    "level2": ("二级指标", "二级"),
    "level3": ("三级指标", "三级"),
    "target": (
        "年度指标值",
        "指标值",
        "年度目标值",
        "年初指标值",
        "年初目标值",
        "目标值",
        "预期指标值",
        "计划指标值",
        "年初设定指标值",
        "年度绩效指标值",
    ),
    "actual": (
        "实际完成值",
        "全年实际完成值",
        "全年完成值",
        "实际完成指标值",
        "完成值",
        "实际值",
        "全年实际值",
        "实际完成",
    ),
    "weight": ("分值", "权重", "指标分值", "分值权重"),
    "points": ("得分", "自评得分", "实际得分"),
    "deviation": (
        "偏差原因分析及改进措施",
        "偏差原因分析与改进措施",
        "偏差原因分析和改进措施",
        "偏差原因及改进措施",
        "偏差原因分析",
        "偏差原因",
        "未完成原因分析及改进措施",
        "未完成原因分析与改进措施",
        "未完成原因分析",
        "未完成原因及改进措施",
        "未完成原因和改进措施",
        "未完成原因",
        "偏差分析及改进措施",
        "原因分析及改进措施",
    ),
    "band": ("定性档次", "档次", "完成档次"),
    "points_reason": ("人工给分理由", "给分理由"),
    "scope": ("共性个性", "共性/个性", "共性或个性", "指标属性"),
    "evidence": ("佐证材料", "佐证资料", "证明材料"),
    "approved_target": ("批复指标值", "批复目标值"),
    "approved_weight": ("批复分值",),
}
"""Headings of the indicator grid by field; the last six are those of our own template."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "name": ("项目名称", "项目支出名称", "项目支/出名称", "专项名称", "专项资金名称"),
    "competent_department": ("主管部门", "预算主管部门", "项目主管部门", "主管部门及代码"),
    "implementing_unit": ("实施单位", "项目实施单位", "项目单位", "预算单位", "预算执行单位"),
    "fund_kind": ("资金性质",),
    "fund_unit": ("金额单位",),
    "adjustment_basis": ("预算调整依据", "调整依据"),
    "fiscal_year": ("财政年度", "自评年度", "评价年度", "预算年度", "年度"),
    "unit": ("填报单位", "编报单位", "单位名称", "填报单位盖章"),
    "approved_budget": ("批复预算数",),
    "approved_objective": ("批复总体目标", "批复年度总体目标", "批复绩效目标"),
    "grade": ("自评等级", "等级", "评价等级", "自评结论", "绩效等级"),
}
"""Titles that stand before their value, by field."""

GUIDE_SHEET = "填写说明"
"""Name of the sheet of our template that explains how to fill it in."""
TOTALS = frozenset({"总分", "合计", "总计", "总得分", "自评总分", "自评得分合计", "合计总分"})
_SECTIONS = re.compile(
    r"(项目)?(支出)?资金(情况|执行情况|使用情况)?|年度(总体|绩效)?(目标|总体绩效目标)(完成情况)?"
    r"|总体目标(完成情况)?|(年度)?绩效指标(完成情况)?|金额|资金来源|预算执行情况|指标|项目"
)
_NOTE = re.compile(r"(注|备注|说明|填表说明|填报说明|联系人|填表人|填报人|联系电话)[\s:0-9.]")
_FUND_SOURCES: Sequence[tuple[re.Pattern[str], FundSource]] = (
    (re.compile(r"(年度|项目)?(财政)?资金(总额|总计|合计)|总额|合计"), FundSource.TOTAL),
    (re.compile(r"(上年|以前年度|历年)?结转(结余)?(资金)?|上年结[转余].*"), FundSource.CARRYOVER),
    (re.compile(r".*财政专户.*"), FundSource.SPECIAL_ACCOUNT),
    (re.compile(r"单位(自有|自筹)?资金"), FundSource.UNIT),
    (re.compile(r"其[他它](资金)?(万元|元)?"), FundSource.OTHER),
    (
        re.compile(
            r"(当年|本年|年度)?(一般公共预算)?(财政)?(拨款|资金)|(当年|本年)?财政(拨款|资金)"
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


def is_section(key: str) -> bool:
    """Return whether a cell only titles a block of the form, e.g. 项目资金."""
    return _SECTIONS.fullmatch(key) is not None


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


def field_of(block: str, text: str) -> str:
    """Return the field a heading of a block names; blank when it names none."""
    return _BY_HEADING[block].get(heading_key(text), "")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row of headings: which grid columns belong to which field (表头行)."""

    row: int
    columns: Mapping[str, tuple[int, ...]]
    cells: tuple[GridCell, ...]

    @property
    def first_column(self) -> int:
        """The first column that belongs to a field."""
        return min(min(columns) for columns in self.columns.values())


def heading_row(grid: Grid, row: int, block: str) -> HeadingRow | None:
    """Return the headings of a block that stand in a row; None when too few do."""
    columns: dict[str, tuple[int, ...]] = {}
    cells: list[GridCell] = []
    starts = any(field_of(block, cell.text) for cell in grid.starting_in(row))
    for column in range(grid.width) if starts else ():
        cell = grid.at(row, column)
        name = field_of(block, cell.text) if cell else ""
        if cell is None or not name:
            continue
        if cell not in cells:
            if name in columns:  # a second 得分 further right belongs to nothing
                continue
            cells.append(cell)
        columns[name] = (*columns.get(name, ()), column)
    return HeadingRow(row, columns, tuple(cells)) if _is_enough(block, columns) else None


def _is_enough(block: str, columns: Mapping[str, object]) -> bool:
    """Return whether these headings make a heading row of the block."""
    if block == "funds":
        return sum(name in columns for name in ("initial_budget", "annual_budget", "executed")) > 1
    if block == "objectives":
        return len(columns) == len(OBJECTIVE_HEADINGS)
    has_level = "level3" in columns or "level2" in columns
    return has_level and ("target" in columns or "actual" in columns)
