"""What only a person can decide: bands of words, and points given by hand."""

from decimal import Decimal

import pytest
from tests.unit.scoring_rules import line_of, points_of

from ziping.domain.scores import LineKind, LineStatus


@pytest.mark.parametrize(
    ("band", "points", "is_allowed"),
    [
        ("达成", "10", True),
        ("达成", "8", True),
        ("达成", "7.99", False),
        ("达成", "10.01", False),
        ("部分达成", "8", False),
        ("部分达成", "7.99", True),
        ("部分达成", "7.999", False),
        ("部分达成", "6", True),
        ("部分达成", "5.99", False),
        ("未达成", "5.99", True),
        ("未达成", "6", False),
        ("未达成", "0", True),
        ("未达成", "-1", False),
    ],
)
def test_points_must_lie_within_the_band(band: str, points: str, *, is_allowed: bool) -> None:
    line = line_of("效果明显", "效果明显", band=band, points=points)
    assert line.kind is LineKind.QUALITATIVE
    if is_allowed:
        assert line.points == Decimal(points)
        assert not line.problem
        assert line.computed is None
    else:
        assert line.points is None
        assert "请改选档次或在区间内给分" in line.problem
        assert line.status is LineStatus.UNDETERMINED


def test_bounds_are_rounded_half_up_to_two_places() -> None:
    # 12.55 × 0.6 = 7.53, 12.555 × 0.8 = 10.044
    assert points_of("良好", "良好", "12.555", band="达成", points="10.04") == Decimal("10.04")
    assert points_of("良好", "良好", "12.555", band="部分达成", points="10.04") is None


def test_hubei_bands_begin_at_half_the_weight() -> None:
    line = line_of("良好", "良好", rules="hubei-2020-3", band="部分达成", points="5")
    assert line.points == 5


def test_achieved_without_points_is_full_weight() -> None:
    line = line_of("效果明显", "效果明显", band="达成")
    assert line.points == 10
    assert line.computed == 10


@pytest.mark.parametrize(
    ("band", "low", "high"),
    [("", "0", "10"), ("部分达成", "6", "7.99"), ("未达成", "0", "5.99")],
)
def test_words_are_never_scored_by_themselves(band: str, low: str, high: str) -> None:
    line = line_of("效果明显", "效果显著", band=band)
    assert line.status is LineStatus.UNDETERMINED
    assert line.low == Decimal(low)
    assert line.high == Decimal(high)
    assert "档" in line.needs


def test_points_without_a_band_wait_for_the_band() -> None:
    line = line_of("效果明显", "效果明显", points="9")
    assert line.points is None
    assert "请选择定性档次" in line.needs


def test_manual_points_with_a_reason_count_beside_the_computed() -> None:
    line = line_of("≥100", "90", points="8.5", points_reason="抽查发现 5 项资料不全")
    assert (line.points, line.computed, line.given) == (
        Decimal("8.5"),
        Decimal("9.00"),
        Decimal("8.50"),
    )
    assert "抽查发现 5 项资料不全" in line.trace.reason


def test_manual_points_without_a_reason_do_not_count() -> None:
    line = line_of("≥100", "90", points="10")
    assert line.points == Decimal("9.00")
    assert line.given == 10
    assert "请填写给分理由" in line.problem


def test_manual_points_equal_to_the_computed_need_no_reason() -> None:
    line = line_of("≥100", "90", points="9")
    assert line.points == 9
    assert not line.problem


@pytest.mark.parametrize("points", ["10.5", "-1", "九分半左右"])
def test_manual_points_beyond_the_weight_or_unreadable_do_not_count(points: str) -> None:
    line = line_of("≥100", "90", points=points, points_reason="另有说明")
    assert line.points == Decimal("9.00")
    assert line.problem


def test_a_person_can_settle_an_undetermined_line_with_a_reason() -> None:
    settled = line_of("100%", "1000件", points="9", points_reason="按台账核定完成率 90%")
    waiting = line_of("100%", "1000件", points="9")
    assert settled.points == 9
    assert settled.computed is None
    assert settled.status is LineStatus.DETERMINED
    assert waiting.status is LineStatus.UNDETERMINED
    assert "请填写给分理由" in waiting.problem
