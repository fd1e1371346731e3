"""Tokens become figures and citations; what names nothing is told; typed figures are caught."""

from functools import cache
from pathlib import Path

import pytest

from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.library import LibraryClause, Origin
from ziping.domain.rules import Certainty
from ziping.drafting import DraftContext
from ziping.drafting.model.citing import citable_clauses
from ziping.drafting.model.resolve import resolve
from ziping.drafting.model.typed import TypedRule
from ziping.services.drafted import draft_context
from ziping.services.library import digest_clauses
from ziping.services.scored import score_report

ROOT = Path(__file__).resolve().parents[2]
CITED = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"


@cache
def context() -> DraftContext:
    content = Content(ROOT)
    report = load_report(ROOT / "knowledge" / "examples" / "huaihua-2023.yaml")
    return draft_context(content, score_report(content, report))


@cache
def clauses() -> tuple[LibraryClause, ...]:
    return digest_clauses(context().documents["caiyu-2020-10"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("支出{{p1.executed}}。", "支出619.52万元。"),
        ("支出{{ p1.executed }}万元。", "支出619.52万元。"),
        ("支出｛｛p1.executed｝｝。", "支出619.52万元。"),
        ("执行率{{p1.execution_rate}}%。", "执行率100%。"),
        ("{{year}}年度的预算。", "2023年度的预算。"),
        ("{{year}}年初预算数。", "2023年初预算数。"),
        ("{{p1.total}}分值合计。", "98分分值合计。"),
        ("依据[[caiyu-2020-10#第一条]]开展。", f"依据{CITED}第一条开展。"),
        ("依据【【caiyu-2020-10#第一条】】开展。", f"依据{CITED}第一条开展。"),
        ("依据《项目支出绩效评价管理办法》[[caiyu-2020-10#第一条]]。", f"依据{CITED}第一条。"),
        ("依据[[caiyu-2020-10#第一条]]第一条。", f"依据{CITED}第一条。"),
    ],
)
def test_tokens_are_filled_in_however_they_are_typed(written: str, read: str) -> None:
    found = resolve(written, context().ledger, citable_clauses(clauses(), context()))

    assert (found.text, found.unknown) == (read, [])


@pytest.mark.parametrize(
    "written", ["{{p9.executed}}。", "[[caiyu-2099#第一条]]。", "{{p1.executed}。", "[[甲]。"]
)
def test_tokens_that_name_nothing_are_told(written: str) -> None:
    assert resolve(written, context().ledger, {}).unknown


def test_an_article_nobody_has_seen_is_cited_as_its_document() -> None:
    unsure = [one for one in clauses() if one.certainty is not Certainty.SEEN]
    assert unsure
    for one in citable_clauses(unsure, context()).values():
        assert (one.text, one.id) == (CITED, "caiyu-2020-10")


@pytest.mark.parametrize(
    "change",
    [{"status": "已废止"}, {"status": "实务"}, {"jurisdiction": "湖北"}],
    ids=["repealed", "practice", "elsewhere"],
)
def test_what_is_not_in_force_here_cannot_be_cited(change: dict[str, str]) -> None:
    clause = clauses()[0].model_copy(update={"document_id": "o1", **change})

    assert not citable_clauses([clause], context())


def test_an_original_that_a_user_added_can_be_cited() -> None:
    clause = LibraryClause(
        id="o1#第三条",
        document_id="o1",
        document="某市项目管理细则",
        number="某财〔2022〕5号",
        article="第三条",
        text="……",
        status="现行",
        jurisdiction="怀化",
        certainty=Certainty.SEEN,
        origin=Origin.ORIGINAL,
    )
    found = resolve("按[[o1#第三条]]执行。", context().ledger, citable_clauses([clause], context()))

    assert found.text == "按《某市项目管理细则》（某财〔2022〕5号）第三条执行。"


RULE = "全年执行数619.52万元；完成25项建设任务；评价时段为2023年1月1日至12月31日。"


@pytest.mark.parametrize(
    "sentence",
    [
        "支出{{p1.executed}}，依据[[caiyu-2020-10#第一条]]。",
        "1.完成25项建设任务。",
        "支出619.52万元。",
        "2023年完成，十分顺利，“六统一”建成。",
        "评价时段为2023年1月1日至12月31日。",
        "三个股室各负其责，一次验收。",
        "【待补充：2019年的依据，如某发〔2019〕1号（找财务人员）】。",
    ],
)
def test_what_is_known_may_be_typed(sentence: str) -> None:
    assert TypedRule(context(), RULE).problems(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "支出619.53万元。",
        "支出619.52亿元。",
        "支出１９．５２万元。",
        "支出六百二十万元。",
        "完成26项建设任务。",
        "执行率达到百分之九十九。",
        "2031年完成。",
        "2023年1月2日至12月31日。",
        "2月31日完成。",
        "依据财预〔2031〕1号。",
        "依据《某办法》。",
        "依据第九十九条。",
        "覆盖31415人。",
    ],
)
def test_what_is_not_known_is_caught(sentence: str) -> None:
    assert TypedRule(context(), RULE).problems(sentence)
