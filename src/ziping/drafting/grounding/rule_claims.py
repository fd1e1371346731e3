"""Claims that a rule says something, with no rule named (无出处的“规定”)."""

import re
from collections.abc import Iterator

from ziping.domain.grounding import ViolationKind
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.segments import Sentence

_CLAIM = re.compile(
    "(?P<claim>(?:(?:有关|相关|上级|国家|省|市|财政|现行|财政部门?|省财政厅|市财政局)*(?:规定|政策|文件|办法|制度|条例|法律法规|法规|法律|通知|意见|标准|规范|规程|细则|指引)"
    "|财政部门?|财政厅|财政局|上级部门|主管部门|国务院|省政府|市政府|国家)"
    "(?:中|里|也|均|都|还|对此|已|已经)*(?:明确)?(?:规定|要求|明确|指出|提出|强调)(?:了|：|，)?)(?![的和与及、，。；）”]|办理|执行|进行|开展|使用|管理|填报|编制)(?P<what>[^。；]{4,})"
)
_BEFORE = re.compile(
    "(?:按照?|依照?|根据|依据|遵照|遵循|符合|违反|执行|落实|满足|参照|不符合|严格按照?|没有|未|对照)[^，。；]{0,10}$"
)
_ANAPHORA = re.compile("该|上述|前述|此|本|评分规则|同一|这一|这些")
_OWN = re.compile("本单位|我单位|单位内部|内部|本中心|我中心|中心|本局|我局")


def find_rule_claims(
    sentence: Sentence, *, has_citation: bool, has_earlier: bool
) -> Iterator[Problem]:
    """Yield the claims of a sentence that name no document."""
    if has_citation:
        return
    for match in _CLAIM.finditer(sentence.text):
        before = sentence.text[: match.start()]
        lead = before[-4:] + match["claim"][:4]
        if _BEFORE.search(before) or (has_earlier and _ANAPHORA.search(lead)):
            continue
        if _OWN.search(before[-8:]) or "评分规则" in before[-6:] + match["claim"]:
            continue
        yield Problem(
            ViolationKind.RULE_CLAIM,
            sentence.start + match.start("claim"),
            sentence.start + match.end("claim"),
            "说了规定的内容，没有写明是哪个文件的哪一条，请补上《文件名》和条号，或改成自己的话",
        )
