"""An export with comments: each at its place, with its replies; the file still verifies."""

import io
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from ziping.documents.returned import read_returned
from ziping.documents.verify import verify_word
from ziping.documents.word import write_word
from ziping.documents.word_comments import with_comments
from ziping.domain.evaluation import Report
from ziping.domain.package import ReportPackage
from ziping.domain.people import Role
from ziping.domain.reviews import Comment, CommentEntry, CommentKind

Packages = Callable[..., ReportPackage]

MOMENT = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)


def comment(anchor: str, text: str, *thread: tuple[CommentKind, str], quote: str = "") -> Comment:
    said = [(CommentKind.OPENED, text), *thread]
    entries = tuple(
        CommentEntry(kind=kind, text=words, role=Role.DEPARTMENT, at=MOMENT, by="李四")
        for kind, words in said
    )
    return Comment(id=1, anchor=anchor, place="", quote=quote, report_version=1, entries=entries)


COMMENTS = (
    comment("", "整份报告的意见"),
    comment("section:basic.background", "这一节的意见"),
    comment("section:basic.content", "这句话的意见", quote="支出按合同"),
    comment("field:p1/funds/total/executed", "这一格的意见", (CommentKind.REPLY, "已核对")),
    comment("field:p1/indicators/i1/actual", "已了结的意见", (CommentKind.RESOLVED, "")),
    comment("field:p1/funds/total/received", "没有打印的一格"),
    comment("field:p1/indicators/i3", "整行的意见"),
    comment("field:p1/indicators/i8/deviation", "空格的意见"),
)


def test_every_comment_stands_at_its_place_and_comes_back(make_package: Packages) -> None:
    package = make_package()
    data = with_comments(write_word(package), package, COMMENTS)
    document = docx.Document(io.BytesIO(data))
    told = {one.text.split("\n")[0]: one for one in document.comments}
    assert len(told) == len(COMMENTS)
    assert told["这一格的意见"].text.split("\n")[1] == (
        "李四（部室审核）2024-03-05 17:00 回复：已核对"
    )
    assert told["（已解决）已了结的意见"].author == "李四（部室审核）"
    assert told["这一节的意见"].timestamp == MOMENT
    found = read_returned(data, "带批注.docx", package)
    assert (found.changes, found.unread) == ((), ())
    places = {one.text.split("\n")[0]: (one.anchor, one.quote) for one in found.comments}
    assert places["整份报告的意见"][0] == ""
    assert places["这一节的意见"] == ("section:basic.background", "1.项目决策背景")
    assert places["这句话的意见"][0] == "section:basic.content"
    assert "支出按合同" in places["这句话的意见"][1]
    assert places["这一格的意见"] == ("field:p1/funds/total/executed", "619.52")
    assert places["（已解决）已了结的意见"] == ("field:p1/indicators/i1/actual", "1239")
    assert places["没有打印的一格"][0] == "field:p1/name"
    assert places["整行的意见"][0].startswith("field:p1/indicators/i3/")
    assert places["空格的意见"][0] == "field:p1/indicators/i8/deviation"
    assert verify_word(data).holds


def test_comments_in_a_table_that_is_parted(make_package: Packages, long_report: Report) -> None:
    package = make_package(long_report)
    one = comment("field:p1/indicators/n33/actual", "第二页的意见")
    data = with_comments(write_word(package), package, [one])
    [back] = read_returned(data, "带批注.docx", package).comments
    assert (back.anchor, back.quote) == ("field:p1/indicators/n33/actual", "96%")


def test_no_comments_leave_the_file_readable(make_package: Packages, example: Report) -> None:
    package = make_package(example.model_copy(update={"projects": ()}))
    data = with_comments(write_word(package), package, [comment("field:p1/name", "没有项目")])
    assert [one.text for one in docx.Document(io.BytesIO(data)).comments] == ["没有项目"]


@pytest.mark.office
def test_an_office_program_opens_the_file_with_its_comments(
    make_package: Packages, soffice_path: str, tmp_path: Path
) -> None:
    package = make_package()
    (tmp_path / "a.docx").write_bytes(with_comments(write_word(package), package, COMMENTS))
    (tmp_path / "out").mkdir()
    command = [soffice_path, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "docx", "--outdir", f"{tmp_path}/out", f"{tmp_path}/a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = read_returned((tmp_path / "out" / "a.docx").read_bytes(), "a.docx", package)
    assert len(found.comments) == len(COMMENTS)
    assert found.changes == ()
