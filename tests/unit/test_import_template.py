"""The template workbook, filled in by hand, comes back exactly as it was filled in."""

import io
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.import_tables import read, saved
from tests.unit.scoring_rules import lexicon

from ziping.documents.template_workbook import SHEET, template_workbook
from ziping.domain.cells import read_target
from ziping.domain.evaluation import (
    FUND_SOURCE_TITLES,
    ApprovedEvaluation,
    ApprovedIndicator,
    Band,
    Evidence,
    FundKind,
    FundRow,
    FundSource,
    FundUnit,
    Indicator,
    IndicatorScope,
    Objective,
    PrintedEvaluation,
    PrintedFund,
    PrintedIndicator,
    SelfEvaluation,
)
from ziping.domain.quantities import CellKind

YEAR = 2023
LINE_ROWS = 27


def type_in(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Type a text into a cell, as a person does in a cell formatted as text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = text or None
    if text:
        cell.data_type = "s"


def find(sheet: Worksheet, title: str, after: int = 0) -> tuple[int, int]:
    """Return row and column of a title of the form, as a person would look for it."""
    for row in sheet.iter_rows(min_row=after + 1):
        for cell in row:
            if cell.value == title:
                return cell.row or 0, cell.column or 0
    raise AssertionError(title)


def fill(one: SelfEvaluation, *, year: int = YEAR, unit: str = "") -> bytes:
    """Fill the template in with a self-evaluation."""
    book = load_workbook(io.BytesIO(template_workbook()))
    sheet = book[SHEET]
    head = {
        "财政年度": str(year),
        "金额单位": one.fund_unit.value,
        "项目支出名称": one.name,
        "填报单位": unit,
        "主管部门": one.competent_department,
        "实施单位": one.implementing_unit,
        "资金性质": one.fund_kind.value,
        "预算调整依据": one.adjustment_basis,
        "批复预算数": one.approved.budget,
        "批复总体目标": one.approved.objective,
    }
    for title, text in head.items():
        row, column = find(sheet, title)
        type_in(sheet, row, column + 1, text)
    for fund in one.funds:
        row, _ = find(sheet, FUND_SOURCE_TITLES[fund.source])
        for column, text in enumerate(
            (fund.initial_budget, fund.annual_budget, fund.received, fund.executed,
             fund.printed.weight, fund.printed.rate, fund.printed.points), 4
        ):  # fmt: skip
            type_in(sheet, row, column, text)
    row, column = find(sheet, "预期目标")
    for below, objective in enumerate(one.objectives, row + 1):
        type_in(sheet, below, column, objective.expected)
        type_in(sheet, below, column + 4, objective.achieved)
    head_row, first = find(sheet, "一级指标")
    for place in range(LINE_ROWS):
        line = one.indicators[place] if place < len(one.indicators) else None
        for column, text in enumerate(line_texts(one, line), first):
            type_in(sheet, head_row + 1 + place, column, text)
    row, _ = find(sheet, "总分")
    type_in(sheet, row, 8, one.printed.total)
    type_in(sheet, row, 9, one.printed.grade)
    return saved(book)


def line_texts(one: SelfEvaluation, line: Indicator | None) -> tuple[str, ...]:
    """Return the texts of one line, left to right."""
    if line is None:
        return ("",) * 14
    declared = one.level1_weights.get(line.level1, "")
    return (
        f"{line.level1}（{declared}分）" if declared else line.level1,
        line.level2,
        line.level3,
        line.target,
        line.actual,
        line.weight,
        line.printed.points,
        line.deviation,
        line.band.value,
        line.points_reason,
        line.scope.value,
        "；".join(evidence.name for evidence in line.evidence),
        line.approved.target,
        line.approved.weight,
    )


LETTERS = "项目资金完成情况产出效益质量数量培训设备采购验收甲乙丙ABC0123、，。%"
words = st.text(LETTERS, min_size=2, max_size=20).map(lambda text: f"某{text}")
numbers = st.decimals(Decimal(0), Decimal(99999), places=2).map(str)
weights = st.sampled_from(["5", "7.5", "10", "12.5", "20"])
figures = st.sampled_from(
    ["≥50个", "100%", "=8个", "-3", "+1", "@甲", "95%以上", "2023年12月底前", "1,234.50", "0.9‰"]
)
phrases = st.sampled_from(["效果明显", "有所改善", "提升服务水平", "无", "/", ""])


@st.composite
def indicators(draw: st.DrawFn, number: int, level1: str, level2: str) -> Indicator:
    """Draw a line as people fill them in."""
    target = draw(st.one_of(figures, phrases))
    weight = draw(weights)
    cell = read_target(target, fiscal_year=YEAR, lexicon=lexicon())
    is_words = cell.kind is CellKind.QUALITATIVE
    reason = draw(st.sampled_from(["", "按验收结论调整"]))
    shown = str(Decimal(weight) * draw(st.sampled_from([Decimal(1), Decimal("0.7"), Decimal(0)])))
    band = draw(st.sampled_from([one for one in Band if one])) if is_words else Band.NOT_CHOSEN
    return Indicator(
        id=f"i{number}",
        level1=level1,
        level2=level2,
        level3=draw(words),
        target=target,
        actual=draw(st.one_of(figures, phrases)),
        weight=weight,
        band=band,
        points=shown if is_words or reason else "",
        points_reason=reason,
        deviation=draw(st.one_of(st.just(""), words, st.just("=甲\n乙"))),
        scope=draw(st.sampled_from(IndicatorScope)),
        evidence=tuple(Evidence(name=name) for name in draw(st.lists(words, max_size=2))),
        approved=ApprovedIndicator(target=draw(figures), weight=draw(weights)),
        printed=PrintedIndicator(points=shown),
    )


@st.composite
def evaluations(draw: st.DrawFn) -> SelfEvaluation:
    """Draw a self-evaluation that fits the template."""
    levels = ["产出指标", "效益指标", "满意度指标"]
    lines: list[Indicator] = []
    for level1 in levels:
        for level2 in draw(st.lists(words, min_size=1, max_size=2, unique=True)):
            lines += [
                draw(indicators(len(lines) + 1, level1, level2))
                for _ in range(draw(st.integers(1, 3)))
            ]
    for number, line in enumerate(lines, 1):
        lines[number - 1] = line.model_copy(update={"id": f"i{number}"})
    funds = [
        FundRow(
            source=source,
            initial_budget=draw(numbers),
            annual_budget=draw(st.one_of(numbers, st.just(""))),
            received=draw(numbers),
            executed=draw(numbers),
            printed=PrintedFund(weight="10", rate=draw(numbers) + "%", points=draw(weights)),
        )
        for source in FundSource
    ]
    return SelfEvaluation(
        name=draw(words),
        competent_department=draw(st.one_of(st.just(""), words)),
        implementing_unit=draw(words),
        fund_kind=draw(st.sampled_from(FundKind)),
        fund_unit=draw(st.sampled_from(FundUnit)),
        adjustment_basis=draw(words),
        funds=tuple(funds),
        objectives=tuple(
            Objective(expected=one, achieved=f"{one}\n已完成")
            for one in draw(st.lists(words, max_size=3))
        ),
        level1_weights=draw(st.sampled_from([{}, dict.fromkeys(levels, "30")])),
        indicators=tuple(lines),
        approved=ApprovedEvaluation(budget=draw(numbers), objective=draw(words)),
        printed=PrintedEvaluation(total=draw(weights), grade=draw(st.sampled_from("优良中差"))),
    )


@given(evaluations())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_filled_template_comes_back_exactly(evaluation: SelfEvaluation) -> None:
    imported = read(fill(evaluation, unit="某单位"), "填好的模板.xlsx")
    assert imported.evaluations == (evaluation,)
    assert imported.unread == ()
    assert imported.fiscal_year == YEAR
    assert imported.unit == "某单位"


def test_numbers_typed_as_numbers_are_read_as_typed() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    sheet = book[SHEET]
    row, _ = find(sheet, "年度资金总额")
    sheet.cell(row, 4).value = 760
    sheet.cell(row, 7).value = 619.52
    head, first = find(sheet, "一级指标")
    sheet.cell(head + 1, first + 2).value = "交易宗数"
    sheet.cell(head + 1, first + 3).value = 1200
    sheet.cell(head + 1, first + 4).value = 0.955
    sheet.cell(head + 1, first + 4).number_format = "0.0%"
    one = read(saved(book)).evaluations[0]
    assert (one.funds[0].initial_budget, one.funds[0].executed) == ("760", "619.52")
    assert one.indicators[0].level1 == "产出指标"
    assert one.indicators[0].level2 == "数量指标"
    assert (one.indicators[0].target, one.indicators[0].actual) == ("1200", "95.5%")


def test_the_blank_template_gives_no_line_and_says_what_is_empty() -> None:
    imported = read(template_workbook(), "填报模板.xlsx")
    assert imported.evaluations[0].indicators == ()
    assert imported.unread == ()
    assert any("没有填写三级指标" in note and "生态效益指标" in note for note in imported.notes)


def test_each_project_may_have_its_own_copy_of_the_sheet() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    for name in ("甲项目", "乙项目"):
        copy = book.copy_worksheet(book[SHEET])
        row, column = find(copy, "项目支出名称")
        copy.cell(row, column + 1).value = name
        head, first = find(copy, "一级指标")
        copy.cell(head + 1, first + 2).value = "数量"
    del book[SHEET]
    assert [one.name for one in read(saved(book)).evaluations] == ["甲项目", "乙项目"]


def test_the_template_offers_the_words_to_choose_from_and_explains_each_column() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    lists = [rule.formula1 for rule in book[SHEET].data_validations.dataValidation]
    assert '"达成,部分达成,未达成"' in lists
    assert '"共性,个性"' in lists
    assert any("政府性基金" in one for one in lists)
    row, column = find(book[SHEET], "档次")
    comment = book[SHEET].cell(row, column).comment
    assert comment is not None
    assert "定性指标" in comment.text
    assert not book[SHEET].protection.sheet
    assert book.sheetnames == ["自评表", "填写说明"]
