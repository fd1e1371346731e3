"""The base of every record: frozen, closed to unknown keys, documented by its field docstrings."""

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Record(BaseModel):
    """An immutable record whose field docstrings are its schema descriptions.

    Pydantic would read the docstrings from the source of each class as it is imported, which
    makes up a fifth of the start of a command; here they are read when a schema is asked for,
    and a validator is built when it is first used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema with each field's docstring as its description."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        described = field_docstrings(cls)
        for name, field in schema.get("properties", {}).items():
            if name in described:
                field.setdefault("description", described[name])
        return reference


@cache
def field_docstrings(record: type[BaseModel]) -> dict[str, str]:
    """Return the docstring below each field of a record, by the field's name."""
    found: dict[str, str] = {}
    for one in reversed(record.__mro__):
        if one is not Record and issubclass(one, Record):
            found |= _own_docstrings(one)
    return found


def _own_docstrings(record: type[Record]) -> dict[str, str]:
    """Return the docstrings of the fields that a class states itself."""
    body = ast.parse(textwrap.dedent(inspect.getsource(record))).body[0]
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body.body if isinstance(body, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
