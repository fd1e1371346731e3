"""Targets and actual values as published tables write them."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ziping.domain.cells import read_actual, read_target
from ziping.domain.numbers import plain
from ziping.domain.quantities import Cell, CellKind, Operator
from ziping.domain.rules import Lexicon

_FILE = Path(__file__).resolve().parents[2] / "knowledge" / "lexicon.yaml"
LEXICON = Lexicon.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
GE, GT, EQ, LE, LT = (Operator(one) for one in "≥>=≤<")
SHAPES = st.text(
    alphabet="0123456789.,%‰-~+至到≥≤=＝＞万亿余多约前底年月日每第（）()/、元个人次率低超过以上 \n",
    max_size=16,
)
COUNTS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=3)


def target(raw: str) -> Cell:
    return read_target(raw, fiscal_year=2023, lexicon=LEXICON)


def actual(raw: str) -> Cell:
    return read_actual(raw, fiscal_year=2023, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("raw", "operator", "value", "unit"),
    [
        ("≥50个", GE, "50", "个"),
        ("≤90万元", LE, "90", "万元"),
        ("=8个", EQ, "8", "个"),
        (">=5000", GE, "5000", ""),
        ("<=62.73", LE, "62.73", ""),
        ("≧735人次", GE, "735", "人次"),
        ("═100%", EQ, "1", "%"),
        ("≦0%", LE, "0", "%"),
        ("＞＝90％", GE, "0.9", "%"),
        ("﹥5", GT, "5", ""),
        ("〉5", GT, "5", ""),
        ("≥ 98.5 ％", GE, "0.985", "%"),
        ("≥100百分比", GE, "1", "%"),
        ("≥-5%", GE, "-0.05", "%"),
        ("90%以上", GE, "0.9", "%"),
        ("90%（含）以上", GE, "0.9", "%"),
        ("超2400人", GT, "2400", "人"),
        ("高于80%", GT, "0.8", "%"),
        ("不低于85%", GE, "0.85", "%"),
        ("不少于12场次", GE, "12", "场次"),
        ("至少3次", GE, "3", "次"),
        ("不超过5起", LE, "5", "起"),
        ("不高于300元/人", LE, "300", "元/人"),
        ("最多2次", LE, "2", "次"),
        ("低于5%", LT, "0.05", "%"),
        ("小于0.9‰", LT, "0.0009", "‰"),
        ("5%以下", LE, "0.05", "%"),
        ("控制在90万元以内", LE, "90", "万元"),
        ("15个工作日内", LE, "15", "个工作日"),
        ("5个工作日内办结", LE, "5", "个工作日"),
        ("30天内完成", LE, "30", "天"),
        ("24小时以内响应", LE, "24", "小时"),
        ("3个月之内办结", LE, "3", "个月"),
        ("≤5个工作日内办结", LE, "5", "个工作日"),
        ("达90%以上", GE, "0.9", "%"),
        ("服务对象满意度≥90%", GE, "0.9", "%"),
        ("年培训人次≥2000", GE, "2000", ""),
        ("20个以上项目", GE, "20", "个"),
        ("≥8（个）", GE, "8", "个"),
        ("每年≥2次", GE, "2", "次"),
        ("降至5%以下", LE, "0.05", "%"),
        ("九成以上", GE, "0.9", "%"),
        ("≤60分贝", LE, "60", "分贝"),
    ],
)
def test_operators_and_their_look_alikes_and_words(
    raw: str, operator: Operator, value: str, unit: str
) -> None:
    cell = target(raw)
    assert cell.kind is CellKind.NUMBER
    assert (cell.operator, cell.value, cell.unit) == (operator, Decimal(value), unit)
    assert not cell.problem


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("1200", "1200", ""),
        ("53户", "53", "户"),
        ("400元/人、天", "400", "元/人、天"),
        ("260元/辆", "260", "元/辆"),
        ("每亩300", "300", "/亩"),
        ("每人每天400元", "400", "元/人/天"),
        ("每月2次", "2", "次/月"),
        ("81.52%", "0.8152", "%"),
        ("100%覆盖", "1", "%"),
        ("1818人次", "1818", "人次"),
        ("25TB", "25", "TB"),
        ("28万亩", "280000", "亩"),
        ("25万人次", "250000", "人次"),
        ("3千克", "3", "千克"),
        ("300 公 里", "300", "公里"),
        ("3577. 95", "3577.95", ""),
        ("三期", "3", "期"),
        ("两次", "2", "次"),
        ("十五个", "15", "个"),
        ("0起", "0", "起"),
        ("１２３", "123", ""),
        ("8年", "8", "年"),
        ("5万", "5", "万元"),
        ("62.73万", "62.73", "万元"),
        ("1329120.67元", "1329120.67", "元"),
        ("2.6亿元", "26000", "万元"),
        ("1,200.50万元", "1200.50", "万元"),
        ("50个项目", "50", "个"),
        ("550户（1个小区）", "550", "户"),
        ("5个百分点", "5", "个百分点"),
        ("12次/年", "12", "次"),
        ("百分之九十", "0.9", "%"),
        ("同比增长5%", "0.05", "%"),
    ],
)
def test_bare_figures_carry_no_operator(raw: str, value: str, unit: str) -> None:
    for cell in (target(raw), actual(raw)):
        assert cell.kind is CellKind.NUMBER
        assert cell.operator is None
        assert (cell.value, cell.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("raw", "low", "high", "unit"),
    [
        ("3-5个", "3", "5", "个"),
        ("60%～80%", "0.6", "0.8", "%"),
        ("60-80%", "0.6", "0.8", "%"),
        ("10至20", "10", "20", ""),
        ("3—5万元", "3", "5", "万元"),
        ("1万-2万人次", "10000", "20000", "人次"),
    ],
)
def test_ranges_have_two_bounds_in_one_unit(raw: str, low: str, high: str, unit: str) -> None:
    cell = target(raw)
    assert cell.kind is CellKind.RANGE
    assert (cell.value, cell.upper, cell.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("raw", ["85%左右", "约100人", "大约50", "100个上下"])
def test_an_approximate_target_has_no_pass_line(raw: str) -> None:
    cell = target(raw)
    assert cell.kind is CellKind.APPROXIMATE
    assert "及格线" in cell.problem


@pytest.mark.parametrize(
    ("raw", "value"),
    [("200余人", "200"), ("500多人次", "500"), ("30余家", "30"), ("1万余人", "10000")],
)
def test_more_than_so_many_is_a_lower_bound(raw: str, value: str) -> None:
    cell = actual(raw)
    assert cell.kind is CellKind.LOWER_BOUND
    assert cell.value == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    ["404名 / 2126.81万元", "三期，149人", "好评率90%,指标完成率99.14%", "≥95%\n≥90%", "1/2"],
)
def test_two_values_are_asked_about_and_named(raw: str) -> None:
    cell = actual(raw)
    assert cell.kind is CellKind.AMBIGUOUS
    assert cell.value is None
    assert "多个数值" in cell.problem


@pytest.mark.parametrize("raw", ["每年3月、9月份", "每月中旬", "3月、9月", "2023.12", "5-3个"])
def test_times_that_are_no_deadline_are_asked_about(raw: str) -> None:
    cell = target(raw)
    assert cell.kind is CellKind.AMBIGUOUS
    assert cell.problem


def test_words_that_contradict_each_other_are_asked_about() -> None:
    assert target("不低于90%以下").kind is CellKind.AMBIGUOUS


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("", CellKind.BLANK),
        (" \u3000\n", CellKind.BLANK),
        ("无", CellKind.NOT_APPLICABLE),
        ("/", CellKind.NOT_APPLICABLE),
        ("—", CellKind.NOT_APPLICABLE),
        ("-", CellKind.NOT_APPLICABLE),
        ("暂无", CellKind.NOT_APPLICABLE),
        ("……", CellKind.LEFTOVER),
        ("指标2：", CellKind.LEFTOVER),
        ("□", CellKind.LEFTOVER),
        ("≥××个", CellKind.LEFTOVER),
        ("好坏", CellKind.LEFTOVER),
        ("定性 好坏", CellKind.LEFTOVER),
        ("优良中低差", CellKind.LEFTOVER),
        ("≥", CellKind.LEFTOVER),
        ("万元", CellKind.LEFTOVER),
        ("已完成", CellKind.STATUS),
        ("建设中", CellKind.STATUS),
        ("在规定时间内完成", CellKind.STATUS),
        ("效果明显", CellKind.QUALITATIVE),
        ("效果明显。", CellKind.QUALITATIVE),
        ("及时", CellKind.QUALITATIVE),
        ("是", CellKind.QUALITATIVE),
        ("个人", CellKind.QUALITATIVE),
        ("一般", CellKind.QUALITATIVE),
        ("严格执行相关制度规定", CellKind.QUALITATIVE),
        ("全天候可用", CellKind.QUALITATIVE),
        ("☑是 □否", CellKind.QUALITATIVE),
        ("同比2022年销量显著提高", CellKind.QUALITATIVE),
        ("2022年水平以上", CellKind.QUALITATIVE),
        ("一级", CellKind.QUALITATIVE),
        ("3A级", CellKind.QUALITATIVE),
        ("待定", CellKind.LEFTOVER),
    ],
)
def test_words_are_told_apart(raw: str, kind: CellKind) -> None:
    for cell in (target(raw), actual(raw)):
        assert cell.kind is kind
        assert cell.value is None


@pytest.mark.parametrize(
    "raw",
    ["202010100.00%10", "1,2,3", "12..5", "1e999", "NaN", "Infinity", "#DIV/0!", "2月30日"],
)
def test_damaged_figures_are_unreadable_and_say_so(raw: str) -> None:
    cell = actual(raw)
    assert cell.kind is CellKind.UNREADABLE
    assert cell.problem


def test_figures_lost_in_words_are_mentioned() -> None:
    assert "数字" in target("同比2022年销量显著提高").note


def test_a_scanned_290_percent_is_flagged_and_never_corrected() -> None:
    cell = target("290%")
    assert cell.value == Decimal("2.9")
    assert cell.operator is None
    assert "≥90%" in cell.problem
    assert not target("≥290%").problem
    assert not actual("290%").problem


def test_an_operator_in_an_actual_cell_is_kept() -> None:
    cell = actual("≥266米")
    assert cell.operator is GE
    assert cell.value == Decimal(266)


def test_reached_is_a_bound_in_a_target_and_a_figure_in_an_actual() -> None:
    assert target("达到95%").operator is GE
    assert actual("达到95%").operator is None
    assert actual("达到95%").value == Decimal("0.95")


def test_a_plan_is_no_result() -> None:
    assert actual("预计2023年12月完工").kind is CellKind.AMBIGUOUS
    assert actual("计划100人").problem
    assert not target("计划100人").problem


def test_long_texts_are_words_and_huge_ones_are_refused_at_once() -> None:
    assert target("完成" * 300).kind is CellKind.QUALITATIVE
    assert target("9" * 10_000_000).kind is CellKind.UNREADABLE
    assert target(" " * 10_000).kind is CellKind.BLANK


@given(
    COUNTS, st.sampled_from(list(Operator)), st.sampled_from(["", "个", "人次", "公里", "元/人"])
)
def test_a_figure_written_is_read_back(value: Decimal, operator: Operator, unit: str) -> None:
    cell = target(f"{operator.value}{plain(value)}{unit}")
    assert cell.kind is CellKind.NUMBER
    assert (cell.operator, cell.value, cell.unit) == (operator, value, unit)


@given(COUNTS)
def test_ten_thousands_and_percents_change_the_value_exactly(value: Decimal) -> None:
    assert actual(f"{plain(value)}万人次").value == value * 10_000
    assert actual(f"≥{plain(value)}%").value == value / 100


@given(st.one_of(st.text(), SHAPES))
def test_any_text_has_a_value_a_deadline_or_a_kind_that_explains(raw: str) -> None:
    for cell in (target(raw), actual(raw)):
        assert cell.raw == raw
        match cell.kind:
            case CellKind.NUMBER | CellKind.LOWER_BOUND | CellKind.APPROXIMATE:
                assert cell.value is not None
                assert cell.value.is_finite()
            case CellKind.RANGE:
                assert cell.value is not None
                assert cell.upper is not None
                assert cell.value < cell.upper
            case CellKind.DATE:
                assert cell.deadline is not None
                assert cell.deadline.first <= cell.deadline.last
            case CellKind.AMBIGUOUS | CellKind.UNREADABLE | CellKind.LEFTOVER:
                assert cell.problem
            case _:
                assert cell.value is None


@pytest.mark.parametrize("raw", ["15日前", "15日前完成", "30天前办结", "5个工作日前", "15日之前"])
def test_before_a_number_of_days_is_asked_about(raw: str) -> None:
    for cell in (target(raw), actual(raw)):
        assert cell.kind is CellKind.AMBIGUOUS
        assert "月" in cell.problem
        assert "日内" in cell.problem
