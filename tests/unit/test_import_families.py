"""Tables of every published family are read in full, from Word and Excel, without silent errors."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.unit.import_families import FAMILIES, FAMILY_OF_CASE, case_projects
from tests.unit.import_tables import Put, docx_file, read, xlsx

from ziping.domain.evaluation import FUND_SOURCE_TITLES, PrintedIndicator, SelfEvaluation
from ziping.domain.imported import ImportedFile

WRITERS: dict[str, Callable[[list[Put]], bytes]] = {"xlsx": xlsx, "docx": docx_file}
PROJECTS = {stem: (project, year) for stem, project, year in case_projects()}
each_case = pytest.mark.parametrize("stem", PROJECTS)
each_family = pytest.mark.parametrize("family", FAMILIES)
each_kind = pytest.mark.parametrize("kind", WRITERS)


def rebuilt(stem: str, family: str, kind: str) -> ImportedFile:
    """Rebuild a case's table in a family's layout and read it."""
    project, year = PROJECTS[stem]
    cells = [one for one in FAMILIES[family][0](project, year) if one.text or one.columns > 1]
    return read(WRITERS[kind](cells), f"自评表.{kind}")


def figures(one: SelfEvaluation, missing: frozenset[str]) -> dict[str, str]:
    """Return every figure and text of a table by its place, blanks left out."""
    found = {"name": one.name, "unit": one.implementing_unit, "fund_unit": one.fund_unit.value}
    for number, fund in enumerate(one.funds):
        at = f"fund{number}"
        found |= {
            f"{at}.label": fund.label or FUND_SOURCE_TITLES[fund.source],
            f"{at}.initial_budget": fund.initial_budget,
            f"{at}.annual_budget": fund.annual_budget,
            f"{at}.executed": fund.executed,
            f"{at}.rate": fund.printed.rate,
            f"{at}.weight": fund.printed.weight,
            f"{at}.points": fund.printed.points,
        }
    lines = [line for line in one.indicators if line.level3 or line.target or line.actual]
    for number, line in enumerate(lines):
        at = f"line{number}"
        found |= {f"{at}.{name}": getattr(line, name) for name in ("level1", "level2", "level3")}
        found |= {f"{at}.{name}": getattr(line, name) for name in ("target", "actual", "weight")}
        found[f"{at}.deviation"] = line.deviation
        found[f"{at}.points"] = line.printed.points
    found |= {"total": one.printed.total, "grade": one.printed.grade}
    return {
        place: text.strip()
        for place, text in found.items()
        if text.strip() and not is_missing(place, missing)
    }


def is_missing(place: str, missing: frozenset[str]) -> bool:
    """Return whether a layout has no cell for a figure."""
    at, _, name = place.partition(".")
    if at.startswith("fund") and name:
        return f"fund.{name}" in missing or (name in missing and "budget" in name)
    return (name or at) in missing


def without_weights(figures: dict[str, str]) -> dict[str, str]:
    """Return figures with level-1 names as they stand without (40分)."""
    return {
        place: text
        if "/" in text
        else re.split("[(（]", text)[0]
        if place.endswith("level1")
        else text
        for place, text in figures.items()
    }


@each_kind
@each_case
def test_each_published_table_is_read_in_the_layout_of_its_family(stem: str, kind: str) -> None:
    family = FAMILY_OF_CASE.get(stem[:2], "①")
    imported = rebuilt(stem, family, kind)
    expected = figures(PROJECTS[stem][0], FAMILIES[family][1])
    assert len(imported.evaluations) == 1
    read_back = figures(imported.evaluations[0], FAMILIES[family][1])
    assert without_weights(read_back) == without_weights(expected)
    assert imported.fiscal_year == PROJECTS[stem][1]


@each_kind
@each_family
def test_every_family_reads_the_same_tables(family: str, kind: str) -> None:
    for stem in list(PROJECTS)[::3]:
        project, _ = PROJECTS[stem]
        imported = rebuilt(stem, family, kind)
        missing = FAMILIES[family][1]
        read_back = figures(imported.evaluations[0], missing)
        assert without_weights(read_back) == without_weights(figures(project, missing)), stem


def table(family: str, stem: str = "01-hunan-denominator") -> list[Put]:
    """Return the cells of a case in a family's layout."""
    project, year = PROJECTS[stem]
    return FAMILIES[family][0](project, year)


def replaced(cells: list[Put], old: str, new: str) -> list[Put]:
    """Return the cells with one text in place of another."""
    assert any(one.text == old for one in cells)
    return [replace(one, text=new) if one.text == old else one for one in cells]


def test_conclusion_problems_and_measures_inside_the_table_are_kept() -> None:
    imported = read(xlsx(table("③")))
    assert imported.evaluations[0].materials == {
        "stated_conclusion": "项目实施顺利。",
        "stated_problems": "进度偏慢。",
        "stated_measures": "加强调度。",
    }
    assert [one.text for one in imported.unread] == ["项目负责人：某某", "财务负责人："]


def test_texts_under_a_table_without_weights_are_kept() -> None:
    materials = read(docx_file(table("⑤")), "a.docx").evaluations[0].materials
    assert materials["stated_deviations"] == "无偏差。"
    assert materials["stated_measures"] == "继续执行。"


def test_the_weight_in_the_heading_is_that_of_the_execution_rate() -> None:
    imported = read(xlsx(table("⑤")))
    assert imported.evaluations[0].funds[0].printed.weight == "20"
    cell = next(one for one in imported.cells if one.path == "p1/funds/total/printed/weight")
    assert (cell.certainty, cell.note) == ("请核对", "分值写在表头里")


def test_words_on_managing_the_money_are_listed_and_make_no_fund_row() -> None:
    imported = read(xlsx(table("⑦")))
    assert len(imported.evaluations[0].funds) == len(PROJECTS["01-hunan-denominator"][0].funds)
    assert "按2022年因素法分配" in [one.text for one in imported.unread]


def test_operator_figure_and_unit_are_one_target_with_all_three_sources() -> None:
    imported = read(xlsx(table("②", "04-yunnan-school-meals")))
    cell = next(one for one in imported.cells if one.path == "p1/indicators/i1/target")
    assert (cell.value_text, cell.certainty) == ("≧735人次", "确定")
    assert cell.source.count("工作表") == 3


def test_completion_and_the_way_of_giving_points_are_read() -> None:
    one = PROJECTS["01-hunan-denominator"][0]
    lines = tuple(
        line.model_copy(update={"printed": PrintedIndicator(completion="100", method="按比例得分")})
        for line in one.indicators
    )
    changed = one.model_copy(update={"indicators": lines})
    hebei = read(xlsx(FAMILIES["④"][0](changed, 2023))).evaluations[0]
    beijing = read(xlsx(FAMILIES["⑥"][0](changed, 2023))).evaluations[0]
    assert {line.printed.completion for line in hebei.indicators} == {"100"}
    assert {line.printed.method for line in beijing.indicators} == {"按比例得分"}


def glued(label: str, text: str) -> ImportedFile:
    """Read a table whose total row is one cell of figures."""
    cells = [one for one in table("①", "12-sichuan-weights-110") if one.row != 5 or one.column == 0]
    return read(xlsx([*cells, Put(5, 1, label, columns=2), *([Put(5, 4, text)] if text else [])]))


@pytest.mark.parametrize(
    ("label", "text"),
    [("年度资金总额", "202010100.00%10"), ("年度资金总额202010100.00%10", "")],
)
def test_glued_cells_are_split_where_the_arithmetic_proves_it(label: str, text: str) -> None:
    imported = glued(label, text)
    total = imported.evaluations[0].funds[0]
    assert (total.annual_budget, total.executed) == ("20", "20")
    assert (total.printed.weight, total.printed.rate, total.printed.points) == (
        "10", "100.00%", "10",
    )  # fmt: skip
    cell = next(one for one in imported.cells if one.path == "p1/funds/total/executed")
    assert cell.certainty == "请核对"
    assert "粘在一起" in cell.note


def test_glued_cells_that_no_arithmetic_proves_are_listed() -> None:
    imported = glued("年度资金总额", "203010100.00%10")
    assert imported.evaluations[0].funds[0].annual_budget == ""
    assert [one.text for one in imported.unread] == ["203010100.00%10"]


def test_a_total_that_is_not_under_its_heading_is_not_taken_for_the_weights() -> None:
    cells = [one for one in table("①") if one.row != max(cell.row for cell in table("①"))]
    end = max(one.row + one.rows for one in cells)
    wide = [Put(end, 0, "总分", columns=3), Put(end, 3, "100"), Put(end, 4, "98（优）")]
    printed = read(xlsx([*cells, *wide])).evaluations[0].printed
    assert (printed.total, printed.grade) == ("98", "优")


def test_a_whole_unit_table_is_read_as_far_as_it_is_a_table_of_a_project() -> None:
    cells = replaced(table("①"), "项目支出绩效自评表", "部门整体支出绩效自评表")
    cells = [one for one in cells if one.row != 2]
    cells += [Put(2, 0, "部门名称"), Put(2, 1, "某局", columns=8)]
    imported = read(xlsx([one for one in cells if one.row != 3]))
    one = imported.evaluations[0]
    assert (one.name, one.implementing_unit) == ("部门整体支出", "某局")
    assert any("整体支出" in note for note in imported.notes)
    assert len(one.indicators) == len(PROJECTS["01-hunan-denominator"][0].indicators)


def test_a_level_1_name_of_its_own_is_kept() -> None:
    lines = read(xlsx(table("④", "08-hebei-execution-row"))).evaluations[0].indicators
    assert [line.level1 for line in lines[4:6]] == ["效果指标", "效果指标"]
