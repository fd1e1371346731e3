"""How busy the program is, as its database tells (运行情况)."""

import time
from datetime import timedelta

from ziping.domain.activity import Health
from ziping.domain.processes import SILENT_S
from ziping.persistence.audit import count_actions
from ziping.persistence.model_calls import list_calls
from ziping.persistence.processes import list_processes
from ziping.persistence.reports import count_reports
from ziping.services.workspace import Workspace

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=6)


def activity(workspace: Workspace) -> Health:
    """Return what the database tells; jobs are counted by the job engine's room."""
    now = workspace.clock()
    begun = time.monotonic()
    with workspace.database.read() as connection:
        reports = count_reports(connection)
        answered_ms = round((time.monotonic() - begun) * 1000)
        listed = list_processes(connection)
        return Health(
            ok=True,
            database=workspace.database.address.where,
            answered_ms=answered_ms,
            reports=reports,
            processes=tuple(one for one in listed if one.silent_s < SILENT_S),
            changes_hour=sum(count_actions(connection, now - _HOUR).values()),
            changes_day=count_actions(connection, now - _DAY),
            model_calls=list_calls(connection, (now - _WEEK).date()),
        )
