"""Changes that a conversation proposes, one field each, and putting them into a report (改动建议).

A patch is applied only while the field still holds what it held when the patch was proposed; a
blank never erases; taking a patch back restores the field exactly, and takes away the row or
entry that came with it.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from pydantic import ValidationError

from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.domain.fields import (
    flatten,
    items_along,
    label,
    order_path,
    refuse_overlong,
    unflatten,
)
from ziping.domain.grounding import Span
from ziping.domain.model import Record


class PatchState(StrEnum):
    """What a person decided about a patch (处理状态)."""

    PENDING = "待定"
    ACCEPTED = "采纳"
    EDITED = "修改"
    """Accepted with another value."""
    REJECTED = "不采纳"
    UNDONE = "撤销"

    @property
    def is_written(self) -> bool:
        """Whether the report holds it."""
        return self in (PatchState.ACCEPTED, PatchState.EDITED)


class Patch(Record):
    """A proposed change of one field (改动建议)."""

    path: str
    """Field path, e.g. `p1/funds/total/executed`."""
    label: str
    """The field in words."""
    old: str
    """What the field held when the patch was proposed; blank: nothing."""
    new: str
    said: str
    """The words it came from."""
    span: Span
    """Where those words stand in what was said."""
    note: str = ""
    """How they were read where that is not plain, in Chinese."""


def held(report: Report, path: str) -> str | None:
    """Return what a field holds; None: there is no such row or entry yet."""
    return flatten(report).get(path)


def is_stale(report: Report, patch: Patch) -> bool:
    """Whether a field was changed since its patch was proposed."""
    return (held(report, patch.path) or "") != patch.old


def with_patch(report: Report, path: str, text: str) -> Report:
    """Return the report with a text in a field; its row or entry is added where there is none.

    Raises:
        InputError: The text is blank, too long, or none the field can hold.
    """
    if not text.strip():
        raise InputError(
            "空白不会写入",
            where=label(path, report),
            why="以免误删已填的内容",
            remedy="要清空这一格，请到填报页修改",
        )
    leaves = flatten(report)
    for item, key_field in items_along(path):
        _add_item(leaves, item, key_field)
    leaves[path] = text
    refuse_overlong({path: text}, report)
    try:
        changed = unflatten(leaves)
    except ValidationError as error:
        raise InputError(
            f"“{text}”不能填在这里", where=label(path, report), remedy="请改成这一格可填的内容"
        ) from error
    if flatten(changed).get(path) != text:
        raise InputError("没有这个字段", where=path, remedy="请从报告的字段中选择")
    return changed


def _add_item(leaves: dict[str, str], item: str, key_field: str) -> None:
    """Add a list item that is not there yet."""
    key = item.rpartition("/")[2]
    order = order_path(item)
    keys = leaves.get(order, "").split()
    if key in keys:
        return
    leaves[order] = " ".join([*keys, key])
    if key_field:
        leaves[f"{item}/{key_field}"] = key.removeprefix("~")


def new_items(report: Report, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the rows that patches at these paths would add to a report."""
    leaves = flatten(report)
    found: dict[str, None] = {}
    for path in paths:
        for item, _ in items_along(path):
            if item.rpartition("/")[2] not in leaves.get(order_path(item), "").split():
                found[item] = None
    return tuple(found)


def without_patch(
    report: Report, path: str, before: str | None, added: Collection[str] = ()
) -> Report:
    """Return the report with a field as it was before its patch.

    Args:
        report: The report now.
        path: The field.
        before: What it held before; None: it was not there.
        added: Rows that patches have added; one that is left with nothing in it goes.
    """
    leaves = flatten(report)
    if before is None:
        leaves.pop(path, None)
    else:
        leaves[path] = before
    for item, key_field in reversed(items_along(path)):
        if item in added and _is_empty(leaves, item, key_field):
            _take_item(leaves, item)
    return unflatten(leaves)


def _is_empty(leaves: Mapping[str, str], item: str, key_field: str) -> bool:
    """Whether a row holds nothing that a fresh one would not."""
    below = f"{item}/"
    if not key_field:
        return not any(text for path, text in leaves.items() if path.startswith(below))
    bare = {path: text for path, text in leaves.items() if not path.startswith(below)}
    bare[f"{item}/{key_field}"] = item.rpartition("/")[2].removeprefix("~")
    fresh = flatten(unflatten(bare))
    return all(fresh.get(path, "") == leaves.get(path, "") for path in {*fresh, *leaves})


def _take_item(leaves: dict[str, str], item: str) -> None:
    """Take a list item away."""
    order = order_path(item)
    key = item.rpartition("/")[2]
    leaves[order] = " ".join(one for one in leaves.get(order, "").split() if one != key)
    for path in [one for one in leaves if one.startswith(f"{item}/")]:
        del leaves[path]
