"""What claims are held against: amounts of projects, results of indicators (结论核对的数据)."""

from dataclasses import dataclass, field
from decimal import Decimal

from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.levels import split_level1
from ziping.domain.quantities import Deadline
from ziping.domain.scores import LineKind, LineScore, LineStatus, ScoreSheet
from ziping.drafting.context import DraftContext
from ziping.drafting.grounding.entries import Entry, Index
from ziping.drafting.grounding.line_entries import deadline
from ziping.drafting.grounding.mentions import Dimension
from ziping.drafting.grounding.roles import Role


@dataclass(frozen=True)
class LineFacts:
    """What a claim about an indicator is held against (指标结论)."""

    line: LineScore
    target: Decimal | None
    actual: Decimal | None
    due: Deadline | None = None
    done: Deadline | None = None

    @property
    def is_date(self) -> bool:
        """Whether its target is a date."""
        return self.line.kind is LineKind.DATE

    @property
    def is_above(self) -> bool | None:
        """Whether the actual value is higher than the target; None: cannot be said."""
        if self.target is None or self.actual is None:
            return None
        return self.actual > self.target

    @property
    def is_below(self) -> bool | None:
        """Whether the actual value is lower than the target; None: cannot be said."""
        if self.target is None or self.actual is None:
            return None
        return self.actual < self.target

    @property
    def is_early(self) -> bool | None:
        """Whether it was done before the last day allowed; None: no dates to compare."""
        if self.due is None or self.done is None:
            return None
        return self.done.last < (self.due.strict_month_end or self.due.last)

    @property
    def is_full(self) -> bool | None:
        """Whether it has full marks; None while undetermined."""
        return None if self.line.points is None else not self.line.deduction


@dataclass
class ProjectFacts:
    """What claims about a project are held against (项目结论)."""

    id: str
    amounts: dict[Role, Decimal] = field(default_factory=dict)
    by_fund: dict[str, dict[Role, Decimal]] = field(default_factory=dict)
    lines: dict[str, LineFacts] = field(default_factory=dict)
    levels: dict[str, list[str]] = field(default_factory=dict)
    """Lines by the id of their level-1 dimension."""
    level2: dict[str, list[str]] = field(default_factory=dict)
    rates: dict[Role, Decimal] = field(default_factory=dict)
    has_sheet: bool = False


def build_claim_facts(context: DraftContext, index: Index) -> dict[str, ProjectFacts]:
    """Return what claims are held against, by project."""
    found = {}
    for project in context.report.projects:
        facts = ProjectFacts(project.id)
        for entry in index.entries:
            if entry.project != project.id or entry.line:
                continue
            if entry.dimension is Dimension.MONEY:
                amounts = facts.by_fund.setdefault(entry.fund, {}) if entry.fund else facts.amounts
                amounts.setdefault(entry.role, entry.value)
            elif entry.dimension is Dimension.RATE:
                facts.rates.setdefault(entry.role, entry.value)
        sheet = context.sheets_by_project.get(project.id)
        if sheet is not None:
            _add_lines(facts, project, sheet, index, context.report.fiscal_year)
        found[project.id] = facts
    return found


def _add_lines(
    facts: ProjectFacts, project: SelfEvaluation, sheet: ScoreSheet, index: Index, year: int
) -> None:
    """Add the results of a project's indicators."""
    facts.has_sheet = True
    by_line: dict[str, list[Entry]] = {}
    for entry in index.entries:
        if entry.project == project.id and entry.role in {Role.TARGET, Role.ACTUAL}:
            by_line.setdefault(entry.line, []).append(entry)
    dimensions = {level.level1: f"{project.id}.D{n}" for n, level in enumerate(sheet.dimensions, 1)}
    for line in sheet.lines:
        if line.kind is LineKind.EXECUTION or line.status is LineStatus.NOT_APPLICABLE:
            continue
        place = f"{project.id}.{line.id}"
        target, actual = _sides(by_line.get(place, []))
        cells = project.indicator(line.id)
        due, done = (
            deadline(cell, year) for cell in ((cells.target, cells.actual) if cells else ("", ""))
        )
        facts.lines[place] = LineFacts(line, target, actual, due, done)
        level = dimensions.get(split_level1(line.level1).title, "")
        facts.levels.setdefault(level, []).append(place)
        facts.level2.setdefault(line.level2, []).append(place)


def _sides(entries: list[Entry]) -> tuple[Decimal | None, Decimal | None]:
    """Return target and actual in the one dimension both are told in."""
    for dimension in (Dimension.RATE, Dimension.MONEY, Dimension.COUNT, Dimension.BARE):
        own = [one for one in entries if one.dimension is dimension]
        targets = [one.value for one in own if one.role is Role.TARGET]
        actuals = [one.value for one in own if one.role is Role.ACTUAL]
        if len(targets) == 1 and len(actuals) == 1:
            return targets[0], actuals[0]
    return None, None
