"""A list of projects, a block of rows each, is read as one self-evaluation a project."""

from tests.unit.import_tables import Put, docx_file, moved, published_form, read, xls, xlsx

from ziping.domain.evaluation import FundSource, SelfEvaluation
from ziping.domain.imported import ImportedFile

HEADS = (
    *("序号", "单位", "主管部门", "项目名称", "资金来源"),
    *("年初预算数", "全年预算数", "实际到位数", "全年执行数"),
    *("预期目标", "实际完成情况"),
    *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    *("偏差原因分析及改进措施", "领导批示"),
)
FIRST_ROW = 3
PROJECTS = (
    ("甲中心", "甲局", "平台运维", ("100", "100", "100", "90"), 3),
    ("甲中心", "甲局", "设备更新", ("80.5", "80.5", "80.5", "80.5"), 2),
    ("乙中心", "乙局", "平台运维", ("60", "50", "50", "50"), 3),
)
LINES = (
    ("产出指标", "数量指标", "检查次数", "≥10次", "12次", "40", "40", ""),
    ("产出指标", "质量指标", "合格率", "≥95%", "90%", "30", "28", "个别批次返工，已整改"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "95%", "20", "20", ""),
)


def listed(*, is_merged: bool = True, is_repeated: bool = False) -> list[Put]:
    """Return a list whose project cells are merged over the block, or stand in each row."""
    cells = [
        Put(0, 0, "某县2023年度项目支出绩效自评汇总表", columns=len(HEADS)),
        Put(1, 0, "金额单位：万元", columns=len(HEADS)),
        *(Put(2, column, text) for column, text in enumerate(HEADS)),
    ]
    row = FIRST_ROW
    for number, (unit, department, name, amounts, count) in enumerate(PROJECTS, 1):
        head = (str(number), unit, department, name, "", *amounts, "办好", "办好了")
        for at, line in enumerate(LINES[:count]):
            is_first = at == 0
            for column, text in enumerate(head):
                if text and (is_first or (is_repeated and column > 0)):
                    rows = count if is_merged and is_first and not is_repeated else 1
                    cells.append(Put(row + at, column, text, rows=rows))
            cells += [Put(row + at, column, text) for column, text in enumerate(line, len(head))]
        row += count
    return cells


def assert_all_read(imported: ImportedFile) -> None:
    """Every project has its own figures and lines."""
    assert len(imported.evaluations) == len(PROJECTS)
    for one, (unit, department, name, amounts, count) in zip(
        imported.evaluations, PROJECTS, strict=True
    ):
        total = one.fund(FundSource.TOTAL)
        assert total is not None
        stated = (total.initial_budget, total.annual_budget, total.received, total.executed)
        assert (one.implementing_unit, one.name) == (unit, name)
        assert (one.competent_department, stated) == (department, amounts)
        assert len(one.funds) == 1
        assert [(o.expected, o.achieved) for o in one.objectives] == [("办好", "办好了")]
        assert [line_of(one, at) for at in range(len(one.indicators))] == list(LINES[:count])
    assert imported.fiscal_year == 2023
    assert not imported.unread, imported.unread


def line_of(one: SelfEvaluation, at: int) -> tuple[str, ...]:
    line = one.indicators[at]
    texts = (line.level1, line.level2, line.level3, line.target, line.actual, line.weight)
    return (*texts, line.printed.points, line.deviation)


def test_merged_blocks_are_read_from_every_kind_of_file() -> None:
    cells = listed()
    assert_all_read(read(xlsx(cells), "汇总.xlsx"))
    assert_all_read(read(xls(cells), "汇总.xls"))
    assert_all_read(read(docx_file(cells), "汇总.docx"))


def test_blocks_without_merged_cells_and_with_repeated_names() -> None:
    assert_all_read(read(xlsx(listed(is_merged=False)), "汇总.xlsx"))
    assert_all_read(read(xlsx(listed(is_repeated=True)), "汇总.xlsx"))


def test_every_cell_is_shown_beside_its_place_in_the_list() -> None:
    imported = read(xlsx(listed()), "汇总.xlsx")
    executed = {
        one.path: (one.source, one.value_text)
        for one in imported.cells
        if one.path.endswith("funds/total/executed")
    }
    assert executed["p1/funds/total/executed"] == ("工作表“自评表1” I4", "90")
    assert executed["p2/funds/total/executed"] == ("工作表“自评表1” I7", "80.5")


def test_unit_of_the_group_is_carried_down_to_projects_that_leave_it_blank() -> None:
    cells = [one for one in listed() if (one.row, one.column) not in {(6, 1), (6, 2)}]
    imported = read(xlsx(cells), "汇总.xlsx")
    assert [one.competent_department for one in imported.evaluations] == ["甲局", "甲局", "乙局"]


def test_columns_that_mean_nothing_and_rows_that_belong_to_none_are_listed_as_unread() -> None:
    last = FIRST_ROW + sum(one[4] for one in PROJECTS)
    cells = [
        *listed(),
        Put(3, 19, "同意"),
        Put(last, 3, "合计"),
        Put(last, 5, "240.5"),
        Put(last + 1, 0, "填表人：张三"),
    ]
    imported = read(xlsx(cells), "汇总.xlsx")
    assert [one.name for one in imported.evaluations] == [one[2] for one in PROJECTS]
    unread = {one.text: one.reason for one in imported.unread}
    assert set(unread) == {"同意", "合计", "240.5", "填表人：张三"}
    assert "领导批示" in unread["同意"]


def test_rows_of_a_block_that_disagree_keep_the_first_and_tell_the_other() -> None:
    cells = [*listed(is_merged=False), Put(4, 8, "95")]
    imported = read(xlsx(cells), "汇总.xlsx")
    total = imported.evaluations[0].fund(FundSource.TOTAL)
    assert total is not None
    assert total.executed == "90"
    assert [(one.text, "不一致" in one.reason) for one in imported.unread] == [("95", True)]


def test_fund_rows_by_source_stand_beside_the_lines() -> None:
    cells = [
        *listed(is_merged=False),
        Put(3, 4, "年度资金总额"),
        Put(4, 4, "其中：当年财政拨款"),
        Put(4, 5, "70"),
        Put(5, 4, "单位资金"),
        Put(5, 5, "30"),
    ]
    funds = read(xlsx(cells), "汇总.xlsx").evaluations[0].funds
    assert [(row.source, row.initial_budget) for row in funds] == [
        (FundSource.TOTAL, "100"),
        (FundSource.APPROPRIATION, "70"),
        (FundSource.UNIT, "30"),
    ]


def test_a_form_is_not_taken_for_a_list() -> None:
    [one] = read(xlsx(moved(published_form(), 2)), "表.xlsx").evaluations
    assert one.name == "专项业务（工作）经费"
