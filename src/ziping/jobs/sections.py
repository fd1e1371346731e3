"""Sections drafted at the same time: a child job each, kept as each ends (并行起草)."""

from dbos import DBOS, SetWorkflowID

from ziping.drafting.model.attempts import Cancelled
from ziping.jobs.planning import Plan, PlannedSection
from ziping.jobs.runs import Closing, JobRun, end_run, run_of
from ziping.services.drafting import section_history
from ziping.services.model_drafting import ModelDesk, draft_section_by_model

_LOOK_S = 0.5
_OVER = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

desks: dict[str, ModelDesk] = {}
"""The desk of the running engine; DBOS calls workflows by name, so it cannot be passed."""


def draft_sections(report_id: int, job_id: str, plan: Plan) -> int:
    """Draft the sections of a plan within the endpoint's bound; return how many.

    Called inside the report's workflow: the sections are started in the plan's order, which a
    recovery repeats; when each really asks the model is decided by dependencies and free places.
    """
    try:
        started = []
        for one in plan.sections:
            with SetWorkflowID(child_id(job_id, one)):
                started.append(DBOS.start_workflow(draft_one, report_id, job_id, one, plan))
        for handle in started:
            handle.get_result()
    finally:
        end_run(job_id)
    return len(plan.sections)


def child_id(job_id: str, section: PlannedSection) -> str:
    """Return the id of a section's child job."""
    return f"section-{job_id}-{section.id}-{section.key}"


@DBOS.step(name="draft-section-by-model")
def _draft(report_id: int, job_id: str, section: PlannedSection, plan: Plan) -> int:
    """Draft a section once those it depends on are over; return its version."""
    run = run_of(job_id)
    try:
        _wait(run, job_id, section, plan)
        history = section_history(desks["current"].workspace, report_id, section.id)
        if history and history[0].version > section.base_version:
            return history[0].version  # kept before a kill, or typed since: not written again
        run.headings[section.id] = section.heading
        desk = desks["current"]
        return draft_section_by_model(
            desk, report_id, section.id, writer=run.writer(desk), urgency=section.urgency
        ).version
    except Cancelled:
        if run.is_closing:
            raise Closing from None
        raise
    finally:
        run.headings.pop(section.id, None)


def _wait(run: JobRun, job_id: str, section: PlannedSection, plan: Plan) -> None:
    """Wait until the sections that one depends on are over, be it in an earlier process."""
    for other in plan.sections:
        if other.id not in section.depends_on:
            continue
        over = run.over(other.id)
        while not over.wait(_LOOK_S):
            if run.stop.is_set():
                raise Cancelled
            status = DBOS.get_workflow_status(child_id(job_id, other))
            if status is not None and status.status in _OVER:
                break


@DBOS.workflow(name="draft-one-section")
def draft_one(report_id: int, job_id: str, section: PlannedSection, plan: Plan) -> int:
    """Draft one section of a job; return its version."""
    try:
        return _draft(report_id, job_id, section, plan)
    finally:
        run_of(job_id).over(section.id).set()
