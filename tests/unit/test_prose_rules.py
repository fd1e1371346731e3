"""One sentence put into a report that is right: told if it is wrong, else left alone."""

import io
from dataclasses import replace

import docx
import pytest
from tests.unit.finished_files import finished
from tests.unit.test_finished_reports import TODAY, checked, on_text, rule

from ziping.bootstrap import open_content
from ziping.services.checking import Wanted, check_data

FUNDS, METHOD, RESULT = "（3）资金使用情况", "（二）被评价单位", "（四）评价结论"
BASIS, OUTPUT, MANAGING = "1.项目决策背景", "1.产出数量", "（4）资金管理制度及执行情况"
OBJECTIVES, SOURCE = "1.绩效目标", "（1）资金来源及拨付流程"


def found_with(heading: str, sentence: str) -> list[str]:
    """Return the rules that speak up when a sentence follows a heading of the clean report."""
    clean = finished("hunan_clean")
    at = next(n for n, line in enumerate(clean.lines) if line.startswith(heading))
    lines = (*clean.lines[: at + 1], sentence, *clean.lines[at + 1 :])
    return [rule(one) for one in on_text(checked(replace(clean, lines=lines), "docx"))]


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        # ---- amounts and rates
        (FUNDS, "项目年初预算数520万元。", "text.figure"),
        (FUNDS, "2023年度项目年初预算安排520万元。", "text.figure"),
        (FUNDS, "调整后预算数为430万元。", "text.figure"),
        (FUNDS, "全年实际支出402万元。", "text.figure"),
        (FUNDS, "截至12月31日，项目资金累计支出4020000元。", "text.figure"),
        (FUNDS, "预算执行率为97.5%。", "text.figure"),
        (FUNDS, "政务大厅运行经费全年执行数为402万元。", "text.figure"),
        (FUNDS, "预算执行率84%。", "text.figure"),
        # ---- results
        (OUTPUT, "办件受理量47000件。", "text.figure"),
        (OUTPUT, "群众满意度为98%。", "text.figure"),
        (RESULT, "产出指标得48分。", "text.figure"),
        (RESULT, "本次自评综合得分96分。", "text.total"),
        (RESULT, "自评等级为良。", "text.grade"),
        (RESULT, "自评得分98分（良）。", "text.grade"),
        (RESULT, "评定为“中”。", "text.grade"),
        (RESULT, "各项绩效指标全部完成。", "text.conclusion"),
        (METHOD, "本单位纳入自评的共2个项目。", "text.project_count"),
        # ---- framework and targets
        (
            METHOD,
            "评价指标分为决策（20分）、过程（20分）、产出和效益四个一级指标。",
            "text.framework",
        ),
        (METHOD, "指标体系由投入、过程、产出、效果四个维度组成。", "text.framework"),
        (RESULT, "但部分绩效指标不够量化。", "text.not_measurable_beside_score"),
        (RESULT, "绩效目标设置不够明确、细化。", "text.not_measurable_beside_score"),
        # ---- money and objectives
        (SOURCE, "项目资金来源为单位自有资金。", "text.fund_source"),
        (SOURCE, "所需资金由财政专户管理的非税收入安排。", "text.fund_source"),
        (OBJECTIVES, "①推进一网通办。②创建节水型单位。③开展志愿服务活动。", "text.objectives"),
        # ---- citations
        (BASIS, "依据《项目支出绩效评价管理办法》（财预〔2021〕101号）。", "citations.mismatch"),
        (
            BASIS,
            "依据《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕43号）。",
            "citations.mismatch",
        ),
        (BASIS, "依据某财绩〔2022〕15号文件。", "citations.not_in_library"),
        (
            BASIS,
            "依据《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）。",
            "citations.repealed",
        ),
        # ---- names and leftovers
        (METHOD, "我校高度重视自评工作。", "text.self_reference"),
        (METHOD, "某县图书馆2023年度项目支出绩效自评由财务科负责。", "text.other_unit"),
        (METHOD, "2022年度项目支出绩效自评工作已经完成。", "text.other_year"),
        (OUTPUT, "全年共培训XX人次。", "completeness.leftover"),
        (OUTPUT, "设备于X月X日完成安装。", "completeness.leftover"),
        (OUTPUT, "TODO 补充办件数据。", "completeness.leftover"),
        (OUTPUT, "（请简要说明产出情况）", "completeness.leftover"),
        (OUTPUT, "详见错误!未找到引用源。", "completeness.leftover"),
        (OUTPUT, "【待补充：设备台数】", "completeness.leftover"),
        # ---- wording
        (SOURCE, "没有国有资产经营预算拨款。", "wording.variant"),
        (
            MANAGING,
            "我中心高度重视资金管理，精心组织，狠抓落实，资金使用效益得到全面提升，取得了显著成效。",
            "wording.stock_phrase",
        ),
    ],
)
def test_a_wrong_sentence_is_told(heading: str, sentence: str, expected: str) -> None:
    assert found_with(heading, sentence) == [expected]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        # ---- amounts that are of something else, or right in another form
        (FUNDS, "全年执行数为4200000元。"),
        (FUNDS, "按年初预算数计算，预算执行率为84%。"),
        (FUNDS, "其中：设备购置支出120万元，系统建设支出180万元，服务外包支出120万元。"),
        (FUNDS, "设备购置支出120万元。"),
        (FUNDS, "2022年年初预算数380万元，全年支出380万元，预算执行率100%。"),
        (FUNDS, "上年预算执行率为97.5%，全年支出371万元。"),
        (FUNDS, "截至6月底，项目支出180万元，执行率42.86%。"),
        (FUNDS, "第一季度支出60万元，上半年累计支出180万元。"),
        (FUNDS, "单位全年总收入3260万元，总支出3190万元。"),
        (FUNDS, "本单位2023年部门预算收入3260万元，其中项目支出年初预算500万元。"),
        (FUNDS, "叫号设备中标价118.6万元，比预算价低21.4万元。"),
        (FUNDS, "年初预算数与调整后预算数相差80万元，调减幅度16%。"),
        (FUNDS, "合同总金额398万元，已按合同付款。"),
        (FUNDS, "每个窗口平均支出8.4万元。"),
        # ---- results
        (OUTPUT, "上年受理办件41000件，本年增加5000件。"),
        (OUTPUT, "其中网上受理办件12000件，窗口受理34000件。"),
        (OUTPUT, "群众满意度目标值为90%，实际为96%。"),
        (OUTPUT, "第三季度群众满意度为94%，第四季度为97%。"),
        (RESULT, "评价等级分为优、良、中、差四个等级，得分90分以上为优，80至90分为良。"),
        (RESULT, "如改用年初预算数计算，执行率得8.4分，总分为96.4分，等级仍为优。"),
        (RESULT, "2022年度自评得分88分，等级为良。"),
        (RESULT, "窗口服务评价为优秀的占比九成。"),
        (RESULT, "项目评审专家组由中级职称以上人员组成。"),
        (RESULT, "除帮办系统停机次数外，各项指标均达到指标值。"),
        (RESULT, "总分100分，其中产出指标50分。"),
        (METHOD, "全市共有12个项目纳入重点评价，本项目不在其中。"),
        # ---- framework and targets
        (METHOD, "自评表不含决策、过程指标，两方面的情况见第四部分。"),
        (METHOD, "项目立项决策经过集体研究，过程管理由综合科负责。"),
        (METHOD, "绩效指标已经细化、量化，指标值清晰。"),
        (METHOD, "不存在指标未量化的情况。"),
        # ---- money
        (SOURCE, "没有单位自有资金，没有财政专户管理资金。"),
        (SOURCE, "资金为一般公共预算拨款，由国库集中支付。"),
        (MANAGING, "非税收入按规定缴入财政专户管理，支出与项目资金分开核算。"),
        (MANAGING, "严格执行财政专户管理资金的有关制度，本项目不使用这类资金。"),
        # ---- objectives
        (OBJECTIVES, "一是推进政务服务一网通办；二是建设启用远程视频帮办系统。"),
        (OBJECTIVES, "目标围绕方便群众办事设定，与单位职责相符。"),
        # ---- citations
        (BASIS, "依据《财政部关于印发〈项目支出绩效评价管理办法〉的通知》（财预〔2020〕10号）。"),
        (BASIS, "依据财预〔2020〕10号文件和《中华人民共和国预算法实施条例》（国务院令第729号）。"),
        (BASIS, "《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）已由财预〔2020〕10号替代。"),
        (
            BASIS,
            "按照《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）的要求。",
        ),
        # ---- names
        (METHOD, "根据某市财政局2023年度绩效自评工作的要求开展。"),
        (METHOD, "根据《某市财政局关于开展2024年度项目支出绩效自评工作的通知》开展。"),
        (METHOD, "我市营商环境持续改善，我省政务服务排名上升。"),
        (METHOD, "我中心于2024年3月完成自评，我单位主要负责人审定。"),
        (METHOD, "2024年3月开展2023年度项目支出绩效自评。"),
        # ---- leftovers and wording
        (OUTPUT, "窗口尺寸1.2米×0.6米，采用X光安检机2台、A4纸120包。"),
        (OUTPUT, "帮办系统的应急机制有待补充完善。"),
        (OUTPUT, "政府投资基金、一般公共预算、政府性基金预算均未安排。"),
        (OUTPUT, "进一步加强管理，有效提升服务，全年办件46000件。"),
    ],
)
def test_a_right_sentence_is_left_alone(heading: str, sentence: str) -> None:
    assert found_with(heading, sentence) == []


def without(heading: str, until: str) -> list[str]:
    """Return what is told of the clean report without a section: rules with their messages."""
    clean = finished("hunan_clean")
    start = next(n for n, line in enumerate(clean.lines) if line.startswith(heading))
    end = next(n for n, line in enumerate(clean.lines) if n > start and line.startswith(until))
    lines = (*clean.lines[:start], *clean.lines[end:])
    return [
        f"{rule(one)} {one.message}" for one in on_text(checked(replace(clean, lines=lines), "txt"))
    ]


def test_a_section_left_out_of_the_outline_is_told_by_its_heading() -> None:
    [told] = without("（二）被评价单位", "（三）绩效评价原则")
    assert told.startswith("completeness.section")
    assert "缺“（二）被评价单位、绩效评价范围与时段”" in told


def test_problems_left_out_are_told_once() -> None:
    [told] = without("（二）存在的问题", "（三）有关建议")
    assert told.startswith(("completeness.part", "completeness.section"))
    assert "存在的问题" in told


def test_a_rate_on_the_wrong_base_is_told_in_the_text_as_well() -> None:
    report = finished("hunan_with_defects")
    at = next(n for n, line in enumerate(report.lines) if line.startswith("（3）资金使用情况"))
    lines = (*report.lines[: at + 1], "预算执行率为84%。", *report.lines[at + 1 :])
    found = on_text(checked(replace(report, lines=lines), "txt"))
    [told] = [one for one in found if rule(one) == "text.rate_base"]
    assert told.where.quote == "预算执行率为84%。"
    assert "按年初预算数" in told.message


def test_a_table_of_another_project_is_told() -> None:
    clean = finished("hunan_clean")
    table = clean.tables[0].model_copy(update={"name": "乡镇卫生院设备购置补助"})
    found = [rule(one) for one in on_text(checked(replace(clean, tables=(table,)), "docx"))]
    assert found == ["text.project_name"]


def test_automatic_numbers_of_word_count_problems_and_suggestions() -> None:
    document = docx.Document()
    for line in finished("text_only").lines:
        document.add_paragraph(line)
        if line.startswith(("六、", "七、")):
            for number in range(4 if line.startswith("六、") else 2):
                text = f"第{number}处台账没有登记，抽查{number + 3}份。"
                document.add_paragraph(text, style="List Number")
    target = io.BytesIO()
    document.save(target)
    result = check_data(
        open_content(), target.getvalue(), "报告.docx", today=TODAY, wanted=Wanted()
    )
    told = next(one for one in result.findings if rule(one) == "text.problem_suggestion_count")
    assert "“存在的问题”有 4 条" in told.message
    assert "“建议”有 2 条" in told.message
