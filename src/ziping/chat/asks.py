"""What has to be asked back, with the ways to answer it (追问)."""

from dataclasses import dataclass

from ziping.chat.proposals import Proposed
from ziping.domain.conversation import Choice


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with what each answer would propose (追问)."""

    text: str
    options: tuple[tuple[str, tuple[Proposed, ...]], ...] = ()
    """Label and what it proposes."""
    expects: tuple[str, ...] = ()
    """Fields that a plain figure said next belongs to."""
    is_soft: bool = False
    """Only asked when nothing else came of what was said."""


def unanswered(ask: Ask) -> tuple[Choice, ...]:
    """Return the answers of a question that proposes nothing by itself."""
    return tuple(Choice(label=label) for label, _ in ask.options)
