"""The published table families as layouts: a self-evaluation written the way each province does.

Layouts of our own making after the families' descriptions; the content comes from `tests/cases`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from tests.unit.import_tables import Put

from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    FundRow,
    FundSource,
    Indicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.levels import split_level1

CASES = Path(__file__).resolve().parents[1] / "cases"
Layout = Callable[[SelfEvaluation, int], list[Put]]

_SIGN = re.compile(
    r"(?P<sign>[≥≤=<>≧≦═]+|定性 )?(?P<body>.*?)(?P<unit>%|个|人次|件|TB)?", re.DOTALL
)


def case_projects() -> Iterator[tuple[str, SelfEvaluation, int]]:
    """Yield the self-evaluation of each worked case with its name and fiscal year."""
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        report = Report.model_validate(data["report"])
        yield path.stem, report.projects[0], report.fiscal_year


def _title(fund: FundRow) -> str:
    return fund.label or FUND_SOURCE_TITLES[fund.source]


def _head(one: SelfEvaluation, year: int, title: str, width: int, name: str) -> list[Put]:
    return [
        Put(0, 0, title, columns=width),
        Put(1, 0, f"（{year}年度）", columns=width),
        Put(2, 0, name),
        Put(2, 1, one.name, columns=width - 1),
        Put(3, 0, "主管部门"),
        Put(3, 1, one.competent_department, columns=3),
        Put(3, 4, "实施\n单位"),
        Put(3, 5, one.implementing_unit, columns=width - 5),
    ]


_FUND_FIELDS: dict[str, Callable[[FundRow], str]] = {
    "initial": lambda row: row.initial_budget,
    "annual": lambda row: row.annual_budget,
    "executed": lambda row: row.executed,
    "weight": lambda row: row.printed.weight,
    "rate": lambda row: row.printed.rate,
    "points": lambda row: row.printed.points,
}


def _funds(one: SelfEvaluation, row: int, section: str, heads: dict[str, str]) -> list[Put]:
    """Return the fund grid: its headings in a row, then a row a source."""
    cells = [Put(row, 0, section, rows=len(one.funds) + 1), Put(row, 1, "", columns=2)]
    cells += [Put(row, column, text) for column, text in enumerate(heads.values(), 3)]
    for below, fund in enumerate(one.funds, row + 1):
        cells.append(Put(below, 1, _title(fund), columns=2))
        texts = (_FUND_FIELDS[name](fund) for name in heads)
        cells += [Put(below, column, text) for column, text in enumerate(texts, 3)]
    return cells


def _objectives(one: SelfEvaluation, row: int, heads: tuple[str, str], width: int) -> list[Put]:
    cells = [Put(row, 0, "年度总体目标", rows=max(len(one.objectives), 1) + 1)]
    cells += [Put(row, 1, heads[0], columns=4), Put(row, 5, heads[1], columns=width - 5)]
    for below, objective in enumerate(one.objectives, row + 1):
        cells.append(Put(below, 1, objective.expected, columns=4))
        cells.append(Put(below, 5, objective.achieved, columns=width - 5))
    return cells


def in_three(target: str) -> tuple[str, str, str]:
    """Return a target as 指标性质、指标值、度量单位."""
    found = _SIGN.fullmatch(target)
    assert found is not None
    return (found["sign"] or "").strip(), found["body"], found["unit"] or ""


_LINE_FIELDS: dict[str, Callable[[Indicator], str]] = {
    "level3": lambda line: line.level3,
    "nature": lambda line: in_three(line.target)[0],
    "value": lambda line: in_three(line.target)[1],
    "unit": lambda line: in_three(line.target)[2],
    "target": lambda line: line.target,
    "actual": lambda line: line.actual,
    "weight": lambda line: line.weight,
    "points": lambda line: line.printed.points,
    "completion": lambda line: line.printed.completion,
    "method": lambda line: line.printed.method,
    "deviation": lambda line: line.deviation,
}


def _lines(one: SelfEvaluation, row: int, heads: dict[str, str], section: str) -> list[Put]:
    """Return the indicator grid with level 1 and level 2 merged over their lines."""
    cells = [Put(row, 0, section, rows=len(one.indicators) + 1)]
    cells += [Put(row, 1, "一级\n指标"), Put(row, 2, "二级指标")]
    cells += [Put(row, column, text) for column, text in enumerate(heads.values(), 3)]
    return cells + _line_rows(one, row + 1, tuple(heads))


def _line_rows(one: SelfEvaluation, row: int, names: tuple[str, ...]) -> list[Put]:
    cells: list[Put] = []
    lines = one.indicators
    for at, line in enumerate(lines):
        for column, key in ((1, lambda x: (x.level1,)), (2, lambda x: (x.level1, x.level2))):
            if at == 0 or key(lines[at - 1]) != key(line):
                run = 1
                while at + run < len(lines) and key(lines[at + run]) == key(line):
                    run += 1
                text = _level1(one, line) if column == 1 else line.level2
                cells.append(Put(row + at, column, text, rows=run))
        texts = (_LINE_FIELDS[name](line) for name in names)
        cells += [Put(row + at, column, text) for column, text in enumerate(texts, 3)]
    return cells


def _level1(one: SelfEvaluation, line: Indicator) -> str:
    weight = one.level1_weights.get(split_level1(line.level1).title, "")
    return f"{line.level1}（{weight}分）" if weight else line.level1


def _end(cells: list[Put]) -> int:
    return max(one.row + one.rows for one in cells)


def _total(one: SelfEvaluation, row: int, label: str, weight: int, grade: int) -> list[Put]:
    return [
        Put(row, 0, label, columns=weight),
        Put(row, weight, "100"),
        Put(row, weight + 1, one.printed.total),
        Put(row, grade, one.printed.grade),
    ]


def national(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ①."""
    cells = _head(one, year, "项目支出绩效自评表", 9, "项目支\n出名称")
    heads = {
        "initial": "年初\n预算数", "annual": "全年\n预算数", "executed": "全年\n执行数",
        "weight": "分值", "rate": "执行率", "points": "得分",
    }  # fmt: skip
    cells += _funds(one, 4, f"项目资金\n（{one.fund_unit}）", heads)
    cells += _objectives(one, _end(cells), ("预期目标", "实际完成情况　"), 9)
    lines = {
        "level3": "三级指标", "target": "年度\n指标值", "actual": "实际\n完成值", "weight": "分值",
        "points": "得分", "deviation": "偏差原因\n分析及\n改进措施",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "绩\n效\n指\n标")
    return [*cells, *_total(one, _end(cells), "总分", 6, 8)]


def three_columns(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ②: headings of the indicators in two rows, the grade beside the total."""
    cells = _head(one, year, "项目支出绩效自评表", 11, "项目名称")
    cells.append(Put(1, 11, "公开14表"))
    heads = {
        "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数",
        "weight": "分值", "rate": "执行率", "points": "得分",
    }  # fmt: skip
    cells += _funds(one, 4, f"项目资金\n（{one.fund_unit}）", heads)
    cells += _objectives(one, _end(cells), ("预期目标", "实际完成情况"), 11)
    row = _end(cells)
    cells += [
        Put(row, 0, "绩效指标", columns=4),
        Put(row, 4, "年度指标值", columns=3),
        Put(row, 7, "实际完成值", rows=2),
        Put(row, 8, "分值", rows=2),
        Put(row, 9, "得分", rows=2),
        Put(row, 10, "偏差原因分析及改进措施", rows=2),
    ]
    titles = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位")
    cells += [Put(row + 1, column, text) for column, text in enumerate(titles, 1)]
    names = ("level3", "nature", "value", "unit", "actual", "weight", "points", "deviation")
    cells += _line_rows(one, row + 2, names)
    end = max(_end(cells), row + 2)
    return [
        *cells,
        Put(end, 0, "其他需要说明事项"),
        Put(end, 1, "无", columns=10),
        *_total(one, end + 1, "总分", 8, 10),
    ]


def conclusions_inside(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ③: conclusion, problems and measures are rows of the table."""
    cells = _head(one, year, "部门预算项目支出绩效自评表", 11, "项目名称")
    cells += _objectives(one, 4, ("项目年度目标", "年度目标完成情况"), 11)
    heads = {
        "initial": "年初预算数", "annual": "调整后预算数", "executed": "执行数",
        "rate": "预算执行率", "weight": "权重", "points": "得分",
    }  # fmt: skip
    section = f"项目预算执行情况（{one.fund_unit}）"
    cells += _funds(one, _end(cells), section, heads)
    lines = {
        "level3": "三级指标", "nature": "指标性质", "value": "指标值", "unit": "度量单位",
        "actual": "实际完成值", "weight": "权重", "points": "得分",
        "deviation": "未完成原因分析",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "绩效指标\n完成情况")
    end = _end(cells)
    cells += _total(one, end, "合计", 8, 10)
    texts = (("评价结论", "项目实施顺利。"), ("存在问题", "进度偏慢。"), ("改进措施", "加强调度。"))
    for below, (title, text) in enumerate(texts, end + 1):
        cells += [Put(below, 0, title), Put(below, 1, text, columns=10)]
    return [*cells, Put(end + 4, 0, "项目负责人：某某", columns=6), Put(end + 4, 6, "财务负责人：")]


def execution_as_line(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ④: amounts in pairs of title and figure; the execution rate is an indicator row."""
    cells = _head(one, year, "预算项目绩效自评表", 11, "项目名称")
    cells.append(Put(1, 11, f"金额单位：{one.fund_unit}"))
    cells += [Put(4, 0, "二、预算执行情况", rows=len(one.funds) + 1)]
    pairs = (("预算安排情况（调整后）", 1), ("资金到位情况", 3), ("资金执行情况", 5))
    cells += [Put(4, column, title, columns=2) for title, column in pairs]
    cells.append(Put(4, 7, "预算执行进度"))
    for row, fund in enumerate(one.funds, 5):
        is_total = fund.source is FundSource.TOTAL
        titles = ("预算数", "到位数", "执行数") if is_total else (_title(fund),) * 3
        values = (fund.annual_budget, fund.received, fund.executed)
        for column, (title, value) in enumerate(zip(titles, values, strict=True)):
            cells += [Put(row, 1 + 2 * column, title), Put(row, 2 + 2 * column, value)]
        cells.append(Put(row, 7, fund.printed.rate))
    cells += _objectives(one, _end(cells), ("年度预期目标", "具体完成情况"), 11)
    lines = {
        "level3": "三级指标", "nature": "符号", "value": "预期指标值", "unit": "计量单位",
        "actual": "实际完成值", "completion": "单项指标完成率", "weight": "分值",
        "points": "自评得分",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "四、年度绩效指标完成情况")
    end = _end(cells)
    return [
        *cells,
        Put(end, 0, "自评总分", columns=10),
        Put(end, 10, one.printed.total),
        Put(end + 1, 0, "五、存在问题、原因及下一步整改措施", columns=2),
        Put(end + 1, 2, "无", columns=9),
    ]


def twenty_and_eighty(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ⑤: 20 points for execution, written into the heading, and no weight column."""
    cells = _head(one, year, "项目自评表", 8, "项目名称")
    cells += [Put(4, 0, "项目类别"), Put(4, 1, "1、部门预算项目 ☑ 2、省直专项 □", columns=7)]
    heads = {
        "initial": "年初预算数", "annual": "预算数（A）", "executed": "执行数（B）",
        "rate": "执行率\n（B/A）", "points": "得分\n（20分*执行率）",
    }  # fmt: skip
    cells += _funds(one, 5, f"预算执行情况（{one.fund_unit}）\n（20分）", heads)
    lines = {
        "level3": "三级指标", "target": "年初目标值\n（A）", "actual": "实际完成值\n（B）",
        "points": "得分",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "年度绩效\n目标1\n（80分）")
    end = _end(cells)
    return [
        *cells,
        Put(end, 0, "总分", columns=6),
        Put(end, 6, one.printed.total),
        Put(end + 1, 0, "偏差大或目标未完成原因分析", columns=2),
        Put(end + 1, 2, "无偏差。", columns=5),
        Put(end + 2, 0, "改进措施及结果应用方案", columns=2),
        Put(end + 2, 2, "继续执行。", columns=5),
    ]


def with_method(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ⑥: a column 得分计算方法."""
    cells = _head(one, year, "项目支出绩效自评表", 10, "项目名称")
    heads = {
        "initial": "年初预算数", "annual": "全年预算数\n（A）", "executed": "全年执行数\n（B）",
        "weight": "分值", "rate": "执行率\n（B/A）", "points": "得分",
    }  # fmt: skip
    cells += _funds(one, 4, f"项目资金\n（{one.fund_unit}）", heads)
    cells += _objectives(one, _end(cells), ("年初设定目标", "全年实际完成情况"), 10)
    lines = {
        "level3": "三级指标", "weight": "分值", "target": "年度指标值（A）",
        "actual": "全年实际值（B）", "method": "得分计算方法", "points": "得分",
        "deviation": "未完成原因分析与改进措施",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "绩效指标")
    end = _end(cells)
    return [*cells, Put(end, 0, "总分", columns=8), Put(end, 8, one.printed.total)]


def transfer(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ⑦: transfer payments, without weights and points."""
    cells = [
        Put(0, 0, "中央对地方转移支付区域绩效目标自评表", columns=8),
        Put(1, 0, f"（{year}年度）", columns=8),
        Put(2, 0, "转移支付（项目）名称"),
        Put(2, 1, one.name, columns=7),
        Put(3, 0, "地方主管部门"),
        Put(3, 1, one.competent_department, columns=3),
        Put(3, 4, "资金使用单位"),
        Put(3, 5, one.implementing_unit, columns=3),
    ]
    heads = {
        "initial": "年初预算数", "annual": "全年预算数（A）", "executed": "全年执行数（B）",
        "rate": "预算执行率（B/A×100%）",
    }  # fmt: skip
    cells += _funds(one, 4, f"资金情况\n（{one.fund_unit}）", heads)
    end = _end(cells)
    cells += [
        Put(end, 0, "资金管理情况", rows=2), Put(end, 1, "", columns=2),
        Put(end, 3, "情况说明", columns=2), Put(end, 5, "存在问题和改进措施", columns=3),
        Put(end + 1, 1, "分配科学性", columns=2), Put(end + 1, 3, "按2022年因素法分配", columns=2),
        Put(end + 1, 5, "无", columns=3),
    ]  # fmt: skip
    cells += _objectives(one, end + 2, ("总体目标", "全年实际完成情况"), 8)
    lines = {
        "level3": "三级指标", "target": "指标值", "actual": "全年实际完成值",
        "deviation": "未完成原因和改进措施",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "绩效指标")
    end = _end(cells)
    return [
        *cells,
        Put(end, 0, "说明"),
        Put(end, 1, "无需要说明的其他情况。", columns=7),
        Put(end + 1, 0, "注：1. 资金使用单位按项目绩效目标填报。", columns=8),
    ]


def process_levels(one: SelfEvaluation, year: int) -> list[Put]:
    """Family ⑧: 决策、管理、产出、效益 with a column of the criteria."""
    cells = _head(one, year, "项目绩效目标自评表", 9, "项目名称")
    heads = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数",
             "rate": "执行率"}  # fmt: skip
    cells += _funds(one, 4, f"项目资金（{one.fund_unit}）", heads)
    lines = {
        "level3": "三级指标", "target": "目标值", "actual": "实际完成值", "weight": "分值",
        "points": "自评得分", "deviation": "扣分原因",
    }  # fmt: skip
    cells += _lines(one, _end(cells), lines, "绩效指标")
    return [*cells, *_total(one, _end(cells), "总分", 6, 8)]


FAMILIES: dict[str, tuple[Layout, frozenset[str]]] = {
    "①": (national, frozenset()),
    "②": (three_columns, frozenset()),
    "③": (conclusions_inside, frozenset()),
    "④": (
        execution_as_line,
        frozenset({"initial_budget", "fund.weight", "fund.points", "grade", "deviation"}),
    ),
    "⑤": (
        twenty_and_eighty,
        frozenset({"weight", "fund.weight", "deviation", "grade"}),
    ),
    "⑥": (with_method, frozenset({"grade"})),
    "⑦": (
        transfer,
        frozenset({"weight", "points", "fund.weight", "fund.points", "total", "grade"}),
    ),
    "⑧": (process_levels, frozenset({"fund.weight", "fund.points", "objectives"})),
}
"""Each family's layout, and what it has no place for."""
FAMILY_OF_CASE = {
    "04": "②", "05": "③", "06": "③", "08": "④", "09": "⑤", "10": "②", "11": "⑦", "12": "③",
    "13": "⑦", "15": "⑦", "16": "⑦", "18": "⑧", "19": "⑥", "20": "⑧",
}  # fmt: skip
"""Family of each case by its number; all others are ①."""
