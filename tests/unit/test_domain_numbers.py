"""Weights, points and rates as tables print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.domain.numbers import parse_chinese, plain, read_number, round_half_up
from ziping.domain.rates import rate_text, read_rate
from ziping.domain.text import clean, is_blank

NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)
SHAPES = st.text(alphabet="0123456789.,%-+eE １％万元分 /—", max_size=12)


@pytest.mark.parametrize(
    ("raw", "value", "places"),
    [
        ("12.5", "12.5", 1),
        ("7", "7", 0),
        ("50分", "50", 0),
        ("98.62", "98.62", 2),
        ("10.00", "10", 2),
        ("１０", "10", 0),
        (" 8 ", "8", 0),
        ("-2", "-2", 0),
    ],
)
def test_points_are_read_as_printed(raw: str, value: str, places: int) -> None:
    number = read_number(raw)
    assert number.value == Decimal(value)
    assert number.places == places
    assert not number.problem


@pytest.mark.parametrize("raw", ["", "/", "—", "-", "－", "无", "\u3000"])
def test_a_mark_in_a_points_cell_is_blank(raw: str) -> None:
    assert read_number(raw).is_blank


@pytest.mark.parametrize("raw", ["优", "1,2,3", "1e9", "NaN", "Infinity", "10 10", "10/10", "٣"])
def test_what_is_no_number_is_named(raw: str) -> None:
    number = read_number(raw)
    assert number.value is None
    assert not number.is_blank
    assert raw in number.problem


def test_a_weight_with_percent_sign_is_read_and_confirmed() -> None:
    number = read_number("10%")
    assert number.value == 10
    assert "确认" in number.note


@pytest.mark.parametrize(
    ("raw", "fraction", "places"),
    [
        ("81.52%", "0.8152", 2),
        ("100.00%", "1", 2),
        ("100 %", "1", 0),
        ("100", "1", 0),
        ("100.00", "1", 2),
        ("102.59%", "1.0259", 2),
        ("0.00%", "0", 2),
        ("0", "0", 0),
        ("0.5%", "0.005", 1),
        ("86.19％", "0.8619", 2),
        ("百分之95", "0.95", 0),
    ],
)
def test_rates_are_fractions_with_the_places_of_the_percentage(
    raw: str, fraction: str, places: int
) -> None:
    rate = read_rate(raw)
    assert rate.value == Decimal(fraction)
    assert rate.places == places
    assert not rate.note
    assert not rate.problem


def test_a_bare_fraction_is_read_but_wants_confirmation() -> None:
    rate = read_rate("0.958")
    assert rate.value == Decimal("0.958")
    assert rate.places == 1
    assert "确认" in rate.note


def test_a_bare_number_that_may_be_percent_or_fraction_is_asked_about() -> None:
    rate = read_rate("1.02")
    assert rate.value is None
    assert "1.02%" in rate.problem
    assert "102%" in rate.problem


@given(st.decimals(0, 3, allow_nan=False, allow_infinity=False, places=4))
def test_a_rate_written_and_read_again_is_the_same(fraction: Decimal) -> None:
    assert read_rate(rate_text(fraction)).value == fraction


def test_rates_in_prose() -> None:
    assert rate_text(Decimal("0.96849173553719")) == "96.85%"
    assert rate_text(Decimal(1)) == "100%"
    assert rate_text(Decimal("0.8152")) == "81.52%"
    assert rate_text(Decimal("0.5"), places=1) == "50%"
    assert rate_text(Decimal("0.999999")) == "100.00%"


@given(NUMBERS)
def test_a_number_written_plainly_is_read_back(value: Decimal) -> None:
    assert read_number(plain(value)).value == value


@given(NUMBERS, st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_last_digit_at_most(value: Decimal, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-places)
    assert plain(value, places) in (f"{rounded:f}", f"{rounded:f}".removeprefix("-"))


def test_halves_round_away_from_zero() -> None:
    assert plain(Decimal("9.685"), 2) == "9.69"
    assert plain(Decimal("9.6845"), 2) == "9.68"
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("12.50")) == "12.5"
    assert plain(Decimal(8), 2) == "8.00"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一亿两千万", 120_000_000),
        ("七百六十万", 7600000),
        ("三亿", 300000000),
        ("零", 0),
        ("一二", None),
        ("", None),
        ("甲", None),
    ],
)
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert parse_chinese(text) == number


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("300 公 里", "300公里"),
        ("3577. 95", "3577.95"),
        ("≥\u00a095 ％", "≥95%"),
        ("\ufeff１２３\u200b", "123"),
        ("效益\n指标", "效益指标"),
        ("……", "……"),
        ("10²", "10²"),
        ("50㎡", "50㎡"),
        ("a b", "a b"),
    ],
)
def test_value_text_is_brought_to_one_form(raw: str, text: str) -> None:
    assert clean(raw) == text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert is_blank(raw) == (once == "")


@given(st.one_of(st.text(), SHAPES))
def test_any_text_is_a_number_or_explained(raw: str) -> None:
    for number in (read_number(raw), read_rate(raw)):
        assert (number.value is not None) + number.is_blank + bool(number.problem) == 1
        assert number.value is None or number.value.is_finite()
