"""`ziping reconcile A B`: what it prints, its JSON and its exit codes."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from tests.unit.cli_calls import EXAMPLE, call

from ziping.services.review_answers import ReconcileAnswer


@pytest.fixture
def exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the table we export of the example."""
    call(capsys, "export", EXAMPLE, "-o", tmp_path)
    [table] = tmp_path.glob("*.xlsx")
    return table


def test_equal_files_are_told_as_equal(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, "reconcile", EXAMPLE, EXAMPLE, "--json")
    assert outcome.code == 0
    assert outcome.json["equal"] is True
    assert {one["result"] for one in outcome.json["fields"]} == {"一致"}
    assert outcome.json["left"].endswith("（A）")


def test_the_exported_table_shows_the_rate_on_another_basis(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, "reconcile", EXAMPLE, exported, "--json")
    assert outcome.code == 1
    differing = [one for one in outcome.json["fields"] if one["result"] != "一致"]
    assert [(one["label"], one["left"], one["right"], one["result"]) for one in differing] == [
        ("年度资金总额 · 执行率", "81.52%", "100%", "口径")
    ]
    assert outcome.json["counts"]["口径"] == "1"
    scores = {
        one["label"]: (one["left_points"], one["right_points"]) for one in outcome.json["scores"]
    }
    assert scores["总分"] == ("98.00", "98.00")
    told = call(capsys, "reconcile", EXAMPLE, exported)
    assert "比对结果：一致" in told.out
    assert "81.52%" in told.out
    assert told.code == 1


def test_the_json_is_what_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(call(capsys, "schema", "reconcile").out)
    assert set(schema["required"]) == {
        *("left", "right", "rule_set", "equal", "counts", "fields", "scores")
    }
    printed = call(capsys, "reconcile", EXAMPLE, EXAMPLE, "--json").out
    TypeAdapter(ReconcileAnswer).validate_json(printed)


def test_a_finance_list_in_yuan_is_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "导出.csv"
    listed.write_text(
        "项目名称,年初预算数(元),全年预算数(元),执行数(元)\n"
        "专项业务（工作）经费,7600000,6195200,6195200\n",
        encoding="utf-8",
    )
    outcome = call(capsys, "reconcile", EXAMPLE, listed, "--json")
    funds = [one for one in outcome.json["fields"] if one["label"].startswith("年度资金总额 · ")]
    by_label = {one["label"].removeprefix("年度资金总额 · "): one["result"] for one in funds}
    assert by_label["年初预算数"] == by_label["全年执行数"] == "单位"
    assert by_label["实际到位数"] == "缺失"
    assert outcome.code == 1


def test_rounding_alone_is_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rounded = tmp_path / "a.csv"
    exact = tmp_path / "b.csv"
    rounded.write_text("项目名称,全年预算数（万元）\n甲,620\n", encoding="utf-8")
    exact.write_text("项目名称,全年预算数（万元）\n甲,619.52\n", encoding="utf-8")
    outcome = call(capsys, "reconcile", rounded, exact, "--year", "2023", "--json")
    assert (outcome.code, outcome.json["equal"]) == (0, True)
    assert outcome.json["counts"]["四舍五入"] == "1"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("没有.xlsx", None, "找不到这个文件"),
        ("空.csv", "甲,乙\n", "没有找到项目清单"),
        ("笔记.pdf", "x", "不认识这种文件"),
    ],
)
def test_what_cannot_be_read_is_told(
    name: str,
    content: str | None,
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    outcome = call(capsys, "reconcile", EXAMPLE, path)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
