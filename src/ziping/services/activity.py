"""How busy the program is, as its database tells (运行情况)."""

import time
from datetime import timedelta

from ziping.domain.access import Right
from ziping.domain.activity import Health
from ziping.domain.processes import SILENT_S
from ziping.persistence.audit import count_actions
from ziping.persistence.model_calls import list_calls
from ziping.persistence.processes import list_processes
from ziping.persistence.reports import count_reports
from ziping.services.access import needs, right_to_look
from ziping.services.workspace import Workspace

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=6)


@needs(Right.USE)
def activity(workspace: Workspace) -> Health:
    """Return what the database tells of the reports a person reaches; jobs are counted apart."""
    now = workspace.clock()
    begun = time.monotonic()
    with workspace.read(right_to_look(workspace)) as rows:
        reports = count_reports(rows)
        answered_ms = round((time.monotonic() - begun) * 1000)
        changes_hour = sum(count_actions(rows, now - _HOUR).values())
        changes_day = count_actions(rows, now - _DAY)
    with workspace.database.read() as connection:
        listed = list_processes(connection)
        return Health(
            ok=True,
            database=workspace.database.address.where,
            answered_ms=answered_ms,
            reports=reports,
            processes=tuple(one for one in listed if one.silent_s < SILENT_S),
            changes_hour=changes_hour,
            changes_day=changes_day,
            model_calls=list_calls(connection, (now - _WEEK).date()),
        )
