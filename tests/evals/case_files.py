"""Evaluation cases as files: what is drafted, and what the text is judged by (评测案例)."""

import re
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from ziping.domain.draft import SectionText
from ziping.domain.evaluation import Report

CASES = Path(__file__).parent / "cases"
_DROPPED = re.compile(r"(\d+)句没有通过数据核对")


class Rubric(BaseModel):
    """What a text is judged by (评分要点)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str = ""
    states: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    length: tuple[int, int]
    most_dropped: int

    def faults(self, section: SectionText) -> list[str]:
        """Return what a text does not meet, in Chinese."""
        text = section.text
        found = [f"没有写到“{one}”" for one in self.states if one not in text]
        found += [f"出现“{one}”" for one in self.avoids if re.search(one, text)]
        if self.author and section.author.value != self.author:
            found.append(f"由{section.author.value}写成：{section.reason}")
        least, most = self.length
        if not least <= len(text) <= most:
            found.append(f"{len(text)}字，应为{least}至{most}字")
        dropped = _DROPPED.search(section.reason)
        if dropped and int(dropped[1]) > self.most_dropped:
            found.append(f"删去{dropped[1]}句")
        return found


class Case(BaseModel):
    """One evaluation (评测案例)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    report: Literal["example"] | Report
    section: str
    instruction: str = ""
    rubric: Rubric


def load_cases() -> dict[str, Case]:
    """Return every case by its file name."""
    return {
        path.stem: Case.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(CASES.glob("*.yaml"))
    }
