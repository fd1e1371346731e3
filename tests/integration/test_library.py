"""The library end to end: originals are added, found, compared, replaced and removed."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.unit.policy_papers import ARTICLES, REGULATION, pdf_file, text_file, word_file

from ziping.bootstrap import open_library, open_workspace
from ziping.config import load_settings
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.library import LibraryFilter, Origin, Original
from ziping.domain.rules import Certainty
from ziping.services import comparing, originals, rule_bases
from ziping.services import library as use
from ziping.services.library import Library

DIGESTED = (
    "项目支出绩效评价管理办法",
    "财预〔2020〕10号",
    "第一条 为了规范项目支出绩效评价，制定本办法。",
    "第二条 绩效评价按照经济性、效率性、效益性和公平性进行。",
    "第六条 评价依据包括法律法规和绩效目标。",
)
"""A made-up text under the 文号 of a document that we have a digest of."""


@pytest.fixture
def library(ziping_home: Path, database_url: str) -> Iterator[Library]:
    """Return the library of an empty data folder."""
    settings = load_settings()
    workspace = open_workspace(settings, lambda: datetime(2024, 3, 1, 8, tzinfo=UTC))
    opened = open_library(workspace, settings)
    yield opened
    opened.close()
    workspace.database.close()


def add(library: Library, data: bytes, name: str, **corrected: str) -> Original:
    preview = originals.preview_original(library.workspace, data, name)
    return originals.add_original(library, preview, replace(preview.details, **corrected))


def found(library: Library, query: str, **where: object) -> list[str]:
    result = use.search(library, query, 5, LibraryFilter.model_validate(where))
    return [hit.clause.id for hit in result.hits]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (text_file(encoding="gb18030"), "办法.txt"),
        (text_file(), "办法.md"),
        (word_file(), "办法.docx"),
        (pdf_file([REGULATION[:6], REGULATION[6:]]), "办法.pdf"),
    ],
)
def test_an_original_is_found_by_its_words_at_once(
    library: Library, data: bytes, name: str
) -> None:
    one = add(library, data, name)

    assert one.clause_count == len(ARTICLES)
    assert found(library, "各单位三月底前完成自评")[0] == f"{one.id}#第三条"


def test_a_digest_is_found_with_how_surely_it_is_known(library: Library) -> None:
    result = use.search(library, "财预〔2020〕10号第十六条", 3)

    assert result.hits[0].clause.id == "caiyu-2020-10#第十六条"
    assert result.hits[0].clause.origin is Origin.DIGEST


def test_the_same_file_is_refused_by_the_name_of_the_one_that_is_there(library: Library) -> None:
    add(library, text_file(), "办法.txt")

    with pytest.raises(
        InputError, match=r"《某某市财政项目管理办法》（某财绩〔2022〕15号），编号 o1"
    ):
        originals.preview_original(library.workspace, text_file(), "换个名字.txt")


def test_a_new_version_is_recognised_and_the_old_one_leaves_the_search(library: Library) -> None:
    old = add(library, text_file(), "办法.txt")
    newer = text_file([*REGULATION[:-1], "第五条 新增一条：报告在四月底前公开。"])
    preview = originals.preview_original(library.workspace, newer, "办法（新）.txt")

    assert [one.id for one in preview.older] == [old.id]

    one = originals.add_original(library, preview, preview.details, repeal=[old.id])

    assert originals.get_original(library.workspace, old.id).status == "已废止"
    hits = found(library, "各单位三月底前完成自评")
    assert f"{one.id}#第三条" in hits
    assert f"{old.id}#第三条" not in hits
    assert f"{old.id}#第三条" in found(library, "各单位三月底前完成自评", statuses=["已废止"])


def test_both_versions_may_stay(library: Library) -> None:
    old = add(library, text_file(), "办法.txt")
    add(library, word_file(), "办法.docx")

    assert originals.get_original(library.workspace, old.id).status == "现行"


def test_a_removed_original_is_found_no_more_and_its_id_is_not_used_again(
    library: Library,
) -> None:
    one = add(library, text_file(), "办法.txt")
    originals.remove_original(library, one.id)

    assert not [hit for hit in found(library, "各单位三月底前完成自评") if hit.startswith("o")]
    with pytest.raises(NotFoundError):
        originals.get_original(library.workspace, one.id)
    assert add(library, text_file(), "办法.txt").id != one.id


@pytest.mark.parametrize("original_id", ["o99", "x", "", "o", "o1; drop", "o²", "../o1"])
def test_an_id_that_names_nothing_is_told(library: Library, original_id: str) -> None:
    with pytest.raises(NotFoundError, match="没有编号为"):
        originals.remove_original(library, original_id)


@pytest.mark.parametrize(
    ("corrected", "told"),
    [
        ({"title": " "}, "标题是空的"),
        ({"title": "长" * 201}, "标题超过 200 字"),
        ({"date": "2020年2月"}, "日期写的是“2020年2月”"),
        ({"status": "可能有效"}, "状态不能写“可能有效”"),
    ],
)
def test_wrong_details_are_refused_by_name(
    library: Library, corrected: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        add(library, text_file(), "办法.txt", **corrected)
    assert use.list_originals(library.workspace) == ()


def test_script_in_names_and_titles_is_only_text(library: Library) -> None:
    one = add(library, text_file(), "<script>x.txt", title="<img src=x>办法")

    assert one.title == "<img src=x>办法"
    assert "<" in one.file_name


def test_an_original_stands_beside_the_digest_of_its_number(library: Library) -> None:
    one = add(library, text_file(DIGESTED), "办法.txt")
    compared = comparing.compare_with_digest(library.workspace, one.id)

    assert compared.digest.id == "caiyu-2020-10"
    first = compared.rows[0]
    assert first.original is not None
    assert (first.digest.article, first.original.article) == ("第一条", "第一条")
    absent = next(row for row in compared.rows if row.digest.article == "第十六条")
    assert absent.original is None


def test_a_verified_digest_counts_as_seen_until_that_is_withdrawn(library: Library) -> None:
    one = add(library, text_file(DIGESTED), "办法.txt")
    query = "财预〔2020〕10号第六条"

    def certainty() -> Certainty:
        hits = use.search(library, query, 3, LibraryFilter(origins=(Origin.DIGEST,))).hits
        return next(hit.clause.certainty for hit in hits if hit.clause.article == "第六条")

    before = certainty()
    check = comparing.mark_verified(library.workspace, one.id, "逐条看过")
    during = certainty()
    listed = use.find_document(library.workspace, "caiyu-2020-10")
    unmet = use.document_clauses(library.workspace, "caiyu-2020-10")[-1]
    comparing.withdraw_verification(library.workspace, one.id)

    assert (before, during, certainty()) == (
        Certainty.FROM_MEMORY,
        Certainty.SEEN,
        Certainty.FROM_MEMORY,
    )
    assert (check.by, check.at[:10]) == ("本机用户", "2024-03-01")
    assert listed.certainty == "已核对 3/36 条"
    assert unmet.certainty is not Certainty.SEEN


def test_figures_that_the_original_does_not_have_are_pointed_out() -> None:
    assert comparing.missing_figures(
        "低于80%的要说明，三十日内，30天", "低于百分之六十的，三十日"
    ) == ("80",)


def test_an_original_without_a_digest_says_so(library: Library) -> None:
    one = add(library, text_file(), "办法.txt")

    with pytest.raises(InputError, match="没有《某某市财政项目管理办法》的转述"):
        comparing.compare_with_digest(library.workspace, one.id)


def test_nothing_found_is_said_and_nothing_is_made_up(library: Library) -> None:
    result = use.search(library, "＠＃￥％", 5)

    assert result.hits == ()
    assert any("没有检索到" in notice for notice in result.notices)


def test_hits_without_any_word_asked_for_are_told_to_be_only_alike(library: Library) -> None:
    result = use.search(library, "zzqqxx wwvv", 5)

    assert not any(hit.marks for hit in result.hits)
    assert any("没有检索到" in one or "只是相近的内容" in one for one in result.notices)


def test_an_empty_question_is_refused(library: Library) -> None:
    with pytest.raises(InputError, match="没有输入要查的内容"):
        use.search(library, " \n ", 5)


def test_another_process_sees_what_was_added(library: Library) -> None:
    found(library, "自评")
    settings = load_settings()
    workspace = open_workspace(settings)
    other = open_library(workspace, settings)
    one = add(other, text_file(), "办法.txt")
    other.close()
    workspace.database.close()

    assert found(library, "各单位三月底前完成自评")[0] == f"{one.id}#第三条"


def test_a_rebuilt_index_finds_the_same(library: Library) -> None:
    add(library, text_file(), "办法.txt")
    before = found(library, "绩效自评由谁来做")
    count, _ = use.rebuild(library)

    assert count == len(use.library_clauses(library.workspace))
    assert found(library, "绩效自评由谁来做") == before


def test_every_clause_a_rule_set_names_is_in_the_library(library: Library) -> None:
    known = {clause.id for clause in use.library_clauses(library.workspace)}
    named = {
        one.basis.clause
        for rule_set in library.workspace.content.rule_sets()
        for one in rule_bases.bases_of(rule_set)
    }

    assert named
    assert named <= known


def test_indexing_and_searching_open_no_socket(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    add(library, text_file(), "办法.txt")
    found(library, "执行率偏低要不要写原因")

    assert opened == []


def test_the_key_of_an_endpoint_is_never_shown() -> None:
    settings = load_settings(
        {
            "OPENAI_EMBEDDING_BASE_URL": "http://127.0.0.1:1/v1",
            "OPENAI_EMBEDDING_API_KEY": "sk-secret",
            "OPENAI_EMBEDDING_MODEL": "m",
        }
    )

    assert settings.embedding.is_set
    assert settings.embedding.api_key == "sk-secret"
    assert "sk-secret" not in repr(settings)


def test_an_article_and_its_digest_are_one_hit_led_by_the_original(library: Library) -> None:
    one = add(library, text_file(DIGESTED), "办法.txt")

    hits = use.search(library, "财预10号第一条").hits

    assert hits[0].clause.document_id == one.id
    assert hits[0].same is not None
    assert hits[0].same.id == "caiyu-2020-10#第一条"
    assert hits[0].same.id not in {hit.clause.id for hit in hits}
