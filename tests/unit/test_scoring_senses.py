"""Growth against decline: a figure that says which way it goes counts that way only."""

from decimal import Decimal

import pytest
from tests.unit.scoring_rules import indicator, lexicon, line_of, sheet_of

from ziping.domain.cells import read_actual, read_target
from ziping.domain.quantities import Cell, Sense
from ziping.domain.scores import LineStatus


def target(raw: str) -> Cell:
    return read_target(raw, fiscal_year=2023, lexicon=lexicon())


@pytest.mark.parametrize(
    ("raw", "sense"),
    [
        ("增长5%", Sense.UP),
        ("同比增长5%", Sense.UP),
        ("较上年增加10人", Sense.UP),
        ("下降5%", Sense.DOWN),
        ("比上年下降≥5%", Sense.DOWN),
        ("下降5%以上", Sense.DOWN),
        ("减少了12人", Sense.DOWN),
        ("5%的下降", Sense.DOWN),
        ("6%（下降）", Sense.DOWN),
        ("降低率≥5%", Sense.DOWN),
        ("下降3%-5%", Sense.DOWN),
        ("降至5%以下", Sense.NONE),
        ("提高到95%", Sense.NONE),
        ("≥5%", Sense.NONE),
        ("提高服务满意度≥95%", Sense.NONE),
    ],
)
def test_words_of_growth_and_decline_are_kept(raw: str, sense: Sense) -> None:
    assert target(raw).sense is sense
    assert read_actual(raw, fiscal_year=2023, lexicon=lexicon()).sense is sense


@pytest.mark.parametrize(
    ("wanted", "done"),
    [("增长5%", "下降5%"), ("降低5%", "提高8%"), ("增加10人", "减少12人"), ("下降5%", "增长6%")],
)
def test_the_opposite_of_what_was_wanted_earns_nothing(wanted: str, done: str) -> None:
    line = line_of(wanted, done, level3="服务对象")
    assert line.points == 0
    assert line.met is False
    assert any(done in note and "相反" in note for note in line.notes)
    assert "max(" in line.trace.formula


@pytest.mark.parametrize(
    ("wanted", "done", "name"),
    [
        ("≥5%", "下降6%", "销售收入"),
        ("下降5%", "6%", "能耗"),
        ("≥5%", "下降6%", "销售收入增长率"),
        ("≥5%", "增长8%", "能耗降低率"),
    ],
)
def test_one_sided_decline_is_asked_about(wanted: str, done: str, name: str) -> None:
    line = line_of(wanted, done, level3=name)
    assert line.status is LineStatus.UNDETERMINED
    assert "增" in line.needs
    assert "降" in line.needs


@pytest.mark.parametrize(
    ("wanted", "done", "name"),
    [
        ("增长5%", "增长6%", "销售收入"),
        ("增长5%", "6%", "销售收入"),
        ("≥5%", "增长6%", "销售收入"),
        ("下降5%", "下降6%", "能耗"),
        ("≥5%", "下降6%", "能耗下降率"),
        ("下降5%", "6%", "能耗下降率"),
        ("降低率≥5%", "6%", "能耗"),
        ("≥95%", "提高到96%", "合格率"),
        ("控制在5%以内", "降至4%", "流失率"),
    ],
)
def test_the_same_way_scores_as_before(wanted: str, done: str, name: str) -> None:
    assert line_of(wanted, done, level3=name).points == 10


def test_growth_below_a_cap_is_met_by_a_decline() -> None:
    line = line_of("增长≤5%", "下降3%", level2="成本指标", level3="支出")
    assert line.points == 10


def test_partly_reached_decline_earns_its_share() -> None:
    assert line_of("下降5%", "下降4%", level3="能耗").points == Decimal(8)


def test_a_duration_within_which_something_is_done_is_an_upper_bound() -> None:
    late = line_of("5个工作日内办结", "10个工作日", level2="时效指标", level3="办理时限")
    assert late.points == 5
    kept = line_of("30天内完成", "20天", level2="时效指标", level3="办理时限")
    assert kept.points == 10


def test_a_lone_day_of_the_month_is_asked_about() -> None:
    line = sheet_of(indicator("15日前", "10日", level2="时效指标", level3="完成时间")).line("i1")
    assert line is not None
    assert line.status is LineStatus.UNDETERMINED
    assert "月" in line.needs
