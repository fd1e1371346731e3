"""Deadlines and periods: which day is the last that is certainly in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.domain.dates import read_date
from ziping.domain.text import clean


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("12月", "2023-12-01", "2023-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("十二月底", "2023-12-21", "2023-12-31"),
        ("2021年12月31日前完成", "2021-01-01", "2021-12-31"),
        ("11月底前", "2023-01-01", "2023-11-30"),
        ("年底前", "2023-01-01", "2023-12-31"),
        ("年内完成", "2023-01-01", "2023-12-31"),
        ("2021年底", "2021-12-01", "2021-12-31"),
        ("2022年全年", "2022-01-01", "2022-12-31"),
        ("2019.1.1-2019.12.30", "2019-01-01", "2019-12-30"),
        ("2023年1月至12月", "2023-01-01", "2023-12-31"),
        ("3-5月", "2023-03-01", "2023-05-31"),
        ("12月1日至15日", "2023-12-01", "2023-12-15"),
        ("第四季度", "2023-10-01", "2023-12-31"),
        ("上半年", "2023-01-01", "2023-06-30"),
        ("2023-12-31 00:00:00", "2023-12-31", "2023-12-31"),
        ("2023/6/5", "2023-06-05", "2023-06-05"),
        ("20231231", "2023-12-31", "2023-12-31"),
        ("已于2023年12月20日完成", "2023-12-20", "2023-12-20"),
        ("不晚于10月15日", "2023-10-15", "2023-10-15"),
        ("二〇二三年十月", "2023-10-01", "2023-10-31"),
    ],
)
def test_written_dates(raw: str, first: str, last: str) -> None:
    reading = read_date(clean(raw), 2023)
    assert reading is not None
    assert reading.deadline is not None
    assert reading.deadline.first == date.fromisoformat(first)
    assert reading.deadline.last == date.fromisoformat(last)
    assert reading.deadline.strict_month_end is None


@pytest.mark.parametrize(
    ("raw", "last", "month_end"),
    [
        ("2023年12月之前", "2023-11-30", "2023-12-31"),
        ("2023年12月之前完成", "2023-11-30", "2023-12-31"),
        ("9月前", "2023-08-31", "2023-09-30"),
        ("1月前", "2022-12-31", "2023-01-31"),
    ],
)
def test_before_a_month_leaves_the_month_out_but_remembers_its_end(
    raw: str, last: str, month_end: str
) -> None:
    reading = read_date(clean(raw), 2023)
    assert reading is not None
    assert reading.deadline is not None
    assert reading.deadline.last == date.fromisoformat(last)
    assert reading.deadline.strict_month_end == date.fromisoformat(month_end)


@pytest.mark.parametrize("raw", ["13月", "2月30日", "2023-02-29", "2023年5月-3月"])
def test_a_day_that_does_not_exist_is_told(raw: str) -> None:
    reading = read_date(raw, 2023)
    assert reading is not None
    assert reading.deadline is None
    assert reading.problem


@pytest.mark.parametrize(
    "raw", ["6个月", "8年", "5日内", "3-5个", "2023.50", "每月1次", "360天", "同比2022年销量提高"]
)
def test_durations_and_figures_are_no_dates(raw: str) -> None:
    assert read_date(raw, 2023) is None


@given(st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_every_way_to_write_a_day_reads_back(day: date) -> None:
    chinese = f"{day.year}年{day.month}月{day.day}日"
    for raw in (chinese, f"{chinese}前", day.isoformat(), f"{day.year}.{day.month}.{day.day}"):
        reading = read_date(raw, 2023)
        assert reading is not None
        assert reading.deadline is not None
        assert reading.deadline.last == day


@given(
    st.text(alphabet="0123456789年月日号前底末初旬上中下至-./季度第每一二十内之完成 ", max_size=14)
)
def test_any_text_is_read_asked_about_or_no_date(text: str) -> None:
    reading = read_date(text, 2023)
    if reading is not None:
        assert (
            (reading.deadline is not None) + bool(reading.question) + bool(reading.problem)
        ) == 1
