"""What scripted models answer: one that keeps to the facts, and several that do not."""

import json
import re

from tests.model_server import Call, Reply, paragraphs

_DRAFT = re.compile(r"<资料 类别=底稿[^>]*>\n(.*?)\n</资料>", re.DOTALL)
_NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)

LIES = (
    "全年预算数为9876.54万元，实际支出八千八百万元。",
    "执行率达到99.99%，比上年提高12.5个百分点。",
    "总分100分，等级为中。",
    "根据《财政支出绩效评价管理暂行规定》（财预〔2031〕777号）第九十九条，本项目符合要求。",
    "[[caiyu-2099-1#第一条]]明确规定应当如此。",
    "项目名称为{{p9.executed}}，覆盖群众31415人。",
    "全年预算数为{{p1.initial_budget}}，年初预算数为{{p1.annual_budget}}。",
    "社会公众满意度达到{{p1.rate_on_initial}}，总分{{p1.i8.points}}。",
)
"""Sentences with figures, grades and citations that no report has, or on the wrong item."""
LIE_MARKS = (
    "9876.54",
    "八千八百万",
    "99.99",
    "12.5",
    "等级为中",
    "暂行规定",
    "777号",
    "第九十九条",
    "caiyu-2099",
    "p9.",
    "31415",
    "全年预算数为760万元",
    "满意度达到81.52%",
)
"""What would show that a lie got through."""


def draft_of(call: Call) -> list[str]:
    """Return the paragraphs of the template's text that was sent along."""
    found = _DRAFT.search(call.body["messages"][1]["content"])
    return found[1].replace("＜", "<").replace("＞", ">").split("\n") if found else []


def is_repair(call: Call) -> bool:
    """Whether a request is the repair round."""
    return len(call.body["messages"]) > 2


def honest(call: Call) -> Reply:
    """Say what the data says, in other paragraphs."""
    return Reply(paragraphs(*draft_of(call)), piece=16)


def lying(call: Call) -> Reply:
    """Slip lies between true sentences, and lie again when asked to mend."""
    if is_repair(call):
        return Reply(paragraphs(*LIES))
    told = [part for pair in zip(draft_of(call), LIES, strict=False) for part in pair]
    return Reply(paragraphs(*told, *LIES), piece=16)


def repentant(call: Call) -> Reply:
    """Type a figure that is not there, and take it back when asked to mend."""
    if is_repair(call):
        count = len(_NUMBERED.findall(call.last))
        return Reply(paragraphs(*["删去。"] * count))
    return Reply(paragraphs(*draft_of(call), LIES[0]), piece=16)


def echoing(_: Call) -> Reply:
    """Repeat the schema."""
    schema = {"type": "object", "properties": {"paragraphs": {"type": "array"}}}
    return Reply(json.dumps(schema))
