"""Many people editing at once: what becomes of every edit, and how long saving takes."""

import random
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from ziping.domain.errors import ZipingError
from ziping.domain.fields import flatten, with_fields
from ziping.services.drafting import draft_section, save_section, section_history
from ziping.services.reports import create_example, open_report, report_history, save_report
from ziping.services.workspace import Workspace

SECTION = "basic.background"
SHARED = "unit"
"""A field that both editors of a report change, so that they collide."""
_COLLIDING, _DRAFTING = 0.1, 0.1
"""Share of edits on the shared field, and on a shared section."""
_PERCENT = 100


@dataclass
class Outcome:
    """What became of the edits (编辑结果)."""

    seconds: list[float] = field(default_factory=list)
    """How long each save took."""
    core_s: float = 0.0
    """Time of one core that everything took; a busy machine hardly changes it."""
    errors: list[str] = field(default_factory=list)
    saves: int = 0
    conflicts: int = 0
    lost: list[str] = field(default_factory=list)
    """Confirmed edits that are neither in the newest text nor in the history."""

    def percentile_ms(self, share: int) -> float:
        """Return below which time that share of the saves was done."""
        if len(self.seconds) < 2:
            return 1000 * sum(self.seconds)
        return 1000 * statistics.quantiles(self.seconds, n=_PERCENT)[share - 1]


class Editor:
    """One person at one report, with the version that their page last showed."""

    def __init__(self, workspace: Workspace, report_id: int, number: int) -> None:
        """Sit down."""
        self.workspace = workspace
        self.report_id = report_id
        self.number = number
        self.own = f"p1/indicators/i{number % 2 + 1}/deviation"
        self.last_own = ""
        self.texts: list[str] = []
        """Texts of the shared section that were confirmed, as saved or as a conflict."""
        self.shared: list[str] = []

    def edit(self, count: int, chance: random.Random, outcome: Outcome, lock: Lock) -> None:
        """Change something and save it, as a page does."""
        kind = chance.random()
        text = f"[{self.number}-{count}]"
        begun = time.perf_counter()
        if kind < _DRAFTING:
            collided = self._edit_section(text)
        else:
            collided = self._edit_field(text, is_shared=kind < _DRAFTING + _COLLIDING)
        spent = time.perf_counter() - begun
        with lock:
            outcome.seconds.append(spent)
            outcome.saves += 1
            outcome.conflicts += collided

    def look(self) -> None:
        """Open the page: what is edited next is based on what it shows now."""
        self.stored = open_report(self.workspace, self.report_id)
        self.section = section_history(self.workspace, self.report_id, SECTION)[0].version

    def _edit_field(self, text: str, *, is_shared: bool) -> bool:
        path = SHARED if is_shared else self.own
        mine = with_fields(self.stored.report, {path: text})
        saved = save_report(self.workspace, self.report_id, mine, base_version=self.stored.version)
        if is_shared:
            self.shared.append(text)
        else:
            self.last_own = text
        return bool(saved.conflicts)

    def _edit_section(self, text: str) -> bool:
        kept = save_section(
            self.workspace, self.report_id, SECTION, text, base_version=self.section
        )
        self.texts.append(text)
        return kept.conflict is not None


def load(
    workspaces: Sequence[Workspace], *, editors: int, seconds: float, pause_s: float
) -> Outcome:
    """Let people edit, two at a report, and tell what became of it.

    Args:
        workspaces: Each stands for a process of the app, with connections of its own.
        editors: How many people.
        seconds: How long.
        pause_s: Longest pause of a person between two edits.
    """
    reports = [create_example(workspaces[0]) for _ in range((editors + 1) // 2)]
    for one in reports:
        draft_section(workspaces[0], one, SECTION)
    people = [
        Editor(workspaces[number % len(workspaces)], reports[number // 2], number)
        for number in range(editors)
    ]
    outcome, lock = Outcome(), Lock()
    until = time.monotonic() + seconds
    begun = time.process_time()

    def sit(person: Editor) -> None:
        chance = random.Random(person.number)  # noqa: S311 - pauses, no secrets
        count = 0
        while time.monotonic() < until:
            try:
                person.look()
                time.sleep(chance.uniform(0, pause_s))
                person.edit(count, chance, outcome, lock)
            except ZipingError as error:
                with lock:
                    outcome.errors.append(str(error))
            count += 1

    with ThreadPoolExecutor(editors) as pool:
        list(pool.map(sit, people))
    outcome.core_s = time.process_time() - begun
    for person in people:
        outcome.lost += _lost(person)
    return outcome


def _lost(person: Editor) -> list[str]:
    """Return the confirmed edits of a person that are nowhere to be found."""
    workspace, report_id = person.workspace, person.report_id
    now = flatten(open_report(workspace, report_id).report)
    lost = []
    if person.last_own and now[person.own] != person.last_own:
        lost.append(f"{person.own}：{person.last_own}")
    versions = report_history(workspace, report_id)
    told = "".join(f"{one.note}{[change.new for change in one.changes]}" for one in versions)
    lost += [f"{SHARED}：{text}" for text in person.shared if text not in told]
    kept = {one.section.text for one in section_history(workspace, report_id, SECTION)}
    lost += [f"{SECTION}：{text}" for text in person.texts if text not in kept]
    return lost
