"""One turn without a database or a model: what was said becomes a reply (单轮对话)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ziping.chat.conversing import proposing, understand, with_next
from ziping.chat.pasted import fund_table, indicator_table, is_table, table_project
from ziping.chat.scene import Scene
from ziping.content.library import Content
from ziping.documents.paste import read_block
from ziping.domain.conversation import Reply, ReplyKind
from ziping.domain.draft import SectionText
from ziping.domain.errors import InputError, ZipingError
from ziping.domain.evaluation import Report
from ziping.domain.library import Hit
from ziping.domain.patches import with_patch
from ziping.services.chat_scene import scene_of
from ziping.services.chat_wishes import Search, Tools, carry_out
from ziping.services.scored import ScoredReport, score_report

if TYPE_CHECKING:
    from ziping.services.library import Library


def say_once(
    content: Content, report: Report, said: str, open_library: Callable[[], "Library"] | None = None
) -> Reply:
    """Return the reply to one thing said about a report that is stored nowhere."""
    scored = score_report(content, report)
    scene = scene_of(content, scored)
    return answered(
        scene, said, Tools(content, _FreshSections(content, scored), searching(open_library))
    )


def answered(scene: Scene, said: str, tools: Tools) -> Reply:
    """Return the reply without a model."""
    if is_table(said):
        return followed_up(scene, _table(scene, said), tools.content)
    understood = understand(scene, said)
    if understood.reply is not None:
        return followed_up(scene, understood.reply, tools.content)
    if understood.wish is None:
        raise AssertionError(said)
    return carry_out(scene, understood.wish, understood.supposed, tools)


def followed_up(scene: Scene, reply: Reply, content: Content) -> Reply:
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
        from ziping.services.drafted import (  # noqa: PLC0415 - most that is said needs no writer
            draft_context,
            template_writer,
        )

        context = draft_context(self.content, self.scored)
        return template_writer(self.content).write(section, context)


def searching(open_library: Callable[[], "Library"] | None) -> Search:
    """Return how clauses are looked up."""

    def search(query: str, k: int) -> Sequence[Hit]:
        if open_library is None:
            raise InputError("没有打开知识库", remedy="可用 ziping search 检索条款")
        from ziping.services.library import search as find  # noqa: PLC0415 - as above

        return find(open_library(), query, k).hits

    return search
