"""Sections drafted at the same time: a recorded step each, kept as each ends (并行起草).

Steps are numbered in the plan's order before any runs, so that a job taken up again finds each
where it was; when each really runs is decided by dependencies and free places.
"""

import contextvars
import heapq
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from dbos import DBOS, StepReservation

from ziping.domain.people import Person
from ziping.drafting.model.attempts import Cancelled
from ziping.jobs.planning import Plan, PlannedSection
from ziping.jobs.runs import Closing, JobRun, end_run, run_of
from ziping.services.drafting import section_history
from ziping.services.model_drafting import ModelDesk, draft_section_by_model

STEP = "draft-section:"
"""How the names of these steps begin."""
_PREPARING = 2
"""Sections made ready while others hold the places for requests."""

Starter = dict[str, Any]
"""The person who started a job, as its recorded input; the job acts for them (发起人)."""

desks: dict[str, ModelDesk] = {}
"""The desk of the running engine; DBOS calls workflows by name, so it cannot be passed."""


def desk_of(by: Starter) -> ModelDesk:
    """Return the desk of the running engine as the person uses it who started a job."""
    return desks["current"].acting_as(Person.model_validate(by))


def draft_sections(report_id: int, job_id: str, plan: Plan, by: Starter) -> int:
    """Draft the sections of a plan within the endpoint's bound; return how many.

    Called inside the report's workflow.
    """
    run = run_of(job_id)
    steps = {one.id: DBOS.reserve_step() for one in plan.sections}
    endpoint = desks["current"].endpoint
    workers = (endpoint.concurrency if endpoint else 1) + _PREPARING
    failures: list[BaseException] = []
    try:
        with ThreadPoolExecutor(workers, thread_name_prefix="ziping-section") as pool:
            _Schedule(plan, pool, report_id, run, steps, by).work(workers, failures)
    finally:
        end_run(job_id)
    for failure in sorted(failures, key=lambda one: not isinstance(one, Closing)):
        raise failure
    return len(plan.sections)


class _Schedule:
    """Which section goes next: those that others wait for first, else in the plan's order."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is drafted, where, for whom
        self,
        plan: Plan,
        pool: ThreadPoolExecutor,
        report_id: int,
        run: JobRun,
        steps: dict[str, StepReservation],
        by: Starter,
    ) -> None:
        self._pool = pool
        self._report_id = report_id
        self._run = run
        self._steps = steps
        self._by = by
        self._waiting = {one.id: set(one.depends_on) for one in plan.sections}
        self._sections = {one.id: one for one in plan.sections}
        self._order = {one.id: number for number, one in enumerate(plan.sections)}
        self._ready: list[tuple[int, int, str]] = []
        self._offer()

    def _offer(self) -> None:
        """Make ready what waits for nothing any more."""
        for key in [one for one, needed in self._waiting.items() if not needed]:
            del self._waiting[key]
            heapq.heappush(self._ready, (-self._sections[key].urgency, self._order[key], key))

    def work(self, workers: int, failures: list[BaseException]) -> None:
        """Run all sections; one that fails holds none of the others back."""
        running: dict[Future[int], str] = {}
        while self._ready or running:
            while self._ready and len(running) < workers:
                section = self._sections[heapq.heappop(self._ready)[2]]
                context = contextvars.copy_context()  # carries the workflow into the thread
                running[self._pool.submit(context.run, self._one, section)] = section.id
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                key = running.pop(future)
                if (failure := future.exception()) is not None:
                    failures.append(failure)
                for needed in self._waiting.values():
                    needed.discard(key)
            self._offer()

    def _one(self, section: PlannedSection) -> int:
        """Run a section's step, unless it was recorded already."""
        version = self._steps[section.id].run(
            {"name": f"{STEP}{section.id}:{section.key}"},
            _draft,
            self._report_id,
            self._run,
            section,
            self._by,
        )
        self._run.done.add(section.id)
        return version


def _draft(report_id: int, run: JobRun, section: PlannedSection, by: Starter) -> int:
    """Draft a section and return its version."""
    if run.stop.is_set():
        raise Closing if run.is_closing else Cancelled
    desk = desk_of(by)
    history = section_history(desk.workspace, report_id, section.id)
    if history and history[0].version > section.base_version:
        return history[0].version  # kept before a kill, or typed since: not written again
    run.headings[section.id] = section.heading
    try:
        return draft_section_by_model(
            desk, report_id, section.id, writer=run.writer(desk), urgency=section.urgency
        ).version
    except Cancelled:
        if run.is_closing:
            raise Closing from None
        raise
    finally:
        run.headings.pop(section.id, None)
