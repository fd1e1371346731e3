"""One plain step from what was entered grounds; a digit, unit or subject changed is reported."""

from copy import deepcopy
from functools import cache

import pytest
from tests.unit.grounding_reports import FOREST, found, grounder

from ziping.drafting.grounding import Grounder

ENTERED = (
    "全县原有管护站42处，其中18处装有监控。组织防火培训240人次，分12期举办。"
    "苗木采购支出86.4万元，苗木运输支出52.7万元。"
)
TRUE = [
    "全县原有管护站42处，其中18处装有监控，其余24处没有监控。",
    "全县原有管护站42处，18处装有监控，占42.86%。",
    "全县原有管护站42处，其中18处（占42.86%）装有监控。",
    "组织防火培训240人次，分12期举办，平均每期20人次。",
    "新建防火隔离带54公里，比计划少6公里。",
    "造林成活率89.6%，比目标高4.6个百分点。",
    "林农满意度93%，超出目标3个百分点。",
    "人工造林8260亩，比目标多260亩，超出3.25%。",
    "苗木采购支出86.4万元，苗木运输支出52.7万元。",
    "15万元单位资金没有到账。",
]
FALSE = {
    "digit of a rest": "全县原有管护站42处，其中18处装有监控，其余34处没有监控。",
    "unit of a rest": "全县原有管护站42处，其中18处装有监控，其余24册没有监控。",
    "rest and part swapped": "全县原有管护站42处，其中24处装有监控，其余18处没有监控。",
    "digit of a share": "全县原有管护站42处，18处装有监控，占43.86%。",
    "unit of a share": "全县原有管护站42处，18处装有监控，占42.86‰。",
    "share of the rest": "全县原有管护站42处，其中24处（占42.86%）没有监控。",
    "digit of an average": "组织防火培训240人次，分12期举办，平均每期30人次。",
    "unit of an average": "组织防火培训240人次，分12期举办，平均每期20册。",
    "result and gap swapped": "新建防火隔离带6公里，比计划少54公里。",
    "gap of rates as a rate": "造林成活率89.6%，比目标高4.6%。",
    "digit of an excess": "人工造林8260亩，比目标多260亩，超出2.25%。",
    "unit of an excess": "人工造林8260亩，比目标多260亩，超出3.25‰。",
    "nothing is no step": "人工造林8260亩，比目标多0亩。",
    "parts swapped": "苗木采购支出52.7万元，苗木运输支出86.4万元。",
    "an entered figure as a gap": "组织防火培训12期，比计划多240期。",
}


@cache
def entered() -> Grounder:
    data = deepcopy(FOREST)
    data["projects"][0]["materials"] = {"content": ENTERED}
    return grounder(data)


@pytest.mark.parametrize("sentence", TRUE)
def test_one_plain_step_grounds(sentence: str) -> None:
    assert found(sentence, entered()) == set()


@pytest.mark.parametrize("sentence", FALSE.values(), ids=FALSE)
def test_what_is_one_change_off_is_reported(sentence: str) -> None:
    assert found(sentence, entered()) != set()


UNITS_RIGHT = [
    "自评得分96分，高于90分。",
    "造林成活率目标值为85%。",
    "预算执行率为92.2%，造林成活率为89.6%。",
]
UNITS_WRONG = [
    "预算执行率扣分占总扣分的19.5个百分点。",
    "造林成活率目标值为85个百分点。",
    "造林成活率、林农满意度分别为89.6%和93分。",
]


@pytest.mark.parametrize("sentence", UNITS_RIGHT)
def test_units_that_fit_are_left_alone(sentence: str) -> None:
    assert found(sentence, entered()) == set()


@pytest.mark.parametrize("sentence", UNITS_WRONG)
def test_units_the_words_rule_out_are_reported(sentence: str) -> None:
    assert found(sentence, entered()) != set()
