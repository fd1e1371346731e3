"""What a report file promises: what is written is read, and mistakes name file, line and field."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.content.report_file import dump_report, load_report, report_json_schema
from ziping.domain.errors import InputError
from ziping.domain.evaluation import (
    ApprovedIndicator,
    Band,
    Evidence,
    FundKind,
    FundRow,
    FundSource,
    FundUnit,
    Indicator,
    Objective,
    PrintedFund,
    Report,
    SelfEvaluation,
    UnitDocument,
)

EXAMPLE = Path("knowledge", "examples", "huaihua-2023.yaml")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        load_report(text, "自评.yaml")
    return str(caught.value)


def test_the_worked_example_is_read_figure_by_figure(project_root: Path) -> None:
    report = load_report(project_root / EXAMPLE)
    project = report.projects[0]
    total = project.fund(FundSource.TOTAL)
    assert total
    assert (total.initial_budget, total.annual_budget, total.printed.rate) == (
        "760",
        "619.52",
        "81.52%",
    )
    assert [line.id for line in project.indicators] == [f"i{number}" for number in range(1, 10)]
    assert project.indicators[7].band is Band.ACHIEVED
    assert project.competent_department == ""


def test_json_and_yaml_say_the_same() -> None:
    yaml_text = (
        "fiscal_year: 2023\nprojects:\n  - funds:\n      - {source: total, executed: 619.50}"
    )
    json_text = (
        '{"fiscal_year": 2023, "projects": [{"funds": [{"source": "total", "executed": 619.50}]}]}'
    )
    assert load_report(yaml_text) == load_report(json_text)
    assert load_report(json_text).projects[0].funds[0].executed == "619.50"


def test_a_json_file_is_read_as_json(tmp_path: Path) -> None:
    path = tmp_path / "自评.json"
    path.write_text('{"fiscal_year": 2023,\n "unti": "某单位"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"自评.json 第 2 行：不认识的键“unti”。是否想写 unit"):
        load_report(path)


def test_projects_and_indicators_without_an_id_are_numbered() -> None:
    report = load_report(
        "fiscal_year: 2023\nprojects:\n- name: 甲\n- name: 乙\n"
        "  indicators:\n  - {level3: 一}\n  - {id: i1, level3: 二}\n  - {id: '', level3: 三}\n"
    )
    assert [one.id for one in report.projects] == ["p1", "p2"]
    assert [one.id for one in report.projects[1].indicators] == ["i2", "i1", "i3"]


def test_a_misspelt_field_says_where_and_which() -> None:
    message = refusal(
        "fiscal_year: 2023\nprojects:\n- funds:\n  - {source: total}\n    \n  nmae: x"
    )
    assert message == (
        "自评.yaml 第 6 行：不认识的键“nmae”。是否想写 name（项目支出名称）？请改过来。"
    )


def test_a_wrong_choice_is_named_in_words() -> None:
    message = refusal("fiscal_year: 2023\nprojects:\n- fund_unit: 千元\n")
    assert message == (
        "自评.yaml 第 3 行：自评 第 1 项 · 金额单位（fund_unit）不能写“千元”。"
        "可选：元、万元、亿元。"
    )


def test_a_missing_year_is_asked_for() -> None:
    assert refusal("unit: 某单位\n") == (
        "自评.yaml 第 1 行：缺少 fiscal_year（财政年度）。请在这一段里补上“fiscal_year: …”。"
    )
    assert "缺少 fiscal_year（财政年度）" in refusal("unit: 某单位\nfiscal_year:\n")


def test_a_year_that_cannot_be_is_refused() -> None:
    assert "财政年度（fiscal_year）写的是“203”，不能小于 1995" in refusal("fiscal_year: 203\n")


def test_a_project_at_the_top_is_told_where_it_belongs() -> None:
    message = refusal("fiscal_year: 2023\nindicators: []\n")
    assert "indicators（绩效指标） 应写在 projects（自评） 下面，请移过去" in message


def test_repeated_ids_are_refused() -> None:
    assert refusal("fiscal_year: 2023\nprojects:\n- id: a\n- id: a\n") == (
        "自评.yaml 第 4 行：编号 id“a”重复（得分和校验发现靠编号对应到行）。"
        "请改成不同的编号，或删去 id 由系统编号。"
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有\.yaml：找不到文件"):
        load_report(tmp_path / "没有.yaml")


def test_the_schema_lets_ids_be_left_out() -> None:
    schema = report_json_schema()
    assert schema["required"] == ["fiscal_year"]
    assert "id" not in schema["$defs"]["Indicator"]["required"]
    assert schema["properties"]["unit"]["description"] == "编报单位."


def test_a_dumped_report_reads_like_one_written_by_hand(project_root: Path) -> None:
    text = dump_report(load_report(project_root / EXAMPLE))
    assert "    initial_budget: 760\n" in text
    assert "    annual_budget: 619.52\n" in text
    assert "!!" not in text
    assert load_report(text) == load_report(project_root / EXAMPLE)


special = st.sampled_from(
    [
        *("null", "~", "", " ", "- x", "a: b", "# x", "'", '"', "*x", "&x", "!x", "%", "@", "`"),
        *("|", ">", "---", "<<", "=", "?", "{", "[x]", "是", "true", "1e3", "619.50", "\n"),
        *("a\nb\n", "\u2028", "\ufeff", "\x85", "\t", "\x7f", "\U0001f600", "\x00"),
        *("行一\r\n行二", "\u3000首行缩进"),
    ]
)
raw = special | st.text(max_size=20)
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)

indicators = st.builds(
    Indicator,
    id=ids,
    level3=raw,
    target=raw,
    actual=raw,
    band=st.sampled_from(Band),
    deviation=raw,
    evidence=st.lists(st.builds(Evidence, name=raw), max_size=2).map(tuple),
    approved=st.builds(ApprovedIndicator, target=raw),
)
projects = st.builds(
    SelfEvaluation,
    id=ids,
    name=raw,
    fund_kind=st.sampled_from(FundKind),
    fund_unit=st.sampled_from(FundUnit),
    funds=st.lists(
        st.builds(
            FundRow,
            source=st.sampled_from(FundSource),
            executed=raw,
            printed=st.builds(PrintedFund, rate=raw),
        ),
        max_size=2,
    ).map(tuple),
    objectives=st.lists(st.builds(Objective, expected=raw), max_size=2).map(tuple),
    level1_weights=st.dictionaries(raw, raw, max_size=2),
    indicators=st.lists(indicators, max_size=3, unique_by=lambda one: one.id).map(tuple),
    materials=st.dictionaries(raw, raw, max_size=2),
)
reports = st.builds(
    Report,
    unit=raw,
    fiscal_year=st.integers(1995, 2100),
    place=raw,
    unit_documents=st.lists(st.builds(UnitDocument, title=raw), max_size=2).map(tuple),
    projects=st.lists(projects, max_size=3, unique_by=lambda one: one.id).map(tuple),
)


@given(reports)
def test_what_is_dumped_loads_back_equal(report: Report) -> None:
    assert load_report(dump_report(report)) == report
