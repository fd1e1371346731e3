"""Points and bands of qualitative lines in a filled table (定性指标的得分与档次)."""

from ziping.documents.grid import GridCell
from ziping.documents.reading_record import Context, Reading
from ziping.domain.cells import read_target
from ziping.domain.evaluation import Band, Indicator
from ziping.domain.fields import TITLES
from ziping.domain.numbers import read_number
from ziping.domain.quantities import CellKind
from ziping.domain.rules import RuleSet

DERIVED_NOTE = "按得分所在区间读出的档次"
_BANDS = {
    "达成": Band.ACHIEVED,
    "达成预期指标": Band.ACHIEVED,
    "基本达成": Band.PARTLY,
    "部分达成": Band.PARTLY,
    "部分达成预期指标": Band.PARTLY,
    "未达成": Band.NOT_ACHIEVED,
    "未达成预期指标": Band.NOT_ACHIEVED,
}


def is_qualitative(target: str, context: Context) -> bool:
    """Return whether a target is words, to be judged by a person."""
    cell = read_target(target, fiscal_year=context.fiscal_year, lexicon=context.lexicon)
    return cell.kind is CellKind.QUALITATIVE


def band_of(reading: Reading, cell: GridCell | None, line: Indicator) -> tuple[Band, str]:
    """Return the band written in a 档次 column; other words are listed as not read."""
    if cell is None:
        return Band.NOT_CHOSEN, ""
    band = _BANDS.get(cell.text.strip())
    if band is None:
        reading.skip(cell, "档次只认“达成”“部分达成”“未达成”")
        return Band.NOT_CHOSEN, ""
    path = f"indicators/{line.id}/band"
    label = f"{line.level3 or line.level2} · {TITLES['band']}"
    reading.take(path, label, cell, value=band.value)
    return band, ""


def derived_band(points: str, weight: str, rule_set: RuleSet) -> tuple[Band, str]:
    """Return the band whose interval holds points ÷ weight; not chosen when none does."""
    given, full = read_number(points).value, read_number(weight).value
    if given is None or not full or not 0 <= given <= full:
        return Band.NOT_CHOSEN, ""
    share = given / full
    for rule in rule_set.qualitative.bands:
        if share >= rule.at_least and (rule.below is None or share < rule.below):
            return Band(rule.title), DERIVED_NOTE
    return Band.NOT_CHOSEN, ""
