"""Field paths of a report and their Chinese names (字段路径).

A path names one leaf of a report: `unit`, `p1/funds/total/executed`, `p1/indicators/i3/actual`.
Items of lists are named by their id (projects, indicators), their source (fund rows) or their
number (the rest), so that a path stays true when rows are added or moved.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ziping.domain.errors import InputError
from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundSource, Report
from ziping.domain.raw import LONGEST_TEXT

ORDER = "#order"
"""Last part of the path that holds the order of a keyed list."""

_SOURCES = frozenset(FundSource)
_KEYED = {"projects": "id", "indicators": "id", "funds": "source"}
_LISTS = frozenset({*_KEYED, "objectives", "evidence", "unit_documents"})

TITLES: Mapping[str, str] = {
    "unit": "编报单位",
    "fiscal_year": "财政年度",
    "place": "地区",
    "rule_set": "评分规则",
    "outline": "报告提纲",
    "annex_number": "附件编号",
    "average": "平均方式",
    "materials": "单位材料",
    "unit_documents": "单位制度",
    "name": "项目支出名称",
    "competent_department": "主管部门",
    "implementing_unit": "实施单位",
    "fund_kind": "资金性质",
    "fund_unit": "金额单位",
    "adjustment_basis": "预算调整依据",
    "funds": "项目资金",
    "label": "行名",
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "received": "实际到位数",
    "executed": "全年执行数",
    "printed": "表列值",
    "approved": "批复值",
    "weight": "分值",
    "rate": "执行率",
    "points": "得分",
    "points_reason": "人工给分理由",
    "objectives": "年度总体目标",
    "expected": "预期目标",
    "achieved": "实际完成情况",
    "level1_weights": "一级指标分值",
    "indicators": "绩效指标",
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "band": "定性档次",
    "deviation": "偏差原因分析及改进措施",
    "completion": "指标完成率",
    "method": "得分计算方法",
    "scope": "共性/个性",
    "evidence": "佐证材料",
    "kind": "材料类别",
    "file_hash": "文件校验值",
    "checklist": "框架核对",
    "answer": "核对结论",
    "note": "说明",
    "title": "名称",
    "number": "文号",
    "previous": "上年",
    "reason": "变动原因",
    "rectifications": "上年问题整改",
    "problem": "上年问题",
    "suggestion": "上年建议",
    "state": "整改状态",
    "result": "整改情况",
    "budget": "批复预算数",
    "objective": "批复总体目标",
    "total": "总分",
    "grade": "等级",
    "source": "资金来源",
    "id": "编号",
    ORDER: "顺序",
}
"""Chinese name of each part of a path."""


def flatten(report: Report) -> dict[str, str]:
    """Return every leaf of a report as path -> text, and the order of each list."""
    leaves: dict[str, str] = {}
    data = report.model_dump(mode="json")
    projects = data.pop("projects")
    _walk("", data, leaves)
    leaves[f"projects/{ORDER}"] = " ".join(project_key(one["id"]) for one in projects)
    for one in projects:
        _walk(project_key(one["id"]), one, leaves)
    return leaves


def project_key(project_id: str) -> str:
    """Return a project's part of a path; an id that is also a report's field is marked."""
    return f"~{project_id}" if project_id in Report.model_fields else project_id


def _walk(path: str, value: object, leaves: dict[str, str]) -> None:
    """Add the leaves below a value."""
    if isinstance(value, dict):
        for key, below in value.items():
            part = _escaped(key)
            _walk(f"{path}/{part}" if path else part, below, leaves)
    elif isinstance(value, list):
        keys = _keys_of(path.rsplit("/", 1)[-1], value)
        leaves[f"{path}/{ORDER}"] = " ".join(keys)
        for key, below in zip(keys, value, strict=True):
            _walk(f"{path}/{key}", below, leaves)
    else:
        leaves[path] = "" if value is None else str(value)


def _escaped(key: str) -> str:
    """Return a dictionary key as one part of a path."""
    return key.replace("~", "~0").replace("/", "~1").replace("#", "~2")


def _unescaped(part: str) -> str:
    """Return the dictionary key that a part of a path stands for."""
    return part.replace("~2", "#").replace("~1", "/").replace("~0", "~")


def _keys_of(name: str, items: Sequence[Any]) -> list[str]:
    """Return a unique key for each item of a list: its id, its source, or its number."""
    field = _KEYED.get(name)
    names = [str(item[field]) if field else str(number) for number, item in enumerate(items, 1)]
    return list(unique_parts(names))


def unique_parts(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as parts of paths: a repeated one is followed by its place in the list."""
    parts: list[str] = []
    for number, name in enumerate(names, 1):
        parts.append(name if name not in parts else f"{name}.{number}")
    return tuple(parts)


def unflatten(leaves: Mapping[str, str]) -> Report:
    """Return the report whose leaves these are; the inverse of `flatten`."""
    tree: dict[str, Any] = {}
    for path, text in leaves.items():
        *parents, last = path.split("/")
        node = tree
        for part in parents:
            node = node.setdefault(part, {})
        node[last] = text
    order = tree.pop("projects")[ORDER].split()
    projects = [_listed(tree.pop(key)) for key in order if key in tree]
    report = _listed({key: value for key, value in tree.items() if key in Report.model_fields})
    return Report.model_validate({**report, "projects": projects})


def _listed(node: Any) -> Any:  # noqa: ANN401 - a JSON tree has no narrower type
    """Return a tree with every ordered dictionary turned back into its list."""
    if not isinstance(node, dict):
        return node
    if ORDER in node:
        return [_listed(node[key]) for key in node[ORDER].split() if key in node]
    return {_unescaped(key): _listed(below) for key, below in node.items()}


def items_along(path: str) -> tuple[tuple[str, str], ...]:
    """Return the list items a path passes through, outermost first: (item, field of its key).

    The key field is blank for lists whose items are named by their number.
    """
    parts = path.split("/")
    found = []
    if parts[0] not in Report.model_fields and parts[0] != "projects":
        found.append((parts[0], "id"))
    found += [
        ("/".join(parts[: end + 1]), _KEYED.get(parts[end - 1], ""))
        for end in range(1, len(parts))
        if parts[end - 1] in _LISTS and parts[end] != ORDER
    ]
    return tuple(found)


def order_path(item: str) -> str:
    """Return the path of the order of the list that an item stands in."""
    return f"{item.rpartition('/')[0] or 'projects'}/{ORDER}"


def label(path: str, report: Report) -> str:
    """Return a path in words, e.g. 专项经费 · 交易宗数 · 实际完成值."""
    parts = path.split("/")
    words: list[str] = []
    project = report.project(parts[0].removeprefix("~"))
    if project is not None:
        if len(report.projects) > 1:
            words.append(project.name or parts[0])
        parts = parts[1:]
    previous = ""
    for part in parts:
        if previous == "indicators" and project is not None and part != ORDER:
            line = project.indicator(part)
            words[-1] = (line.level3 or line.level2 or part) if line else part
        elif previous == "funds" and part.partition(".")[0] in _SOURCES:
            source, _, number = part.partition(".")
            title = FUND_SOURCE_TITLES[FundSource(source)].removeprefix("其中：")
            words.append(f"{title}（第{number}行）" if number else title)
        else:
            words.append(TITLES.get(part, f"第{part}条" if part.isdigit() else _unescaped(part)))
        previous = part
    return " · ".join(words)


def refuse_overlong(leaves: Mapping[str, str], report: Report) -> None:
    """Raise InputError for a text longer than a field may hold."""
    for path, text in leaves.items():
        if len(text) > LONGEST_TEXT:
            raise InputError(
                f"内容有 {len(text)} 个字，超过 {LONGEST_TEXT} 个字",
                where=label(path, report),
                why="一格放不下这么长的内容",
                remedy="请精简，或拆开填到几处",
            )


def with_fields(report: Report, fields: Mapping[str, str]) -> Report:
    """Return the report with new texts of fields by their paths; InputError when too long."""
    refuse_overlong(fields, report)
    return unflatten({**flatten(report), **fields})
