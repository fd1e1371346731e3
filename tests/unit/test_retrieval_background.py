"""Vectors that take long are made beside the searches; those that ship are there at once."""

import runpy
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from tests.bench.retrieval_library import ROOT, VECTORS
from tests.unit.library_clauses import clause

from ziping.content.library import Content
from ziping.retrieval.embedding import (
    Embedder,
    LocalEmbedder,
    SentenceEmbedder,
    Vectors,
    as_slow,
    offline_embedder,
)
from ziping.retrieval.index import LibraryIndex
from ziping.retrieval.near_terms import NearTerms, term_text
from ziping.retrieval.sentence_embedder import is_available, write_kept

FIRST = clause("预算执行率等于全年执行数除以全年预算数。", document_id="a")
SECOND = clause("投标保证金不得超过采购项目预算金额的百分之二。", document_id="b")


class Slow(LocalEmbedder):
    """A stand-in for the model: makes vectors only once it may."""

    def __init__(self, *, may_work: bool = True) -> None:
        super().__init__({})
        self.may_work = Event()
        if may_work:
            self.may_work.set()
        self.prepared: set[str] = set()

    def prepare(self, texts: Sequence[str]) -> None:
        self.may_work.wait()
        self.prepared |= set(texts)

    def is_ready(self, texts: Sequence[str]) -> bool:
        return set(texts) <= self.prepared

    def forget(self) -> None:
        self.prepared.clear()


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[tuple[LibraryIndex, Slow]]:
    embedder = Slow(may_work=False)
    index = LibraryIndex(tmp_path, embedder, {})
    yield index, embedder
    embedder.may_work.set()
    index.close()


def found(index: LibraryIndex, query: str) -> list[str]:
    return [hit.clause.id for hit in index.search(query).hits]


def test_clauses_are_found_by_their_words_while_vectors_are_made(
    waiting: tuple[LibraryIndex, Slow],
) -> None:
    index, _ = waiting

    index.sync([FIRST])
    result = index.search("预算执行率")

    assert [hit.clause.id for hit in result.hits] == [FIRST.id]
    assert any("正在后台计算" in one for one in result.notices)


def test_once_made_the_vectors_are_used_and_nothing_is_said(
    waiting: tuple[LibraryIndex, Slow],
) -> None:
    index, embedder = waiting
    index.sync([FIRST, SECOND])

    embedder.may_work.set()
    index.finish()
    result = index.search("预算执行率")

    assert not result.notices
    assert "语义" in result.hits[0].by


def test_a_document_added_meanwhile_stays(waiting: tuple[LibraryIndex, Slow]) -> None:
    index, embedder = waiting
    index.sync([FIRST])
    embedder.may_work.set()

    index.sync([FIRST, SECOND])
    index.finish()

    assert found(index, "投标保证金") == [SECOND.id]
    assert not index.search("投标保证金").notices


def test_what_another_process_added_meanwhile_is_not_taken_back(
    waiting: tuple[LibraryIndex, Slow], tmp_path: Path
) -> None:
    index, embedder = waiting
    index.sync([FIRST])
    other = LibraryIndex(tmp_path, Slow(), {})
    other.sync([FIRST, SECOND])
    other.finish()

    embedder.may_work.set()
    index.finish()

    assert found(index, "投标保证金")[0] == SECOND.id
    other.close()


def test_vectors_kept_in_a_file_need_no_model(tmp_path: Path) -> None:
    texts = ["一般公共预算", "政府采购"]
    rows = np.eye(2, SentenceEmbedder.dimension, dtype=np.float32)
    write_kept(tmp_path / "kept.npz", texts, rows)

    embedder = SentenceEmbedder(tmp_path / "kept.npz")

    assert embedder.is_ready(texts)
    assert not embedder.is_ready(["没有见过的话"])
    np.testing.assert_allclose(embedder.embed(texts), rows)


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_a_missing_or_damaged_file_of_vectors_does_no_harm(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "kept.npz"
    if content is not None:
        path.write_bytes(content)

    assert not SentenceEmbedder(path).is_ready(["预算"])


def test_the_vectors_that_ship_are_those_of_the_shipped_digests_and_lexicon() -> None:
    """After a change of either: `make vectors`."""
    made = runpy.run_path(str(ROOT / "deploy" / "make_vectors.py"))
    embedder = SentenceEmbedder(VECTORS)

    missing = [one for one in made["shipped_texts"](Content(ROOT)) if not embedder.is_ready([one])]

    assert not missing, "请运行 make vectors"


class Kept(Slow):
    """A model that knows three directions."""

    def is_ready(self, texts: Sequence[str]) -> bool:
        return bool(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        kinds = ["废标", "验收", "公开"]
        return np.array([[float(kind in one) for kind in kinds] for one in texts], np.float32)


def test_a_term_is_meant_by_a_question_near_its_ways() -> None:
    lexicon = {"应予废标": ("招标作废",), "履约验收": ("收货检查",), "主动公开": ("晒出来",)}

    near = NearTerms(lexicon, Kept()).near(np.array([1, 0.2, 0], np.float32), "没人来投标怎么办")

    assert max(near, key=near.__getitem__) == "应予废标"


def test_gaps_of_a_way_are_left_out_of_its_text() -> None:
    assert term_text("报废", ("坏了…扔",)) == "报废：坏了扔"


def test_without_the_model_our_own_vectors_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ziping.retrieval.embedding.is_available", lambda: False)

    made: Embedder = offline_embedder({})

    assert isinstance(made, LocalEmbedder)
    assert as_slow(made) is None


@pytest.mark.skipif(not is_available(), reason="the model is for Linux on x86-64")
def test_the_model_finds_what_shares_no_word_with_the_question() -> None:
    embedder = SentenceEmbedder()
    texts = ["出纳人员不得兼任稽核、会计档案保管和账目的登记工作。", "开标应当公开进行。"]

    cosines = embedder.embed(texts) @ embedder.ask("管现金的人能不能顺手把账也记了")

    assert cosines[0] > cosines[1]
    np.testing.assert_allclose(np.linalg.norm(embedder.embed(["甲\0乙\ud800"]), axis=1), 1, 1e-3)


def test_a_document_without_vectors_yet_is_not_put_behind_those_with(
    waiting: tuple[LibraryIndex, Slow],
) -> None:
    index, embedder = waiting
    alike = clause("投标保证金应当按时退还，预算执行率应当及时公开。", document_id="c")
    embedder.may_work.set()
    index.sync([FIRST, alike])
    index.finish()
    embedder.may_work.clear()

    index.sync([FIRST, alike, SECOND])

    assert found(index, "投标保证金不得超过预算金额的百分之二")[0] == SECOND.id
