"""No sentence contradicts the table it was drafted from."""

from typing import Any

import pytest
from tests.unit.test_drafting_problems import flawless, indicator, project
from tests.unit.test_drafting_report import context_of, drafted

from ziping.drafting import find_seeds

COLUMNS = ("initial_budget", "annual_budget", "received", "executed")


def row(*amounts: str, source: str = "total", label: str = "") -> dict[str, Any]:
    """Return a fund row: 年初、全年、到位、执行."""
    return {"source": source, "label": label} | dict(zip(COLUMNS, amounts, strict=True))


def report(*projects: dict[str, Any], **changes: object) -> dict[str, Any]:
    base = {"unit": "某局", "fiscal_year": 2024, "place": "湖南", "projects": list(projects)}
    return base | changes


def texts(*amounts: str, **changes: object) -> dict[str, str]:
    """Draft a single project with a total row of these amounts."""
    funds = [row(*amounts)] if amounts else project()["funds"]
    return drafted(report(project(funds=funds, **changes)))


def kinds(data: dict[str, Any]) -> list[str]:
    return [seed.kind for seed in find_seeds(context_of(data))]


def test_fund_rows_of_one_source_keep_their_own_amounts() -> None:
    county = row("30", "30", "30", "30", source="other", label="其中：县级配套")
    own = row("10", "10", "10", "10", source="other", label="自筹")
    total = row("40", "40", "40", "40")
    data = report(project(funds=[total, county, own]))

    assert "其中县级配套30万元、自筹10万元" in drafted(data)["basic.fund_source"]
    assert context_of(data).ledger.display("p1.fund.other.3.executed") == "10万元"


def test_a_second_total_row_does_not_replace_the_first() -> None:
    data = report(project(funds=[row("40", "40", "40", "40"), row("9", "9", "9", "9")]))

    assert context_of(data).ledger.display("p1.executed") == "40万元"


def test_the_average_is_the_one_the_scorer_stands_by() -> None:
    first, second = project(), project(id="p2", name="培训", funds=[row("", "", "5", "5")])
    data = report(first, second, average="按资金加权")

    assert "平均得分为" not in drafted(data)["results.conclusion"]
    zero = project(id="p2", name="培训", funds=[row("0", "0", "0", "0")])
    assert "average" not in context_of(report(first, zero, average="按资金加权")).ledger.facts


def test_a_mark_in_the_deviation_cell_is_no_reason() -> None:
    for nothing in ("无", "/", "无偏差", "有待加强"):
        lines = [indicator(actual="15台", deviation=nothing)]
        told = texts(indicators=lines)["lessons.problems"]
        assert f"原因：{nothing}" not in told
        assert "【待补充：没有达到指标值的原因" in told
    words = {"target": "运行平稳", "actual": "平稳", "band": "达成", "points": "40"}
    assert "unexplained" in kinds(report(project(indicators=[indicator(**words, deviation="无")])))


@pytest.mark.parametrize(
    ("amounts", "kind", "stated"),
    [
        (("100", "100", "100", "130"), "overspent", "超出全年预算数30万元"),
        (("100", "130", "100", "130"), "overspent", "超出实际到位数30万元"),
        (("0", "0", "0", "50"), "zero_budget", "全年执行数50万元"),
    ],
)
def test_spending_without_cover_is_owned_up_to(
    amounts: tuple[str, ...], kind: str, stated: str
) -> None:
    data = report(project(funds=[row(*amounts)], adjustment_basis="批复"))
    told = drafted(data)["lessons.problems"]

    assert kind in kinds(data)
    assert stated in told
    assert "尚未填齐" not in told
    assert "没有发现" not in told


def test_weights_that_do_not_add_up_are_owned_up_to() -> None:
    lines = [indicator(weight="25"), indicator(id="i2", level1="效益指标", weight="25")]
    data = report(project(indicators=lines))

    assert "weights" in kinds(data)
    assert "分值合计为60分" in drafted(data)["lessons.problems"]
    assert "分值合计为60分" in drafted(data)["results.conclusion"]


def test_a_total_row_unlike_its_parts_is_owned_up_to() -> None:
    part = row("80", "80", "80", "80", source="appropriation")
    data = report(project(funds=[row("100", "100", "100", "100"), part]))

    assert "total_row" in kinds(data)
    assert "合计" in drafted(data)["lessons.problems"]


def test_no_problem_is_said_only_where_the_checks_found_none() -> None:
    told = drafted(report(flawless()))["lessons.problems"]
    assert "没有发现需要说明的问题" in told
    assert "各项目" not in told

    faulty = drafted(report(flawless() | {"objectives": []}))["lessons.problems"]
    assert "没有发现需要说明的问题" not in faulty
    assert "年度总体目标" in faulty


def test_spending_beyond_what_was_received_is_no_share_of_it() -> None:
    told = texts("100", "100", "100", "130")

    assert "到位资金支出" not in told["analysis.fund_management"]
    assert "超出实际到位数30万元" in told["analysis.fund_management"]


def test_money_left_over_is_never_told_as_none() -> None:
    told = texts("100", "100", "120", "100")["basic.fund_use"]

    assert "没有结余" not in told
    assert "已到位未支出20万元" in told
    assert "没有结余" in texts("100", "100", "100", "100")["basic.fund_use"]
    assert "没有结余" not in texts("100", "100", "", "100")["basic.fund_use"]
    both = texts("100", "100", "120", "80")["basic.fund_use"]
    assert "其中已到位未支出40万元" not in both


def test_a_negative_amount_is_asked_about_not_told() -> None:
    data = report(project(funds=[row("100", "100", "-5", "100")]))
    told = "\n".join(drafted(data).values())

    assert "-5" not in told
    assert "负数" in drafted(data)["basic.fund_receipt"]
    assert "p1.received" not in context_of(data).ledger.facts


def test_a_missed_target_with_full_points_by_hand_is_not_told_as_met() -> None:
    lines = [
        indicator(target="≥10台", actual="9台", points="45", points_reason="疫情影响"),
        indicator(id="i2", level1="效益指标", level2="社会效益指标"),
    ]
    data = report(project(indicators=lines))
    told = drafted(data)

    assert "指标达到年度指标值" not in told["results"]
    assert "1项指标未达到年度指标值" in told["results"]
    assert "unmet" in kinds(data)
    assert "按评分规则可得40.5分，人工核定得45分" in told["lessons.problems"]


def test_points_lowered_by_hand_are_told_as_lowered() -> None:
    told = texts(indicators=[indicator(points="40", points_reason="验收资料不全")])

    assert "核减" in told["lessons.problems"]
    assert "核定调高" not in told["lessons.problems"]


def test_cost_is_not_told_as_benefit() -> None:
    lines = [
        indicator(id="i1", level1="成本指标", level2="社会成本指标", level3="噪声扰民次数"),
        indicator(id="i2", level1="成本指标", level2="生态环境成本指标", level3="排放量"),
        indicator(id="i3", level1="成本指标", level2="经济成本指标", level3="采购成本"),
        indicator(id="i4", level1="满意度指标", level2="社会公众满意度", level3="公众满意度"),
    ]
    told = texts(indicators=lines)

    assert "效益方面" not in told["results"]
    assert "没有设置社会效益指标" in told["results.social"]
    assert "没有设置经济效益指标" in told["analysis.economic"]
    assert "“公众满意度”" in told["results.satisfaction"]


def test_lost_and_open_lines_are_told_together() -> None:
    lines = [indicator(weight="20", actual="10台"), indicator(id="i2", weight="25", actual="")]
    told = texts(indicators=lines)["results"]

    assert "扣10分" in told
    assert "1项尚未定分" in told


def test_targets_count_as_measurable_only_when_they_can_be_read() -> None:
    lines = [indicator(), indicator(id="i2", target="左右", actual="20台")]
    told = texts(indicators=lines)

    assert "均有可以计算或核对的指标值" not in told["basic.indicators"]
    assert "都可以计算或核对" not in told["analysis.target_setting"]
    assert "均有可以计算或核对的指标值" in texts()["basic.indicators"]


def test_a_missing_weight_is_no_zero() -> None:
    told = texts(indicators=[indicator(weight="")])

    assert "产出指标0分" not in "\n".join(told.values())
    assert "分值0分" not in "\n".join(told.values())


def test_a_date_not_kept_reads_as_written() -> None:
    lines = [indicator(level2="时效指标", target="2024年11月底前", actual="未完成")]
    told = "\n".join(texts(indicators=lines).values())

    assert "实际完成时间为未完成" not in told
    assert "完成情况为“未完成”，没有按期完成" in told


def test_the_reason_beside_the_execution_row_is_told() -> None:
    row_of_rate = indicator(
        id="i0", level1="预算执行率", level2="预算执行率", level3="预算执行率", target="100%",
        actual="90%", weight="10", deviation="尾款未到付款期",
    )  # fmt: skip
    told = texts("100", "100", "100", "90", indicators=[row_of_rate, indicator(weight="90")])

    assert "原因：尾款未到付款期" in told["lessons.problems"]
    assert "均为已到位未支出的资金" in told["basic.fund_use"]


def test_a_table_without_output_says_so() -> None:
    told = texts(indicators=[indicator(level1="效益指标", level2="社会效益指标")])

    assert told["analysis.output"] == "自评表没有设置产出指标。"


def test_an_open_band_asks_for_what_is_missing() -> None:
    words = {"target": "运行平稳", "actual": "平稳", "band": "达成", "points": "1"}

    assert (
        "与所选档次相符的得分"
        in texts(indicators=[indicator(**words)])["results"]
        + (texts(indicators=[indicator(**words)])["results.conclusion"])
    )


def test_one_line_is_not_told_as_several() -> None:
    told = "\n".join(texts(indicators=[indicator(actual="15台")]).values())

    assert "1项指标均" not in told


def test_a_bound_kept_in_another_unit_is_no_low_target() -> None:
    lines = [indicator(level2="质量指标", level3="响应时间", target="≤2小时", actual="30分钟")]
    data = report(project(indicators=lines))

    assert "target_low" not in kinds(data)
    assert "完成率" not in drafted(data)["analysis.quality"]


def test_a_target_far_exceeded_is_not_called_low_without_grounds() -> None:
    told = texts(indicators=[indicator(actual="60台")])

    assert "偏低" not in told["lessons.problems"] + told["lessons.suggestions"]


def test_the_method_tells_how_dates_score() -> None:
    lines = [indicator(level2="时效指标", target="2024年11月底前", actual="2024年10月")]
    told = texts(indicators=lines)["work.method"]

    assert "按完成比例" not in told
    assert "超出时限的不得分" in told


def test_satisfaction_by_bands_is_told_as_bands() -> None:
    line = indicator(level1="满意度指标", level2="服务对象满意度指标", target="≥90%", actual="85%")
    data = report(project(indicators=[line]), place="中央", rule_set="central-2021-101")

    assert "满意度指标按" in drafted(data)["work.method"]


def test_a_line_without_its_first_level_is_told_as_such() -> None:
    lines = [indicator(level1=""), indicator(id="i2", level1="效益指标", level2="社会效益指标")]
    told = texts(indicators=lines)
    whole = "\n".join(told.values())

    assert "【待补充：项目支出名称】分值" not in whole
    assert told["basic.indicators"].count("维护设备台数") == 2
    assert told["results"].count("维护设备台数") == 1


def test_the_execution_row_of_a_table_is_no_indicator() -> None:
    lines = [
        indicator(
            id="i0", level1="预算执行率", level2="预算执行率", level3="预算执行率", target="100%",
            actual="100%", weight="10",
        ),
        indicator(actual="15台"),
        indicator(id="i2", level1="效益指标", level2="社会效益指标", actual="10台"),
    ]  # fmt: skip
    told = texts(indicators=lines)

    assert "其余指标得满分" not in told["results.conclusion"]
    assert "预算执行率" not in told["basic.indicators"].replace("除预算执行率外", "")
