"""Scores: self-evaluation + rule set -> score sheet with its trace. Pure, exact, instant to import.

No file, clock, database or model is touched here, and no number of a policy is written here:
weights, bands and kinds come from the rule set. Findings are the business of `ziping.checks`.
"""

from ziping.scoring.averages import average
from ziping.scoring.sheet import score
from ziping.scoring.weights import level1_weights

__all__ = ["average", "level1_weights", "score"]
