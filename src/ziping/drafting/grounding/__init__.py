"""Grounding (核对): whether figures, names, citations and conclusions follow from the facts.

Pure and fast: a report's facts are collected once, then any number of texts are held against them.
Nothing here changes a text, and nothing here reads files or calls a model.
"""

from ziping.drafting.grounding.grounder import Grounder

__all__ = ["Grounder"]
