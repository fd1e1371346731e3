"""Random self-evaluations come back from our own Word and Excel files with the same figures."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.import_tables import read
from tests.unit.scoring_rules import example
from tests.unit.test_import_exports import WRITERS, exported_bytes
from tests.unit.test_import_template import evaluations

from ziping.domain.evaluation import SelfEvaluation

EXAMPLES = 40


def without_manifest(data: bytes) -> bytes:
    """Return a Word or Excel file without custom XML, as after editing in another program."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                new.writestr(name, old.read(name))
    return target.getvalue()


def figures(one: SelfEvaluation) -> dict[str, str]:
    """Return every figure and text of the table by its place."""
    found = {
        "name": one.name,
        "kind": one.fund_kind.value,
        "unit": one.fund_unit.value,
        "basis": one.adjustment_basis,
        "approved": one.approved.budget,
        "weights": str(sorted(one.level1_weights.items())),
    }
    for fund in one.funds:
        for name in ("initial_budget", "annual_budget", "received", "executed"):
            found[f"{fund.source}.{name}"] = getattr(fund, name)
    for line in one.indicators:
        for name in ("level1", "level2", "level3", "target", "actual", "weight", "deviation"):
            found[f"{line.id}.{name}"] = getattr(line, name)
        found[f"{line.id}.approved"] = f"{line.approved.target} {line.approved.weight}"
    for number, objective in enumerate(one.objectives):
        found[f"objective{number}"] = f"{objective.expected} {objective.achieved}"
    return found


@pytest.mark.parametrize("name", WRITERS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(one=evaluations())
def test_what_is_exported_comes_back_with_the_same_figures(name: str, one: SelfEvaluation) -> None:
    # Level-1 weights that are not declared are printed as the rule set has them.
    declared = one.level1_weights or dict.fromkeys(
        sorted({line.level1 for line in one.indicators}), "30"
    )
    one = one.model_copy(update={"level1_weights": declared})
    report = example().model_copy(update={"projects": (one,)})
    imported = read(without_manifest(exported_bytes(report, name)), name)
    assert figures(imported.evaluations[0]) == figures(one)
    assert imported.unread == ()
