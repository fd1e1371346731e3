"""Random reports for property tests: any texts, any rows, keys with every awkward character."""

from hypothesis import settings
from hypothesis import strategies as st

from ziping.domain.evaluation import (
    ApprovedIndicator,
    Band,
    ChecklistAnswer,
    Evidence,
    FundRow,
    FundSource,
    Indicator,
    Objective,
    Report,
    SelfEvaluation,
    UnitDocument,
)

relaxed = settings(deadline=None, max_examples=60)
"""Building reports is slow on a busy machine; a deadline would only measure that."""

texts = st.text(alphabet="甲乙0.5% /#~\n", max_size=4)
keys = st.text(alphabet="产出/#~01 ", max_size=4)
ids = st.sampled_from(["p1", "p2", "p10", "i1", "i10", "unit", "projects", "funds", "place"])
texts_by_key = st.dictionaries(keys, texts, max_size=3)

indicators = st.builds(
    Indicator,
    id=ids,
    level1=texts,
    target=texts,
    actual=texts,
    band=st.sampled_from(Band),
    evidence=st.lists(st.builds(Evidence, name=texts), max_size=2).map(tuple),
    approved=st.builds(ApprovedIndicator, target=texts),
)
fund_rows = st.builds(FundRow, source=st.sampled_from(FundSource), label=texts, executed=texts)
projects = st.builds(
    SelfEvaluation,
    id=ids,
    name=texts,
    funds=st.lists(fund_rows, max_size=4).map(tuple),
    objectives=st.lists(st.builds(Objective, expected=texts), max_size=3).map(tuple),
    level1_weights=texts_by_key,
    indicators=st.lists(indicators, max_size=3, unique_by=lambda one: one.id).map(tuple),
    checklist=st.dictionaries(keys, st.builds(ChecklistAnswer, note=texts), max_size=2),
    materials=texts_by_key,
)
reports = st.builds(
    Report,
    unit=texts,
    fiscal_year=st.integers(2019, 2025),
    materials=texts_by_key,
    unit_documents=st.lists(st.builds(UnitDocument, title=texts), max_size=2).map(tuple),
    projects=st.lists(projects, max_size=3, unique_by=lambda one: one.id).map(tuple),
)
