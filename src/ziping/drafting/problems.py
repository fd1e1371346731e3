"""What the data makes a report own up to: deductions and findings, grouped by cause (问题归集).

A cause is found from figures and answers, never from adjectives; its wording is in
`prompts/fallback/problems/<kind>.md`. Findings about printed figures of an old table are table
corrections and seed nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.findings import Family, Finding
from ziping.domain.scores import ScoreSheet
from ziping.drafting.context import DraftContext
from ziping.drafting.line_view import LineView
from ziping.drafting.project_view import ProjectView
from ziping.drafting.recorder import Recorder

KINDS = (
    "execution",
    "overspent",
    "zero_budget",
    "unmet",
    "shortfall",
    "receipt",
    "total_row",
    "weights",
    "unexplained",
    "manual",
    "adjustment",
    "unmeasurable",
    "cost_target",
    "target_low",
    "evidence",
    "checklist",
)
"""Causes in the order they are told: points lost first, then how targets and budget were set."""

_OF_PROJECT = {
    "execution": "execution",
    "overspent": "executed",
    "zero_budget": "annual_budget",
    "receipt": "receipt_gap",
    "total_row": "funds",
    "weights": "weight_total",
    "adjustment": "adjustment",
    "checklist": "checklist",
}
"""What a problem of a whole project answers: a score line, a fact, or the checklist."""
_LINE_FAMILIES = frozenset({Family.TARGETS, Family.DEVIATIONS, Family.OVERSCORING})
_RULES = {
    "overspent": ("funds.over_budget:", "funds.over_received:"),
    "zero_budget": ("funds.zero_budget:",),
    "total_row": ("funds.sum:", "funds.total_zero:"),
    "weights": ("weights.",),
}
"""Checks that find the same matter as a problem of a whole project."""
_FUND_FIELDS = ("adjustment_basis", "funds/total/annual_budget", "funds/total/initial_budget")


@dataclass(frozen=True)
class Case:
    """One project's part in a problem."""

    project_id: str
    line_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seed:
    """A problem before it is worded (问题线索)."""

    kind: str
    cases: tuple[Case, ...]
    answers: tuple[str, ...]
    """Line ids such as `p1.i8` and finding ids."""
    points: Decimal
    """Points lost that it explains."""


def find_seeds(context: DraftContext) -> tuple[Seed, ...]:
    """Return the problems a report's data shows, in the order they are told."""
    found: dict[str, list[Case]] = {kind: [] for kind in KINDS}
    for project in context.report.projects:
        sheet = context.sheets_by_project.get(project.id)
        view = ProjectView(Recorder(context.ledger), project, context, is_single=True)
        for kind, lines in _causes(view, project, sheet, context).items():
            found[kind].append(Case(project.id, tuple(line.id for line in lines)))
    told: set[str] = set()
    return tuple(_seed(kind, cases, context, told) for kind, cases in found.items() if cases)


def _causes(
    view: ProjectView, project: SelfEvaluation, sheet: ScoreSheet | None, context: DraftContext
) -> dict[str, list[LineView]]:
    """Return the causes one project shows, each with its lines."""
    lines = _by_outcome(view) | {
        "unmeasurable": view.worded,
        "cost_target": [one for one in view.counted if view.copies_budget(one)],
        "target_low": _far_beyond(view, sheet, context),
        "evidence": _unproven(view, context),
    }
    causes = {kind: chosen for kind, chosen in lines.items() if chosen}
    is_adjusted = view.order("annual_budget", "initial_budget") in {"more", "less"}
    is_zero = view.is_zero("annual_budget") and not view.unsummed
    whole = {
        "execution": view.has_lost_on_execution,
        "overspent": view.is_overspent and not is_zero,
        "zero_budget": is_zero,
        "receipt": view.order("received", "annual_budget") == "less",
        "total_row": bool(view.unsummed),
        "weights": view.has_odd_weights,
        "adjustment": is_adjusted and not project.adjustment_basis.strip(),
        "checklist": bool(view.failed_checks),
    }
    return causes | {kind: [] for kind, is_shown in whole.items() if is_shown}


def _by_outcome(view: ProjectView) -> dict[str, list[LineView]]:
    """Return every line missed, given by hand or short of points under exactly one cause."""
    causes: dict[str, list[LineView]] = {}
    for line in view.counted:
        if line.is_unmet:
            kind = "unmet"
        elif line.is_manual and line.has("reason") and (line.is_lost or line.is_raised):
            kind = "manual"
        elif line.is_lost:
            kind = "shortfall" if line.has("reason") else "unexplained"
        else:
            continue
        causes.setdefault(kind, []).append(line)
    return causes


def _unproven(view: ProjectView, context: DraftContext) -> list[LineView]:
    """Return the lines a finding misses the evidence of."""
    paths = {finding.where.path for finding in context.findings}
    return [one for one in view.counted if f"{_path(one.id)}/evidence" in paths]


def _path(line_id: str) -> str:
    """Return the field path of a line such as `p1.i3`."""
    return line_id.replace(".", "/indicators/", 1)


def _far_beyond(
    view: ProjectView, sheet: ScoreSheet | None, context: DraftContext
) -> list[LineView]:
    """Return the lines whose result lies at or beyond the rule set's threshold."""
    threshold = context.rule_set.over_achievement.threshold
    if sheet is None or threshold is None:
        return []
    far = {
        f"{view.id}.{line.id}"
        for line in sheet.lines
        if line.met and line.ratio is not None and line.ratio >= threshold
    }
    return [one for one in view.counted if one.id in far and one.shape == "above"]


def _seed(kind: str, cases: list[Case], context: DraftContext, told: set[str]) -> Seed:
    """Return a seed with what it answers; a deduction's points are counted once."""
    ids: list[str] = []
    for case in cases:
        of_project = [f"{case.project_id}.{_OF_PROJECT[kind]}"] if kind in _OF_PROJECT else []
        ids += [*of_project, *case.line_ids]
    points = Decimal(0)
    for line_id in ids:
        fact = context.ledger.facts.get(f"{line_id}.deduction")
        if fact and fact.value and line_id not in told:
            points += fact.value
    told.update(ids)
    matched = [one.id for one in context.findings if _is_about(one, kind, cases)]
    return Seed(kind, tuple(cases), (*ids, *matched), points)


def _is_about(finding: Finding, kind: str, cases: Iterable[Case]) -> bool:
    """Whether a finding is the same matter as a seed."""
    path = finding.where.path
    if "/printed" in path:
        return False
    if kind in _RULES:
        of_projects = tuple(f"{case.project_id}/" for case in cases)
        return finding.id.startswith(_RULES[kind]) and path.startswith(of_projects)
    if kind in {"adjustment", "receipt", "execution"}:
        fields = _FUND_FIELDS if kind == "adjustment" else ("funds/total/executed",)
        return any(path == f"{case.project_id}/{field}" for case in cases for field in fields)
    if kind == "evidence":
        return path in {f"{_path(one)}/evidence" for case in cases for one in case.line_ids}
    if finding.family not in _LINE_FAMILIES:
        return False
    return any(
        f"{path}/".startswith(f"{_path(line_id)}/") for case in cases for line_id in case.line_ids
    )
