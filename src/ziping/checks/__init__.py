"""Checks: what a self-evaluation's figures and cells contradict or lack (校验).

Pure: a self-evaluation with its score sheet goes in, findings come out.
"""

from ziping.checks.differences import differences
from ziping.checks.missing import missing
from ziping.checks.report import check, check_report

__all__ = ["check", "check_report", "differences", "missing"]
