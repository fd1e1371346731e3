"""The conversation about a report: what is said is kept, answered, and never writes (对话)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ziping.chat.conversing import proposing, understand, with_next
from ziping.chat.intents import Want
from ziping.chat.pasted import fund_table, indicator_table, is_table, table_project
from ziping.chat.scene import Scene
from ziping.content.library import Content
from ziping.documents.paste import read_block
from ziping.domain.conversation import Reply, ReplyKind, Turn
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError, ZipingError
from ziping.domain.evaluation import LONGEST_TEXT, Report
from ziping.domain.library import Hit
from ziping.domain.patches import PatchState, with_patch
from ziping.persistence import chat as store
from ziping.persistence import reports as report_store
from ziping.persistence import sections as section_store
from ziping.services import library as policy_library
from ziping.services.chat_decisions import accept, reject, undo
from ziping.services.chat_scene import REMEMBERED, scene_of
from ziping.services.chat_wishes import Tools, carry_out
from ziping.services.drafted import draft_context, template_writer
from ziping.services.library import Library
from ziping.services.model_drafting import ModelDesk, propose_section
from ziping.services.scored import ScoredReport, score_report
from ziping.services.workspace import Workspace

_STOPPED = "已停止，没有答完。可以再问一次。"


def conversation(workspace: Workspace, report_id: int) -> tuple[Turn, ...]:
    """Return everything that was said about a report, in order."""
    with workspace.database.read() as connection:
        report_store.get_report(connection, report_id)
        return store.list_turns(connection, report_id)


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
    with workspace.database.write() as connection:
        report_store.get_report(connection, report_id)
        return store.append_turn(connection, report_id, said, workspace.stamp())


def answer(desk: ModelDesk, report_id: int, number: int) -> Turn:
    """Answer a turn and keep the answer."""
    workspace = desk.workspace
    with workspace.database.read() as connection:
        turn = store.get_turn(connection, report_id, number)
        report = report_store.get_report(connection, report_id).report
        turns = store.list_turns(connection, report_id, REMEMBERED + 1)
    before = tuple(one for one in turns if one.number < number)
    scored = score_report(workspace.content, report)
    scene = scene_of(workspace.content, scored, before)
    reply = _replied(desk, report_id, scene, scored, turn.said)
    return keep_reply(workspace, report_id, number, reply)


def say(desk: ModelDesk, report_id: int, said: str) -> Turn:
    """Say something about a report and return the turn with its answer."""
    return answer(desk, report_id, begin(desk.workspace, report_id, said))


def keep_reply(workspace: Workspace, report_id: int, number: int, reply: Reply) -> Turn:
    """Keep an answer."""
    with workspace.database.write() as connection:
        store.put_reply(connection, report_id, number, reply, workspace.stamp())
        return store.get_turn(connection, report_id, number)


def stop(workspace: Workspace, report_id: int, number: int) -> Turn:
    """Note that the answer to a turn was stopped."""
    return keep_reply(workspace, report_id, number, Reply(kind=ReplyKind.NONE, text=_STOPPED))


def say_once(content: Content, report: Report, said: str, library: Library | None = None) -> Reply:
    """Return the reply to one thing said about a report that is stored nowhere."""
    scored = score_report(content, report)
    scene = scene_of(content, scored)
    return _answered(scene, said, Tools(content, _FreshSections(content, scored), _search(library)))


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
    tools = Tools(content, _StoredSections(desk, report_id, scored), _search(desk.library))
    return _answered(scene, said, tools)


def _answered(scene: Scene, said: str, tools: Tools) -> Reply:
    """Return the reply without a model."""
    if is_table(said):
        return _followed(scene, _table(scene, said), tools.content)
    understood = understand(scene, said)
    if understood.reply is not None:
        return _followed(scene, understood.reply, tools.content)
    if understood.wish is None:
        raise AssertionError(said)
    return carry_out(scene, understood.wish, understood.supposed, tools)


def _followed(scene: Scene, reply: Reply, content: Content) -> Reply:
    """Return a reply with the question for what is missing once its patches are written."""
    if not reply.patches or reply.question is not None:
        return reply
    report = scene.report
    for one in reply.patches:
        report = with_patch(report, one.path, one.new)
    after = scene_of(content, score_report(content, report), scene.turns)
    return with_next(reply, after)


def _table(scene: Scene, said: str) -> Reply:
    """Return the reply to a pasted table."""
    project = table_project(scene)
    if project is None:
        names = "、".join(one.name for one in scene.report.projects)
        return Reply(
            kind=ReplyKind.ASK, text=f"这张表是哪个项目的？先说一声项目名称再粘贴：{names}。"
        )
    patches = fund_table(scene, project, said)
    notes: list[str] = []
    if not patches:
        try:
            block = read_block(said)
        except ZipingError as error:
            return Reply(kind=ReplyKind.NONE, text=str(error))
        patches = indicator_table(scene, project, block, said)
        notes = [f"{one.source}“{one.text}”没有读：{one.reason}。" for one in block.unread[:6]]
    if not patches:
        return Reply(kind=ReplyKind.NONE, text="\n".join(["表里没有新的内容。", *notes]))
    return proposing(patches, notes=notes)


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
class _StoredSections:
    """The sections of a stored report."""

    desk: ModelDesk
    report_id: int
    scored: ScoredReport

    @property
    def has_model(self) -> bool:
        return self.desk.endpoint is not None

    def newest(self, section_id: str) -> tuple[int, SectionText | None]:
        with self.desk.workspace.database.read() as connection:
            history = section_store.list_section_versions(connection, self.report_id, section_id)
        return (history[0].version, history[0].section) if history else (0, None)

    def write(self, section_id: str, instruction: str) -> SectionText:
        return propose_section(self.desk, self.report_id, section_id, instruction)


@dataclass(frozen=True, slots=True)
class _FreshSections:
    """The sections of a report that is stored nowhere: templates write them."""

    content: Content
    scored: ScoredReport
    has_model: bool = False

    def newest(self, section_id: str) -> tuple[int, SectionText | None]:
        return 0, self.write(section_id, "")

    def write(self, section_id: str, instruction: str) -> SectionText:  # noqa: ARG002 - see above
        section = self.scored.outline.section(section_id)
        if section is None:
            raise AssertionError(section_id)
        context = draft_context(self.content, self.scored)
        return template_writer(self.content).write(section, context)


def _search(library: Library | None):  # type: ignore[no-untyped-def]
    """Return how clauses are looked up."""

    def search(query: str, k: int) -> Sequence[Hit]:
        if library is None:
            raise InputError("没有打开知识库", remedy="可用 ziping search 检索条款")
        return policy_library.search(library, query, k).hits

    return search
