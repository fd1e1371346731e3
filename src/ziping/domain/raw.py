"""Text exactly as people entered it, the type of every figure of a report (录入原文)."""

from typing import Annotated

from pydantic import BeforeValidator, Field


def _as_text(value: object) -> object:
    """Return numbers of a JSON file as text and nothing as the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return str(value)
    return value


LONGEST_TEXT = 20_000
"""Characters a field may hold; longer texts are refused by name, never cut."""

Raw = Annotated[str, BeforeValidator(_as_text), Field(max_length=LONGEST_TEXT)]
"""Text as entered (录入原文); numbers of JSON files become text, null becomes blank."""
