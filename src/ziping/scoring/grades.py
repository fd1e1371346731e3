"""Grades and the way to the next one (等级)."""

from decimal import Decimal

from ziping.domain.rules import GradeRule
from ziping.domain.scores import NextGrade


def grade_of(total: Decimal, grades: tuple[GradeRule, ...]) -> str | None:
    """Return the grade of a total; None where the rule set gives no grades."""
    return next((one.title for one in grades if total >= one.at_least), None)


def next_grade(total: Decimal, grades: tuple[GradeRule, ...]) -> NextGrade | None:
    """Return the next better grade and the points missing; None at the best."""
    better = [one for one in grades if one.at_least > total]
    if not better:
        return None
    nearest = min(better, key=lambda one: one.at_least)
    return NextGrade(title=nearest.title, gap=nearest.at_least - total)
