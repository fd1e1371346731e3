"""Comparing the amounts of a project or fund row (金额比较)."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from ziping.drafting.grounding.roles import Role

Amounts = Mapping[Role, Decimal]
Test = Callable[[Amounts, re.Match[str]], bool | None]
"""Whether a conclusion holds of amounts; None: cannot be said."""
Comparison = Callable[[Decimal, Decimal], bool]


def at_most(left: Decimal, right: Decimal) -> bool:
    """Whether the left is not above the right."""
    return left <= right


def at_least(left: Decimal, right: Decimal) -> bool:
    """Whether the left is not below the right."""
    return left >= right


def more(left: Decimal, right: Decimal) -> bool:
    """Whether the left is above the right."""
    return left > right


def less(left: Decimal, right: Decimal) -> bool:
    """Whether the left is below the right."""
    return left < right


def same(left: Decimal, right: Decimal) -> bool:
    """Whether both are equal."""
    return left == right


def other(left: Decimal, right: Decimal) -> bool:
    """Whether both differ."""
    return left != right


def ordered(left: Role, right: Role, holds: Comparison) -> Test:
    """Return a test that compares two amounts."""

    def test(amounts: Amounts, _match: re.Match[str]) -> bool | None:
        first, second = amounts.get(left), amounts.get(right)
        return None if first is None or second is None else holds(first, second)

    return test


def against_budget(left: Role, holds: Comparison) -> Test:
    """Return a test against the budget the words name; the annual one where they name none."""

    def test(amounts: Amounts, match: re.Match[str]) -> bool | None:
        first = amounts.get(left)
        right = amounts.get(Role.INITIAL if "年初" in match.group() else Role.ANNUAL)
        return None if first is None or right is None else holds(first, right)

    return test


def is_left(amounts: Amounts, _match: re.Match[str]) -> bool | None:
    """Whether money is left, of the budget or of what was received."""
    executed = amounts.get(Role.EXECUTED)
    sources = [amounts[one] for one in (Role.ANNUAL, Role.RECEIVED) if one in amounts]
    return None if executed is None or not sources else any(executed < one for one in sources)


def is_spent(amounts: Amounts, match: re.Match[str]) -> bool | None:
    """Whether all of the budget, or of what was received, was spent."""
    executed = amounts.get(Role.EXECUTED)
    source = amounts.get(Role.RECEIVED if "到位" in match.string else Role.ANNUAL)
    return None if executed is None or source is None else executed == source


def negated(test: Test) -> Test:
    """Return the test of the opposite."""

    def opposite(amounts: Amounts, match: re.Match[str]) -> bool | None:
        found = test(amounts, match)
        return None if found is None else not found

    return opposite
