"""`check` of a finished report as people and programs read it."""

import json
from pathlib import Path

import docx
import pytest
from pydantic import TypeAdapter
from tests.unit.cli_calls import EXAMPLE, call
from tests.unit.finished_files import finished

from ziping.content.report_file import dump_report, load_report
from ziping.services import answers

DEFECTS = finished("hunan_with_defects")
ANSWER: TypeAdapter[answers.ProjectCheck | answers.ReportCheck] = TypeAdapter(
    answers.ProjectCheck | answers.ReportCheck
)


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "自评报告.txt"
    path.write_bytes(DEFECTS.txt)
    return path


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    path = tmp_path / "自评报告.docx"
    path.write_bytes(DEFECTS.docx)
    return path


def test_each_finding_of_a_text_names_its_line_and_quotes_it(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "check", text_file, "--place", "湖南", "--json")

    assert outcome.code == 1  # the table's rate is of severity 错误
    answer = json.loads(outcome.out)
    assert (answer["has_text"], answer["has_table"]) == (True, True)
    lines = text_file.read_text(encoding="utf-8").split("\n")
    for one in answer["findings"]:
        assert one["line"] is not None, one["id"]
        assert f"（第{one['line']}行）" in one["where"]
        if one["quote"]:
            around = "".join(lines[one["line"] - 1 : one["line"] + 1])
            assert one["quote"].rstrip("…")[:20] in around, one["id"]


def test_table_and_text_findings_stand_where_they_are(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = call(capsys, "check", text_file, "--place", "湖南", "--json").json["findings"]
    lines = text_file.read_text(encoding="utf-8").split("\n")

    def stands(rule: str) -> str:
        return next(
            lines[int(one["line"]) - 1] for one in findings if one["id"].startswith(f"{rule}:")
        )

    assert "84%" in stands("arithmetic.rate_base")
    assert "主管部门" in stands("completeness.competent_department")
    assert "大厅系统长期运行情况" in stands("deviations.deduction_unexplained")
    assert "效果明显" in stands("targets.not_measurable")
    assert "财政专户管理的非税收入" in stands("text.fund_source")
    assert "（二）存在的问题" in stands("text.deduction_without_problem")


def test_word_places_name_chapter_and_paragraph(
    word_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = call(capsys, "check", word_file, "--place", "湖南", "--json").json["findings"]
    by_rule = {one["id"].partition(":")[0]: one for one in findings}

    assert by_rule["text.framework"]["source"] == "第二章（三）第1段"
    assert "由决策、过程、产出和效益四个维度构成" in by_rule["text.framework"]["quote"]
    assert by_rule["arithmetic.rate_base"]["source"].startswith("表1 第")
    assert all(one["line"] is None for one in findings)


def test_people_read_the_sentence_under_its_place(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = call(capsys, "check", text_file, "--place", "湖南").out

    assert "（自评报告.txt）" in told.splitlines()[0]
    at = DEFECTS.line_of("由决策、过程、产出和效益")
    assert f"（三）绩效评价原则、评价指标体系、评价方法（第{at}行）" in told
    assert "原文：评价指标体系由决策、过程、产出和效益四个维度构成，满分100分。" in told


def test_what_is_printed_fits_the_published_schema(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ANSWER.validate_json(call(capsys, "check", text_file, "--json").out)
    schema = call(capsys, "schema", "check").out
    assert all(f'"{key}"' in schema for key in ("quote", "line", "source", "remarks", "has_text"))


def test_ids_stay_when_text_is_put_before(
    text_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longer = tmp_path / "加长.txt"
    longer.write_bytes("附件说明\n\n某市财政局：\n现报送自评报告。\n".encode() + DEFECTS.txt)

    before = call(capsys, "check", text_file, "--json").json["findings"]
    after = call(capsys, "check", longer, "--json").json["findings"]

    assert [one["id"] for one in before] == [one["id"] for one in after]
    assert [int(one["line"]) + 4 for one in before] == [int(one["line"]) for one in after]


def test_text_is_held_against_the_figures_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "报告.md"
    call(capsys, "draft", EXAMPLE, "-o", report)
    right = call(capsys, "check", report, "--figures", EXAMPLE, "--json")
    assert right.code == 0
    assert {one["severity"] for one in right.json["findings"]} == {"警告"}
    assert {one["id"].partition(":")[0] for one in right.json["findings"]} == {
        "completeness.leftover",
        "text.objective_not_reported",
    }

    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("总分98分，等级为优", "总分89分，等级为优"), encoding="utf-8")
    wrong = call(capsys, "check", report, "--figures", EXAMPLE, "--json")
    assert wrong.code == 1
    assert wrong.json["findings"][0]["id"].startswith("text.total:")


def test_a_table_is_held_against_the_figures_given(
    word_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "核定.yaml"
    report = load_report(EXAMPLE)
    table = DEFECTS.tables[0]
    lines = list(table.indicators)
    lines[0] = lines[0].model_copy(update={"actual": "45600件"})
    changed = table.model_copy(update={"indicators": tuple(lines)})
    figures.write_text(
        dump_report(report.model_copy(update={"projects": (changed,)})), encoding="utf-8"
    )

    findings = call(capsys, "check", word_file, "--figures", figures, "--json").json["findings"]

    [differs] = [one for one in findings if one["id"].startswith("text.differs:")]
    assert (
        differs["message"] == "“办件受理量”的实际完成值：自评表是 “46000件”，数据文件是 “45600件”。"
    )
    assert differs["source"].startswith("表1 第")
    figure = next(one for one in findings if one["id"].startswith("text.figure:"))
    assert "45600" in figure["message"]


def test_a_report_without_a_table_is_checked_for_what_its_text_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "评价报告.docx"
    path.write_bytes(finished("text_only").docx)

    outcome = call(capsys, "check", path, "--json")

    assert "只核查了文字" in outcome.err
    answer = outcome.json
    assert answer["projects"] == []
    assert (answer["has_text"], answer["has_table"]) == (True, False)
    assert answer["findings"][0]["id"].startswith("text.grade:")
    assert not [one for one in answer["findings"] if "没有项目" in one["message"]]


def test_several_projects_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "两个项目.docx"
    path.write_bytes(finished("two_projects").docx)

    answer = call(capsys, "check", path, "--json").json

    assert [one["name"] for one in answer["projects"]] == ["森林防火经费", "林木良种补贴"]
    assert [one["id"].partition(":")[0] for one in answer["findings"]] == ["text.project_count"]


def test_tracked_changes_are_read_as_accepted_and_said(
    word_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document(str(word_file))
    paragraph = next(one for one in document.paragraphs if "评分结果为优" in one.text)
    paragraph._p.append(document.element.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {}
    ))  # fmt: skip
    document.save(str(word_file))

    outcome = call(capsys, "check", word_file, "--json")

    assert any("接受全部修订" in one for one in outcome.json["remarks"])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("坏.docx", b"PK\x03\x04 nothing of the kind", "已损坏"),
        ("假.docx", "这不是 Word 文件".encode(), "不能读取这种文件"),
        ("空.txt", b"", "文件是空的"),
        ("短.txt", "一句话。".encode(), "既没有自评表，也没有报告正文"),
        ("图.txt", b"\x89PNG\x00\x01", "已损坏"),
    ],
)
def test_a_file_that_cannot_be_checked_is_told_in_chinese(
    name: str, data: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    outcome = call(capsys, "check", path)
    assert outcome.code == 2
    assert outcome.err.startswith("错误：")
    assert told in outcome.err
