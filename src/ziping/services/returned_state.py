"""How the changes of a returned file stand to the report: taken already, against its tables."""

from collections.abc import Iterable, Mapping

from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.domain.fields import ORDER, flatten, project_key
from ziping.domain.returned import ReturnedChange, ReturnedKind
from ziping.services.grounding import open_grounder
from ziping.services.scored import score_report


def taken_of(
    report: Report, current: Mapping[str, str], changes: Iterable[ReturnedChange]
) -> frozenset[str]:
    """Return the ids of the changes that the stored report shows already (已采纳)."""
    leaves = flatten(report)
    return frozenset(one.id for one in changes if _is_taken(leaves, current, one))


def _is_taken(
    leaves: Mapping[str, str], current: Mapping[str, str], change: ReturnedChange
) -> bool:
    """Whether the report reads as a change would have it."""
    prefix = project_key(change.project_id)
    rows = f"{prefix}/indicators"
    keys = leaves.get(f"{rows}/{ORDER}", "").split()
    if change.kind is ReturnedKind.TEXT:
        return current.get(change.section_id) == change.new
    if not change.paths:
        return False
    if change.kind is ReturnedKind.CELL:
        return all(leaves.get(f"{prefix}/{path}") == change.new for path in change.paths)
    if change.kind is ReturnedKind.ROW_REMOVED:
        return change.paths[0].split("/")[1] not in keys
    return change.kind is ReturnedKind.ROW_ADDED and any(
        all(leaves.get(f"{rows}/{key}/{name}") == text for name, text in change.cells.items())
        for key in keys
    )


def contradictions_of(
    content: Content, report: Report, changes: Iterable[ReturnedChange]
) -> dict[str, tuple[str, ...]]:
    """Return, by change id, what a changed text newly says against the tables of a report."""
    texts = [one for one in changes if one.kind is ReturnedKind.TEXT and one.new]
    if not texts:
        return {}
    grounder = open_grounder(content, score_report(content, report))
    found = {}
    for one in texts:
        before = {(was.kind, was.text) for was in grounder.ground(one.old).violations}
        told = tuple(
            f"“{now.text}”：{now.reason}"
            for now in grounder.ground(one.new).violations
            if (now.kind, now.text) not in before
        )
        if told:
            found[one.id] = told
    return found
