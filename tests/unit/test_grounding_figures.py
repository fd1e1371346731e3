"""Figures of a text are held against the facts: any form of the right one, on the right item."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.grounding_reports import FOREST, content, found, funds, grounder

from ziping.domain.evaluation import Report
from ziping.domain.grounding import ViolationKind as Kind
from ziping.domain.numbers import plain, shifted
from ziping.services.grounding import ground_text

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


@pytest.mark.parametrize(
    "amount",
    ["725万元", "7,250,000元", "7250000元", "0.0725亿元", "７２５万元", "725 万元", "725.00万元"],
)
def test_an_amount_grounds_in_any_unit(amount: str) -> None:
    assert found(f"全年预算{amount}。") == set()


@pytest.mark.parametrize("amount", ["七百二十五万元", "七百二十五万", "柒佰贰拾伍万元"])
def test_an_amount_grounds_in_words(amount: str) -> None:
    assert found(f"全年预算数为{amount}。") == set()


@pytest.mark.parametrize(
    "amount",
    ["726万元", "725元", "725亿元", "7,260,000元", "0.725亿元", "七百二十六万元", "1725万元"],
)
def test_another_amount_does_not(amount: str) -> None:
    assert found(f"全年预算数为{amount}。") == {Kind.AMOUNT}


def _in_words(value: int) -> str:
    """Return a whole number below 10,000 in Chinese numerals."""
    digits = str(value)
    words, is_gap = "", False
    for at, digit in enumerate(digits):
        place = _PLACES[len(digits) - 1 - at]
        if digit == "0":
            is_gap = bool(words)
            continue
        words += ("零" if is_gap else "") + _DIGITS[int(digit)] + place
        is_gap = False
    return words


@settings(deadline=None, max_examples=30)
@given(st.integers(min_value=11, max_value=9_999))
def test_every_form_of_an_amount_grounds_and_the_next_one_does_not(wan: int) -> None:
    rows = funds(("total", "", wan, wan, wan, wan))
    held = grounder(FOREST | {"projects": [FOREST["projects"][0] | {"funds": rows}]})
    value = Decimal(wan)
    forms = (
        f"{wan}万元",
        f"{wan * 10_000}元",
        f"{wan * 10_000:,}元",
        f"{plain(shifted(value, -4))}亿元",
        f"{_in_words(wan)}万元",
    )
    for form in forms:
        assert found(f"全年执行数为{form}。", held) == set(), form
    for form in (f"{wan + 1}万元", f"{wan}元", f"{plain(shifted(value + 1, -4))}亿元"):
        assert found(f"全年执行数为{form}。", held) == {Kind.AMOUNT}, form


@pytest.mark.parametrize(
    "sentence",
    [
        "预算执行率92.2%。",
        "预算执行率为百分之九十二点二。",
        "执行率922‰。",
        "执行率约92%。",
        "造林成活率达到89.6%，高于目标4.6个百分点。",
        "完成人工造林8260亩，为计划的103.25%。",
        "人工造林面积约0.83万亩。",
        "防火隔离带新建54千米。",
    ],
)
def test_rates_and_counts_ground_in_their_forms(sentence: str) -> None:
    assert found(sentence) == set()


WRONG_ITEM = {
    "年初预算725万元，全年预算680万元。": Kind.AMOUNT,
    "全年到位资金668.45万元。": Kind.AMOUNT,
    "全年执行数为710万元。": Kind.AMOUNT,
    "财政拨款支出668.45万元。": Kind.AMOUNT,
    "造林成活率93%，林农满意度89.6%。": Kind.RATE,
    "完成人工造林8000亩，目标为8260亩。": Kind.COUNT,
    "新建防火隔离带60公里，目标54公里。": Kind.COUNT,
    "新建防火隔离带得10分。": Kind.POINTS,
    "总分92.2分。": Kind.POINTS,
    "带动务工人数扣1分。": Kind.POINTS,
}


@pytest.mark.parametrize("sentence", WRONG_ITEM)
def test_the_right_figure_on_the_wrong_item_is_reported(sentence: str) -> None:
    assert WRONG_ITEM[sentence] in found(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("按年初预算数计算，执行率为92.2%。", Kind.RATE),
        ("支出占全年预算的98.3%。", Kind.RATE),
        ("支出占到位资金的92.2%。", Kind.RATE),
    ],
)
def test_a_rate_on_another_base_is_reported(sentence: str, kind: Kind) -> None:
    assert kind in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "支出占全年预算的92.2%，占年初预算的98.3%，占到位资金的94.15%。",
        "按年初预算数计算，执行率为98.3%。",
        "如以年初预算数为分母，执行率为98.3%。",
    ],
)
def test_each_rate_grounds_on_its_own_base(sentence: str) -> None:
    assert found(sentence) == set()


def test_a_reason_tells_what_the_figure_should_be() -> None:
    [one] = ground_text(content(), Report.model_validate(FOREST), "全年预算数726万元。").violations

    assert one.text == "726万元"
    assert "725万元" in one.reason
    assert one.suggestion == "725万元"
    assert one.fact_id == "p1.annual_budget"


def test_a_number_inside_a_longer_one_is_not_the_number() -> None:
    assert found("全年预算1725万元。") == {Kind.AMOUNT}
    assert found("全年预算725.5万元。") == {Kind.AMOUNT}
    assert found("造林82600亩。") == {Kind.COUNT}


@pytest.mark.parametrize(
    "sentence",
    [
        "第一，完善制度；第二，加强管理。",
        "一是进度偏慢。二是资料不全。",
        "建立“三级审核”机制，做到一事一议。",
        "详见附件2-1和表3。",
        "拨打12345热线反映。",
        "依法依规，万无一失。",
    ],
)
def test_list_numbers_annexes_and_idioms_state_no_figure(sentence: str) -> None:
    assert found(sentence) == set()
