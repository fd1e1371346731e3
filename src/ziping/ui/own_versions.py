"""Which versions of a report this tab saved itself."""

from ziping.ui.state import notes

_OWN = "own-versions"


def add_own_version(report_id: int, version: int) -> None:
    """Remember a version that this tab saved."""
    notes().setdefault(_OWN, set()).add((report_id, version))


def base_of(report_id: int, version: int) -> int:
    """Return the newest version that differs from one by this tab's own work alone."""
    own: set[tuple[int, int]] = notes().get(_OWN, set())
    while (report_id, version + 1) in own:
        version += 1
    return version
