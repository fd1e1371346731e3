"""Listening to statements clause by clause: what each figure is of (听取陈述)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ziping.chat.asks import Ask
from ziping.chat.clauses import Clause, Piece
from ziping.chat.proposals import Proposals, Proposed
from ziping.chat.scene import Scene
from ziping.chat.subjects import LineRef
from ziping.chat.tokens import PROJECT, Token
from ziping.chat.values import Value

FUNDS, LINES = "funds", "lines"
_UP_TO = ("到", "至", "-", "~", "—", "－", "——")
_FROM, _UNTIL = ("从", "由"), ("到", "到了", "至", "为", "成")
_DASHES = ("~", "至", "—")


@dataclass(slots=True)
class Context:
    """What was spoken of last, which the next words may leave unsaid (上文)."""

    projects: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    is_row_local: bool = False
    columns: tuple[str, ...] = ()
    lines: tuple[LineRef, ...] = ()
    level1: str = ""
    fields: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    """Columns that a heading names for what follows it: 指标权重：…"""
    is_level1_listed: bool = False
    """The sentence lists weights of 一级指标: 产出50、效益30、满意度10."""
    mode: str = ""
    paths: tuple[str, ...] = ()
    """Fields that the last figure went into, or was refused for."""
    is_corrected: bool = False
    """The last figure was taken back: 哦不对."""
    is_taken_back: bool = False
    """The same, and nothing was said in its place yet."""
    retracted: str = ""
    """The field of the figure that was taken back."""
    is_open: bool = False
    """A field was named or a figure taken back, and its figure is still to come."""
    doubt: str = ""
    """Words earlier in the sentence that make its amounts those of something else."""
    sentence: int = -1
    texts: list[str] = field(default_factory=list)
    """Earlier clauses of the sentence without a figure."""
    distributed: int = 0
    """How many figures of 分别 have been given out."""


@dataclass(slots=True)
class Hearing:
    """What has been understood so far."""

    scene: Scene
    proposals: Proposals
    context: Context = field(default_factory=Context)
    asks: list[Ask] = field(default_factory=list)
    heeded: int = 0
    """Figures that were understood, also where they have to be asked about."""
    skipped: list[str] = field(default_factory=list)
    """Why clauses were left alone."""
    unread: list[Clause] = field(default_factory=list)
    """Clauses that say something, of which nothing was taken."""

    def project_ids(self) -> tuple[str, ...]:
        """Return the projects spoken of: those named, the only one, or that of the last turn."""
        if self.context.projects:
            return self.context.projects
        ids = tuple(one.id for one in self.scene.report.projects)
        if len(ids) <= 1:
            return ids or ("p1",)
        return (self.scene.focus,) if self.scene.focus else ()

    def note_projects(self, tokens: Sequence[Token]) -> None:
        """Remember the projects that are named."""
        named = tuple(dict.fromkeys(key for one in tokens if (key := one.key(PROJECT))))
        if named:
            self.context.projects = named
        elif any(one.has("wholes") for one in tokens):
            self.context.projects = tuple(one.id for one in self.scene.report.projects)

    def propose(
        self,
        path: str,
        text: str,
        tokens: Sequence[Token],
        note: str = "",
        *,
        corrects: bool = False,
    ) -> None:
        """Propose a value, with the words it came from."""
        self.heeded += 1
        if self.context.is_corrected:
            corrects = True
        if self.context.is_taken_back:
            self.context.is_taken_back, self.context.retracted = False, ""
            self.proposals.withdraw_last(path, text)
        self.proposals.put(proposed(path, text, tokens, note), corrects=corrects)

    def ask(self, ask: Ask) -> None:
        """Ask back."""
        self.heeded += 1
        self.asks.append(ask)


def note_taken_back(hearing: Hearing) -> None:
    """Remember that the last figure was taken back: 哦不对."""
    context = hearing.context
    context.is_corrected = context.is_taken_back = context.is_open = True
    context.retracted = next(reversed(hearing.proposals.found), "")


def proposed(path: str, text: str, tokens: Sequence[Token], note: str = "") -> Proposed:
    """Return a value for a field, from the first of some words to the last."""
    start = min(one.start for one in tokens)
    end = max(one.end for one in tokens)
    return Proposed(path, text, start, end, note)


def is_negated(piece: Piece) -> bool:
    """Whether a figure is said to be wrong: 不是600, 412登错."""
    for one in reversed(piece.lead):
        if one.has("not_values"):
            return True
        if not one.has("fillers") or one.has("changes"):
            break
    if _starts_from(piece):
        return True
    for one in piece.trail:
        if one.has("wrong_values"):
            return True
        if not one.has("fillers", "fields", "columns"):
            return False
    return False


def _starts_from(piece: Piece) -> bool:
    """Whether a figure is the one that another came from: 从100%降到了98%."""
    is_from = bool(piece.lead) and piece.lead[-1].text.endswith(_FROM) and not piece.is_last
    return is_from and any(one.has("changes") or one.text.endswith(_UNTIL) for one in piece.trail)


def corrects_last(piece: Piece) -> bool:
    """Whether a figure takes the place of the one before: 750万，哦不对，763万."""
    return any(one.has("self_corrections", "changes") for one in piece.lead)


def is_denied(piece: Piece) -> bool:
    """Whether a figure only denies a comparison, or tells what did not happen: 没有低于90%."""
    value = piece.item.value
    denying = _denial(piece)
    if denying is None or is_negated(piece):
        return False
    behind = piece.lead[denying + 1 :]
    is_compared = any(one.has("more", "fewer", "than") for one in behind)
    if value is not None and value.is_bounded:
        is_compared = True
    is_short = _falls_short(behind) or (value is not None and value.before == "达到")
    return is_compared or not is_short


def _denial(piece: Piece) -> int | None:
    """Return the place of the word before a figure that denies."""
    places = [at for at, one in enumerate(piece.lead) if one.has("negations")]
    return places[-1] if places else None


def _falls_short(behind: Sequence[Token]) -> bool:
    """Whether a denial says that a figure was not reached: 没到, 没完成."""
    return any(one.text.startswith(("到", "达", "完成", "满", "够")) for one in behind)


def is_blurred(piece: Piece, clause: Clause) -> bool:
    """Whether a figure is only roughly known, or only said not to have been reached."""
    value: Value | None = piece.item.value
    is_short = _denial(piece) is not None and not is_negated(piece)
    is_about = value is not None and value.is_about
    return clause.is_blurred or is_short or is_about or _is_of_range(piece, clause)


def _is_of_range(piece: Piece, clause: Clause) -> bool:
    """Whether a figure is an end of a range: 在610万到620万之间."""
    lead = "".join(one.text for one in piece.lead)
    trail = "" if piece.is_last else "".join(one.text for one in piece.trail)
    is_between = "之间" in clause.text and (lead in _UP_TO or trail in _UP_TO)
    return is_between or (bool(trail) and trail in _DASHES)
