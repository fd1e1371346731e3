"""Parts of a project as templates see them: a fund row, a dimension, a checklist item (分组)."""

from ziping.domain.framework import FrameworkPoint
from ziping.drafting.figures import to_inline
from ziping.drafting.ledger import AMOUNT_TITLES
from ziping.drafting.recorder import Recorder

GROUP_TITLES = AMOUNT_TITLES | {
    "name": "一级指标（找业务股室）",
    "weight": "分值（找业务股室）",
    "points": "得分",
    "deduction": "扣分",
}
"""What a gap of a fund row or a dimension is called."""


class FactGroup:
    """A fund row or a dimension: facts under one prefix."""

    def __init__(self, recorder: Recorder, prefix: str, title: str) -> None:
        """Look at the facts under a prefix; `title` is the dimension's or row's own."""
        self._recorder = recorder
        self._prefix = prefix
        self.title = title

    def __getattr__(self, field: str) -> str:
        """State a fact of the group in a template, as in `row.executed`."""
        if field.startswith("_"):
            raise AttributeError(field)
        return self.state(field)

    def state(self, field: str) -> str:
        """State a fact of the group."""
        label = GROUP_TITLES.get(field, "数据")
        if self.title and field != "name":
            label = f"{self.title}的{label}"
        return self._recorder.state(f"{self._prefix}.{field}", label)

    def has(self, field: str) -> bool:
        """Whether the ledger holds a fact of the group."""
        return self._recorder.has(f"{self._prefix}.{field}")


class CheckView:
    """An item of the framework checklist with its answer (框架核对)."""

    def __init__(self, item: FrameworkPoint, answer: str, note: str) -> None:
        """Show an answered or unanswered item."""
        self.id = item.id
        self.level3 = item.level3
        self.answer = answer
        self.note = to_inline(note)
