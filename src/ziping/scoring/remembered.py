"""Readings of short cells, remembered: a form is scored at each change, a batch repeats itself.

The readers are pure, so remembering changes nothing but the time. A lexicon is told by identity,
since comparing its lists would cost more than reading a cell.
"""

from functools import lru_cache

from ziping.domain import amounts, cells, levels, numbers
from ziping.domain.evaluation import FundUnit
from ziping.domain.levels import LevelName
from ziping.domain.quantities import Amount, Cell, Number
from ziping.domain.rules import Lexicon

_LONGEST = 80
_MANY = 4096


class CellReader:
    """Reads the cells of one fiscal year with one lexicon."""

    __slots__ = ("_fiscal_year", "_key", "lexicon")

    def __init__(self, lexicon: Lexicon, fiscal_year: int) -> None:
        """Take the words and the year that dates without one belong to."""
        self.lexicon = lexicon
        self._fiscal_year = fiscal_year
        self._key = _SameLexicon(lexicon)

    def target(self, raw: str) -> Cell:
        """Read a 年度指标值."""
        if len(raw) > _LONGEST:
            return cells.read_target(raw, fiscal_year=self._fiscal_year, lexicon=self.lexicon)
        return _target(raw, self._fiscal_year, self._key)

    def actual(self, raw: str) -> Cell:
        """Read a 实际完成值."""
        if len(raw) > _LONGEST:
            return cells.read_actual(raw, fiscal_year=self._fiscal_year, lexicon=self.lexicon)
        return _actual(raw, self._fiscal_year, self._key)


def read_number(raw: str) -> Number:
    """Read a 分值 or 得分."""
    return numbers.read_number(raw) if len(raw) > _LONGEST else _number(raw)


def read_amount(raw: str, unit: FundUnit) -> Amount:
    """Read a money cell of a column headed in `unit`."""
    return amounts.read_amount(raw, unit) if len(raw) > _LONGEST else _amount(raw, unit)


def split_level1(raw: str) -> LevelName:
    """Take a level-1 cell apart."""
    return levels.split_level1(raw) if len(raw) > _LONGEST else _level1(raw)


class _SameLexicon:
    """A lexicon told by identity; it stays alive as long as a reading is remembered."""

    __slots__ = ("lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameLexicon) and self.lexicon is other.lexicon


@lru_cache(maxsize=_MANY)
def _target(raw: str, fiscal_year: int, key: _SameLexicon) -> Cell:
    return cells.read_target(raw, fiscal_year=fiscal_year, lexicon=key.lexicon)


@lru_cache(maxsize=_MANY)
def _actual(raw: str, fiscal_year: int, key: _SameLexicon) -> Cell:
    return cells.read_actual(raw, fiscal_year=fiscal_year, lexicon=key.lexicon)


_number = lru_cache(maxsize=_MANY)(numbers.read_number)
_amount = lru_cache(maxsize=_MANY)(amounts.read_amount)
_level1 = lru_cache(maxsize=_MANY)(levels.split_level1)
