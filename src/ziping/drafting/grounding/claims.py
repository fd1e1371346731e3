"""Whether comparisons and conclusions agree with the figures, e.g. 超额完成 (结论核对)."""

import re
from collections.abc import Iterator, Mapping

from ziping.drafting.grounding.claim_facts import LineFacts, ProjectFacts
from ziping.drafting.grounding.claim_matches import Taken, problem_of
from ziping.drafting.grounding.claim_subjects import ClaimSubjects, counted_in, is_of_level
from ziping.drafting.grounding.figures import CHANGE
from ziping.drafting.grounding.fund_claim_check import FundClaimCheck
from ziping.drafting.grounding.general_claims import GENERAL_CLAIMS
from ziping.drafting.grounding.line_claims import LINE_CLAIMS, TIME_CLAIMS, LineClaim
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Part
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.verdicts import Verdict

_NOT_STATED = re.compile(
    "如果|若|假如|如有|如未|是否|能否|凡|应当?(?!急)|须|必须|(?<![主重需不])要(?!求|素|点)|确保|力争|争取"
    r"|计划(?!数|值|\d)|拟|将(?!近)|避免|防止|杜绝|不得|建议|下一?年度|今后|以后年度|以便|使得?|促使|推动"
    "|的得满分|没有达到的|达到的|未达到的|未完成的|的原因|原因是|尽可能|逐步|进一步|及时向|改用|列出|逐项"
    "|对照检查|督促|限期|预期|需要?|可能|容易|难以|不能说明|并不|不等于"
)
"""Words of plans, rules and conditions: such a clause concludes nothing."""
_TURNED_RULE = re.compile(
    "(?:[按如]期|按时)完成的(?:不得分|被?扣分)|(?<![没未])(?<!没有)达到(?:指标值)?的(?:不得分|被?扣分)"
    "|(?:超出时限|逾期|未达到|没有达到)(?:指标值)?的得满分"
)
_UNKNOWN_TREND = re.compile(
    "(?:同比|环比|[较比]上年|[较比]去年|较上一年|与[上去]年相比|[较比]往年"
    r"|连续[两三四五六七八九十\d]+年)[^，。；]{0,12}"
    "(?:增长|增加|上升|提高|提升|下降|减少|降低|持平|增幅|降幅|超|改善)?"
)
_DENIED = re.compile("(?:没有|未发现|不存在|未出现|未发生|杜绝)[^。；]*(?:情况|现象|问题|行为)")
_PLACE = re.compile("第[0-9一二三四五六七八九十]+位?")
_RANK = re.compile(
    "(?:排名|位居|位列|居|排在|名列)(?:全[省市县国区]|同类|系统)?[^，。；]{0,4}"
    r"(?:第[一二三四五六七八九十\d]+位?|前列|前茅|首位|榜首)"
)


class ClaimCheck:
    """Holds conclusions against the figures of one report."""

    def __init__(self, facts: dict[str, ProjectFacts], texts: UserTexts) -> None:
        """Check against the facts of each project."""
        self._subjects = ClaimSubjects(facts)
        self._funds = FundClaimCheck(facts)
        self._texts = texts

    def check(self, scene: Scene, verdicts: Mapping[int, Verdict]) -> Iterator[Problem]:
        """Yield the conclusions of a sentence that the figures contradict; verdicts by place."""
        changes = [
            one.figure.end
            for one in verdicts.values()
            if one.entry is not None and CHANGE.search(one.entry.name)
        ]
        for clause in scene.sentence.clauses:
            if not any(clause.holds(end - 1) for end in changes):
                yield from self._unknown(scene, clause)
            yield from _turned_rules(clause)
            if _NOT_STATED.search(clause.text) or _DENIED.search(clause.text):
                continue
            yield from self._of_lines(scene, clause)
            yield from self._funds.check(scene, clause)

    def _unknown(self, scene: Scene, clause: Part) -> Iterator[Problem]:
        """Yield comparisons with figures the report does not have."""
        for pattern, what in ((_UNKNOWN_TREND, "上年数据"), (_RANK, "排名")):
            for match in pattern.finditer(clause.text):
                start, end = clause.start + match.start(), clause.start + match.end()
                is_name = any(one.start < end and one.end > start for one in scene.hits)
                if pattern is _UNKNOWN_TREND and self._texts.knows_last_year(scene.sentence.text):
                    continue
                if (place := _PLACE.search(match.group())) and self._texts.holds(place.group()):
                    continue
                if not is_name and not self._texts.holds(match.group()):
                    reason = f"数据台账和录入文字里没有{what}，不能写“{match.group()}”"
                    yield problem_of(clause, match, reason)

    def _of_lines(self, scene: Scene, clause: Part) -> Iterator[Problem]:
        """Yield conclusions about indicators that do not hold."""
        taken = Taken()
        for claim in (*TIME_CLAIMS, *LINE_CLAIMS):
            for match in claim.pattern.finditer(clause.text):
                groups = (
                    self._spoken_of(scene, clause, match, claim) if taken.is_free(match) else []
                )
                if groups:
                    taken.take(match)
                    yield from _contradicted(clause, match, claim, groups)
        for general in GENERAL_CLAIMS:
            for match in general.pattern.finditer(clause.text):
                position = clause.start + match.start()
                is_apt = not general.is_of_level or is_of_level(scene, position)
                if taken.is_free(match) and is_apt:
                    taken.take(match)
                    found = self._subjects.groups(scene, clause, match)
                    found = counted_in(match, found)
                    if found and not any(map(general.test, found)):
                        yield problem_of(clause, match, _general_reason(found[0], match.group()))

    def _spoken_of(
        self, scene: Scene, clause: Part, match: re.Match[str], claim: LineClaim
    ) -> list[list[LineFacts]]:
        """Return the indicators a conclusion is drawn about, those of one name together."""
        position = clause.start + match.start()
        groups = self._subjects.named(scene, clause, position)
        if not groups and claim in TIME_CLAIMS:
            dated = self._subjects.dated(scene, position)
            return [dated] if dated else []
        return groups


def _turned_rules(clause: Part) -> Iterator[Problem]:
    """Yield the rules of scoring told the wrong way round."""
    for match in _TURNED_RULE.finditer(clause.text):
        yield problem_of(clause, match, f"评分规则不是“{match.group()}”：达到、按期的得满分")


def _contradicted(
    clause: Part, match: re.Match[str], claim: LineClaim, groups: list[list[LineFacts]]
) -> Iterator[Problem]:
    """Yield the problem of a conclusion that is false of every line of a name."""
    wrong = [group for group in groups if all(claim.test(one) is False for one in group)]
    if wrong:
        line = wrong[0][0]
        told = f"“{line.line.level3 or line.line.level2}”{claim.told(line)}"
        yield problem_of(clause, match, f"{told}，与“{match.group()}”不符")


def _general_reason(lines: list[LineFacts], words: str) -> str:
    """Return why a conclusion about several indicators does not hold."""
    unmet = [one for one in lines if one.line.met is False]
    opened = [one for one in lines if one.line.points is None]
    lost = [one for one in lines if one.line.deduction]
    if unmet:
        return f"有{len(unmet)}项指标未达到指标值，与“{words}”不符"
    if opened:
        return f"还有{len(opened)}项指标没有定分，不能写“{words}”"
    if lost:
        return f"有{len(lost)}项指标扣分，与“{words}”不符"
    return f"评分表与“{words}”不符"
