"""Indicators that are counted off: 第一条指标, 前三个指标 (按序号指称)."""

import re
from collections.abc import Mapping

from ziping.chat.numerals import number_of
from ziping.chat.subjects import Subjects
from ziping.chat.tokens import LINE, Role

_FIRST = "第"
_NUMBERED = re.compile(
    r"(?P<which>第|前|头)(?P<number>[一二两三四五六七八九十]{1,2}|\d{1,2})(?:[条项个](?:三级)?指标|[条项](?=[改填写是实目权得分\d]))"
)
"""第一条指标, 前三个指标; 第一条改成……"""


def numbered(subjects: Subjects, text: str) -> Mapping[str, frozenset[Role]]:
    """Return the words that count indicators off, with those they mean.

    Nothing where rows without a name make it doubtful which are counted, or where it may be
    those of several projects.
    """
    named = {key for roles in subjects.nicknames(text).values() for _, key in roles}
    projects = [one.id for one in subjects.report.projects if not named or one.id in named]
    found: dict[str, frozenset[Role]] = {}
    if len(projects) != 1:
        return found
    lines = [one for one in subjects.named if one.project.id == projects[0]]
    rows = [one for one in subjects.lines if one.project.id == projects[0]]
    for match in _NUMBERED.finditer(text):
        number = int(number_of(match["number"]) or 0)
        start = max(number - 1, 0) if match["which"] == _FIRST else 0
        meant = lines[start:number]
        if meant and len(meant) == number - start and meant == rows[start:number]:
            found[match[0]] = frozenset((LINE, one.path) for one in meant)
    return found
