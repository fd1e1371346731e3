"""Rule sets, the lexicon and small self-evaluations for the tests of scoring."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from ziping.domain.evaluation import FundRow, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.rules import Lexicon, RuleSet
from ziping.domain.scores import LineScore, ScoreSheet
from ziping.scoring import score

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
YEAR = 2023


@cache
def rule_set(name: str = "cn-2020-10") -> RuleSet:
    """Return a shipped rule set."""
    text = (KNOWLEDGE / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
    return RuleSet.model_validate(yaml.safe_load(text))


@cache
def lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    text = (KNOWLEDGE / "lexicon.yaml").read_text(encoding="utf-8")
    return Lexicon.model_validate(yaml.safe_load(text))


@cache
def example() -> Report:
    """Return the worked example."""
    text = (KNOWLEDGE / "examples" / "huaihua-2023.yaml").read_text(encoding="utf-8")
    return Report.model_validate(yaml.safe_load(text))


def total_row(budget: str, executed: str, *, initial: str = "", received: str = "") -> FundRow:
    """Return the row 年度资金总额."""
    return FundRow(
        source=FundSource.TOTAL,
        initial_budget=initial,
        annual_budget=budget,
        received=received,
        executed=executed,
    )


def indicator(target: str = "", actual: str = "", weight: str = "10", **fields: str) -> Indicator:
    """Return an output indicator with the fields that matter."""
    stated = {"id": "i1", "level1": "产出指标", "level2": "数量指标", "level3": "完成数量"}
    values = {**stated, "target": target, "actual": actual, "weight": weight, **fields}
    return Indicator.model_validate(values)


def sheet_of(
    *lines: Indicator, funds: tuple[FundRow, ...] | None = None, rules: str = "cn-2020-10"
) -> ScoreSheet:
    """Return the score sheet of some indicators, by default with all money spent."""
    rows = (total_row("100", "100"),) if funds is None else funds
    evaluation = SelfEvaluation(funds=rows, indicators=lines)
    return score(evaluation, rule_set(rules), lexicon(), fiscal_year=YEAR)


def line_of(
    target: str, actual: str, weight: str = "10", rules: str = "cn-2020-10", **fields: str
) -> LineScore:
    """Return the score of one indicator."""
    line = sheet_of(indicator(target, actual, weight, **fields), rules=rules).line("i1")
    assert line is not None
    return line


def points_of(target: str, actual: str, weight: str = "10", **fields: str) -> Decimal | None:
    """Return the points of one indicator."""
    return line_of(target, actual, weight, **fields).points
