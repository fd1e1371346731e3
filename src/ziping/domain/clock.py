"""Today, injected (时钟)."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present moment with its time zone."""
