"""Blocks copied between Excel and the indicator grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.scoring_rules import example, lexicon, rule_set

from ziping.documents.paste import GRID_COLUMNS, copy_columns, read_block
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Indicator, SelfEvaluation
from ziping.scoring import score

HEADED = (
    '一级指标\t二级指标\t三级指标\t"年度\n指标值"\t实际完成值\t分值\t得分\r\n'
    "产出指标（50分）\t数量指标\t交易宗数\t1200\t1239\t20\t20\r\n"
    "\t质量指标\t质量达标率\t100%\t100%\t10\t10\r\n"
    '\t\t"返工\n率"\t≤1%\t0\t10\t10\r\n'
    "总分\t\t\t\t\t100\t98\r\n"
)  # fmt: skip


def test_a_block_with_headings_is_read_by_its_headings() -> None:
    block = read_block(HEADED, ("level3", "target"))
    assert block.has_heading
    assert block.columns == (
        "level1", "level2", "level3", "target", "actual", "weight", "points",
    )  # fmt: skip
    assert block.rows[0].values["target"] == "1200"
    assert block.level1_weights == {"产出指标": "50"}


def test_blanks_of_merged_cells_are_filled_from_above() -> None:
    rows = read_block(HEADED).rows
    assert [row.values["level1"] for row in rows] == ["产出指标"] * 3
    assert [row.values["level2"] for row in rows] == ["数量指标", "质量指标", "质量指标"]
    assert rows[2].values["level3"] == "返工率"


def test_the_total_row_makes_no_line_and_is_listed() -> None:
    block = read_block(HEADED)
    assert len(block.rows) == 3
    assert [one.text for one in block.unread] == ["总分", "100", "98"]
    assert block.unread[0].source == "第5行第1列"


def test_a_block_without_headings_is_read_by_position() -> None:
    block = read_block("1200\t1239\n100%\t95%\t多\n", ("target", "actual"))
    assert not block.has_heading
    assert [row.values for row in block.rows] == [
        {"target": "1200", "actual": "1239"},
        {"target": "100%", "actual": "95%"},
    ]
    assert [(one.text, one.reason) for one in block.unread] == [("多", "超出了表格的栏数")]


def test_an_unknown_heading_is_listed_with_its_column() -> None:
    block = read_block("三级指标\t年度指标值\t序号\n甲\t5\t1", GRID_COLUMNS)
    assert block.columns == ("level3", "target", "")
    assert [one.text for one in block.unread] == ["序号", "1"]


def test_quotation_marks_that_quote_nothing_are_kept() -> None:
    rows = read_block('“应进必进”\t"好"\n"甲\t乙', ("level3", "target")).rows
    assert [row.values for row in rows] == [
        {"level3": "“应进必进”", "target": '"好"'},
        {"level3": '"甲', "target": "乙"},
    ]


def test_invisible_characters_are_removed_and_told() -> None:
    block = read_block("甲\u200b\x07\t5", ("level3", "target"))
    assert block.rows[0].values["level3"] == "甲"
    assert block.notes == ("已删去看不见的控制字符",)


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "没有可读的内容"), (" \t\n", "没有可读的内容"), ("甲\n" * 2500, "2500 行")],
)
def test_nothing_or_far_too_much_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_block(text)


def test_a_cell_too_long_to_keep_is_named() -> None:
    with pytest.raises(InputError, match="第1行第2列"):
        read_block("甲\t" + "长" * 20_001)


def test_points_are_copied_from_the_scores_for_the_platform() -> None:
    project = example().projects[0]
    sheet = score(project, rule_set("hunan-2020-7"), lexicon(), fiscal_year=2023)
    lines = copy_columns(project, sheet, ("level3", "actual", "points")).split("\r\n")
    assert lines[0] == "交易宗数\t1239\t20"
    assert lines[6] == "无\t无\t"
    assert lines[7] == "可持续影响情况\t可持续\t8"


def test_an_unknown_column_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="level3"):
        copy_columns(example().projects[0], None, ("colour",))


cells = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")), max_size=8
)  # fmt: skip


@given(
    st.lists(st.tuples(cells, cells, st.sampled_from(["", '"引"', "上\n下", "a\tb"])), min_size=1)
)
def test_what_is_copied_pastes_back_unchanged(rows: list[tuple[str, str, str]]) -> None:
    lines = tuple(
        Indicator(id=f"i{number}", target=f"甲{target}", actual=actual, deviation=deviation)
        for number, (target, actual, deviation) in enumerate(rows, 1)
    )
    columns = ("target", "actual", "deviation")
    block = read_block(copy_columns(SelfEvaluation(indicators=lines), None, columns), columns)
    assert [tuple(row.values.values()) for row in block.rows] == [
        (line.target, line.actual, line.deviation) for line in lines
    ]
