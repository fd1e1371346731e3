"""Dates: in time or not; a status is no date."""

import pytest
from tests.unit.scoring_rules import line_of, points_of

from ziping.domain.scores import LineKind, LineStatus


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("2023年12月31日前", "2023年12月20日"),
        ("2023年12月底", "2023年12月"),
        ("11月底前", "10月"),
        ("11月底前", "11月"),
        ("2023年12月之前完成", "2023年11月"),
    ],
)
def test_done_in_time_is_full_points(target: str, actual: str) -> None:
    line = line_of(target, actual)
    assert line.kind is LineKind.DATE
    assert line.points == 10
    assert line.met is True
    assert line.trace.clause == "system-defaults#日期指标"


def test_done_within_the_month_named_is_met_with_a_note() -> None:
    line = line_of("2023年12月之前完成", "2023年12月")
    assert line.points == 10
    assert any("严格理解不含当月" in note for note in line.notes)


def test_done_late_is_no_points_at_all() -> None:
    line = line_of("2023年11月底前", "2023年12月5日")
    assert line.points == 0
    assert line.met is False
    assert "才得满分（还差 10.00 分）" in line.trace.distance
    assert points_of("2023年12月之前完成", "2024年1月") == 0


@pytest.mark.parametrize("actual", ["已完成", "在规定时间内完成", "", "效果明显", "及时"])
def test_status_in_place_of_a_date_is_asked_about(actual: str) -> None:
    line = line_of("12月", actual)
    assert line.status is LineStatus.UNDETERMINED
    assert "请填写具体完成日期" in line.needs


def test_work_not_finished_misses_its_date() -> None:
    assert points_of("2023年12月底前", "未完成") == 0


def test_copied_deadline_is_met_with_a_note() -> None:
    line = line_of("2023年12月31日前完成", "2023年12月31日前完成")
    assert line.points == 10
    assert any("照抄" in note for note in line.notes)


def test_month_that_straddles_the_deadline_is_asked_about() -> None:
    line = line_of("2023年12月15日前", "2023年12月")
    assert line.status is LineStatus.UNDETERMINED
    assert "请填写具体完成日期" in line.needs


def test_deadline_as_actual_value_never_proves_lateness() -> None:
    line = line_of("2023年11月15日前", "2023年11月30日前")
    assert line.status is LineStatus.UNDETERMINED
