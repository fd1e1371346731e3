"""Which way a target points."""

from pathlib import Path

import pytest
import yaml

from ziping.domain.cells import read_target
from ziping.domain.direction import Direction, direction_of
from ziping.domain.quantities import Operator
from ziping.domain.rules import Lexicon

_FILE = Path(__file__).resolve().parents[2] / "knowledge" / "lexicon.yaml"
LEXICON = Lexicon.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def direction(level2: str, level3: str, raw: str, level1: str = "产出指标") -> Direction:
    target = read_target(raw, fiscal_year=2023, lexicon=LEXICON)
    return direction_of(level1, level2, level3, target, LEXICON)


@pytest.mark.parametrize(
    ("level2", "level3", "raw", "operator"),
    [
        ("数量指标", "培训人数", "1200", "≥"),
        ("质量指标", "验收合格率", "100%", "≥"),
        ("成本指标", "项目成本控制率", "760", "≤"),
        ("成本指标", "培训成本", "400元/人、天", "≤"),
        ("", "项目总投资", "500", "≤"),
        ("数量指标", "培训经费覆盖人数", "500", "≥"),
        ("经济效益指标", "带动投资", "500万元", "≥"),
        ("质量指标", "投诉次数", "0起", "≤"),
        ("数量指标", "安全检查次数", "0", "≤"),
        ("数量指标", "补助村数量", "=8个", "="),
        ("数量指标", "参观人数", "500余人", "≥"),
    ],
)
def test_direction_follows_what_is_written_then_what_the_indicator_means(
    level2: str, level3: str, raw: str, operator: str
) -> None:
    found = direction(level2, level3, raw)
    assert found.operator is Operator(operator)
    assert found.reason
    assert not found.asked
    assert not found.contradiction


def test_a_cost_dimension_of_level_one_is_enough() -> None:
    found = direction("经济成本指标", "人均标准", "300元", level1="成本指标(20分)")
    assert found.operator is Operator.AT_MOST


@pytest.mark.parametrize(
    ("level2", "level3", "raw"),
    [
        ("质量指标", "投诉次数", "5起"),
        ("时效指标", "办理时限", "5天"),
        ("时效指标", "任务完成用时", "30个工作日"),
        ("成本指标", "成本节约率", "5%"),
    ],
)
def test_harm_delay_and_savings_without_sign_are_asked_about(
    level2: str, level3: str, raw: str
) -> None:
    found = direction(level2, level3, raw)
    assert found.operator is None
    assert "≤" in found.asked


@pytest.mark.parametrize(
    ("level2", "level3", "raw", "operator"),
    [("数量指标", "新建公厕", "≤4", "≤"), ("成本指标", "总成本", "≥90万元", "≥")],
)
def test_a_sign_against_the_meaning_is_reported_and_not_flipped(
    level2: str, level3: str, raw: str, operator: str
) -> None:
    found = direction(level2, level3, raw)
    assert found.operator is Operator(operator)
    assert "核对" in found.contradiction


@pytest.mark.parametrize(
    ("level2", "level3", "raw"),
    [
        ("数量指标", "安全事故", "≤2起"),
        ("时效指标", "办理时间", "≤5天"),
        ("成本指标", "节约率", "≥5%"),
    ],
)
def test_a_sign_that_fits_raises_no_doubt(level2: str, level3: str, raw: str) -> None:
    assert not direction(level2, level3, raw).contradiction


@pytest.mark.parametrize("raw", ["效果明显", "12月", "", "3-5个", "已完成"])
def test_what_is_no_single_number_has_no_direction(raw: str) -> None:
    found = direction("数量指标", "培训人数", raw)
    assert found.operator is None
    assert not found.asked
