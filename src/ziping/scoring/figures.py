"""How figures are written in formulas and reasons (算式中的数字)."""

from decimal import ROUND_DOWN, Decimal

from ziping.domain.numbers import plain, round_half_up

_RATE_SCALES = {"%": Decimal(100), "‰": Decimal(1000)}
_SHOWN_PLACES = 4


def figure(value: Decimal, unit: str, scale: Decimal = Decimal(1)) -> str:
    """Return a value as it stands in a formula: `98%`, `160`, `25` (of 25万)."""
    if unit in _RATE_SCALES:
        return _short(value * _RATE_SCALES[unit]) + unit
    return _short(value / scale)


def measure(value: Decimal, unit: str, scale: Decimal = Decimal(1)) -> str:
    """Return a value with its unit as it stands in a sentence: `98%`, `160 万元`."""
    if unit in _RATE_SCALES:
        return figure(value, unit)
    return f"{_short(value / scale)} {unit}" if unit else _short(value / scale)


def difference(value: Decimal, unit: str, scale: Decimal = Decimal(1)) -> str:
    """Return a difference in words: `2 个百分点`, `3 项`."""
    if unit in _RATE_SCALES:
        points = "个百分点" if unit == "%" else "个千分点"
        return f"{_short(value * _RATE_SCALES[unit])} {points}"
    return measure(value, unit, scale)


def full_points(value: Decimal) -> str:
    """Return a weight as text (分值)."""
    return plain(value)


def points(value: Decimal, places: int) -> str:
    """Return points as text, at the places a line is rounded to (得分)."""
    return plain(value, places)


def missing(weight: Decimal, got: Decimal, places: int) -> str:
    """Return how many points are missing to the full weight (还差几分)."""
    return f"还差 {plain(weight - got, places)} 分"


def quantum(places: int) -> Decimal:
    """Return the smallest step of points at some places, e.g. 0.01."""
    return Decimal(1).scaleb(-places)


def partial_points(weight: Decimal, ratio: Decimal, places: int) -> Decimal:
    """Return the points of an unmet target: rounded once, below the weight, never below 0."""
    most = (weight - quantum(places)).quantize(quantum(places), rounding=ROUND_DOWN)
    return max(min(round_half_up(weight * ratio, places), most), Decimal(0))


def _short(value: Decimal) -> str:
    """Return a number without padding, at most four decimals when it does not end."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2 * _SHOWN_PLACES:
        value = round_half_up(value, _SHOWN_PLACES)
    return plain(value)
