"""Use cases: the functions that pages, commands and tests call.

Here scoring, checks, drafting, documents and persistence meet. No widget, no argument parsing.
"""
