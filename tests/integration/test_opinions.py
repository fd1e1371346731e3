"""What a review leaves behind: comments with replies, the opinion as files, the story."""

import io

import docx
import pytest
from openpyxl import load_workbook
from tests.integration.workflow_ways import HEAD, LEADER, REVIEWER, STAFF, acting, without_errors

from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.fields import with_fields
from ziping.domain.people import Person, Role
from ziping.domain.story import StoryKind
from ziping.domain.workflow import Action
from ziping.services.commenting import add_comment, comments_of, reopen, reply, resolve
from ziping.services.drafting import draft_section, save_section
from ziping.services.opinions import opinion_excel, opinion_word
from ziping.services.own_figures import blank_like, reveal, save_own_figures
from ziping.services.reports import create_example, open_report, save_report
from ziping.services.stories import story_of
from ziping.services.workflow import move
from ziping.services.workspace import Workspace

EXECUTED = "p1/funds/total/executed"


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a draft that 张三 began."""
    return create_example(acting(workspace, "张三"))


def test_a_comment_has_a_place_replies_and_an_end(workspace: Workspace, report_id: int) -> None:
    before = open_report(workspace, report_id)
    on_cell = add_comment(
        workspace.acting_as(REVIEWER),
        report_id,
        "与账面不符",
        anchor=f"field:{EXECUTED}",
        quote="619.52",
    )
    on_text = add_comment(
        workspace.acting_as(REVIEWER),
        report_id,
        "问题写得太笼统",
        anchor="section:lessons.problems",
    )
    whole = add_comment(workspace.acting_as(LEADER), report_id, "请按时报送")
    reply(workspace.acting_as(STAFF), report_id, on_cell, "已核对，更正为 600")
    resolve(workspace.acting_as(STAFF), report_id, on_cell)
    first, second, third = comments_of(workspace, report_id)
    assert (first.id, second.id, third.id) == (on_cell, on_text, whole)
    assert first.place == "项目资金 · 年度资金总额 · 全年执行数"
    assert [(one.by, one.text) for one in first.entries[:2]] == [
        ("李四", "与账面不符"),
        ("张三", "已核对，更正为 600"),
    ]
    assert first.is_resolved
    reopen(workspace.acting_as(REVIEWER), report_id, on_cell)
    assert not comments_of(workspace, report_id)[0].is_resolved
    assert "存在的问题" in second.place
    assert third.place == "整份报告"
    assert open_report(workspace, report_id) == before


@pytest.mark.parametrize(
    "anchor",
    ["field:p1/funds/total/nothing", "field:", "section:nothing", "p1/funds", "field:p9/name"],
)
def test_a_comment_on_nothing_is_refused(workspace: Workspace, report_id: int, anchor: str) -> None:
    with pytest.raises(NotFoundError, match="报告里没有这一处"):
        add_comment(workspace.acting_as(REVIEWER), report_id, "意见", anchor=anchor)


def test_a_blank_comment_or_one_of_another_report_is_refused(
    workspace: Workspace, report_id: int
) -> None:
    with pytest.raises(InputError, match="批注是空的"):
        add_comment(workspace.acting_as(REVIEWER), report_id, " \n")
    other = create_example(workspace)
    comment_id = add_comment(workspace.acting_as(REVIEWER), other, "意见")
    with pytest.raises(NotFoundError, match="没有这条批注"):
        reply(workspace.acting_as(STAFF), report_id, comment_id, "回复")


def _reviewed(workspace: Workspace, report_id: int) -> None:
    """Let a report go through one return and one correction."""
    staff = acting(workspace, "张三")
    without_errors(staff, report_id)
    draft_section(staff, report_id, "basic.fund_use")
    draft_section(staff, report_id, "results.conclusion")
    move(workspace.acting_as(STAFF), report_id, Action.SUBMIT, noted=True)
    form = blank_like(open_report(workspace, report_id).report)
    own = with_fields(form, {EXECUTED: "600", "p1/printed/grade": "良"})
    save_own_figures(workspace.acting_as(REVIEWER), report_id, own.projects, is_blind=True)
    reveal(workspace.acting_as(REVIEWER), report_id)
    add_comment(
        workspace.acting_as(REVIEWER),
        report_id,
        "=执行数与账面不符",
        anchor=f"field:{EXECUTED}",
        quote="619.52",
    )
    move(workspace.acting_as(REVIEWER), report_id, Action.RETURN, reason="执行数应为600万元")


def test_the_opinion_as_word_says_all_a_reviewer_found(
    workspace: Workspace, report_id: int
) -> None:
    _reviewed(workspace, report_id)
    file = opinion_word(workspace.acting_as(REVIEWER), report_id)
    assert file.name.endswith("2023年度项目支出绩效自评报告审核意见（部室审核）.docx")
    document = docx.Document(io.BytesIO(file.data))
    text = "\n".join(one.text for one in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    for heading in ("一、审核结论", "二、得分对照", "三、数据比对", "四、校验发现", "五、批注"):
        assert heading in text
    assert "部室审核：退回。意见：执行数应为600万元。" in text
    assert "审核人：李四（部室审核）" in text
    assert "填写时未看草稿数据" in text
    assert "总分草稿为98.00、审核为97.68" in text
    [executed] = [row for row in cells if row[1] == "年度资金总额 · 全年执行数"]
    assert executed[2:5] == ["619.52", "600", "不一致"]
    assert "正文“（3）资金使用情况”写作“619.52万元”" in executed[5]
    assert any(row[1:5] == ["等级", "优", "良", "不一致"] for row in cells)
    assert any("=执行数与账面不符（针对“619.52”）" in row for row in cells)


def test_the_opinion_as_excel_has_a_sheet_a_list_and_no_formula(
    workspace: Workspace, report_id: int
) -> None:
    _reviewed(workspace, report_id)
    file = opinion_excel(workspace.acting_as(REVIEWER), report_id)
    book = load_workbook(io.BytesIO(file.data))
    assert book.sheetnames == ["审核意见", "数据比对", "得分对照", "校验发现", "批注", "办理经过"]
    rows = [[cell.value for cell in row] for row in book["数据比对"].iter_rows(min_row=3)]
    assert [(row[1], row[2], row[3], row[4]) for row in rows] == [
        ("年度资金总额 · 全年执行数", 619.52, 600, "不一致"),
        ("等级", "优", "良", "不一致"),
    ]
    comment = book["批注"]["B3"]
    assert comment.value == "=执行数与账面不符（针对“619.52”）"
    assert comment.data_type == "s"
    assert len(list(book["办理经过"].iter_rows(min_row=3))) == 2


def test_another_persons_opinion_names_whose_figures_differ_and_what_is_unresolved(
    workspace: Workspace, report_id: int
) -> None:
    _reviewed(workspace, report_id)
    opened = docx.Document(io.BytesIO(opinion_word(workspace.acting_as(HEAD), report_id).data))
    text = "\n".join(one.text for one in opened.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]
    assert "李四（部室审核）的数据：一致" in text
    [executed] = [row for row in cells if row[1] == "年度资金总额 · 全年执行数"]
    assert executed[2:5] == ["619.52", "600", "不一致"]
    assert executed[5].startswith("李四的数据")
    assert any(row[-1] == "未解决；未回复" for row in cells)
    external = Person(name="某会计师事务所", roles=(Role.EXTERNAL,))
    told = docx.Document(io.BytesIO(opinion_word(workspace.acting_as(external), report_id).data))
    assert "李四（部室审核）的数据" not in "\n".join(one.text for one in told.paragraphs)


def test_an_opinion_before_anything_was_done_says_so(workspace: Workspace, report_id: int) -> None:
    external = Person(name="某会计师事务所", roles=(Role.EXTERNAL,))
    file = opinion_word(workspace.acting_as(external), report_id)
    document = docx.Document(io.BytesIO(file.data))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "尚未作出审核决定，报告现在的状态是“起草”" in text
    assert "没有提供自己的数据，未作比对" in text
    assert "还没有送审" in text


def test_the_story_tells_who_did_what_when_and_why(workspace: Workspace, report_id: int) -> None:
    _reviewed(workspace, report_id)
    staff = acting(workspace, "张三")
    stored = open_report(staff, report_id)
    for figure in ("610", "600"):
        stored = open_report(staff, report_id)
        report = with_fields(stored.report, {EXECUTED: figure})
        save_report(staff, report_id, report, base_version=stored.version)
    save_section(staff, report_id, "results.conclusion", "改写的结论。", base_version=1)
    [comment] = comments_of(workspace, report_id)
    resolve(workspace.acting_as(STAFF), report_id, comment.id, "已按账面更正")
    story = story_of(workspace, report_id)
    assert [one.at for one in story] == sorted(one.at for one in story)
    told = [(one.by, one.what, one.why) for one in story if one.kind is not StoryKind.OVERRIDE]
    assert told == [
        ("张三", "建立报告（打开示例）", ""),
        ("张三", "正文 2 节：按模板起草", ""),
        ("张三", "提交部室审核（数据第1版）", ""),
        ("李四", "以部室审核身份准备自己的数据（未看草稿）：手工填写，共 2 格", ""),
        ("李四", "盲填完毕，开始与草稿比对", ""),
        ("李四", "批注“项目资金 · 年度资金总额 · 全年执行数”", "=执行数与账面不符"),
        ("李四", "以部室审核身份退回修改", "执行数应为600万元"),
        ("张三", "修改数据 2 处", ""),
        ("张三", "正文 1 节：人工修改", ""),
        ("张三", "将“项目资金 · 年度资金总额 · 全年执行数”的批注标为已解决", "已按账面更正"),
    ]
    changes = next(one for one in story if one.what == "修改数据 2 处").details
    assert changes == (
        "项目资金 · 年度资金总额 · 全年执行数：619.52 → 610",
        "项目资金 · 年度资金总额 · 全年执行数：610 → 600",
    )
    overrides = [one for one in story if one.kind is StoryKind.OVERRIDE]
    assert overrides
    assert all(one.why == "与原件核对无误" for one in overrides)
