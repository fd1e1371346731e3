"""Saving what a widget holds, the moment it changes."""

from collections.abc import Callable, Mapping

from ziping.domain.errors import FrozenError, InputError, ZipingError
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.fields import with_fields
from ziping.services.reports import open_report, report_at, save_report
from ziping.ui import resources, state
from ziping.ui.own_versions import add_own_version


@state.uninterrupted
def save_report_change(
    change: Callable[[Report], Report], *, note: str = "", base_version: int = 0
) -> None:
    """Save a change of the report this tab shows, or of an earlier version of it.

    Collisions with other people's changes are kept for the person to decide; a database or
    disk that refuses is told, what was typed stays in its widget, and the next save takes it
    along.
    """
    report_id = state.open_report_id()
    if report_id is None:
        return
    workspace = resources.workspace()
    changes = (*state.waiting_changes(), change)
    try:
        version = base_version or state.shown_version()
        version = version or open_report(workspace, report_id).version
        mine = report_at(workspace, report_id, version)
        for one in changes:
            mine = one(mine)
        result = save_report(workspace, report_id, mine, base_version=version, note=note)
    except FrozenError as error:
        state.tell_mistake(str(error))
        return
    except InputError as error:
        # What cannot be saved as it stands must not hold back what is typed after it.
        state.set_unsaved(str(error), state.waiting_changes())
        return
    except ZipingError as error:
        state.set_unsaved(str(error), changes)
        return
    state.set_unsaved("")
    state.set_shown_version(result.stored.version)
    if result.changes or result.conflicts:
        add_own_version(report_id, result.stored.version)
    state.add_conflicts(result.conflicts)


def save_again() -> None:
    """Try once more to save what could not be saved."""
    save_report_change(lambda report: report)


def save_fields(fields: Mapping[str, str], *, note: str = "") -> None:
    """Save new texts of fields by their paths."""
    save_report_change(lambda report: with_fields(report, fields), note=note)


def save_project(
    project_id: str,
    change: Callable[[SelfEvaluation], SelfEvaluation],
    *,
    note: str = "",
    base_version: int = 0,
) -> None:
    """Save a change of one self-evaluation."""

    def changed(report: Report) -> Report:
        projects = tuple(change(one) if one.id == project_id else one for one in report.projects)
        return report.model_copy(update={"projects": projects})

    save_report_change(changed, note=note, base_version=base_version)
