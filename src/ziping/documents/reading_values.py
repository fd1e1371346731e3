"""The 年度指标值 of tables that write it in three columns: 指标性质、指标值、度量单位."""

import re
from dataclasses import replace

from ziping.documents.grid import GridCell
from ziping.documents.reading_record import Reading
from ziping.domain.text import clean, is_mark

UNIT_LEFT = "度量单位“{unit}”与指标值的文字不相连，没有并入"
_OPERATOR = re.compile(
    r"[≥≤=<>≧≦═＝〉〈﹥﹤⩾⩽]+|(?:大于|小于)(?:或)?(?:等于)?|等于|不(?:低于|少于|高于|超过|大于|小于)"
    r"|>=|<=|超过?|高于|低于"
)
_KIND = re.compile(
    r"定[性量](?:指标)?|(?:文字)?描述(?:性)?|文字|正向(?:指标)?|反向(?:指标)?|负向(?:指标)?"
)
_ENDS_IN_FIGURE = re.compile(r"[0-9零一二三四五六七八九十百千万亿]$")


def joined_target(reading: Reading, cells: dict[str, GridCell | None]) -> GridCell | None:
    """Return the target cell, with its operator and unit where they stand in columns of their own.

    定性 stays before a list of options or words as tables print it; 定量 and 文字描述 say nothing
    that the value does not.
    """
    nature, value, unit = (cells.get(name) for name in ("nature", "target", "unit"))
    parts = [cell for cell in (nature, value, unit) if cell is not None]
    if value is None or value.problem or parts == [value]:
        if value is None and parts:
            _pass_over(reading, parts)
        return value
    text, note = _joined(nature, value, unit)
    reading.use(*parts)
    return replace(
        value,
        text=text,
        shown="",
        source="、".join(cell.source for cell in parts),
        note="；".join(filter(None, (note, *(cell.note for cell in parts)))),
    )


def _pass_over(reading: Reading, parts: list[GridCell]) -> None:
    """List an operator or a unit that has no value beside it."""
    for cell in parts:
        if is_mark(clean(cell.text[:100])):
            reading.use(cell)
        else:
            reading.skip(cell, "这一行没有指标值，性质或单位单独没有意义")


def _joined(nature: GridCell | None, value: GridCell, unit: GridCell | None) -> tuple[str, str]:
    """Return operator, figure and unit as one text, and what a person should look at again."""
    text = value.text.strip()
    sign = nature.text.strip() if nature else ""
    plain = clean(sign[:100])
    measure = unit.text.strip() if unit else ""
    note = ""
    if is_mark(clean(measure[:100])) or clean(text[:500]).endswith(clean(measure[:100])):
        measure = ""
    if measure and not _ENDS_IN_FIGURE.search(clean(text[:500])):
        note = UNIT_LEFT.format(unit=measure[:20])
        measure = ""
    if _OPERATOR.fullmatch(plain):
        sign = "" if clean(text[:500]).startswith(plain) else sign
    elif plain.startswith("定性"):
        sign = "" if clean(text[:500]).startswith("定性") else "定性 "
    elif not plain or is_mark(plain) or _KIND.fullmatch(plain):
        sign = ""
    else:
        note = "；".join(filter(None, (note, f"指标性质“{sign[:20]}”没有并入指标值")))
        sign = ""
    return f"{sign}{text}{measure}", note
