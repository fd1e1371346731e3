"""What changed in the 自评表 of a report that came back (表格回稿)."""

from collections.abc import Iterator
from dataclasses import dataclass

from ziping.documents.annex import INDICATOR_TITLES, LINE_FIELDS, AnnexCell, annex_rows, slots
from ziping.documents.manifest import squeeze
from ziping.documents.returned_owners import owners_of
from ziping.documents.returned_rows import RowPair, pair_rows
from ziping.documents.word_written import Written, WrittenCell, WrittenRow
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.package import ReportPackage
from ziping.domain.returned import ReturnedChange, ReturnedKind, UnreadPart

_COMPUTED = "这一格由系统按规则计算；请改它依据的数据，确需人工给分的请在填报页写明理由"
_PRINTED = "这是表格的固定文字，由系统打印"
_LEVEL1 = "一级指标请在填报页修改"
_FUND_ROW = "资金行请在填报页增删"
_MOVED = "请在填报页上移或下移这一行"
_GONE = "（该单元格已不在文件中）"
_CELL_GONE = "单元格被删去或合并，请恢复表格后再改，或在填报页修改"
_FIRST_OWN, _SHOWN = 3, 40
_LEVELS = {1: "level1", 2: "level2"}


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands at a place of the exported table."""

    cell: AnnexCell
    continues: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """A project's table as exported, and as it came back."""

    project: SelfEvaluation
    slots: list[dict[int, _Place]]
    before: list[WrittenRow]
    after: list[WrittenRow]
    """Empty: it is gone."""


def table_changes(
    package: ReportPackage, base: Written, returned: Written
) -> tuple[list[ReturnedChange], list[UnreadPart]]:
    """Return the changes of every project's table, and the tables that are none of ours."""
    tables, foreign = _matched(package, base, returned)
    changes = [change for table in tables for change in _of_table(table)]
    unread = [
        UnreadPart(
            place="附件",
            what=f"多出的表格（{len(rows)} 行）：{_row_words(rows[0]) if rows else ''}",
        )
        for rows in foreign
    ]
    return changes, unread


def _matched(
    package: ReportPackage, base: Written, returned: Written
) -> tuple[list[_Table], list[list[WrittenRow]]]:
    """Return each project with its rows on both sides, and the tables left over."""
    sheets = {one.project_id: one for one in package.sheets}
    rows = [row for table in base.tables for row in table]
    tables: list[_Table] = []
    for project in package.report.projects:
        places = [
            {slot.cell.column: _Place(slot.cell, slot.continues) for slot in found}
            for _, found in slots(annex_rows(project, sheets.get(project.id)))
        ]
        before, rows = rows[: len(places)], rows[len(places) :]
        tables.append(_Table(project, places, before, []))
    owners = owners_of([one.before for one in tables], returned.tables)
    foreign: list[list[WrittenRow]] = []
    for owner, found in zip(owners, returned.tables, strict=True):
        if owner is None:
            foreign.append(found)
        else:
            tables[owner].after.extend(found)
    return tables, foreign


def _of_table(table: _Table) -> Iterator[ReturnedChange]:
    """Yield the changes of one project's table."""
    project = table.project
    if not table.after:
        yield ReturnedChange(
            id=f"table:{project.id}",
            kind=ReturnedKind.TABLE_REMOVED,
            place=f"{project.name}自评表",
            old="有",
            new="（已删去）",
            refusal="项目请在填报页移除",
            project_id=project.id,
        )
        return
    last_line = ""
    for pair in pair_rows(table.before, table.after):
        if pair.before is not None and pair.after is not None:
            yield from _of_row(table, pair)
            last_line = _line_id(table.slots[pair.before]) or last_line
        elif pair.before is not None:
            yield _removed(table, pair.before)
        elif pair.after is not None:
            yield _added(table, pair.after, last_line)


def _of_row(table: _Table, pair: RowPair) -> Iterator[ReturnedChange]:
    """Yield the changes of a row that is there on both sides."""
    places, row = table.slots[pair.before or 0], table.after[pair.after or 0]
    if pair.is_moved:
        yield ReturnedChange(
            id=f"moved:{table.project.id}:{pair.before}",
            kind=ReturnedKind.ROW_MOVED,
            place=f"{table.project.name}自评表",
            old=_row_words(table.before[pair.before or 0]),
            new=f"移到表格第 {(pair.after or 0) + 1} 行",
            refusal=_MOVED,
            project_id=table.project.id,
        )
        return
    for column, place in places.items():
        change = _of_cell(table, pair, place, row.get(column))
        if change is not None:
            yield change
    for column in sorted(set(row) - set(places)):
        if row[column].text.strip():
            yield _extra(table, pair, row[column], column)


def _of_cell(
    table: _Table, pair: RowPair, place: _Place, found: WrittenCell | None
) -> ReturnedChange | None:
    """Return the change of a cell, if there is one."""
    cell = place.cell
    if place.continues:
        return _of_continuation(table, pair, cell, found)
    old, new = cell.text.strip(), _GONE if found is None else found.text.strip()
    if squeeze(old) == squeeze(new):
        return None
    return ReturnedChange(
        id=f"cell:{table.project.id}:{pair.before}:{cell.column}",
        kind=ReturnedKind.CELL,
        place=f"{table.project.name} · {cell.name or _unnamed(cell)}",
        old=old,
        new=new,
        refusal=_CELL_GONE if found is None else _refusal(cell),
        project_id=table.project.id,
        paths=cell.paths,
    )


def _of_continuation(
    table: _Table, pair: RowPair, cell: AnnexCell, found: WrittenCell | None
) -> ReturnedChange | None:
    """Return the change of a cell that was merged with the one above: words of its own."""
    text = "" if found is None or found.continues else found.text.strip()
    if not text or squeeze(text) == squeeze(cell.text):
        return None
    return ReturnedChange(
        id=f"cell:{table.project.id}:{pair.before}:{cell.column}",
        kind=ReturnedKind.CELL,
        place=f"{table.project.name} · {cell.name or _unnamed(cell)}",
        old=cell.text.strip(),
        new=text,
        refusal="这一格原来与上面合并，请在填报页修改",
        project_id=table.project.id,
    )


def _extra(table: _Table, pair: RowPair, cell: WrittenCell, column: int) -> ReturnedChange:
    """Return that a row has a cell where none was."""
    return ReturnedChange(
        id=f"cell:{table.project.id}:{pair.before}:{column}",
        kind=ReturnedKind.CELL,
        place=f"{table.project.name}自评表 · 多出的单元格",
        old="",
        new=cell.text.strip(),
        refusal="表格里没有这一格，请在填报页填到相应的地方",
        project_id=table.project.id,
    )


def _unnamed(cell: AnnexCell) -> str:
    """Return what a cell without a name is."""
    if cell.paths:
        return "行名" if cell.paths[0].endswith("/label") else "二级指标"
    return f"“{cell.text.strip()[:_SHOWN]}”" if cell.text.strip() else "表格空格"


def _refusal(cell: AnnexCell) -> str:
    """Return why a cell cannot be taken over; blank when it can."""
    if cell.is_computed:
        return _COMPUTED
    if not cell.paths:
        return _LEVEL1 if cell.column in _LEVELS and cell.role != "label" else _PRINTED
    return ""


def _line_id(places: dict[int, _Place]) -> str:
    """Return the id of the indicator a row shows; blank for any other row."""
    for place in places.values():
        for path in place.cell.paths:
            if path.startswith("indicators/") and place.cell.column >= _FIRST_OWN:
                return path.split("/")[1]
    return ""


def _removed(table: _Table, before: int) -> ReturnedChange:
    """Return that a row is gone."""
    line = _line_id(table.slots[before])
    is_fund = any(
        path.startswith("funds/") for one in table.slots[before].values() for path in one.cell.paths
    )
    refusal = "" if line else _FUND_ROW if is_fund else _PRINTED
    return ReturnedChange(
        id=f"removed:{table.project.id}:{before}",
        kind=ReturnedKind.ROW_REMOVED,
        place=f"{table.project.name}自评表",
        old=_row_words(table.before[before]),
        new="（已删去）",
        refusal=refusal,
        project_id=table.project.id,
        paths=(f"indicators/{line}",) if line else (),
    )


def _added(table: _Table, after: int, last_line: str) -> ReturnedChange:
    """Return that there is a new row; below an indicator it can become one."""
    row = table.after[after]
    cells = {
        field: row[column].text.strip()
        for column, field in enumerate(LINE_FIELDS, _FIRST_OWN)
        if column in row and row[column].text.strip()
    }
    for column, field in _LEVELS.items():
        if column in row and row[column].text.strip():
            cells[field] = row[column].text.strip()
    is_line = bool(last_line) and len(row) >= len(INDICATOR_TITLES) - 2
    return ReturnedChange(
        id=f"added:{table.project.id}:{after}",
        kind=ReturnedKind.ROW_ADDED,
        place=f"{table.project.name}自评表第 {after + 1} 行",
        old="",
        new=_row_words(row),
        refusal="" if is_line and cells else "这里只能增加绩效指标；资金行等请在填报页增加",
        project_id=table.project.id,
        paths=(f"indicators/{last_line}",) if is_line else (),
        cells=cells if is_line else {},
    )


def _row_words(row: WrittenRow) -> str:
    """Return the words of a row."""
    return "，".join(filter(None, (cell.text.strip() for cell in row.values())))
