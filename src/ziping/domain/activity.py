"""What the program was busy with, in counts (运行情况)."""

from datetime import date

from ziping.domain.model import Record


class ModelCalls(Record):
    """Requests to one model on one day that ended the same way (模型调用)."""

    day: date
    """By UTC, like every moment that is kept."""
    model: str
    outcome: str
    """成功, 停止, or what failed."""
    calls: int = 1
    milliseconds: int = 0
    """All together."""
