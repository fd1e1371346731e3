"""A workbook or a folder becomes reports, a roll-up and to-do lists; one bad file stops nothing."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from tests.integration.batch_inputs import exported, projects, workbook, yaml_folder
from tests.unit.cli_calls import Outcome, call
from tests.unit.import_tables import docx_file, published_form, xls, xlsx
from tests.unit.test_import_list_template import filled

from ziping.content.report_file import dump_report

Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a batch into the folder `out` of this test."""

    def batch(given: Path, *options: str) -> Outcome:
        return call(capsys, "batch", given, "-o", tmp_path / "out", "--workers", "1", *options)

    return batch


def made(folder: Path) -> list[str]:
    """Return the reports in an output folder, by their paths below it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.docx"))


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet of results by heading."""
    found = list(load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(map(str, found[0]), row, strict=True)) for row in found[1:] if any(row)]


def test_each_sheet_of_a_workbook_becomes_a_report_filed_under_its_unit(
    run: Run, tmp_path: Path
) -> None:
    book = tmp_path / "全县.xlsx"
    book.write_bytes(workbook(7))
    outcome = run(book, "--year", "2023", "--place", "湖南 怀化")
    assert outcome.code == 0, outcome.err
    assert "已生成 7 份报告（7 个项目）" in outcome.out
    assert "已完成 7/7" in outcome.err
    folder = tmp_path / "out"
    assert len(made(folder)) == len(list(folder.glob("*/*自评报告*.xlsx"))) == 7
    summary = rows(folder / "汇总表.xlsx", "汇总")
    expected = [(one.unit, one.projects[0].name) for one in projects(7)]
    assert [(row["单位"], row["项目支出名称"]) for row in summary] == expected
    for row in summary:
        assert row["总分"] == pytest.approx(
            sum(row[key] for key in row if key.endswith("得分")), abs=0.001
        )
        text = "\n".join(
            one.text for one in docx.Document(str(folder / row["Word 报告"])).paragraphs
        )
        assert row["单位"] in text
        assert row["项目支出名称"] in text
        assert str(row["全年执行数"]) in text
        assert (folder / row["Excel 自评表"]).is_file()


def test_summary_adds_up_by_unit(run: Run, tmp_path: Path) -> None:
    run(yaml_folder(tmp_path / "in", 7))
    summary = rows(tmp_path / "out" / "汇总表.xlsx", "汇总")
    units = rows(tmp_path / "out" / "汇总表.xlsx", "单位汇总")
    assert {one["单位"]: one["项目"] for one in units} == Counter(one["单位"] for one in summary)
    for unit in units:
        own = [one for one in summary if one["单位"] == unit["单位"]]
        assert unit["全年预算数"] == pytest.approx(sum(one["全年预算数"] for one in own))
        assert sum(unit[grade] for grade in ("优", "良", "中", "差", "待定")) == len(own)
        assert unit["还缺"] == sum(one["还缺"] for one in own)


def test_each_unit_gets_one_list_of_what_to_do(run: Run, tmp_path: Path) -> None:
    run(yaml_folder(tmp_path / "in", 7))
    todos = sorted((tmp_path / "out").glob("*/待办清单.xlsx"))
    assert len(todos) == 3
    lines = rows(todos[0], "待办")
    asked = [one for one in lines if one["事项"] == "主管部门"]
    assert len(asked) == 1, "asked once for all projects of the unit"
    assert "（3 个项目）" in asked[0]["项目"]
    assert asked[0]["找谁"]
    assert all(one["怎么办"] for one in lines)


def test_a_folder_may_hold_every_kind_of_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    yaml_folder(folder, 1)
    [report] = projects(1)
    (folder / "b").mkdir()
    (folder / "b" / "导出.xlsx").write_bytes(exported(report)["xlsx"])
    (folder / "b" / "导出.docx").write_bytes(exported(report)["docx"])
    (folder / "旧表.xls").write_bytes(xls(published_form()))
    (folder / "两个表.docx").write_bytes(docx_file(published_form(), published_form()))
    (folder / "清单.xlsx").write_bytes(filled())
    data = {"fiscal_year": 2023, "unit": "某县丙中心", "projects": [{"name": "甲"}, {"name": "乙"}]}
    (folder / "两个项目.json").write_text(json.dumps(data), encoding="utf-8")
    outcome = run(folder)
    assert outcome.code == 0, (outcome.out, outcome.err)
    assert "已生成 10 份报告（11 个项目）" in outcome.out
    summary = rows(tmp_path / "out" / "汇总表.xlsx", "汇总")
    assert Counter(str(one["来源"]).split()[0] for one in summary) == {
        "0001.yaml": 1,
        "b/导出.xlsx": 1,
        "b/导出.docx": 1,
        "旧表.xls": 1,
        "两个表.docx": 2,
        "清单.xlsx": 3,
        "两个项目.json": 2,
    }


def test_bad_files_are_listed_with_the_reason_and_stop_nothing(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "in", 3)
    (folder / "a空.xlsx").write_bytes(b"")
    (folder / "b坏.docx").write_bytes(exported(next(iter(projects(1))))["docx"][:5000])
    (folder / "c通知.docx").write_bytes(docx_file(lines=("关于开展自评的通知",)))
    (folder / "d扫描.pdf").write_bytes(b"%PDF-1.4")
    (folder / "e错.yaml").write_text("fiscal_year: 2023\nprojects: [{nmae: 甲}]", encoding="utf-8")
    (folder / "f好坏.xlsx").write_bytes(
        xlsx(published_form(), [*published_form()[:-1], *_too_long()], published_form())
    )
    (folder / "~$0001.xlsx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"")
    outcome = run(folder)
    assert outcome.code == 1
    assert "已生成 5 份报告" in outcome.out
    failed = {one["文件"]: one for one in rows(tmp_path / "out" / "汇总表.xlsx", "没有生成")}
    assert set(failed) == {
        "a空.xlsx",
        "b坏.docx",
        "c通知.docx",
        "d扫描.pdf",
        "e错.yaml",
        "f好坏.xlsx",
    }
    reasons = {name: str(one["原因和办法"]) for name, one in failed.items()}
    assert "文件是空的" in reasons["a空.xlsx"]
    assert "没有找到自评表" in reasons["c通知.docx"]
    assert "不认识这种文件" in reasons["d扫描.pdf"]
    assert "nmae" in reasons["e错.yaml"]
    assert "单元格的文字太长" in reasons["f好坏.xlsx"]
    assert failed["f好坏.xlsx"]["位置"] == "工作表“自评表2”"
    assert all(f"· {name}" in outcome.out for name in failed)


def _too_long() -> list[Any]:
    last = published_form()[-1]
    return [type(last)(last.row, last.column, "长" * 20_001)]


def test_what_is_in_the_output_folder_is_never_overwritten_nor_left(
    run: Run, tmp_path: Path
) -> None:
    out, outside = tmp_path / "out", tmp_path / "外面"
    outside.mkdir()
    folder = yaml_folder(tmp_path / "in", 3)
    run(folder)
    names = made(out)
    shutil.rmtree(out)
    out.mkdir()
    (out / "某市第1中心").symlink_to(outside)
    (out / "某市第2中心").mkdir()
    (out / names[1]).write_text("别人的", encoding="utf-8")
    (out / "汇总表.xlsx").write_text("别人的", encoding="utf-8")
    for number, unit in enumerate(("../../外面", "/etc", "..", "a\\b:c*?")):
        text = json.dumps(
            {"fiscal_year": 2023, "unit": unit, "projects": [{"name": "../../../外面/x"}]}
        )
        (folder / f"x{number}.json").write_text(text, encoding="utf-8")
    outcome = run(folder)
    assert outcome.code == 0, (outcome.out, outcome.err)
    assert list(outside.iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out", "外面"]
    assert (out / names[1]).read_text(encoding="utf-8") == "别人的"
    assert (out / "汇总表.xlsx").read_text(encoding="utf-8") == "别人的"
    summary = rows(out / "汇总表（2）.xlsx", "汇总")
    assert len(summary) == 7
    assert all((out / str(one["Word 报告"])).is_file() for one in summary)


def test_a_second_batch_into_the_same_folder_is_refused_without_resume(
    run: Run, tmp_path: Path
) -> None:
    folder = yaml_folder(tmp_path / "in", 2)
    run(folder)
    refused = run(folder)
    assert refused.code == 2
    assert "--resume" in refused.err


def test_resume_makes_only_what_is_new(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "in", 3)
    out = tmp_path / "out"
    run(folder)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.glob("*/*报告*")}
    more = yaml_folder(tmp_path / "more", 5)
    for name in ("0004.yaml", "0005.yaml"):
        shutil.copy(more / name, folder / name)
    (folder / "0001.yaml").write_bytes((more / "0005.yaml").read_bytes())
    outcome = run(folder, "--resume")
    assert "已生成 5 份报告" in outcome.out
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before} == before
    summary = rows(out / "汇总表.xlsx", "汇总")
    assert [one["来源"] for one in summary] == [f"000{n}.yaml" for n in range(1, 6)]
    assert summary[0]["项目支出名称"] == summary[4]["项目支出名称"]
    assert summary[0]["Word 报告"] != summary[4]["Word 报告"]


def test_the_same_file_handed_in_twice_is_made_twice(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "in", 1)
    shutil.copy(folder / "0001.yaml", folder / "0002.yaml")
    assert run(folder).code == 0
    assert len(made(tmp_path / "out")) == 2


def test_results_as_json_name_what_failed(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "in", 1)
    (folder / "坏.xlsx").write_bytes(b"")
    answer = run(folder, "--json").json
    assert (answer["reports"], answer["projects"]) == ("1", "1")
    assert [one["source"] for one in answer["failed"]] == ["坏.xlsx"]
    assert Path(answer["summary"]).is_file()


@pytest.mark.parametrize("given", ["没有.xlsx", "空文件夹"])
def test_nothing_to_make_is_told(run: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "空文件夹").mkdir()
    outcome = run(tmp_path / given)
    assert outcome.code == 2
    assert given in outcome.err
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_made_is_told(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "in", 1)
    (tmp_path / "out").write_text("一个文件", encoding="utf-8")
    outcome = run(folder)
    assert outcome.code == 2
    assert "文件没有写成" in outcome.err


def test_a_project_handed_in_twice_is_marked_and_counted_once(run: Run, tmp_path: Path) -> None:
    folder = yaml_folder(tmp_path / "given", 1)
    [report] = projects(1)
    (folder / "表.xlsx").write_bytes(exported(report)["xlsx"])

    outcome = run(folder, "--year", "2023", "--place", "湖南 怀化")

    summary = tmp_path / "out" / "汇总表.xlsx"
    first, second = rows(summary, "汇总")
    assert "同一个项目" not in str(first["说明"])
    assert "是同一个项目，单位汇总只计前一份" in str(second["说明"])
    [unit] = rows(summary, "单位汇总")
    assert str(unit["项目"]) == "1"
    assert "同一个项目交了不止一份" in outcome.out + outcome.err


def test_what_is_not_filled_in_is_said_and_not_nought(run: Run, tmp_path: Path) -> None:
    [report] = projects(1)
    project = report.projects[0]
    funds = tuple(one.model_copy(update={"executed": ""}) for one in project.funds)
    project = project.model_copy(update={"funds": funds})
    folder = tmp_path / "given"
    folder.mkdir()
    text = dump_report(report.model_copy(update={"projects": (project,)}))
    (folder / "1.yaml").write_text(text, encoding="utf-8")

    run(folder, "--place", "湖南 怀化")

    [row] = rows(tmp_path / "out" / "汇总表.xlsx", "汇总")
    assert row["全年执行数"] == "未填"
    assert row["执行率（%）"] == row["预算执行率得分"] == row["总分"] == "待定"


def test_a_list_of_what_to_do_asks_only_for_what_the_project_has(run: Run, tmp_path: Path) -> None:
    [report] = projects(1)
    project = report.projects[0]
    funds = tuple(
        one.model_copy(update={"initial_budget": "100", "annual_budget": "100"})
        for one in project.funds
    )
    lines = tuple(
        one
        for one in project.indicators
        if not any(word in one.level2 + one.level3 for word in ("可持续", "经济效益"))
    )
    project = project.model_copy(update={"funds": funds, "indicators": lines, "materials": {}})
    folder = tmp_path / "given"
    folder.mkdir()
    text = dump_report(report.model_copy(update={"projects": (project,)}))
    (folder / "1.yaml").write_text(text, encoding="utf-8")

    run(folder, "--place", "湖南 怀化")

    [todo] = (tmp_path / "out").glob("*/待办清单.xlsx")
    asked = [str(cell.value) for row in load_workbook(todo)["待办"].iter_rows() for cell in row]
    assert "社会效益的具体表现" in asked
    assert "预算调整的原因和经过" not in asked
    assert not [one for one in asked if one.startswith(("可持续影响的具体", "经济效益的具体"))]
