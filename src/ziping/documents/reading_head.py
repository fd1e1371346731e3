"""What stands around the grids of a form: names, year, money unit (表头信息)."""

import re
import unicodedata
from collections.abc import Iterable

from ziping.documents.grid import GridCell
from ziping.documents.reading_headings import STATED, field_of
from ziping.documents.reading_record import Reading
from ziping.domain.evaluation import FundKind, FundUnit
from ziping.domain.fields import TITLES

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年(?!\s*[0-9])")
_FISCAL_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年?\s*(?:度|财政年度)")
_ONLY_YEAR = re.compile(r"\s*((?:19|20)[0-9]{2})\s*(?:年度?)?\s*")
_UNIT_IN_BRACKETS = re.compile(r"\((?:金额)?(?:单位:?)?(万元|亿元|元)\)")
_UNIT_AFTER_COLON = re.compile(r"(?:金额)?单位:(?:人民币)?(万元|亿元|元)")
_TITLE = re.compile(r"自评表|自评结果|绩效目标自评|附件\s*[0-9]|附[件表]")
_FIRST_YEAR, _LAST_YEAR = 1995, 2100
_SHORT = 80

_PATHS = {
    "approved_budget": "approved/budget",
    "approved_objective": "approved/objective",
    "grade": "printed/grade",
    **{name: f"materials/{name}" for name in STATED},
}
_LONG = frozenset({"approved_objective", *STATED})
_KINDS = {
    "政府性基金预算": FundKind.GOVERNMENT_FUND,
    "国有资本经营预算": FundKind.STATE_CAPITAL,
    "一般公共预算拨款": FundKind.GENERAL,
    "社会保险基金": FundKind.SOCIAL_INSURANCE,
    "财政专户管理资金": FundKind.SPECIAL_ACCOUNT,
}


def find_year(texts: Iterable[str]) -> int | None:
    """Return the fiscal year that titles state; 2023年度 is believed before 2023年."""
    plain = [unicodedata.normalize("NFKC", text) for text in texts if len(text) <= 2 * _SHORT]
    for pattern in (_FISCAL_YEAR, _YEAR):
        for text in plain:
            found = pattern.search(text)
            if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
                return int(found[1])
    return None


def year_of(text: str) -> int | None:
    """Return the year that a cell titled 年度 holds."""
    found = _ONLY_YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    return int(found[1]) if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR else None


def is_title(text: str) -> bool:
    """Return whether a cell is the title of the form, or an annex number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _SHORT:
        return False
    return bool(_TITLE.search(plain) or re.fullmatch(r"[(]?\s*[0-9 _]*\s*年?度?[)]?", plain))


def read_labels(reading: Reading, rows: Iterable[int]) -> dict[str, str]:
    """Return the values that stand beside their title in these rows, by field."""
    found: dict[str, str] = {}
    for row in rows:
        for cell in reading.grid.starting_in(row):
            if reading.is_used(cell):
                continue
            name, value, text = _labelled(reading, cell)
            if not name or name in found:
                continue
            reading.use(cell)
            if name == "grade" and value is None:
                continue
            path = _PATHS.get(name, name)
            title = STATED.get(name) or TITLES.get(path.rsplit("/", 1)[-1], name)
            kept = text.strip() if name in _LONG else _one_line(text)
            if value is None:
                reading.miss(path, title, cell)
            found[name] = reading.take(path, title, value, value=kept)
    return found


def _labelled(reading: Reading, cell: GridCell) -> tuple[str, GridCell | None, str]:
    """Return the field a cell titles, the cell of the value, and the value's text."""
    if name := field_of("labels", cell.text):
        value = _right_of(reading, cell)
        return name, value, value.text if value else ""
    title, colon, text = cell.text.replace("：", ":", 1).partition(":")
    name = field_of("labels", title) if colon and text.strip() else ""
    return name, cell, text


def _right_of(reading: Reading, label: GridCell) -> GridCell | None:
    """Return the cell to the right of a title, unless that is a title itself."""
    for column in range(label.column + label.columns, reading.grid.width):
        cell = reading.grid.at(label.row, column)
        if cell is not None:
            is_label = field_of("labels", cell.text)
            return None if is_label or cell.row != label.row else cell
    return None


def _one_line(text: str) -> str:
    """Return a name without the line breaks of a narrow cell."""
    return re.sub(r"\s*\n\s*", "", text.strip())


def read_fund_kind(text: str) -> FundKind:
    """Return the 资金性质 a cell names; unknown when it names none."""
    try:
        return FundKind(text)
    except ValueError:
        return _KINDS.get(text, FundKind.UNKNOWN)


def find_fund_unit(reading: Reading, rows: Iterable[int]) -> FundUnit | None:
    """Return the unit of money that headings in these rows state."""
    short = [
        (cell, re.sub(r"\s", "", unicodedata.normalize("NFKC", cell.text)))
        for row in rows
        for cell in reading.grid.starting_in(row)
        if len(cell.text) <= _SHORT
    ]
    for pattern in (_UNIT_IN_BRACKETS, _UNIT_AFTER_COLON):
        for cell, text in short:
            if found := pattern.search(text):
                reading.use(cell)
                reading.record("fund_unit", TITLES["fund_unit"], cell, found[1])
                return FundUnit(found[1])
    return None
