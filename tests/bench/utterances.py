"""How well the conversation understands what staff say: precision and recall of its patches.

Usage: python tests/bench/utterances.py [FILE]; without one, the half that was used for tuning.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

from tests.bench.sections import Section, verdict

from ziping.cli.printing import Side, table
from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.amounts import read_amount
from ziping.domain.cells import read_actual, read_target
from ziping.domain.conversation import Reply
from ziping.domain.evaluation import FundRow, FundUnit, Indicator, Objective, Report
from ziping.domain.numbers import read_number
from ziping.domain.quantities import Cell
from ziping.services.saying import say_once

TUNING = Path(__file__).with_name("utterances.yaml")
WANTED_PRECISION, WANTED_RECALL = 0.98, 0.85
ROOT = Path(__file__).resolve().parents[2]
_AMOUNTS = ("initial_budget", "annual_budget", "received", "executed")
_NEW_FIELDS = ("level2", "level3", "target", "actual", "weight")

Entry = Mapping[str, Any]


@dataclass
class Tally:
    """What was right and wrong in one kind of utterance (计数)."""

    utterances: int = 0
    right: int = 0
    proposed: int = 0
    gold: int = 0
    as_expected: int = 0
    """Utterances that were answered in the way that was expected."""
    wrong_where_asked: int = 0
    """Patches proposed where something should have been asked, or nothing said."""
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add another tally."""
        for name in ("utterances", "right", "proposed", "gold", "as_expected", "wrong_where_asked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        """Share of the proposed patches that are right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold patches that were proposed."""
        return self.right / self.gold if self.gold else 1.0


def states_of(content: Content, file: Mapping[str, Any]) -> dict[str, Report]:
    """Return the reports that utterances are said about."""
    example = load_report(content.root / "knowledge" / "examples" / "huaihua-2023.yaml")
    states = {"example": example, "blank": _blanked(example)}
    stated = file.get("states", {})
    return states | {name: Report.model_validate(one) for name, one in stated.items()}


def _blanked(example: Report) -> Report:
    """Return the same unit, year, project and indicator names, everything else blank."""
    projects = []
    for one in example.projects:
        lines = tuple(
            Indicator(id=line.id, level1=line.level1, level2=line.level2, level3=line.level3)
            for line in one.indicators
        )
        funds = tuple(FundRow(source=row.source) for row in one.funds)
        projects.append(
            type(one)(
                id=one.id, name=one.name, indicators=lines, funds=funds, objectives=(Objective(),)
            )
        )
    return Report(unit=example.unit, fiscal_year=example.fiscal_year, projects=tuple(projects))


def measure(content: Content, file: Mapping[str, Any]) -> dict[str, Tally]:
    """Return the tally of each kind."""
    states = states_of(content, file)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in file["utterances"]:
        report = states[one["state"]]
        reply = say_once(content, report, one["text"])
        tallies[one["kind"]].add(_tallied(content, report, one, reply))
        tally = tallies[one["kind"]]
        if told := _missed(content, report, one, reply):
            tally.misses.append(told)
    return dict(tallies)


def _tallied(content: Content, report: Report, one: Entry, reply: Reply) -> Tally:
    """Return the tally of one utterance."""
    right, proposed = compared(content, report, one["gold"], reply)
    expected = one["expect"]
    return Tally(
        utterances=1,
        right=right,
        proposed=proposed,
        gold=len(one["gold"]),
        as_expected=int(reply.kind.value == expected),
        wrong_where_asked=0 if expected == "patch" else proposed,
    )


def _missed(content: Content, report: Report, one: Entry, reply: Reply) -> str:
    """Return what was wrong with one utterance; blank: nothing."""
    right, proposed = compared(content, report, one["gold"], reply)
    is_right = right == len(one["gold"]) == proposed and reply.kind.value == one["expect"]
    if is_right:
        return ""
    told = "；".join(f"{patch.path}={patch.new}" for patch in reply.patches)
    return f"{one['id']} [{one['expect']}→{reply.kind.value}] {one['text'][:40]} | {told}"


def compared(
    content: Content, report: Report, gold: Sequence[Entry], reply: Reply
) -> tuple[int, int]:
    """Return how many gold patches were proposed, and how many were proposed in all."""
    known = {one.id: {line.id for line in one.indicators} for one in report.projects}
    plain: dict[str, str] = {}
    added: dict[str, dict[str, str]] = defaultdict(dict)
    for patch in reply.patches:
        parts = patch.path.split("/")
        is_new = len(parts) == 4 and parts[1] == "indicators" and parts[2] not in known[parts[0]]
        if is_new:
            added["/".join(parts[:3])][parts[3]] = patch.new
        else:
            plain[patch.path] = patch.new
    right = sum(
        one["path"] in plain
        and is_same(content, report, one["path"], plain[one["path"]], one["value"])
        for one in gold
        if "path" in one
    )
    wanted = [one for one in gold if "new" in one]
    right += sum(
        any(_is_new_line(content, report, one, path, fields) for path, fields in added.items())
        for one in wanted
    )
    return right, len(plain) + len(added)


def _is_new_line(
    content: Content, report: Report, gold: Entry, path: str, fields: Mapping[str, str]
) -> bool:
    """Whether a new indicator is the one that was wanted."""
    return path.startswith(f"{gold['new']}/") and all(
        is_same(content, report, f"{path}/{name}", fields.get(name, ""), str(gold.get(name, "")))
        for name in _NEW_FIELDS
    )


def is_same(content: Content, report: Report, path: str, mine: str, gold: str) -> bool:
    """Whether two texts of a field say the same: amounts by value, cells by their reading."""
    leaf = path.rpartition("/")[2]
    if leaf in _AMOUNTS:
        unit = _unit_of(report, path)
        return read_amount(mine, unit).value == read_amount(gold, unit).value
    if leaf in ("target", "actual"):
        read = read_target if leaf == "target" else read_actual
        year, lexicon = report.fiscal_year, content.lexicon()
        return mine == gold or _is_same_cell(
            read(mine, fiscal_year=year, lexicon=lexicon),
            read(gold, fiscal_year=year, lexicon=lexicon),
        )
    numbers = read_number(mine).value, read_number(gold).value
    return mine == gold or (numbers[0] is not None and numbers[0] == numbers[1])


def _is_same_cell(mine: Cell, gold: Cell) -> bool:
    """Whether two cells were read alike; a unit left out on one side is no difference."""
    if mine.deadline is not None or gold.deadline is not None:
        return mine.deadline == gold.deadline
    units = {mine.unit, gold.unit} - {""}
    figures = (mine.kind, mine.value, mine.upper, mine.operator)
    return (
        mine.value is not None
        and len(units) <= 1
        and figures == (gold.kind, gold.value, gold.upper, gold.operator)
    )


def _unit_of(report: Report, path: str) -> FundUnit:
    project = report.project(path.partition("/")[0])
    return project.fund_unit if project else FundUnit.TEN_THOUSAND_YUAN


def rows_of(tallies: Mapping[str, Tally]) -> list[tuple[str, ...]]:
    """Return a row for each kind, and one for all."""
    total = Tally()
    for one in tallies.values():
        total.add(one)
    return [_row(kind, one) for kind, one in [*tallies.items(), ("合计", total)]]


def _row(kind: str, one: Tally) -> tuple[str, ...]:
    return (
        kind,
        str(one.utterances),
        f"{one.right}/{one.proposed}",
        f"{one.precision:.3f}",
        f"{one.right}/{one.gold}",
        f"{one.recall:.3f}",
        str(one.wrong_where_asked),
        f"{one.as_expected}/{one.utterances}",
    )


def section(content: Content, file: Mapping[str, Any]) -> Section:
    """Return the table of a file of utterances, with what was promised."""
    tallies = measure(content, file)
    total = Tally()
    for one in tallies.values():
        total.add(one)
    return Section(
        f"对话：离线读懂 {total.utterances} 句话（调试用的一半）",
        HEADINGS,
        rows_of(tallies),
        (
            verdict(total.precision >= WANTED_PRECISION, f"准确率不低于 {WANTED_PRECISION}"),
            verdict(total.recall >= WANTED_RECALL, f"召回率不低于 {WANTED_RECALL}"),
        ),
    )


HEADINGS = ("类别", "句数", "对/提出", "准确率", "对/应有", "召回率", "该问却写", "答法相符")


def main(arguments: Sequence[str]) -> None:
    """Measure a file and print its table."""
    path = Path(arguments[0]) if arguments else TUNING
    content = Content(ROOT)
    tallies = measure(content, yaml.safe_load(path.read_text(encoding="utf-8")))
    sides: list[Side] = ["<", *[">"] * (len(HEADINGS) - 1)]  # type: ignore[list-item]
    print(table(HEADINGS, rows_of(tallies), sides))
    misses = [told for one in tallies.values() for told in one.misses]
    print(f"\n不符 {len(misses)} 句：" if misses else "\n全部相符。")
    for told in misses:
        print(f"  {told}")


if __name__ == "__main__":
    main(sys.argv[1:])
