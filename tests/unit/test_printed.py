"""The printed values of an old table are brought in line with the scores in one step."""

from pathlib import Path

from ziping.checks import check
from ziping.content.library import Content
from ziping.domain.findings import Severity
from ziping.scoring import score
from ziping.services.importing import load_example
from ziping.services.printed import corrected, differences


def test_correcting_the_example_leaves_no_error(project_root: Path) -> None:
    """After the correction the table shows 100 %, and the two errors of the old one are gone."""
    content = Content(project_root)
    report = load_example(content)
    rules = content.choose_rule_set(report.place, report.fiscal_year).rule_set
    old = report.projects[0]
    sheet = score(old, rules, content.lexicon(), fiscal_year=2023)

    new = corrected(old, sheet)

    assert [(one.label, one.printed, one.computed) for one in differences(old, sheet)] == [
        ("年度资金总额 · 执行率", "81.52%", "100%")
    ]
    assert differences(new, sheet) == ()
    found = check(new, sheet, rules, content.lexicon(), fiscal_year=2023)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert new.printed.total == "98"


def test_another_form_of_the_same_figure_is_no_difference(project_root: Path) -> None:
    """100.00 %, 98.00 and 优秀 say what the rules give."""
    content = Content(project_root)
    report = load_example(content)
    rules = content.choose_rule_set(report.place, report.fiscal_year).rule_set
    old = report.projects[0]
    sheet = score(old, rules, content.lexicon(), fiscal_year=2023)
    total = old.funds[0].model_copy(
        update={"printed": old.funds[0].printed.model_copy(update={"rate": "100.00%"})}
    )
    printed = old.printed.model_copy(update={"total": "98.00", "grade": "优秀"})
    same = old.model_copy(update={"funds": (total, *old.funds[1:]), "printed": printed})

    assert differences(same, sheet) == ()
