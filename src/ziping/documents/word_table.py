"""The 自评表 in Word: one table a project with the official form's merged cells (附件2-1)."""

import math
from dataclasses import dataclass

from ziping.documents.annex import AnnexCell, AnnexRow, CellRole, Slot, parted, slots
from ziping.documents.carried import carried_notes
from ziping.documents.layout import ANNEX_WIDTHS_MM, characters
from ziping.documents.word_skeleton import Skeleton
from ziping.documents.word_xml import RunWriter, attribute, paragraph
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.package import ReportPackage

TABLE_NAME = "项目支出绩效自评表"
CONTINUED = "（续）绩效指标完成情况"
"""Stands over the second part of a table that runs over a page."""
_PAGE_POINTS = 640.0
"""Height a table may take on the first annex page, with some reserve."""
_LINE_POINTS, _ROW_PADDING, _CHARACTER_POINTS, _CELL_PADDING = 15.5, 3.5, 10.5, 4.0
_LEAST_ROW_POINTS = 20.0
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
    '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A paragraph as it is printed (打印的一段)."""

    text: str
    style: str
    role: str
    properties: str = ""


def annex_lines(
    package: ReportPackage, project: SelfEvaluation, number: int
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Return the lines above and below a project's table."""
    label = package.outline.table_annex_number.strip()
    top = "" if number == 1 else "<w:pageBreakBefore/>"
    above = [PrintedLine(TABLE_NAME, "ZipingTableTitle", "title", "" if label else top)]
    if label:
        above.insert(0, PrintedLine(label, "ZipingAnnex", "annex", top))
    base = package.rule_set.execution.denominator
    budget = "年初预算数" if base == "initial_budget" else "全年预算数"
    note = (
        f"注：得分按{package.rule_set.title}计算；执行率＝全年执行数÷{budget}；金额单位以表头为准。"
    )
    notes = (note, *carried_notes(project))
    return above, [PrintedLine(one, "ZipingNote", "note") for one in notes]


def cell_role(cell: AnnexCell) -> str:
    """Return the role of text of a cell."""
    return "label" if cell.role is CellRole.LABEL else "cell"


class TableWriter:
    """Writes the annex tables of one document."""

    def __init__(self, skeleton: Skeleton, writer: RunWriter) -> None:
        """Fit the columns to the page."""
        self._styles = skeleton.style_ids
        self._writer = writer
        share = skeleton.annex_width / sum(ANNEX_WIDTHS_MM)
        self._widths = [int(share * width) for width in ANNEX_WIDTHS_MM]
        self._grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)

    def annex(
        self,
        package: ReportPackage,
        project: SelfEvaluation,
        rows: tuple[AnnexRow, ...],
        number: int,
    ) -> str:
        """Return the annex of a project: number, title, table and note."""
        above, below = annex_lines(package, project, number)
        table = self._tables(project, rows)
        return "".join(map(self._line, above)) + table + "".join(map(self._line, below))

    def _line(self, line: PrintedLine) -> str:
        return paragraph(
            self._styles[line.style], self._writer.runs(line.text, line.role), line.properties
        )

    def _tables(self, project: SelfEvaluation, rows: tuple[AnnexRow, ...]) -> str:
        """Return the table; one that runs over a page parts before the indicators.

        Word repeats a header row only at the top of a table, so a long indicator block needs a
        table of its own to show its headings on every page.
        """
        if self._height(rows) <= _PAGE_POINTS:
            return self._table(project, rows)
        upper, lower = parted(rows)
        between = paragraph(
            self._styles["ZipingNote"],
            self._writer.runs(CONTINUED, "note"),
            "<w:keepNext/>",
        )
        return self._table(project, upper) + between + self._table(project, lower)

    def _table(self, project: SelfEvaluation, rows: tuple[AnnexRow, ...]) -> str:
        repeats = rows[0].is_header
        printed = "".join(
            self.row(row, "".join(self.cell(slot, self.cell_runs(slot)) for slot in found), repeats)
            for row, found in slots(rows)
        )
        return self.frame(project, printed)

    def frame(self, project: SelfEvaluation, rows: str) -> str:
        """Return the table around rows."""
        caption = attribute(f"{TABLE_NAME}：{project.name[:60]}")
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/>{CELL_MARGINS}<w:tblCaption w:val="{caption}"/>'
            f"</w:tblPr><w:tblGrid>{self._grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def row(self, row: AnnexRow, cells: str, repeats: bool = False, mark: str = "") -> str:  # noqa: FBT001, FBT002 - of one row, beside its cells
        """Return a row around its cells; `mark` says that it was inserted or deleted."""
        properties = "" if row.is_long else "<w:cantSplit/>"
        properties += '<w:trHeight w:val="397" w:hRule="atLeast"/>'
        if row.is_header and repeats:
            properties += "<w:tblHeader/>"
        return f"<w:tr><w:trPr>{properties}{mark}</w:trPr>{cells}</w:tr>"

    def cell_runs(self, slot: Slot) -> str:
        """Return the runs of a cell."""
        if slot.continues:
            return ""
        role = cell_role(slot.cell)
        return self._writer.runs(slot.cell.text.strip(), role, bold=role == "label")

    def cell(self, slot: Slot, runs: str, mark: str = "") -> str:
        """Return a cell around its runs; `mark` says what became of its paragraph's end."""
        cell = slot.cell
        width = sum(self._widths[cell.column : cell.column + cell.span])
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.span > 1:
            properties += f'<w:gridSpan w:val="{cell.span}"/>'
        if cell.rows > 1:
            properties += "<w:vMerge/>" if slot.continues else '<w:vMerge w:val="restart"/>'
        style = "ZipingCellText" if cell.role is CellRole.TEXT else "ZipingCell"
        return (
            f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(self._styles[style], runs, mark)}</w:tc>"
        )

    def _height(self, rows: tuple[AnnexRow, ...]) -> float:
        """Return about how high the table is, in points."""
        lines = (max(map(self._lines, row.cells)) for row in rows)
        return sum(max(_ROW_PADDING + _LINE_POINTS * one, _LEAST_ROW_POINTS) for one in lines)

    def _lines(self, cell: AnnexCell) -> int:
        width = sum(self._widths[cell.column : cell.column + cell.span]) / 20 - _CELL_PADDING
        per_line = max(1.0, width / _CHARACTER_POINTS)
        lines = sum(math.ceil(max(1, characters(one)) / per_line) for one in cell.text.split("\n"))
        return math.ceil(lines / cell.rows)
