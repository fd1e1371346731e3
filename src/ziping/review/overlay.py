"""A report with a reviewer's own figures in place of its own, wherever the reviewer has any."""

from typing import TypeVar

from ziping.domain.evaluation import FundRow, Indicator, Report, SelfEvaluation
from ziping.domain.text import is_blank
from ziping.review.matching import Named, pair

Row = TypeVar("Row", FundRow, Indicator)


def overlaid(report: Report, own: Report) -> Report:
    """Return the report with every figure that `own` states, its missing rows and projects added.

    Results that the report prints are left out: they would be those of other figures.
    """
    pairs = pair(_names(report.projects), _names(own.projects))
    projects = tuple(
        _project(None if a is None else report.projects[a], None if b is None else own.projects[b])
        for a, b in pairs
    )
    return report.model_copy(update={"projects": projects})


def _names(projects: tuple[SelfEvaluation, ...]) -> list[Named]:
    """Return what projects may be paired by."""
    return [Named(one.id, one.name) for one in projects]


def _project(project: SelfEvaluation | None, own: SelfEvaluation | None) -> SelfEvaluation:
    """Return one project with the reviewer's figures in it."""
    if project is None or own is None:
        return project or own or SelfEvaluation()
    funds = _rows(
        project.funds,
        own.funds,
        [_fund_name(one) for one in project.funds],
        [_fund_name(one) for one in own.funds],
    )
    indicators = _rows(
        project.indicators,
        own.indicators,
        [_line_name(one) for one in project.indicators],
        [_line_name(one) for one in own.indicators],
    )
    fund_unit = own.fund_unit if any(map(_states_money, own.funds)) else project.fund_unit
    if fund_unit is not project.fund_unit:
        funds = own.funds  # amounts of two units stand in no one column
    return project.model_copy(
        update={"funds": funds, "indicators": _unique(indicators), "fund_unit": fund_unit}
    )


def _fund_name(row: FundRow) -> Named:
    """Return what a fund row may be paired by."""
    return Named(row.source.value, row.source.value, row.source.value)


def _line_name(line: Indicator) -> Named:
    """Return what an indicator may be paired by."""
    return Named(line.id, line.level3, f"{line.level1}/{line.level2}")


def _states_money(row: FundRow) -> bool:
    """Whether a fund row states an amount."""
    return any(
        not is_blank(one)
        for one in (row.initial_budget, row.annual_budget, row.received, row.executed)
    )


def _rows(
    rows: tuple[Row, ...], own: tuple[Row, ...], names: list[Named], own_names: list[Named]
) -> tuple[Row, ...]:
    """Return rows with the reviewer's texts in them, the reviewer's further rows last."""
    merged: list[Row] = []
    for a, b in pair(names, own_names):
        if a is None or b is None:
            merged += [rows[a]] if a is not None else [own[b]] if b is not None else []
            continue
        stated = {
            name: value
            for name in type(own[b]).model_fields
            if name not in ("id", "source", "printed")
            and isinstance(value := getattr(own[b], name), str)
            and not is_blank(value)
        }
        merged.append(rows[a].model_copy(update=stated))
    return tuple(merged)


def _unique(lines: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return indicators each under an id of its own."""
    used: set[str] = set()
    kept = []
    for line in lines:
        number, key = 1, line.id
        while key in used:
            number += 1
            key = f"{line.id}-{number}"[-32:]
        used.add(key)
        kept.append(line if key == line.id else line.model_copy(update={"id": key}))
    return tuple(kept)
