"""Reading the 自评表 of the published families from Excel, Word and text files (导入自评表)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from ziping.documents.grid import Grid
from ziping.documents.reading_docx import read_docx
from ziping.documents.reading_head import find_year
from ziping.documents.reading_headings import (
    FUND_HEADINGS,
    GUIDE_SHEET,
    INDICATOR_HEADINGS,
    field_of,
)
from ziping.documents.reading_package import Package, damaged, file_kind
from ziping.documents.reading_record import Context
from ziping.documents.reading_table import ReadTable, Region, find_forms, read_form
from ziping.documents.reading_txt import decoded, read_txt
from ziping.documents.reading_xls import read_xls
from ziping.documents.reading_xlsx import read_xlsx
from ziping.documents.unrolling import unrolled
from ziping.domain.errors import InputError
from ziping.domain.imported import ImportedFile
from ziping.domain.rules import Lexicon, RuleSet

_SUFFIXES = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt", ".et"),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "txt": (".txt", ".tsv", ".text", ".md"),
}
_SHOWN_NAMES = 10
TEXT_NOTE = "纯文本里看不到合并单元格，空白的一级、二级指标按上一行读取，请对照原文核对"


def read_table_file(
    data: bytes, file_name: str, *, lexicon: Lexicon, rule_set: RuleSet
) -> ImportedFile:
    """Return every self-evaluation a file holds, each cell beside its source.

    As `find_table_file`, for files that must hold one.

    Args:
        data: The file.
        file_name: Its name, for messages; what it is, is judged by its content.
        lexicon: Words by which targets are read.
        rule_set: Gives the bands that points of qualitative lines are read into.

    Raises:
        InputError: It is no such file, is damaged, encrypted or oversized, or holds no 自评表.
    """
    opened = _opened(data, file_name, lexicon, rule_set)
    if not opened.forms:
        raise _no_table(opened.grids, file_name)
    return _all_read(opened)


def find_table_file(
    data: bytes, file_name: str, *, lexicon: Lexicon, rule_set: RuleSet
) -> ImportedFile:
    """Return every self-evaluation a file holds; a report without tables holds none.

    Raises:
        InputError: It is no such file, or is damaged, encrypted or oversized.
    """
    return _all_read(_opened(data, file_name, lexicon, rule_set))


def iter_table_file(
    data: bytes, file_name: str, *, lexicon: Lexicon, rule_set: RuleSet
) -> Iterator[tuple[str, Callable[[], ImportedFile]]]:
    """Yield the name of each form of a file, and what reads it by itself.

    No more than one is held at a time, and one that cannot be read holds none of the others back.
    What there is to say about the whole file is said with the first. Raises like `read_table_file`.
    """
    opened = _opened(data, file_name, lexicon, rule_set)
    if not opened.forms:
        raise _no_table(opened.grids, file_name)
    for number, (grid, region) in enumerate(opened.forms):
        notes = [] if number else opened.notes
        yield grid.name, partial(_read_alone, opened, grid, region, notes)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file whose forms were found and not read yet."""

    grids: list[Grid]
    forms: list[tuple[Grid, Region]]
    notes: list[str]
    year: int | None
    """Fiscal year the file states outside its forms."""
    context: Context


def _all_read(opened: _Opened) -> ImportedFile:
    """Return every form of a file."""
    tables = [
        read_form(grid, region, f"p{number}", opened.context)
        for number, (grid, region) in enumerate(opened.forms, 1)
    ]
    return _imported(opened.context.file_name, tables, opened.notes, opened.year)


def _read_alone(opened: _Opened, grid: Grid, region: Region, notes: list[str]) -> ImportedFile:
    """Return one form of a file, read as if it were the only one."""
    table = read_form(grid, region, "p1", opened.context)
    return _imported(opened.context.file_name, [table], notes, opened.year)


def _opened(data: bytes, file_name: str, lexicon: Lexicon, rule_set: RuleSet) -> _Opened:
    """Return the forms of a file and its tables as found."""
    try:
        grids, notes, lines = read_grids(data, file_name)
    except (RecursionError, MemoryError):
        raise damaged(file_name) from None
    forms, left_out = _forms(grids)
    if forms and file_kind(data, file_name) == "txt":
        notes.append(TEXT_NOTE)
    captions = [one for grid in grids for one in grid.caption]
    titles = [cell.text for grid in left_out for cell in grid.starting_in(grid.row_numbers[0])]
    year = find_year([*lines, *captions, *titles, PurePath(file_name).stem])
    if left_out:
        shown = "、".join(grid.name for grid in left_out[:_SHOWN_NAMES]) + (
            "等" if len(left_out) > _SHOWN_NAMES else ""
        )
        notes.append(f"{shown}没有自评表的表头，没有读入")
    context = Context(lexicon, rule_set, year or rule_set.valid_from.year, file_name)
    return _Opened(grids, forms, notes, year, context)


def read_grids(data: bytes, file_name: str) -> tuple[list[Grid], list[str], tuple[str, ...]]:
    """Return the tables of a file, notes on it, and its first lines."""
    kind = file_kind(data, file_name)
    notes: list[str] = []
    lines: tuple[str, ...] = ()
    if kind == "docx":
        document = read_docx(Package(data, file_name))
        grids, found, lines = document.grids, document.notes, document.lines
    elif kind == "txt":
        text = decoded(data)
        if text is None:
            raise damaged(file_name)
        tables = read_txt(text, file_name)
        grids, found, lines = tables.grids, [], tables.lines
    else:
        package = Package(data, file_name) if kind == "xlsx" else None
        book = read_xlsx(package) if package else read_xls(data, file_name)
        grids, found = book.grids, book.notes
    suffix = PurePath(file_name).suffix.lower()
    if suffix and suffix not in _SUFFIXES[kind]:
        notes.append(f"文件扩展名是 {suffix}，内容其实是 .{kind}，已按内容读取")
    return grids, [*notes, *found], lines


def _forms(grids: list[Grid]) -> tuple[list[tuple[Grid, Region]], list[Grid]]:
    """Return the forms of all tables in order, and the tables without any."""
    forms: list[tuple[Grid, Region]] = []
    left_out: list[Grid] = []
    for grid in (form for table in grids for form in unrolled(table)):
        found = find_forms(grid)
        if found and forms and found[0].is_lower_half and forms[-1][1].is_upper_half:
            # The funds and the indicators of one form in two tables, one after the other.
            joined = forms.pop()[0].with_below(grid)
            forms += [(joined, region) for region in find_forms(joined)[-len(found) :]]
        elif found:
            forms += [(grid, region) for region in found]
        elif grid.row_numbers and GUIDE_SHEET not in grid.caption:
            left_out.append(grid)
    return forms, left_out


def _imported(
    file_name: str, tables: list[ReadTable], notes: list[str], year: int | None
) -> ImportedFile:
    """Return what all tables of a file gave."""
    years = list(dict.fromkeys(one.fiscal_year for one in tables if one.fiscal_year))
    if len(years) > 1:
        text = "、".join(str(one) for one in years)
        notes.append(f"各表写的年度不一致（{text}），已按 {years[0]} 年读取，请核对")
    units = {one.unit for one in tables if one.unit}
    units = units or {one.evaluation.implementing_unit for one in tables}
    return ImportedFile(
        file_name=file_name,
        evaluations=tuple(one.evaluation for one in tables),
        cells=tuple(cell for one in tables for cell in one.cells),
        unread=tuple(cell for one in tables for cell in one.unread),
        notes=(*notes, *(note for one in tables for note in one.notes)),
        fiscal_year=years[0] if years else year,
        unit=units.pop() if len(units) == 1 else "",
        unfilled=tuple(cell for one in tables for cell in one.unfilled),
    )


def _no_table(grids: list[Grid], file_name: str) -> InputError:
    """Return the error that no form was found, with the headings looked for and found."""
    wanted = [FUND_HEADINGS[one][0] for one in ("initial_budget", "annual_budget", "executed")]
    wanted += [INDICATOR_HEADINGS[one][0] for one in ("level1", "level2", "level3")]
    wanted += [INDICATOR_HEADINGS[one][0] for one in ("target", "actual", "weight", "points")]
    found = {
        title[0]
        for grid in grids
        for cell in grid.cells()
        for headings, block in ((FUND_HEADINGS, "funds"), (INDICATOR_HEADINGS, "indicators"))
        if (title := headings.get(field_of(block, cell.text)))
    }
    seen = "、".join(one for one in wanted if one in found)
    return InputError(
        "没有找到自评表",
        where=file_name,
        why=f"要找的表头是：{'、'.join(wanted)}；"
        + (f"只找到：{seen}" if seen else "一个也没有找到"),
        remedy="请确认文件里有项目支出绩效自评表，表头与上面的名称一致；"
        "也可以下载填报模板，填好后再导入",
    )
