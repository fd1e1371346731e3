"""A reviewer's own figures: however they come in, beside the report, blind when wanted."""

import io

import pytest
from openpyxl import Workbook
from tests.integration.workflow_ways import REVIEWER, STAFF

from ziping.domain.errors import InputError
from ziping.domain.evaluation import FundUnit, Report
from ziping.domain.fields import flatten, unflatten, with_fields
from ziping.domain.people import Role
from ziping.domain.reconciliation import Difference, FigureKind
from ziping.persistence import sections as section_store
from ziping.services.drafting import draft_section, save_section
from ziping.services.exporting import export_excel, export_word
from ziping.services.own_figures import (
    blank_like,
    own_figures_of,
    read_figures,
    reveal,
    save_own_figures,
)
from ziping.services.reconciling import Comparison, compare_with_own
from ziping.services.reports import open_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace


def compared(workspace: Workspace, report_id: int, own: Report) -> Comparison:
    """Return a stored report held against figures."""
    scored = score_report(workspace.content, open_report(workspace, report_id).report)
    with workspace.read() as connection:
        newest = section_store.newest_sections(connection, report_id)
    texts = {key: one.section for key, one in newest.items()}
    return compare_with_own(workspace.content, scored, texts, own)


def told(comparison: Comparison) -> list[tuple[str, Difference]]:
    """Return every difference that the other side states something about."""
    return [
        (one.label, one.result)
        for one in comparison.reconciliation.differences
        if one.missing != "right"
    ]


def test_the_form_has_the_reports_rows_and_none_of_its_figures(
    workspace: Workspace, example_id: int
) -> None:
    report = open_report(workspace, example_id).report
    form = blank_like(report)
    assert [one.level3 for one in form.projects[0].indicators] == [
        one.level3 for one in report.projects[0].indicators
    ]
    shown = " ".join(flatten(form).values())
    for figure in ("760", "619.52", "81.52", "1239", "效果明显", "95%"):
        assert figure not in shown


def test_figures_are_kept_beside_the_report_one_set_a_reviewer(
    workspace: Workspace, example_id: int
) -> None:
    before = open_report(workspace, example_id)
    form = blank_like(before.report)
    path = "p1/funds/total/executed"
    for person, figure in ((REVIEWER, "619.25"), (STAFF, "600"), (REVIEWER, "619.52")):
        own = with_fields(form, {path: figure})
        save_own_figures(workspace.acting_as(person), example_id, own.projects)
    mine = own_figures_of(workspace.acting_as(REVIEWER), example_id)
    other = own_figures_of(workspace.acting_as(STAFF), example_id)
    assert mine is not None
    assert other is not None
    assert flatten(mine.figures)[path] == "619.52"
    assert (mine.version, mine.by, mine.role) == (2, "李四", Role.DEPARTMENT)
    assert flatten(other.figures)[path] == "600"
    assert open_report(workspace, example_id) == before


def test_figures_filled_blind_are_marked_until_they_are_compared_once(
    workspace: Workspace, example_id: int
) -> None:
    form = blank_like(open_report(workspace, example_id).report)

    def filled(figure: str) -> bool:
        own = with_fields(form, {"p1/funds/total/executed": figure})
        saved = save_own_figures(
            workspace.acting_as(REVIEWER), example_id, own.projects, is_blind=True
        )
        return saved.is_blind

    assert filled("1")
    assert filled("2")
    reveal(workspace.acting_as(REVIEWER), example_id)
    assert not filled("3")


def test_nothing_filled_is_no_difference_but_what_is_filled_counts(
    workspace: Workspace, example_id: int
) -> None:
    form = blank_like(open_report(workspace, example_id).report)
    assert told(compared(workspace, example_id, form)) == []
    own = with_fields(
        form,
        {
            "p1/funds/total/executed": "619.25",
            "p1/funds/total/printed/rate": "81.52%",
            "p1/indicators/i1/actual": "1239",
            "p1/printed/grade": "良",
        },
    )
    assert told(compared(workspace, example_id, own)) == [
        ("年度资金总额 · 全年执行数", Difference.DIFFERENT),
        ("年度资金总额 · 执行率", Difference.BASIS),
        ("等级", Difference.DIFFERENT),
    ]


def test_what_we_export_compares_equal(workspace: Workspace, example_id: int) -> None:
    for file in (
        export_excel(workspace, example_id, status="送审稿"),
        export_word(workspace, example_id, status="送审稿"),
    ):
        read = read_figures(workspace.content, file.data, file.name, place="湖南 怀化", year=2023)
        own = save_own_figures(
            workspace.acting_as(REVIEWER), example_id, read.evaluations, origin=file.name
        )
        comparison = compared(workspace, example_id, own.figures)
        assert comparison.reconciliation.differences == ()
        assert not comparison.is_overlaid
        assert all(one.is_equal for one in comparison.scores)
        assert [(one.label, one.right_points) for one in comparison.scores if one.is_result] == [
            ("执行率", "100%"),
            ("总分", "98.00"),
            ("等级", "优"),
        ]


def test_a_partly_filled_form_is_scored_over_the_draft(
    workspace: Workspace, example_id: int
) -> None:
    form = blank_like(open_report(workspace, example_id).report)
    own = with_fields(form, {"p1/funds/total/executed": "600"})
    comparison = compared(workspace, example_id, own)
    assert comparison.is_overlaid
    results = {one.label: (one.left_points, one.right_points) for one in comparison.scores}
    assert results["总分"] == ("98.00", "97.68")
    assert results["执行率"] == ("100%", "96.85%")


def test_the_sentences_that_state_a_figure_stand_beside_it(
    workspace: Workspace, example_id: int
) -> None:
    draft_section(workspace, example_id, "basic.fund_use")
    save_section(
        workspace,
        example_id,
        "results.conclusion",
        "总分97分，等级为良。交易宗数实际完成1239宗。",
        base_version=0,
    )
    report = open_report(workspace, example_id).report
    own = with_fields(blank_like(report), {"p1/funds/total/executed": "600"})
    found = compared(workspace, example_id, own).reconciliation.fields
    executed = next(one for one in found if one.left_path == "p1/funds/total/executed")
    assert executed.statements
    assert all("619.52万元" in one.sentence for one in executed.statements)
    assert {one.heading for one in executed.statements} == {"（3）资金使用情况"}
    total = next(one for one in found if one.left_path == "p1/printed/total")
    assert [(one.said, one.holds) for one in total.statements] == [("97分", False)]
    # With equal tables, the contradiction of the text is the difference.
    same = unflatten(flatten(report))
    named = {one.label: one.result for one in compared(workspace, example_id, same)
             .reconciliation.differences if one.result is Difference.TEXT}  # fmt: skip
    assert named == {"总分": Difference.TEXT, "等级": Difference.TEXT}


# ---- the finance system's list -----------------------------------------------------------------


def workbook(*rows: tuple[str | float, ...]) -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    sheet = book.create_sheet("项目清单", 0)
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def listed(
    workspace: Workspace, data: bytes, name: str = "导出.xlsx", unit: FundUnit | None = None
) -> list[tuple[str, str, dict[str, str]]]:
    """Return name, unit and amounts of every project of a list."""
    read = read_figures(workspace.content, data, name, place="", year=2023, unit=unit)
    return [
        (
            one.name,
            one.fund_unit.value,
            {
                key: text
                for key in ("initial_budget", "annual_budget", "received", "executed")
                if (text := getattr(one.funds[0], key))
            },
        )
        for one in read.evaluations
    ]


def test_a_list_in_yuan_under_finance_headings(workspace: Workspace) -> None:
    data = workbook(
        ("2023年度项目支出执行情况表",),
        ("单位：元",),
        ("序号", "预算单位", "项目名称", "年初预算", "调整后预算数", "支付数"),
        (1, "某中心", "专项业务（工作）经费", 7600000, 6195200, 6195200),
        (2, "某中心", "设备购置", "1,200,000.00", 1200000, 980000.5),
        ("合计", "", "", 8800000, 7395200, 7175200.5),
    )
    assert listed(workspace, data) == [
        ("专项业务（工作）经费", "元", {
            "initial_budget": "7600000", "annual_budget": "6195200", "executed": "6195200"}),
        ("设备购置", "元", {
            "initial_budget": "1,200,000.00", "annual_budget": "1200000", "executed": "980000.5"}),
    ]  # fmt: skip


def test_rows_of_one_project_are_added_up_and_said_so(workspace: Workspace) -> None:
    data = workbook(
        ("项目名称", "资金来源", "年初预算数（万元）", "执行数（万元）"),
        ("设备购置", "一般公共预算", 100.1, 90),
        ("设备购置", "政府性基金", 20.2, 10.5),
        ("合计", "", 120.3, 100.5),
    )
    assert listed(workspace, data) == [
        ("设备购置", "万元", {"initial_budget": "120.3", "executed": "100.5"})
    ]
    read = read_figures(workspace.content, data, "a.xlsx", place="", year=2023)
    assert {one.certainty for one in read.cells} == {"请核对"}
    assert "2 行，已相加" in read.cells[0].note
    assert [one.reason for one in read.unread] == ["合计行，不是项目"] * 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_csv_of_either_code_and_delimiter(
    workspace: Workspace, encoding: str, delimiter: str
) -> None:
    text = "\r\n".join(
        delimiter.join(row)
        for row in (
            ("项目名称", "全年预算数", "全年执行数"),
            ("道路养护", "100.5", "98"),
            ("", "", ""),
        )
    )
    data = text.encode(encoding)
    assert listed(workspace, data, "导出.csv") == [
        ("道路养护", "万元", {"annual_budget": "100.5", "executed": "98"})
    ]
    read = read_figures(workspace.content, data, "导出.csv", place="", year=2023)
    assert "没有写明金额单位，按万元读取" in read.notes[0]
    assert listed(workspace, data, "导出.csv", FundUnit.YUAN)[0][1] == "元"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"\x00\x01", "a.csv", "已损坏"),
        ("甲,乙\n1,2".encode(), "a.csv", "没有找到项目清单"),
    ],
)
def test_what_is_no_list_is_told(
    workspace: Workspace, data: bytes, name: str, expected: str
) -> None:
    with pytest.raises(InputError, match=expected):
        read_figures(workspace.content, data, name, place="", year=2023)


def test_a_workbook_that_is_neither_form_nor_list_is_told_as_no_form(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="没有找到自评表"):
        read_figures(workspace.content, workbook(("甲", "乙")), "a.xlsx", place="", year=2023)


def test_a_finance_list_against_the_draft_names_units_and_missing_projects(
    workspace: Workspace, example_id: int
) -> None:
    data = workbook(
        ("项目名称", "年初预算数(元)", "全年预算数(元)", "全年执行数(元)"),
        ("专项业务(工作)经费", 7600000, 6195200, 6195200),
        ("宣传经费", 50000, 50000, 50000),
    )
    read = read_figures(workspace.content, data, "a.xlsx", place="", year=2023)
    own = save_own_figures(
        workspace.acting_as(REVIEWER), example_id, read.evaluations, origin="a.xlsx"
    )
    found = compared(workspace, example_id, own.figures).reconciliation.differences
    told_units = [one.label for one in found if one.result is Difference.UNIT]
    assert told_units == [
        "年度资金总额 · 年初预算数",
        "年度资金总额 · 全年预算数",
        "年度资金总额 · 全年执行数",
    ]
    [lone] = [one for one in found if one.kind is FigureKind.PROJECT]
    assert (lone.project, lone.missing, lone.note) == ("宣传经费", "left", "草稿没有这个项目")


def test_an_overlong_text_is_refused(workspace: Workspace, example_id: int) -> None:
    form = blank_like(open_report(workspace, example_id).report)
    long = form.projects[0].model_copy(update={"name": "长" * 20_001})
    with pytest.raises(InputError, match="超过 20000 个字"):
        save_own_figures(workspace.acting_as(REVIEWER), example_id, (long,))
