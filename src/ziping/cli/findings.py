"""Findings as people read them on a terminal (校验发现)."""

from collections.abc import Iterable

from ziping.domain.findings import Severity
from ziping.services.answers import FindingAnswer


def findings_text(findings: Iterable[FindingAnswer]) -> str:
    """Return findings, the gravest first, each with its place and remedy."""
    told = list(findings)
    if not told:
        return "校验发现：没有"
    counts = "，".join(
        f"{severity.value} {found}"
        for severity in Severity
        if (found := sum(one.severity is severity for one in told))
    )
    ranked = sorted(told, key=lambda one: list(Severity).index(one.severity))
    return "\n".join([f"校验发现：{counts}", *map(_finding_text, ranked)])


def _finding_text(one: FindingAnswer) -> str:
    """Return one finding, with the sentence it is about."""
    basis = f"依据：{one.why}" + (f"（{one.clause}）" if one.clause else "")
    quote = [f"原文：{one.quote}"] if one.quote else []
    lines = (
        f"[{one.severity.value}] {one.where}",
        *quote,
        one.message,
        basis,
        f"办法：{one.remedy}",
    )
    return "\n    ".join(lines)
