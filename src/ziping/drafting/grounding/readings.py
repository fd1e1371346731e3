"""What a sentence says a figure is of: roles, subject, project, fund row, base (数字归属)."""

import re
from dataclasses import dataclass, field

from ziping.drafting.grounding.entries import ANY_PROJECT, Entry
from ziping.drafting.grounding.labels import Label, counted_roles, find_labels
from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.roles import COUNTS, DIFFERENCES, OF_LINE, Role
from ziping.drafting.grounding.segments import Sentence
from ziping.drafting.grounding.subjects import Hit, HitKind

_SEPARATOR = re.compile("[，、；：（）。！？\n]")
_FILLER = re.compile(
    r"[\s“”]*(?:分别|为|是|有|共|计|约|近|仅|只|达到?|即|合计|共计|就|则|也|均|都|各|了|其中|又|还|再|占|超过?|不足|不到|的|自评|和|与|及|、)*[\s“”]*"
)
_CONTINUES = re.compile(
    "(?:其中|并|且|但|而|仅|只|均|共|也|又|因此|因而|故|自评|核定|实际|目标|年度|指标值|计划|完成|得|扣|分值|满分|该项|该指标|这一|比|较|高|低|超|未|没有|达|为|按"
    "|与|占|要求|时限|提前|逾期|评|属|权重|相当|折合|可|应|理由|有|少|多|差|自|预期|全年|距|完|建成|控制|由|从|较|仍|还|已|当年|最终|实得|以|则|即|就|[0-9]|[\u4e00-\u9fff]{2,6}指标$)"
)
_PARTITIVE = re.compile("^(?:中|之中|里|当中|内)")
_COMPARES = re.compile("比|超过|超出|高于|低于|高出|少于|多于|相比|相差|多出")
_TOTALS = re.compile("合计|共计|总计|各项目|[两三四五六七八九十0-9]+个项目|全部项目|所有项目")
_RESPECTIVE = re.compile("分别|依次")
_BASE = (
    (
        "initial",
        re.compile(
            "(?:按|以|用|照|占|与|相当于|为|是|和|较|比)(?:了)?(?:项目)?(?:的)?(?:年初|原定?|调整前)"
        ),
    ),
    (
        "annual",
        re.compile(
            "(?:按|以|用|照|占|与|相当于|为|是|和|较|比)(?:了)?(?:项目)?(?:的)?(?:全年|调整后|年度预算)"
        ),
    ),
    (
        "received",
        re.compile(
            "(?:按|以|用|照|占|与|相当于|和)(?:了)?(?:实际)?(?:已)?到位|到位(?:资金|数)?的?(?:支付|支出|执行|使用)"
        ),
    ),
)
_DIRECT_BASE = (
    ("initial", re.compile("(?:年初|原|调整前的?)预算(?:数|总?额|资金)?的$|年初数的$")),
    ("annual", re.compile("(?:全年|调整后的?|年度)预算(?:数|总?额|资金)?的$|年度资金总额的$")),
    ("received", re.compile("到位(?:资金|数|金额|总额)*的$")),
)
_ROLES_OF_BASE = {
    "initial": frozenset({Role.ON_INITIAL, Role.RECEIPT, Role.ADJUSTMENT_RATE}),
    "annual": frozenset({Role.ON_ANNUAL, Role.RECEIPT_ANNUAL}),
    "received": frozenset({Role.ON_RECEIVED}),
}
_EXECUTION_OF_BASE = {
    "initial": frozenset({Role.ON_INITIAL}),
    "annual": frozenset({Role.ON_ANNUAL}),
    "received": frozenset({Role.ON_RECEIVED}),
}
_HYPOTHETICAL = re.compile("如|若|假如|改用|换用|换成|另一口径|以年初|按年初|以全年|按全年|改按")
_FROM = re.compile("(?:由|从|比|较|相比|不变|仍为|原为)$")
_FUND_WORDS = {
    "appropriation": ("当年财政拨款", "财政拨款", "本年财政拨款"),
    "carryover": ("上年结转资金", "上年结转", "结转资金"),
    "special_account": ("财政专户管理资金",),
    "unit": ("单位资金", "自有资金"),
    "other": ("其他资金",),
}
_APART = re.compile("除|除了|不含|剔除")
_AFTER_REACH = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says a figure is of (归属)."""

    roles: frozenset[Role] = frozenset()
    """Empty: the words do not say."""
    lines: frozenset[str] = frozenset()
    """Indicators or dimensions it may be of; empty: the words do not say."""
    project: str = ""
    funds: frozenset[str] = frozenset()
    is_sure: bool = False
    """The label stands right beside the figure."""

    def allows(self, entry: Entry) -> bool:
        """Whether an entry is what the words speak of."""
        if self.project and entry.project not in {"", self.project}:
            return False
        if entry.fund and entry.fund not in self.funds:
            return False
        if self.roles and entry.role not in self.roles:
            return False
        if entry.line and self.lines:
            return entry.line in self.lines
        if not entry.line and self.lines:
            return bool(self.roles)
        return True


@dataclass
class Scene:
    """A sentence with its figures and names, for reading one figure after the other (语境)."""

    sentence: Sentence
    figures: list[Figure]
    hits: list[Hit]
    earlier: list[Hit] = field(default_factory=list)
    """Names in the paragraph before this sentence."""
    funds: dict[str, frozenset[str]] = field(default_factory=dict)
    """Words for fund rows."""
    several_projects: bool = False

    def stretch_before(self, figure: Figure) -> str:
        """Return the words between the previous figure, or the sentence's start, and a figure."""
        start = self.sentence.start
        for one in self.figures:
            if one.end <= figure.start:
                start = one.end
        return self.sentence.between(start, figure.start)

    def stretch_behind(self, figure: Figure) -> str:
        """Return the words behind a figure up to the next one or the end of the clause."""
        end = self.sentence.piece_at(figure.start).end
        following = [one.start for one in self.figures if one.start >= figure.end]
        behind = self.sentence.between(figure.end, min([end, *following]))
        return self._masked(behind, figure.end + len(behind))

    def read(self, figure: Figure) -> Reading:
        """Return what the sentence says a figure is of."""
        before, behind = self.stretch_before(figure), self.stretch_behind(figure)
        project = self._project(figure)
        subject = self._subject(figure)
        roles, is_sure = self._roles(figure, before, behind, subject)
        lines = subject.ids if subject else frozenset()
        if figure.dimension is Dimension.RATE:
            based, based_sure = self._rate_roles(figure, before, roles)
            if based:
                roles, is_sure = based, based_sure
                lines = lines if subject and "execution" in str(subject.ids) else frozenset()
        if roles and roles <= COUNTS and subject and subject.kind is HitKind.LINE:
            lines = frozenset()
        return Reading(roles, lines, project, self._fund_rows(figure), is_sure)

    # ---- roles ----------------------------------------------------------------------------

    def _roles(
        self, figure: Figure, before: str, behind: str, subject: Hit | None
    ) -> tuple[frozenset[Role], bool]:
        """Return the roles the nearest label allows, and whether it stands right beside."""
        label = self._label_before(figure, before)
        if figure.dimension is Dimension.COUNT and figure.unit in {"项", "个", "条", "类"}:
            counted = counted_roles(self._piece_before(before), behind)
            if counted and not (figure.is_soft and "指标" not in behind[:8]):
                return counted, True
        if label is None:
            label = self._label_behind(figure, behind)
        if label is None:
            return frozenset(), False
        roles = label.roles
        clause = self.sentence.clause_at(figure.start).text
        if _COMPARES.search(clause) and Role.TARGET in roles:
            roles |= {Role.LINE_GAP}
        if figure.dimension is Dimension.POINTS:
            roles = self._points_roles(figure, roles, subject)
        return roles, True

    def _points_roles(
        self, figure: Figure, roles: frozenset[Role], subject: Hit | None
    ) -> frozenset[Role]:
        """Narrow the roles of points: of a line, or of the whole; as it is, or as it would be."""
        before = self.sentence.between(self.sentence.start, figure.start)
        own = roles - {Role.TOTAL, Role.AVERAGE, Role.LOST, Role.OTHER_TOTAL}
        piece = self.sentence.piece_at(figure.start)
        is_near = subject is not None and subject.start >= piece.start - self._reach(piece.start)
        if subject is not None and own and is_near:
            roles = own
        if figure.bound is not None:
            roles |= {Role.BOUND}
        if not _HYPOTHETICAL.search(before):
            return roles - {Role.OTHER_TOTAL, Role.OTHER_POINTS}
        if Role.OTHER_TOTAL in roles and not _FROM.search(self._piece_before(before)):
            return roles - {Role.TOTAL, Role.AVERAGE}
        return roles

    def _reach(self, start: int) -> int:
        """Return how far back a subject may stand: to the start of the sentence."""
        return start - self.sentence.start

    def _label_before(self, figure: Figure, before: str) -> Label | None:
        """Return the last label in front of a figure, in its own piece."""
        own = self._piece_before(before)
        masked = self._masked(own, figure.start)
        labels = list(find_labels(masked, figure.dimension))
        for label in reversed(labels):
            if not _PARTITIVE.match(masked[label.end :]):
                return label
        return None

    def _piece_before(self, before: str) -> str:
        """Return the piece right before a figure; past a colon where nothing else stands."""
        pieces = _SEPARATOR.split(before)
        own = pieces[-1]
        if len(pieces) > 1 and _FILLER.fullmatch(own):
            mark = before[len(before) - len(own) - 1]
            if mark in "：（":
                return pieces[-2] + own
        return own

    def _masked(self, text: str, end: int) -> str:
        """Blank out known names, which may contain words that look like labels."""
        start = end - len(text)
        for hit in self.hits:
            if hit.kind is not HitKind.LEVEL1 and start <= hit.start and hit.end <= end:
                blank = "＿" * (hit.end - hit.start)
                text = text[: hit.start - start] + blank + text[hit.end - start :]
        for word in self.funds:
            text = text.replace(word, "＿" * len(word))
        return text

    def _label_behind(self, figure: Figure, behind: str) -> Label | None:
        """Return the label right behind a figure, as in 760万元的年初预算."""
        near = behind[: _AFTER_REACH + 4]
        for label in find_labels(near, figure.dimension):
            if label.start <= _AFTER_REACH:
                return label
        return None

    # ---- rates ----------------------------------------------------------------------------

    def _rate_roles(
        self, figure: Figure, before: str, roles: frozenset[Role]
    ) -> tuple[frozenset[Role], bool]:
        """Return the roles of a rate by its base, where one is named."""
        own = self._piece_before(before)
        for base, pattern in _DIRECT_BASE:
            if pattern.search(own):
                return _ROLES_OF_BASE[base], True
        if roles and not roles & {Role.EXECUTION}:
            return frozenset(), False
        base = self._base(figure)
        told = self.sentence.between(self.sentence.start, figure.start)
        if base and (roles or "执行率" in self._since_rate(figure)):
            return _EXECUTION_OF_BASE[base], True
        if base and (_FILLER.fullmatch(own) or any(one.search(own) for _, one in _BASE)):
            return (_EXECUTION_OF_BASE if "执行率" in told else _ROLES_OF_BASE)[base], True
        if roles:
            return frozenset({Role.EXECUTION, Role.THRESHOLD}), True
        return frozenset(), False

    def _since_rate(self, figure: Figure) -> str:
        """Return the words since the last rate or semicolon."""
        start = self.sentence.start
        for one in self.figures:
            if one.dimension is Dimension.RATE and one.end <= figure.start:
                start = one.end
        return self.sentence.between(start, figure.start)

    def _base(self, figure: Figure) -> str:
        """Return the base named last since the previous rate."""
        text = self._since_rate(figure).rsplit("；", 1)[-1]
        found = [
            (match.start(), base) for base, pattern in _BASE for match in pattern.finditer(text)
        ]
        return max(found)[1] if found else ""

    # ---- subject, project, fund row -------------------------------------------------------

    def _subject(self, figure: Figure) -> Hit | None:
        """Return the indicator or dimension a figure is said of, where the words carry it there."""
        named = [
            hit
            for hit in self.hits
            if hit.kind in {HitKind.LINE, HitKind.LEVEL1} and hit.end <= figure.start
            if not _APART.search(self.sentence.between(hit.start - 2, hit.start))
        ]
        if not named:
            return None
        hit = named[-1]
        clause = self.sentence.clause_at(figure.start).text
        if len(named) > 1 and _RESPECTIVE.search(clause):
            return None
        for piece in self.sentence.pieces:
            if hit.end <= piece.start <= figure.start:
                told = piece.text[: max(figure.start - piece.start, 0)].strip('“”" ')
                is_empty = not told
                if not is_empty and not _CONTINUES.match(
                    told if piece.holds(figure.start) else piece.text.strip("“” ")
                ):
                    return None
        return hit

    def _project(self, figure: Figure) -> str:
        """Return the project a figure is said of, in a report of several."""
        if not self.several_projects:
            return ""
        before = [
            hit for hit in self.hits if hit.kind is HitKind.PROJECT and hit.end <= figure.start
        ]
        source = before or [hit for hit in self.earlier if hit.kind is HitKind.PROJECT]
        if not source or len({hit.ids for hit in source}) == 0:
            return ""
        clause = self.sentence.clause_at(figure.start).text
        between = self.sentence.between(
            source[-1].end if before else self.sentence.start, figure.start
        )
        if _TOTALS.search(between) or _RESPECTIVE.search(clause) or len(source[-1].ids) != 1:
            return ""
        if not before and _TOTALS.search(self.sentence.text):
            return ""
        return next(iter(source[-1].ids))

    def _fund_rows(self, figure: Figure) -> frozenset[str]:
        """Return the fund rows named in the sentence up to a figure's clause."""
        if figure.dimension is not Dimension.MONEY:
            return frozenset()
        end = self.sentence.clause_at(figure.start).end
        text = self.sentence.between(self.sentence.start, end)
        found: frozenset[str] = frozenset()
        for word, rows in self.funds.items():
            if word in text:
                found |= rows
        return found


def fund_words(labels: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return the words for fund rows: the usual ones and the table's own labels."""
    words: dict[str, set[str]] = {}
    for source, usual in _FUND_WORDS.items():
        for word in usual:
            words.setdefault(word, set()).add(source)
    for source, label in labels.items():
        if len(label) > 1:
            words.setdefault(label, set()).add(source)
    ordered = sorted(words, key=len, reverse=True)
    return {word: frozenset(words[word]) for word in ordered}


__all__ = ["ANY_PROJECT", "DIFFERENCES", "Reading", "Scene", "fund_words"]
