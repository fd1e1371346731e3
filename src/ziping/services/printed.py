"""What a filled table shows (表列值), brought in line with the scores."""

from ziping.domain.evaluation import (
    FundRow,
    FundSource,
    Indicator,
    PrintedEvaluation,
    PrintedFund,
    PrintedIndicator,
    SelfEvaluation,
)
from ziping.domain.model import Record
from ziping.domain.numbers import plain, read_number
from ziping.domain.rates import rate_text, read_rate
from ziping.domain.scores import ScoreSheet


class PrintedDifference(Record):
    """A printed figure that differs from what the rules give (表列值与计算值)."""

    label: str
    printed: str
    computed: str


def corrected(evaluation: SelfEvaluation, sheet: ScoreSheet) -> SelfEvaluation:
    """Return the evaluation with its printed values as the scores give them.

    Only the first 年度资金总额 carries rate and points; those of other fund rows are cleared.
    """
    total = "" if sheet.total is None else plain(sheet.total)
    sources = [row.source for row in evaluation.funds]
    scored = sources.index(FundSource.TOTAL) if FundSource.TOTAL in sources else None
    return evaluation.model_copy(
        update={
            "funds": tuple(
                _fund(row, sheet, is_scored=number == scored)
                for number, row in enumerate(evaluation.funds)
            ),
            "indicators": tuple(_indicator(line, sheet) for line in evaluation.indicators),
            "printed": PrintedEvaluation(total=total, grade=sheet.grade or ""),
        }
    )


def _fund(row: FundRow, sheet: ScoreSheet, *, is_scored: bool) -> FundRow:
    """Return a fund row as the exported table shows it."""
    printed = PrintedFund()
    if is_scored:
        line, rate = sheet.execution, sheet.execution_rate
        printed = PrintedFund(
            weight="" if line.weight is None else plain(line.weight),
            rate="" if rate is None else rate_text(rate),
            points="" if line.points is None else plain(line.points),
        )
    return row.model_copy(update={"printed": printed})


def _indicator(line: Indicator, sheet: ScoreSheet) -> Indicator:
    """Return an indicator as the exported table shows it."""
    score = sheet.line(line.id)
    points = "" if score is None or score.points is None else plain(score.points)
    printed = PrintedIndicator(points=points, method=line.printed.method)
    return line.model_copy(update={"printed": printed})


_RATE_LABELS = ("年度资金总额 · 执行率", "年度资金总额 · 得分")
_SUMS = ("总分", "等级", *_RATE_LABELS)


def differences(evaluation: SelfEvaluation, sheet: ScoreSheet) -> tuple[PrintedDifference, ...]:
    """Return the printed figures that are there and differ from what the rules give."""
    now = corrected(evaluation, sheet)
    pairs = [
        ("总分", evaluation.printed.total, now.printed.total),
        ("等级", evaluation.printed.grade, now.printed.grade),
    ]
    for old, new in zip(evaluation.funds, now.funds, strict=True):
        if old.source is FundSource.TOTAL:
            pairs.append((_RATE_LABELS[0], old.printed.rate, new.printed.rate))
            pairs.append((_RATE_LABELS[1], old.printed.points, new.printed.points))
    pairs.extend(
        (f"{old.level3 or old.level2} · 得分", old.printed.points, new.printed.points)
        for old, new in zip(evaluation.indicators, now.indicators, strict=True)
    )
    return tuple(
        PrintedDifference(label=label, printed=printed, computed=computed)
        for label, printed, computed in pairs
        if printed.strip() and not _says_the_same(printed, computed)
    )


def sums_wrong(evaluation: SelfEvaluation, sheet: ScoreSheet) -> tuple[PrintedDifference, ...]:
    """Return the printed rate, total and grade that contradict the table's own figures.

    Nothing where a line's printed points are not the rules' either: that total may add up.
    """
    found = differences(evaluation, sheet)
    if sheet.total is None or any(one.label not in _SUMS for one in found):
        return ()
    if not any(one.label in _RATE_LABELS for one in found):
        return ()
    return found


def _says_the_same(printed: str, computed: str) -> bool:
    """Whether a printed figure is the computed one in another form, such as 100.00 for 100."""
    if "%" in computed:
        return read_rate(printed).value == read_rate(computed).value
    number = read_number(printed).value
    if number is not None:
        return number == read_number(computed).value
    return bool(computed) and printed.strip().startswith(computed)
