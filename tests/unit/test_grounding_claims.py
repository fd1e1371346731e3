"""Conclusions in words must agree with the figures."""

import pytest
from tests.unit.grounding_reports import culture, found

from ziping.domain.grounding import ViolationKind as Kind

TRUE = [
    "人工造林面积超额完成年度目标。",
    "新建防火隔离带未达到指标值。",
    "造林任务按期完成，早于时限要求。",
    "全年支出未超预算。",
    "资金尚未全部到位，也未全部支出。",
    "年度内预算作了调增。",
    "预算执行有结余。",
    "财政拨款足额到位，单位资金未足额到位。",
    "全年预算数高于年初预算数。",
    "新建防火隔离带完成目标的90%。",
]
FALSE = [
    "新建防火隔离带超额完成年度目标。",
    "人工造林面积未达到指标值。",
    "造林任务逾期完成。",
    "全年支出超出预算。",
    "资金全部到位。",
    "资金已全部支出，没有结余。",
    "年度内预算作了调减。",
    "年度内预算未作调整。",
    "单位资金足额到位。",
    "全年预算数与年初预算数一致。",
    "林农满意度同比增长3%。",
    "工作成效位居全省前列。",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_true_conclusions_ground(sentence: str) -> None:
    assert found(sentence) == set()


@pytest.mark.parametrize("sentence", FALSE)
def test_contradicted_conclusions_are_reported(sentence: str) -> None:
    assert Kind.COMPARISON in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["确保资金全部到位。", "如未达到指标值，应说明原因。", "力争各项指标均达到目标值。"],
)
def test_wishes_and_conditions_conclude_nothing(sentence: str) -> None:
    assert found(sentence) == set()


def test_conclusions_are_about_the_project_named() -> None:
    assert found("博物馆免费开放预算全部执行，古籍修复有结余。", culture()) == set()
    assert Kind.COMPARISON in found("古籍修复项目预算全部执行。", culture())
