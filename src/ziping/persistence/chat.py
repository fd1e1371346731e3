"""Reading and writing the conversation about a report."""

from collections.abc import Mapping

import sqlalchemy as sa

from ziping.domain.conversation import Decision, Reply, Turn
from ziping.domain.errors import NotFoundError
from ziping.domain.stored import Stamp
from ziping.persistence.moments import aware
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import chat_patches, chat_turns


def append_turn(connection: Scoped, report_id: int, said: str, stamp: Stamp) -> int:
    """Store what was said, not answered yet, and return the turn's number."""
    newest = sa.select(sa.func.coalesce(sa.func.max(chat_turns.c.number), 0)).where(
        chat_turns.c.report_id == report_id
    )
    number = int(connection.execute(newest).scalar_one()) + 1
    connection.execute(
        chat_turns.insert().values(
            report_id=report_id,
            number=number,
            said=said,
            reply=None,
            saved_at=stamp.at,
            saved_by=stamp.by,
        )
    )
    return number


def put_reply(connection: Scoped, report_id: int, number: int, reply: Reply, stamp: Stamp) -> None:
    """Store the answer to a turn, with its proposals waiting for a decision."""
    connection.execute(
        chat_turns.update()
        .where(_turn(report_id, number))
        .values(reply=reply.model_dump(mode="json"))
    )
    count = len(reply.patches) + len(reply.sections)
    put_decisions(connection, report_id, number, dict.fromkeys(range(count), Decision()), stamp)


def put_decisions(
    connection: Scoped,
    report_id: int,
    number: int,
    decisions: Mapping[int, Decision],
    stamp: Stamp,
) -> None:
    """Store what was decided about proposals of a turn, by their position."""
    for position, decision in decisions.items():
        key = sa.and_(
            chat_patches.c.report_id == report_id,
            chat_patches.c.turn == number,
            chat_patches.c.position == position,
        )
        connection.execute(chat_patches.delete().where(key))
        connection.execute(
            chat_patches.insert().values(
                report_id=report_id,
                turn=number,
                position=position,
                decision=decision.model_dump(mode="json"),
                decided_at=stamp.at,
                decided_by=stamp.by,
            )
        )


def list_turns(connection: Scoped, report_id: int, newest: int = 0) -> tuple[Turn, ...]:
    """Return a report's conversation in order; only its last turns when `newest` says how many."""
    query = sa.select(chat_turns).where(chat_turns.c.report_id == report_id)
    query = query.order_by(chat_turns.c.number.desc())
    rows = connection.execute(query.limit(newest) if newest else query).all()
    decided: dict[int, list[Decision]] = {}
    patches = (
        sa.select(chat_patches)
        .where(chat_patches.c.report_id == report_id)
        .order_by(chat_patches.c.turn, chat_patches.c.position)
    )
    for row in connection.execute(patches):
        decided.setdefault(row.turn, []).append(Decision.model_validate(row.decision))
    return tuple(_read(row, tuple(decided.get(row.number, ()))) for row in reversed(rows))


def get_turn(connection: Scoped, report_id: int, number: int) -> Turn:
    """Return one turn; NotFoundError when this report has no such turn."""
    for one in list_turns(connection, report_id):
        if one.number == number:
            return one
    raise NotFoundError("这份报告没有这一轮对话", remedy="请刷新页面后重试")


def _turn(report_id: int, number: int) -> sa.ColumnElement[bool]:
    return sa.and_(chat_turns.c.report_id == report_id, chat_turns.c.number == number)


def _read(row: sa.Row[tuple[object, ...]], decisions: tuple[Decision, ...]) -> Turn:
    """Return a row as a turn."""
    return Turn(
        number=row.number,
        said=row.said,
        reply=None if row.reply is None else Reply.model_validate(row.reply),
        decisions=decisions,
        at=aware(row.saved_at),
        by=row.saved_by,
    )
