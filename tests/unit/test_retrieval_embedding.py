"""Vectors of our own, and those of an endpoint that may be slow, down or wrong."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.library_clauses import clause, small_library

from ziping.retrieval.embedding import EndpointEmbedder, LocalEmbedder
from ziping.retrieval.embedding_error import EmbeddingError
from ziping.retrieval.index import LibraryIndex

LEXICON = {"结转结余": ("没花完的钱", "剩…钱")}
FALLEN_BACK = "已只用关键词检索"
HANG_S = 20
"""Far more than a busy machine needs, far less than the server would keep one waiting."""


class ScriptedServer(ThreadingHTTPServer):
    """An /embeddings address on loopback that answers as a test tells it to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "good"
        self.dimension = 8
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.released = Event()

    @property
    def address(self) -> str:
        """The address as a user would set it."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answer(self, texts: list[str]) -> object:
        """Return the body for some texts."""
        rows = [[1.0 + text.count(one) for one in "的预采绩分购一十"] for text in texts]
        rows = [[*row, *([0.5] * self.dimension)][: self.dimension] for row in rows]
        if self.mode == "nan":
            rows[0][0] = float("nan")
        if self.mode == "huge":
            rows[0][0] = float("inf")
        if self.mode == "zero":
            rows[0] = [0.0] * self.dimension
        if self.mode == "few":
            rows = rows[:-1]
        if self.mode == "ragged":
            rows[0] = rows[0][:-1]
        if self.mode == "words":
            return {"data": [{"embedding": "many", "index": 0}]}
        if self.mode == "shape":
            return ["no", "object"]
        data = [{"index": at, "embedding": row} for at, row in enumerate(rows)]
        return {"data": data[::-1], "object": "list"}


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers["Authorization"])
        mode = self.server.mode
        if mode == "slow":
            self.server.released.wait(4 * HANG_S)
        content = (
            b"<html>" if mode == "html" else json.dumps(self.server.answer(body["input"])).encode()
        )
        self.send_response(500 if mode == "broken" else 200)
        self.send_header("Content-Length", str(len(content) + (1 if mode == "cut" else 0)))
        self.end_headers()
        if mode == "drip":
            for at in range(len(content)):
                if self.server.released.wait(0.05):
                    return
                self.wfile.write(content[at : at + 1])
            return
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.released.set()
        made.shutdown()
        thread.join()


@pytest.fixture
def embedder(server: ScriptedServer) -> Iterator[EndpointEmbedder]:
    made = EndpointEmbedder(server.address, "secret", "bge", timeout=0.4)
    yield made
    made.close()


@pytest.fixture
def index(tmp_path: Path, embedder: EndpointEmbedder) -> Iterator[LibraryIndex]:
    made = LibraryIndex(tmp_path, embedder, {})
    yield made
    made.close()


# ---- our own -----------------------------------------------------------------------------------


def test_local_vectors_are_the_same_each_time_and_of_unit_length() -> None:
    texts = ["预算绩效评价", "采购文件保存", "", "！？"]
    first, second = LocalEmbedder(LEXICON).embed(texts), LocalEmbedder(LEXICON).embed(texts)

    assert np.array_equal(first, second)
    assert first.shape == (4, LocalEmbedder(LEXICON).dimension)
    assert np.allclose(np.linalg.norm(first, axis=1), [1, 1, 0, 0])


def test_a_colloquial_question_is_nearer_to_the_official_term_than_to_anything_else() -> None:
    asked, right, wrong = LocalEmbedder(LEXICON).embed(
        ["没花完的钱怎么办", "结转结余资金按规定处理", "采购文件至少保存十五年"]
    )

    assert asked @ right > 0.1 > asked @ wrong


def test_another_lexicon_makes_vectors_of_another_name() -> None:
    assert LocalEmbedder(LEXICON).name != LocalEmbedder({}).name


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_has_a_local_vector(texts: list[str]) -> None:
    found = LocalEmbedder(LEXICON).embed(texts)

    assert found.shape[0] == len(texts)
    assert np.isfinite(found).all()


# ---- an endpoint -------------------------------------------------------------------------------


def test_an_endpoint_is_asked_in_batches_with_the_key_and_answers_in_any_order(
    server: ScriptedServer, embedder: EndpointEmbedder
) -> None:
    texts = ["预", *(["的"] * 39)]
    found = embedder.embed(texts)

    assert found.shape == (40, 8)
    assert found[0][1] > found[0][0]
    assert [len(one["input"]) for one in server.requests] == [32, 8]
    assert {one["model"] for one in server.requests} == {"bge"}
    assert set(server.keys) == {"Bearer secret"}
    assert embedder.dimension == 8


def test_vectors_of_an_endpoint_take_part_in_the_search(index: LibraryIndex) -> None:
    report = index.sync(small_library())
    result = index.search("采购文件")

    assert not report.notices
    assert not result.notices
    assert "语义" in result.hits[0].by


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("slow", "没有回答"),
        ("drip", "没有答完"),
        ("broken", "返回错误 500"),
        ("nan", "无效数值"),
        ("huge", "无效数值"),
        ("zero", "无效数值"),
        ("few", "实际返回"),
        ("words", "看不懂"),
        ("shape", "看不懂"),
        ("html", "看不懂"),
        ("cut", "连接不上"),
    ],
)
def test_an_endpoint_that_fails_leaves_keywords_and_says_so(
    server: ScriptedServer, index: LibraryIndex, mode: str, reason: str
) -> None:
    index.sync(small_library())
    server.mode = mode
    started = time.perf_counter()
    result = index.search("采购文件保存几年")

    assert result.hits[0].clause.id == "caigou#第四十二条"
    assert any(reason in one and FALLEN_BACK in one for one in result.notices)
    assert time.perf_counter() - started < HANG_S


def test_after_a_failure_the_endpoint_is_left_alone_for_a_while(server: ScriptedServer) -> None:
    now = [0.0]
    embedder = EndpointEmbedder(server.address, "", "bge", timeout=0.4, clock=lambda: now[0])
    server.mode = "broken"
    for _ in range(3):
        with pytest.raises(EmbeddingError, match="500"):
            embedder.embed(["预算"])
    asked = len(server.requests)
    server.mode, now[0] = "good", 60.0
    embedder.embed(["预算"])
    embedder.close()

    assert asked == 1
    assert len(server.requests) == 2


def test_a_changed_dimension_leaves_keywords_until_the_index_is_made_anew(
    server: ScriptedServer, index: LibraryIndex
) -> None:
    index.sync(small_library())
    server.dimension = 6
    result = index.search("采购文件")
    more = [*small_library(), clause("新的一条。", document_id="new")]
    report = index.sync(more)

    assert result.hits
    assert any("维数由 8 变为 6" in one and "重建索引" in one for one in result.notices)
    assert not report.notices
    assert not index.search("保存采购文件").notices
    assert "语义" in index.search("保存采购文件").hits[0].by


def test_vectors_that_differ_in_length_within_an_answer_are_refused(
    server: ScriptedServer, embedder: EndpointEmbedder
) -> None:
    server.mode = "ragged"

    with pytest.raises(EmbeddingError, match="看不懂"):
        embedder.embed(["预算", "决算"])


def test_an_address_where_nobody_listens_is_told(tmp_path: Path) -> None:
    embedder = EndpointEmbedder("http://127.0.0.1:9/v1", "", "bge", timeout=0.4)
    index = LibraryIndex(tmp_path, embedder, {})
    report = index.sync(small_library())
    result = index.search("采购文件")
    index.close()
    embedder.close()

    assert any("连接不上" in one for one in report.notices)
    assert result.hits
    assert any(FALLEN_BACK in one for one in result.notices)


@pytest.mark.parametrize(
    "address", ["", "not an address", "ftp://127.0.0.1", "http://[::", "\ud800"]
)
def test_a_wrong_address_is_no_crash(address: str) -> None:
    with pytest.raises(EmbeddingError):
        EndpointEmbedder(address, "", "bge", timeout=0.2).embed(["预算"])


def test_vectors_that_could_not_be_had_are_made_up_for_later(
    server: ScriptedServer, tmp_path: Path
) -> None:
    now = [0.0]
    embedder = EndpointEmbedder(server.address, "", "bge", timeout=0.4, clock=lambda: now[0])
    index = LibraryIndex(tmp_path, embedder, {})
    index.sync(small_library())
    server.mode = "broken"
    more = [*small_library(), clause("新的一条。", document_id="new")]
    failed = index.sync(more)
    gap = index.search("新的一条")
    server.mode, now[0] = "good", 60.0
    partly = index.search("采购文件")
    made_up = index.sync(more)
    whole = index.search("采购文件")
    index.close()
    embedder.close()

    assert any("会在下次更新时补上" in one for one in failed.notices)
    assert gap.hits[0].clause.document_id == "new"
    assert any("有 1 份文件还没有向量" in one for one in partly.notices)
    assert not made_up.notices
    assert not whole.notices


def test_another_model_is_not_searched_with_old_vectors(
    server: ScriptedServer, tmp_path: Path, index: LibraryIndex
) -> None:
    index.sync(small_library())
    other = LibraryIndex(tmp_path, LocalEmbedder({}), {})
    before = other.search("采购文件")
    other.sync(small_library())
    after = other.search("采购文件")
    other.close()

    assert any("向量模型已更换" in one for one in before.notices)
    assert before.hits
    assert not after.notices
    assert server.requests
