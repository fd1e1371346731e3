"""Word files of the review: comments at their places, tracked changes since a step."""

import io
import re
import zipfile

import docx
import pytest
from tests.integration.workflow_ways import REVIEWER, STAFF, acting

from ziping.domain.errors import NotFoundError
from ziping.domain.fields import with_fields
from ziping.domain.workflow import Action
from ziping.services.commenting import add_comment
from ziping.services.drafting import draft_section, save_section
from ziping.services.reports import create_example, open_report, save_report
from ziping.services.review_exports import commented_word, snapshots_of, tracked_word
from ziping.services.workflow import move
from ziping.services.workspace import Workspace


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """Return a report that was submitted, returned, and corrected."""
    staff = acting(workspace, "张三")
    report_id = create_example(staff)
    draft_section(staff, report_id, "basic.background")
    move(workspace.acting_as(STAFF), report_id, Action.SUBMIT, noted=True)
    add_comment(
        workspace.acting_as(REVIEWER), report_id, "背景太长", anchor="section:basic.background"
    )
    move(workspace.acting_as(REVIEWER), report_id, Action.RETURN, reason="请精简背景")
    stored = open_report(staff, report_id)
    report = with_fields(stored.report, {"p1/funds/total/executed": "600"})
    save_report(staff, report_id, report, base_version=stored.version)
    save_section(
        acting(workspace, "孙八"), report_id, "basic.background", "精简的背景。", base_version=1
    )
    return report_id


def test_the_file_with_comments(workspace: Workspace, report_id: int) -> None:
    file = commented_word(workspace, report_id)
    assert file.name.endswith("报告（带批注）.docx")
    document = docx.Document(io.BytesIO(file.data))
    assert [(one.author, one.text) for one in document.comments] == [
        ("李四（部室审核）", "背景太长")
    ]


def test_the_file_with_tracked_changes_since_it_was_submitted(
    workspace: Workspace, report_id: int
) -> None:
    newest, first = snapshots_of(workspace, report_id)
    assert first.title == "张三提交部室审核（数据第1版）时"
    assert newest.title == "李四以部室审核身份退回修改时"
    file = tracked_word(workspace, report_id, first.step.id)
    assert file.name.endswith("报告（修订稿）.docx")
    xml = zipfile.ZipFile(io.BytesIO(file.data)).read("word/document.xml").decode()
    changes = re.findall(r'<w:(ins|del) [^>]*w:author="([^"]*)"[^>]*>(.*?)</w:\1>', xml)
    words = {
        (kind, by, "".join(re.findall(r"<w:(?:t|delText) [^>]*>([^<]*)<", inner)))
        for kind, by, inner in changes
    }
    assert ("ins", "孙八", "精简的背景。") in words
    assert {("del", "张三", "619.52"), ("ins", "张三", "600")} <= words
    with pytest.raises(NotFoundError, match="没有这个历史状态"):
        tracked_word(workspace, report_id, 99)
