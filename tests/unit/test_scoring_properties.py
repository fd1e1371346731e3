"""What holds whatever is entered."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.scoring_rules import indicator, line_of, sheet_of, total_row

from ziping.domain.scores import LineStatus

NUMBERS = st.decimals(min_value=0, max_value=1_000_000, places=2).map(str)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=1_000_000, places=2).map(str)
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2).map(str)
OPERATORS = st.sampled_from(["≥", ">", "=", "≤", "<"])
ENTERED = st.one_of(
    NUMBERS,
    NUMBERS.map(lambda one: f"{one}%"),
    st.builds("{}{}".format, OPERATORS, NUMBERS),
    st.sampled_from(
        ["", "无", "已完成", "建设中", "效果明显", "12月底前", "200余人", "0", "85%左右"]
    ),
    st.text(max_size=12),
)


@given(OPERATORS, NUMBERS, NUMBERS, WEIGHTS)
def test_points_lie_between_zero_and_the_weight_and_full_only_when_met(
    operator: str, target: str, actual: str, weight: str
) -> None:
    line = line_of(f"{operator}{target}", actual, weight)
    if line.points is None:
        return
    full = Decimal(weight)
    assert 0 <= line.points <= full
    if line.met:
        assert line.points == full
    elif full > 0:
        assert line.points < full


@given(st.sampled_from(["≥", ">"]), POSITIVE, NUMBERS, NUMBERS)
def test_more_is_never_worth_less_where_more_is_better(
    operator: str, target: str, one: str, other: str
) -> None:
    less, more = sorted((Decimal(one), Decimal(other)))
    low = line_of(f"{operator}{target}", str(less)).points
    high = line_of(f"{operator}{target}", str(more)).points
    assert low is not None
    assert high is not None
    assert low <= high


@given(st.sampled_from(["≤", "<"]), POSITIVE, NUMBERS, NUMBERS)
def test_less_is_never_worth_less_where_less_is_better(
    operator: str, target: str, one: str, other: str
) -> None:
    less, more = sorted((Decimal(one), Decimal(other)))
    best = line_of(f"{operator}{target}", str(less)).points
    worst = line_of(f"{operator}{target}", str(more)).points
    assert best is not None
    assert worst is not None
    assert worst <= best


@given(st.lists(st.tuples(ENTERED, ENTERED, WEIGHTS, ENTERED), max_size=5), NUMBERS, NUMBERS)
def test_whatever_is_entered_the_sheet_adds_up(
    rows: list[tuple[str, str, str, str]], budget: str, executed: str
) -> None:
    lines = [
        indicator(target, actual, weight, id=f"i{n}", points=points)
        for n, (target, actual, weight, points) in enumerate(rows)
    ]
    sheet = sheet_of(*lines, funds=(total_row(budget, executed),))
    counted = sum((one.points for one in sheet.lines if one.points is not None), Decimal(0))
    waiting = [one for one in sheet.lines if one.status is LineStatus.UNDETERMINED]
    assert sheet.determined == counted
    assert sheet.low <= sheet.high
    assert all(one.needs for one in waiting)
    if sheet.total is not None:
        assert not waiting
        assert sheet.total == sheet.low == sheet.high == counted
    if waiting:
        assert sheet.total is None
        assert sheet.grade is None


@given(ENTERED, ENTERED, ENTERED)
def test_an_undetermined_line_added_hides_the_total(target: str, actual: str, weight: str) -> None:
    line = indicator(target, actual, weight, id="i2")
    unclear = indicator("良好", "良好", "5", id="i3")
    sheet = sheet_of(indicator("≥1", "1"), line, unclear)
    assert sheet.total is None
    assert sheet.grade is None


@given(POSITIVE, NUMBERS)
def test_execution_points_never_leave_the_weight(budget: str, executed: str) -> None:
    line = sheet_of(funds=(total_row(budget, executed),)).execution
    assert line.points is not None
    assert 0 <= line.points <= 10
