"""What was read from a file or a pasted block, each cell beside its source (导入结果)."""

from typing import Literal

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.model import Record
from ziping.domain.raw import Raw


class ReadCell(Record):
    """A cell that became a field, for a person to confirm (已读单元格)."""

    path: str
    """Field path, e.g. `p1/funds/total/executed`, as `ziping.domain.fields` writes them."""
    label: str
    """The field in words, e.g. 交易宗数 · 实际完成值."""
    raw: str
    """The cell's text as the file holds it."""
    value_text: str
    """The text that went into the field."""
    source: str
    """Where it stands: 工作表“自评表” B5, or 表1 第5行第2列."""
    certainty: Literal["确定", "请核对"] = "确定"
    note: str = ""
    """Why a person should look again, in Chinese."""
    line: int | None = None
    """Line of a text file it stands in, from 1; None for files without lines."""


class UnreadCell(Record):
    """A cell with content that went nowhere (未读单元格)."""

    source: str
    text: str
    reason: str
    """Why it was not read, in Chinese."""


class ImportedFile(Record):
    """Everything read from one file, and everything that was not (导入的文件)."""

    file_name: str
    evaluations: tuple[SelfEvaluation, ...]
    """One a table, in the file's order, with ids p1, p2 …"""
    cells: tuple[ReadCell, ...]
    unread: tuple[UnreadCell, ...]
    notes: tuple[str, ...]
    """Remarks on the file as a whole, in Chinese: hidden sheets, macros, tracked changes."""
    fiscal_year: int | None
    """财政年度 the file states; None: it states none."""
    unit: str
    """编报单位; blank when the file names none or several."""
    unfilled: tuple[ReadCell, ...] = ()
    """Titles of the head beside which nothing stands, under the path of the missing value."""


class PastedRow(Record):
    """A row of a pasted block by field, e.g. `level3`, `target` (粘贴的一行)."""

    row: int
    """Row of the block it came from, counted from 1, a heading row included."""
    values: dict[str, Raw]


class PastedBlock(Record):
    """A block copied from Excel or WPS, as rows of the indicator grid (粘贴的内容)."""

    columns: tuple[str, ...]
    """Field of each column, left to right; blank for a column that was not understood."""
    has_heading: bool
    """Whether the first row named the columns."""
    rows: tuple[PastedRow, ...]
    level1_weights: dict[str, Raw] = {}
    """一级指标分值 that level-1 titles declared, e.g. {"产出指标": "50"}."""
    unread: tuple[UnreadCell, ...] = ()
    notes: tuple[str, ...] = ()
