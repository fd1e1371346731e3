"""What a section's draft tells while it is written (撰写事件)."""

from dataclasses import dataclass
from typing import TypeAlias

from ziping.domain.draft import SectionText


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage begins (阶段): 起草, 修改, 重试."""

    title: str


@dataclass(frozen=True, slots=True)
class SentenceDrafted:
    """A sentence that agrees with the facts (已核对的句子)."""

    text: str
    opens_paragraph: bool


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was shown so far no longer counts; the answer is asked for again (重来)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The section as it is kept (完成)."""

    section: SectionText


DraftEvent: TypeAlias = Staged | SentenceDrafted | Restarted | Finished
"""Sentences come only once they are grounded; `Finished` comes last, always."""
