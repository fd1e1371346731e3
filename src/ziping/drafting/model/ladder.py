"""Ways to ask for structured output, from the strictest down (结构化输出阶梯).

Endpoints differ: some refuse json_schema, some tool calls, some both. The step that worked is
remembered for each endpoint while the program runs. What is asked for is the same on each step,
so that an answer can be read whichever way it comes.
"""

from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Any

from ziping.domain.endpoint import ModelEndpoint

TOOL = "write_section"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"paragraphs": {"type": "array", "items": {"type": "string"}}},
    "required": ["paragraphs"],
    "additionalProperties": False,
}
"""What every step asks for: the paragraphs of a section."""


@dataclass(frozen=True)
class Wanted:
    """What structured output is to look like."""

    tool: str
    description: str
    schema: dict[str, Any]
    strict: bool = True


SECTION = Wanted(TOOL, "提交写好的段落", SCHEMA)
"""A section's paragraphs."""


class Rung(StrEnum):
    """A step of the ladder; the value is what people read."""

    JSON_SCHEMA = "json_schema"
    TOOLS = "函数调用"
    JSON_OBJECT = "json_object"
    TEXT = "纯文本"


RUNGS = tuple(Rung)


def below(rung: Rung) -> Rung | None:
    """Return the next step down."""
    after = RUNGS.index(rung) + 1
    return RUNGS[after] if after < len(RUNGS) else None


def options(rung: Rung, wanted: Wanted = SECTION) -> dict[str, Any]:
    """Return what a request carries on a step.

    The response format goes into the body as it is: the client's own helper for it would parse
    and refuse answers that we can still read.
    """
    match rung:
        case Rung.JSON_SCHEMA:
            named = {"name": wanted.tool, "strict": wanted.strict, "schema": wanted.schema}
            asked = {"type": "json_schema", "json_schema": named}
            return {"extra_body": {"response_format": asked}}
        case Rung.TOOLS:
            function = {
                "name": wanted.tool,
                "description": wanted.description,
                "parameters": wanted.schema,
            }
            choice = {"type": "function", "function": {"name": wanted.tool}}
            return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
        case Rung.JSON_OBJECT:
            return {"extra_body": {"response_format": {"type": "json_object"}}}
        case Rung.TEXT:
            return {}


class Ladder:
    """The step that works at each endpoint."""

    def __init__(self) -> None:
        """Know nothing."""
        self._working: dict[tuple[str, str], Rung] = {}
        self._lock = Lock()

    def start(self, endpoint: ModelEndpoint) -> Rung:
        """Return the step to begin with."""
        with self._lock:
            return self._working.get((endpoint.base_url, endpoint.model), RUNGS[0])

    def remember(self, endpoint: ModelEndpoint, rung: Rung) -> None:
        """Keep the step that gave an answer."""
        with self._lock:
            self._working[endpoint.base_url, endpoint.model] = rung


LADDER = Ladder()
"""What this process has learnt."""
