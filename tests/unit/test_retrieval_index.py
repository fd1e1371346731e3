"""The index follows the clauses document by document, and survives what interrupts it."""

import json
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.library_clauses import clause, small_library

from ziping.domain.library import LibraryClause
from ziping.retrieval import building, vector_building
from ziping.retrieval.embedding import LocalEmbedder, Vectors
from ziping.retrieval.index import LibraryIndex

QUERIES = ("一级指标的分值", "采购文件保存", "预算法57条", "绩效评价", "十五年")
CLAUSES = small_library()
DOCUMENTS = sorted({one.document_id for one in CLAUSES})


class CountingEmbedder(LocalEmbedder):
    """The local embedder, counting what it is asked for."""

    def __init__(self) -> None:
        super().__init__({})
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return super().embed(texts)


def opened(folder: Path, *, with_vectors: bool = True) -> LibraryIndex:
    return LibraryIndex(folder, LocalEmbedder({}), {}, with_vectors=with_vectors)


def answers(index: LibraryIndex) -> list[list[tuple[str, float]]]:
    return [
        [(hit.clause.id, round(hit.score, 4)) for hit in index.search(query).hits]
        for query in QUERIES
    ]


def of(names: set[str], suffix: str = "") -> list[LibraryClause]:
    return [
        one.model_copy(update={"text": one.text + suffix})
        for one in CLAUSES
        if one.document_id in names
    ]


def test_syncing_twice_changes_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path)
    first = index.sync(CLAUSES)
    files = sorted(tmp_path.rglob("*"))
    second = index.sync(CLAUSES)

    assert set(DOCUMENTS) == set(first.added)
    assert (first.generation, (), (), ()) == (
        second.generation,
        second.added,
        second.changed,
        second.removed,
    )
    assert files == sorted(tmp_path.rglob("*"))
    index.close()


def test_only_documents_that_differ_are_indexed_again(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    index = LibraryIndex(tmp_path, embedder, {})
    index.sync(CLAUSES)
    embedder.texts = 0
    segments = set((tmp_path / "segments").iterdir())
    changed = [*of(set(DOCUMENTS) - {"caigou", "old"}), *of({"caigou"}, "另行规定。")]
    report = index.sync([*changed, clause("新的一条。", document_id="new")])

    assert (report.added, report.changed, report.removed) == (("new",), ("caigou",), ("old",))
    assert embedder.texts == 3
    assert segments < set((tmp_path / "segments").iterdir())
    assert index.search("化整为零").hits[0].clause.id == "caigou#第二十八条"
    assert "另行规定" in index.search("化整为零").hits[0].clause.text
    assert index.search("新的一条").hits
    index.close()


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(DOCUMENTS)), st.sampled_from(["", "补充。"])),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_way_of_adding_and_removing_ends_as_building_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[str], str]]
) -> None:
    grown = opened(tmp_path_factory.mktemp("grown"), with_vectors=False)
    for names, suffix in steps:
        grown.sync(of(names, suffix))
    fresh = opened(tmp_path_factory.mktemp("fresh"), with_vectors=False)
    fresh.sync(of(*steps[-1]))

    assert answers(fresh) == answers(grown)


def test_vectors_too_end_as_building_from_scratch(tmp_path: Path) -> None:
    grown = opened(tmp_path / "grown")
    for names in ({"caiyu"}, {"caiyu", "old", "hubei"}, set(DOCUMENTS) - {"old"}):
        grown.sync(of(names))
    fresh = opened(tmp_path / "fresh")
    fresh.sync(of(set(DOCUMENTS) - {"old"}))

    assert answers(fresh) == answers(grown)
    assert any("语义" in hit.by for hit in fresh.search("绩效评价").hits)
    grown.close()
    fresh.close()


def test_many_small_additions_are_merged(tmp_path: Path) -> None:
    index = opened(tmp_path, with_vectors=False)
    added: list[LibraryClause] = []
    for number in range(30):
        added.append(clause(f"第{number}号文件的内容。", document_id=f"d{number}"))
        index.sync(added)
    fresh = opened(tmp_path / "fresh", with_vectors=False)
    fresh.sync(added)

    assert len(list((tmp_path / "segments").iterdir())) < 20
    assert answers(fresh) == answers(index)
    assert index.search("7号文件").hits[0].clause.document_id == "d7"


@pytest.mark.parametrize(
    ("room", "step"),
    [
        (building, "write_segment"),
        (vector_building, "copy_store"),
        (vector_building, "VectorStore"),
    ],
)
def test_an_interrupted_sync_leaves_the_old_index_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: ModuleType, step: str
) -> None:
    index = opened(tmp_path)
    index.sync(CLAUSES)
    before = answers(index)
    generation = index.generation

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    more = [*CLAUSES, clause("新的一条。", document_id="new")]
    with monkeypatch.context() as patch:
        patch.setattr(room, step, stop)
        with pytest.raises(KeyboardInterrupt):
            index.sync(more)

    assert (generation, before) == (index.generation, answers(index))
    assert index.sync(more).added == ("new",)
    assert index.search("新的一条").hits
    index.close()


def test_a_half_written_generation_is_ignored_and_cleaned_up(tmp_path: Path) -> None:
    index = opened(tmp_path, with_vectors=False)
    index.sync(CLAUSES)
    torn = tmp_path / "generations" / "000002-dead"
    torn.mkdir()
    (torn / "manifest.json").write_text('{"format": 1, "gener', encoding="utf-8")
    (tmp_path / "segments" / "half").mkdir()

    assert index.search("绩效评价").hits
    index.sync(CLAUSES[:-1])
    assert not torn.exists()
    assert not (tmp_path / "segments" / "half").exists()


@pytest.mark.parametrize("damage", ["pointer", "manifest", "version", "segment", "array"])
def test_a_damaged_index_is_told_and_made_anew(tmp_path: Path, damage: str) -> None:
    opened(tmp_path, with_vectors=False).sync(CLAUSES)
    pointer = tmp_path / "current"
    manifest = tmp_path / "generations" / pointer.read_text("utf-8") / "manifest.json"
    segment = next((tmp_path / "segments").iterdir())
    if damage == "pointer":
        pointer.write_text("../../outside", encoding="utf-8")
    elif damage == "manifest":
        manifest.write_bytes(b"\xff\xfe")
    elif damage == "version":
        data = json.loads(manifest.read_text("utf-8")) | {"format": 99}
        manifest.write_text(json.dumps(data), encoding="utf-8")
    elif damage == "segment":
        shutil.rmtree(segment)
    else:
        (segment / "rows.npy").write_bytes(b"torn")
    index = opened(tmp_path, with_vectors=False)

    assert any("还没有建立索引" in one for one in index.search("绩效评价").notices)
    index.sync(CLAUSES)
    assert index.search("绩效评价").hits


def test_damaged_vectors_fall_back_to_keywords_and_say_so(tmp_path: Path) -> None:
    opened(tmp_path).sync(CLAUSES)
    for file in (tmp_path / "generations").rglob("chroma.sqlite3"):
        file.write_bytes(b"no database at all" * 100)
    index = opened(tmp_path)
    result = index.search("绩效评价")

    assert result.hits
    assert any("已只用关键词检索" in one and "重建索引" in one for one in result.notices)
    report = index.sync([*CLAUSES, clause("新的一条。", document_id="new")])
    assert not report.notices
    assert not index.search("绩效评价").notices
    index.close()


def test_several_readers_follow_a_writer(tmp_path: Path) -> None:
    writer, reader = opened(tmp_path, with_vectors=False), opened(tmp_path, with_vectors=False)
    writer.sync(CLAUSES)
    assert reader.search("绩效评价").hits
    for number in range(4):
        writer.sync([*CLAUSES, clause("新的一条。", document_id=f"new{number}")])
        assert f"new{number}" == reader.search("新的一条").hits[0].clause.document_id
    assert writer.generation == reader.generation


def test_an_empty_library_is_no_error(tmp_path: Path) -> None:
    index = opened(tmp_path)
    index.sync([])
    assert not index.search("预算").hits
    index.sync(CLAUSES)
    index.sync([])

    assert not index.search("预算").hits
    index.close()


def test_no_socket_is_opened_without_an_endpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    index = opened(tmp_path)
    index.sync(CLAUSES)

    assert any("语义" in hit.by for hit in index.search("绩效评价").hits)
    index.close()
