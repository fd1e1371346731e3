"""Points lost in the tables, and whether words speak of an indicator (扣分)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ziping.checks.prose.likeness import coverage, normalised
from ziping.checks.prose.subject import ProseSubject
from ziping.checks.subject import Line, Subject
from ziping.domain.numbers import read_number
from ziping.domain.prose_words import ProseWords

_SHORTEST, _LONG = 3, 4
"""Characters from which what is particular in a name is looked for, and is looked for in part."""
_NAMED = 0.5
"""Share of a name's pairs of characters from which words speak of it."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points lost in a table (扣分)."""

    id: str
    """Project and line, e.g. p1/i8."""
    name: str
    points: Decimal
    words: tuple[str, ...]
    """Words besides the name by which a problem speaks of it."""


def deductions(subject: ProseSubject) -> tuple[Deduction, ...]:
    """Return the deductions that want a problem: those the table shows, else those scored."""
    return tuple(one for table in subject.projects for one in _lost(table, subject))


def _lost(table: Subject, subject: ProseSubject) -> Iterator[Deduction]:
    least = subject.words.least_deduction
    for line in table.lines:
        weight, shown = line.weight.value, line.shown.value
        if line is table.execution_row or weight is None:
            continue
        lost = weight - shown if shown is not None else line.score.deduction if line.score else 0
        if lost >= least:
            key = f"{table.evaluation.id}/{line.indicator.id}"
            yield Deduction(key, line.name, Decimal(lost), _level_words(line))
    lost = _lost_on_execution(table)
    if lost >= least:
        key = f"{table.evaluation.id}/execution"
        yield Deduction(key, "预算执行率", lost, subject.words.execution_words)


def _lost_on_execution(table: Subject) -> Decimal:
    """Return the points lost on the execution rate, as printed or else as scored."""
    row = table.execution_row
    printed = (
        row.shown if row else read_number(table.total.row.printed.points if table.total else "")
    )
    weight = table.sheet.execution.weight
    if printed.value is None or weight is None:
        return table.sheet.execution.deduction
    return max(weight - printed.value, Decimal(0))


def _level_words(line: Line) -> tuple[str, ...]:
    """Return how a problem may call a line by its second level."""
    title = line.indicator.level2.strip()
    core = title.removesuffix("指标")
    named = (core,) if len(core) >= _LONG else (f"{core}指标",) if core else ()
    return (*named, "满意度") if "满意度" in f"{line.name}{title}" else named


def _core(name: str, words: ProseWords) -> str:
    """Return what is particular in an indicator's name: 示范店创建 of 完成示范店创建数量."""
    core = name
    while ends := next((one for one in words.name_endings if core.endswith(one)), ""):
        core = core.removesuffix(ends)
    while begins := next((one for one in words.name_beginnings if core.startswith(one)), ""):
        core = core.removeprefix(begins)
    return core


def names_line(text: str, name: str, words: ProseWords) -> bool:
    """Whether a text names an indicator: wholly, or most of what is particular in it."""
    told, wanted = normalised(text), normalised(name)
    core = _core(wanted, words)
    if len(wanted) >= _LONG and wanted in told:
        return True
    if len(core) < _SHORTEST:
        return False
    return core in told or (len(core) >= _LONG and coverage(core, told) >= _NAMED)
