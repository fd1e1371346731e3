"""One turn without a model: a statement becomes patches, an answer closes a question (对答)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ziping.chat.answers import answered
from ziping.chat.intents import ANSWERED, Want, Wish, is_order_of_text, wish_of
from ziping.chat.interview import next_question
from ziping.chat.reader import Heard, hear
from ziping.chat.scene import Scene
from ziping.domain.conversation import Question, Reply, ReplyKind
from ziping.domain.patches import Patch

_TEXT_ANSWER = re.compile(
    r"(?:/expected|/achieved|adjustment_basis|/deviation|/points_reason|materials/[a-z_]+)$"
)
_SHORT = 40
_USUAL = ("还缺什么", "评分", "问我")
_SKIPPED = {
    "别的年份": "说到别的年份的数没有读",
    "别的单位": "说到别的单位的数没有读",
    "打算": "还没有发生的打算没有读",
    "假设": "假设的数没有读",
    "结果": "总分、等级和执行率由系统按规则计算，不用填",
}
HELP = (
    "可以这样说：\n"
    "· 报数：年初预算760万元，到位和支出都是619.52万元\n"
    "· 说指标：交易宗数目标1200宗，实际1239宗，权重20\n"
    "· 改错：执行数不是619.52，是609.52\n"
    "· 提问：可持续影响为什么扣分、还缺什么、执行率低要不要写原因\n"
    "· 吩咐：评分、起草存在的问题、把建议第二条改短、撤销\n"
    "也可以整段粘贴文字，或从 Excel、Word 粘贴表格。"
)
_OPEN_WISHES = frozenset({Want.WHY, Want.BASIS, Want.RULE, Want.NOTHING})
"""What a model may answer better than the program alone."""
_MOST_UNREAD = 4
_NOT_UNDERSTOOD = "没有听出要填的数，什么都没有写。"
_DATA_ONLY = "这段文字里有冒充指令的话，只当作材料看待，没有照做，也没有写任何数。"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a turn comes to before anything outside is asked (理解结果)."""

    reply: Reply | None
    """The reply, where nothing more is needed for it."""
    wish: Wish | None = None
    """An order or a question that has to be carried out."""
    supposed: tuple[Patch, ...] = ()
    """What a supposition would change."""


def understand(scene: Scene, said: str) -> Understood:
    """Return what one thing said comes to; nothing is written."""
    if not said.strip():
        return Understood(Reply(kind=ReplyKind.NONE, text=HELP))
    if is_order_of_text(scene, said):
        return Understood(None, wish_of(scene, said))
    heard = hear(scene, said)
    if heard.is_order:
        return Understood(Reply(kind=ReplyKind.NONE, text=_DATA_ONLY))
    if (patches := _answer(scene, said, heard)) is not None:
        return Understood(_after_answer(scene, patches))
    if heard.patches or heard.questions:
        return Understood(_stated(heard))
    wish = wish_of(scene, said)
    if wish.want is Want.WHAT_IF:
        return Understood(None, wish, hear(scene, said, supposing=True).patches)
    if wish.want is Want.SKIP:
        return Understood(_skipped(scene))
    if wish.want is Want.NOTHING:
        return Understood(_nothing(scene, said, heard))
    return Understood(None, wish)


def is_settled(scene: Scene, said: str) -> bool:
    """Whether a turn needs nobody's further understanding: read in full, an answer, an order."""
    understood = understand(scene, said)
    if understood.wish is not None:
        return understood.wish.want not in _OPEN_WISHES
    reply = understood.reply
    if reply is None or reply.kind is ReplyKind.NONE:
        return any(one in said for one in scene.speech.words.injections)
    return reply.kind is not ReplyKind.ASK and (reply.question is None or not reply.patches)


def _answer(scene: Scene, said: str, heard: Heard) -> tuple[Patch, ...] | None:
    """Return what was said as an answer to what was asked; None: it stands for itself."""
    pending = scene.pending
    if pending is None:
        return None
    wants_text = any(_TEXT_ANSWER.search(path) for path in pending.expects)
    is_stated = bool(heard.patches) or (bool(heard.questions) and bool(pending.expects))
    if is_stated and not (wants_text and len(said) >= _SHORT):
        return None
    return answered(scene, said)


def _after_answer(scene: Scene, patches: tuple[Patch, ...]) -> Reply:
    """Return the reply to an answer, with the next question that waits."""
    last = scene.turns[-1].reply if scene.turns else None
    later = last.later if last else ()
    if patches:
        return proposing(patches, later=later)
    question = later[0] if later else next_question(scene)
    told = "好，不写。" + (question.text if question else "")
    kind = ReplyKind.ASK if question else ReplyKind.NONE
    return Reply(kind=kind, text=told, question=question, later=later[1:])


def _stated(heard: Heard) -> Reply:
    """Return the reply to a statement."""
    notes = [*_notes(heard), *_unread(heard)]
    if heard.patches:
        return proposing(heard.patches, later=heard.questions, notes=notes)
    question, later = heard.questions[0], heard.questions[1:]
    text = "\n".join([question.text, *notes])
    return Reply(kind=ReplyKind.ASK, text=text, question=question, later=later)


def proposing(
    patches: tuple[Patch, ...],
    *,
    later: Sequence[Question] = (),
    notes: Sequence[str] = (),
) -> Reply:
    """Return the reply that lays patches before the person, with what is still open of them."""
    told = [f"读到 {len(patches)} 处，采纳后写入。", *notes]
    question = later[0] if later else None
    return Reply(
        kind=ReplyKind.PATCH,
        text="\n".join(told),
        patches=patches,
        question=question,
        later=tuple(later[1:]),
    )


def with_next(reply: Reply, after: Scene) -> Reply:
    """Return a reply that asks for the next thing missing, once its patches are written."""
    if reply.kind is not ReplyKind.PATCH or reply.question is not None:
        return reply
    return reply.model_copy(update={"question": next_question(after)})


def _notes(heard: Heard) -> list[str]:
    """Return remarks on what was not read."""
    notes = [f"{told}。" for reason, told in _SKIPPED.items() if reason in heard.skipped]
    if heard.same:
        notes.append(f"{'、'.join(heard.same[:4])}已经是这个数，没有变化。")
    return notes


def _unread(heard: Heard) -> list[str]:
    """Return what is said of the parts that were not understood beside those that were."""
    if not heard.unread:
        return []
    told = "”“".join(heard.unread[:_MOST_UNREAD])
    rest = "等" if len(heard.unread) > _MOST_UNREAD else ""
    return [f"没有读懂、没有写入：“{told}”{rest}。请换个说法，或在“填报”页填写。"]


def greeting(scene: Scene) -> Reply:
    """Return how a conversation can begin, with the first question of the interview."""
    question = next_question(scene)
    asked = f"\n先从最要紧的说起：{question.text}" if question else ""
    text = f"您好。{HELP}{asked}"
    return Reply(kind=ReplyKind.NONE, text=text, question=question, suggestions=_USUAL)


def _nothing(scene: Scene, said: str, heard: Heard) -> Reply:
    """Return the reply where nothing to write was said: how to go on."""
    if any(one in said for one in scene.speech.words.greetings) and len(said) <= _SHORT:
        return greeting(scene)
    notes = _notes(heard)
    text = "\n".join(notes) if notes else f"{_NOT_UNDERSTOOD}\n{HELP}"
    return Reply(kind=ReplyKind.NONE, text=text, suggestions=_USUAL)


def _skipped(scene: Scene) -> Reply:
    """Return the reply when the person leaves a question for later."""
    pending = scene.pending
    paths = pending.expects if pending else ()
    skipped = scene.skipped | set(paths)
    if pending is not None and not paths:
        skipped |= {f"{one.id}/indicators" for one in scene.report.projects}
        skipped |= {patch.path for one in pending.choices for patch in one.patches}
    question = next_question(replace(scene, skipped=frozenset(skipped)))
    kept = tuple(sorted(skipped))
    if question is None:
        told = "好，先不填。能问的都问过了，可以说“评分”或“起草全部”。"
        return Reply(kind=ReplyKind.COMMAND, text=told, skipped=kept)
    told = f"好，先跳过。{question.text}"
    return Reply(kind=ReplyKind.COMMAND, text=told, question=question, skipped=kept)


def kind_of(wish: Wish) -> ReplyKind:
    """Return what kind of reply a wish gets."""
    return ANSWERED.get(wish.want, ReplyKind.COMMAND)
