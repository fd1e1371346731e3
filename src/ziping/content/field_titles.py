"""The Chinese title of a field, taken from the docstring where the field is defined."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from ziping.content.located import Path_
from ziping.domain.model import field_docstrings

_LEADING = re.compile(r"[\u4e00-\u9fff]+(?:[/、][\u4e00-\u9fff]+)*")
_BRACKETED = re.compile(r"\(([\u4e00-\u9fff][^()]*)\)")


@cache
def titles(model: type[BaseModel]) -> dict[str, str]:
    """Return field name -> Chinese title; a field without one has an empty title."""
    found = {}
    described = field_docstrings(model)
    for name in model.model_fields:
        text = described.get(name, "")
        leading, bracketed = _LEADING.match(text), _BRACKETED.search(text)
        found[name] = leading[0] if leading else bracketed[1] if bracketed else ""
    return found


def named(model: type[BaseModel] | None, key: str) -> str:
    """Return `key（中文名）`, or the key alone where it has no title."""
    title = titles(model).get(key, "") if model else ""
    return f"{key}（{title}）" if title else key


def owner(model: type[BaseModel], path: Path_) -> type[BaseModel] | None:
    """Return the record a path leads into, or None where it ends in a plain value."""
    here: type[BaseModel] | None = model
    inside: type[BaseModel] | None = None
    for step in path:
        if here is None or isinstance(step, int):
            here = here or inside
            continue
        field = here.model_fields.get(step)
        if field is None:  # a key of a mapping such as checklist
            continue
        inside = next(_models(field.annotation), None)
        here = inside
    return here


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any type form
    """Yield the record types named in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def home_of(model: type[BaseModel], key: str) -> tuple[str, str] | None:
    """Return the field of a record inside which a key (or its title) belongs, and that key.

    Both in words; None where no record inside knows the key.
    """
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            for known, title in titles(inner).items():
                if key in (known, title):
                    return named(model, name), named(inner, known)
    return None


def spoken(model: type[BaseModel], path: Path_) -> str:
    """Return a path in words, e.g. 自评 第 1 项 · 资金行 第 2 项 · 年初预算数."""
    words: list[str] = []
    for at, step in enumerate(path):
        if isinstance(step, int):
            place = f"第 {step + 1} 项"
            words[-1:] = [f"{words[-1]} {place}"] if words else [place]
        else:
            record = owner(model, path[:at])
            words.append((titles(record).get(step, "") if record else "") or step)
    return " · ".join(words)
