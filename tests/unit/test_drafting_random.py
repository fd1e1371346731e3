"""Whatever was entered, drafting ends, invents no figure and answers every deduction."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.random_reports import reports
from tests.unit.test_drafting_report import context_of, unlisted_figures, writer

from ziping.drafting import draft_report

amounts = st.sampled_from(["", "0", "无", "约100", "1,200.5", "619.52", "0.000001", "-3"]) | (
    st.decimals(0, 100_000, places=2).map(str)
)
targets = st.sampled_from(
    ["", "无", "≥20台", "100%", "≤3次", "0", "效果明显", "2024年11月底前", "10-20", "左右", "1200"]
)
actuals = st.sampled_from(
    ["", "无", "20台", "18台", "86%", "5次", "0", "效果明显", "2024年12月", "15", "已完成", "1900"]
)
kinds = st.sampled_from(
    [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
        ("成本指标", "经济成本指标"),
        ("效益指标", "经济效益指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "生态效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("", ""),
    ]
)


@st.composite
def indicators(draw: st.DrawFn, number: int) -> dict[str, Any]:
    level1, level2 = draw(kinds)
    return {
        "id": f"i{number}",
        "level1": level1,
        "level2": level2,
        "level3": draw(st.sampled_from(["", "办件数", "完成率", "支出成本"])),
        "target": draw(targets),
        "actual": draw(actuals),
        "weight": draw(st.sampled_from(["", "0", "10", "12.5", "30", "甲"])),
        "band": draw(st.sampled_from(["", "达成", "部分达成", "未达成"])),
        "points": draw(st.sampled_from(["", "", "", "8", "45", "甲"])),
        "deviation": draw(st.sampled_from(["", "连续降雨"])),
    }


@st.composite
def projects(draw: st.DrawFn, number: int) -> dict[str, Any]:
    columns = ("initial_budget", "annual_budget", "received", "executed")
    sources = draw(st.lists(st.sampled_from(["total", "appropriation", "carryover"]), unique=True))
    return {
        "id": f"p{number}",
        "name": draw(st.sampled_from(["", "设备维护", "培训"])),
        "fund_unit": draw(st.sampled_from(["万元", "元", "亿元"])),
        "funds": [
            {"source": source} | {column: draw(amounts) for column in columns} for source in sources
        ],
        "indicators": [draw(indicators(one)) for one in range(draw(st.integers(0, 5)))],
        "checklist": draw(
            st.dictionaries(
                st.sampled_from(["decision.basis", "process.regulations", "decision.indicators"]),
                st.fixed_dictionaries({"answer": st.sampled_from(["", "是", "部分", "否"])}),
            )
        ),
    }


@st.composite
def entered(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "unit": draw(st.sampled_from(["", "某局", "某县卫生健康局"])),
        "fiscal_year": 2024,
        "place": draw(st.sampled_from(["", "湖南", "湖北"])),
        "average": draw(st.sampled_from(["", "简单平均", "按资金加权"])),
        "projects": [draw(projects(one)) for one in range(draw(st.integers(0, 3)))],
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entered())
def test_no_figure_is_invented_and_no_deduction_passed_over(data: dict[str, Any]) -> None:
    context = context_of(data)
    texts = draft_report(context, writer())

    for one in texts:
        assert one.text
        assert unlisted_figures(context, one.text) == [], one.section_id
        assert "待补充：数据" not in one.text
        assert all(context.ledger.display(fact) == shown for fact, shown in one.facts.items())
    answered = {answer for one in writer().list_problems(context) for answer in one.answers}
    for sheet in context.sheets:
        lost = {f"{sheet.project_id}.{line.id}" for line in sheet.lines if line.deduction}
        assert lost <= answered


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports)
def test_odd_characters_never_stop_the_draft(report: Any) -> None:  # noqa: ANN401 - see strategy
    data = report.model_dump(mode="json")

    assert draft_report(context_of(data), writer())
