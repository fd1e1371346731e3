"""How often models were asked, how it ended and how long it took, by day (模型调用计数)."""

from datetime import date

import sqlalchemy as sa

from ziping.domain.activity import ModelCalls
from ziping.persistence.tables import model_calls
from ziping.persistence.upserts import upsert


def count_call(connection: sa.Connection, call: ModelCalls) -> None:
    """Add calls to those of their day, model and outcome."""
    stated = call.model_dump() | {"day": call.day.isoformat()}
    upsert(
        connection,
        model_calls,
        stated,
        {
            "calls": model_calls.c.calls + call.calls,
            "milliseconds": model_calls.c.milliseconds + call.milliseconds,
        },
    )


def list_calls(connection: sa.Connection, since: date) -> tuple[ModelCalls, ...]:
    """Return the counts from a day on, the newest day first."""
    query = (
        sa.select(model_calls)
        .where(model_calls.c.day >= since.isoformat())
        .order_by(model_calls.c.day.desc(), model_calls.c.model, model_calls.c.outcome)
    )
    return tuple(
        ModelCalls.model_validate(dict(row)) for row in connection.execute(query).mappings()
    )
