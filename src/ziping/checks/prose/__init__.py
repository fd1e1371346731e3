"""Checks of a report's running text: against its tables, its outline, the library and itself.

Pure: the text as read, the scored report and what grounding found go in, findings come out.
"""

from ziping.checks.prose.registry import check_prose
from ziping.checks.prose.subject import ProseSubject

__all__ = ["ProseSubject", "check_prose"]
