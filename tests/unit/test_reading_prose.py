"""The text of a report keeps its headings and lines, whatever file and numbering it comes in."""

import io
import random

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.finished_files import NAMES, finished

from ziping.documents.reading_prose import read_prose
from ziping.domain.errors import InputError
from ziping.domain.prose import Prose, sentences


def of_text(text: str, name: str = "报告.txt") -> Prose:
    prose = read_prose(text.encode(), name)
    assert prose is not None
    return prose


def of_word(document: Document) -> Prose:
    target = io.BytesIO()
    document.save(target)
    prose = read_prose(target.getvalue(), "报告.docx")
    assert prose is not None
    return prose


def outline(prose: Prose) -> list[tuple[int, str]]:
    return [(one.level, one.title) for one in prose.headings[1:]]


@pytest.mark.parametrize(
    "marks",
    [
        ("一、", "（一）", "1.", "（1）"),
        ("一、", "(一)", "1、", "(1)"),
        ("第一章 ", "一、", "（一）", "1."),
        ("第一部分　", "一、", "（一）", "1．"),
        ("1.", "1.1 ", "1.1.1 ", "1.1.1.1 "),
        ("1 ", "1.1 ", "1.1.1 ", "1.1.1.1 "),
        ("Ⅰ.", "一、", "1.", "1）"),
        ("# ", "## ", "### ", "#### "),
    ],
)
def test_headings_nest_however_they_are_numbered(marks: tuple[str, ...]) -> None:
    titles = ("项目基本情况", "项目概况", "决策背景", "资金来源")
    lines = [
        f"{mark}{title}\n本项目用于更新设备，由办公室组织实施。"
        for mark, title in zip(marks, titles, strict=True)
    ]
    prose = of_text("\n".join(lines))
    assert outline(prose) == list(enumerate(titles, 1))
    assert [one.heading for one in prose.passages if not one.is_heading] == [1, 2, 3, 4]


def test_a_title_and_its_sentence_in_one_line_are_both_kept() -> None:
    prose = of_text(
        "一、分析\n1.项目立项。立项依据充分，程序规范。\n2.绩效目标：目标明确，共5项。\n"
    )
    assert outline(prose) == [(1, "分析"), (2, "项目立项"), (2, "绩效目标")]
    assert [one.text for one in prose.passages if not one.is_heading] == [
        "1.项目立项。立项依据充分，程序规范。",
        "2.绩效目标：目标明确，共5项。",
    ]


def test_items_of_a_list_are_no_headings_but_follow_one_that_is() -> None:
    listed = of_text(
        "一、问题\n（1）执行率91%，没有达到计划，计量滞后。\n（2）台账不全。\n二、建议\n无。"
    )
    assert outline(listed) == [(1, "问题"), (1, "建议")]
    headed = of_text(
        "一、问题\n1.台账不全\n有17处没有照片。\n2.预算有调整，依据没有说明，审核时说不清。\n金额80万元。"
    )
    assert [title for level, title in outline(headed) if level == 2] == [
        "台账不全",
        "预算有调整，依据没有说明，审核时说不清",
    ]


def test_what_converters_leave_is_not_text() -> None:
    prose = of_text(
        "目 录\n一、项目基本情况\t1\n二、结论……………3\n"
        "一、[bookmark: _Toc10810]项目基本情况\n　　本项目用于更新设备。\n— 3 —\n"
        "[bookmark: _Toc76][bookmark: _Toc75]二、结论\n自评总分98分。\n12\n[bookmark: _GoBack]\n"
    )
    assert outline(prose) == [(1, "项目基本情况"), (1, "结论")]
    assert [one.text for one in prose.passages if not one.is_heading] == [
        "本项目用于更新设备。",
        "自评总分98分。",
    ]


def test_lines_of_a_text_are_counted_as_an_editor_counts_them() -> None:
    prose = of_text("附件2\n\n某中心2023年度自评报告\r\n一、结论\r\n\r\n自评总分98分。\n")
    assert [(one.line, one.source) for one in prose.passages] == [
        (1, "第1行"),
        (3, "第3行"),
        (4, "第4行"),
        (6, "第6行"),
    ]


def test_cells_of_tables_are_not_text() -> None:
    cells = "\t项目支\n出名称\n\t某项目\n\n\t主管部门\n\t　\n\t实施单位\n\t某中心\n\n"
    prose = of_text(f"一、结论\n自评总分98分。\n\n{cells}\n以上数据已经核对。\n")
    assert [one.text for one in prose.passages] == [
        "一、结论",
        "自评总分98分。",
        "以上数据已经核对。",
    ]
    rows = of_text('一、结论\n自评总分98分。\n名称\t分值\t得分\n"办件\n数量"\t10\t10\n以上。\n')
    assert [one.text for one in rows.passages] == ["一、结论", "自评总分98分。", "以上。"]


def test_paragraphs_that_a_tab_indents_are_text() -> None:
    prose = of_text("一、结论\n\t自评总分98分。\n\t等级为优。\n\t预算执行率100%。\n\t没有结余。\n")
    assert len(prose.passages) == 5


def test_lines_broken_at_the_margin_are_joined() -> None:
    words = (
        "本项目资金用于政务大厅叫号设备更新和远程视频帮办系统建设以及窗口服务外包等三项工作，" * 6
    )
    broken = [words[at : at + 30] for at in range(0, len(words), 30)]
    prose = of_text("一、项目概况\n" + "\n".join(broken) + "。\n二、结论\n自评总分98分。\n")
    assert [one.text for one in prose.passages] == [
        "一、项目概况",
        f"{words}。",
        "二、结论",
        "自评总分98分。",
    ]


def test_word_places_name_chapter_section_and_paragraph() -> None:
    document = docx.Document()
    for text in ("三、评价结论", "（四）结论", "总体良好。", "自评总分98分。"):
        document.add_paragraph(text)
    prose = of_word(document)
    assert [one.source for one in prose.passages] == [
        "第三章标题",
        "第三章（四）标题",
        "第三章（四）第1段",
        "第三章（四）第2段",
    ]
    assert {one.line for one in prose.passages} == {None}


def test_styles_make_headings_where_no_number_is_typed() -> None:
    document = docx.Document()
    document.add_heading("某中心2023年度绩效自评报告", 1)
    document.add_heading("项目基本情况", 1)
    document.add_heading("资金情况", 2)
    document.add_paragraph("全年支出420万元。")
    document.add_heading("存在的问题", 1)
    document.add_paragraph("台账不全。")
    prose = of_word(document)
    assert outline(prose) == [(1, "项目基本情况"), (2, "资金情况"), (1, "存在的问题")]
    assert prose.passages[-1].source == "“存在的问题”第1段"


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    document.add_paragraph("一、结论")
    paragraph = document.add_paragraph("自评总分")
    for tag, inner, text in (("w:del", "w:delText", "95"), ("w:ins", "w:t", "98")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        change.set(qn("w:id"), "1")
        said.text = text
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("分。")
    assert of_word(document).passages[-1].text == "自评总分98分。"


def test_a_frame_of_one_cell_is_text_and_a_table_is_not() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "一、结论\n自评总分98分。"
    document.add_table(2, 3).cell(1, 1).text = "办件数量"
    assert [one.text for one in of_word(document).passages] == ["一、结论", "自评总分98分。"]


def test_sentences_know_their_place() -> None:
    text = "  自评总分98分。等级为“优”；执行率100%"
    assert list(sentences(text)) == [
        (2, "自评总分98分。"),
        (10, "等级为“优”；"),
        (17, "执行率100%"),
    ]


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.text(alphabet="一二（）()1.、①。，：第章\t 　#附件结论分9", max_size=30), max_size=12
    )
)
def test_any_lines_are_read_and_none_is_lost(lines: list[str]) -> None:
    prose = of_text("\n".join([*lines, "自评总分98分。"]))
    numbers = [one.line for one in prose.passages if one.line is not None]
    assert numbers == sorted(numbers)
    assert all(0 <= one.heading < len(prose.headings) for one in prose.passages)
    assert all(next(iter(prose.parents(one.heading))) == one.heading for one in prose.passages)


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_damaged_reports_are_read_or_refused_in_chinese(kind: str) -> None:
    source = random.Random(7)  # noqa: S311 - the same damage each time
    report = finished(NAMES[0])
    good = report.docx if kind == "docx" else report.txt
    told = []
    for _ in range(120):
        data = bytearray(good[: source.randrange(len(good))] if source.random() < 0.3 else good)
        for _ in range(source.choice((1, 5, 60))):
            data[source.randrange(len(data))] = source.randrange(256)
        try:
            read_prose(bytes(data), f"报告.{kind}")
        except InputError as error:
            told.append(error.remedy or error.why)
    assert all(told)
