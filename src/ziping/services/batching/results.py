"""The roll-up over a batch, and a to-do list for each unit (汇总表、待办清单)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from ziping.documents.batch_workbooks import (
    FailureRow,
    SummaryRow,
    UnitRow,
    summary_workbook,
    todo_workbook,
)
from ziping.domain.batch import BatchProject, ItemEntry, TodoLine
from ziping.domain.numbers import plain, round_half_up
from ziping.domain.rates import rate_text
from ziping.services.batching.folder import BatchFolder
from ziping.services.batching.journal import Journal
from ziping.services.batching.sources import Source

SUMMARY_FILE = "汇总表.xlsx"
TODO_FILE = "待办清单.xlsx"
_GRADES = ("优", "良", "中", "差", "")
_NAMES = 20
"""Names of projects told in one line of a to-do list."""
_KINDS = ("还缺", "错误", "请核对", "未读入")


@dataclass(frozen=True, slots=True)
class Results:
    """What a batch came to (批量结果)."""

    reports: int
    projects: tuple[SummaryRow, ...]
    failures: tuple[FailureRow, ...]
    summary: str
    """Path of the roll-up below the output folder."""
    todo_files: tuple[str, ...]

    @property
    def repeated(self) -> str:
        """What is to be said of projects handed in more than once; blank for none."""
        names = dict.fromkeys(one.project.name for one in self.projects if one.repeats)
        if not names:
            return ""
        return f"同一个项目交了不止一份：{'、'.join(names)}；单位汇总只计前一份，请核对留哪一份"


_AS_JSON = TypeAdapter(Results)


def item_keys(journal: Journal, sources: Iterable[Source]) -> list[str]:
    """Return every report of these sources in their order."""
    entries = (journal.sources.get(one.key) for one in sources)
    return [key for entry in entries if entry is not None for key in entry.items]


def failures_of(journal: Journal, sources: Iterable[Source]) -> Iterator[FailureRow]:
    """Yield what could not be read or made, in the order of the sources."""
    for source in sources:
        entry = journal.sources.get(source.key)
        if entry is None:
            continue
        for item in journal.items(list(entry.items)):
            if item.error:
                yield FailureRow(item.source, item.label, item.error)
        if entry.error:
            yield FailureRow(entry.name, "", entry.error)


def write_results(folder: BatchFolder, journal: Journal, sources: list[Source]) -> Results:
    """Write roll-up and to-do lists over what was made, one unit in memory at a time."""
    keys = item_keys(journal, sources)
    todo_files = {
        unit: _keep(folder, journal, _todo_name(folder, journal, own), _todos(unit, journal, own))
        for unit, own in journal.units(keys).items()
    }
    rows = tuple(_marked(_rows(journal.items(keys))))
    failures = tuple(failures_of(journal, sources))
    units = list(_unit_rows(rows, todo_files))
    summary = _keep(folder, journal, SUMMARY_FILE, summary_workbook(rows, units, failures))
    made = len({one.key for one in rows})
    results = Results(made, rows, failures, summary, tuple(todo_files.values()))
    folder.keep_results(_AS_JSON.dump_json(results))
    return results


def read_results(folder: BatchFolder) -> Results | None:
    """Return what a batch came to as it was written last; None when it has not ended yet."""
    data = folder.kept_results()
    return None if data is None else _AS_JSON.validate_json(data)


def _keep(folder: BatchFolder, journal: Journal, name: str, data: bytes) -> str:
    """Write a file of results over the one written before, or under a free name."""
    before, ours = journal.results(name)
    written = folder.write_results(before or name, data, ours)
    journal.add_results(name, written, hashlib.sha256(data).hexdigest())
    return written


def _todo_name(folder: BatchFolder, journal: Journal, keys: list[str]) -> str:
    """Return where a unit's list belongs: beside its reports."""
    first = journal.item(keys[0])
    inside = first.files[0].name.rpartition("/")[0] if first.files else ""
    return f"{inside or folder.unit_folder(first.unit)}/{TODO_FILE}"


def _todos(unit: str, journal: Journal, keys: list[str]) -> bytes:
    """Return the to-do list of a unit, what is asked for again and again in one line."""
    lines: list[TodoLine] = [one for item in journal.items(keys) for one in item.todos]
    return todo_workbook(unit, sorted(_gathered(lines), key=lambda one: _KINDS.index(one.kind)))


def _gathered(lines: Iterable[TodoLine]) -> Iterator[TodoLine]:
    """Yield the lines, those that ask the same for several projects as one that names them."""
    groups: dict[TodoLine, list[TodoLine]] = {}
    for line in lines:
        is_own = line.kind == "错误" or bool(line.points)
        blank = {} if is_own else {"project": "", "where": ""}
        groups.setdefault(line.model_copy(update=blank), []).append(line)
    for same in groups.values():
        names = list(dict.fromkeys(one.project for one in same if one.project))
        if len(names) < 2:  # noqa: PLR2004 - asked for one project, perhaps twice
            yield same[0]
            continue
        rest = f"等 {len(names)} 个项目" if len(names) > _NAMES else f"（{len(names)} 个项目）"
        yield same[0].model_copy(
            update={"project": "、".join(names[:_NAMES]) + rest, "where": "各项目"}
        )


def _rows(items: Iterable[ItemEntry]) -> Iterator[SummaryRow]:
    """Yield a row for each project that has a report."""
    for item in items:
        if not item.error:
            word, excel = (one.name for one in item.files)
            source = " ".join(part for part in (item.source, item.label) if part)
            for project in item.projects:
                yield SummaryRow(item.key, item.unit, project, word, excel, source)


def _marked(rows: Iterable[SummaryRow]) -> Iterator[SummaryRow]:
    """Yield rows, those of a project that came before marked (重复的项目)."""
    seen: dict[tuple[str, str, int], str] = {}
    for row in rows:
        project = row.project
        key = ("".join(row.unit.split()), "".join(project.name.split()), project.fiscal_year)
        before = seen.setdefault(key, row.source) if all(key) else row.source
        yield row if before == row.source else row._replace(repeats=before)


def _unit_rows(rows: Iterable[SummaryRow], todo_files: dict[str, str]) -> Iterator[UnitRow]:
    """Yield a row for each unit, in the order they first come."""
    groups: dict[str, list[BatchProject]] = {}
    for row in rows:
        if row.repeats:
            continue
        groups.setdefault(row.unit, []).append(row.project)
    for unit, projects in groups.items():
        budget, executed = (_sum(projects, name) for name in ("annual_budget", "executed"))
        totals = [Decimal(one.total) for one in projects if one.total]
        yield UnitRow(
            unit=unit,
            projects=str(len(projects)),
            annual_budget="" if budget is None else plain(budget),
            executed="" if executed is None else plain(executed),
            execution_rate=rate_text(executed / budget) if budget and executed is not None else "",
            average=plain(round_half_up(sum(totals, Decimal(0)) / len(totals), 2))
            if totals
            else "",
            grades=tuple(str(sum(one.grade == grade for one in projects)) for grade in _GRADES),
            errors=str(sum(one.errors for one in projects)),
            missing=str(sum(one.missing for one in projects)),
            todo_file=todo_files.get(unit, ""),
        )


def _sum(projects: list[BatchProject], name: str) -> Decimal | None:
    """Return the sum of an amount; None while one of them cannot be read."""
    texts = [getattr(one, name) for one in projects]
    return sum((Decimal(one) for one in texts), Decimal(0)) if all(texts) else None
