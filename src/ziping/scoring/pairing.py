"""Brings a target and an actual value to one unit, or asks (单位对齐). Never a guess."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ziping.domain.numbers import plain
from ziping.domain.quantities import Cell
from ziping.scoring.unit_kinds import is_same_counting, to_common_unit

_ONE = Decimal(1)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALE_WORDS = {_ONE: "", Decimal(10_000): "万", Decimal(100_000_000): "亿"}
_SCALE = re.compile(r"\d\s*([万亿])")
_MONEY_OF_SCALES = ("万元", "亿元")
_PER = {"%": Decimal(100), "‰": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Target and actual bounds in one unit (对齐后的指标值与完成值)."""

    target: Decimal
    upper: Decimal | None
    actual: Decimal
    actual_upper: Decimal | None
    unit: str
    """Unit as shown, e.g. `万元`, `%`; the values divided by `scale` are in it."""
    scale: Decimal = _ONE
    """What figures are divided by when shown: 10000 for 万."""
    notes: tuple[str, ...] = ()


def pair(target: Cell, actual: Cell) -> Pair | str:
    """Return both values in one unit, or the Chinese request where they cannot be compared."""
    if target.value is None or actual.value is None:
        return target.problem or actual.problem or "请填写能够比较的指标值和完成值。"
    if target.is_rate or actual.is_rate:
        return _pair_rates(target, actual)
    target, actual = _as_count(target, actual), _as_count(actual, target)
    if _is_bare(target) != _is_bare(actual):
        return _pair_bare(target, actual)
    if target.unit != actual.unit and target.unit and actual.unit:
        return _pair_units(target, actual)
    return _pair(target, actual, max(_scale(target), _scale(actual)))


def _pair(target: Cell, actual: Cell, scale: Decimal, *notes: str) -> Pair:
    """Return the pair of two cells whose values are already in one unit."""
    assert target.value is not None  # noqa: S101 - `pair` has looked
    assert actual.value is not None  # noqa: S101 - `pair` has looked
    return Pair(
        target=target.value,
        upper=target.upper,
        actual=actual.value,
        actual_upper=actual.upper,
        unit=_SCALE_WORDS[scale] + (target.unit or actual.unit),
        scale=scale,
        notes=notes,
    )


def _as_count(cell: Cell, other: Cell) -> Cell:
    """Return `25万`, read as 万元 by itself, as 250000 when the other value is a count."""
    is_money = "元" in other.unit or not other.unit
    if is_money or cell.unit not in _MONEY_OF_SCALES or "元" in cell.raw:
        return cell
    return _times(cell, _SCALES[cell.unit[0]], "")


def _scale(cell: Cell) -> Decimal:
    """Return the 万 or 亿 that went into the value, else 1."""
    if cell.unit.startswith(("万", "亿")):
        return _ONE
    found = _SCALE.search(cell.raw)
    return _SCALES[found.group(1)] if found else _ONE


def _is_bare(cell: Cell) -> bool:
    """Whether a number stands without any unit, not even 万."""
    return not cell.unit and _scale(cell) == 1


def _times(cell: Cell, factor: Decimal, unit: str) -> Cell:
    """Return the cell with its values multiplied and another unit."""
    value = None if cell.value is None else cell.value * factor
    upper = None if cell.upper is None else cell.upper * factor
    return replace(cell, value=value, upper=upper, unit=unit)


def _pair_bare(target: Cell, actual: Cell) -> Pair | str:
    """Read the bare one in the unit of the other, unless that is the less likely reading."""
    is_target = _is_bare(target)
    bare, full = (target, actual) if is_target else (actual, target)
    side = "指标值" if is_target else "完成值"
    scale = _scale(full)
    if _is_likelier_unscaled(bare, _times(full, 1 / scale, full.unit), full):
        return f"{side}“{bare.raw}”没有写单位，与“{full.raw}”相比可有两种读法，请写明{side}的单位。"
    read = _times(bare, scale, full.unit)
    notes = []
    if _factor(full) != 1:  # where the unit does not change the size it goes without saying
        notes = [f"{side}“{bare.raw}”没有写单位，按与“{full.raw}”相同的单位读取。"]
    return _pair(read, actual, scale, *notes) if is_target else _pair(target, read, scale, *notes)


def _factor(cell: Cell) -> Decimal:
    """Return how much larger 万 or 亿 makes the number written in a cell, else 1."""
    return _SCALES.get(cell.unit[:1]) or _scale(cell)


def _is_likelier_unscaled(bare: Cell, shown: Cell, full: Cell) -> bool:
    """Whether a bare number is nearer to the other value without its 万 or 亿 than with it."""
    factor = _factor(full)
    one, other = bare.value, shown.value
    if factor == 1 or not one or not other or one < 0 or other < 0:
        return False
    ratio = one / other
    return max(ratio, 1 / ratio) > max(ratio / factor, factor / ratio)


def _pair_units(target: Cell, actual: Cell) -> Pair | str:
    """Convert the actual to the unit of the target, or take counting words as one, or ask."""
    factors = to_common_unit(target.unit, actual.unit)
    if factors is not None:
        note = f"完成值“{actual.raw}”已换算为与指标值“{target.raw}”相同的单位。"
        goal = _times(target, factors[0], target.unit)
        done = _times(actual, factors[1], target.unit)
        return replace(_pair(goal, done, _ONE, note), scale=factors[0])
    if is_same_counting(target.unit, actual.unit):
        note = f"指标值单位为“{target.unit}”，完成值单位为“{actual.unit}”，按数值比较。"
        return _pair(target, actual, max(_scale(target), _scale(actual)), note)
    return (
        f"指标值“{target.raw}”与完成值“{actual.raw}”的单位不同，无法比较，"
        "请按指标值的单位填写完成值。"
    )


def _pair_rates(target: Cell, actual: Cell) -> Pair | str:
    """Compare rates; a bare number beside a rate is read as a rate where only that makes sense."""
    if target.is_rate and actual.is_rate:
        return _pair(target, actual, _ONE)
    if target.is_rate and _is_bare(actual):
        return _rate_from_bare(actual, target, "完成值")
    if actual.is_rate and _is_bare(target):
        return _rate_from_bare(target, actual, "指标值")
    if target.is_rate:
        return (
            f"指标值“{target.raw}”是比率，完成值“{actual.raw}”是数量，不能直接比较，"
            "请填写完成比率（注明分子、分母）。"
        )
    return f"指标值“{target.raw}”是数量，完成值“{actual.raw}”是比率，请填写实际完成的数量。"


def _rate_from_bare(bare: Cell, rate: Cell, side: str) -> Pair | str:
    """Read a bare `100` beside `100%` as 100%; ask where it could be a fraction or a count."""
    assert bare.value is not None  # noqa: S101 - `pair` has looked
    assert rate.value is not None  # noqa: S101 - `pair` has looked
    per = _PER[rate.unit]
    most = max(Decimal(100), 2 * rate.value * per)
    might_be_fraction = rate.unit == "%" and 0 < abs(bare.value) <= 1
    if might_be_fraction or bare.value > most:
        return (
            f"{side}“{bare.raw}”没有写单位，不能确定是比率还是数量，请写成带“{rate.unit}”的比率。"
        )
    read = _times(bare, 1 / per, rate.unit)
    note = f"{side}“{bare.raw}”没有写单位，按 {plain(bare.value)}{rate.unit} 读取。"
    return _pair(rate, read, _ONE, note) if side == "完成值" else _pair(read, rate, _ONE, note)
