"""Amounts as tables write them come out in 万元, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.domain.amounts import amount_in, amount_text, convert, read_amount
from ziping.domain.evaluation import FundUnit

YUAN, WAN, YI = FundUnit.YUAN, FundUnit.TEN_THOUSAND_YUAN, FundUnit.HUNDRED_MILLION_YUAN
AMOUNTS = st.decimals(-(10**11), 10**11, allow_nan=False, allow_infinity=False, places=6)
UNITS = st.sampled_from(FundUnit)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("760", WAN, "760"),
        ("620.82万元", WAN, "620.82"),
        ("5.8万", WAN, "5.8"),
        ("215,457.6", YUAN, "21.54576"),
        ("36,950.00", YUAN, "3.695"),
        ("9,034", YUAN, "0.9034"),
        ("387664.62", YUAN, "38.766462"),
        ("50万元", YUAN, "50"),
        ("1329120.67元", WAN, "132.912067"),
        ("2.6亿元", WAN, "26000"),
        ("2.6", YI, "26000"),
        ("52.800000", WAN, "52.8"),
        ("3577. 95", WAN, "3577.95"),
        ("\u30006１２.５\u3000", WAN, "612.5"),
        ("¥1,000.00", YUAN, "0.1"),
        ("人民币50万元整", WAN, "50"),
        ("七百六十万元", WAN, "760"),
        ("-140.48", WAN, "-140.48"),
        ("0.00", WAN, "0"),
        (" 760\n", WAN, "760"),
    ],
)
def test_published_forms_are_read_as_a_careful_person_would(
    raw: str, unit: FundUnit, value: str
) -> None:
    amount = read_amount(raw, unit)
    assert amount.value == Decimal(value)
    assert not amount.problem
    assert not amount.is_blank
    assert amount.raw == raw


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "/", "—", "-", "——", "无", "其他万元", "万元"])
def test_nothing_entered_is_no_amount_and_no_mistake(raw: str) -> None:
    amount = read_amount(raw, WAN)
    assert amount.is_blank
    assert amount.value is None
    assert not amount.problem


@pytest.mark.parametrize(
    "raw",
    [
        "待定",
        "1,2,3",
        "1e999",
        "NaN",
        "Infinity",
        "约50万元",
        "≤50",
        "12..5",
        "1 234",
        "9" * 40,
        "202010100.00%10",
        "50万元/年",
        "10²",
        "七万万八",
    ],
)
def test_what_is_no_amount_is_named_and_never_guessed(raw: str) -> None:
    amount = read_amount(raw, WAN)
    assert amount.value is None
    assert not amount.is_blank
    assert "金额" in amount.problem


def test_a_unit_that_differs_from_the_heading_is_told() -> None:
    assert "万元" in read_amount("50万元", YUAN).note
    assert not read_amount("50万元", WAN).note


def test_places_are_those_printed_in_the_unit_of_the_column() -> None:
    assert read_amount("619.52", WAN).places == 2
    assert read_amount("215,457.6", YUAN).places == 1
    assert read_amount("1329120.67元", WAN).places == 6
    assert read_amount("21.54576万元", YUAN).places == 1
    assert read_amount("2.6亿元", WAN).places == 0


def test_a_cell_of_ten_million_characters_is_refused_at_once() -> None:
    assert "过长" in read_amount("9" * 10_000_000, WAN).problem


@given(AMOUNTS, UNITS, UNITS)
def test_amounts_survive_a_change_of_unit(
    value: Decimal, source: FundUnit, target: FundUnit
) -> None:
    assert convert(convert(value, source, target), target, source) == value


@given(AMOUNTS, UNITS)
def test_an_amount_written_in_its_unit_is_read_back(value: Decimal, unit: FundUnit) -> None:
    written = f"{amount_in(value, unit):f}"
    assert read_amount(written, unit).value == value
    assert read_amount(f"{written}{unit.value}", WAN).value == value


@given(st.decimals(0, 10**11, allow_nan=False, allow_infinity=False, places=2))
def test_thousands_separators_change_nothing(value: Decimal) -> None:
    assert read_amount(f"{value:,}", WAN).value == value


@given(st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False, places=8))
def test_prose_states_amounts_in_plain_digits_that_read_back(value: Decimal) -> None:
    text = amount_text(value)
    assert text.endswith("万元")
    assert "E" not in text
    assert "." not in text or not text.removesuffix("万元").endswith("0")
    assert read_amount(text, YUAN).value == value


def test_prose_form_of_amounts() -> None:
    assert amount_text(Decimal("619.520000")) == "619.52万元"
    assert amount_text(Decimal("7.6E+2")) == "760万元"
    assert amount_text(Decimal("-0.0")) == "0万元"
    assert amount_in(Decimal("619.52"), YUAN) == Decimal(6195200)
    assert str(amount_in(Decimal("619.52"), YUAN)) == "6195200"


@given(st.text(), UNITS)
def test_any_text_is_read_or_explained(raw: str, unit: FundUnit) -> None:
    amount = read_amount(raw, unit)
    assert (amount.value is not None) + amount.is_blank + bool(amount.problem) == 1
    assert amount.value is None or amount.value.is_finite()
