"""Fields as people name them in conversation (字段的说法)."""

from ziping.domain.evaluation import Report
from ziping.domain.fields import label

_UNSAID = ("项目资金 · ", "年度资金总额 · ", "绩效指标 · ")


def spoken(path: str, report: Report) -> str:
    """Return a field in words, without what goes without saying, e.g. 年初预算数."""
    told = label(path, report)
    for part in _UNSAID:
        told = told.replace(part, "", 1)
    return told
