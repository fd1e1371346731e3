"""Names a report knows, found in text: indicators, dimensions, projects (主语识别)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ziping.domain.evaluation import Report
from ziping.domain.scores import ScoreSheet
from ziping.drafting.figures import to_inline
from ziping.drafting.grounding.segments import plain_text

_SHORTEST_ALIAS = 3
_TOO_COMMON = frozenset(
    [
        "完成率",
        "达标率",
        "合格率",
        "执行率",
        "到位率",
        "得分率",
        "完成情况",
        "影响情况",
        "完成时间",
        "指标值",
        "完成值",
        "总分数",
        "工作量",
        "业务量",
        "项目数",
        "指标数",
    ]
)
_BARE_END = (
    r"(?=\s?(?:\d|为|达|共|相当|占|较|比|的|有|是|实际|全年|本年|仅|累计|发生|合计|两|三|等|分别|均"
    r"|[，、。；：“”（]|$))"
)
_SCORED = r"(?=(?:类|上|共|合计|仅|只|各)?(?:扣|得|失)?\s?\d[\d.]*分)"
_DIMENSION_WORDS = {
    "产出指标": ("产出方面", "产出部分", "产出得分", "产出类指标"),
    "效益指标": ("效益方面", "效益部分", "效益得分", "效益类指标"),
    "满意度指标": ("满意度方面", "满意度部分"),
    "成本指标": ("成本方面", "成本部分"),
    "预算执行率": ("执行率", "预算执行"),
}
"""Level-1 titles and how else prose names them."""


class HitKind(StrEnum):
    """What a name found in a text names."""

    LINE = "line"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text (名称命中)."""

    start: int
    end: int
    kind: HitKind
    ids: frozenset[str]
    """Line, dimension or project ids; level-2 titles."""
    text: str = ""
    is_whole: bool = True
    """The name in full, not a short form."""


class Names:
    """Finds the names of a report's indicators, dimensions and projects."""

    def __init__(
        self, report: Report, sheets: dict[str, ScoreSheet], measures: Iterable[str] = ()
    ) -> None:
        """Collect names with their short forms; `measures` are endings prose leaves out."""
        self._measures = sorted(measures, key=len, reverse=True)
        self._ids: dict[tuple[str, HitKind], set[str]] = defaultdict(set)
        self._whole: set[str] = set()
        self._patterns: dict[str, str] = {}
        self._add_projects(report)
        for project in report.projects:
            sheet = sheets.get(project.id)
            for number, level in enumerate(sheet.dimensions if sheet else (), 1):
                ids = [f"{project.id}.D{number}"]
                if level.level1 == "预算执行率":
                    ids.append(f"{project.id}.execution")
                for title in (level.level1, *_DIMENSION_WORDS.get(level.level1, ())):
                    self._add(title, HitKind.LEVEL1, *ids)
                if level.level1 in _DIMENSION_WORDS and level.level1.endswith("指标"):
                    short = level.level1.removesuffix("指标")
                    self._add(short, HitKind.LEVEL1, *ids, is_whole=False)
                    self._patterns[short] = short + _SCORED
            for line in project.indicators:
                self._add(to_inline(line.level2), HitKind.LEVEL2, to_inline(line.level2))
        self._add_lines(report)
        names = sorted(self._patterns, key=len, reverse=True)
        self._regex = re.compile("|".join(self._patterns[name] for name in names) or r"(?!)")

    def find(self, text: str) -> list[Hit]:
        """Return the names in a text, the longest at each place."""
        return list(self._hits(text))

    def _hits(self, text: str) -> Iterator[Hit]:
        for match in self._regex.finditer(text):
            found = match.group()
            for kind in HitKind:
                if ids := self._ids.get((found, kind)):
                    yield Hit(
                        match.start(),
                        match.end(),
                        kind,
                        frozenset(ids),
                        found,
                        found in self._whole,
                    )
                    break

    def _add(self, name: str, kind: HitKind, *ids: str, is_whole: bool = True) -> None:
        """Take a name in."""
        name = plain_text(name)
        if len(name) > 1 and ids:
            self._ids[name, kind].update(ids)
            self._patterns.setdefault(name, re.escape(name))
            if is_whole:
                self._whole.add(name)

    def _add_projects(self, report: Report) -> None:
        for project in report.projects:
            self._add(to_inline(project.name), HitKind.PROJECT, project.id)

    def _add_lines(self, report: Report) -> None:
        lines = [
            (plain_text(to_inline(one.level3)), f"{project.id}.{one.id}")
            for project in report.projects
            for one in project.indicators
        ]
        names = {name for name, _ in lines}
        endings = Counter(
            name[start:] for name in names for start in range(1, len(name) - _SHORTEST_ALIAS + 1)
        )
        for name, line_id in lines:
            if len(name) > 1 and name not in {"不适用", "暂无"}:
                self._add(name, HitKind.LINE, line_id)
                self._add_short(name, line_id, endings, names)

    def _add_short(self, name: str, line_id: str, endings: Counter[str], names: set[str]) -> None:
        """Take in the endings of a name that no other name has."""
        for start in range(1, len(name) - _SHORTEST_ALIAS + 1):
            short = name[start:]
            if endings[short] == 1 and short not in names and short not in _TOO_COMMON:
                self._add(short, HitKind.LINE, line_id, is_whole=False)
        for short in self._stems(name):
            if short not in self._patterns:
                self._add(short, HitKind.LINE, line_id, is_whole=False)
                self._patterns[short] = re.escape(short) + _BARE_END

    def _stems(self, name: str) -> Iterator[str]:
        """Yield a name without the measure at its end, as 人工造林 for 人工造林面积."""
        if name[-1] in "数量率" and len(name) > _SHORTEST_ALIAS:
            yield name[:-1]
        ending = next((one for one in self._measures if name.endswith(one)), "")
        if ending and len(name) - len(ending) >= _SHORTEST_ALIAS:
            yield name.removesuffix(ending)
