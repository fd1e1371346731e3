"""Whether comparisons and conclusions agree with the figures: 超额完成, 未超预算, 没有结余 (结论核对)."""

import re
from collections.abc import Callable, Iterator

from ziping.domain.grounding import ViolationKind
from ziping.domain.numbers import parse_chinese
from ziping.drafting.grounding.claim_facts import LineFacts, ProjectFacts
from ziping.drafting.grounding.fund_claims import FUND_CLAIMS, amount_comparison
from ziping.drafting.grounding.general_claims import GENERAL_CLAIMS
from ziping.drafting.grounding.line_claims import LINE_CLAIMS, TIME_CLAIMS, LineClaim
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Part
from ziping.drafting.grounding.subjects import Hit, HitKind
from ziping.drafting.grounding.user_texts import UserTexts
from ziping.drafting.grounding.whose import project_of

_NOT_STATED = re.compile(
    "如果|若|假如|如有|如未|是否|能否|凡|应当?(?!急)|须|必须|(?<![主重需不])要(?!求|素|点)|确保|力争|争取|计划(?!数|值|\\d)|拟|将(?!近)|避免|防止|杜绝|不得|建议|下一?年度|今后|以后年度|以便|使得?|促使|推动|"
    "的得满分|没有达到的|达到的|未达到的|未完成的|的原因|原因是|尽可能|逐步|进一步|及时向|改用|列出|逐项|对照检查|督促|限期|预期|需要?|可能|容易|难以|不能说明|并不|不等于"
)
_UNKNOWN_TREND = re.compile(
    "(?:同比|环比|较上年|比上年|比去年|较去年|较上一年|与上年相比|与去年相比|较往年|比往年|连续[两三四五六七八九十\\d]+年)[^，。；]{0,12}(?:增长|增加|上升|提高|提升|下降|减少|降低|持平|增幅|降幅|超|改善)?"
)
_RANK = re.compile(
    "(?:排名|位居|位列|居|排在|名列)(?:全[省市县国区]|同类|系统)?[^，。；]{0,4}(?:第[一二三四五六七八九十\\d]+位?|前列|前茅|首位|榜首)"
)


class ClaimCheck:
    """Holds conclusions against the figures of one report."""

    def __init__(self, facts: dict[str, ProjectFacts], texts: UserTexts) -> None:
        """Check against the facts of each project."""
        self._facts = facts
        self._texts = texts

    def check(self, scene: Scene) -> Iterator[Problem]:
        """Yield the conclusions of a sentence that the figures contradict."""
        for clause in scene.sentence.clauses:
            yield from self._unknown(clause)
            if _NOT_STATED.search(clause.text):
                continue
            yield from self._of_lines(scene, clause)
            yield from self._of_funds(scene, clause)

    def _unknown(self, clause: Part) -> Iterator[Problem]:
        """Yield comparisons with figures the report does not have."""
        for pattern, what in ((_UNKNOWN_TREND, "上年数据"), (_RANK, "排名")):
            for match in pattern.finditer(clause.text):
                if not self._texts.holds(match.group()):
                    reason = f"数据台账和录入文字里没有{what}，不能写“{match.group()}”"
                    yield _problem(clause, match, reason)

    # ---- indicators -----------------------------------------------------------------------

    def _of_lines(self, scene: Scene, clause: Part) -> Iterator[Problem]:
        """Yield conclusions about indicators that do not hold."""
        taken: list[tuple[int, int]] = []
        for claim in (*TIME_CLAIMS, *LINE_CLAIMS):
            for match in claim.pattern.finditer(clause.text):
                groups = (
                    [] if _overlaps(taken, match) else self._spoken_of(scene, clause, match, claim)
                )
                if not groups:
                    continue
                taken.append(match.span())
                wrong = [
                    group for group in groups if all(claim.test(one) is False for one in group)
                ]
                if wrong:
                    line = wrong[0][0]
                    name = line.line.level3 or line.line.level2
                    told = f"“{name}”{claim.told(line)}"
                    yield _problem(clause, match, f"{told}，与“{match.group()}”不符")
        for general in GENERAL_CLAIMS:
            for match in general.pattern.finditer(clause.text):
                if _overlaps(taken, match):
                    continue
                taken.append(match.span())
                found = self._groups_of(scene, clause, match)
                if counted := _COUNTED.search(match.group()):
                    found = [one for one in found if len(one) == _number(counted[1])]
                if found and all(general.test(group) is False for group in found):
                    yield _problem(clause, match, _general_reason(found[0], match.group()))

    def _spoken_of(
        self, scene: Scene, clause: Part, match: re.Match[str], claim: LineClaim
    ) -> list[list[LineFacts]]:
        """Return the indicators a conclusion is drawn about, those of one name together."""
        position = clause.start + match.start()
        groups = self._named(scene, clause, position)
        if not groups and claim in TIME_CLAIMS:
            dated = self._dated(scene, position)
            return [dated] if dated else []
        return groups

    def _dated(self, scene: Scene, position: int) -> list[LineFacts]:
        """Return every line with a deadline of the project spoken of."""
        project = project_of(scene, position)
        return [
            line
            for facts in self._facts.values()
            if not project or facts.id == project
            for line in facts.lines.values()
            if line.is_date
        ]

    def _named(self, scene: Scene, clause: Part, position: int) -> list[list[LineFacts]]:
        """Return the indicators named before a place, those of one name together."""
        named = [
            hit
            for hit in scene.hits
            if hit.end <= position and hit.kind in {HitKind.LINE, HitKind.LEVEL1}
        ]
        if not named or named[-1].kind is HitKind.LEVEL1 or _OTHERS.search(clause.text):
            return []
        if not self._carries(scene, named[-1], clause):
            return []
        project = project_of(scene, position)
        is_several = "均" in clause.text or "都" in clause.text
        chosen = [hit for hit in named if hit.kind is HitKind.LINE] if is_several else named[-1:]
        groups = (
            [
                facts.lines[one]
                for facts in self._facts.values()
                for one in sorted(hit.ids)
                if one in facts.lines and project in {"", facts.id}
            ]
            for hit in chosen
        )
        return [group for group in groups if group]

    @staticmethod
    def _carries(scene: Scene, hit: Hit, clause: Part) -> bool:
        """Whether the clause still speaks of a name: no other subject has come between."""
        if clause.start <= hit.start:
            return True
        text = scene.sentence.between(hit.end, clause.start)
        return "；" not in text and text.count("，") <= 4 and _STILL.match(clause.text) is not None  # noqa: PLR2004

    def _groups_of(self, scene: Scene, clause: Part, match: re.Match[str]) -> list[list[LineFacts]]:
        """Return the indicators a general conclusion is drawn about, one group a project."""
        position = clause.start + match.end()
        project = project_of(scene, position)
        chosen = [one for one in self._facts.values() if not project or one.id == project]
        named = [
            hit
            for hit in scene.hits
            if hit.end <= position
            and hit.kind in {HitKind.LEVEL1, HitKind.LEVEL2}
            and scene.sentence.between(hit.end, clause.start).count("；") == 0
            and "除" not in scene.sentence.between(hit.start - 2, hit.start)
        ]
        groups = []
        for facts in chosen:
            if not facts.has_sheet:
                continue
            ids: list[str] = list(facts.lines)
            lines_told = {
                one
                for hit in scene.hits
                if hit.kind is HitKind.LINE and hit.end <= position and not named
                for one in hit.ids
                if one in facts.lines
            }
            if lines_told and not _OTHERS.search(clause.text):
                ids = [one for one in facts.lines if one in lines_told]
            elif _OTHERS.search(clause.text):
                told = {one for hit in scene.hits for one in hit.ids if hit.end <= position}
                ids = [one for one in facts.lines if one not in told]
            elif named and named[-1].kind is HitKind.LEVEL1:
                ids = [one for level in named[-1].ids for one in facts.levels.get(level, ())]
            elif named:
                ids = [one for title in named[-1].ids for one in facts.level2.get(title, ())]
            if ids:
                groups.append([facts.lines[one] for one in ids])
        return groups

    # ---- funds ----------------------------------------------------------------------------

    def _of_funds(self, scene: Scene, clause: Part) -> Iterator[Problem]:
        """Yield conclusions about money that do not hold."""
        has_line = any(
            hit.kind is HitKind.LINE and hit.is_whole and clause.start <= hit.start < clause.end
            for hit in scene.hits
        )
        taken: list[tuple[int, int]] = []
        for claim in FUND_CLAIMS:
            for match in claim.pattern.finditer(clause.text):
                if _overlaps(taken, match):
                    continue
                taken.append(match.span())
                verdicts = self._amounts(scene, clause, match, claim.test)
                if verdicts and not any(one is not False for one in verdicts) and not has_line:
                    yield _problem(clause, match, f"{claim.reason}，与“{match.group()}”不符")
        if not has_line:
            for match, test, reason in amount_comparison(clause.text):
                verdicts = self._amounts(scene, clause, match, test)
                if verdicts and not any(one is not False for one in verdicts):
                    yield _problem(clause, match, f"{reason}，与“{match.group()}”不符")

    def _amounts(
        self,
        scene: Scene,
        clause: Part,
        match: re.Match[str],
        test: Callable[[dict, re.Match[str]], bool | None],  # type: ignore[type-arg]
    ) -> list[bool | None]:
        """Return the verdicts on a conclusion, one a project it may be drawn about."""
        project = project_of(scene, clause.start + match.end())
        chosen = [one for one in self._facts.values() if not project or one.id == project]
        verdicts: list[bool | None] = []
        text = scene.sentence.between(scene.sentence.start, clause.start + match.end())
        rows = {row for word, ids in scene.funds.items() if word in text for row in ids}
        for facts in chosen:
            verdicts.append(test(facts.amounts, match))
            verdicts += [test(facts.by_fund[row], match) for row in rows if row in facts.by_fund]
        return verdicts


_DENIED = re.compile("(?:没有|没|未|不|无|非|并未|未曾|不曾|避免|防止|不再)$")
_DENIES = re.compile("没|未|不|无|零|尚未|并未")
_OTHERS = re.compile("其余|其他|剩余的?\\d*项")
_COUNTED = re.compile("(\\d+|[两三四五六七八九十]+)项")
_STILL = re.compile(
    "(?:且|并|但|而|仅|被|因|只|均|都|也|又|实际|目标|年度|指标值|完成|得|扣|比|较|高|低|超|未|没有|达|为|按|提前|逾期|评|自评|已|全部|其|该|属|仍|还|控制|年内|时限|要求|早于|晚于|不|远|略|在|提)"
)


def _number(written: str) -> int | None:
    """Return a count in digits or words."""
    return int(written) if written.isdigit() else parse_chinese(written)


def _overlaps(taken: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether an earlier conclusion covers part of a stretch, or a word before it denies it."""
    is_denied = _DENIED.search(match.string[: match.start()]) and not _DENIES.match(match.group())
    return bool(is_denied) or any(
        match.start() < end and match.end() > start for start, end in taken
    )


def _problem(clause: Part, match: re.Match[str], reason: str) -> Problem:
    """Return the problem of a conclusion."""
    return Problem(
        ViolationKind.COMPARISON, clause.start + match.start(), clause.start + match.end(), reason
    )


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
