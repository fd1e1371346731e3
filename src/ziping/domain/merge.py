"""Three-way merge of reports, so that two people can save the same report and lose nothing."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

from ziping.domain.evaluation import Report
from ziping.domain.fields import ORDER, flatten, label, order_path, unflatten
from ziping.domain.model import Record


class Change(Record):
    """One field that was changed (改动)."""

    path: str
    label: str
    old: str
    new: str


class FieldConflict(Record):
    """A field that two people changed to different texts (冲突)."""

    path: str
    label: str
    base: str
    """What both began with."""
    mine: str
    """What this save wants."""
    theirs: str
    """What is stored now and stays stored until a person decides."""
    removed: str = ""
    """Path of the row or project that they took away; blank when it is still there."""
    item: dict[str, str] = {}
    """Every field of that row or project as I had it."""


class Merge(Record):
    """The result of a merge: theirs, with every change of mine that does not collide."""

    report: Report
    changes: tuple[Change, ...]
    """Fields of mine that were taken."""
    conflicts: tuple[FieldConflict, ...]


def changes_between(old: Report, new: Report) -> tuple[Change, ...]:
    """Return every field that differs between two reports."""
    before, after = flatten(old), flatten(new)
    return tuple(
        Change(
            path=path,
            label=label(path, new if path in after else old),
            old=before.get(path, ""),
            new=after.get(path, ""),
        )
        for path in dict.fromkeys([*after, *before])
        if before.get(path, "") != after.get(path, "")
    )


def merge(base: Report, mine: Report, theirs: Report) -> Merge:
    """Return `theirs` with the changes from `base` to `mine`; collisions are reported."""
    base_leaves, my_leaves, their_leaves = flatten(base), flatten(mine), flatten(theirs)
    merged = dict(their_leaves)
    conflicts: list[FieldConflict] = []
    for path in dict.fromkeys([*my_leaves, *base_leaves]):
        old, new, now = (leaves.get(path) for leaves in (base_leaves, my_leaves, their_leaves))
        if new in (old, now):
            continue
        if not _is_text(path):
            merged[path] = _merged_order(old or "", new or "", now or "")
        elif now == old:
            _put(merged, path, new)
        else:
            naming = mine if path in my_leaves else theirs
            conflicts.append(
                FieldConflict(
                    path=path,
                    label=label(path, naming),
                    base=old or "",
                    mine=new or "",
                    theirs=now or "",
                    **_removed_item(path, my_leaves, their_leaves),
                )
            )
    for conflict in conflicts:
        _keep_item(merged, their_leaves, conflict.path)
    kept = dict(_without_orphans(merged))
    conflicts += [
        FieldConflict(
            path=path,
            label=label(path, mine),
            base="",
            mine=text,
            theirs="",
            **_removed_item(path, my_leaves, their_leaves),
        )
        for path, text in merged.items()
        if path not in kept and text and text != their_leaves.get(path) and _is_text(path)
    ]
    report = unflatten(kept)
    return Merge(report=report, changes=changes_between(theirs, report), conflicts=tuple(conflicts))


def with_mine(report: Report, conflict: FieldConflict) -> Report:
    """Return a report with my side of a conflict; a row they took away comes back with it."""
    leaves = flatten(report)
    if conflict.removed:
        order = order_path(conflict.removed)
        key = conflict.removed.rpartition("/")[2]
        keys = leaves.get(order, "").split()
        leaves = {**conflict.item, **leaves}
        leaves[order] = " ".join([*keys, *([] if key in keys else [key])])
    leaves[conflict.path] = conflict.mine
    return unflatten(leaves)


class _Removed(TypedDict, total=False):
    """The part of a conflict that tells of a row or project taken away."""

    removed: str
    item: dict[str, str]


def _removed_item(path: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> _Removed:
    """Return the row or project around a path that I have and they took away."""
    parts = path.split("/")
    for end in range(1, len(parts)):
        item = "/".join(parts[:end])
        order = order_path(item)
        if (
            parts[end - 1] in mine.get(order, "").split()
            and parts[end - 1] not in theirs.get(order, "").split()
        ):
            fields = {key: text for key, text in mine.items() if key.startswith(f"{item}/")}
            return _Removed(removed=item, item=fields)
    return _Removed()


def _is_text(path: str) -> bool:
    """Whether a path names something people write, not the order of a list."""
    return path.rpartition("/")[2] != ORDER


def _put(leaves: dict[str, str], path: str, text: str | None) -> None:
    """Set a leaf, or take it away when there is no text."""
    if text is None:
        leaves.pop(path, None)
    else:
        leaves[path] = text


def _merged_order(old: str, new: str, now: str) -> str:
    """Return their order with my additions and removals."""
    if now == old:
        return new
    before, mine = set(old.split()), new.split()
    kept = [key for key in now.split() if key in mine or key not in before]
    if set(kept) == set(mine):
        return new
    return " ".join([*kept, *(key for key in mine if key not in kept and key not in before)])


def _keep_item(merged: dict[str, str], theirs: Mapping[str, str], path: str) -> None:
    """Keep a whole list item that I removed and they changed."""
    parts = path.split("/")
    for end in range(1, len(parts)):
        item, order = "/".join(parts[:end]), "/".join([*parts[: end - 1], ORDER])
        if end == 1:
            order = f"projects/{ORDER}"
        if order in theirs and parts[end - 1] in theirs[order].split():
            keys = merged.get(order, "").split()
            if parts[end - 1] in keys:
                continue
            merged[order] = " ".join([*keys, parts[end - 1]])
            merged.update({key: text for key, text in theirs.items() if key.startswith(f"{item}/")})


def _without_orphans(leaves: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the leaves whose list items all stand in their list's order."""
    orders = {path: text.split() for path, text in leaves.items() if path.endswith(ORDER)}
    projects = orders[f"projects/{ORDER}"]
    tops = set(Report.model_fields)
    for path, text in leaves.items():
        parts = path.split("/")
        if parts[0] not in tops and parts[0] not in projects:
            continue
        pairs = (
            (orders.get("/".join([*parts[:n], ORDER])), parts[n]) for n in range(1, len(parts))
        )
        if all(keys is None or part == ORDER or part in keys for keys, part in pairs):
            yield path, text
