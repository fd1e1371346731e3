"""The finance system's list of projects, one row a project (财政系统导出表)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from ziping.documents.grid import Grid, GridCell
from ziping.documents.importing import read_grids
from ziping.documents.reading_headings import field_of, heading_key, is_note, is_total_title
from ziping.documents.reading_package import MAX_FILE_BYTES, damaged
from ziping.documents.reading_txt import decoded
from ziping.documents.reading_xlsx import MAX_CELLS, too_many
from ziping.domain.amounts import amount_in, read_amount
from ziping.domain.errors import InputError
from ziping.domain.evaluation import FundRow, FundSource, FundUnit, SelfEvaluation
from ziping.domain.fields import TITLES
from ziping.domain.imported import ImportedFile, ReadCell, UnreadCell
from ziping.domain.numbers import plain

AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
_MORE: Mapping[str, tuple[str, ...]] = {
    "initial_budget": ("年初预算指标", "年初指标数", "年初批复"),
    "annual_budget": ("指标数", "指标金额", "预算指标数", "调整预算", "全年指标数", "调整后指标数"),
    "received": ("下达数", "指标下达数", "下达金额", "拨付数", "拨款数", "已下达"),
    "executed": (
        *("支付数", "支付金额", "累计支付", "累计支付数", "累计支付金额", "已支付", "实际支付数"),
        *("支出金额", "累计支出", "累计支出数", "本年支出", "本年支出数", "支付总额"),
    ),
}
"""Headings that finance systems use and the printed form does not."""
_BY_HEADING = {heading_key(text): name for name, texts in _MORE.items() for text in texts}
_UNITS = {
    "元": FundUnit.YUAN,
    "万元": FundUnit.TEN_THOUSAND_YUAN,
    "亿元": FundUnit.HUNDRED_MILLION_YUAN,
}
_NOT_STATED = "表中没有写明金额单位，按{unit}读取，请核对；不对时请另选单位"
_SUMMED = "这个项目有 {count} 行，已相加"


@dataclass(slots=True)
class _Head:
    """The headings of a list."""

    row: int
    name: int
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Project:
    """The rows of one project, as they are found."""

    cells: dict[str, list[GridCell]] = field(default_factory=dict)


def read_finance_export(
    data: bytes, file_name: str, *, unit: FundUnit | None = None
) -> ImportedFile:
    """Return one self-evaluation a project of a list, with its total amounts.

    Rows of one project are added up. `unit` is the unit of money where the list names none.

    Raises:
        InputError: It is no such file, or no row has a heading 项目名称 beside an amount.
    """
    notes: list[str] = []
    if PurePath(file_name).suffix.lower() == ".csv":
        grids = [_csv_grid(data, file_name)]
    else:
        grids, notes, _ = read_grids(data, file_name)
    for grid in grids:
        head = next(_heads(grid), None)
        if head is not None:
            return _read(grid, head, file_name, notes, unit)
    raise InputError(
        "没有找到项目清单",
        where=file_name,
        why="要有一行表头写着“项目名称”，同一行还有“年初预算数”“全年预算数”“执行数”之类的金额列",
        remedy="请检查表头；自评表请按自评表的格式上传",
    )


def _csv_grid(data: bytes, file_name: str) -> Grid:
    """Return a .csv as a grid."""
    text = decoded(data) if len(data) <= MAX_FILE_BYTES else None
    if text is None:
        raise damaged(file_name)
    if text.count(",") + text.count("\t") > MAX_CELLS:
        raise too_many("清单", file_name)
    rows = csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ",")
    return Grid.of(
        "清单",
        (
            GridCell(cell.strip(), at, column, f"第{at + 1}行第{column + 1}列")
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
        ),
    )


def _heads(grid: Grid) -> Iterator[_Head]:
    """Yield the rows that head a list of projects."""
    for row in grid.row_numbers:
        head: _Head | None = None
        columns: dict[str, int] = {}
        for cell in grid.starting_in(row):
            if head is None and field_of("labels", cell.text) == "name":
                head = _Head(row, cell.column)
            name = field_of("funds", cell.text) or _BY_HEADING.get(heading_key(cell.text), "")
            if name in AMOUNTS:
                columns.setdefault(name, cell.column)
        if head is not None and columns:
            head.columns = columns
            yield head


def _read(
    grid: Grid, head: _Head, file_name: str, notes: list[str], unit: FundUnit | None
) -> ImportedFile:
    """Return the projects below their headings."""
    stated = _stated_unit(grid, head)
    money = unit or stated or FundUnit.TEN_THOUSAND_YUAN
    if stated is None and unit is None:
        notes.append(_NOT_STATED.format(unit=money.value))
    projects: dict[str, _Project] = {}
    unread: list[UnreadCell] = []
    for row in (one for one in grid.row_numbers if one > head.row):
        named = grid.at(row, head.name)
        name = " ".join(named.text.split()) if named else ""
        if not name or is_total_title(name) or is_note(name):
            unread += _passed_over(grid, head, row, name)
            continue
        project = projects.setdefault(name, _Project())
        for field_name, column in head.columns.items():
            if cell := grid.at(row, column):
                project.cells.setdefault(field_name, []).append(cell)
    cells: list[ReadCell] = []
    evaluations = tuple(
        _evaluation(f"p{number}", name, project, money, cells)
        for number, (name, project) in enumerate(projects.items(), 1)
    )
    return ImportedFile(
        file_name=file_name,
        evaluations=evaluations,
        cells=tuple(cells),
        unread=tuple(unread),
        notes=tuple(notes),
        fiscal_year=None,
        unit="",
    )


def _stated_unit(grid: Grid, head: _Head) -> FundUnit | None:
    """Return the unit of money that the headings or the lines above them state."""
    texts = [
        cell.text for row in grid.row_numbers if row <= head.row for cell in grid.starting_in(row)
    ]
    for text in (*texts, *grid.caption):
        plain_text = "".join(text.split()).replace("（", "(").replace("）", ")").replace("：", ":")
        for name, unit in _UNITS.items():
            if f"({name})" in plain_text or f"单位:{name}" in plain_text:
                return unit
    return None


def _passed_over(grid: Grid, head: _Head, row: int, name: str) -> Iterator[UnreadCell]:
    """Yield the amounts of a row that is no project."""
    why = "合计行，不是项目" if is_total_title(name) else "这一行没有项目名称"
    for column in head.columns.values():
        if cell := grid.at(row, column):
            yield UnreadCell(source=cell.source, text=cell.text, reason=why)


def _evaluation(
    project_id: str, name: str, project: _Project, unit: FundUnit, cells: list[ReadCell]
) -> SelfEvaluation:
    """Return one project with the sums of its rows; what was read is added to `cells`."""
    amounts: dict[str, str] = {}
    for field_name, found in project.cells.items():
        text, note = _summed(found, unit)
        amounts[field_name] = text
        cells.append(
            ReadCell(
                path=f"{project_id}/funds/total/{field_name}",
                label=f"{name} · {TITLES[field_name]}",
                raw="；".join(one.text for one in found),
                value_text=text,
                source="、".join(one.source for one in found),
                certainty="请核对" if note else "确定",
                note=note,
            )
        )
    return SelfEvaluation(
        id=project_id,
        name=name,
        fund_unit=unit,
        funds=(FundRow.model_validate({"source": FundSource.TOTAL, **amounts}),),
    )


def _summed(found: list[GridCell], unit: FundUnit) -> tuple[str, str]:
    """Return the sum of a project's cells as text, and what a person should know about it."""
    if len(found) == 1:
        amount = read_amount(found[0].text, unit)
        return found[0].text.strip(), found[0].problem or amount.problem or amount.note
    read = [read_amount(one.text, unit) for one in found]
    problem = next((one.problem for one in read if one.problem), "")
    if problem:
        return "", f"{problem}；{_SUMMED.format(count=len(found))}时跳过，请手工填写"
    total = sum((one.value for one in read if one.value is not None), Decimal(0))
    return plain(amount_in(total, unit)), _SUMMED.format(count=len(found))
