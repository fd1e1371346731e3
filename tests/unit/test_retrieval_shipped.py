"""The digests that ship are found by questions that nobody tuned for."""

from collections.abc import Iterator

import pytest
from tests.bench.retrieval_library import HELD, colloquial, measure, questions, shipped_clauses

from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    words = colloquial()
    made = LibraryIndex(tmp_path_factory.mktemp("shipped"), LocalEmbedder(words), words)
    made.sync(shipped_clauses())
    yield made
    made.close()


def test_the_questions_for_reporting_are_answered_within_five_hits(
    shipped: LibraryIndex,
) -> None:
    found = measure(
        lambda text: [hit.clause.id for hit in shipped.search(text).hits],
        questions(HELD),
    )

    assert found.recall[0] >= 0.80
    assert found.recall[1] >= 0.95


def test_every_clause_is_found_by_its_document_and_article(shipped: LibraryIndex) -> None:
    numbered = [one for one in shipped_clauses() if one.article.startswith("第")]
    missed = [
        one.id
        for one in numbered
        if shipped.search(f"《{one.document}》{one.article}", k=1).hits[0].clause.id != one.id
    ]

    assert numbered
    assert not missed
