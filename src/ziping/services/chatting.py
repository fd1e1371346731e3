"""The conversation about a report: what is said is kept, answered, and never writes (对话)."""

from dataclasses import dataclass

from ziping.chat.conversing import greeting, understand
from ziping.chat.intents import Want
from ziping.chat.pasted import is_table
from ziping.chat.scene import Scene
from ziping.domain.access import Right
from ziping.domain.audit import AuditAction
from ziping.domain.conversation import Reply, ReplyKind, Turn
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError
from ziping.domain.patches import PatchState
from ziping.domain.raw import LONGEST_TEXT
from ziping.persistence import chat as store
from ziping.persistence import reports as report_store
from ziping.persistence import sections as section_store
from ziping.services.access import needs
from ziping.services.chat_decisions import accept, reject, undo
from ziping.services.chat_scene import REMEMBERED, scene_of
from ziping.services.chat_wishes import Tools
from ziping.services.model_drafting import ModelDesk, propose_section
from ziping.services.saying import answered, searching
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace

_STOPPED = "已停止，没有答完。可以再问一次。"


@needs(Right.READ)
def conversation(workspace: Workspace, report_id: int) -> tuple[Turn, ...]:
    """Return everything that was said about a report, in order."""
    with workspace.read() as connection:
        report_store.get_report(connection, report_id)
        return store.list_turns(connection, report_id)


@needs(Right.READ)
def opening(workspace: Workspace, report_id: int) -> Reply:
    """Return what stands in an empty conversation; it is not kept."""
    with workspace.read() as connection:
        report = report_store.get_report(connection, report_id).report
    return greeting(scene_of(workspace.content, score_report(workspace.content, report)))


@needs(Right.EDIT)
def begin(workspace: Workspace, report_id: int, said: str) -> int:
    """Keep what was said, before it is answered, and return the turn's number."""
    if not said.strip():
        raise InputError("没有内容", remedy="请先输入要说的话")
    if len(said) > LONGEST_TEXT:
        raise InputError(
            f"一次说得太长（{len(said)} 字）",
            why=f"最多 {LONGEST_TEXT} 字",
            remedy="请分几次粘贴，或用“导入”读取文件",
        )
    with workspace.write() as work:
        report_store.get_report(work.rows, report_id)
        number = store.append_turn(work.rows, report_id, said, work.stamp())
        work.record(AuditAction.SAY, report_id, turn=number)
    return number


@needs(Right.EDIT)
def answer(desk: ModelDesk, report_id: int, number: int, *, notices: tuple[str, ...] = ()) -> Turn:
    """Answer a turn without a model and keep the answer; `notices` say why, where that matters."""
    turn, scene, scored = scene_before(desk.workspace, report_id, number)
    reply = _replied(desk, report_id, scene, scored, turn.said)
    told = reply.model_copy(update={"notices": (*notices, *reply.notices)})
    return keep_reply(desk.workspace, report_id, number, told)


@needs(Right.READ)
def scene_before(
    workspace: Workspace, report_id: int, number: int
) -> tuple[Turn, Scene, ScoredReport]:
    """Return a turn, and the scene as it is answered: the report now, the turns before."""
    with workspace.read() as connection:
        turn = store.get_turn(connection, report_id, number)
        report = report_store.get_report(connection, report_id).report
        turns = store.list_turns(connection, report_id, REMEMBERED + 1)
    scored = score_report(workspace.content, report)
    before = tuple(one for one in turns if one.number < number)
    return turn, scene_of(workspace.content, scored, before), scored


@needs(Right.EDIT)
def say(desk: ModelDesk, report_id: int, said: str) -> Turn:
    """Say something about a report and return the turn with its answer."""
    return answer(desk, report_id, begin(desk.workspace, report_id, said))


@needs(Right.EDIT)
def keep_reply(workspace: Workspace, report_id: int, number: int, reply: Reply) -> Turn:
    """Keep an answer."""
    with workspace.write() as work:
        store.put_reply(work.rows, report_id, number, reply, work.stamp())
        proposed = len(reply.patches) + len(reply.sections)
        work.record(AuditAction.REPLY, report_id, turn=number, proposed=proposed)
        return store.get_turn(work.rows, report_id, number)


@needs(Right.EDIT)
def stop(workspace: Workspace, report_id: int, number: int, told: str = "") -> Turn:
    """Note that a turn was not answered, and why."""
    reply = Reply(kind=ReplyKind.NONE, text=told or _STOPPED)
    return keep_reply(workspace, report_id, number, reply)


def _replied(
    desk: ModelDesk, report_id: int, scene: Scene, scored: ScoredReport, said: str
) -> Reply:
    """Return the reply to what was said; words that decide on proposals are carried out."""
    content = desk.workspace.content
    understood = understand(scene, said) if not is_table(said) else None
    if understood and understood.wish:
        decided = _decided(desk.workspace, report_id, scene, understood.wish.want)
        if decided is not None:
            return decided
    library = desk.library
    search = searching(None if library is None else lambda: library)
    tools = Tools(content, StoredSections(desk, report_id, scored), search)
    return answered(scene, said, tools)


def _decided(workspace: Workspace, report_id: int, scene: Scene, want: Want) -> Reply | None:
    """Return the reply to a word that decides on proposals; None: it is no such word."""
    if want is Want.UNDO:
        undone = undo(workspace, report_id)
        return Reply(kind=ReplyKind.COMMAND, text=undone.told)
    waiting = [one for one in scene.turns if _has_pending(one)]
    if want is Want.ACCEPT:
        if not waiting:
            return Reply(kind=ReplyKind.COMMAND, text="没有等待采纳的建议。")
        outcomes = [accept(workspace, report_id, one.number) for one in waiting]
        return Reply(kind=ReplyKind.COMMAND, text="\n".join(one.told for one in outcomes))
    if want is Want.REJECT:
        for one in waiting:
            reject(workspace, report_id, one.number)
        return Reply(kind=ReplyKind.COMMAND, text="好，这些建议都不写入。")
    return None


def _has_pending(turn: Turn) -> bool:
    return any(one.state is PatchState.PENDING for one in turn.decisions)


@dataclass(frozen=True, slots=True)
class StoredSections:
    """The sections of a stored report (章节来源)."""

    desk: ModelDesk
    report_id: int
    scored: ScoredReport

    @property
    def has_model(self) -> bool:
        """Whether a model writes."""
        return self.desk.endpoint is not None

    def newest(self, section_id: str) -> tuple[int, SectionText | None]:
        """Return a section's version and text; 0 and None when it is not drafted."""
        with self.desk.workspace.read() as connection:
            history = section_store.list_section_versions(connection, self.report_id, section_id)
        return (history[0].version, history[0].section) if history else (0, None)

    def write(self, section_id: str, instruction: str) -> SectionText:
        """Return a section written anew; nothing is stored."""
        return propose_section(self.desk, self.report_id, section_id, instruction)
