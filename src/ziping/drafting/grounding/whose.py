"""Whose figure it is: the indicator, project and fund row a sentence speaks of (主语)."""

import re

from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.scene import FILLER, Scene
from ziping.drafting.grounding.subjects import Hit, HitKind

_CONTINUES = re.compile(
    "(?:其中|并|且|但|而|仅|只|均|共|也|又|因此|因而|故|自评|核定|实际|目标|年度|指标值|计划|完成|得|扣|分值|满分|该项|该指标|这一|比|较|高|低|超|未|没有|达|为|按"
    "|与|占|要求|时限|提前|逾期|评|属|权重|相当|折合|可|应|理由|有|少|多|差|自|预期|全年|距|完|建成|控制|由|从|较|仍|还|已|符合|满足|优于|当年|最终|实得|以|则|即|就|被|因|[0-9]"
    "|[\u4e00-\u9fff]{2,10}指标$)"
)
_APART = re.compile("除|除了|不含|剔除")
_TOTALS = re.compile("合计|共计|总计|各项目|[两三四五六七八九十0-9]+个项目|全部项目|所有项目")
_RESPECTIVE = re.compile("分别|依次")
_SOME_FUND = re.compile("[\u4e00-\u9fff]{2}(?:资金|捐赠|自筹|补助|配套|拨款|来源)")
_OF_FIGURES = (HitKind.LINE, HitKind.LEVEL1)
_OF_POINTS = (*_OF_FIGURES, HitKind.LEVEL2)
_OF_COUNTS = (HitKind.LEVEL1, HitKind.LEVEL2)


def subject_of(scene: Scene, figure: Figure, *, counts: bool = False) -> Hit | None:
    """Return the indicator or dimension a figure is said of, where the words carry it there."""
    kinds = _OF_POINTS if figure.dimension is Dimension.POINTS else _OF_FIGURES
    if counts:
        kinds = _OF_COUNTS
    named = [
        hit
        for hit in scene.hits
        if hit.kind in kinds
        and hit.end <= figure.start
        and not _is_aside(scene, hit)
        and not _APART.search(scene.sentence.between(hit.start - 2, hit.start))
    ]
    if not named:
        return None
    hit = named[-1]
    clause = scene.sentence.clause_at(figure.start).text
    if len(named) > 1 and _RESPECTIVE.search(clause):
        return None
    return hit if _carries(scene, hit, figure) else None


def _is_aside(scene: Scene, hit: Hit) -> bool:
    """Whether a kind stands in brackets behind an indicator: it says what sort that is."""
    is_kind = hit.kind is HitKind.LEVEL2
    return is_kind and scene.sentence.between(hit.start - 1, hit.start) == "（"


def _carries(scene: Scene, hit: Hit, figure: Figure) -> bool:
    """Whether every piece between a name and a figure goes on speaking of the name."""
    for piece in scene.sentence.pieces:
        if hit.end <= piece.start <= figure.start:
            told = piece.text[: figure.start - piece.start].strip("“”＿ ")
            whole = piece.text.strip("“”＿ ") if not piece.holds(figure.start) else told
            if told and not _CONTINUES.match(whole):
                return False
    return True


def is_right_behind(scene: Scene, hit: Hit, figure: Figure) -> bool:
    """Whether only small words stand between a name and a figure."""
    between = scene.sentence.between(hit.end, figure.start)
    return len(between) <= 6 and FILLER.fullmatch(between) is not None  # noqa: PLR2004 - 分别为共计


def project_of(scene: Scene, position: int) -> str:
    """Return the project spoken of at a place, in a report of several; blank: not said."""
    if not scene.several_projects:
        return ""
    sentence = scene.sentence
    before = [h for h in scene.hits if h.kind is HitKind.PROJECT and h.end <= position]
    source = before or [h for h in scene.earlier if h.kind is HitKind.PROJECT]
    if not source or len(source[-1].ids) != 1:
        return ""
    start = before[-1].end if before else sentence.start
    if _TOTALS.search(sentence.between(start, position)):
        return ""
    if _RESPECTIVE.search(sentence.clause_at(position).text):
        return ""
    if not before and _TOTALS.search(sentence.text):
        return ""
    return next(iter(source[-1].ids))


def is_of_all_projects(scene: Scene, figure: Figure) -> bool:
    """Whether an amount or count is said to be the sum over all projects of the report."""
    if not scene.several_projects or figure.dimension not in {Dimension.MONEY, Dimension.COUNT}:
        return False
    start = scene.sentence.clause_at(figure.start).start
    if figure.dimension is Dimension.COUNT:
        start = scene.sentence.start
    before = scene.sentence.between(start, figure.start)
    named = [one for one in scene.hits if one.kind is HitKind.PROJECT and one.end <= figure.start]
    return not named and not scene.earlier and _TOTALS.search(before) is not None


def is_right_of_project(scene: Scene, figure: Figure) -> bool:
    """Whether the name right before a figure, in its piece, is a project's."""
    piece = scene.sentence.piece_at(figure.start)
    named = [one for one in scene.hits if piece.start <= one.start and one.end <= figure.start]
    return bool(named) and named[-1].kind is HitKind.PROJECT


def fund_rows_of(scene: Scene, figure: Figure) -> tuple[frozenset[str], bool]:
    """Return the fund rows named up to a figure's clause, and whether one stands right beside."""
    if figure.dimension not in {Dimension.MONEY, Dimension.RATE}:
        return frozenset(), False
    beside = _rows_in(scene, scene.piece_before(figure))
    if beside and figure.dimension is Dimension.MONEY:
        return beside, True
    if not beside and _SOME_FUND.search(scene.piece_before(figure)):
        return frozenset(row for rows in scene.funds.values() for row in rows), False
    end = scene.sentence.clause_at(figure.start).end
    return _rows_in(scene, scene.before(end)), False


def _rows_in(scene: Scene, text: str) -> frozenset[str]:
    """Return the fund rows a stretch names."""
    found: frozenset[str] = frozenset()
    for word, rows in scene.funds.items():
        if word in text:
            found |= rows
            text = text.replace(word, "＿")
    return found


_LEVELS = ("中央", "省级", "市级", "县级", "区级", "地方")
"""Levels of government a row may be called by, where one row alone is of that level."""
_FUND_WORDS = {
    "appropriation": ("当年财政拨款", "财政拨款", "本年财政拨款"),
    "carryover": ("上年结转资金", "上年结转", "结转资金"),
    "special_account": ("财政专户管理资金",),
    "unit": ("单位资金", "自有资金", "自筹资金", "单位自筹"),
    "other": ("其他资金",),
}


def fund_words(labels: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return the words for fund rows: the usual ones and the table's own labels by key."""
    words: dict[str, set[str]] = {}
    for source, usual in _FUND_WORDS.items():
        keys = {key for key in labels if key.partition(".")[0] == source}
        if source == "unit" and not keys:  # 其他资金 is what a unit raises itself
            keys = {key for key in labels if key.partition(".")[0] == "other"}
        for word in usual:
            words.setdefault(word, set()).update(keys | {source})
    for key, label in labels.items():
        for word in {label, label.removesuffix("资金")}:
            if len(word) > 2:  # noqa: PLR2004 - 中央 alone says too little
                words.setdefault(word, set()).add(key)
    for level in _LEVELS:
        rows = {key for key, label in labels.items() if label.startswith(level)}
        if len(rows) == 1:
            words.setdefault(level, set()).update(rows)
            words.setdefault(f"{level}资金", set()).update(rows)
    ordered = sorted(words, key=len, reverse=True)
    return {word: frozenset(words[word]) for word in ordered}
