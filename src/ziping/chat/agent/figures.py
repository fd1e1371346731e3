"""What a model is told of a report: each field's path, name and value (报告概况)."""

from collections.abc import Iterator

from ziping.chat.titles import spoken
from ziping.domain.evaluation import Report
from ziping.domain.fields import flatten

_HIDDEN = ("printed", "approved", "evidence", "checklist", "#order", "scope")
_CLOSED = ("id", "source", "label", "rule_set", "outline", "annex_number", "average")
_LONGEST = 60
_MOST_LINES = 160


def is_open_path(path: str) -> bool:
    """Whether a conversation may propose to change a field."""
    parts = path.split("/")
    if any(part in _HIDDEN for part in parts):
        return False
    return parts[-1] not in _CLOSED


def figures_told(report: Report, project: str = "") -> str:
    """Return the fields of a report, a line each."""
    lines = list(_lines(report, project))
    more = f"\n……还有 {len(lines) - _MOST_LINES} 行" if len(lines) > _MOST_LINES else ""
    return "\n".join(lines[:_MOST_LINES]) + more


def _lines(report: Report, project: str) -> Iterator[str]:
    """Yield a line for each field."""
    for path, text in flatten(report).items():
        if not is_open_path(path) or (project and not path.startswith(f"{project}/")):
            continue
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
        yield f"{path}｜{spoken(path, report)}｜{' '.join(short.split())}"
