"""Growth and decline of target and actual brought together, or asked about (增减方向)."""

from dataclasses import replace

from ziping.domain.quantities import Cell, Sense
from ziping.domain.senses import names_a_change, sense_of_name
from ziping.scoring.pairing import Pair


def are_opposed(target: Cell, actual: Cell) -> bool:
    """Whether one says growth and the other decline."""
    return Sense.NONE not in (target.sense, actual.sense) and target.sense is not actual.sense


def turned(both: Pair, target: Cell, actual: Cell) -> Pair:
    """Return the pair with the actual as a negative change in the target's sense."""
    note = (
        f"指标值“{target.raw}”与完成值“{actual.raw}”增减方向相反，"
        f"完成值按{target.sense.value}的负数计；如方向写错请更正。"
    )
    return replace(both, actual=-both.actual, notes=(*both.notes, note))


def opposed_request(target: Cell, actual: Cell) -> str:
    """Return the request where opposed values are not exact enough to be compared."""
    return (
        f"指标值“{target.raw}”与完成值“{actual.raw}”一个是增长、一个是下降，方向相反，"
        "请核对，并填写确切的完成数值。"
    )


def unsure_sense(name: str, target: Cell, actual: Cell) -> str:
    """Return the question where only one side says which way it went and it may be the other.

    The indicator's name (能耗降低率) says it for a side that is silent.
    """
    named = sense_of_name(name)
    if target.sense is Sense.NONE:
        return _unsure_actual(name, named, target, actual)
    is_understood = named is target.sense or names_a_change(target.raw)
    if actual.sense is Sense.NONE and target.sense is Sense.DOWN and not is_understood:
        return (
            f"指标值“{target.raw}”写明下降，完成值“{actual.raw}”没有写是增长还是下降，"
            "请写明，如“下降6%”。"
        )
    return ""


def _unsure_actual(name: str, named: Sense, target: Cell, actual: Cell) -> str:
    """Return the question where the target is silent and the actual says growth or decline."""
    if Sense.NONE not in (named, actual.sense) and named is not actual.sense:
        return (
            f"“{name}”说的是{named.value}，完成值“{actual.raw}”写的却是{actual.sense.value}，"
            "请核对是增长还是下降：方向写错的请更正，确实相反的请填负数。"
        )
    if actual.sense is Sense.DOWN and named is Sense.NONE:
        return (
            f"完成值“{actual.raw}”写的是下降，指标值“{target.raw}”没有写是增长还是下降，"
            "请在指标值里写明。"
        )
    return ""
