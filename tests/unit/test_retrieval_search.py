"""What a search finds, in which order, and what it tells the reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.library_clauses import clause, small_library

from ziping.domain.library import LibraryFilter, Origin, SearchResult
from ziping.retrieval.embedding import LocalEmbedder
from ziping.retrieval.index import LibraryIndex

COLLOQUIAL = {
    "化整为零": ("拆单", "分…次买"),
    "保存": ("存多少年", "留几年"),
    "绩效评价": ("考核",),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    folder = tmp_path_factory.mktemp("index")
    made = LibraryIndex(folder, LocalEmbedder(COLLOQUIAL), COLLOQUIAL)
    made.sync(small_library())
    yield made
    made.close()


def ids(result: SearchResult) -> list[str]:
    return [hit.clause.id for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("财预10号第十六条", "caiyu#第十六条"),
        ("财预[2020]10号 18条", "caiyu#第十八条"),
        ("预算法57条", "yusuan#第五十七条"),
        ("预算法第十三条", "yusuan#第十三条"),
        ("政采法42条", "caigou#第四十二条"),
    ],
)
def test_a_named_article_comes_first_and_says_why(
    index: LibraryIndex, query: str, first: str
) -> None:
    hit = index.search(query).hits[0]

    assert first == hit.clause.id
    assert "文号条款" in hit.by


def test_a_named_article_that_is_missing_is_told(index: LibraryIndex) -> None:
    result = index.search("预算法第二百条")

    assert any("库里没有预算法第二百条" in one for one in result.notices)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("能不能拆单", "caigou#第二十八条"),
        ("分了三次买电脑", "caigou#第二十八条"),
        ("资料要留几年", "caigou#第四十二条"),
        ("要不要考核", "yusuan#第五十七条"),
    ],
)
def test_a_colloquial_question_finds_the_official_term(
    index: LibraryIndex, query: str, first: str
) -> None:
    assert first == ids(index.search(query))[0]


@pytest.mark.parametrize("query", ["采购文件宝存", "采够文件保存", "采购文件保从几年"])
def test_a_typo_still_finds_the_clause(index: LibraryIndex, query: str) -> None:
    assert ids(index.search(query))[0] == "caigou#第四十二条"


def test_a_province_counts_when_the_query_names_it(index: LibraryIndex) -> None:
    assert ids(index.search("湖北一级指标的分值"))[0] == "hubei#分值结构"

    found = ids(index.search("一级指标的分值"))
    assert found.index("caiyu#第十三条") < found.index("hubei#分值结构")


def test_repealed_documents_are_found_only_when_asked_for(index: LibraryIndex) -> None:
    query = "定量指标按完成比例计分"

    assert "old#第五条" not in ids(index.search(query))
    assert ids(index.search(query, where=LibraryFilter(statuses=("已废止",)))) == ["old#第五条"]


def test_filters_leave_out_other_places_later_documents_and_other_origins(
    index: LibraryIndex,
) -> None:
    query = "一级指标的分值"
    hunan = ids(index.search(query, where=LibraryFilter(jurisdictions=("湖南",))))
    early = ids(index.search(query, where=LibraryFilter(in_force_on="2019-12-31")))
    originals = index.search(query, where=LibraryFilter(origins=(Origin.ORIGINAL,)))

    assert "hubei#分值结构" not in hunan
    assert {"xiang#分值分配", "caiyu#第十三条"} <= set(hunan)
    assert not early
    assert not originals.hits
    assert any("没有找到" in one for one in originals.notices)


@pytest.mark.parametrize("query", ["", "   ", "？？", "\n", "……"])
def test_an_empty_query_finds_nothing_and_says_so(index: LibraryIndex, query: str) -> None:
    result = index.search(query)

    assert not result.hits
    assert result.notices == ("请输入要查的问题、关键词或文号",)


def test_nothing_is_returned_as_if_found(index: LibraryIndex) -> None:
    result = index.search("xyzzy qwerty")

    assert not result.hits
    assert any("没有找到" in one for one in result.notices)


def test_the_words_found_are_marked_as_the_clause_writes_them(index: LibraryIndex) -> None:
    hit = index.search("采购文件至少留几年").hits[0]

    assert {"采购文件", "至少", "保存"} <= set(hit.marks)
    assert all(mark in hit.clause.text for mark in hit.marks)


def test_no_more_than_k_hits_best_first(index: LibraryIndex) -> None:
    hits = index.search("指标分值", k=2).hits

    assert len(hits) == 2
    assert hits[0].score >= hits[1].score
    assert not index.search("指标分值", k=0).hits


def test_a_recorded_question_leads_to_its_clause(index: LibraryIndex) -> None:
    assert ids(index.search("湖南三级指标分值谁来定"))[0] == "xiang#分值分配"


def test_a_pasted_page_is_cut_and_says_so(index: LibraryIndex) -> None:
    result = index.search("采购文件保存" * 200)

    assert result.hits[0].clause.id == "caigou#第四十二条"
    assert any("只用了前" in one for one in result.notices)


def test_before_the_first_sync_a_search_says_that_there_is_no_index(tmp_path: Path) -> None:
    result = LibraryIndex(tmp_path / "none", LocalEmbedder({}), {}).search("预算")

    assert not result.hits
    assert any("还没有建立索引" in one for one in result.notices)


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_can_be_asked(index: LibraryIndex, query: str) -> None:
    result = index.search(query)

    assert len(result.hits) <= 10


@pytest.mark.parametrize(
    "query", ["\ud800", "\x00预算", "预算\ud83d", "(" * 300, "第条号办法", "𠀀𠀁"]
)
def test_odd_characters_are_no_error(index: LibraryIndex, query: str) -> None:
    index.search(query)


def test_odd_clauses_are_no_error(tmp_path: Path) -> None:
    made = LibraryIndex(tmp_path, LocalEmbedder({}), {})
    made.sync([clause(""), clause("<script>alert(1)</script>\x00 ", article="第二条")])

    assert ids(made.search("script")) == ["banfa#第二条"]
    made.close()


def test_originals_are_not_crowded_out_by_digests_with_many_questions(tmp_path: Path) -> None:
    asked = "中标的人把整个工程转给另外一家合适吗"
    ways = ("中标的人多久签合同", "整个工程超预算合适吗", "转给另外一个科室", "另外一家能评吗")
    digests = [
        clause(
            text="资金应当按规定管理。",
            document_id=f"digest{number}",
            questions=ways if number == 1 else (ways[number % 4], ways[number // 4]),
        )
        for number in range(1, 9)
    ]
    original = clause(text="中标人不得向他人转让中标项目。", document_id="original")
    index = LibraryIndex(tmp_path, LocalEmbedder({}), {})
    index.sync([*digests, original])

    assert original.id in ids(index.search(asked, k=5))
    index.close()
