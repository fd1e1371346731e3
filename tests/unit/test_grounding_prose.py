"""Prose written by hand from a report's facts, without sight of the templates, is let be."""

from tests.bench.mutations import ROOT, MutationScale, subjects

from ziping.content.library import Content

MOST_ALARMS = 0.005
"""Share of the true sentences that may be reported."""


def test_hardly_any_true_sentence_is_reported() -> None:
    told: list[str] = []
    count = 0
    for subject in subjects(Content(ROOT), MutationScale(synthetic=0)):
        for sentence in subject.texts if subject.is_prose else ():
            count += 1
            if violations := subject.grounder.ground(sentence).violations:
                told.append(f"{subject.name} {sentence} {violations[0].reason}")

    assert count > 1000
    assert len(told) <= MOST_ALARMS * count, told
