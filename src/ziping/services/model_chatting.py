"""The conversation with a model."""

from collections.abc import Callable

from ziping.domain.conversation import Turn
from ziping.services.chatting import answer
from ziping.services.model_drafting import ModelDesk


def answer_by_model(
    desk: ModelDesk,
    report_id: int,
    number: int,
    *,
    note: Callable[[str], None],
    should_stop: Callable[[], bool],
) -> Turn:
    note("x")
    should_stop()
    return answer(desk, report_id, number)
