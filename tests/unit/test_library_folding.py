"""A digest and its original of the same article take one place among the hits."""

from tests.unit.library_clauses import clause

from ziping.domain.library import Hit, Origin
from ziping.services.library_folding import folded

LINKS = {"o1": "law"}


def hit(
    document_id: str, article: str, score: float, origin: Origin, by: tuple[str, ...] = ("关键词",)
) -> Hit:
    found = clause("条文。", document_id=document_id, article=article, origin=origin)
    return Hit(clause=found, score=score, by=by, marks=())


def digest(article: str, score: float, by: tuple[str, ...] = ("关键词",)) -> Hit:
    return hit("law", article, score, Origin.DIGEST, by)


def original(article: str, score: float, document_id: str = "o1") -> Hit:
    return hit(document_id, article, score, Origin.ORIGINAL)


def test_the_original_leads_where_the_better_of_the_two_stood() -> None:
    hits = [digest("第五条", 0.9, ("语义",)), original("第六条", 0.8), original("第五条", 0.5)]

    kept = folded(hits, LINKS)

    assert [one.clause.id for one in kept] == ["o1#第五条", "o1#第六条"]
    assert kept[0].same is not None
    assert kept[0].same.id == "law#第五条"
    assert (kept[0].score, kept[0].by) == (0.9, ("语义", "关键词"))


def test_two_versions_of_an_original_stay_two_hits() -> None:
    hits = [
        original("第五条", 0.9),
        original("第五条", 0.8, document_id="o2"),
        digest("第五条", 0.7),
    ]

    kept = folded(hits, {**LINKS, "o2": "law"})

    assert [one.clause.id for one in kept] == ["o1#第五条", "o2#第五条"]


def test_an_original_without_a_digest_stays_as_it_is() -> None:
    hits = [digest("第五条", 0.9), original("第五条", 0.8, document_id="o9")]

    assert folded(hits, LINKS) == tuple(hits)
