"""Moments as the database gives them back."""

from datetime import UTC, datetime


def aware(at: datetime) -> datetime:
    """Return a moment with its zone; SQLite forgets that all of ours are UTC."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
