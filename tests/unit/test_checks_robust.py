"""Whatever is typed into a table, the checks answer, and each answer stands on its own."""

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ziping.checks import check, found
from ziping.content.library import Content
from ziping.domain.evaluation import FundSource, SelfEvaluation
from ziping.scoring import score

ROOT = Path(__file__).resolve().parents[2]

SEEN = (
    *("", "0", "100", "-5", "760", "619.52", "1e9", "215,457.6", "620.82万元", "99999999999999"),
    *("81.52%", "0.958", "102.59%", "290%", "≥95%", "≤0", "85%左右", "100%以上", "0.9‰"),
    *("2023年12月之前完成", "12月", "已完成", "建设中", "200余人", "三期，149人", "1-5"),
    *("效果明显", "好坏", "无", "/", "—", "……", "指标2：", "=1+1", "\x07乱码", "优秀"),
)
cells = st.one_of(st.sampled_from(SEEN), st.text(max_size=12))
levels = st.sampled_from(
    (
        "产出指标",
        "产出指标（50分）",
        "效益指标",
        "满意度指标",
        "成本指标",
        "预算执行率",
        "项目管理/其他",
        "",
    )
)


def rows(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


funds = rows(
    source=st.sampled_from([one.value for one in FundSource]),
    initial_budget=cells,
    annual_budget=cells,
    received=cells,
    executed=cells,
    printed=rows(weight=cells, rate=cells, points=cells),
)
indicators = rows(
    level1=levels,
    level2=st.sampled_from(("数量指标", "成本指标", "社会效益指标", "")),
    level3=cells,
    target=cells,
    actual=cells,
    weight=cells,
    points=cells,
    deviation=cells,
    band=st.sampled_from(("", "达成", "部分达成", "未达成")),
    approved=rows(target=cells, weight=cells),
    printed=rows(points=cells),
)
tables = rows(
    name=cells,
    adjustment_basis=cells,
    fund_unit=st.sampled_from(("元", "万元", "亿元")),
    funds=st.lists(funds, max_size=4),
    objectives=st.lists(rows(expected=cells, achieved=cells), max_size=2),
    level1_weights=st.dictionaries(levels, cells, max_size=2),
    indicators=st.lists(indicators, max_size=4),
    approved=rows(budget=cells),
    printed=rows(total=cells, grade=cells),
)


@cache
def content() -> Content:
    return Content(ROOT)


@given(tables, st.sampled_from(("cn-2020-10", "central-2021-101", "hubei-2020-3")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_gets_findings_that_are_whole_and_unique(
    table: dict[str, Any], rule_set: str
) -> None:
    for number, line in enumerate(table["indicators"], 1):
        line["id"] = f"i{number}"
    rules, words = content().rule_set(rule_set), content().lexicon()
    evaluation = SelfEvaluation.model_validate(table)
    sheet = score(evaluation, rules, words, fiscal_year=2023)
    findings = check(evaluation, sheet, rules, words, fiscal_year=2023)
    ids = [one.id for one in findings]
    assert len(ids) == len(set(ids))
    assert findings == check(evaluation, sheet, rules, words, fiscal_year=2023)
    for one in findings:
        assert one.where.path.startswith("p1/")
        assert one.where.label
        assert one.title
        assert one.message
        assert one.why
        assert one.remedy


def test_every_clause_the_checks_may_cite_exists() -> None:
    cited = [value for value in vars(found).values() if isinstance(value, str) and "#" in value]
    assert [clause for clause in cited if not content().clause(clause).text] == []
