"""With CHROMA_URL the vectors are kept on a chromadb server, and its absence is survived."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.chroma_server import chroma_server
from tests.unit.library_clauses import clause, small_library

from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a chromadb server on loopback."""
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as address:
        yield address


def test_vectors_on_a_server_follow_the_clauses(server: str, tmp_path: Path) -> None:
    index = LibraryIndex(tmp_path, LocalEmbedder({}), {}, chroma_url=server)
    clauses = small_library()
    index.sync(clauses)
    first = index.search("采购文件保存")
    for number in range(3):
        index.sync([*clauses[number:], clause("新的一条。", document_id=f"new{number}")])
    last = index.search("新的一条")
    index.close()

    assert not first.notices
    assert "语义" in first.hits[0].by
    assert last.hits[0].clause.document_id == "new2"
    assert "语义" in last.hits[0].by
    assert not list(tmp_path.rglob("chroma.sqlite3"))


def test_two_libraries_share_a_server_without_mixing(server: str, tmp_path: Path) -> None:
    one = LibraryIndex(tmp_path / "one", LocalEmbedder({}), {}, chroma_url=server)
    two = LibraryIndex(tmp_path / "two", LocalEmbedder({}), {}, chroma_url=server)
    one.sync(small_library())
    two.sync([clause("采购文件另存。", document_id="only")])

    assert {hit.clause.document_id for hit in two.search("采购文件").hits} == {"only"}
    assert "语义" in one.search("采购文件").hits[0].by
    one.close()
    two.close()


def test_a_server_that_is_away_leaves_keywords_and_says_so(tmp_path: Path) -> None:
    index = LibraryIndex(tmp_path, LocalEmbedder({}), {}, chroma_url="http://127.0.0.1:9")
    report = index.sync(small_library())
    result = index.search("采购文件")
    index.close()

    assert any("CHROMA_URL" in one for one in report.notices)
    assert result.hits
    assert any("已只用关键词检索" in one for one in result.notices)
