"""Which indicators a conclusion is drawn about (结论的主语)."""

import re
from collections.abc import Mapping, Sequence

from ziping.domain.numbers import parse_chinese
from ziping.drafting.grounding.claim_facts import LineFacts, ProjectFacts
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Part
from ziping.drafting.grounding.subjects import Hit, HitKind
from ziping.drafting.grounding.whose import project_of

_OTHERS = re.compile(r"其余|其他|剩余的?\d*项")
_SOME = re.compile("部分|个别|有(?:的|些|项)?(?:绩效)?指标|一些|少数|多数|不少|若干")
_COUNTED = re.compile(r"(\d+|[两三四五六七八九十]+)项")
_STILL = re.compile(
    "且|并|但|而|仅|被|因|只|均|都|也|又|实际|目标|年度|指标值|完成|得|扣|比|较|高|低|超|未|没有|达|为|按|提前|逾期"
    "|评|自评|已|全部|其|该|属|仍|还|控制|年内|时限|要求|早于|晚于|不|远|略|在|提"
)
_LONGEST_CHAIN = 4
"""Clauses over which a name is carried."""


def counted_in(match: re.Match[str], groups: list[list[LineFacts]]) -> list[list[LineFacts]]:
    """Return the groups a conclusion is drawn about when it counts its indicators."""
    counted = _COUNTED.search(match.group())
    if counted is None:
        return groups
    written = counted[1]
    number = int(written) if written.isdigit() else parse_chinese(written)
    return [one for one in groups if len(one) == number]


def is_of_level(scene: Scene, position: int) -> bool:
    """Whether the name before a place is a dimension's, not an indicator's."""
    named = _named_before(scene, position, {HitKind.LINE, HitKind.LEVEL1})
    return bool(named) and named[-1].kind is HitKind.LEVEL1


class ClaimSubjects:
    """Finds the indicators of a report a clause speaks of."""

    def __init__(self, facts: Mapping[str, ProjectFacts]) -> None:
        """Look among the lines of each project."""
        self._facts = facts

    def _projects(self, scene: Scene, position: int) -> list[ProjectFacts]:
        """Return the project spoken of at a place, or all."""
        project = project_of(scene, position)
        return [one for one in self._facts.values() if project in {"", one.id}]

    def dated(self, scene: Scene, position: int) -> list[LineFacts]:
        """Return every line with a deadline of the project spoken of."""
        return [
            line
            for facts in self._projects(scene, position)
            for line in facts.lines.values()
            if line.is_date
        ]

    def named(self, scene: Scene, clause: Part, position: int) -> list[list[LineFacts]]:
        """Return the indicators named before a place, those of one name together."""
        named = _named_before(scene, position, {HitKind.LINE, HitKind.LEVEL1})
        if not named or named[-1].kind is HitKind.LEVEL1 or _OTHERS.search(clause.text):
            return []
        if not _carries(scene, named[-1], clause):
            return []
        is_several = "均" in clause.text or "都" in clause.text
        chosen = [hit for hit in named if hit.kind is HitKind.LINE] if is_several else named[-1:]
        projects = self._projects(scene, position)
        groups = (
            [
                facts.lines[one]
                for facts in projects
                for one in sorted(hit.ids)
                if one in facts.lines
            ]
            for hit in chosen
        )
        return [group for group in groups if group]

    def groups(self, scene: Scene, clause: Part, match: re.Match[str]) -> list[list[LineFacts]]:
        """Return the indicators a general conclusion is drawn about, one group a project."""
        if _SOME.search(clause.text[: match.end()]):
            return []
        position = clause.start + match.end()
        groups = (
            [facts.lines[one] for one in self._spoken_of(scene, clause, position, facts)]
            for facts in self._projects(scene, position)
            if facts.has_sheet
        )
        return [group for group in groups if group]

    @staticmethod
    def _spoken_of(scene: Scene, clause: Part, position: int, facts: ProjectFacts) -> Sequence[str]:
        """Return the lines of a project a clause speaks of: of a dimension, named, or all."""
        told = {
            one
            for hit in _named_before(scene, position, {HitKind.LINE})
            for one in hit.ids
            if one in facts.lines
        }
        if _OTHERS.search(clause.text):
            for hit in _named_before(scene, position, {HitKind.LEVEL1, HitKind.LEVEL2}):
                by_id = facts.levels if hit.kind is HitKind.LEVEL1 else facts.level2
                told.update(one for level in hit.ids for one in by_id.get(level, ()))
            return [one for one in facts.lines if one not in told]
        levels = [
            hit
            for hit in _named_before(scene, position, {HitKind.LEVEL1, HitKind.LEVEL2})
            if "；" not in scene.sentence.between(hit.end, clause.start)
            and "除" not in scene.sentence.between(hit.start - 2, hit.start)
        ]
        if not levels:
            return [one for one in facts.lines if one in told] or list(facts.lines)
        by_id = facts.levels if levels[-1].kind is HitKind.LEVEL1 else facts.level2
        return [one for level in levels[-1].ids for one in by_id.get(level, ())]


def _named_before(scene: Scene, position: int, kinds: set[HitKind]) -> list[Hit]:
    """Return the names of some kinds that stand before a place."""
    return [hit for hit in scene.hits if hit.end <= position and hit.kind in kinds]


def _carries(scene: Scene, hit: Hit, clause: Part) -> bool:
    """Whether the clause still speaks of a name: no other subject has come between."""
    if clause.start <= hit.start:
        return True
    text = scene.sentence.between(hit.end, clause.start)
    if "；" in text or text.count("，") > _LONGEST_CHAIN:
        return False
    return _STILL.match(clause.text) is not None
