"""Deciding on what a conversation proposed: accept, change, reject, undo (采纳与撤销)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.conversation import Decision, SectionProposal, Turn
from ziping.domain.errors import InputError, NotFoundError, ZipingError
from ziping.domain.evaluation import Report
from ziping.domain.patches import (
    Patch,
    PatchState,
    held,
    is_stale,
    new_items,
    with_patch,
    without_patch,
)
from ziping.domain.stored import StoredReport
from ziping.persistence import chat as store
from ziping.persistence import reports as report_store
from ziping.persistence import sections as section_store
from ziping.services.access import needs
from ziping.services.chat_scene import with_project
from ziping.services.reports import save_report
from ziping.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision (处理结果)."""

    turn: Turn | None
    done: int
    """Fields and sections that were written or taken back."""
    problems: tuple[str, ...]
    told: str
    """One Chinese line or several."""
    sections: tuple[SectionProposal, ...] = ()
    """Texts that were written."""


@needs(Right.EDIT)
def accept(
    workspace: Workspace,
    report_id: int,
    number: int,
    positions: Sequence[int] | None = None,
    values: Mapping[int, str] | None = None,
) -> Outcome:
    """Write proposals of a turn into the report; all that wait when none are named.

    A proposal whose field was changed since is not written and told. `values` holds what a person
    wants written in place of a proposal, by its position.
    """
    turn = _turn(workspace, report_id, number)
    chosen = _waiting(turn, positions)
    fields = [at for at in chosen if at < _field_count(turn)]
    decisions = _write_fields(workspace, report_id, turn, fields, dict(values or {}))
    for at in chosen:
        if at >= _field_count(turn):
            decisions[at] = _write_section(
                workspace, report_id, _sections(turn)[at - _field_count(turn)]
            )
    kept = _keep(workspace, report_id, number, decisions)
    done = sum(one.state.is_written for one in decisions.values())
    problems = tuple(one.problem for one in decisions.values() if one.problem)
    told = [f"已写入 {done} 处。" if done else "没有写入。", *problems]
    texts = tuple(
        _sections(turn)[at - _field_count(turn)]
        for at, one in decisions.items()
        if at >= _field_count(turn) and one.state.is_written
    )
    return Outcome(kept, done, problems, "\n".join(told), texts)


@needs(Right.EDIT)
def edit(workspace: Workspace, report_id: int, number: int, position: int, value: str) -> Outcome:
    """Write one proposal with another value."""
    if not value.strip():
        raise InputError("空白不会写入", remedy="不想写这一处，请点“不采纳”")
    return accept(workspace, report_id, number, [position], {position: value.strip()})


@needs(Right.EDIT)
def reject(
    workspace: Workspace, report_id: int, number: int, positions: Sequence[int] | None = None
) -> Turn:
    """Leave proposals of a turn unwritten; all that wait when none are named."""
    turn = _turn(workspace, report_id, number)
    rejected = {at: Decision(state=PatchState.REJECTED) for at in _waiting(turn, positions)}
    return _keep(workspace, report_id, number, rejected)


@needs(Right.EDIT)
def undo(workspace: Workspace, report_id: int, number: int | None = None) -> Outcome:
    """Take back what a turn wrote, field by field as it was; the last turn that wrote anything."""
    with workspace.read() as connection:
        turns = store.list_turns(connection, report_id)
    written = [one for one in turns if _written(one)]
    if number is not None:
        written = [one for one in written if one.number == number]
    if not written:
        return Outcome(None, 0, (), "没有可以撤销的改动。")
    turn = max(written, key=lambda one: max(one.decisions[at].version for at in _written(one)))
    added = {item for one in turns for decision in one.decisions for item in decision.added}
    decisions = _unwrite_fields(workspace, report_id, turn, frozenset(added))
    decisions |= _unwrite_sections(workspace, report_id, turn)
    kept = _keep(workspace, report_id, turn.number, decisions)
    done = sum(one.state is PatchState.UNDONE for one in decisions.values())
    problems = tuple(one.problem for one in decisions.values() if one.problem)
    told = [f"已撤销 {done} 处，恢复到写入之前。" if done else "没有撤销。", *problems]
    return Outcome(kept, done, problems, "\n".join(told))


# ---- fields ------------------------------------------------------------------------------------


def _write_fields(
    workspace: Workspace, report_id: int, turn: Turn, positions: list[int], values: dict[int, str]
) -> dict[int, Decision]:
    """Write proposals into the newest version of the report, as its next one."""
    if not positions:
        return {}
    stored = _stored(workspace, report_id)
    report = with_project(stored.report)
    decisions: dict[int, Decision] = {}
    for at in positions:
        patch = _patches(turn)[at]
        report, decisions[at] = _applied(report, patch, values.get(at, ""))
    written = [at for at, one in decisions.items() if one.state.is_written]
    if not written:
        return decisions
    note = f"对话：采纳 {len(written)} 处"
    saved = save_report(workspace, report_id, report, base_version=stored.version, note=note)
    collided = {one.path for one in saved.conflicts}
    for at in written:
        patch = _patches(turn)[at]
        if patch.path in collided:
            decisions[at] = Decision(problem=_stale_told(patch))
        else:
            decisions[at] = decisions[at].model_copy(update={"version": saved.stored.version})
    return decisions


def _applied(report: Report, patch: Patch, value: str) -> tuple[Report, Decision]:
    """Return the report with a proposal written, or why it could not be."""
    text = value or patch.new
    if is_stale(report, patch) and held(report, patch.path) != text:
        return report, Decision(problem=_stale_told(patch))
    added = new_items(report, [patch.path])
    try:
        changed = with_patch(report, patch.path, text)
    except ZipingError as error:
        return report, Decision(problem=str(error))
    is_changed = bool(value) and value != patch.new
    return changed, Decision(
        state=PatchState.EDITED if is_changed else PatchState.ACCEPTED,
        value=value if is_changed else "",
        before=held(report, patch.path),
        added=added,
    )


def _stale_told(patch: Patch) -> str:
    return f"{patch.label}在提出建议之后已被改动，没有写入；仍要改的话，请再说一次。"


def _unwrite_fields(
    workspace: Workspace, report_id: int, turn: Turn, added: frozenset[str]
) -> dict[int, Decision]:
    """Restore the fields that a turn wrote, the last first, as the report's next version."""
    stored = _stored(workspace, report_id)
    report = stored.report
    decisions: dict[int, Decision] = {}
    for at in reversed(_written(turn)):
        if at >= _field_count(turn):
            continue
        patch, decision = _patches(turn)[at], turn.decisions[at]
        text = decision.value or patch.new
        if held(report, patch.path) != text:
            problem = f"{patch.label}后来又改过，没有撤销这一处。"
            decisions[at] = decision.model_copy(update={"problem": problem})
            continue
        report = without_patch(report, patch.path, decision.before, added)
        decisions[at] = decision.model_copy(update={"state": PatchState.UNDONE, "problem": ""})
    if report != stored.report:
        note = f"对话：撤销第 {turn.number} 轮的改动"
        save_report(workspace, report_id, report, base_version=stored.version, note=note)
    return decisions


# ---- sections ----------------------------------------------------------------------------------


def _write_section(workspace: Workspace, report_id: int, proposal: SectionProposal) -> Decision:
    """Keep a proposed text as its section's next version, unless somebody wrote meanwhile."""
    section_id = proposal.section.section_id
    with workspace.write() as work:
        history = section_store.list_section_versions(work.rows, report_id, section_id)
        newest = history[0].version if history else 0
        if newest != proposal.base:
            return Decision(problem=f"{proposal.heading}在提出建议之后已被改动，没有写入。")
        stamp = work.stamp("对话：采纳")
        version = section_store.append_section(work.rows, report_id, proposal.section, stamp)
        work.record(AuditAction.DRAFT_SECTION, report_id, section=section_id, version=version)
    return Decision(state=PatchState.ACCEPTED, version=version, before=proposal.old or None)


def _unwrite_sections(workspace: Workspace, report_id: int, turn: Turn) -> dict[int, Decision]:
    """Make the texts before the newest again."""
    decisions = {}
    for at in _written(turn):
        if at < _field_count(turn):
            continue
        proposal = _sections(turn)[at - _field_count(turn)]
        decision = turn.decisions[at]
        problem = _restored(workspace, report_id, proposal, decision)
        state = decision.state if problem else PatchState.UNDONE
        decisions[at] = decision.model_copy(update={"state": state, "problem": problem})
    return decisions


def _restored(
    workspace: Workspace, report_id: int, proposal: SectionProposal, decision: Decision
) -> str:
    """Restore a section's text; return why it could not be."""
    section_id = proposal.section.section_id
    with workspace.write() as work:
        history = section_store.list_section_versions(work.rows, report_id, section_id)
        if not history or history[0].version != decision.version:
            return f"{proposal.heading}后来又改过，没有撤销这一处。"
        before = next((one.section for one in history if one.version == proposal.base), None)
        text = before or proposal.section.model_copy(
            update={"text": "", "facts": {}, "clauses": ()}
        )
        stamp = work.stamp("对话：撤销")
        version = section_store.append_section(work.rows, report_id, text, stamp)
        work.record(AuditAction.RESTORE_SECTION, report_id, section=section_id, version=version)
    return ""


# ---- turns -------------------------------------------------------------------------------------


def _turn(workspace: Workspace, report_id: int, number: int) -> Turn:
    with workspace.read() as connection:
        return store.get_turn(connection, report_id, number)


def _stored(workspace: Workspace, report_id: int) -> StoredReport:
    with workspace.read() as connection:
        return report_store.get_report(connection, report_id)


def _patches(turn: Turn) -> tuple[Patch, ...]:
    return turn.reply.patches if turn.reply else ()


def _sections(turn: Turn) -> tuple[SectionProposal, ...]:
    return turn.reply.sections if turn.reply else ()


def _field_count(turn: Turn) -> int:
    return len(_patches(turn))


def _waiting(turn: Turn, positions: Sequence[int] | None) -> list[int]:
    """Return the proposals that wait, or those named; NotFoundError for one that is not there."""
    if positions is not None and any(not 0 <= at < len(turn.decisions) for at in positions):
        raise NotFoundError("没有这一处建议", remedy="请刷新页面后重试")
    chosen = range(len(turn.decisions)) if positions is None else positions
    return [at for at in chosen if turn.decisions[at].state is PatchState.PENDING]


def _written(turn: Turn) -> list[int]:
    return [at for at, one in enumerate(turn.decisions) if one.state.is_written]


def _keep(
    workspace: Workspace, report_id: int, number: int, decisions: Mapping[int, Decision]
) -> Turn:
    """Store decisions."""
    with workspace.write() as work:
        store.put_decisions(work.rows, report_id, number, decisions, work.stamp())
        if decisions:
            work.record(AuditAction.DECIDE, report_id, turn=number, proposals=len(decisions))
        return store.get_turn(work.rows, report_id, number)
