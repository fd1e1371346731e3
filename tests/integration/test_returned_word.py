"""A Word file that comes back: each change named, nothing else; nothing dropped in silence."""

import io
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from tests.integration import word_edits as word
from tests.integration.conftest import TickingClock
from tests.integration.word_edits import Edit
from tests.integration.workflow_ways import REVIEWER, acting, brought_to

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.domain.access import EVERYTHING
from ziping.domain.errors import FrozenError, InputError
from ziping.domain.evaluation import Indicator, Report
from ziping.domain.fields import flatten, with_fields
from ziping.domain.reconciliation import Difference
from ziping.domain.returned import ReturnedKind
from ziping.domain.workflow import State
from ziping.persistence.scoped import Scoped
from ziping.persistence.sections import append_section
from ziping.services.commenting import comments_of
from ziping.services.drafted import draft_texts
from ziping.services.drafting import draft_section, save_section, section_history
from ziping.services.exporting import export_word
from ziping.services.reports import create_example, create_report, open_report, save_report
from ziping.services.returning import read_back, take_comment, take_over
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

BACKGROUND, CONTENT = "1.项目决策背景", "2.项目主要内容"
ORGANISATION, SCOPE = "3.项目组织管理机构", "（二）被评价单位、绩效评价范围与时段"
TABLE = "专项业务（工作）经费"
CONTENT_ID = "basic.content"
Kind = ReturnedKind


def exported(workspace: Workspace, report_id: int) -> bytes:
    """Return the report as Word, as staff sends it out."""
    return export_word(workspace, report_id, status="送审稿").data


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a drafted report of 张三's."""
    return _drafted(workspace)


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, int, bytes]]:
    """Return a workspace that no test changes, the drafted report in it, and its Word file."""
    home = tmp_path_factory.mktemp("sent-out")
    opened = open_workspace(replace(load_settings(), home=home), clock=TickingClock())
    report_id = _drafted(opened)
    yield opened, report_id, exported(opened, report_id)
    opened.database.close()


def _drafted(workspace: Workspace) -> int:
    """Store a report that templates drafted, and return its id."""
    staff = acting(workspace, "张三")
    report_id = create_example(staff)
    scored = score_report(workspace.content, open_report(staff, report_id).report)
    with workspace.database.write() as connection:
        rows = Scoped(connection, EVERYTHING)
        for text in draft_texts(workspace.content, scored).values():
            append_section(rows, report_id, text, staff.stamp("按模板起草"))
    return report_id


@dataclass(frozen=True)
class Case:
    """One way to change a file, and exactly what must be named."""

    edit: Edit
    named: tuple[tuple[Kind, str, str, str], ...] = ()
    """Kind, and words that place, old and new text must have."""
    unread: tuple[str, ...] = ()
    """Words of each thing listed as not read."""
    is_tracked: bool = False
    refused: bool = field(default=False)


def _add_paragraph(document: Document) -> None:
    word.add_after(word.below(document, BACKGROUND), "补充一段。")


def _move_section(document: Document) -> None:
    """Move 组织管理机构 with its two paragraphs before 主要内容."""
    moved = [word.heading(document, ORGANISATION)]
    moved += [word.below(document, ORGANISATION, n) for n in (0, 1)]
    target = word.heading(document, CONTENT)._p
    for one in moved:
        target.addprevious(one._p)


def _move_heading_alone(document: Document) -> None:
    title = word.heading(document, ORGANISATION)
    word.heading(document, CONTENT)._p.addprevious(title._p)


def _drop_heading(document: Document) -> None:
    word.delete(word.heading(document, CONTENT))


def _merge_paragraphs(document: Document) -> None:
    first, second = (word.below(document, "2.绩效指标", n) for n in (0, 1))
    word.retype(first, first.text + second.text)
    word.delete(second)


def _split_paragraph(document: Document) -> None:
    paragraph = word.below(document, BACKGROUND)
    head, tail = paragraph.text[:20], paragraph.text[20:]
    word.add_after(paragraph, tail)
    word.retype(paragraph, head)


def _add_own_heading(document: Document) -> None:
    title = word.add_after(word.below(document, BACKGROUND), "（补充）立项依据")
    title.style = document.styles["Heading 3"]


def _add_body_table(document: Document) -> None:
    added = document.add_table(2, 2)
    added.cell(0, 0).text = "另附明细"
    word.below(document, BACKGROUND)._p.addnext(added._tbl)


def _move_row(document: Document) -> None:
    moved = word.row(document, "社会公众满意度")
    word.row(document, "充分发挥专项资金效益")._tr.addprevious(moved._tr)


def _swap_figures(document: Document) -> None:
    row = word.row(document, "交易宗数")
    word.retype(row.cells[4], "1239")
    word.retype(row.cells[5], "1200")


def _header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "内部资料"


def _bold(document: Document) -> None:
    for run in word.below(document, BACKGROUND).runs:
        run.bold, run.font.size = True, docx.shared.Pt(12)


def _strike(document: Document) -> None:
    word.below(document, BACKGROUND).runs[0].font.strike = True


def _comment(document: Document) -> None:
    document.add_comment(word.below(document, BACKGROUND).runs, "请写明批示文号", author="王五")


def _cell_comment(document: Document) -> None:
    runs = word.cell(document, "交易宗数", 5).paragraphs[0].runs
    document.add_comment(runs, "请附台账", author="王五")


def _whitespace(document: Document) -> None:
    paragraph = word.below(document, BACKGROUND)
    word.retype(paragraph, "　　" + paragraph.text + "  ")
    document.paragraphs[-1].insert_paragraph_before("")


CASES = {
    "nothing": Case(lambda _: None),
    "a digit in a paragraph": Case(
        lambda d: word.replace(d, "619.52", "619.25"),
        ((Kind.TEXT, "主要内容", "619.52", "619.25"),),
    ),
    "words of a paragraph": Case(
        lambda d: word.retype(word.below(d, BACKGROUND), "改写的背景。"),
        ((Kind.TEXT, BACKGROUND, "营商环境", "改写的背景。"),),
    ),
    "a paragraph added": Case(
        _add_paragraph,
        ((Kind.TEXT, BACKGROUND, "", "\n补充一段。"),),
    ),
    "a paragraph deleted": Case(
        lambda d: word.delete(word.below(d, "2.绩效指标", 1)),
        ((Kind.TEXT, "2.绩效指标", "产出指标50分", ""),),
    ),
    "all text of a section deleted": Case(
        lambda d: word.delete(word.below(d, CONTENT)),
        ((Kind.TEXT, CONTENT, "项目只设", ""),),
    ),
    "two paragraphs made one": Case(
        _merge_paragraphs, ((Kind.TEXT, "2.绩效指标", "\n产出指标50分", "。产出指标50分"),)
    ),
    "a paragraph made two": Case(_split_paragraph, ((Kind.TEXT, BACKGROUND, "", "\n"),)),
    "words of a heading": Case(
        lambda d: word.retype(word.heading(d, BACKGROUND), "1.立项背景"),
        ((Kind.HEADING, BACKGROUND, BACKGROUND, "1.立项背景"),),
        refused=True,
    ),
    "a section moved with its text": Case(
        _move_section,
        ((Kind.ORDER, "", "在“", "之后"),),
        refused=True,
    ),
    "a heading moved alone": Case(
        _move_heading_alone, ((Kind.ORDER, ORGANISATION, CONTENT, BACKGROUND),), refused=True
    ),
    "a heading deleted": Case(
        _drop_heading, ((Kind.HEADING_REMOVED, CONTENT, CONTENT, "已删去"),), refused=True
    ),
    "a heading added": Case(_add_own_heading, ((Kind.TEXT, BACKGROUND, "", "（补充）立项依据"),)),
    "an amount": Case(
        lambda d: word.retype(word.cell(d, "年度资金总额", 5), "600"),
        ((Kind.CELL, f"{TABLE} · 年度资金总额 · 全年执行数", "619.52", "600"),),
    ),
    "an actual value": Case(
        lambda d: word.retype(word.cell(d, "交易宗数", 5), "1293"),
        ((Kind.CELL, "交易宗数 · 实际完成值", "1239", "1293"),),
    ),
    "a target": Case(
        lambda d: word.retype(word.cell(d, "社会公众满意度", 4), "≥92%"),
        ((Kind.CELL, "社会公众满意度 · 年度指标值", "90%以上", "≥92%"),),
    ),
    "a weight": Case(
        lambda d: word.retype(word.cell(d, "质量达标率", 6), "12"),
        ((Kind.CELL, "质量达标率 · 分值", "10", "12"),),
    ),
    "the name of an indicator": Case(
        lambda d: word.retype(word.cell(d, "交易宗数", 3), "完成交易宗数"),
        ((Kind.CELL, "交易宗数 · 三级指标", "交易宗数", "完成交易宗数"),),
    ),
    "a reason filled in": Case(
        lambda d: word.retype(word.cell(d, "可持续影响情况", 8), "信用体系仍在建设。"),
        ((Kind.CELL, "偏差原因分析及改进措施", "", "信用体系仍在建设。"),),
    ),
    "two figures of a row swapped": Case(
        _swap_figures,
        (
            (Kind.CELL, "交易宗数 · 年度指标值", "1200", "1239"),
            (Kind.CELL, "交易宗数 · 实际完成值", "1239", "1200"),
        ),
    ),
    "a blank cell of the head": Case(
        lambda d: word.retype(word.row(d, "主管部门").cells[1], "市数据局"),
        ((Kind.CELL, "主管部门", "", "市数据局"),),
    ),
    "an objective": Case(
        lambda d: word.retype(
            next(r for r in word.table(d).rows if r.cells[1].text.startswith("持续推进")).cells[1],
            "新的目标。",
        ),
        ((Kind.CELL, "年度总体目标 · 预期目标", "持续推进", "新的目标。"),),
    ),
    "computed points": Case(
        lambda d: word.retype(word.cell(d, "可持续影响情况", 7), "9"),
        ((Kind.CELL, "可持续影响情况 · 得分", "8", "9"),),
        refused=True,
    ),
    "the grade": Case(
        lambda d: word.retype(word.row(d, "总分").cells[8], "良"),
        ((Kind.CELL, "等级", "优", "良"),),
        refused=True,
    ),
    "a title of the form": Case(
        lambda d: word.retype(word.row(d, "三级指标").cells[4], "指标值"),
        ((Kind.CELL, "“年度指标值”", "年度指标值", "指标值"),),
        refused=True,
    ),
    "a row added": Case(
        lambda d: word.add_row_after(
            word.row(d, "交易宗数"), {3: "开展培训场次", 4: "≥12场", 5: "12场", 6: "5"}
        ),
        ((Kind.ROW_ADDED, "自评表", "", "开展培训场次，≥12场，12场，5"),),
    ),
    "a row deleted": Case(
        lambda d: word.delete(word.row(d, "完成及时率")),
        ((Kind.ROW_REMOVED, "自评表", "完成及时率", "已删去"),),
    ),
    "a row moved": Case(
        _move_row, ((Kind.ROW_MOVED, "自评表", "社会公众满意度", "移到表格第"),), refused=True
    ),
    "the table deleted": Case(
        lambda d: word.delete(word.table(d)),
        ((Kind.TABLE_REMOVED, TABLE, "", "已删去"),),
        refused=True,
    ),
    "the title": Case(
        lambda d: word.replace(d, "2023年度", "2024年度"),
        ((Kind.FRONT, "题目", "2023", "2024"),),
        refused=True,
    ),
    "a note under the table": Case(
        lambda d: word.replace(
            d, "实际到位数：年度资金总额＝619.52", "实际到位数：年度资金总额＝1"
        ),
        ((Kind.LINE, "附件", "619.52", "＝1"),),
        refused=True,
    ),
    "a tracked insertion": Case(
        lambda d: word.track_insertion(word.below(d, BACKGROUND), "另见批复。"),
        ((Kind.TEXT, BACKGROUND, "", "另见批复。"),),
        is_tracked=True,
    ),
    "a tracked deletion": Case(
        lambda d: word.track_deletion(word.below(d, BACKGROUND)),
        ((Kind.TEXT, BACKGROUND, "营商环境", ""),),
        is_tracked=True,
    ),
    "a paragraph deleted with tracking": Case(
        lambda d: word.track_paragraph_deletion(word.below(d, "2.绩效指标", 1)),
        ((Kind.TEXT, "2.绩效指标", "产出指标50分", ""),),
        is_tracked=True,
    ),
    "a row deleted with tracking": Case(
        lambda d: word.track_row_deletion(word.row(d, "完成及时率")),
        ((Kind.ROW_REMOVED, "自评表", "完成及时率", "已删去"),),
        is_tracked=True,
    ),
    "a cell changed with tracking": Case(
        lambda d: word.track_insertion(word.cell(d, "交易宗数", 5).paragraphs[0], "宗"),
        ((Kind.CELL, "交易宗数 · 实际完成值", "1239", "1239宗"),),
        is_tracked=True,
    ),
    "bold and another size": Case(_bold),
    "spaces and blank lines": Case(_whitespace),
    "a page break": Case(lambda d: word.page_break(word.below(d, BACKGROUND))),
    "a content control around a paragraph": Case(
        lambda d: word.wrap_in_control(word.below(d, BACKGROUND))
    ),
    "struck through by format": Case(_strike, unread=("带删除线格式的文字",)),
    "a picture": Case(
        lambda d: word.add_picture(d, word.below(d, BACKGROUND)), unread=("图片或图形",)
    ),
    "a picture in a cell": Case(
        lambda d: word.add_picture(d, word.cell(d, "交易宗数", 8).paragraphs[0]),
        unread=("图片或图形",),
    ),
    "a text box": Case(
        lambda d: word.add_text_box(word.below(d, BACKGROUND), "框内的话"),
        unread=("图片或图形", "文本框：框内的话"),
    ),
    "a table in the text": Case(_add_body_table, unread=("表格（2 行）：另附明细",)),
    "another header": Case(_header, unread=("页眉或页脚有改动",)),
    "a comment": Case(_comment),
}


@pytest.mark.parametrize("name", CASES)
def test_each_change_is_named_and_nothing_else(
    sent_out: tuple[Workspace, int, bytes], name: str
) -> None:
    workspace, report_id, file = sent_out
    case = CASES[name]
    data = word.edited(file, case.edit)
    found = read_back(workspace, report_id, data, "回稿.docx").file
    told = [(one.kind, one.place, one.old, one.new) for one in found.changes]
    assert [one[0] for one in told] == [one[0] for one in case.named], told
    for (_, place, old, new), expected in zip(told, case.named, strict=True):
        assert expected[1] in place
        assert expected[2] in old
        assert expected[3] in new
    assert [bool(one.refusal) for one in found.changes] == [case.refused] * len(case.named)
    assert len(found.unread) == len(case.unread), found.unread
    for part, words in zip(found.unread, case.unread, strict=True):
        assert words in part.what
    assert any("接受全部修订" in note for note in found.notes) == case.is_tracked


def test_there_are_at_least_thirty_ways() -> None:
    assert len([one for one in CASES.values() if one.named or one.unread]) >= 30


def test_all_changes_at_once_are_all_named(workspace: Workspace, report_id: int) -> None:
    chosen = [
        *("words of a paragraph", "an amount", "an actual value", "a weight", "a row deleted"),
        *("computed points", "the title", "a note under the table", "a tracked insertion"),
        *("a picture", "words of a heading"),
    ]
    data = exported(workspace, report_id)
    data = word.edited(data, *(CASES[one].edit for one in chosen if one != "words of a heading"))
    data = word.edited(data, CASES["words of a heading"].edit)
    found = read_back(workspace, report_id, data, "回稿.docx").file
    expected = {Kind.TEXT: 1, Kind.CELL: 4, Kind.ROW_REMOVED: 1}
    expected |= {Kind.FRONT: 1, Kind.LINE: 1, Kind.HEADING: 1}
    assert Counter(one.kind for one in found.changes) == expected
    assert len(found.unread) == 1


# ---- taking changes over -----------------------------------------------------------------------


def taken(workspace: Workspace, report_id: int, *edits: Edit) -> Report:
    """Return the report after every change that can be taken over was."""
    data = word.edited(exported(workspace, report_id), *edits)
    found = read_back(workspace, report_id, data, "回稿.docx").file
    chosen = [one.id for one in found.changes if one.can_be_taken]
    take_over(acting(workspace, "张三"), report_id, data, "回稿.docx", chosen)
    return open_report(workspace, report_id).report


def test_chosen_changes_are_saved_like_any_other_and_the_rest_is_left(
    workspace: Workspace, report_id: int
) -> None:
    before = open_report(workspace, report_id)
    data = word.edited(
        exported(workspace, report_id),
        CASES["an amount"].edit,
        CASES["an actual value"].edit,
        lambda d: word.retype(word.below(d, CONTENT), "改写的内容。"),
        CASES["a paragraph deleted"].edit,
    )
    found = read_back(workspace, report_id, data, "回稿.docx").file
    ids = {one.place: one.id for one in found.changes}
    chosen = [ids[f"{TABLE} · 年度资金总额 · 全年执行数"], ids[f"“{CONTENT}”正文"]]
    done = take_over(acting(workspace, "张三"), report_id, data, "回稿.docx", chosen)
    assert (done.count, done.conflicts) == (2, ())
    after = open_report(workspace, report_id)
    changed = {
        path
        for path, text in flatten(after.report).items()
        if flatten(before.report).get(path) != text
    }
    assert changed == {"p1/funds/total/executed"}
    assert after.version == before.version + 1
    newest = section_history(workspace, report_id, "basic.content")[0]
    assert newest.section.text == "改写的内容。"
    assert (newest.saved_by, newest.note) == ("张三", "采纳 Word 文件“回稿.docx”中的改动")
    assert section_history(workspace, report_id, "basic.indicators")[0].version == 1


def test_what_was_taken_is_said_so_and_a_text_against_the_table_is_named_before(
    workspace: Workspace, report_id: int
) -> None:
    data = word.edited(
        exported(workspace, report_id),
        CASES["an actual value"].edit,
        lambda d: word.retype(word.below(d, CONTENT), "全年执行数590万元。"),
    )
    before = read_back(workspace, report_id, data, "回稿.docx")
    text = f"text:{CONTENT_ID}"
    assert not before.taken
    assert set(before.contradictions) == {text}
    assert "590万元" in before.contradictions[text][0]
    chosen = [one.id for one in before.file.changes if one.can_be_taken]
    take_over(acting(workspace, "张三"), report_id, data, "回稿.docx", chosen)
    assert read_back(workspace, report_id, data, "回稿.docx").taken == set(chosen)


def test_rows_added_and_removed_are_taken_over_in_their_place(
    workspace: Workspace, report_id: int
) -> None:
    report = taken(workspace, report_id, CASES["a row added"].edit, CASES["a row deleted"].edit)
    lines = report.projects[0].indicators
    assert [one.level3 for one in lines][:4] == [
        *("交易宗数", "开展培训场次", "质量达标率", "项目成本控制率")
    ]
    added = lines[1]
    assert added == Indicator(
        id=added.id,
        level1="产出指标",
        level2="数量指标",
        level3="开展培训场次",
        target="≥12场",
        actual="12场",
        weight="5",
    )
    assert len({one.id for one in lines}) == len(lines)


def test_a_row_the_form_prints_blank_can_be_filled(workspace: Workspace) -> None:
    report = Report(
        unit="某单位",
        fiscal_year=2023,
        projects=(
            open_report(workspace, create_example(workspace))
            .report.projects[0]
            .model_copy(update={"funds": (), "objectives": ()}),
        ),
    )
    report_id = create_report(workspace, report)

    def fill(document: Document) -> None:
        word.retype(word.cell(document, "上年结转资金", 5), "12.5")

    after = taken(workspace, report_id, fill)
    assert [(one.source.value, one.executed) for one in after.projects[0].funds] == [
        ("carryover", "12.5")
    ]


def test_a_cell_changed_here_meanwhile_is_left_for_a_decision(
    workspace: Workspace, report_id: int
) -> None:
    data = word.edited(exported(workspace, report_id), CASES["an amount"].edit)
    stored = open_report(workspace, report_id)
    mine = with_fields(stored.report, {"p1/funds/total/executed": "610"})
    save_report(workspace, report_id, mine, base_version=stored.version)
    [change] = read_back(workspace, report_id, data, "回稿.docx").file.changes
    done = take_over(workspace, report_id, data, "回稿.docx", [change.id])
    [conflict] = done.conflicts
    assert (conflict.theirs, conflict.mine) == ("610", "600")
    now = open_report(workspace, report_id).report.projects[0].funds[0]
    assert now.executed == "610"


def test_a_section_changed_here_meanwhile_is_said_so(workspace: Workspace, report_id: int) -> None:
    data = word.edited(exported(workspace, report_id), CASES["words of a paragraph"].edit)
    save_section(workspace, report_id, "basic.background", "系统里的改动。", base_version=1)
    found = read_back(workspace, report_id, data, "回稿.docx")
    assert [one.section_id for one in found.file.changes] == ["basic.background"]
    assert found.moved_on == {"basic.background"}
    assert found.current == {"basic.background": "系统里的改动。"}


@pytest.mark.parametrize("name", ["computed points", "words of a heading", "the title"])
def test_what_the_program_prints_cannot_be_taken_over(
    workspace: Workspace, report_id: int, name: str
) -> None:
    data = word.edited(exported(workspace, report_id), CASES[name].edit)
    [change] = read_back(workspace, report_id, data, "回稿.docx").file.changes
    with pytest.raises(InputError, match="不能直接采纳"):
        take_over(workspace, report_id, data, "回稿.docx", [change.id])
    with pytest.raises(InputError, match="没有这处改动"):
        take_over(workspace, report_id, data, "回稿.docx", ["cell:p1:999:1"])


def test_nothing_is_taken_over_while_the_report_is_under_review(
    workspace: Workspace, report_id: int
) -> None:
    data = word.edited(
        exported(workspace, report_id),
        CASES["an amount"].edit,
        CASES["words of a paragraph"].edit,
    )
    brought_to(workspace, report_id, State.DEPARTMENT)
    before = open_report(workspace, report_id)
    for change in read_back(workspace, report_id, data, "回稿.docx").file.changes:
        with pytest.raises(FrozenError):
            take_over(workspace, report_id, data, "回稿.docx", [change.id])
    assert open_report(workspace, report_id) == before


def test_the_figures_of_the_file_are_reconciled(workspace: Workspace, report_id: int) -> None:
    data = word.edited(
        exported(workspace, report_id),
        CASES["an actual value"].edit,
        CASES["computed points"].edit,
        CASES["the grade"].edit,
    )
    found = read_back(workspace, report_id, data, "回稿.docx").reconciliation
    assert [(one.label, one.left, one.right, one.result) for one in found.differences] == [
        ("交易宗数 · 实际完成值", "1239", "1293", Difference.DIFFERENT),
        ("可持续影响情况 · 得分", "8", "9", Difference.DIFFERENT),
        ("等级", "优", "良", Difference.DIFFERENT),
    ]


def test_comments_made_in_word_come_back_with_their_place(
    workspace: Workspace, report_id: int
) -> None:
    data = word.edited(exported(workspace, report_id), _comment, _cell_comment)
    found = read_back(workspace, report_id, data, "回稿.docx").file.comments
    assert [(one.by, one.text, one.place, one.anchor) for one in found] == [
        ("王五", "请写明批示文号", BACKGROUND, "section:basic.background"),
        ("王五", "请附台账", f"{TABLE} · 交易宗数 · 实际完成值", "field:p1/indicators/i1/actual"),
    ]
    take_comment(workspace.acting_as(REVIEWER), report_id, found[1])
    [comment] = comments_of(workspace, report_id)
    assert (comment.place, comment.quote) == ("交易宗数 · 实际完成值", "1239")
    assert comment.opening.text == "请附台账\n（王五在 Word 中批注）"


# ---- files that are not this report's ----------------------------------------------------------


def test_a_file_of_another_report_or_of_nobody_is_refused(
    workspace: Workspace, report_id: int
) -> None:
    other = create_report(workspace, Report(unit="另一单位", fiscal_year=2023))
    with pytest.raises(InputError, match="不是从当前打开的报告导出的"):
        read_back(workspace, report_id, exported(workspace, other), "另一份.docx")
    target = io.BytesIO()
    docx.Document().save(target)
    with pytest.raises(InputError, match="不是本系统导出的"):
        read_back(workspace, report_id, target.getvalue(), "外来.docx")
    with pytest.raises(InputError, match=r"这不是 \.docx 文件"):
        read_back(workspace, report_id, b"abc", "坏.docx")


def test_a_file_of_an_earlier_version_is_held_against_that_version(
    workspace: Workspace, report_id: int
) -> None:
    data = exported(workspace, report_id)
    stored = open_report(workspace, report_id)
    report = with_fields(stored.report, {"p1/funds/total/executed": "600"})
    save_report(workspace, report_id, report, base_version=stored.version)
    draft_section(workspace, report_id, "basic.fund_use")
    found = read_back(workspace, report_id, data, "回稿.docx")
    assert found.file.changes == ()
    assert [one.label for one in found.reconciliation.differences] == [
        *("年度资金总额 · 全年执行数", "年度资金总额 · 执行率", "年度资金总额 · 得分", "总分")
    ]


@pytest.mark.office
def test_a_file_saved_by_another_office_program_comes_back_the_same(
    workspace: Workspace, report_id: int, soffice_path: str, tmp_path: Path
) -> None:
    data = word.edited(
        exported(workspace, report_id),
        CASES["an amount"].edit,
        CASES["words of a paragraph"].edit,
        CASES["a row deleted"].edit,
    )
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "回稿.docx"
    source.write_bytes(data)
    command = [soffice_path, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    data = (tmp_path / "回稿.docx").read_bytes()
    found = read_back(workspace, report_id, data, "回稿.docx").file
    assert [one.kind for one in found.changes] == [Kind.TEXT, Kind.CELL, Kind.ROW_REMOVED]
    assert found.unread == ()
