"""Texts that try to become more than text, and reports that hold them in every field."""

from itertools import cycle
from pathlib import Path

import yaml

from ziping.domain.errors import ZipingError
from ziping.domain.evaluation import Report
from ziping.domain.fields import flatten, with_fields

CORPUS: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("hostile_texts.yaml").read_text(encoding="utf-8")
)
TEXTS = tuple(text for group in CORPUS.values() for text in group)
LIVE = tuple(text for kind in ("html", "markdown", "streamlit") for text in CORPUS[kind])
"""What a browser or a label of Streamlit would act on."""
COCKTAIL = "　".join(LIVE)
CHOICES = ("#order", "/id", "outline", "rule_set", "fund_unit", "source")
"""Endings of fields that hold a choice and no text."""
FIGURES = ("budget", "received", "executed", "weight", "target", "actual", "points")
"""Endings of fields that scoring reads as figures."""


def poisoned(report: Report, *texts: str, with_figures: bool = False) -> Report:
    """Return a report with the texts, in turn, in every field that people write."""
    supply = cycle(texts or TEXTS)
    for path in flatten(report):
        if path.endswith(CHOICES if with_figures else (*CHOICES, *FIGURES)):
            continue
        try:
            report = with_fields(report, {path: next(supply)})
        except (ZipingError, ValueError):  # a field with a list of its own: 档次, 性质
            continue
    return report
