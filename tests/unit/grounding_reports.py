"""Reports that the tests of grounding hold sentences against, and what is found in them."""

from functools import cache
from pathlib import Path
from typing import Any

from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding import Grounder
from ziping.services.grounding import open_grounder
from ziping.services.scored import score_report

ROOT = Path(__file__).resolve().parents[2]


def funds(*rows: tuple[str, str, float, float, float, float]) -> list[dict[str, Any]]:
    """Return fund rows: source, label, 年初、全年、到位、执行."""
    names = ("source", "label", "initial_budget", "annual_budget", "received", "executed")
    return [dict(zip(names, row, strict=True)) for row in rows]


def line(key: str, kind: str, name: str, *cells: str, **more: str) -> dict[str, Any]:
    """Return an indicator: id, level 1/level 2, level 3, then target, actual, weight."""
    level1, level2 = kind.split("/")
    values = dict(zip(("target", "actual", "weight"), cells, strict=True))
    return {"id": key, "level1": level1, "level2": level2, "level3": name, **values, **more}


FOREST: dict[str, Any] = {
    "unit": "某县林业局",
    "fiscal_year": 2024,
    "place": "湖南",
    "materials": {
        "background": "全县有护林员412名，2023年森林覆盖率为63.8%，当年造林7900亩。",
        "experience": "全年联合巡山86次，查处案件7起。发放问卷420份，收回398份。",
    },
    "unit_documents": [{"title": "造林补助管理细则", "number": "某林发〔2022〕8号"}],
    "projects": [
        {
            "id": "p1",
            "name": "国土绿化专项资金",
            "competent_department": "某县林业局",
            "implementing_unit": "某县国有林场",
            "fund_kind": "一般公共预算",
            "adjustment_basis": "县财政局批复追加45万元",
            "funds": funds(
                ("total", "", 680, 725, 710, 668.45),
                ("appropriation", "", 600, 645, 645, 612.2),
                ("unit", "", 80, 80, 65, 56.25),
            ),
            "indicators": [
                line("i1", "产出指标/数量指标", "人工造林面积", "≥8000亩", "8260亩", "20"),
                line("i2", "产出指标/数量指标", "新建防火隔离带", "≥60公里", "54公里", "10"),
                line("i3", "产出指标/质量指标", "造林成活率", "≥85%", "89.6%", "10"),
                line(
                    "i4",
                    "产出指标/时效指标",
                    "造林完成时间",
                    "2024年4月底前",
                    "2024年4月12日",
                    "10",
                ),
                line("i5", "效益指标/社会效益指标", "带动务工人数", "≥500人", "463人", "30"),
                line("i6", "满意度指标/服务对象满意度指标", "林农满意度", "≥90%", "93%", "10"),
            ],
        }
    ],
}
"""One project: 96 points, 优; two indicators fall short, the rate is 92.2%."""

CULTURE: dict[str, Any] = {
    "unit": "某市文化局",
    "fiscal_year": 2023,
    "place": "",
    "projects": [
        {
            "id": "p1",
            "name": "博物馆免费开放",
            "implementing_unit": "某市博物馆",
            "funds": funds(("total", "", 410, 410, 410, 410)),
            "indicators": [
                line("i1", "产出指标/数量指标", "开放天数", "≥310天", "313天", "50"),
                line("i2", "效益指标/社会效益指标", "接待观众量", "≥45万人次", "52.65万人次", "30"),
                line("i3", "满意度指标/满意度指标", "观众满意度", "≥95%", "96.8%", "10"),
            ],
        },
        {
            "id": "p2",
            "name": "古籍修复",
            "implementing_unit": "某市图书馆",
            "funds": funds(("total", "", 60, 60, 60, 43.8)),
            "indicators": [
                line("i1", "产出指标/数量指标", "修复古籍册数", "≥400册", "312册", "50"),
                line("i2", "效益指标/社会效益指标", "开放阅览人次", "≥900人次", "960人次", "30"),
                line("i3", "满意度指标/满意度指标", "读者满意度", "≥90%", "92%", "10"),
            ],
        },
    ],
}
"""Two projects: 100 points 优 and 86.3 points 良."""


@cache
def content() -> Content:
    return Content(ROOT)


@cache
def forest() -> Grounder:
    return grounder(FOREST)


@cache
def culture() -> Grounder:
    return grounder(CULTURE)


def grounder(data: dict[str, Any]) -> Grounder:
    """Return what holds texts against a report."""
    return open_grounder(content(), score_report(content(), Report.model_validate(data)))


def found(text: str, held: Grounder | None = None) -> set[ViolationKind]:
    """Return the kinds of problems in a text."""
    return {one.kind for one in (held or forest()).ground(text).violations}
