"""The conversation with a model: it reads and proposes; what it says is held against the data."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from ziping.chat.agent.figures import figures_told
from ziping.chat.agent.loop import Conduct, EndlessError, Stopped, run_agent
from ziping.chat.agent.steps import SCHEMA, run_steps, tools_told
from ziping.chat.agent.toolbox import Tool, Toolbox, tools_of
from ziping.chat.conversing import is_settled
from ziping.chat.pasted import is_table
from ziping.chat.reader import Heard, hear
from ziping.chat.scene import Scene
from ziping.domain.access import Right
from ziping.domain.conversation import Reply, ReplyKind, SectionProposal, Turn
from ziping.domain.endpoint import ModelEndpoint
from ziping.domain.library import Hit
from ziping.domain.patches import Patch, with_patch
from ziping.drafting.model.attempts import Cancelled
from ziping.drafting.model.client import chat_model, pieces
from ziping.drafting.model.faults import FaultKind, ModelFault, told_as_faults
from ziping.drafting.model.ladder import Rung, Wanted, below
from ziping.drafting.model.prompt import Message
from ziping.drafting.model.slots import slots_of
from ziping.services.access import needs
from ziping.services.chat_wishes import Tools
from ziping.services.chat_words import spoken_by_model
from ziping.services.chatting import (
    StoredSections,
    answer,
    keep_reply,
    scene_before,
)
from ziping.services.library import search
from ziping.services.model_drafting import ModelDesk, propose_section
from ziping.services.saying import answered, followed_up, searching
from ziping.services.scored import ScoredReport, score_report

_AT_ONCE = 100
"""Goes before every section of a job: somebody looks at the page."""
_MOST_REFUSALS = 4
_STEP = Wanted("next_step", "下一步：调用工具，或回答", SCHEMA, strict=False)
_QUOTING = str.maketrans("<>", "＜＞")
_SHORT_TURN = 120


class _Endpoints:
    """Which endpoints refused tool calls, while the program runs."""

    def __init__(self) -> None:
        self._without_tools: set[tuple[str, str]] = set()
        self._lock = Lock()

    def has_tools(self, endpoint: ModelEndpoint) -> bool:
        with self._lock:
            return (endpoint.base_url, endpoint.model) not in self._without_tools

    def note_no_tools(self, endpoint: ModelEndpoint) -> None:
        with self._lock:
            self._without_tools.add((endpoint.base_url, endpoint.model))


_ENDPOINTS = _Endpoints()


@needs(Right.EDIT)
def answer_by_model(
    desk: ModelDesk,
    report_id: int,
    number: int,
    *,
    note: Callable[[str], None],
    should_stop: Callable[[], bool],
) -> None:
    """Answer a turn by the model and keep the answer; without it where it fails, told.

    When the person stops it, nothing is kept.
    """
    turn, scene, scored = scene_before(desk.workspace, report_id, number)
    endpoint = desk.endpoint
    if endpoint is None or is_table(turn.said) or is_settled(scene, turn.said):
        answer(desk, report_id, number)
        return
    note("正在读这句话")
    at_work = _AtWork(desk, report_id, scene, scored, turn.said)
    conduct = Conduct(note, should_stop, endpoint.timeout_s)
    try:
        words = at_work.asked(endpoint, conduct)
    except (Stopped, Cancelled):
        return
    except EndlessError:
        at_work.toolbox.refuse("模型反复调用工具，已停止；以下是程序自己读出的")
        words = ""
    except ModelFault as fault:
        if not should_stop():
            told = f"{fault.kind.value}，这一句由程序离线答复"
            answer(desk, report_id, number, notices=(told,))
        return
    note("正在核对答复")
    reply = at_work.reply(words, endpoint)
    if not should_stop():
        keep_reply(desk.workspace, report_id, number, reply)


class _AtWork:
    """One turn that a model answers."""

    def __init__(
        self, desk: ModelDesk, report_id: int, scene: Scene, scored: ScoredReport, said: str
    ) -> None:
        self._desk = desk
        self._report_id = report_id
        self._scene = scene
        self._scored = scored
        self._content = desk.workspace.content
        self._said = said
        self._heard: Heard = hear(scene, said)
        self._tools: tuple[Tool, ...] = tools_of(self._content.model_prompts["chat/tools"].body)
        self.toolbox = Toolbox(scene, said, self._heard, _Reach(desk, report_id, scored))

    def asked(self, endpoint: ModelEndpoint, conduct: Conduct) -> str:
        """Return what the model says in the end; by tool calls, else step by step."""
        prompts = self._content.model_prompts
        system, turn = prompts["chat/system"].body, self._turn()
        if _ENDPOINTS.has_tools(endpoint):
            try:
                with slots_of(endpoint).taken(_AT_ONCE, conduct.check), told_as_faults():
                    model = chat_model(endpoint)
                    return run_agent(model, self._tools, self.toolbox, system, turn, conduct)
            except ModelFault as fault:
                if fault.kind is not FaultKind.FORMAT:
                    raise
                _ENDPOINTS.note_no_tools(endpoint)
        steps = prompts["chat/steps"].fill({"tools": tools_told(self._tools)})
        asking = _Steps(endpoint, conduct)
        return run_steps(asking, self.toolbox, f"{system}\n\n{steps}", turn, conduct)

    def _turn(self) -> str:
        """Return what is sent for what was said."""
        return self._content.model_prompts["chat/turn"].fill(
            {
                "figures": figures_told(self._scene.report),
                "earlier": _earlier(self._scene.turns) or "无",
                "read": _read(self._heard) or "无",
                "said": self._said.translate(_QUOTING),
            }
        )

    def reply(self, words: str, endpoint: ModelEndpoint) -> Reply:
        """Return the reply: the model's words as far as they hold, the proposals, the refusals."""
        patches = self.toolbox.patches()
        report = self._scene.report
        for one in patches:
            report = with_patch(report, one.path, one.new)
        spoken = spoken_by_model(
            self._content, score_report(self._content, report), words, self._allowed()
        )
        offline = self._offline()
        reply = Reply(
            kind=self._kind(patches, offline),
            text=spoken.text or offline.text,
            patches=patches,
            question=self._heard.questions[0] if self._heard.questions else None,
            later=self._heard.questions[1:],
            sections=tuple(self.toolbox.sections),
            clauses=spoken.clauses if spoken.text else offline.clauses,
            writer=endpoint.model if spoken.text else "离线",
            notices=(*self.toolbox.refusals[:_MOST_REFUSALS], *spoken.notices),
        )
        return followed_up(self._scene, reply, self._content)

    def _allowed(self) -> tuple[Sequence[str], Sequence[str]]:
        """Return the texts whose figures may be repeated, and the clauses that may be cited."""
        shown = [self._said, figures_told(self._scene.report), *self.toolbox.shown]
        return shown, self.toolbox.clauses

    def _kind(self, patches: Sequence[Patch], offline: Reply) -> ReplyKind:
        if patches:
            return ReplyKind.PATCH
        if self._heard.questions:
            return ReplyKind.ASK
        if self.toolbox.sections:
            return ReplyKind.COMMAND
        return offline.kind if offline.kind is ReplyKind.ASK else ReplyKind.ANSWER

    def _offline(self) -> Reply:
        """Return what the program alone would answer."""
        sections = StoredSections(self._desk, self._report_id, self._scored)
        library = self._desk.library
        look_up = searching(None if library is None else lambda: library)
        return answered(self._scene, self._said, Tools(self._content, sections, look_up))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What the tools reach: clauses, and the sections of this one report."""

    desk: ModelDesk
    report_id: int
    scored: ScoredReport

    def search(self, query: str, k: int) -> Sequence[Hit]:
        return search(self.desk.library, query, k).hits if self.desk.library else ()

    def read(self, section_id: str) -> str:
        _, newest = StoredSections(self.desk, self.report_id, self.scored).newest(section_id)
        return newest.text if newest else ""

    def draft(self, section_id: str, instruction: str) -> SectionProposal:
        sections = StoredSections(self.desk, self.report_id, self.scored)
        base, newest = sections.newest(section_id)
        section = self.scored.outline.section(section_id)
        return SectionProposal(
            heading=section.heading if section else section_id,
            base=base,
            old=newest.text if newest else "",
            section=propose_section(self.desk, self.report_id, section_id, instruction),
        )


class _Steps:
    """Asks an endpoint without tool calls, down the ladder where it refuses a form of output."""

    def __init__(self, endpoint: ModelEndpoint, conduct: Conduct) -> None:
        self._endpoint = endpoint
        self._conduct = conduct
        self._rung = Rung.JSON_SCHEMA

    def __call__(self, messages: Sequence[tuple[str, str]]) -> str:
        """Return what the model answers."""
        sent = [Message(role, content) for role, content in messages]  # type: ignore[arg-type]
        while True:
            try:
                return self._answer(sent)
            except ModelFault as fault:
                lower = below(self._rung)
                lower = below(lower) if lower is Rung.TOOLS else lower
                if fault.kind is not FaultKind.FORMAT or lower is None:
                    raise
                self._rung = lower

    def _answer(self, sent: Sequence[Message]) -> str:
        told = []
        with slots_of(self._endpoint).taken(_AT_ONCE, self._conduct.check):
            for one in pieces(self._endpoint, sent, self._rung, self._endpoint.timeout_s, _STEP):
                self._conduct.check()
                told.append(one)
        return "".join(told)


def _earlier(turns: Sequence[Turn]) -> str:
    """Return the last turns, shortened; they are data as everything people write."""
    lines = []
    for one in turns:
        said = re.sub(r"\s+", " ", one.said)[:_SHORT_TURN]
        text = re.sub(r"\s+", " ", one.reply.text if one.reply else "")[:_SHORT_TURN]
        lines.append(f"经办人：{said}\n答复：{text}".translate(_QUOTING))
    return "\n".join(lines)


def _read(heard: Heard) -> str:
    """Return what the reader read already."""
    lines = [f"已读出：{one.path} → {one.new}（{one.said}）" for one in heard.patches]
    return "\n".join([*lines, *(f"要追问：{one.text}" for one in heard.questions)])
