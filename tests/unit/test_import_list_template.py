"""The workbook for many projects, filled in by hand, comes back exactly as it was filled in."""

import io

from openpyxl import load_workbook
from tests.unit.import_tables import read, saved
from tests.unit.test_import_template import find, type_in

from ziping.documents.template_list import HEAD_ROW, LIST_SHEET, template_list
from ziping.domain.evaluation import (
    Band,
    Evidence,
    FundKind,
    FundRow,
    FundSource,
    Indicator,
    IndicatorScope,
    Objective,
    SelfEvaluation,
)

NAMES = ("平台运维", "设备更新", "平台运维")
UNITS = ("某县甲中心", "", "某县乙中心")


def filled() -> bytes:
    """Fill in three projects of four lines each, blanks left where people leave them."""
    book = load_workbook(io.BytesIO(template_list()))
    sheet = book[LIST_SHEET]
    columns = {str(cell.value): cell.column or 0 for cell in sheet[HEAD_ROW]}
    lines = (
        ("产出指标", "数量指标", "检查次数", "≥10次", "12次", "20", *[""] * 4, "共性", "统计表"),
        ("", "", "培训人数", "≥200人", "150人", "20", "", "报名人数不足", "", "", "个性"),
        ("效益指标", "社会效益指标", "满意程度", "有所提高", "已提高", "30", "28", "", "达成"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "95%", "20"),
    )
    titles = list(columns)[list(columns).index("一级指标") :]
    row = HEAD_ROW + 1
    for number, (unit, name) in enumerate(zip(UNITS, NAMES, strict=True), 1):
        head = {"序号": str(number), "单位": unit, "项目支出名称": name, "财政年度": "2024"}
        head |= {"资金性质": "一般公共预算", "资金来源": "年度资金总额", "年初预算数": "100"}
        head |= {
            "全年预算数": "90.5",
            "全年执行数": "90",
            "预期目标": "办好",
            "实际完成情况": "办了",
        }
        for title, text in head.items():
            type_in(sheet, row, columns[title], text)
        type_in(sheet, row + 1, columns["资金来源"], "其中：当年财政拨款")
        type_in(sheet, row + 1, columns["年初预算数"], "100")
        for line in lines:
            for title, text in zip(titles, line, strict=False):
                type_in(sheet, row, columns[title], text)
            row += 1
    return saved(book)


def test_every_project_comes_back() -> None:
    imported = read(filled(), "批量填报.xlsx")
    assert [one.name for one in imported.evaluations] == list(NAMES)
    units = [one.implementing_unit for one in imported.evaluations]
    assert units == ["某县甲中心", "某县甲中心", "某县乙中心"]
    assert imported.fiscal_year == 2024
    assert not imported.unread
    found = [one.model_copy(update={"id": "p1"}) for one in imported.evaluations]
    assert found == [_expected(at) for at in range(len(NAMES))]


def _expected(at: int) -> SelfEvaluation:
    return SelfEvaluation(
        name=NAMES[at],
        implementing_unit=UNITS[at] or UNITS[at - 1],
        fund_kind=FundKind.GENERAL,
        funds=(
            FundRow(
                source=FundSource.TOTAL, initial_budget="100", annual_budget="90.5", executed="90"
            ),
            FundRow(source=FundSource.APPROPRIATION, initial_budget="100"),
        ),
        objectives=(Objective(expected="办好", achieved="办了"),),
        indicators=(
            _line("i1", "数量指标", "检查次数", "≥10次", "12次", "20", scope=IndicatorScope.COMMON,
                  evidence=(Evidence(name="统计表"),)),
            _line("i2", "数量指标", "培训人数", "≥200人", "150人", "20", deviation="报名人数不足",
                  scope=IndicatorScope.SPECIFIC),
            _line("i3", "社会效益指标", "满意程度", "有所提高", "已提高", "30", level1="效益指标",
                  band=Band.ACHIEVED, points="28", printed={"points": "28"}),
            _line("i4", "服务对象满意度指标", "满意度", "≥90%", "95%", "20", level1="满意度指标"),
        ),
    )  # fmt: skip


def _line(*texts: str, level1: str = "产出指标", **rest: object) -> Indicator:
    names = ("id", "level2", "level3", "target", "actual", "weight")
    stated = dict(zip(names, texts, strict=True))
    return Indicator.model_validate({"level1": level1, **stated, **rest})


def test_columns_with_a_fixed_choice_offer_it_far_down() -> None:
    sheet = load_workbook(io.BytesIO(template_list()))[LIST_SHEET]
    areas = [
        (area, rule) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges
    ]
    offered = {sheet.cell(HEAD_ROW, area.min_col).value: rule for area, rule in areas}
    assert set(offered) == {"资金性质", "资金来源", "一级指标", "档次", "共性/个性", "财政年度"}
    assert all(area.max_row > 10_000 for area, _ in areas)
    assert "满意度指标" in offered["一级指标"].formula1


def test_guide_explains_every_column_that_needs_it() -> None:
    book = load_workbook(io.BytesIO(template_list()))
    row, _ = find(book["填写说明"], "栏目")
    explained = {book["填写说明"].cell(at, 1).value for at in range(row + 1, 60)}
    assert {"序号", "单位", "资金来源", "年度指标值", "档次"} <= explained
