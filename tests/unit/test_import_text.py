"""Plain-text extracts of reports give their tables back, cell by cell."""

import random
from collections.abc import Iterable
from itertools import groupby

import pytest
from tests.unit.import_tables import Put, docx_file, published_form, read
from tests.unit.scoring_rules import lexicon, rule_set

from ziping.documents.importing import read_table_file
from ziping.domain.errors import InputError

BEFORE = "附件2\n某中心2023年度\n项目支出绩效自评报告\n 一、项目基本情况\n项目预算760万元。\n\n"


def one_cell_a_line(cells: Iterable[Put]) -> str:
    """Return a table as converters of Word files write it, merged cells once."""
    rows = []
    for _, group in groupby(sorted(cells, key=lambda one: one.row), lambda one: one.row):
        row = list(group)
        lead = [""] * (row[0].column if row[0].column <= 2 else 0)
        rows.append("".join(f"\t{text}\n" for text in [*lead, *(one.text for one in row)]))
    return "\n".join(rows)


def with_all_levels(cells: Iterable[Put]) -> list[Put]:
    """Return the cells with a blank one where a merged level-1 cell reaches down."""
    kept = list(cells)
    starts = {(one.row, one.column) for one in kept}
    return kept + [Put(row, 1, "") for row in range(12, 21) if (row, 1) not in starts]


def in_order(cells: Iterable[Put]) -> list[Put]:
    return sorted(cells, key=lambda one: (one.row, one.column))


TABLE = one_cell_a_line(in_order(with_all_levels(one for one in published_form() if one.row > 1)))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_with_a_cell_a_line_reads_like_the_word_file(encoding: str) -> None:
    text = f"{BEFORE}附件2-1\n项目支出绩效自评表\n{TABLE}\n\n\n[bookmark: _GoBack]\n1\n"
    imported = read(text.encode(encoding), "报告.txt")
    cells = [one for one in published_form() if one.row > 1]
    word = read(docx_file([Put(one.row - 2, *_rest(one)) for one in cells]), "报告.docx")
    assert imported.evaluations == word.evaluations
    assert imported.fiscal_year == 2023
    assert imported.unread == ()


def _rest(one: Put) -> tuple[int, str, int, int]:
    return one.column, one.text, one.rows, one.columns


def test_the_line_of_the_text_is_the_source() -> None:
    cell = next(
        one for one in read((BEFORE + TABLE).encode(), "报告.txt").cells if one.path == "p1/name"
    )
    assert cell.source == "表1 第1行第2列（文本第9行）"


def test_rows_with_tabs_between_cells_are_read() -> None:
    lines = []
    for row in range(2, 22):
        texts = [""] * 9
        for one in published_form():
            if one.row == row:
                texts[one.column] = f'"{one.text}"' if "\n" in one.text else one.text
        lines.append("\t".join(texts))
    imported = read((BEFORE + "\n".join(lines)).encode(), "报告.txt")
    word = read(docx_file(published_form()), "自评表.docx")
    assert imported.evaluations == word.evaluations


@pytest.mark.parametrize(
    ("data", "told"),
    [("只有文字，没有表。".encode(), "没有找到自评表"), (b"\x00\x01\x02\xff", "已损坏")],
)
def test_a_text_without_a_table_is_refused_with_the_reason(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_table_file(data, "报告.txt", lexicon=lexicon(), rule_set=rule_set())


def test_damaged_texts_are_read_or_refused_but_never_crash() -> None:
    good = (BEFORE + TABLE).encode()
    source = random.Random(5)  # noqa: S311 - the same damage each time
    told = []
    for _ in range(150):
        data = bytearray(good[source.randrange(len(good)) :] if source.random() < 0.3 else good)
        for _ in range(source.choice((0, 1, 30, 300))):
            data[source.randrange(len(data))] = source.choice(b"\t\n \x00\xe4%9")
        try:
            read_table_file(bytes(data), "报告.txt", lexicon=lexicon(), rule_set=rule_set())
        except InputError as error:
            told.append(error.remedy)
    assert told
    assert all(told)
