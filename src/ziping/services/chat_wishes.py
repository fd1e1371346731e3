"""Carrying out what a person asks for in conversation: answers and drafts, never a write (办理)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ziping.chat.conversing import HELP, kind_of
from ziping.chat.explaining import findings_told, missing_told, score_told, why_told
from ziping.chat.intents import Want, Wish
from ziping.chat.interview import next_question
from ziping.chat.scene import Scene
from ziping.chat.shortening import has_item, shortened
from ziping.content.library import Content
from ziping.domain.conversation import Offer, Reply, ReplyKind, SectionProposal
from ziping.domain.draft import Author, SectionText
from ziping.domain.errors import ZipingError
from ziping.domain.library import Hit
from ziping.domain.numbers import plain
from ziping.domain.patches import Patch, with_patch
from ziping.services.citing import citation_of
from ziping.services.scored import score_report

_HITS = 3
_SHORT_CLAUSE = 160
_SHORTEN = ("短", "精简", "压缩", "简短", "简洁")


class Sections(Protocol):
    """Texts of a report's sections, and the writer in use (章节来源)."""

    def newest(self, section_id: str) -> tuple[int, SectionText | None]:
        """Return a section's version and text; 0 and None when it is not drafted."""

    def write(self, section_id: str, instruction: str) -> SectionText:
        """Return a section written anew; nothing is stored."""

    @property
    def has_model(self) -> bool:
        """Whether a model writes."""


class Search(Protocol):
    """Looks clauses up (检索)."""

    def __call__(self, query: str, k: int) -> Sequence[Hit]:
        """Return the best clauses for a question."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What carrying out may use (可用的工具)."""

    content: Content
    sections: Sections
    search: Search


def carry_out(scene: Scene, wish: Wish, supposed: Sequence[Patch], tools: Tools) -> Reply:
    """Return the reply to an order or a question; nothing is written."""
    if wish.want in _TOLD:
        return _TOLD[wish.want](scene, wish)
    if wish.want is Want.WHAT_IF:
        return _supposed(scene, wish, supposed, tools)
    if wish.want in (Want.DRAFT, Want.REVISE):
        return _written(scene, wish, tools)
    return _looked_up(scene, wish, tools)


def _reply(  # noqa: PLR0913 - the parts of a reply
    wish: Wish,
    text: str,
    *,
    clauses: Sequence[str] = (),
    suggestions: Sequence[str] = (),
    offer: Offer = Offer.NONE,
    sections: Sequence[SectionProposal] = (),
) -> Reply:
    return Reply(
        kind=kind_of(wish),
        text=text,
        clauses=tuple(clauses),
        suggestions=tuple(suggestions),
        offer=offer,
        sections=tuple(sections),
    )


def _scored(scene: Scene, wish: Wish) -> Reply:
    return _reply(wish, score_told(scene), offer=Offer.SCORE)


def _missing(scene: Scene, wish: Wish) -> Reply:
    return _reply(wish, missing_told(scene.missing), suggestions=("问我",))


def _why(scene: Scene, wish: Wish) -> Reply:
    text, clauses = why_told(scene, wish)
    return _reply(wish, text, clauses=clauses, suggestions=("依据是什么", "还缺什么"))


def _checked(scene: Scene, wish: Wish) -> Reply:
    text, clauses = findings_told(scene.findings)
    return _reply(wish, text, clauses=clauses)


def _draft_all(_: Scene, wish: Wish) -> Reply:
    told = "可以起草全部章节：点下面的“起草全部”开始，逐节生成，原来的文字留在历史里。"
    return _reply(wish, told, offer=Offer.DRAFT_ALL)


def _exported(_: Scene, wish: Wish) -> Reply:
    told = "到“导出”页看完检查结果，下载 Word 报告和 Excel 自评表。"
    return _reply(wish, told, offer=Offer.EXPORT)


def _helped(_: Scene, wish: Wish) -> Reply:
    return _reply(wish, HELP)


def _interviewed(scene: Scene, wish: Wish) -> Reply:
    """Return the next question of the interview."""
    question = next_question(scene)
    if question is None:
        return _reply(wish, missing_told(scene.missing))
    return Reply(kind=ReplyKind.COMMAND, text=f"{question.text}\n{question.why}", question=question)


_TOLD: Mapping[Want, Callable[[Scene, Wish], Reply]] = {
    Want.SCORE: _scored,
    Want.SCORED: _scored,
    Want.MISSING: _missing,
    Want.WHY: _why,
    Want.CHECK: _checked,
    Want.INTERVIEW: _interviewed,
    Want.DRAFT_ALL: _draft_all,
    Want.EXPORT: _exported,
    Want.HELP: _helped,
}
"""Wishes that the report alone answers."""


def _supposed(scene: Scene, wish: Wish, supposed: Sequence[Patch], tools: Tools) -> Reply:
    """Return what the score would be under a supposition."""
    if not supposed:
        return _looked_up(scene, wish, tools)
    report = scene.report
    for one in supposed:
        report = with_patch(report, one.path, one.new)
    scored = score_report(tools.content, report)
    told = "、".join(f"{one.label} {one.new}" for one in supposed)
    lines = [f"假设{told}（没有写入）："]
    for before, after in zip(scene.sheets, scored.sheets, strict=True):
        if after.total is None:
            lines.append(
                f"已定 {plain(after.determined, 2)} 分，最多可到 {plain(after.high, 2)} 分。"
            )
            continue
        now = "" if before.total is None else f"，现在是 {plain(before.total, 2)}"
        lines.append(f"总分 {plain(after.total, 2)}，等级 {after.grade or '待定'}{now}。")
    return _reply(wish, "\n".join(lines), suggestions=("评分",))


def _looked_up(scene: Scene, wish: Wish, tools: Tools) -> Reply:
    """Return the clauses that answer a question; where none are found, it says so."""
    if wish.want is Want.BASIS and (clauses := _clauses_in_use(scene)):
        told = "；".join(citation_of(tools.content, one) for one in clauses)
        return _reply(wish, f"依据：{told}。点开可看条款内容。", clauses=clauses)
    try:
        hits = tools.search(wish.said, _HITS)
    except ZipingError as error:
        return _reply(wish, f"条款检索暂不可用：{error}")
    if not hits:
        return _reply(wish, "没有检索到相关条款。可以换个说法，或在知识库里添加文件原文。")
    lines = [f"{number}. {_hit_told(one)}" for number, one in enumerate(hits, 1)]
    found = [one.clause.id for one in hits if one.clause.origin.value == "转述"]
    return _reply(wish, "检索到的条款：\n" + "\n".join(lines), clauses=found)


def _clauses_in_use(scene: Scene) -> tuple[str, ...]:
    """Return the clauses that the last answer rests on, else those of the deductions."""
    for turn in reversed(scene.turns):
        if turn.reply and turn.reply.clauses:
            return turn.reply.clauses
    lines = [one for sheet in scene.sheets for one in sheet.lines if one.deduction]
    lines = lines or [sheet.execution for sheet in scene.sheets]
    return tuple(dict.fromkeys(one.trace.clause for one in lines if one.trace.clause))


def _hit_told(hit: Hit) -> str:
    """Return a clause as an answer quotes it."""
    clause = hit.clause
    text = " ".join(clause.text.split())
    short = text if len(text) <= _SHORT_CLAUSE else f"{text[:_SHORT_CLAUSE]}……"
    source = " ".join(part for part in (clause.number or clause.document, clause.article) if part)
    return f"{source}（{clause.status}，{clause.origin.value}）：{short}"


def _written(scene: Scene, wish: Wish, tools: Tools) -> Reply:
    """Return a section drafted or revised, as a proposal."""
    section = scene.outline.section(wish.section)
    if section is None:
        return _reply(wish, "没有听出是哪一节。可以说“起草存在的问题”“重写项目决策背景”。")
    base, newest = tools.sections.newest(section.id)
    if wish.want is Want.REVISE and newest is not None and not tools.sections.has_model:
        return _revised(wish, section.heading, base, newest)
    instruction = wish.said if wish.want is Want.REVISE else ""
    text = tools.sections.write(section.id, instruction)
    old = newest.text if newest else ""
    if text.text == old:
        return _reply(wish, f"{section.heading}按现在的数据写出来与现有文字相同，没有变化。")
    proposal = SectionProposal(heading=section.heading, base=base, old=old, section=text)
    return _reply(wish, f"写好了{section.heading}，看过再采纳。", sections=[proposal])


def _revised(wish: Wish, heading: str, base: int, newest: SectionText) -> Reply:
    """Return a section made shorter without a model; other wishes need one."""
    if not any(one in wish.said for one in _SHORTEN):
        told = (
            "没有连接模型，只会压缩（删减），不会改写措辞。可以说“把这一节改短”，或在右侧直接编辑。"
        )
        return _reply(wish, told)
    if wish.item and not has_item(newest.text, wish.item):
        return _reply(wish, f"{heading}里没有第 {wish.item} 条。")
    text = shortened(newest.text, wish.item)
    if text == newest.text:
        return _reply(wish, f"{heading}已经没有可以删减的了。")
    facts = {key: shown for key, shown in newest.facts.items() if shown in text}
    changed = newest.model_copy(
        update={"text": text, "author": Author.TEMPLATE, "reason": "对话中删减", "facts": facts}
    )
    proposal = SectionProposal(heading=heading, base=base, old=newest.text, section=changed)
    which = f"第 {wish.item} 条" if wish.item else ""
    return _reply(wish, f"{heading}{which}删减如下，看过再采纳。", sections=[proposal])
