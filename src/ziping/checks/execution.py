"""The printed execution rate and its points against every base they may rest on (执行率的口径)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ziping.checks.arithmetic import grade_of
from ziping.checks.found import ERROR, FORM, NOTE, ROUNDING, USE_COMPUTED, found
from ziping.checks.precision import Agreement, compared, points_compared
from ziping.checks.subject import COLUMNS, Fund, Subject
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain, read_number, round_half_up
from ziping.domain.quantities import Number
from ziping.domain.rates import rate_text, read_rate
from ziping.domain.rules import Level1

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
"""Points below full marks that may still be a rounding."""


@dataclass(frozen=True, slots=True)
class Base:
    """A quotient a printed rate may be (口径)."""

    words: str
    """E.g. 全年执行数÷年初预算数."""
    formula: str
    """The same with the figures."""
    value: Decimal


def _amount(subject: Subject, fund: Fund, column: str) -> Decimal | None:
    return subject.amount(column) if fund.is_total else fund.value(column)


def bases(subject: Subject, fund: Fund) -> dict[tuple[str, str], Base]:
    """Return every rate that can be formed on a row, by numerator and denominator."""
    pairs = (
        ("executed", "annual_budget"),
        ("executed", "initial_budget"),
        ("executed", "received"),
        ("received", "initial_budget"),
        ("received", "annual_budget"),
    )
    formed: dict[tuple[str, str], Base] = {}
    for above, below in pairs:
        upper, lower = _amount(subject, fund, above), _amount(subject, fund, below)
        if upper is None or not lower or lower < 0:
            continue
        formed[above, below] = Base(
            words=f"{COLUMNS[above]}÷{COLUMNS[below]}",
            formula=f"{subject.bare(upper)}÷{subject.bare(lower)}",
            value=upper / lower,
        )
    return formed


def printed_rates(subject: Subject) -> Iterator[Finding]:
    """Compare the printed rate of each row with its amounts; a repetition is told once."""
    told: set[str] = set()
    rows = sorted(subject.funds, key=lambda fund: not fund.is_total)
    for fund in rows:
        raw = fund.row.printed.rate.strip()
        if raw in told:
            continue
        finding = _printed_rate(subject, fund)
        if finding is not None:
            told.add(raw)
            yield finding


def _printed_rate(subject: Subject, fund: Fund) -> Finding | None:
    rate = read_rate(fund.row.printed.rate)
    formed = bases(subject, fund)
    right = formed.get(("executed", subject.base_column))
    if rate.value is None or right is None:
        return None
    printed = rate.value * _HUNDRED
    agreement = compared(printed, rate.places, right.value * _HUNDRED)
    if agreement is Agreement.EQUAL:
        return None
    if agreement.is_close:
        return _rounded_rate(subject, fund, right, agreement)
    others = [
        base
        for base in formed.values()
        if base is not right
        and compared(printed, rate.places, base.value * _HUNDRED) is not Agreement.DIFFERENT
    ]
    return _rate_on(subject, fund, right, others) if others else _wrong_rate(subject, fund, right)


def _rounded_rate(subject: Subject, fund: Fund, right: Base, agreement: Agreement) -> Finding:
    raw = fund.row.printed.rate.strip()
    return found(
        "arithmetic.rate_rounding",
        NOTE,
        subject.at_fund(fund, "printed/rate", "执行率"),
        title=f"执行率末位有出入（{agreement}）",
        message=f"{right.words}＝{right.formula}＝{rate_text(right.value, 4)}，"
        f"四舍五入为 {rate_text(right.value)}，表上写 {raw}，是{agreement}造成的。",
        why="执行率保留两位小数时应四舍五入；得分用未取整的执行率计算。",
        clause=ROUNDING,
        remedy=f"请把执行率改为 {rate_text(right.value)}。",
    )


def _rate_on(subject: Subject, fund: Fund, right: Base, others: list[Base]) -> Finding:
    raw = fund.row.printed.rate.strip()
    first = others[0]
    also = "，也可能是".join(f"{_kind(base)}{base.words}（{base.formula}）" for base in others[1:])
    asked = right.formula.split("÷")[1]
    return found(
        "arithmetic.rate_base",
        ERROR,
        subject.at_fund(fund, "printed/rate", "执行率"),
        title="执行率用错了分母",
        message=f"表上执行率 {raw} 是{_on(first)}算的（{first.formula}）"
        + (f"，也可能是{also}" if also else "")
        + f"；按{right.words.split('÷')[1]} {asked} 为 {rate_text(right.value)}"
        f"（{right.formula}）。" + _repeated(subject, fund),
        why="自评表的执行率＝全年执行数÷全年预算数；到位率、按年初预算数算的比率是别的口径。",
        clause=FORM,
        remedy=f"请把执行率改为 {rate_text(right.value)}；要说明年初预算口径的，写在报告文字里。"
        + USE_COMPUTED,
    )


def _kind(base: Base) -> str:
    """Return 到位率 before a quotient of received money, which is no execution rate."""
    return "到位率 " if base.words.startswith(COLUMNS["received"]) else ""


def _on(base: Base) -> str:
    """Return how a rate was taken, e.g. 按年初预算数 760."""
    kind = "到位率，" if _kind(base) else ""
    return f"{kind}按{base.words.split('÷')[1]} {base.formula.split('÷')[1]} "


def _repeated(subject: Subject, fund: Fund) -> str:
    raw = fund.row.printed.rate.strip()
    same = [one.title for one in subject.details if one.row.printed.rate.strip() == raw]
    rows = "、".join(f"“{title}”" for title in same)
    return f"{rows}行写的也是 {raw}。" if fund.is_total and same else ""


def _wrong_rate(subject: Subject, fund: Fund, right: Base) -> Finding:
    raw = fund.row.printed.rate.strip()
    unlike = "" if subject.is_total_empty else "，用任何一种口径都算不出来"
    source = "总额行没有填数，按明细行合计，" if fund.is_total and subject.is_total_empty else ""
    return found(
        "arithmetic.rate",
        ERROR,
        subject.at_fund(fund, "printed/rate", "执行率"),
        title="执行率与金额不符",
        message=f"{source}{right.words}＝{right.formula}＝{rate_text(right.value)}，"
        f"表上写 {raw}{unlike}。" + _repeated(subject, fund),
        why="执行率由同一行的全年执行数和预算数相除得到。",
        clause=FORM,
        remedy="请先核对预算数和执行数（执行数取国库实际支付数），再改执行率。" + USE_COMPUTED,
    )


def effective_weight(subject: Subject) -> Decimal | None:
    """Return the weight the execution rate really has: printed, unless that cannot be meant."""
    total = subject.total
    printed = read_number(total.row.printed.weight).value if total else None
    scored = subject.sheet.execution.weight
    if printed is None or printed >= _HUNDRED:
        return scored if scored is not None and scored < _HUNDRED else rule_weight(subject)
    return printed


def rule_weight(subject: Subject) -> Decimal | None:
    """Return the weight the rule set gives the execution rate."""
    options = subject.rule_set.level1_weights
    return next((option.weights.get(Level1.EXECUTION) for option in options), None)


def _points(subject: Subject, rate: Decimal) -> Decimal | None:
    weight = effective_weight(subject)
    if weight is None or subject.rule_set.execution.kind != "linear_capped":
        return None
    share = min(max(rate, Decimal(0)), Decimal(1))
    return round_half_up(weight * share, subject.rule_set.rounding_places)


def _agreement(subject: Subject, points: Number, exact: Decimal) -> Agreement:
    """Compare execution points; full marks for less than the whole budget are no rounding."""
    printed = points.value or Decimal(0)
    weight = effective_weight(subject) or Decimal(0)
    agreement = points_compared(printed, points.places, exact)
    if printed >= weight > exact + _TENTH:
        return Agreement.DIFFERENT
    return agreement


def points_against_printed_rate(subject: Subject) -> Iterator[Finding]:
    """Compare the printed execution points with those the printed rate gives."""
    total = subject.total
    if total is None:
        return
    rate, points = read_rate(total.row.printed.rate), read_number(total.row.printed.points)
    follows = _points(subject, rate.value) if rate.value is not None else None
    if follows is None or points.value is None or rate.value is None:
        return
    if _agreement(subject, points, follows) is not Agreement.DIFFERENT:
        return
    weight = effective_weight(subject) or Decimal(0)
    yield found(
        "arithmetic.points_from_rate",
        ERROR,
        subject.at_fund(total, "printed/points", "得分"),
        title="执行率得分与表上的执行率不符",
        message=f"表上执行率 {rate.raw}，{plain(weight)}×{rate.raw}＝{plain(follows)}，"
        f"表上得分却是 {points.raw}。" + _with_total(subject, points, follows),
        why="执行率得分＝分值×执行率，封顶为分值；同一行的执行率和得分要对得上。",
        clause=subject.rule_set.execution.basis.clause,
        remedy="请先确定执行率的口径（全年执行数÷全年预算数），再让得分随执行率走。",
    )


def _with_total(subject: Subject, points: Number, follows: Decimal) -> str:
    """Return what the total would be with the points that follow."""
    total = read_number(subject.evaluation.printed.total).value
    if total is None or points.value is None:
        return ""
    would = total - points.value + follows
    before, after = grade_of(subject.rule_set, total), grade_of(subject.rule_set, would)
    text = f"得分若按 {plain(follows)} 计，总分应为 {plain(would)}"
    if before is None or after is None:
        return f"{text}。"
    return f"{text}，等级{'仍为' if before == after else '变为'}“{after}”。"


def points_against_amounts(subject: Subject) -> Iterator[Finding]:
    """Compare the printed execution points with those the amounts give."""
    total, rate = subject.total, subject.execution_rate
    points = read_number(total.row.printed.points) if total else None
    exact = _points(subject, rate) if rate is not None else None
    if total is None or points is None or rate is None or points.value is None or exact is None:
        return
    agreement = _agreement(subject, points, exact)
    if agreement is Agreement.EQUAL:
        return
    close = agreement.is_close
    weight = effective_weight(subject) or Decimal(0)
    base = COLUMNS[subject.base_column]
    yield found(
        "arithmetic.execution_points",
        NOTE if close else ERROR,
        subject.at_fund(total, "printed/points", "得分"),
        title=f"执行率得分取整（{agreement}）" if close else "执行率得分与金额不符",
        message=f"全年执行数÷{base}＝{rate_text(rate)}，{plain(weight)}×{rate_text(rate)}"
        f"＝{plain(exact)}，表上得分 {points.raw}，相差 {plain(abs(points.value - exact))}。",
        why="执行率得分＝分值×执行率（未取整），封顶为分值，保留两位小数。",
        clause=ROUNDING if close else subject.rule_set.execution.basis.clause,
        remedy=f"请把执行率得分改为 {plain(exact)}，并重新合计总分。" + USE_COMPUTED,
    )


def rates_over_zero(subject: Subject) -> Iterator[Finding]:
    """Report rates printed where the budget is 0: they are not applicable."""
    rows = [
        fund
        for fund in subject.funds
        if read_rate(fund.row.printed.rate).value is not None
        and not (fund.is_total and subject.is_total_empty)
        and _amount(subject, fund, subject.base_column) == 0
    ]
    if not rows:
        return
    names = "、".join(f"“{fund.title}”（{fund.row.printed.rate.strip()}）" for fund in rows)
    yield found(
        "arithmetic.rate_over_zero",
        NOTE,
        subject.at_fund(rows[0], "printed/rate", "执行率"),
        title="预算为 0 的行填了执行率",
        message=f"{names}的预算数为 0，0 不能做分母，执行率不适用。",
        why="没有预算的资金来源谈不上执行率，写 0% 会被看成有预算而没有花。",
        clause=FORM,
        remedy="请把这些行的执行率改为“—”或留空。",
    )


RULES = (printed_rates, points_against_printed_rate, points_against_amounts, rates_over_zero)
