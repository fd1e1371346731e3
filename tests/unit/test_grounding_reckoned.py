"""What follows from the facts by arithmetic grounds; what does not add up is reported."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.grounding_reports import culture, found

from ziping.domain.grounding import ViolationKind as Kind

TRUE = [
    "到位资金结余41.55万元，未执行56.55万元。",
    "未执行的56.55万元中，财政拨款32.8万元，单位资金23.75万元。",
    "全年预算比年初增加45万元，增长6.62%。",
    "单位资金预算80万元，到位65万元，缺口15万元，到位率81.25%。",
    "财政拨款占全年预算的88.97%，单位资金占11.03%。",
    "财政拨款、单位资金分别支出612.2万元和56.25万元。",
    "年初预算、全年预算分别为680万元和725万元。",
    "财政拨款645万元，单位资金80万元，分别占88.97%和11.03%。",
    "完成人工造林8260亩，比计划多260亩，超额3.25%。",
    "新建防火隔离带54公里，比计划少6公里，完成率90%。",
    "带动务工463人，比目标少37人，完成92.6%。",
    "造林8260亩，折合550.67公顷。",
    "412名护林员联合巡山86次，平均每月约7次。",
    "人工造林8260亩，平均每名护林员约20亩。",
    "按支出668.45万元和造林8260亩计算，每亩约809元。",
    "发放问卷420份，收回398份，回收率94.76%。",
    "预算执行率扣0.78分，占全部扣分4分的19.5%。",
    "扣分合计4分，其中带动务工人数扣2.22分、新建防火隔离带扣1分、预算执行率扣0.78分。",
    "带动务工人数和新建防火隔离带合计扣3.22分。",
    "除带动务工人数外，其余指标扣1.78分。",
    "若预算全部执行，总分可达96.78分。",
    "造林面积比2023年的7900亩增加360亩，增长4.56%。",
    "按年初预算数计算，执行率为98.3%，按全年预算数计算为92.2%。",
    "林农满意度93%，比90%高3个百分点。",
]
FALSE = [
    "到位资金结余42.55万元。",
    "未执行的56.55万元中，财政拨款23.75万元，单位资金32.8万元。",
    "全年预算比年初增加45万元，增长6.72%。",
    "财政拨款占全年预算的11.03%，单位资金占88.97%。",
    "财政拨款、单位资金分别支出56.25万元和612.2万元。",
    "年初预算、全年预算分别为725万元和680万元。",
    "财政拨款645万元，单位资金80万元，分别占11.03%和88.97%。",
    "完成人工造林8260亩，比计划多360亩。",
    "完成人工造林8260亩，比计划多260亩，超额4.25%。",
    "按支出668.45万元和造林8260亩计算，每亩约909元。",
    "发放问卷398份，收回420份。",
    "发放问卷420份，收回398份，回收率95.76%。",
    "预算执行率扣0.78分，占全部扣分4分的29.5%。",
    "造林面积比2023年的7900亩增加460亩。",
    "林农满意度93%，比90%高4个百分点。",
    "单位资金由80万元减少到90万元。",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_follows_grounds(sentence: str) -> None:
    assert found(sentence) == set()


@pytest.mark.parametrize("sentence", FALSE)
def test_what_does_not_add_up_is_reported(sentence: str) -> None:
    assert found(sentence)


SEVERAL_TRUE = [
    "两个项目全年预算合计470万元，支出453.8万元，执行率96.55%。",
    "博物馆免费开放、古籍修复的预算执行率分别为100%和73%。",
    "两个项目总分相差13.7分。",
    "两个项目平均得分93.15分。",
    "两个项目共设6项三级指标，5项达标，1项未达标。",
    "古籍修复支出43.8万元，占两个项目总支出的9.65%。",
    "博物馆免费开放全年预算410万元，占全部预算的87.23%。",
    "博物馆免费开放日均接待观众约1682人次。",
]
SEVERAL_FALSE = [
    "两个项目全年预算合计410万元。",
    "博物馆免费开放、古籍修复的预算执行率分别为73%和100%。",
    "博物馆免费开放全年预算60万元。",
    "两个项目总分相差14.7分。",
    "古籍修复项目总分100分。",
    "两个项目共设7项三级指标。",
]


@pytest.mark.parametrize("sentence", SEVERAL_TRUE)
def test_sums_and_shares_over_projects_ground(sentence: str) -> None:
    assert found(sentence, culture()) == set()


@pytest.mark.parametrize("sentence", SEVERAL_FALSE)
def test_wrong_sums_over_projects_are_reported(sentence: str) -> None:
    assert found(sentence, culture())


@pytest.mark.parametrize(
    "sentence",
    [
        "下一年度计划新建防火隔离带70公里，力争林农满意度达到95%以上。",
        "2025年将补建6公里防火隔离带，6月底前完工。",
        "建议2025年安排预算不少于750万元。",
        "预计明年带动务工520人。",
    ],
)
def test_plans_claim_nothing(sentence: str) -> None:
    assert found(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("2025年完成人工造林8260亩。", Kind.DATE),
        ("2025年实际支出668.45万元。", Kind.DATE),
        ("编制下一年度预算时，参考本年度执行率93.2%。", Kind.RATE),
    ],
)
def test_a_result_is_no_plan_whatever_year_it_is_given(sentence: str, kind: Kind) -> None:
    assert kind in found(sentence)


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=3_000))
def test_only_the_true_difference_grounds(gap: int) -> None:
    problems = found(f"完成人工造林8260亩，比计划的8000亩多{gap}亩。")

    assert (problems == set()) == (gap == 260)
