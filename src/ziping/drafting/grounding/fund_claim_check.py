"""Holding conclusions about money against the amounts of each project (资金结论核对)."""

import re
from collections.abc import Iterator, Mapping

from ziping.drafting.grounding.amount_comparisons import amount_comparisons
from ziping.drafting.grounding.amount_tests import Test
from ziping.drafting.grounding.claim_facts import ProjectFacts
from ziping.drafting.grounding.claim_matches import Taken, problem_of
from ziping.drafting.grounding.fund_claims import FUND_CLAIMS
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.scene import Scene
from ziping.drafting.grounding.segments import Part
from ziping.drafting.grounding.subjects import HitKind
from ziping.drafting.grounding.whose import project_of


class FundClaimCheck:
    """Holds conclusions about money against the amounts of one report."""

    def __init__(self, facts: Mapping[str, ProjectFacts]) -> None:
        """Check against the amounts of each project."""
        self._facts = facts

    def check(self, scene: Scene, clause: Part) -> Iterator[Problem]:
        """Yield the conclusions of a clause that no project they may be about bears out."""
        if _is_of_line(scene, clause):
            return
        taken = Taken()
        before = scene.before(clause.start)
        for claim in FUND_CLAIMS:
            for match in claim.pattern.finditer(clause.text):
                if taken.is_free(match):
                    taken.take(match)
                    if self._is_false(scene, clause, match, claim.test):
                        yield problem_of(clause, match, f"{claim.reason}，与“{match.group()}”不符")
        for match, test, reason in amount_comparisons(clause.text, before):
            if self._is_false(scene, clause, match, test):
                yield problem_of(clause, match, f"{reason}，与“{match.group()}”不符")

    def _is_false(self, scene: Scene, clause: Part, match: re.Match[str], test: Test) -> bool:
        """Whether a conclusion is false of every project and fund row it may be drawn about."""
        position = clause.start + match.end()
        project = project_of(scene, position)
        own = _rows_in(scene, clause.text[: match.start()])
        rows = own or _rows_in(scene, scene.before(position))
        verdicts: list[bool | None] = []
        for facts in self._facts.values():
            if project in {"", facts.id}:
                if not own & set(facts.by_fund):
                    verdicts.append(test(facts.amounts, match))
                verdicts += [test(facts.by_fund[row], match) for row in rows & set(facts.by_fund)]
        return bool(verdicts) and all(one is False for one in verdicts)


def _rows_in(scene: Scene, text: str) -> set[str]:
    """Return the fund rows a stretch names."""
    return {row for word, ids in scene.funds.items() if word in text for row in ids}


def _is_of_line(scene: Scene, clause: Part) -> bool:
    """Whether a clause names an indicator: then it is no conclusion about the funds."""
    return any(
        hit.kind is HitKind.LINE and hit.is_whole and clause.start <= hit.start < clause.end
        for hit in scene.hits
    )
