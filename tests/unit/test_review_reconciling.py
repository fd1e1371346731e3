"""Two sets of figures held against each other: each difference once, and rightly named."""

from pathlib import Path

import pytest

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.evaluation import FundRow, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.fields import with_fields
from ziping.domain.reconciliation import Difference, FigureKind, ReconciledField, TextStatement
from ziping.review.reconciling import reconcile

ROOT = Path(__file__).resolve().parents[2]
TITLES = ("草稿", "我的数据")


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(ROOT)


@pytest.fixture(scope="module")
def example(content: Content) -> Report:
    return load_report(ROOT / "knowledge" / "examples" / "huaihua-2023.yaml")


def project(**fields: object) -> Report:
    """Return a report of one project."""
    one = SelfEvaluation.model_validate({"name": "设备购置", **fields})
    return Report(fiscal_year=2023, projects=(one,))


def funds(unit: str = "万元", **amounts: str) -> Report:
    """Return a report of one project with its total row; `rate` and `points` are printed."""
    printed = {key: amounts.pop(key) for key in ("rate", "points", "weight") if key in amounts}
    row = FundRow.model_validate({"source": "total", **amounts, "printed": printed})
    return project(funds=(row,), fund_unit=unit)


def only(content: Content, left: Report, right: Report) -> ReconciledField:
    """Return the one difference of two reports."""
    [one] = reconcile(left, right, content.lexicon(), titles=TITLES).differences
    return one


def one_value(content: Content, left: str, right: str, field: str = "actual") -> ReconciledField:
    """Return how two values of one indicator stand to each other."""
    one, other = (
        project(indicators=(Indicator.model_validate({"id": "i1", "level3": "培训", field: raw}),))
        for raw in (left, right)
    )
    [found] = reconcile(one, other, content.lexicon(), titles=TITLES).fields
    return found


# ---- classes of amounts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "result", "told"),
    [
        ("619.52", "619.52", Difference.EQUAL, ""),
        ("619.52", " 619.520 ", Difference.EQUAL, ""),
        ("1,619.52", "1619.52万元", Difference.EQUAL, ""),
        ("619.52", "619.5", Difference.ROUNDING, "619.52四舍五入后为619.5"),
        ("619.52", "620", Difference.ROUNDING, "四舍五入后为620"),
        ("619.45", "619.5", Difference.ROUNDING, "619.45四舍五入后为619.5"),
        ("619.52", "0.06亿元", Difference.ROUNDING, "四舍五入后为0.06亿元"),
        ("619.52", "619", Difference.DIFFERENT, ""),
        ("619.45", "619.4", Difference.DIFFERENT, ""),
        ("619.52", "6195200元", Difference.UNIT, "一方以万元、一方以元填写，换算后相等"),
        ("619.52", "0.061952亿元", Difference.UNIT, "换算后相等"),
        ("619.52", "6195200", Difference.UNIT, "疑似单位写错"),
        ("760", "0.076", Difference.UNIT, "疑似单位写错"),
        ("619.52", "6195168", Difference.DIFFERENT, "换算并四舍五入后相等，疑似单位写错"),
        ("619.52", "619.25", Difference.DIFFERENT, "疑似录入错误"),
        ("619.52", "719.52", Difference.DIFFERENT, "疑似录入错误"),
        ("619.52", "6195.2", Difference.DIFFERENT, ""),
        ("619.52", "六百万元左右", Difference.DIFFERENT, ""),
        ("约六百万", "约六百万", Difference.EQUAL, ""),
    ],
)
def test_an_amount_is_equal_rounded_in_another_unit_or_different(
    content: Content, left: str, right: str, result: Difference, told: str
) -> None:
    for one, other in ((left, right), (right, left)):
        found = reconcile(
            funds(executed=one), funds(executed=other), content.lexicon(), titles=TITLES
        )
        [field] = found.fields
        assert field.result is result
        assert field.kind is FigureKind.AMOUNT
        assert told in field.note or one == right


def test_a_column_in_another_unit_is_converted(content: Content) -> None:
    one = only(content, funds(executed="619.52"), funds("元", executed="6195200"))
    assert one.result is Difference.UNIT
    one = only(content, funds(executed="619.52"), funds("亿元", executed="0.062"))
    assert one.result is Difference.ROUNDING


def test_tolerance_and_gap_are_told(content: Content) -> None:
    one = only(content, funds(executed="619.52"), funds(executed="619.5"))
    assert one.tolerance == "±0.05万元"
    one = only(content, funds(executed="760"), funds(executed="741.5"))
    assert (one.gap, one.tolerance) == ("-18.5万元（-2.43%）", "±0.5万元")
    one = only(content, funds(rate="96.85%"), funds(rate="81.52%"))
    assert (one.gap, one.tolerance) == ("-15.33个百分点", "±0.005%")


# ---- another basis -----------------------------------------------------------------------------

DRAFT = {"initial_budget": "760", "annual_budget": "619.52", "received": "619.52"}


def test_a_rate_on_the_other_budget_is_another_basis(content: Content) -> None:
    left = funds(**DRAFT, executed="619.52", rate="100%")
    right = funds(**DRAFT, executed="619.52", rate="81.52%")
    one = only(content, left, right)
    assert one.result is Difference.BASIS
    assert "草稿按“全年执行数÷全年预算数" in one.note
    assert "我的数据按“全年执行数÷年初预算数" in one.note


def test_a_rate_that_no_basis_gives_is_different(content: Content) -> None:
    left = funds(**DRAFT, executed="619.52", rate="100%")
    assert only(content, left, funds(**DRAFT, executed="619.52", rate="81.25%")).result is (
        Difference.DIFFERENT
    )


def test_a_rate_that_differs_since_the_amounts_do_is_different(content: Content) -> None:
    left = funds(**DRAFT, executed="619.52", rate="100%")
    right = funds(**DRAFT, executed="600", rate="96.85%")
    found = reconcile(left, right, content.lexicon(), titles=TITLES)
    rate = next(one for one in found.fields if one.kind is FigureKind.RATE)
    assert rate.result is Difference.DIFFERENT


def test_points_on_the_other_budget_are_another_basis(content: Content) -> None:
    left = funds(**DRAFT, executed="619.52", weight="10", points="10")
    right = funds(**DRAFT, executed="619.52", weight="10", points="8.15")
    assert only(content, left, right).result is Difference.BASIS


def test_receipts_in_place_of_spending_are_another_basis(content: Content) -> None:
    left = funds(**DRAFT, executed="600")
    right = funds(**DRAFT, executed="619.52")
    for one in (only(content, left, right), only(content, right, left)):
        assert one.result is Difference.BASIS
        assert "实际到位数" in one.note


def test_a_slip_of_the_pen_is_no_other_basis_though_all_was_spent(content: Content) -> None:
    left = funds(**DRAFT, executed="619.52")
    assert only(content, left, funds(**DRAFT, executed="619.25")).result is Difference.DIFFERENT


# ---- targets, actual values, points, grades ----------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("1239", "1,239", Difference.EQUAL),
        ("1239宗", "1239", Difference.EQUAL),
        ("25万人次", "250000人次", Difference.UNIT),
        ("95%", "0.95%", Difference.DIFFERENT),
        ("95%", "95", Difference.UNIT),
        ("9.5‰", "0.95%", Difference.UNIT),
        ("95.4%", "95%", Difference.ROUNDING),
        ("95.5%", "95%", Difference.DIFFERENT),
        ("1239", "1293", Difference.DIFFERENT),
        ("12个月", "12天", Difference.DIFFERENT),
        ("2023年12月", "2023年12月", Difference.EQUAL),
        ("2023年12月31日", "2023年11月30日", Difference.DIFFERENT),
        ("效果明显", "效果明显。", Difference.EQUAL),
        ("效果明显", "效果较好", Difference.DIFFERENT),
        ("3-5个", "3～5个", Difference.EQUAL),
        ("3-5个", "3-6个", Difference.DIFFERENT),
        ("1200余", "1200", Difference.DIFFERENT),
        ("90", "无", Difference.MISSING),
    ],
)
def test_values_of_indicators(content: Content, left: str, right: str, result: Difference) -> None:
    assert one_value(content, left, right).result is result
    assert one_value(content, right, left).result is result


def test_targets_differ_by_their_comparison(content: Content) -> None:
    assert one_value(content, "≥90%", "90%以上", "target").result is Difference.EQUAL
    assert one_value(content, "≥90%", "≤90%", "target").result is Difference.DIFFERENT
    assert one_value(content, "≥90%", "90%", "target").result is Difference.EQUAL


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [("优", "优秀", Difference.EQUAL), ("优", "良", Difference.DIFFERENT)],
)
def test_grades(content: Content, left: str, right: str, result: Difference) -> None:
    one, other = (project(printed={"total": "98", "grade": raw}) for raw in (left, right))
    fields = reconcile(one, other, content.lexicon()).fields
    assert [(field.label, field.result) for field in fields] == [
        ("总分", Difference.EQUAL),
        ("等级", result),
    ]


# ---- rows and projects that one side lacks -----------------------------------------------------


def lines(*names: str) -> Report:
    """Return a report whose project has these indicators, ids counted as importers do."""
    return project(
        indicators=tuple(
            Indicator(id=f"i{n}", level1="产出指标", level3=name, target="≥1个", actual=f"{n}个")
            for n, name in enumerate(names, 1)
        )
    )


def test_a_missing_row_is_one_difference_and_shifts_no_other(content: Content) -> None:
    left = lines("培训场次", "覆盖人数", "验收合格率", "投诉办结率")
    right = Report(
        fiscal_year=2023,
        projects=(
            left.projects[0].model_copy(
                update={
                    "indicators": tuple(
                        one.model_copy(update={"id": f"i{n}"})
                        for n, one in enumerate(
                            (*left.projects[0].indicators[:1], *left.projects[0].indicators[2:]), 1
                        )
                    )
                }
            ),
        ),
    )
    one = only(content, left, right)
    assert (one.result, one.kind, one.missing) == (Difference.MISSING, FigureKind.ROW, "right")
    assert one.label == "覆盖人数"
    assert one.left == "年度指标值 ≥1个，实际完成值 2个"
    assert one.note == "我的数据没有这一行"
    assert one.covers == ("p1/indicators/i2/target", "p1/indicators/i2/actual")


def test_rows_in_another_order_or_under_a_longer_name_are_still_found(content: Content) -> None:
    left = lines("完成培训场次", "覆盖人数")
    right = lines("覆盖人数", "完成培训场次数")
    found = reconcile(left, right, content.lexicon())
    assert [
        one.right_path for one in found.fields if one.label.startswith("完成培训场次 · 年")
    ] == ["p1/indicators/i2/target"]
    assert all(one.kind is not FigureKind.ROW for one in found.fields)


def test_rows_of_one_id_that_mean_different_things_are_not_taken_for_one(content: Content) -> None:
    found = reconcile(lines("培训场次"), lines("投诉办结率"), content.lexicon())
    assert [(one.label, one.missing) for one in found.fields] == [
        ("培训场次", "right"),
        ("投诉办结率", "left"),
    ]


def test_projects_are_found_by_name_and_a_missing_one_is_one_difference(content: Content) -> None:
    def several(*names: str) -> Report:
        projects = tuple(
            SelfEvaluation(
                id=f"p{n}",
                name=name,
                funds=(FundRow(source=FundSource.TOTAL, executed=str(len(name.replace(" ", "")))),),
            )
            for n, name in enumerate(names, 1)
        )
        return Report(fiscal_year=2023, projects=projects)

    left = several("设备购置", "道路养护工程", "宣传经费")
    right = several("宣传 经费", "设备购置")
    one = only(content, left, right)
    assert (one.project, one.kind, one.missing) == ("道路养护工程", FigureKind.PROJECT, "right")


def test_a_blank_cell_is_missing_on_that_side(content: Content) -> None:
    one = only(content, funds(executed="600", received="1"), funds(executed="—", received="1"))
    assert (one.result, one.missing, one.note) == (Difference.MISSING, "right", "我的数据没有填写")


# ---- the text ----------------------------------------------------------------------------------


def test_a_sentence_that_contradicts_equal_tables_is_named(
    content: Content, example: Report
) -> None:
    path = "p1/funds/total/executed"
    said = [
        TextStatement(
            path=path,
            section_id="basic.fund_use",
            heading="（3）资金使用情况",
            sentence=f"全年执行数{figure}万元。",
            said=f"{figure}万元",
            holds=holds,
        )
        for figure, holds in (("619.52", True), ("691.52", False))
    ]
    found = reconcile(example, example, content.lexicon(), statements=said)
    [one] = found.differences
    assert (one.result, one.left_path) == (Difference.TEXT, path)
    assert [one.said for one in one.statements] == ["619.52万元", "691.52万元"]
    # A difference of the tables goes first; the sentences stand beside it.
    other = with_fields(example, {path: "600"})
    one = only(content, example, other)
    assert one.statements == ()
    again = reconcile(example, other, content.lexicon(), statements=said)
    executed = next(one for one in again.fields if one.left_path == path)
    assert executed.result is not Difference.TEXT
    assert len(executed.statements) == 2


def test_equal_sets_are_silent(content: Content, example: Report) -> None:
    found = reconcile(example, example, content.lexicon())
    assert found.differences == ()
    assert found.counts[Difference.EQUAL] == len(found.fields) > 30
