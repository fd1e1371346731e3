"""What holds for any two sets of figures: symmetric, complete, silent where they are equal."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.random_reports import relaxed

from ziping.content.library import Content
from ziping.domain.evaluation import (
    FundRow,
    FundSource,
    FundUnit,
    Indicator,
    PrintedEvaluation,
    PrintedFund,
    PrintedIndicator,
    Report,
    SelfEvaluation,
)
from ziping.domain.fields import flatten, unflatten
from ziping.domain.reconciliation import Difference, ReconciledField, Reconciliation
from ziping.review.readings import Reading
from ziping.review.reconciling import reconcile
from ziping.review.tables import tables_of

ROOT = Path(__file__).resolve().parents[2]
CONTENT = Content(ROOT)
TITLES = ("甲", "乙")

numbers = st.decimals(min_value=0, max_value=10**6, places=4).map(
    lambda one: f"{one.normalize():f}"
)
amounts = st.one_of(
    st.sampled_from(
        ["", "—", "760", "619.52", "619.5", "620", "6195200", "6195200元", "0.062亿元"]
    ),
    st.sampled_from(["0", "0.00", "1,200.00", "待补", "七百六十万元", "-5"]),
    numbers,
)
rates = st.sampled_from(["", "100%", "81.52%", "96.85%", "0.8152", "815.2‰", "100", "见说明"])
points = st.sampled_from(["", "10", "8.15", "9.68", "10分", "20", "待定"])
values = st.one_of(
    st.sampled_from(["", "无", "1239", "1,239宗", "≥90%", "90%以上", "95%", "95.4%", "25万人次"]),
    st.sampled_from(
        ["250000人次", "2023年12月", "12月底前", "3-5个", "效果明显", "约100", "100余"]
    ),
    numbers,
)
names = st.sampled_from(["", "交易宗数", "交易宗数 ", "质量达标率", "完成及时率", "完成率", "无"])

fund_rows = st.builds(
    FundRow,
    source=st.sampled_from(FundSource),
    label=st.sampled_from(["", "县级资金", "县级配套资金"]),
    initial_budget=amounts,
    annual_budget=amounts,
    received=amounts,
    executed=amounts,
    printed=st.builds(PrintedFund, weight=points, rate=rates, points=points),
)
indicators = st.builds(
    Indicator,
    id=st.sampled_from(["i1", "i2", "i3", "i4"]),
    level1=st.sampled_from(["产出指标", "效益指标"]),
    level3=names,
    target=values,
    actual=values,
    weight=points,
    printed=st.builds(PrintedIndicator, points=points),
)
projects = st.builds(
    SelfEvaluation,
    id=st.sampled_from(["p1", "p2", "p3"]),
    name=st.sampled_from(["", "设备购置", "设备购置项目", "道路养护", "宣传"]),
    fund_unit=st.sampled_from(FundUnit),
    funds=st.lists(fund_rows, max_size=4).map(tuple),
    indicators=st.lists(indicators, max_size=4, unique_by=lambda one: one.id).map(tuple),
    printed=st.builds(
        PrintedEvaluation, total=points, grade=st.sampled_from(["", "优", "优秀", "良"])
    ),
)
figure_sets = st.builds(
    Report,
    fiscal_year=st.just(2023),
    projects=st.lists(projects, max_size=3, unique_by=lambda one: one.id).map(tuple),
)


def reconciled(left: Report, right: Report) -> Reconciliation:
    return reconcile(left, right, CONTENT.lexicon(), titles=TITLES)


def mirrored(one: ReconciledField) -> tuple[object, ...]:
    """Return a field as it must come out with the sides exchanged."""
    missing = {"left": "right", "right": "left", "": ""}[one.missing]
    return (one.right_path, one.left_path, one.right, one.left, one.result, missing, one.covers)


def seen(one: ReconciledField) -> tuple[object, ...]:
    return (one.left_path, one.right_path, one.left, one.right, one.result, one.missing, one.covers)


def stated(report: Report) -> Counter[str]:
    """Return the path of every figure that a side states and that is compared."""
    return Counter(
        f"{row.path}/{cell.field}"
        for table in tables_of(report, "", CONTENT.lexicon())
        for row in table.rows
        for cell in row.filled
    )


def accounted(found: Reconciliation, side: str) -> Counter[str]:
    """Return the path of every figure of one side that stands in the answer."""
    paths: Counter[str] = Counter()
    for one in found.fields:
        own = one.left_path if side == "left" else one.right_path
        if one.covers and own:
            paths.update(one.covers)
        elif not one.covers and one.missing != side:
            paths[own] += 1
    return paths


@relaxed
@given(left=figure_sets, right=figure_sets)
def test_it_is_the_same_whichever_side_comes_first(left: Report, right: Report) -> None:
    forwards = Counter(map(seen, reconciled(left, right).fields))
    backwards = Counter(map(mirrored, reconciled(right, left).fields))
    assert forwards == backwards


@relaxed
@given(left=figure_sets, right=figure_sets)
def test_every_figure_of_either_side_appears_exactly_once(left: Report, right: Report) -> None:
    found = reconciled(left, right)
    assert accounted(found, "left") == stated(left)
    assert accounted(found, "right") == stated(right)


@relaxed
@given(one=figure_sets)
def test_equal_sets_are_silent(one: Report) -> None:
    assert reconciled(one, one).differences == ()


COMPARED = ("initial_budget", "annual_budget", "received", "executed", "target", "actual")


def told_apart(report: Report) -> Report:
    """Return a report without second rows of one source or name, which nothing tells apart."""
    projects = tuple(
        one.model_copy(
            update={
                "funds": tuple({row.source: row for row in one.funds}.values()),
                "indicators": tuple({row.level3.strip(): row for row in one.indicators}.values()),
            }
        )
        for one in report.projects
    )
    return report.model_copy(update={"projects": projects})


@relaxed
@given(data=st.data(), report=figure_sets.map(told_apart))
def test_exactly_the_changed_figures_are_reported(data: st.DataObject, report: Report) -> None:
    leaves = flatten(report)
    paths = sorted(
        one
        for one in leaves
        if not re.search("/(?:approved|previous)/", one) and one.rsplit("/", 1)[-1] in COMPARED
    )
    assume(paths)
    chosen = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=5, unique=True))
    changed = unflatten({**leaves, **dict.fromkeys(chosen, "987654.3")})
    found = reconciled(report, changed).differences
    # A row or a project that was blank is told as a whole, by the paths it fills.
    told = Counter(path for one in found for path in (one.covers or (one.left_path,)))
    assert told == Counter(chosen)


plain_amounts = st.decimals(min_value=0, max_value=10**5, places=3).flatmap(
    lambda one: st.sampled_from([one, one.quantize(Decimal("0.01")), one.quantize(Decimal(1))])
)


def amount_field(left: str, right: str) -> ReconciledField:
    sides = (
        Report(
            fiscal_year=2023,
            projects=(
                SelfEvaluation(name="甲", funds=(FundRow(source=FundSource.TOTAL, executed=one),)),
            ),
        )
        for one in (left, right)
    )
    [field] = reconciled(*sides).fields
    return field


@relaxed
@given(value=plain_amounts, other=plain_amounts, near=st.booleans())
def test_rounding_is_half_up_of_the_finer_figure_and_nothing_else(
    value: Decimal, other: Decimal, *, near: bool
) -> None:
    if near:
        other = value.quantize(Decimal("0.1"))
    field = amount_field(str(value), str(other))
    finer, coarser = sorted((value, other), key=lambda one: int(one.as_tuple().exponent))
    unit = Decimal(1).scaleb(int(coarser.as_tuple().exponent))
    is_rounded = finer.quantize(unit, rounding=ROUND_HALF_UP) == coarser and finer != coarser
    assert (field.result is Difference.ROUNDING) == is_rounded


_WORTH = {"元": -4, "万元": 0, "亿元": 4}


@relaxed
@given(
    value=st.integers(1, 10**7),
    other=st.integers(1, 10**7),
    units=st.tuples(st.sampled_from(sorted(_WORTH)), st.sampled_from(sorted(_WORTH))),
    is_same=st.booleans(),
)
def test_another_unit_means_that_the_converted_figures_are_equal(
    value: int, other: int, units: tuple[str, str], *, is_same: bool
) -> None:
    left = Decimal(value)
    right = left.scaleb(_WORTH[units[0]] - _WORTH[units[1]]) if is_same else Decimal(other)
    field = amount_field(f"{left:f}{units[0]}", f"{right:f}{units[1]}")
    in_one_unit = [one.scaleb(_WORTH[unit]) for one, unit in zip((left, right), units, strict=True)]
    if field.result is Difference.UNIT:
        ratio = in_one_unit[0] / in_one_unit[1]
        assert ratio in {Decimal(1).scaleb(power) for power in (0, 4, -4, 8, -8)}
    if in_one_unit[0] == in_one_unit[1]:
        expected = Difference.EQUAL if units[0] == units[1] else Difference.UNIT
        assert field.result is expected


@pytest.mark.parametrize("raw", ["", "—", "无"])
def test_a_reading_of_nothing_is_blank(raw: str) -> None:
    assert Reading(raw, is_blank=True).value is None
    report = Report(
        fiscal_year=2023,
        projects=(SelfEvaluation(funds=(FundRow(source=FundSource.TOTAL, executed=raw),)),),
    )
    assert stated(report) == Counter()
