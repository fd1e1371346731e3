"""With CHROMA_URL the vectors are kept on a chromadb server, and its absence is survived."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.unit.library_clauses import clause, small_library

from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a chromadb server on loopback and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("chroma"))
    folder = tmp_path_factory.mktemp("chroma-server")
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{address}/api/v2/heartbeat", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the chromadb server did not start")


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
