"""Synthetic reports that differ in place, money, number of projects and outcome (多样算例)."""

import random
from collections.abc import Iterator
from decimal import Decimal

from ziping.domain.evaluation import (
    AverageKind,
    Band,
    FundKind,
    FundRow,
    FundSource,
    FundUnit,
    Indicator,
    Objective,
    Report,
    SelfEvaluation,
    UnitDocument,
)

_UNITS = (
    ("某市水利局", "某市河道管理中心"),
    ("某县民政局", "某县社会福利服务中心"),
    ("某区城市管理局", "某区环境卫生管理所"),
    ("某省图书馆", "某省图书馆"),
    ("某市人力资源和社会保障局", "某市就业服务中心"),
    ("某县乡村振兴局", "某县产业发展服务中心"),
    ("某市生态环境局", "某市环境监测站"),
    ("某区文化和旅游局", "某区文化馆"),
)
_PLACES = ("湖南 怀化", "湖北", "安徽", "全国", "湖南", "四川")
_PROJECTS = (
    "河道清淤整治工程",
    "困难群众救助补助",
    "生活垃圾分类运维经费",
    "数字资源采购专项",
    "职业技能提升补贴",
    "特色产业扶持资金",
    "大气自动监测站运维",
    "公共文化服务活动经费",
    "老旧小区改造补助资金",
    "农村饮水安全工程",
)
_COUNTED = (
    ("清淤河道长度", "公里"),
    ("救助人次", "人次"),
    ("分类投放点数", "个"),
    ("新增电子文献数", "册"),
    ("培训劳动者人数", "人"),
    ("扶持经营主体数", "户"),
    ("运维站点数", "座"),
    ("举办活动场次", "场"),
    ("改造面积", "平方米"),
    ("安装水表数", "只"),
)
_RATED = (
    "验收合格率",
    "资金发放准确率",
    "数据有效率",
    "设备完好率",
    "培训合格率",
    "投诉处理及时率",
)
_WORDED = (
    ("经济效益指标", "带动当地经济发展", "明显"),
    ("社会效益指标", "提升公共服务水平", "有效提升"),
    ("生态效益指标", "改善水环境质量", "有所改善"),
    ("可持续影响指标", "长效管护机制", "健全"),
)
_SATISFIED = ("群众满意度", "服务对象满意度", "参与企业满意度", "受益居民满意度")
_REASONS = (
    "施工图变更，工期顺延，已与施工方重新约定节点",
    "部分对象外出务工，未能参加",
    "设备招标流标1次，推迟采购",
    "极端天气停工12天",
)


def varied_reports(count: int, seed: int = 7) -> Iterator[Report]:
    """Yield reports; a seed gives the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(count):
        yield _report(chance, number)


def _report(chance: random.Random, number: int) -> Report:
    unit, implementing = _UNITS[number % len(_UNITS)]
    size = 1 if chance.random() < 0.6 else chance.randint(2, 3)
    names = chance.sample(_PROJECTS, size)
    year = chance.choice((2021, 2022, 2023, 2024))
    return Report(
        unit=unit,
        fiscal_year=year,
        place=chance.choice(_PLACES),
        average=chance.choice(list(AverageKind)),
        unit_documents=(
            UnitDocument(
                title=f"{unit}专项资金管理办法", number=f"某发〔{year - 1}〕{number + 3}号"
            ),
        ),
        materials={"fund_management": f"资金按季度拨付，全年分{chance.randint(3, 9)}批支付。"},
        projects=tuple(
            _project(chance, f"p{place}", name, unit, implementing, year)
            for place, name in enumerate(names, 1)
        ),
    )


def _project(  # noqa: PLR0913, PLR0917 - what a project is made of
    chance: random.Random, key: str, name: str, unit: str, implementing: str, year: int
) -> SelfEvaluation:
    fund_unit = chance.choice(
        (FundUnit.TEN_THOUSAND_YUAN, FundUnit.TEN_THOUSAND_YUAN, FundUnit.YUAN)
    )
    funds, is_adjusted = _funds(chance, fund_unit)
    works = chance.randint(3, 60)
    return SelfEvaluation(
        id=key,
        name=name,
        competent_department=unit,
        implementing_unit=implementing,
        fund_kind=chance.choice((FundKind.GENERAL, FundKind.GOVERNMENT_FUND, FundKind.UNKNOWN)),
        fund_unit=fund_unit,
        adjustment_basis="年中预算调整批复" if is_adjusted and chance.random() < 0.5 else "",
        funds=funds,
        objectives=(
            Objective(
                expected=f"完成{works}处重点任务，改善群众生产生活条件。",
                achieved=f"已完成{works}处重点任务，其中{max(works // 3, 1)}处提前投入使用。",
            ),
        ),
        indicators=_indicators(chance, year),
        materials={
            "background": f"{year - 1}年摸底发现短板{chance.randint(11, 99)}处，需要逐步补齐。"
        },
    )


def _funds(chance: random.Random, unit: FundUnit) -> tuple[tuple[FundRow, ...], bool]:
    initial = Decimal(chance.randint(3_000, 900_000)) / 100
    is_adjusted = chance.random() < 0.5
    annual = initial
    if is_adjusted:
        annual = (initial * Decimal(chance.randint(70, 125)) / 100).quantize(Decimal("0.01"))
    received = annual
    if chance.random() < 0.3:
        received = (annual * Decimal(chance.randint(85, 99)) / 100).quantize(Decimal("0.01"))
    executed = received
    if chance.random() < 0.7:
        executed = (received * Decimal(chance.randint(55, 99)) / 100).quantize(Decimal("0.01"))
    scale = 10_000 if unit is FundUnit.YUAN else 1
    texts = [str(one * scale) for one in (initial, annual, received, executed)]
    fields = ("initial_budget", "annual_budget", "received", "executed")
    amounts = dict(zip(fields, texts, strict=True))
    total = FundRow.model_validate({"source": FundSource.TOTAL, **amounts})
    own = FundRow.model_validate({"source": FundSource.APPROPRIATION, **amounts})
    return (total, own, FundRow(source=FundSource.CARRYOVER)), annual != initial


def _indicators(chance: random.Random, year: int) -> tuple[Indicator, ...]:
    rows: list[Indicator] = []

    def add(level1: str, level2: str, name: str, weight: str, **cells: str | Band) -> None:
        rows.append(
            Indicator.model_validate(
                {"id": f"i{len(rows) + 1}", "level1": level1, "level2": level2, "level3": name}
                | {"weight": weight}
                | cells
            )
        )

    for name, counter in chance.sample(_COUNTED, 2):
        goal = chance.randint(12, 9_000)
        done = goal + chance.randint(-goal // 4, goal // 3)
        reason = chance.choice(_REASONS) if done < goal and chance.random() < 0.7 else ""
        shown = f"{done}{counter}" if chance.random() < 0.7 else str(done)
        add(
            "产出指标",
            "数量指标",
            name,
            "10",
            target=f"≥{goal}{counter}",
            actual=shown,
            deviation=reason,
        )
    goal = chance.randint(85, 98)
    rate = Decimal(chance.randint(goal * 10 - 60, 999)) / 10
    add("产出指标", "质量指标", chance.choice(_RATED), "10", target=f"≥{goal}%", actual=f"{rate}%")
    month = chance.randint(6, 11)
    done_month = month + chance.choice((-2, -1, 0, 0, 1))
    add(
        "产出指标",
        "时效指标",
        "任务完成时间",
        "10",
        target=f"{year}年{month}月底前",
        actual=f"{year}年{done_month}月",
    )
    goal = chance.randint(20, 900)
    cost = goal - chance.randint(-goal // 9, goal // 6)
    add("产出指标", "成本指标", "单位成本控制数", "10", target=f"≤{goal}元", actual=f"{cost}元")
    for level2, name, word in chance.sample(_WORDED, 2):
        points = chance.choice(("15", "15", "14", "13"))
        add(
            "效益指标",
            level2,
            name,
            "15",
            target=word,
            actual=word,
            band=Band.ACHIEVED,
            points=points,
        )
    goal = chance.randint(85, 95)
    rate = Decimal(chance.randint(goal * 10 - 50, 995)) / 10
    add(
        "满意度指标",
        "服务对象满意度指标",
        chance.choice(_SATISFIED),
        "10",
        target=f"{goal}%以上",
        actual=f"{rate}%",
    )
    return tuple(rows)
