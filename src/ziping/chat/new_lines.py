"""Indicators that are not in the report yet: 加一个数量指标，叫开标场次…… (新增指标)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ziping.chat.normal import normal
from ziping.chat.scene import Scene
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.patches import with_patch

_STOP = '，,。；;：:\n"（(）)'
_ADDS_A_ROW = re.compile(
    "(?:增加|新增|添加|补充|增设|另设|新加|加|添|增|补)[上了多]?[一两二三四几]?(?:条|项|个(?=指标|[^，,。；;]{0,8}指标|[：:]))"
    "|(?:增加|新增|添加|补充|增设|另设|新加)(?:[^，,。；;]{0,4})指标"
)
"""加一条, 新增指标: a row of the table."""
_ADDING = re.compile("(?:增加|加|新增|添加|补充|补|添)(?:上|了|一个|一项|一条)?$")
_BELOW = (
    "(?:的?(?:下面|下边|底下|里面|里头|里边|那块|那里|这块|这里|那栏|下|里|中|那边))?"
    "(?:还|再|想|要|请|给我|帮我|需要)*"
)
_ONE_MORE = "(?:的)?(?:三级)?(?:指标)?"
"""数量指标下面再加一条：……"""
_FIELD_AHEAD = r"(?=[，,。；;\n\"]|\s|年度指标值|指标值|年度目标|目标|计划|实际|完成值|权重|分值|$)"


@dataclass(frozen=True, slots=True)
class NewLine:
    """An indicator to be added, or a row without a name to be given one (新指标)."""

    path: str
    level1: str
    level2: str
    level3: str
    start: int
    end: int
    """Where its name stands in what was said."""
    is_row_there: bool


def find_new_lines(scene: Scene, text: str) -> list[NewLine]:
    """Return the indicators that are to be added."""
    words = scene.speech.words
    is_adding_any = any(one in text for one in words.adding)
    found: list[NewLine] = []
    for match in _pattern(words.kinds, words.named_by, words.adding).finditer(text):
        name = match["name"].strip()
        is_adding = is_adding_any or _ADDING.search(text[: match.start()]) is not None
        if not _is_name(scene, name, match["kind"], text[match.end() :], is_adding=is_adding):
            continue
        project = _project_of(scene, text)
        if project is None:
            continue
        kind = match["kind"]
        level2 = _level2(project, kind)
        found.append(_new_line(project, found, words.kinds[kind], level2, name, match))
    return found


def leaves_unnamed(text: str, lines: Sequence[NewLine]) -> bool:
    """Whether an indicator is to be added and its kind or its name was not understood."""
    return not lines and _ADDS_A_ROW.search(text) is not None


def _pattern(
    kinds: dict[str, str], named_by: tuple[str, ...], adding: tuple[str, ...]
) -> re.Pattern[str]:
    kind = "|".join(sorted(kinds, key=len, reverse=True))
    by = "|".join(sorted((re.escape(one) for one in named_by), key=len, reverse=True))
    below = f"(?:{_BELOW}(?:{'|'.join(map(re.escape, adding))}){_ONE_MORE}\\s*[：:，,]?)?"
    return re.compile(
        rf"(?P<kind>{kind}){below}\s*(?:[：:，,、]|是|为)?\s*(?:{by})?\s*[：:]?\s*\"?"
        rf"(?P<name>[^{re.escape(_STOP)}\s]{{2,30}}?|无)\"?{_FIELD_AHEAD}"
    )


def _is_name(scene: Scene, name: str, kind: str, rest: str, *, is_adding: bool) -> bool:
    """Whether words behind a kind of indicator name a new one."""
    plain_names = {normal(one.line.level3.strip()) for one in scene.subjects.lines}
    if (
        (name in plain_names and name != "无")
        or re.search(r"\d", name[:1])
        or name.startswith(("的", "那", "这", "实际", "目标", "权重"))
    ):
        return False
    if is_adding:
        return True
    has_figures = (
        re.match(r"[\"，,；;\s]*(?:年度指标值|指标值|年度目标|目标|计划|权重|分值)", rest)
        is not None
    )
    return has_figures and not scene.subjects.resembles(name, kind)


def _project_of(scene: Scene, text: str) -> SelfEvaluation | None:
    """Return the project that is spoken of; None: nobody can say."""
    projects = scene.report.projects
    if len(projects) == 1:
        return projects[0]
    named = {key for roles in scene.subjects.nicknames(text).values() for _, key in roles}
    named |= {scene.focus} if not named and scene.focus else set()
    return scene.project(named.pop()) if len(named) == 1 else None


def _level2(project: SelfEvaluation, kind: str) -> str:
    """Return a kind as the project's other rows call it: 满意度指标 is 服务对象满意度指标."""
    called = {line.level2.strip() for line in project.indicators if line.level2.endswith(kind)}
    return called.pop() if len(called) == 1 else kind


def _new_line(  # noqa: PLR0913, PLR0917 - the parts of a row
    project: SelfEvaluation,
    before: list[NewLine],
    level1: str,
    level2: str,
    level3: str,
    match: re.Match[str],
) -> NewLine:
    """Return a row for a new indicator: a blank one of its kind, else one more."""
    used = {one.path.rpartition("/")[2] for one in before}
    blank = next(
        (
            line
            for line in project.indicators
            if not line.level3.strip() and line.level2.strip() == level2 and line.id not in used
        ),
        None,
    )
    taken = {line.id for line in project.indicators} | used
    free = (name for n in range(1, 10_000) if (name := f"i{n}") not in taken)
    key = blank.id if blank else next(free)
    path = f"{project.id}/indicators/{key}"
    start, end = match.span("name")
    return NewLine(path, level1, level2, level3, start, end, blank is not None)


def levels_of(one: NewLine) -> Iterator[tuple[str, str]]:
    """Yield path and text of the levels of a new indicator."""
    if not one.is_row_there:
        yield f"{one.path}/level1", one.level1
        yield f"{one.path}/level2", one.level2
    yield f"{one.path}/level3", one.level3


def with_new_lines(scene: Scene, lines: list[NewLine]) -> Scene:
    """Return the scene as if the indicators were there already, to read what is said of them."""
    report = scene.report
    for one in lines:
        for path, text in levels_of(one):
            report = with_patch(report, path, text)
    return replace(scene, report=report) if lines else scene


def as_said(lines: list[NewLine], said: str) -> list[NewLine]:
    """Return the indicators with their names as they were said, not made plain."""
    return [replace(one, level3=said[one.start : one.end].strip()) for one in lines]
