"""What grounding finds of single mutations of true texts, and how often it cries wolf (变异基准).

A mutant changes one thing of a text that grounds: a digit, a unit, a grade, a name … Mutants that
say the same as before (two equal figures swapped) are left out.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from tests.bench.mutants import KINDS, Mutant
from tests.bench.sections import Section, verdict
from tests.bench.varied_reports import varied_reports

from ziping.content.library import Content
from ziping.domain.evaluation import Report
from ziping.drafting.grounding import Grounder
from ziping.drafting.grounding.segments import plain_text, split_sentences
from ziping.services.drafted import draft_texts
from ziping.services.grounding import open_grounder
from ziping.services.scored import ScoredReport, score_report

ROOT = Path(__file__).resolve().parents[2]
PROSE = tuple(
    sorted(
        (ROOT / "tests" / "bench").glob("grounding_prose*.yaml"),
        key=lambda one: (len(one.name), one.name),
    )
)
EXAMPLE = ROOT / "knowledge" / "examples" / "huaihua-2023.yaml"
_FIGURES = ("数字改一位", "单位改动", "两数对调", "文号", "等级")
WANTED_FIGURES = 99
"""Percent of the mutated figures, 文号 and grades that must be reported."""
WANTED_ALL = 95
WANTED_ALARMS = 0.5
"""Percent of the true sentences that may be reported."""


@dataclass(frozen=True, slots=True)
class MutationScale:
    """How much is mutated."""

    prose: tuple[Path, ...] = PROSE
    synthetic: int = 18
    """Synthetic reports beside the example and those of the prose."""
    a_kind: int = 14
    """Mutants of a kind taken from one text at most."""


QUICK = MutationScale(PROSE[:1], synthetic=1, a_kind=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """A report with true texts about it."""

    name: str
    report: Report
    grounder: Grounder
    texts: tuple[str, ...]
    is_prose: bool = False


def subjects(content: Content, scale: MutationScale | None = None) -> Iterator[Subject]:
    """Yield the example, the reports of the prose, and synthetic ones, each with its texts."""
    chosen = scale or MutationScale()
    example = Report.model_validate(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")))
    reports: dict[str, Report] = {"example": example}
    for path in chosen.prose:
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if "report" in entry:
                reports[name] = Report.model_validate(entry["report"])
            report = reports[name if name in reports else entry.get("of", "example")]
            reports.setdefault(name, report)
            scored = score_report(content, report)
            grounder = open_grounder(content, scored)
            if "report" in entry or name == "example":
                yield Subject(name, report, grounder, _drafted(content, scored))
            sentences = tuple(entry["sentences"])
            yield Subject(f"{name}（手写）", report, grounder, sentences, is_prose=True)
    for number, report in enumerate(varied_reports(chosen.synthetic), 1):
        scored = score_report(content, report)
        grounder = open_grounder(content, scored)
        yield Subject(f"合成{number}", report, grounder, _drafted(content, scored))


def _drafted(content: Content, scored: ScoredReport) -> tuple[str, ...]:
    """Return what the template writes about a report."""
    return tuple(one.text for one in draft_texts(content, scored).values())


@dataclass
class Tally:
    """What was caught and what was missed, how many true sentences were reported (统计)."""

    caught: Counter[str]
    made: Counter[str]
    missed: list[tuple[str, str, str]]
    sentences: Counter[bool]
    """True sentences: of the template, and written by hand (True)."""
    alarms: Counter[bool]
    """How many of them were reported."""


def measure(found: Iterable[Subject], seed: int = 11, a_kind: int = 14) -> Tally:
    """Return the tally over subjects."""
    tally = Tally(Counter(), Counter(), [], Counter(), Counter())
    chance = random.Random(seed)  # noqa: S311 - not a secret
    for subject in found:
        for text in subject.texts:
            base = subject.grounder.ground(text)
            tally.sentences[subject.is_prose] += len(split_sentences(plain_text(text)))
            tally.alarms[subject.is_prose] += len({one.sentence for one in base.violations})
            for kind in KINDS:
                mutants = list(kind(text, subject.report, chance))
                for mutant in chance.sample(mutants, min(len(mutants), a_kind)):
                    _hold(tally, subject, mutant, len(base.violations))
    return tally


def _hold(tally: Tally, subject: Subject, mutant: Mutant, base: int) -> None:
    """Count whether a mutant is reported."""
    violations = subject.grounder.ground(mutant.text).violations
    near = [
        one
        for one in violations
        if one.sentence.start <= mutant.end and one.sentence.end >= mutant.start
    ]
    tally.made[mutant.kind] += 1
    if near and len(violations) > base:
        tally.caught[mutant.kind] += 1
    else:
        start = mutant.text.rfind("。", 0, mutant.start) + 1
        tally.missed.append((mutant.kind, mutant.told, mutant.text[start : mutant.end + 30]))


def mutation_section(scale: MutationScale | None = None) -> Section:
    """Mutate true texts and tell what grounding finds."""
    chosen = scale or MutationScale()
    return section_of(measure(subjects(Content(ROOT), chosen), a_kind=chosen.a_kind))


def section_of(tally: Tally) -> Section:
    """Return the table of a tally with its promises."""
    rows = [_row(kind, tally.made[kind], tally.caught[kind]) for kind in sorted(tally.made)]
    made, caught = tally.made.total(), tally.caught.total()
    rows.append(_row("全部变异", made, caught))
    for is_prose, name in ((False, "未变异：模板写的句子"), (True, "未变异：手写的句子")):
        rows.append(_row(name, tally.sentences[is_prose], tally.alarms[is_prose]))
    figures = _share(
        sum(tally.caught[one] for one in _FIGURES), sum(tally.made[one] for one in _FIGURES)
    )
    alarms = max(_share(tally.alarms[one], tally.sentences[one]) for one in (False, True))
    return Section(
        "核对：真话改一处能不能发现，真话会不会误报",
        ("改动", "条数", "报出", "比例"),
        rows,
        (
            verdict(
                figures >= WANTED_FIGURES,
                f"数字、文号、等级的变异报出不少于 {WANTED_FIGURES}%（实测 {figures:.2f}%）",
            ),
            verdict(
                _share(caught, made) >= WANTED_ALL,
                f"全部变异报出不少于 {WANTED_ALL}%（实测 {_share(caught, made):.2f}%）",
            ),
            verdict(
                alarms <= WANTED_ALARMS,
                f"误报不超过句数的 {WANTED_ALARMS}%（实测 {alarms:.2f}%）",
            ),
        ),
    )


def _row(kind: str, made: int, caught: int) -> tuple[str, ...]:
    return kind, f"{made:,}", f"{caught:,}", f"{_share(caught, made):.2f}%"


def _share(part: int, whole: int) -> float:
    return 100 * part / max(whole, 1)


def _main() -> None:
    """Tell what is missed, kind by kind, for whoever mends it."""
    tally = measure(subjects(Content(ROOT)))
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, told, where in tally.missed:
        by_kind[kind].append((told, where))
    for kind, missed in by_kind.items():
        print(f"== {kind}: {len(missed)} of {tally.made[kind]} missed")
        for told, where in missed[:40]:
            print(f"   {told} | {where.strip()}".replace("\n", "⏎"))
    section = section_of(tally)
    for row in section.rows:
        print(*row)
    print(*section.verdicts, sep="\n")


if __name__ == "__main__":
    _main()
