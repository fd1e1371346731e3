"""The base of every record: frozen, closed to unknown keys, documented by its field docstrings."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable record whose field docstrings are its schema descriptions."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        validate_default=True,
    )
