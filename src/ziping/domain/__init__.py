"""The words of the field as typed data: what is scored, drafted, checked and exported.

Only pydantic and the standard library are imported here; nothing replaceable.
"""
