"""Documents fall into the clauses their own structure gives them, and say what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.policy_papers import ARTICLES, REGULATION

from ziping.documents.originals_guess import OriginalGuess, guess
from ziping.documents.originals_lines import Line
from ziping.documents.originals_numerals import to_chinese, to_number
from ziping.documents.originals_split import split
from ziping.domain.library import OriginalPart


def parts_of(*lines: str) -> tuple[OriginalPart, ...]:
    return split([Line(one) for one in lines])[0]


def names_of(*lines: str) -> tuple[str, ...]:
    return tuple(part.article for part in parts_of(*lines))


def guessed(*lines: str, name: str = "文件.txt") -> OriginalGuess:
    return guess([Line(one) for one in lines], name)


def test_each_article_is_one_clause_with_its_chapter() -> None:
    parts = parts_of(*REGULATION)

    assert tuple(part.article for part in parts) == ARTICLES
    assert parts[2].title == "第二章 自评 第一节 组织"
    assert parts[3].title == "第二章 自评 第一节 组织 结果应用"
    assert parts[4].title == "项目支出绩效自评表"


def test_items_stay_in_their_article() -> None:
    assert parts_of(*REGULATION)[1].text.endswith("（一）涉密项目；\n（二）应急项目。")


def test_a_sentence_that_refers_to_an_article_begins_none() -> None:
    names = names_of(
        "第一条 甲。",
        "第二条 乙。",
        "第三条规定的情形除外。",
        "第一条、第二条所列事项。",
        "第三条 丙。",
    )
    assert names == ("第一条", "第二条", "第三条")


def test_articles_set_without_a_space_or_in_figures_are_found() -> None:
    assert names_of("第一条为了规范管理。", "第 2 条 乙。", "第３条：丙。") == (
        "第一条",
        "第二条",
        "第三条",
    )


def test_an_article_put_in_later_keeps_its_name() -> None:
    assert (
        names_of("第一条 甲。", "第二条 乙。", "第二条之一 丙。", "第三条 丁。")[2] == "第二条之一"
    )


def test_a_table_of_contents_makes_no_clauses() -> None:
    names = names_of(
        "某某办法",
        "目 录",
        "第一章 总则",
        "第二章 附则",
        "第一章 总则",
        "第一条 甲。",
        "第二条 乙。",
    )
    assert names == ("第一条", "第二条")


def test_a_second_text_in_the_same_file_gets_names_of_its_own() -> None:
    names = names_of(
        "第一条 甲。", "第二条 乙。", "附件2", "实施细则", "第一条 丙。", "第二条 丁。"
    )
    assert names == ("第一条", "第二条", "附件2 第一条", "附件2 第二条")


def test_a_list_of_annexes_is_no_annex() -> None:
    names = names_of("第一条 甲。", "第二条 乙。", "附件：1.自评表", "2.报告提纲")

    assert names == ("第一条", "第二条")


def test_the_letter_a_regulation_comes_with_is_kept() -> None:
    letter = (
        "为推进预算绩效管理，我们制定了《某某办法》，现印发给你们，请认真贯彻执行，有问题请反馈。"
    )
    parts = parts_of("关于印发某某办法的通知", letter, "第一条 甲。", "第二条 乙。")

    assert [part.article for part in parts] == ["前言", "第一条", "第二条"]


def test_without_articles_headings_divide_and_are_told_as_context() -> None:
    parts, by = split(
        [
            Line(one)
            for one in (
                "关于某某工作的意见",
                "一、总体要求",
                "（一）指导思想。坚持绩效导向，把钱花好。",
                "（二）基本原则。各负其责，公开透明。",
                "二、主要任务",
                "各单位要做好下列事情：",
                "（一）填表；",
                "（二）写报告。",
            )
        ]
    )

    assert by == "标题"
    assert [part.article for part in parts][:2] == ["（一）指导思想", "（二）基本原则"]
    assert parts[0].title == "一、总体要求"
    assert parts[0].text == "坚持绩效导向，把钱花好。"


def test_a_long_text_without_headings_is_cut_at_sentence_ends() -> None:
    parts, by = split([Line("这一句话正好有二十个字左右不多也不少。" * 100)])

    assert by == "长度"
    assert len(parts) > 3
    assert all(part.text.endswith("。") and len(part.text) <= 600 for part in parts)
    assert parts[0].article == "第1部分"


@given(
    st.lists(st.text("甲乙丙丁。；第一条二章附件（）、 1", max_size=60), min_size=1, max_size=40)
)
def test_no_text_is_lost_and_no_two_clauses_share_a_name(texts: list[str]) -> None:
    lines = [Line(" ".join(one.split())) for one in texts if one.strip()]
    if not lines:
        return
    parts, by = split(lines)

    names = [part.article for part in parts]
    assert len(names) == len(set(names))
    assert all(part.text for part in parts)
    if by == "长度" and parts[0].article == "第1部分":
        kept = "".join(f"{part.article}{part.title}{part.text}" for part in parts)
        assert all(set(line.text) - set(kept) <= set(" 、") for line in lines)


@given(st.integers(min_value=1, max_value=9999))
def test_numerals_read_back_as_written(number: int) -> None:
    assert to_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("某财绩〔2022〕15号", "某财绩〔2022〕15号"),
        ("某财绩[2022]15 号", "某财绩〔2022〕15号"),
        ("某财绩（2022）第15号", "某财绩〔2022〕15号"),
        ("2020年8月3日 中华人民共和国国务院令第729号修订", "国务院令第729号"),
        ("根据《某某意见》（某发〔2018〕34号）的要求，现就有关事项通知如下，请遵照执行。", ""),
    ],
)
def test_the_number_is_read_however_it_is_bracketed(line: str, number: str) -> None:
    assert guessed("某某办法", line, "第一条 甲。", "第二条 乙。").number == number


def test_of_several_orders_and_days_the_last_counts() -> None:
    found = guessed(
        "某某条例",
        "1995年11月22日 国务院令第186号发布",
        "2020年8月3日 国务院令第729号修订",
        "2020年10月1日 施行",
    )
    assert (found.number, found.date, found.issuer) == ("国务院令第729号", "2020-08-03", "国务院")


def test_a_notice_is_called_by_the_regulation_it_sends_out() -> None:
    found = guessed(
        "某某市财政局关于印发《某某市绩效评价管理办法》的通知",
        "某财绩〔2021〕3号",
        "各部门：",
        "现印发给你们。",
        "某某市财政局",
        "2021年3月9日",
        "某某市绩效评价管理办法",
        "第一条 甲。",
        "第二条 乙。",
    )
    assert found.title == "某某市绩效评价管理办法"
    assert found.issuer == "某某市财政局"
    assert found.date == "2021-03-09"


def test_a_title_over_two_lines_is_joined() -> None:
    assert guessed("某某省人民政府关于全面实施", "预算绩效管理的意见", "一、总体要求").title == (
        "某某省人民政府关于全面实施预算绩效管理的意见"
    )


def test_without_a_title_the_file_name_serves() -> None:
    assert guessed("甲。", "乙。", name="自评工作要求（2024-03-01）.txt").title == "自评工作要求"


def test_a_repealed_document_says_so() -> None:
    assert guessed("某某办法（废止）", "第一条 甲。").status == "已废止"
