"""Filled forms of family ① are read cell by cell, in every kind of file and layout."""

import pytest
from tests.unit.import_tables import (
    LINES,
    Put,
    docx_file,
    moved,
    published_form,
    read,
    xls,
    xlsx,
)

from ziping.domain.evaluation import Band, FundSource, FundUnit, SelfEvaluation

FILES = {
    "自评表.xlsx": xlsx(published_form()),
    "自评表.xls": xls(published_form()),
    "自评表.docx": docx_file(published_form()),
}


@pytest.fixture(params=FILES)
def form(request: pytest.FixtureRequest) -> SelfEvaluation:
    """Return the published form as read from each kind of file."""
    imported = read(FILES[request.param], request.param)
    assert len(imported.evaluations) == 1
    assert imported.unread == ()
    assert imported.fiscal_year == 2023
    return imported.evaluations[0]


def test_names_unit_and_totals_are_read(form: SelfEvaluation) -> None:
    assert form.name == "专项业务（工作）经费"
    assert form.competent_department == ""
    assert form.implementing_unit == "某市公共资源交易中心"
    assert form.fund_unit is FundUnit.TEN_THOUSAND_YUAN
    assert form.printed.total == "98"
    assert form.level1_weights == {"产出指标": "50", "效益指标": "30", "满意度指标": "10"}


def test_every_fund_row_is_read_with_what_it_prints(form: SelfEvaluation) -> None:
    assert [row.source for row in form.funds] == [
        FundSource.TOTAL,
        FundSource.APPROPRIATION,
        FundSource.CARRYOVER,
        FundSource.OTHER,
    ]
    total = form.funds[0]
    assert (total.initial_budget, total.annual_budget, total.executed) == (
        "760",
        "619.52",
        "619.52",
    )
    assert (total.printed.weight, total.printed.rate, total.printed.points) == (
        "10",
        "81.52%",
        "10",
    )
    assert all(row.label == "" for row in form.funds)
    assert form.funds[2].initial_budget == ""


def test_objectives_are_read_without_padding(form: SelfEvaluation) -> None:
    assert len(form.objectives) == 1
    assert form.objectives[0].expected == "持续推进营商环境不断向好。"
    assert form.objectives[0].achieved == "完成平台建设。"


def test_every_indicator_line_is_read_with_its_levels_carried_down(form: SelfEvaluation) -> None:
    assert [line.id for line in form.indicators] == [f"i{number}" for number in range(1, 10)]
    assert [line.level1 for line in form.indicators] == ["产出指标"] * 4 + ["效益指标"] * 4 + [
        "满意度指标"
    ]
    assert form.indicators[4].level2 == "经济效益指标"
    for line, (_, _, level3, target, actual, weight, points, _) in zip(
        form.indicators, LINES, strict=True
    ):
        assert line.level3 == level3
        assert line.target == target.strip()
        assert line.actual == actual.strip()
        assert line.weight == weight.strip()
        assert line.printed.points == points.strip()


def test_points_count_as_given_only_on_lines_judged_by_a_person(form: SelfEvaluation) -> None:
    assert form.indicators[0].points == ""
    assert form.indicators[0].printed.points == "20"
    assert form.indicators[4].points == "10"
    assert form.indicators[4].band is Band.ACHIEVED
    assert form.indicators[7].points == "8"
    assert form.indicators[7].band is Band.ACHIEVED


def test_a_band_read_from_points_asks_to_be_checked() -> None:
    cell = next(
        one for one in read(FILES["自评表.xlsx"]).cells if one.path == "p1/indicators/i8/band"
    )
    assert cell.value_text == "达成"
    assert cell.certainty == "请核对"
    assert cell.note == "按得分所在区间读出的档次"


def test_each_cell_read_names_its_place_in_the_file() -> None:
    def source(name: str) -> tuple[str, str, str]:
        cells = {one.path: one for one in read(FILES[name], name).cells}
        cell = cells["p1/indicators/i1/actual"]
        return cell.source, cell.value_text, cell.label

    assert source("自评表.xlsx") == ("工作表“自评表1” F13", "1239", "交易宗数 · 实际完成值")
    assert source("自评表.xls")[0] == "工作表“自评表1” F13"
    assert source("自评表.docx")[0] == "表1 第13行第6列"


def test_title_rows_blank_columns_and_a_note_below_do_not_disturb() -> None:
    cells = moved(published_form(), rows=3, columns=2)
    cells += [
        Put(0, 0, "附件2-1"),
        Put(26, 2, "填表人：某某", columns=9),
        Put(27, 2, "注：以上数据来自财务系统。", columns=9),
    ]
    plain = read(FILES["自评表.xlsx"]).evaluations
    imported = read(xlsx(cells))
    assert imported.evaluations == plain
    assert [one.text for one in imported.unread] == ["填表人：某某", "注：以上数据来自财务系统。"]


def test_a_table_in_yuan_is_read_as_one() -> None:
    assert read(xlsx(published_form(unit="元"))).evaluations[0].fund_unit is FundUnit.YUAN


def test_a_unit_stated_above_the_table_counts_and_a_missing_one_is_told() -> None:
    bare = [one for one in published_form() if not one.text.startswith("项目资金")]
    stated = read(xlsx([*bare, Put(1, 12, "金额单位：元")]))
    assert stated.evaluations[0].fund_unit is FundUnit.YUAN
    assert any("没有找到金额单位" in note for note in read(xlsx(bare)).notes)


def test_two_forms_on_one_sheet_are_two_projects() -> None:
    second = [
        replace_text(one, "专项业务（工作）经费　", "设备购置")
        for one in moved(published_form(total="95"), rows=24)
    ]
    imported = read(xlsx([*published_form(), *second]))
    assert [one.name for one in imported.evaluations] == ["专项业务（工作）经费", "设备购置"]
    assert [one.id for one in imported.evaluations] == ["p1", "p2"]
    assert [one.printed.total for one in imported.evaluations] == ["98", "95"]
    assert [len(one.indicators) for one in imported.evaluations] == [9, 9]
    assert imported.unread == ()


def replace_text(cell: Put, old: str, new: str) -> Put:
    return Put(cell.row, cell.column, cell.text.replace(old, new), cell.rows, cell.columns)


def test_each_sheet_and_each_word_table_is_a_project() -> None:
    assert len(read(xlsx(published_form(), published_form())).evaluations) == 2
    data = docx_file(published_form(), [Put(0, 0, "其他内容")], published_form())
    imported = read(data, "报告.docx")
    assert len(imported.evaluations) == 2
    assert any("表2没有自评表的表头" in note for note in imported.notes)


def test_a_form_split_over_two_word_tables_is_one_project() -> None:
    upper = [one for one in published_form() if one.row < 11]
    lower = moved([one for one in published_form() if one.row >= 11], rows=-11)
    imported = read(docx_file(upper, lower), "报告.docx")
    assert imported.evaluations == read(FILES["自评表.docx"], "自评表.docx").evaluations


def test_the_year_comes_from_the_lines_before_a_word_table() -> None:
    cells = [one for one in published_form() if one.row > 1]
    data = docx_file(moved(cells, rows=-2), lines=("某中心2022年度", "项目支出绩效自评报告"))
    assert read(data, "报告.docx").fiscal_year == 2022


def test_an_unmerged_form_with_blanks_below_titles_reads_the_same() -> None:
    flat = [Put(one.row, one.column, one.text) for one in published_form()]
    assert read(xlsx(flat)).evaluations == read(FILES["自评表.xlsx"]).evaluations


def test_an_unknown_fund_title_is_kept_and_asks_to_be_checked() -> None:
    cells = [replace_text(one, "其他资金", "地方配套资金") for one in published_form()]
    cells.append(Put(8, 3, "12.5"))
    cells = [one for one in cells if not (one.row == 8 and one.column == 3 and one.text == "　")]
    imported = read(xlsx(cells))
    row = imported.evaluations[0].funds[3]
    assert (row.source, row.label, row.initial_budget) == (
        FundSource.OTHER,
        "地方配套资金",
        "12.5",
    )
    label = next(one for one in imported.cells if one.path == "p1/funds/other/label")
    assert label.certainty == "请核对"


def test_prompts_left_in_the_form_are_listed_and_make_no_line() -> None:
    cells = [
        Put(one.row, one.column, "指标2：") if (one.row, one.column) == (18, 3) else one
        for one in published_form()
        if one.row != 18 or one.column <= 3
    ]
    imported = read(xlsx(cells))
    assert len(imported.evaluations[0].indicators) == 8
    assert [(one.text, one.reason) for one in imported.unread] == [
        ("指标2：", "空白模板行，没有填写内容")
    ]


def test_a_column_nobody_knows_is_listed_as_not_read() -> None:
    imported = read(xlsx([*published_form(), Put(11, 9, "备查"), Put(12, 9, "甲")]))
    assert [one.text for one in imported.unread] == ["备查", "甲"]
    assert imported.evaluations == read(FILES["自评表.xlsx"]).evaluations


def test_a_grade_in_the_total_row_is_read() -> None:
    cells = [one for one in published_form() if (one.row, one.column) != (21, 8)]
    assert read(xlsx([*cells, Put(21, 8, "优")])).evaluations[0].printed.grade == "优"


def test_points_merged_over_lines_are_not_given_twice() -> None:
    cells = [one for one in published_form() if (one.row, one.column) not in {(12, 6), (13, 6)}]
    imported = read(xlsx([*cells, Put(12, 6, "30", rows=2)]))
    assert [line.weight for line in imported.evaluations[0].indicators[:2]] == ["30", ""]
    assert any("分值合并了多行" in note for note in imported.notes)


def test_headings_repeated_on_the_next_page_do_not_end_the_table() -> None:
    head = [one for one in published_form() if one.row == 11 and one.column > 0]
    upper = [one for one in published_form() if one.row < 16]
    upper = [Put(11, 0, "绩效指标") if one.text.startswith("绩\n") else one for one in upper]
    lower = moved([one for one in published_form() if one.row >= 16], rows=1)
    imported = read(xlsx([*upper, *moved(head, rows=5), *lower]))
    assert len(imported.evaluations) == 1
    assert len(imported.evaluations[0].indicators) == 9
