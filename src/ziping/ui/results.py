"""What the system works out for each row of a table that people fill in; pure, no widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ziping.domain.amounts import read_amount
from ziping.domain.evaluation import FUND_SOURCE_TITLES, FundRow, FundSource, SelfEvaluation
from ziping.domain.findings import Finding, Severity
from ziping.domain.numbers import plain
from ziping.domain.rates import rate_text
from ziping.domain.rules import ExecutionRule
from ziping.domain.scores import LineScore, LineStatus, ScoreSheet
from ziping.ui.grids import FUND_COLUMNS, INDICATOR_COLUMNS, fund_keys


@dataclass(frozen=True, slots=True)
class Check:
    """A finding where it concerns a row (行校验)."""

    finding: Finding
    column: str
    """Title of the cell it is about; blank for the row as a whole."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What stands beside what was entered in one row (系统计算)."""

    name: str
    """What the row is called."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """By column title."""
    needs: str = ""
    """What the points wait for, as a Chinese request; blank when nothing."""
    checks: tuple[Check, ...] = ()
    """The gravest first."""


def fund_results(
    evaluation: SelfEvaluation,
    sheet: ScoreSheet,
    rule: ExecutionRule,
    findings: Sequence[Finding],
) -> dict[str, RowResult]:
    """Return what stands beside each fund row; only the total row carries points."""
    total = evaluation.fund(FundSource.TOTAL)
    results = {}
    for key, row in zip(fund_keys(evaluation), evaluation.funds, strict=True):
        line = sheet.execution if row is total else None
        weight = plain(line.weight) if line and line.weight is not None else "—"
        results[key] = RowResult(
            name=row.label or FUND_SOURCE_TITLES[row.source],
            figures={
                "分值": weight,
                "执行率": _row_rate(row, evaluation, rule),
                "得分": _points(line) if line else "—",
            },
            needs=line.needs if line else "",
            checks=_checks(f"{evaluation.id}/funds/{key}", FUND_COLUMNS, findings),
        )
    return results


def _row_rate(row: FundRow, evaluation: SelfEvaluation, rule: ExecutionRule) -> str:
    """Return a fund row's execution rate on the rule set's base, blank when not defined."""
    base = read_amount(getattr(row, rule.denominator), evaluation.fund_unit).value
    executed = read_amount(row.executed, evaluation.fund_unit).value
    return rate_text(executed / base) if base and executed is not None and base > 0 else ""


def indicator_results(
    evaluation: SelfEvaluation, sheet: ScoreSheet, findings: Sequence[Finding]
) -> dict[str, RowResult]:
    """Return what stands beside each indicator."""
    results = {}
    for line in evaluation.indicators:
        score = sheet.line(line.id)
        results[line.id] = RowResult(
            name=line.level3 or line.level2,
            figures={"得分": "" if score is None else _points(score)},
            needs="" if score is None else score.needs,
            checks=_checks(f"{evaluation.id}/indicators/{line.id}", INDICATOR_COLUMNS, findings),
        )
    return results


def _checks(
    path: str, columns: Mapping[str, str], findings: Sequence[Finding]
) -> tuple[Check, ...]:
    """Return the findings at a row or one of its cells, the gravest first."""
    titles = {field: title for title, field in columns.items()}
    order = list(Severity)
    here = [one for one in findings if f"{one.where.path}/".startswith(f"{path}/")]
    return tuple(
        Check(one, titles.get(one.where.path.removeprefix(f"{path}/"), ""))
        for one in sorted(here, key=lambda one: order.index(one.severity))
    )


def _points(line: LineScore) -> str:
    """Return points as the table shows them."""
    if line.status is LineStatus.NOT_APPLICABLE:
        return "—"
    return "待定" if line.points is None else plain(line.points, 2)
