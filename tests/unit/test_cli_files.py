"""`draft`, `export`, `verify` and `template`: files that people open."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from tests.unit.cli_calls import EXAMPLE, call


@pytest.fixture
def exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Path]:
    """Return the files of one export by their suffix."""
    outcome = call(capsys, "export", EXAMPLE, "-o", tmp_path / "导出")
    assert outcome.code == 0, outcome.err
    return {Path(line).suffix: Path(line) for line in outcome.out.splitlines()}


def with_replaced(path: Path, old: str, new: str) -> bytes:
    """Return a Word file with a text of its body replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
    return buffer.getvalue()


def test_draft_prints_every_heading_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, "draft", EXAMPLE, "--offline")
    assert outcome.code == 0
    assert outcome.out.startswith("# 怀化市公共资源交易中心2023年度")
    chapters = re.findall(r"^## (.)、", outcome.out, re.MULTILINE)
    assert chapters == ["一", "二", "三", "四", "五"]
    assert "619.52万元" in outcome.out


def test_draft_saves_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "报告.md"
    assert call(capsys, "draft", EXAMPLE, "-o", target).code == 0
    written = target.read_text(encoding="utf-8")
    assert written.startswith("# 怀化")
    again = call(capsys, "draft", EXAMPLE, "-o", target)
    assert again.code == 2
    assert "已经存在，没有覆盖" in again.err
    assert target.read_text(encoding="utf-8") == written


def test_export_writes_word_and_excel(exported: dict[str, Path]) -> None:
    assert set(exported) == {".docx", ".xlsx"}
    assert all("送审稿" in path.name for path in exported.values())
    assert all(zipfile.is_zipfile(path) for path in exported.values())


@pytest.mark.parametrize("place", ["/dev/null", "占用"])
def test_export_into_something_that_is_no_folder_is_refused(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / place
    if place == "占用":
        target.write_text("", encoding="utf-8")
    outcome = call(capsys, "export", EXAMPLE, "-o", target)
    assert outcome.code == 2
    assert "这不是文件夹" in outcome.err
    assert "请在 -o 后面写一个文件夹" in outcome.err


def test_a_second_export_takes_another_name(
    exported: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = exported[".docx"].read_bytes()
    outcome = call(capsys, "export", EXAMPLE, "-o", exported[".docx"].parent)
    assert "（2）.docx" in outcome.out
    assert exported[".docx"].read_bytes() == before


def test_what_was_exported_can_be_read_again_and_scores_the_same(
    exported: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for path in exported.values():
        answer = call(
            capsys, "score", path, "--year", "2023", "--place", "湖南 怀化", "--json"
        ).json
        assert (answer["total"], answer["grade"]) == ("98", "优")


def test_an_untouched_export_verifies(
    exported: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "verify", exported[".docx"])
    assert outcome.code == 0
    assert "一致" in outcome.out
    answer = call(capsys, "verify", exported[".docx"], "--json").json
    assert answer["holds"] is True
    assert answer["rule_set"] == "hunan-2020-7"


def test_a_changed_figure_is_found(
    exported: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changed = tmp_path / "改过.docx"
    changed.write_bytes(with_replaced(exported[".docx"], "1239", "1339"))
    outcome = call(capsys, "verify", changed)
    assert outcome.code == 1
    assert "交易宗数" in outcome.out
    assert "1339" in outcome.out


def test_the_template_opens_as_an_empty_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "template", "-o", tmp_path / "空表")
    assert outcome.code == 0
    assert zipfile.is_zipfile(tmp_path / "空表.xlsx")
    answer = call(capsys, "score", tmp_path / "空表.xlsx", "--json").json
    assert answer["total"] is None


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "文件"
    in_the_way.write_text("", encoding="utf-8")
    outcome = call(capsys, "export", EXAMPLE, "-o", in_the_way / "导出")
    assert outcome.code == 2
    assert "文件没有写成" in outcome.err
