"""Level-1 names, with the weight they declare."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.domain.levels import split_level1
from ziping.domain.rules import Level1


@pytest.mark.parametrize(
    ("raw", "level1", "weight"),
    [
        ("产出指标(50分)", Level1.OUTPUT, "50"),
        ("产出指标 （50分）", Level1.OUTPUT, "50"),
        ("产出\n指标\n（50 分）", Level1.OUTPUT, "50"),
        ("效益\n指标", Level1.BENEFIT, None),
        ("效果指标", Level1.BENEFIT, None),
        ("预算执行率", Level1.EXECUTION, None),
        ("成本指标(20)", Level1.COST, "20"),
        ("满意度\n指标（10分）", Level1.SATISFACTION, "10"),
        ("项目绩效(85分)/产出指标(22.5分)", Level1.OUTPUT, "22.5"),
    ],
)
def test_the_five_dimensions_are_known_however_they_are_written(
    raw: str, level1: Level1, weight: str | None
) -> None:
    name = split_level1(raw)
    assert name.level1 is level1
    assert name.title == level1.value
    assert name.declared_weight == (None if weight is None else Decimal(weight))


def test_another_name_keeps_its_title_and_weight() -> None:
    name = split_level1("项目管理(13分)")
    assert name.level1 is None
    assert name.title == "项目管理"
    assert name.declared_weight == 13


def test_a_name_of_two_dimensions_is_neither() -> None:
    name = split_level1("效益及满意度指标（40分）")
    assert name.level1 is None
    assert name.title == "效益及满意度指标"
    assert name.declared_weight == 40


@given(st.text())
def test_any_text_is_taken_apart(raw: str) -> None:
    assert split_level1(raw).title is not None
