"""Which project and which indicator are meant, by name or by nickname (指称)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ziping.chat.normal import normal
from ziping.chat.suiting import suits
from ziping.chat.tokens import LINE, PROJECT, Role
from ziping.chat.values import Value, ValueKind
from ziping.domain.cells import read_actual, read_target
from ziping.domain.chat_words import ChatWords
from ziping.domain.evaluation import Indicator, Report, SelfEvaluation
from ziping.domain.quantities import Cell
from ziping.domain.rules import Lexicon
from ziping.domain.text import clean, is_mark

_PASSING = 0.06
"""Below this share of a long text, a match is a passing word."""
_SURE = 0.5
_MARGIN = 0.34
_KIND_SHARE = 0.6
"""A word of the level above tells less than one of the name."""
_UNIT_SHARE = 0.5
_HEADED = 0.9
_HEAD_SHARE = 0.35
"""Chinese names end with what they name: 维修面积 is rather 维修校舍面积 than 单位面积维修成本."""
_BEHIND_NAME = "那这的权目实得分给评达改是为占完做有"
_LONG_SCORE = 2.0
_ORDINALS = "一二三四五六七八九"
_ALIKE = 0.6
"""From this share of its pairs of characters on, a name is taken for one that is there."""


@dataclass(frozen=True, slots=True, eq=False)
class LineRef:
    """An indicator of a project (指标)."""

    project: SelfEvaluation
    line: Indicator

    @property
    def path(self) -> str:
        """Path of the indicator."""
        return f"{self.project.id}/indicators/{self.line.id}"

    @property
    def title(self) -> str:
        """Its name as people read it."""
        return self.line.level3.strip() or self.line.level2.strip()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Indicators that words may mean, the likeliest first (候选指标)."""

    scores: tuple[tuple[LineRef, float], ...] = ()

    @property
    def sure(self) -> LineRef | None:
        """The one that is meant; None: nobody can say."""
        if not self.scores or self.scores[0][1] < _SURE:
            return None
        second = self.scores[1][1] if len(self.scores) > 1 else 0.0
        return self.scores[0][0] if self.scores[0][1] - second >= _MARGIN else None

    @property
    def possible(self) -> tuple[LineRef, ...]:
        """Those nearly as likely as the likeliest."""
        if not self.scores:
            return ()
        least = self.scores[0][1] - _MARGIN
        return tuple(one for one, score in self.scores if score > least)


class Subjects:
    """The projects and indicators of a report, and the ways of naming them."""

    def __init__(self, report: Report, words: ChatWords, lexicon: Lexicon) -> None:
        """Take the names of a report."""
        self.report = report
        self._words = words
        self._lexicon = lexicon
        self.lines = tuple(
            LineRef(project, line) for project in report.projects for line in project.indicators
        )

    @cached_property
    def named(self) -> tuple[LineRef, ...]:
        """The indicators that have a name and count."""
        return tuple(one for one in self.lines if _is_named(one.line))

    @cached_property
    def names(self) -> Mapping[str, frozenset[Role]]:
        """Names of indicators and projects, made plain."""
        found: dict[str, set[Role]] = {}
        for one in self.named:
            found.setdefault(normal(one.line.level3.strip()), set()).add((LINE, one.path))
        for project in self.report.projects:
            if project.name.strip():
                found.setdefault(normal(project.name.strip()), set()).add((PROJECT, project.id))
        return {name: frozenset(roles) for name, roles in found.items() if len(name) > 1}

    def nicknames(self, text: str) -> dict[str, frozenset[Role]]:
        """Return the parts of projects' names that are said and belong to one project alone."""
        found: dict[str, frozenset[Role]] = {}
        titles = {one.id: normal(one.name) for one in self.report.projects}
        for key, title in titles.items():
            others = [other for other_key, other in titles.items() if other_key != key]
            for part in _common_parts(title, text):
                if part not in self._words.common and not any(part in one for one in others):
                    found[part] = frozenset({(PROJECT, key)})
        for place, key in zip(_ORDINALS, titles, strict=False):
            if len(titles) > 1 and (said := f"第{place}个项目") in text:
                found[said] = frozenset({(PROJECT, key)})
        return found

    def in_order(self, paths: Collection[str]) -> list[LineRef]:
        """Return the indicators at some paths in the order of their table."""
        return [one for one in self.lines if one.path in paths]

    def line(self, path: str) -> LineRef | None:
        """Return the indicator at a path."""
        return next((one for one in self.lines if one.path == path), None)

    def rank(self, text: str, value: Value | None = None, projects: Collection[str] = ()) -> Ranked:
        """Return the indicators that words may mean, of these projects if any are given."""
        said = self._features(text)
        scores = []
        for one in self.named:
            if projects and one.project.id not in projects:
                continue
            score = self._score(one, said)
            if score >= _HEADED and _heads(one, text):
                score += _HEAD_SHARE
            if score and value is not None:
                score = self._suiting(one, value, score)
            if score > 0:
                scores.append((one, score))
        scores.sort(key=lambda pair: -pair[1])
        return Ranked(tuple(scores))

    def resembles(self, name: str, kind: str) -> bool:
        """Whether a name is much like that of an indicator of a kind."""
        said = self._features(name)
        return any(
            len(said & self._line_features[one.path][0]) >= _ALIKE * len(said)
            for one in self.of_kind(kind)
        )

    def covers(self, one: LineRef, text: str) -> bool:
        """Whether a text has more than a third of an indicator's name."""
        name, _ = self._line_features[one.path]
        return 3 * len(self._features(text) & name) > len(name)

    def timely(self, projects: Collection[str] = ()) -> tuple[LineRef, ...]:
        """Return the indicators of time."""
        return tuple(
            one
            for one in self.named
            if (not projects or one.project.id in projects)
            and any(word in one.line.level2 + one.line.level3 for word in self._words.timely)
        )

    def of_kind(self, kind: str, projects: Collection[str] = ()) -> tuple[LineRef, ...]:
        """Return the indicators below a 二级指标."""
        return tuple(
            one
            for one in self.named
            if (not projects or one.project.id in projects)
            and kind.removesuffix("指标") in one.line.level2
        )

    def marked(self, kind: str, projects: Collection[str] = ()) -> tuple[LineRef, ...]:
        """Return the rows below a 二级指标 that say 无."""
        return tuple(
            one
            for one in self.lines
            if (not projects or one.project.id in projects)
            and kind.removesuffix("指标") in one.line.level2
            and is_mark(clean(one.line.level3))
        )

    def counted_in(self, unit: str, projects: Collection[str] = ()) -> tuple[LineRef, ...]:
        """Return the one indicator that is counted in a unit; nothing where several are."""
        found = tuple(
            one
            for one in self.named
            if (not projects or one.project.id in projects)
            and (self._target(one).unit == unit or one.line.level3.strip().endswith(f"{unit}数"))
        )
        return found if len(found) == 1 else ()

    def suits(self, one: LineRef, value: Value) -> bool:
        """Whether a figure can be one of this indicator's."""
        return suits(one.line, self._target(one), value, self._words)

    def cell(self, path: str) -> Cell | None:
        """Return the 年度指标值 or 实际完成值 at a path, as read."""
        parent, _, field = path.rpartition("/")
        one = self.line(parent)
        if one is None:
            return None
        read = read_target if field == "target" else read_actual
        text = getattr(one.line, field)
        return read(text, fiscal_year=self.report.fiscal_year, lexicon=self._lexicon)

    def _target(self, one: LineRef) -> Cell:
        return read_target(
            one.line.target, fiscal_year=self.report.fiscal_year, lexicon=self._lexicon
        )

    def _suiting(self, one: LineRef, value: Value, score: float) -> float:
        """Return the score with what the figure's unit tells."""
        if not self.suits(one, value):
            return 0.0
        target = self._target(one)
        unit = value.unit.partition("/")[0]
        is_counted = value.kind is ValueKind.COUNT and bool(unit)
        if is_counted and (unit == target.unit or unit in one.line.level3[-3:]):
            return score + _UNIT_SHARE
        is_rate = value.kind is ValueKind.PERCENT
        if is_rate and (target.is_rate or one.line.level3.rstrip().endswith(("率", "度"))):
            return score + _UNIT_SHARE / 2
        return score

    def _score(self, one: LineRef, said: frozenset[str]) -> float:
        """Return how much of what was said speaks of an indicator."""
        name, kind = self._line_features[one.path]
        met = said & (name | kind)
        if 2 * len(met) < len(name) and len(met) < _PASSING * len(said):
            return 0.0
        score = sum(1 / self._spread[part] for part in said & name)
        score += sum(_KIND_SHARE / self._spread[part] for part in (said & kind) - name)
        return min(score, _LONG_SCORE)

    @cached_property
    def _line_features(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        return {
            one.path: (
                self._features(normal(one.line.level3)),
                self._features(normal(one.line.level2).removesuffix("指标")),
            )
            for one in self.named
        }

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many indicators each pair of characters occurs."""
        counted: Counter[str] = Counter()
        for name, kind in self._line_features.values():
            counted.update(name | kind)
        return counted

    def _features(self, text: str) -> frozenset[str]:
        """Return the telling pairs of characters of a text, ways of saying made one."""
        for group in self._words.same:
            for other in sorted(group[1:], key=len, reverse=True):
                text = text.replace(other, group[0])
        for word in self._words.common:
            text = text.replace(word, "|")
        pairs = (text[at : at + 2] for at in range(len(text) - 1))
        return frozenset(pair for pair in pairs if pair.isalnum())


def _heads(one: LineRef, text: str) -> bool:
    """Whether what was said ends as the indicator's name does."""
    tail = one.line.level3.strip()[-2:]
    at = text.find(tail) if len(tail) > 1 else -1
    if at < 0:
        return False
    behind = text[at + 2 : at + 3]
    return not behind or behind in _BEHIND_NAME or not "\u4e00" <= behind <= "\u9fff"


def _is_named(line: Indicator) -> bool:
    """Whether an indicator has a name and is not marked as not applicable."""
    name = clean(line.level3)
    return bool(name) and not is_mark(name) and not is_mark(clean(line.target) or "甲")


def _common_parts(title: str, text: str) -> list[str]:
    """Return the longest stretches of at least two characters that a title and a text share."""
    found: list[str] = []
    at = 0
    while at < len(text) - 1:
        size = next(
            (
                n
                for n in range(min(len(title), len(text) - at), 1, -1)
                if text[at : at + n] in title
            ),
            0,
        )
        part = text[at : at + size]
        if size and part.isalnum():
            found.append(part)
        at += max(size, 1)
    return found


def titles(lines: Sequence[LineRef], report: Report) -> tuple[str, ...]:
    """Return the indicators' names for a question; with their projects where there are several."""
    if len(report.projects) == 1:
        return tuple(one.title for one in lines)
    return tuple(f"{one.project.name} · {one.title}" for one in lines)
