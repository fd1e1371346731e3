"""Words that say a figure was reckoned: a difference, share, average or total (推算词)."""

import re
from enum import StrEnum

from ziping.drafting.grounding.mentions import Dimension, Figure
from ziping.drafting.grounding.scene import Scene


class Cue(StrEnum):
    """How a figure is said to have been reckoned (推算方式)."""

    DIFFERENCE = "difference"
    SHARE = "share"
    AVERAGE = "average"
    TOTAL = "total"
    PRODUCT = "product"
    RESTATED = "restated"
    """The same once more in another unit: 即, 折合."""
    RATIO = "ratio"
    """What one 元 brings: 每投入1元."""
    WOULD = "would"
    """What it would be: 若, 如."""
    REST = "rest"
    """What is left when those named are taken away: 其余, 剔除."""


_GOING = (
    "(?:相差|欠|缺|长(?!度|效|期)|慢|快|便宜|贵|差(?!错)|多(?!于|次|项)|(?<!至)(?<!不)少(?!于)|高出?|低|短缺?|减|增|超|剩|[结节盈尚]余|余额|节约|节省|省下|节支|缩短|缩减|压缩"
    "|提高|提升|上升|下降|下调|上调|降|涨|升|提前|推迟|延|晚|早|缺口|尚有|还有|仍有|未|没(?!收)|不足部分|净|差额|差距|拖欠)"
)
_ARRIVES = "(?:到|至|为|后|成)$"
_COMPARED = re.compile(
    "(?:(?:高于|低于|超过|超出|少于|多于|大于|小于|优于|不足|不及|达到|未达到|突破|未超过|不低于|不超过|比|较|与|和|从|由|即)了?)$"
)
_DIFFERENCE = re.compile(_GOING)
_BEHIND_DIFFERENCE = re.compile("^的?(?:差距|差额|缺口|结余|余额|未)|^在建")
_SHARE = re.compile(
    "接近|将近|缩|短|占|比|相当|[率幅倍]|降|增|减|超|差|少|多|提高|提升|上升|节|低|高|完成|达|为|仅|是"
)
_RIGHT_SHARE = re.compile(
    "(?:占|占比|比重|比例|相当于)(?:例|重)?(?:分别|约|近|仅|只|达到?|高达|为|是|全部|总)*$"
    "|(?:占|相当于)[^，。；]{1,16}的?(?:约|近|仅|只)?$"
)
_AVERAGE = re.compile("平均|每|摊到|[\u4e00-\u9fff](?<![平])均|均(?:约|为)?$")
_RIGHT_AVERAGE = re.compile(
    "(?:每[\u4e00-\u9fff]{1,4}?|平均|[人户亩]均)(?:约|为|仅|达|成本|费用|支出|补助|补贴|投入|的)*$"
)
_SPREAD = re.compile("(?:平均下来|摊到|分摊|算下来|折算到)[^。；]*$")
_TOTAL = re.compile("合计|共|总|累计|之和|相加|加上|加|全部|两项|[三四五六七八]项|两者")
_SUMMED = re.compile("合计|共计?|累计|一并")
_RIGHT_TOTAL = re.compile("(?:合计|共计?|总计|累计)(?:约|近|为|需)?$")
_RATE_OF_COUNTS = re.compile(
    "(?:指标|总体|整体)[^，。；]{0,3}(?:达标率|完成率|完成比例|达成率|实现率|完成比)"
)
_YEAR_BEFORE = re.compile(r"上一?年|去年|前一年|(?:19|20)\d{2}年")
_EARLIER = re.compile(r"[比较与由从](?:上一?年|去年|前一年|(?:19|20)\d{2}年)")
_BARE_CHANGE = re.compile(
    "(?:即|共|约|仅|又|也|并|效率|相比|仍|还)*[\u4e00-\u9fff]{1,3}(?:了|约|近|幅度?|率|比例)*"
)
_BEYOND = re.compile(r"(?:超过|高于|低于|少于|短于|长于)[^，]*\d[^，]*的[\u4e00-\u9fff]{2,4}$")
_PRODUCT = re.compile("中有?|计算|测算|折算|估算|推算|折合|合计|共|总|约|即")
_RESTATED = re.compile("(?:即|也就是|折合|约合|相当于)约?$")
_RATIO = re.compile("每(?:投入|支出|使用|花费)?[1一]?(?:万?元|百元|亿元)")
_WOULD = re.compile("若|如果?|假如|假设|倘若")
_REST = re.compile(
    "其余|其他|余下|无关|未采纳|没有采纳|第[二三四]季度|下半年|剩余|剔除|除[^，。；]{1,20}外|扣除"
)


def cues_of(scene: Scene, figure: Figure) -> frozenset[Cue]:
    """Return how the words around a figure say it was reckoned; empty: they do not."""
    own = scene.masked(scene.piece_before(figure), figure.start)
    clause = scene.sentence.clause_at(figure.start)
    before = scene.masked(scene.sentence.between(clause.start, figure.start), figure.start)
    behind = scene.stretch_behind(figure)
    found = set()
    is_beyond = _BEYOND.search(before) is not None
    if is_difference(own, behind) or "距" in before or is_beyond:
        found.add(Cue.DIFFERENCE)
    is_share = figure.dimension in {Dimension.RATE, Dimension.TIMES}
    if figure.dimension is Dimension.PERCENT_POINTS or (is_share and _SHARE.search(before)):
        found.add(Cue.SHARE)
    if _AVERAGE.search(before) or _SPREAD.search(scene.before(figure.start)):
        found.add(Cue.AVERAGE)
    if _TOTAL.search(before):
        found.add(Cue.TOTAL)
    if _PRODUCT.search(scene.before(figure.start)):
        found.add(Cue.PRODUCT)
    if _RESTATED.search(own):
        found.add(Cue.RESTATED)
    if _REST.search(scene.before(figure.start)):
        found.add(Cue.REST)
    if _RATIO.search(clause.text):
        found.add(Cue.RATIO)
    if _WOULD.search(scene.before(figure.start)):
        found.add(Cue.WOULD)
    return frozenset(found)


def is_reckoned(scene: Scene, figure: Figure) -> bool:
    """Whether the words right before a figure say it is no plain fact, whatever else they name."""
    own = scene.piece_before(figure)
    if figure.dimension is Dimension.RATE:
        before = [one for one in scene.figures if one.end <= figure.start]
        if own == "的" and before:
            own = scene.piece_before(before[-1])
        is_part = figure.unit in {"成", "分之"} or _BARE_CHANGE.fullmatch(own) is not None
        is_part = is_part and is_difference(own)
        return is_part or _RIGHT_SHARE.search(own) is not None or is_supposed(scene, figure)
    if figure.dimension is Dimension.MONEY and _RIGHT_TOTAL.search(own):
        return True
    if is_difference(own) and _YEAR_BEFORE.search(own):
        return True
    if is_supposed_total(scene, figure):
        return True
    if figure.dimension is Dimension.POINTS and _SUMMED.search(own):
        return len({one.start for one in scene.hits if one.end <= figure.start}) > 1
    return bool(_AVERAGE.search(own) or _REST.search(own) or _RESTATED.search(own))


def speaks_of_earlier(scene: Scene) -> bool:
    """Whether a sentence compares with a year before."""
    return _EARLIER.search(scene.sentence.text) is not None


def is_supposed_total(scene: Scene, figure: Figure) -> bool:
    """Whether a total is told that would be."""
    if figure.dimension is not Dimension.POINTS or "总" not in scene.piece_before(figure):
        return False
    return _WOULD.search(scene.before(figure.start)) is not None


def is_supposed(scene: Scene, figure: Figure) -> bool:
    """Whether a rate is told of what would be, or of how many indicators are met."""
    before = scene.before(figure.start)
    own = scene.piece_before(figure)
    return bool(_WOULD.search(before) and "率" in own) or _RATE_OF_COUNTS.search(own) is not None


def is_average(scene: Scene, figure: Figure) -> bool:
    """Whether an amount is said to be one a piece."""
    own = scene.piece_before(figure)
    return figure.dimension is Dimension.MONEY and _RIGHT_AVERAGE.search(own) is not None


def is_difference(own: str, behind: str = "") -> bool:
    """Whether the words right before a figure, or behind it, say that it is what is between two."""
    if _COMPARED.search(own) or re.search(_ARRIVES, own):
        return False
    return bool(_DIFFERENCE.search(own) or _BEHIND_DIFFERENCE.match(behind))
