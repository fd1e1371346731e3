"""Printed figures against exact ones: rounding is told from error."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.checks.precision import Agreement, compared, points_compared
from ziping.domain.numbers import round_half_up

exact_figures = st.decimals(0, 1000, places=6, allow_nan=False, allow_infinity=False)
places = st.integers(0, 4)


@pytest.mark.parametrize(
    ("printed", "places_printed", "exact", "agreement"),
    [
        ("86.19", 2, "86.18304", Agreement.RAISED),
        ("57.89", 2, "57.8985", Agreement.TRUNCATED),
        ("50", 0, "49.8839", Agreement.EQUAL),
        ("95.00", 2, "95.36", Agreement.DIFFERENT),
        ("9.67", 2, "9.68", Agreement.NEAR),
        ("9", 0, "10", Agreement.DIFFERENT),
        ("100", 0, "80.45", Agreement.DIFFERENT),
    ],
)
def test_published_figures_are_told_apart(
    printed: str, places_printed: int, exact: str, agreement: Agreement
) -> None:
    assert compared(Decimal(printed), places_printed, Decimal(exact)) is agreement


def test_five_points_for_four_point_nine_nine_is_a_rounding() -> None:
    assert points_compared(Decimal(5), 0, Decimal("4.99")) is Agreement.ROUNDED


@given(exact_figures, places)
def test_rounding_a_figure_is_never_an_error(exact: Decimal, digits: int) -> None:
    assert compared(round_half_up(exact, digits), digits, exact) is Agreement.EQUAL
    cut = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_DOWN)
    assert compared(cut, digits, exact) in (Agreement.EQUAL, Agreement.TRUNCATED)


@given(exact_figures, exact_figures, places)
def test_more_than_a_unit_of_the_last_digit_is_always_an_error(
    printed: Decimal, exact: Decimal, digits: int
) -> None:
    shown = round_half_up(printed, digits)
    if abs(shown - exact) > Decimal(1).scaleb(-digits):
        assert compared(shown, digits, exact) is Agreement.DIFFERENT
