"""The tools of the model: they read this report and propose; none of them writes (工具箱)."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from ziping.chat.agent.figures import figures_told
from ziping.chat.agent.guards import Guard
from ziping.chat.explaining import findings_told, missing_told, score_told, why_told
from ziping.chat.intents import Want, Wish
from ziping.chat.proposals import Proposals, Proposed
from ziping.chat.reader import Heard
from ziping.chat.scene import Scene
from ziping.domain.conversation import SectionProposal
from ziping.domain.errors import ZipingError
from ziping.domain.library import Hit
from ziping.domain.patches import Patch

_MOST_PATCHES = 30
_HITS = 4
_HEADING = re.compile(r"^## (\w+)\n", re.MULTILINE)


class Desk(Protocol):
    """What the tools reach beyond the scene (工具所及)."""

    def search(self, query: str, k: int) -> Sequence[Hit]:
        """Return the best clauses for a question."""

    def read(self, section_id: str) -> str:
        """Return a section's present text; blank: not drafted."""

    def draft(self, section_id: str, instruction: str) -> SectionProposal:
        """Return a section written anew; nothing is stored."""


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NoArguments(_Arguments):
    """A tool that needs nothing."""


class OfProject(_Arguments):
    """Which project."""

    project: str = ""


class PatchArguments(_Arguments):
    """One proposed change."""

    path: str
    value: str
    said: str


class ProposeArguments(_Arguments):
    """Proposed changes."""

    patches: list[PatchArguments]


class IndicatorArguments(_Arguments):
    """A proposed indicator."""

    project: str = "p1"
    level2: str
    level3: str
    target: str = ""
    actual: str = ""
    weight: str = ""
    said: str


class Subject(_Arguments):
    """What is to be explained."""

    subject: str = ""


class Query(_Arguments):
    """What is looked for."""

    query: str


class SectionArguments(_Arguments):
    """Which section."""

    section: str


class DraftArguments(_Arguments):
    """Which section, and how."""

    section: str
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool (工具)."""

    name: str
    description: str
    arguments: type[BaseModel]


ARGUMENTS: Mapping[str, type[BaseModel]] = {
    "read_figures": OfProject,
    "propose_patches": ProposeArguments,
    "propose_indicator": IndicatorArguments,
    "score": NoArguments,
    "explain": Subject,
    "search_clauses": Query,
    "list_findings": NoArguments,
    "list_missing": NoArguments,
    "read_section": SectionArguments,
    "draft_section": DraftArguments,
}
"""Every tool there is, with what it takes."""


def tools_of(described: str) -> tuple[Tool, ...]:
    """Return the tools with their descriptions, as the prompt file words them."""
    parts = _HEADING.split(described)
    texts = dict(zip(parts[1::2], (one.strip() for one in parts[2::2]), strict=True))
    return tuple(Tool(name, texts[name], taken) for name, taken in ARGUMENTS.items())


@dataclass
class Toolbox:
    """The tools at work on one turn, and what they gathered."""

    scene: Scene
    said: str
    heard: Heard
    desk: Desk
    found: dict[str, Proposed] = field(default_factory=dict)
    sections: list[SectionProposal] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    """Clauses that were shown to the model; only these may be cited."""
    shown: list[str] = field(default_factory=list)
    """What the tools returned: the model may repeat its figures."""
    refusals: list[str] = field(default_factory=list)
    """What was refused, told to the person."""

    def __post_init__(self) -> None:
        """Make the guard ready."""
        self._guard = Guard(self.scene, self.said, self.heard)
        self._by_name: Mapping[str, Callable[[Any], str]] = {
            "read_figures": self._read_figures,
            "propose_patches": self._propose_patches,
            "propose_indicator": self._propose_indicator,
            "score": lambda _: score_told(self.scene),
            "explain": self._explain,
            "search_clauses": self._search,
            "list_findings": lambda _: findings_told(self.scene.findings)[0],
            "list_missing": lambda _: missing_told(self.scene.missing),
            "read_section": self._read_section,
            "draft_section": self._draft_section,
        }

    def call(self, name: str, arguments: object) -> str:
        """Carry a tool out and return what it found; what is wrong is refused and told."""
        told = self._called(name, arguments)
        self.shown.append(told)
        return told

    def _called(self, name: str, arguments: object) -> str:
        tool = self._by_name.get(name)
        if tool is None:
            self.refuse(f"模型要调用“{name[:40]}”，没有这个工具，已拒绝")
            return (
                f"没有名为 {name[:40]} 的工具，可用：{'、'.join(ARGUMENTS)}。写入只能由经办人采纳。"
            )
        if isinstance(arguments, str):
            try:
                arguments = json.loads(arguments or "{}")
            except json.JSONDecodeError:
                return self.bad_json(name)
        try:
            taken = ARGUMENTS[name].model_validate(arguments)
        except ValidationError as error:
            wrong = "、".join(".".join(map(str, one["loc"])) for one in error.errors()[:4])
            self.refuse(f"模型调用 {name} 的参数不对（{wrong}），已拒绝")
            return f"参数不对：{wrong}。只能处理当前报告，请按工具说明填写。"
        try:
            return tool(taken)
        except ZipingError as error:
            return f"没有做成：{error}"

    def bad_json(self, name: str) -> str:
        """Refuse arguments that are no JSON."""
        self.refuse(f"模型调用 {name[:40]} 的参数不是合法的 JSON，已拒绝")
        return "参数不是合法的 JSON，请重新调用。"

    def refuse(self, told: str) -> None:
        """Note a refusal, once."""
        if told not in self.refusals:
            self.refusals.append(told)

    def patches(self) -> tuple[Patch, ...]:
        """Return what was proposed, what the reader read first."""
        made = Proposals(self.scene.report, self.scene.lexicon, self.said)
        for one in self.heard.patches:
            made.put(Proposed(one.path, one.new, one.span.start, one.span.end, one.note))
        for path, proposed in self.found.items():
            if path not in made.found:
                made.put(proposed)
        return made.patches()

    # ---- reading ---------------------------------------------------------------------------

    def _read_figures(self, taken: OfProject) -> str:
        if taken.project and self.scene.project(taken.project) is None:
            self.refuse(f"模型要读项目“{taken.project[:20]}”，不在当前报告里，已拒绝")
            return "没有这个项目，只能处理当前打开的报告。"
        return figures_told(self.scene.report, taken.project)

    def _explain(self, taken: Subject) -> str:
        subjects = self.scene.subjects
        ranked = subjects.rank(taken.subject)
        lines = (ranked.sure,) if ranked.sure else ranked.possible
        is_rate = any(one in taken.subject for one in self.scene.speech.words.rates)
        wish = Wish(Want.WHY, lines=lines, is_of_execution=is_rate, said=taken.subject)
        text, clauses = why_told(self.scene, wish)
        self.clauses += [one for one in clauses if one not in self.clauses]
        return f"{text}\n条款编号：{'、'.join(clauses) or '无'}"

    def _search(self, taken: Query) -> str:
        hits = self.desk.search(taken.query, _HITS)
        if not hits:
            return "没有检索到相关条款。"
        self.clauses += [one.clause.id for one in hits if one.clause.id not in self.clauses]
        return "\n".join(
            f"[[{one.clause.id}]] {one.clause.number or one.clause.document} {one.clause.article}："
            f"{' '.join(one.clause.text.split())[:300]}"
            for one in hits
        )

    def _section(self, section_id: str) -> str:
        """Return the heading of a section; blank when there is none, which is refused."""
        section = self.scene.outline.section(section_id)
        if section is None or not section.fallback:
            self.refuse(f"模型要用章节“{section_id[:40]}”，提纲里没有，已拒绝")
            return ""
        return section.heading

    def _known_sections(self) -> str:
        listed = "、".join(f"{one.id}" for one in self.scene.outline.sections if one.fallback)
        return f"没有这一节。可用的章节编号：{listed}"

    def _read_section(self, taken: SectionArguments) -> str:
        heading = self._section(taken.section)
        if not heading:
            return self._known_sections()
        return self.desk.read(taken.section) or f"{heading}还没有起草。"

    # ---- proposing -------------------------------------------------------------------------

    def _draft_section(self, taken: DraftArguments) -> str:
        if not self._section(taken.section):
            return self._known_sections()
        proposal = self.desk.draft(taken.section, taken.instruction)
        self.sections = [
            one for one in self.sections if one.section.section_id != taken.section
        ] + [proposal]
        return f"{proposal.heading}的草稿已经放到经办人面前，等他决定：\n{proposal.section.text}"

    def _propose_patches(self, taken: ProposeArguments) -> str:
        given = taken.patches[:_MOST_PATCHES]
        told = [self._propose(one.path, one.value, one.said) for one in given]
        return "\n".join(told) or "没有收到建议。"

    def _propose(self, path: str, value: str, said: str) -> str:
        """Take one proposal, or refuse it."""
        if refusal := self._guard.refusal(path, value, said):
            self.refuse(f"模型建议“{path} → {value[:30]}”没有采用：{refusal}")
            return f"没有采用 {path}：{refusal}"
        start, end = self._guard.span(said)
        self.found[path] = Proposed(path, value.strip(), start, end, "模型的理解，请核对")
        return f"已放到经办人面前：{path} → {value}"

    def _propose_indicator(self, taken: IndicatorArguments) -> str:
        project = self.scene.project(taken.project)
        level1 = self.scene.speech.words.kinds.get(taken.level2)
        if project is None or level1 is None:
            self.refuse("模型建议新增的指标没有采用：项目或二级指标不对")
            kinds = "、".join(self.scene.speech.words.kinds)
            return f"没有采用：项目或二级指标不对。二级指标可用：{kinds}"
        used = {one.id for one in project.indicators}
        proposed = [*self.found, *(one.path for one in self.heard.patches)]
        used |= {path.split("/")[2] for path in proposed if "/indicators/" in path}
        key = next(name for n in range(1, 10_000) if (name := f"i{n}") not in used)
        path = f"{project.id}/indicators/{key}"
        if taken.level3 not in self.said:
            self.refuse(f"模型建议新增的指标“{taken.level3[:30]}”没有采用：经办人没有说到")
            return "没有采用：指标名称必须照抄经办人的话。"
        start, end = self._guard.span(taken.said)
        for name, text in (("level1", level1), ("level2", taken.level2), ("level3", taken.level3)):
            self.found[f"{path}/{name}"] = Proposed(f"{path}/{name}", text, start, end)
        told = [f"已放到经办人面前：新增 {taken.level3}"]
        told += [
            self._fill(f"{path}/{name}", text, taken.said)
            for name in ("target", "actual", "weight")
            if (text := getattr(taken, name).strip())
        ]
        return "\n".join(told)

    def _fill(self, path: str, value: str, said: str) -> str:
        """Take one cell of a proposed indicator, or refuse it."""
        refusal = self._guard.wrong_cell(path, value, said)
        if refusal:
            self.refuse(f"模型建议“{value[:30]}”没有采用：{refusal}")
            return f"没有采用 {value}：{refusal}"
        start, end = self._guard.span(said)
        self.found[path] = Proposed(path, value, start, end, "模型的理解，请核对")
        return f"　{value}"
