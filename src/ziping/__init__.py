"""Ziping (自评通): scoring, checking, drafting and reviewing of project self-evaluations.

This package root holds the version alone; each room says in its own docstring what it may hold.
"""

__version__ = "0.1.0"
