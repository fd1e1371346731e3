"""The ledger holds each figure once, exactly, with where it comes from."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.test_drafting_report import context_of, example, several

from ziping.drafting.figures import to_amount, to_percent, to_points


@pytest.mark.parametrize(
    ("fact_id", "display"),
    [
        ("unit", "怀化市公共资源交易中心"),
        ("year", "2023年"),
        ("project_count", "1个"),
        ("p1.name", "专项业务（工作）经费"),
        ("p1.initial_budget", "760万元"),
        ("p1.annual_budget", "619.52万元"),
        ("p1.adjustment", "140.48万元"),
        ("p1.adjustment_rate", "18.48%"),
        ("p1.execution_rate", "100%"),
        ("p1.rate_on_initial", "81.52%"),
        ("p1.receipt_rate", "81.52%"),
        ("p1.unspent", "0万元"),
        ("p1.total", "98分"),
        ("p1.grade", "优"),
        ("p1.determined", "98分"),
        ("p1.lost_points", "2分"),
        ("p1.indicator_count", "8项"),
        ("p1.qualitative_count", "3项"),
        ("p1.i1.target", "1200"),
        ("p1.i1.completion", "103.25%"),
        ("p1.i8.deduction", "2分"),
        ("p1.fund.appropriation.executed", "619.52万元"),
        ("p1.other_total", "96.15分"),
    ],
)
def test_the_example_has_its_figures(fact_id: str, display: str) -> None:
    assert context_of(example()).ledger.display(fact_id) == display


def test_every_figure_names_its_source() -> None:
    facts = context_of(several()).ledger.facts

    assert all(fact.source and fact.title and fact.display for fact in facts.values())
    assert all(fact.id == key for key, fact in facts.items())


def test_what_was_not_entered_is_no_fact() -> None:
    facts = context_of(several()).ledger.facts

    assert "p2.received" not in facts
    assert "p2.execution_rate" not in facts
    assert "p2.total" not in facts


def test_a_table_in_yuan_is_told_in_ten_thousand_yuan() -> None:
    data = example()
    data["projects"][0]["fund_unit"] = "元"
    data["projects"][0]["funds"][0]["executed"] = "1329120.67"

    assert context_of(data).ledger.display("p1.executed") == "132.912067万元"


@given(st.decimals(0, 10**12, places=4))
def test_amounts_are_told_as_entered(value: Decimal) -> None:
    shown = to_amount(value)

    assert Decimal(shown.removesuffix("万元")) == value
    assert not shown.startswith("-")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_short_of_the_whole_is_never_told_as_the_whole(part: int, whole: int) -> None:
    if part < whole:
        assert to_percent(Decimal(part) / whole) != "100%"


@pytest.mark.parametrize(
    ("value", "shown"), [("9.684", "9.68分"), ("9.685", "9.69分"), ("98.00", "98分"), ("0", "0分")]
)
def test_points_round_half_up_without_needless_zeros(value: str, shown: str) -> None:
    assert to_points(Decimal(value)) == shown
