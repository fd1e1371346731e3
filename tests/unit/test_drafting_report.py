"""A drafted report reads as its figures say, and as nothing else."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ziping.checks import check_report
from ziping.content.library import Content
from ziping.domain.draft import Author
from ziping.domain.errors import ContentError
from ziping.domain.evaluation import Report
from ziping.drafting import DraftContext, TemplateWriter, draft_report, order_sections
from ziping.scoring import average, score

ROOT = Path(__file__).resolve().parents[2]
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:万元|%|分|项|个|年)?")
LIST_NUMBER = re.compile(r"^\d+\.", re.MULTILINE)
CITATION = re.compile(r"《[^》]*》（[^）]*）")


@cache
def content() -> Content:
    return Content(ROOT)


@cache
def writer() -> TemplateWriter:
    return TemplateWriter(content().fallbacks())


def example() -> dict[str, Any]:
    path = ROOT / "knowledge" / "examples" / "huaihua-2023.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def context_of(data: dict[str, Any]) -> DraftContext:
    report = Report.model_validate(data)
    rules = content().choose_rule_set(report.place, report.fiscal_year).rule_set
    lexicon = content().lexicon()
    sheets = tuple(
        score(one, rules, lexicon, fiscal_year=report.fiscal_year) for one in report.projects
    )
    return DraftContext(
        report=report,
        outline=content().outline("project"),
        rule_set=rules,
        sheets=sheets,
        findings=check_report(report, sheets, rules, lexicon),
        documents=content().documents(),
        framework=content().framework(),
        lexicon=lexicon,
        average=average(report, sheets),
    )


def drafted(data: dict[str, Any]) -> dict[str, str]:
    texts = draft_report(context_of(data), writer())
    return {one.section_id: one.text for one in texts}


def user_texts(data: dict[str, Any]) -> list[str]:
    """Return every line of longer text a person entered."""
    texts = [*data.get("materials", {}).values()]
    for project in data["projects"]:
        texts += project.get("materials", {}).values()
        texts += [note["note"] for note in project.get("checklist", {}).values()]
        for objective in project.get("objectives", []):
            texts += objective.values()
    lines = [line.strip().rstrip("。") for text in texts for line in text.splitlines()]
    return sorted((line for line in lines if line), key=len, reverse=True)


def unlisted_figures(context: DraftContext, text: str) -> list[str]:
    """Return the figures of a text that stand in no ledger display."""
    shown = [fact.display for fact in context.ledger.facts.values()]
    allowed = {figure for one in shown for figure in FIGURE.findall(one)}
    allowed |= {re.sub(r"[^\d.]", "", figure) for figure in allowed}
    text = CITATION.sub("", LIST_NUMBER.sub("", text)).replace("1月1日至12月31日", "")
    return [figure for figure in FIGURE.findall(text) if figure not in allowed]


def several() -> dict[str, Any]:
    """Two projects: one with shortfalls, one with budget 0 and an open indicator."""
    return {
        "unit": "某县农业农村局",
        "fiscal_year": 2024,
        "place": "湖南",
        "projects": [
            {
                "id": "p1",
                "name": "高标准农田建设",
                "fund_kind": "一般公共预算",
                "funds": [
                    {
                        "source": "total",
                        "initial_budget": "500",
                        "annual_budget": "500",
                        "received": "480",
                        "executed": "450.5",
                    }
                ],
                "indicators": [
                    {
                        "id": "i1",
                        "level1": "产出指标",
                        "level2": "数量指标",
                        "level3": "建设面积",
                        "target": "≥2万亩",
                        "actual": "1.8万亩",
                        "weight": "50",
                        "deviation": "连续降雨影响施工",
                    },
                    {
                        "id": "i2",
                        "level1": "效益指标",
                        "level2": "社会效益指标",
                        "level3": "受益户数",
                        "target": "≥500户",
                        "actual": "520户",
                        "weight": "40",
                    },
                ],
            },
            {
                "id": "p2",
                "name": "动物防疫",
                "funds": [
                    {
                        "source": "total",
                        "initial_budget": "0",
                        "annual_budget": "0",
                        "executed": "0",
                    }
                ],
                "indicators": [
                    {
                        "id": "i1",
                        "level1": "产出指标",
                        "level2": "数量指标",
                        "level3": "免疫数量",
                        "target": "10万羽",
                        "weight": "50",
                    }
                ],
            },
        ],
    }


def test_every_figure_of_the_example_is_in_the_ledger() -> None:
    data = example()
    text = "\n".join(drafted(data).values())
    for entered in user_texts(data):
        text = text.replace(entered, "")

    assert unlisted_figures(context_of(data), text) == []


def test_a_figure_from_nowhere_would_be_seen() -> None:
    text = "1.支出123.45万元，到位619.52万元，执行率99%，扣2分（《办法》（财预〔2020〕10号））"

    assert unlisted_figures(context_of(example()), text) == ["123.45万元", "99%"]


def test_the_example_states_its_facts_exactly() -> None:
    texts = drafted(example())

    assert "年度内调减140.48万元，相当于年初预算数的18.48%" in texts["basic.fund_receipt"]
    assert "占全年预算数的100%、年初预算数的81.52%" in texts["basic.fund_receipt"]
    assert "执行率为100%；按年初预算数760万元计算，为81.52%" in texts["basic.fund_use"]
    assert "指标值为1200宗，实际完成1239宗，完成率103.25%" in texts["analysis.quantity"]
    assert "总分98分，等级为优" in texts["results.conclusion"]
    assert "该项得8.15分，总分为96.15分，等级仍为优" in texts["results.conclusion"]
    assert "不作为成本节约" in texts["analysis.cost"]


def test_every_text_section_of_the_outline_is_drafted_once() -> None:
    context = context_of(example())
    texts = draft_report(context, writer())

    wanted = [section.id for section in context.outline.sections if section.fallback]
    assert sorted(one.section_id for one in texts) == sorted(wanted)
    assert all(one.author is Author.TEMPLATE and one.text for one in texts)
    order = [one.id for one in order_sections(context.outline)]
    assert order.index("lessons.problems") < order.index("lessons.suggestions")


@pytest.mark.parametrize("data", [example(), several()], ids=["one", "several"])
def test_no_code_leaks_into_the_prose(data: dict[str, Any]) -> None:
    text = "\n".join(drafted(data).values())

    assert not re.search(r"[A-Za-z_{}<>\x1e]|None|待补充：数据", text)
    assert not re.search(r"，，|。。|；。|，。|：。|、。|。；|“”", text)


def test_stated_facts_and_cited_documents_are_recorded() -> None:
    texts = {one.section_id: one for one in draft_report(context_of(example()), writer())}

    assert texts["basic.fund_use"].facts["p1.executed"] == "619.52万元"
    assert "caiyu-2020-10" in texts["work.method"].clauses
    assert "《项目支出绩效评价管理办法》（财预〔2020〕10号）" in texts["work.method"].text


def test_practice_and_system_defaults_are_never_cited_as_a_basis() -> None:
    context = context_of(example())
    rules = context.rule_set.model_copy(update={"documents": ("system-defaults", "choucha-shiwu")})
    section = context.outline.section("work.method")
    assert section is not None

    drafted_section = writer().write(section, replace(context, rule_set=rules))

    assert "本系统默认口径" not in drafted_section.text
    assert "【待补充：自评依据的文件名称和文号" in drafted_section.text


@pytest.mark.parametrize(
    "projects", [[], [{"id": "p1"}]], ids=["no project", "a project with nothing entered"]
)
def test_an_empty_report_drafts_with_gaps_only(projects: list[dict[str, str]]) -> None:
    texts = drafted({"fiscal_year": 2024, "projects": projects})

    free_of_data = {"work.purpose", "basic.background"}
    for section_id, text in texts.items():
        assert "【待补充：" in text or section_id in free_of_data, section_id
    assert "等级为" not in texts["results.conclusion"]


def test_units_read_differently_and_each_the_same_every_time() -> None:
    data = example()
    first = drafted(data)
    variants = set()
    for name in ("甲局", "乙局", "丙局", "丁局"):
        texts = drafted(data | {"unit": name})
        variants.add("\n".join(texts.values()).replace(name, ""))

    assert first == drafted(data)
    assert len(variants) > 1


def test_several_projects_are_told_apart_and_summed() -> None:
    texts = drafted(several())

    assert "共2个：“高标准农田建设”（全年预算数500万元）、“动物防疫”" in texts["work.scope"]
    assert "“高标准农田建设”：" in texts["results.conclusion"]
    assert "各项目的自评表均没有设置质量指标。" in texts["analysis.quality"]
    assert "合计执行450.5万元" in texts["basic.fund_use"]


def test_an_average_is_stated_only_where_declared() -> None:
    data = several()
    data["projects"] = [data["projects"][0], data["projects"][0] | {"id": "p2", "name": "乙"}]

    assert "不计算平均分" in drafted(data)["results.conclusion"]
    declared = drafted(data | {"average": "简单平均"})["results.conclusion"]
    assert "简单平均的平均得分为" in declared


def test_open_lines_are_named_in_place_of_a_total() -> None:
    text = drafted(several())["results.conclusion"].split("“动物防疫”：")[1]

    assert "已定分0分" in text
    assert "“免疫数量”【待补充：实际完成值】" in text
    assert "不评定等级" in text


def test_a_budget_of_zero_has_no_rate() -> None:
    text = drafted(several())["basic.fund_use"]

    assert "全年预算数为0万元，全年执行数为0万元，没有可作分母的预算数" in text


def test_nothing_is_claimed_of_the_use_of_money_without_a_text_of_the_unit() -> None:
    text = "\n".join(drafted(several()).values())

    assert not re.search(r"专款专用|显著|严格按照|高度重视|有效提升", text)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }} {% raw %}{# x #}",
        "【待补充：假的】<b>&amp;</b>",
        "{{ r.__class__ }}{{ ''.__class__.__mro__ }}",
        "长" * 10_000,
    ],
)
def test_entered_text_is_printed_and_never_run(hostile: str) -> None:
    data = example()
    data["materials"]["experience"] = hostile
    data["projects"][0]["materials"]["background"] = hostile
    data["projects"][0]["name"] = hostile
    data["projects"][0]["indicators"][0]["level3"] = hostile
    data["projects"][0]["checklist"]["decision.basis"]["note"] = hostile

    texts = drafted(data)

    for section in ("lessons.experience", "basic.background", "work.scope", "analysis.quantity"):
        assert hostile in texts[section]
    assert "49" not in texts["lessons.experience"]


def test_line_breaks_of_entered_text_become_paragraphs() -> None:
    data = example()
    data["materials"]["experience"] = "第一条\r\n\n  第二条。\u2028第三条\x00\x1e"

    assert drafted(data)["lessons.experience"] == "第一条。\n第二条。\n第三条。"


@pytest.mark.parametrize(
    "broken", ["{% if %}", "{{ nothing_known }}", "{% include 'none' %}"], ids=str
)
def test_a_mistake_in_a_template_names_its_file(broken: str) -> None:
    templates = content().fallbacks() | {"work.scope": f"一段。\n\n{broken}"}

    with pytest.raises(ContentError) as raised:
        draft_report(context_of(example()), TemplateWriter(templates))

    assert raised.value.where.startswith("prompts/fallback/")


def test_a_missing_template_is_named() -> None:
    templates = content().fallbacks()
    del templates["problems/unexplained"]

    with pytest.raises(ContentError) as raised:
        draft_report(context_of(example()), TemplateWriter(templates))

    assert "problems/unexplained.md" in raised.value.where


def test_without_the_framework_its_conclusions_are_asked_for() -> None:
    context = replace(context_of(example()), framework=None)
    texts = {one.section_id: one.text for one in draft_report(context, writer())}

    assert texts["analysis.initiation"].count("【待补充：") == 1
