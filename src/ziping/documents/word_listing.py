"""A plain table in Word: headings repeated on every page, rows that stay whole (列表)."""

from collections.abc import Mapping, Sequence

from ziping.documents.layout import BODY_MARGINS, PAGE_WIDTH, twips
from ziping.documents.word_skeleton import Skeleton
from ziping.documents.word_table import BORDERS, CELL_MARGINS
from ziping.documents.word_xml import RunWriter, paragraph

_SHORT = 8
"""Longest text that is centred in its cell."""


def listing_xml(
    widths: Mapping[str, float],
    rows: Sequence[Sequence[str]],
    skeleton: Skeleton,
    writer: RunWriter,
) -> str:
    """Return a table over the width of the body; `widths` are shares, by heading."""
    room = PAGE_WIDTH - twips(BODY_MARGINS["left"] + BODY_MARGINS["right"])
    share = room / sum(widths.values())
    columns = [int(share * one) for one in widths.values()]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    head = _row(list(widths), columns, skeleton, writer, is_head=True)
    body = "".join(_row(row, columns, skeleton, writer) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{CELL_MARGINS}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    texts: Sequence[str],
    columns: Sequence[int],
    skeleton: Skeleton,
    writer: RunWriter,
    *,
    is_head: bool = False,
) -> str:
    """Return one row."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    cells = ""
    for text, width in zip(texts, columns, strict=True):
        style = "ZipingCell" if is_head or len(text) <= _SHORT else "ZipingCellText"
        runs = writer.runs(text.strip(), "label" if is_head else "cell", bold=is_head)
        cells += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(skeleton.style_ids[style], runs)}</w:tc>"
        )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"
