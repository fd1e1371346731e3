"""Reports that differ in every figure and name, so that nothing remembered helps."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ziping.domain.evaluation import Band, FundRow, FundSource, Indicator, Report

_WORKS = ("排查整治", "设备更新", "技能培训", "系统建设", "宣传活动", "工程验收", "监测服务")
_LEVELS = (
    ("产出指标", "数量指标", "10"),
    ("产出指标", "数量指标", "10"),
    ("产出指标", "质量指标", "10"),
    ("产出指标", "时效指标", "10"),
    ("产出指标", "成本指标", "10"),
    ("效益指标", "经济效益指标", "10"),
    ("效益指标", "社会效益指标", "10"),
    ("效益指标", "可持续影响指标", "10"),
    ("满意度指标", "服务对象满意度指标", "10"),
)
_UNMET = 0.3


def distinct_reports(example: Report, count: int, seed: int = 2023) -> Iterator[Report]:
    """Yield reports of the example's size; a seed gives the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(1, count + 1):
        yield _report(example, chance, number)


def _report(example: Report, chance: random.Random, number: int) -> Report:
    project = example.projects[0]
    indicators = tuple(
        _indicator(chance, f"i{place}", levels) for place, levels in enumerate(_LEVELS, 1)
    )
    changed = project.model_copy(
        update={
            "name": f"{chance.choice(_WORKS)}专项经费{number}",
            "funds": _funds(chance),
            "indicators": indicators,
        }
    )
    unit = f"某市第{number}中心"
    return example.model_copy(update={"unit": unit, "projects": (changed,)})


def _funds(chance: random.Random) -> tuple[FundRow, ...]:
    budget = Decimal(chance.randint(5_000, 900_000)) / 100
    share = Decimal(chance.randint(60, 100)) / 100
    executed = (budget * share).quantize(Decimal("0.01"))
    amounts: dict[str, Any] = {
        "initial_budget": str(budget),
        "annual_budget": str(budget),
        "received": str(budget),
        "executed": str(executed),
    }
    return (
        FundRow(source=FundSource.TOTAL, **amounts),
        FundRow(source=FundSource.APPROPRIATION, **amounts),
        FundRow(source=FundSource.CARRYOVER),
        FundRow(source=FundSource.OTHER),
    )


def _indicator(chance: random.Random, key: str, levels: tuple[str, str, str]) -> Indicator:
    level1, level2, weight = levels
    is_unmet = chance.random() < _UNMET
    target, actual, band = _values(chance, level2, is_unmet=is_unmet)
    return Indicator(
        id=key,
        level1=level1,
        level2=level2,
        level3=f"{chance.choice(_WORKS)}{chance.randint(1, 9999)}号任务",
        target=target,
        actual=actual,
        weight=weight,
        band=band,
        points=weight if band is Band.ACHIEVED else "7" if band is Band.PARTLY else "",
        deviation=f"资料移交晚{chance.randint(2, 90)}天，已改为按月对账。" if is_unmet else "",
    )


def _values(chance: random.Random, level2: str, *, is_unmet: bool) -> tuple[str, str, Band]:
    """Return target, actual value and band in one of the forms published tables use."""
    goal = chance.randint(100, 9_999)
    part = chance.randint(50, 99)
    if level2 == "数量指标":
        return f"≥{goal}项", f"{goal * part // 100 if is_unmet else goal + part}项", Band.NOT_CHOSEN
    if level2 == "时效指标":
        day = chance.randint(1, 28)
        month = 12 if is_unmet else chance.randint(1, 10)
        return "2023年11月底前", f"2023年{month}月{day}日", Band.NOT_CHOSEN
    if level2 == "成本指标":
        cost = f"{goal + part if is_unmet else goal - part}.{part}万元"
        return f"≤{goal}万元", cost, Band.NOT_CHOSEN
    if level2 in {"质量指标", "服务对象满意度指标"}:
        rate = f"{part}.{goal}%"
        return f"≥{min(part + 1, 100) if is_unmet else part - 1}%", rate, Band.NOT_CHOSEN
    band = Band.PARTLY if is_unmet else Band.ACHIEVED
    return f"带动{goal}户增收", f"带动{goal}户增收", band
