"""The 自评表 in Word: one table a project with the official form's merged cells (附件2-1)."""

import math
from collections.abc import Sequence

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
        label = package.outline.table_annex_number.strip()
        top = "" if number == 1 else "<w:pageBreakBefore/>"
        title = paragraph(
            self._styles["ZipingTableTitle"],
            self._writer.runs(TABLE_NAME, "title"),
            "" if label else top,
        )
        if label:
            runs = self._writer.runs(label, "annex")
            title = paragraph(self._styles["ZipingAnnex"], runs, top) + title
        return title + self._tables(project, rows) + self._note(package, project)

    def _note(self, package: ReportPackage, project: SelfEvaluation) -> str:
        base = package.rule_set.execution.denominator
        budget = "年初预算数" if base == "initial_budget" else "全年预算数"
        text = (
            f"注：得分按{package.rule_set.title}计算；"
            f"执行率＝全年执行数÷{budget}；金额单位以表头为准。"
        )
        return "".join(
            paragraph(self._styles["ZipingNote"], self._writer.runs(one, "note"))
            for one in (text, *carried_notes(project))
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
        printed = "".join(self._row(row, found, repeats=repeats) for row, found in slots(rows))
        caption = attribute(f"{TABLE_NAME}：{project.name[:60]}")
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/>{CELL_MARGINS}<w:tblCaption w:val="{caption}"/>'
            f"</w:tblPr><w:tblGrid>{self._grid}</w:tblGrid>{printed}</w:tbl>"
        )

    def _row(self, row: AnnexRow, found: Sequence[Slot], *, repeats: bool) -> str:
        properties = "" if row.is_long else "<w:cantSplit/>"
        properties += '<w:trHeight w:val="397" w:hRule="atLeast"/>'
        if row.is_header and repeats:
            properties += "<w:tblHeader/>"
        cells = "".join(self._cell(slot) for slot in found)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, slot: Slot) -> str:
        cell = slot.cell
        width = sum(self._widths[cell.column : cell.column + cell.span])
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.span > 1:
            properties += f'<w:gridSpan w:val="{cell.span}"/>'
        if cell.rows > 1:
            properties += "<w:vMerge/>" if slot.continues else '<w:vMerge w:val="restart"/>'
        style, role = "ZipingCell", "cell"
        if cell.role is CellRole.TEXT:
            style = "ZipingCellText"
        elif cell.role is CellRole.LABEL:
            role = "label"
        runs = (
            ""
            if slot.continues
            else self._writer.runs(cell.text.strip(), role, bold=role == "label")
        )
        return (
            f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(self._styles[style], runs)}</w:tc>"
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
