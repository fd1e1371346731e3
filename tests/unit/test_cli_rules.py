"""`rules`, `schema` and `doctor`."""

import json
import re
import shutil
import socket
from pathlib import Path

import pytest
from tests.unit.cli_calls import EXAMPLE, call

from ziping.content.report_file import load_report


def test_every_rule_set_is_listed_with_its_place_and_certainty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = call(capsys, "rules", "list")
    assert shown.code == 0
    assert "hunan-2020-7" in shown.out
    assert "正文未见" in shown.out
    listed = call(capsys, "rules", "list", "--json").json["rule_sets"]
    assert {"cn-2020-10", "hunan-2020-7", "hubei-2020-3"} <= {one["id"] for one in listed}


def test_a_rule_set_is_shown_with_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    told = call(capsys, "rules", "show", "hunan-2020-7").out
    assert "适用地区：湖南" in told
    assert "一级分值：预算执行率 10，产出指标 50，效益指标 30，满意度指标 10" in told
    assert "等级：优 ≥ 90，良 ≥ 80，中 ≥ 60，差 ≥ 0" in told
    assert "依据：财预〔2020〕10号 第十三条" in told
    shown = call(capsys, "rules", "show", "hunan-2020-7", "--json").json
    assert shown["execution"]["basis"]["clause"]


def test_every_rule_set_is_shown_in_words_that_people_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for one in call(capsys, "rules", "list", "--json").json["rule_sets"]:
        told = call(capsys, "rules", "show", one["id"]).out.replace(one["id"], "")
        assert re.findall(r"[A-Za-z_]{2,}", told) == []


def test_the_shipped_content_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, "rules", "check")
    assert (outcome.code, outcome.err) == (0, "")
    assert call(capsys, "rules", "check", "--json").json == {"problems": []}


def test_a_mistake_in_a_rule_file_is_told_with_file_and_line(
    tmp_path: Path,
    project_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for folder in ("knowledge", "prompts"):
        shutil.copytree(project_root / folder, tmp_path / folder)
    rule_file = tmp_path / "knowledge" / "rules" / "hunan-2020-7.yaml"
    text = rule_file.read_text(encoding="utf-8")
    rule_file.write_text(f"{text}\nsurprise: 1\n", encoding="utf-8")
    monkeypatch.setenv("ZIPING_CONTENT", str(tmp_path))
    outcome = call(capsys, "rules", "check")
    assert outcome.code == 1
    assert "hunan-2020-7.yaml" in outcome.out
    assert "surprise" in outcome.out
    sick = call(capsys, "doctor")
    assert sick.code == 1
    assert "[异常] 规则与模板" in sick.out


@pytest.mark.parametrize(
    "name", ["report", "score", "check", "verify", "rules-list", "rules-show", "rules-check"]
)
def test_every_schema_is_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, "schema", name)
    assert outcome.code == 0
    schema = json.loads(outcome.out)
    assert schema.get("properties") or schema.get("anyOf")


def test_schemas_say_what_each_field_is_and_that_points_are_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    schema = json.loads(call(capsys, "schema", "score").out)
    points = schema["$defs"]["LineAnswer"]["properties"]["points"]
    assert {"type": "number"} in points["anyOf"]
    assert "得分" in points["description"]
    report = json.loads(call(capsys, "schema").out)
    assert "财政年度" in report["properties"]["fiscal_year"]["description"]


def test_the_example_fits_the_report_schema(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(call(capsys, "schema", "report").out)
    assert set(load_report(EXAMPLE).model_dump()) == set(schema["properties"])


def test_doctor_finds_this_machine_well(
    ziping_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "doctor")
    assert outcome.code == 0, outcome.out
    assert str(ziping_home) in outcome.out
    assert call(capsys, "doctor", "--json").json["ok"] is True


def test_doctor_tells_of_a_data_directory_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "文件"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv("ZIPING_HOME", str(in_the_way / "数据"))
    outcome = call(capsys, "doctor")
    assert outcome.code == 1
    assert "[异常] 数据目录" in outcome.out
    assert "ZIPING_HOME" in outcome.out


def test_serve_refuses_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = call(capsys, "serve", "--port", taken.getsockname()[1])
    assert outcome.code == 2
    assert "换一个端口" in outcome.err
