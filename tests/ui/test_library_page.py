"""知识库: what a policy officer and a member of staff see and can do there."""

from typing import Any

import pytest
from tests.ui.app_driver import App
from tests.unit.policy_papers import REGULATION, pdf_file, text_file

from ziping.domain.library import Hit, LibraryClause, Origin
from ziping.domain.rules import Certainty
from ziping.services.library import list_originals
from ziping.ui import resources
from ziping.ui.components.library_html import clause_html, excerpt, hit_html, marked

DIGESTED = ("中华人民共和国审计法", "第一条 甲。", "第四条 审计工作报告要报告绩效情况。")
VIEWS = ("检索", "文件", "添加原文", "核对转述", "规则依据")


def clause(**changed: object) -> LibraryClause:
    stated = {
        "id": "o1#第一条",
        "document_id": "o1",
        "document": "某某办法",
        "number": "某财〔2022〕1号",
        "article": "第一条",
        "text": "执行率低于要求的要说明原因。",
        "status": "现行",
        "jurisdiction": "全国",
        "certainty": Certainty.FROM_MEMORY,
        "origin": Origin.DIGEST,
    }
    return LibraryClause.model_validate(stated | changed)


def show(app: App, view: str) -> None:
    next(one for one in app.run.segmented_control if one.key == "library-view").set_value(
        view
    ).run()


def upload(app: App, data: bytes, name: str) -> None:
    show(app, "添加原文")
    app.run.file_uploader[0].upload(name, data, "text/plain").run()


def html(app: App) -> str:
    blocks: list[Any] = list(app.run.get("html"))
    return "".join(str(one.value) for one in blocks)


def press(app: App, label: str) -> None:
    app.press(label)
    assert not app.run.exception


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_in_an_empty_library(app: App, view: str) -> None:
    app.go("library")
    show(app, view)

    assert not app.run.exception
    assert "知识库" in app.text()


def test_a_question_shows_clauses_with_status_and_certainty(app: App) -> None:
    app.go("library")
    app.enter("检索", "执行率低要不要写原因")

    assert not app.run.exception
    assert "项目支出绩效评价管理办法" in app.text()
    assert "现行" in app.text()
    assert "转述" in app.text()
    assert "<mark>" in html(app)


def test_an_example_question_asks_itself(app: App) -> None:
    app.go("library")
    example = next(one for one in app.run.button if str(one.key).startswith("library-example"))
    example.click().run()

    assert app.value("检索") == example.label
    assert not app.run.exception


def test_a_question_without_answer_says_so(app: App) -> None:
    app.go("library")
    app.enter("检索", "＠＃￥％")

    assert "没有检索到相关条款" in app.text()


def test_script_in_a_question_or_a_document_is_shown_as_text(app: App) -> None:
    app.go("library")
    app.enter("检索", "<script>alert(1)</script>执行率")

    assert not app.run.exception
    assert "<script>alert" not in html(app)


def test_a_hit_opens_its_whole_document(app: App) -> None:
    app.go("library")
    app.enter("检索", "财预〔2020〕10号第十六条")
    press(app, "看整份文件")

    assert "以下是全文" in app.text()
    assert "第三十六条" in app.text() or "附件2" in app.text()


def test_an_upload_is_shown_for_correction_before_it_is_added(app: App) -> None:
    app.go("library")
    upload(app, text_file(), "办法.txt")

    assert "拆出 5 条" in app.text()
    assert app.value("文号") == "某财绩〔2022〕15号"
    assert list_originals(resources.workspace()) == ()

    app.enter("标题", "某某市项目管理办法")
    press(app, "核对无误，加入知识库")
    [added] = list_originals(resources.workspace())

    assert added.title == "某某市项目管理办法"
    assert "编号 o1" in app.text()


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "空.txt", "文件是空的"),
        (b"%PDF-1.4 torn", "坏.pdf", "文件已损坏"),
        (pdf_file([[], []]), "扫描.pdf", "没有可以提取的文字"),
    ],
)
def test_a_file_that_cannot_be_added_says_what_to_do(
    app: App, data: bytes, name: str, told: str
) -> None:
    app.go("library")
    upload(app, data, name)

    assert not app.run.exception
    assert told in app.text()
    assert "怎么办：" in app.text()


def test_the_same_file_twice_names_the_one_that_is_there(app: App) -> None:
    app.go("library")
    upload(app, text_file(), "办法.txt")
    press(app, "核对无误，加入知识库")
    upload(app, text_file(), "另一个.txt")

    assert "这个文件已经在知识库里：《某某市财政项目管理办法》" in app.text()


def test_a_new_version_asks_what_becomes_of_the_old_one(app: App) -> None:
    app.go("library")
    upload(app, text_file(), "办法.txt")
    press(app, "核对无误，加入知识库")
    upload(app, text_file([*REGULATION, "附件2", "报告提纲", "按五章写。"]), "办法新.txt")

    assert "已有同一文件的另一版" in app.text()
    press(app, "核对无误，加入知识库")
    statuses = {one.id: one.status for one in list_originals(resources.workspace())}

    assert statuses == {"o1": "已废止", "o2": "现行"}


def test_an_officer_compares_and_verifies_a_digest(app: App) -> None:
    app.go("library")
    upload(app, text_file(DIGESTED), "审计法.txt")
    press(app, "核对无误，加入知识库")
    show(app, "核对转述")

    assert "还没有核对" in app.text()
    assert "审计工作报告要报告绩效情况" in app.text()

    press(app, "逐条看过，转述与原文一致")
    assert "已核对：本机用户" in app.text()

    press(app, "撤销核对")
    assert "还没有核对" in app.text()


def test_a_rule_opens_the_clause_it_rests_on(app: App) -> None:
    app.go("library")
    show(app, "规则依据")
    button = next(one for one in app.run.button if str(one.key).startswith("library-basis"))
    button.click().run()

    assert not app.run.exception
    assert "评分规则以此为依据" in app.text()


def test_matched_words_are_marked_and_everything_else_escaped() -> None:
    assert marked("<b>预算</b>&执行", ["预算", "<b>"]) == (
        "<mark>&lt;b&gt;</mark><mark>预算</mark>&lt;/b&gt;&amp;执行"
    )
    assert marked("甲(乙", ["(", ""]) == "甲<mark>(</mark>乙"


def test_names_and_texts_of_files_never_become_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    one = clause(document=evil, number=evil, article=evil, title=evil, text=evil * 40, status=evil)
    html = hit_html(Hit(clause=one, score=1.0, by=(evil,), marks=("img",)))

    assert "<img" not in html + clause_html(one)


def test_a_long_clause_shows_the_passage_with_the_words_asked_for() -> None:
    text = "无关的话。" * 100 + "执行率低于要求。" + "无关的话。" * 100

    shown = excerpt(text, ["执行率"])

    assert "执行率低于要求" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_the_scoring_page_opens_the_clause_of_every_line(app: App) -> None:
    """Every clause a score names is in the library, and its button opens it."""
    app.open_example()
    app.go("scoring")
    keys = [one.key for one in app.run.button if str(one.key).startswith("clause:")]

    assert keys
    for key in keys:
        app.run.button(key=str(key)).click().run()
        assert not app.run.exception
        assert app.run.expander


def test_the_digest_of_an_article_found_stands_folded_under_the_original() -> None:
    digest = clause(id="d#第一条", document_id="d", text="执行率低，要<b>写明</b>原因。")
    hit = Hit(clause=clause(origin=Origin.ORIGINAL), score=1, by=(), marks=("执行率",), same=digest)

    shown = hit_html(hit)

    assert "同一条的转述" in shown
    assert "&lt;b&gt;写明&lt;/b&gt;" in shown
