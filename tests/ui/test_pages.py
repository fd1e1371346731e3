"""Every page in every state a person can bring it to, and what it says there."""

import pytest
from tests.ui.app_driver import PAGES, REPORT_PAGES, App

from ziping.domain.evaluation import Report
from ziping.services.reports import blank_project, create_report, open_report
from ziping.services.scored import score_report
from ziping.ui import resources


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_nothing_there(app: App, page: str) -> None:
    app.go(page)

    assert app.text().strip()


@pytest.mark.parametrize("page", REPORT_PAGES)
def test_page_of_a_report_says_where_to_open_one(app: App, page: str) -> None:
    app.go(page)

    assert "还没有打开报告" in app.text()
    assert "请先在工作台打开一份报告，或新建一份" in app.text()


@pytest.mark.parametrize("page", REPORT_PAGES)
def test_page_of_a_report_that_is_not_there_says_so(app: App, page: str) -> None:
    app.run.query_params["report"] = "999"
    app.go(page)

    assert "没有" in app.run.subheader[0].value
    assert "98.00" not in app.text()


@pytest.mark.parametrize("stated", ["", "abc", "-1", "１", "²", "1e3", "9" * 30, "1;drop"])
def test_nonsense_in_the_address_crashes_nothing(app: App, stated: str) -> None:
    app.run.query_params["report"] = stated
    app.go("filling")

    assert "工作台" in app.text()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("projects", [0, 1, 2])
def test_page_opens_with_an_empty_report(app: App, page: str, projects: int) -> None:
    blank = tuple(blank_project(f"p{number + 1}") for number in range(projects))
    report_id = create_report(resources.workspace(), Report(fiscal_year=2024, projects=blank))
    app.run.query_params["report"] = str(report_id)
    app.go(page)


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_the_example(app: App, page: str) -> None:
    app.open_example()
    app.go(page)

    if page in REPORT_PAGES:
        assert "怀化市公共资源交易中心2023年度项目支出绩效自评" in app.text()
        assert "98.00" in app.text()


def test_first_page_teaches_three_steps(app: App) -> None:
    told = app.text()

    assert "三步写出第一份报告" in told
    assert all(step in told for step in ("1. 填数", "2. 看分", "3. 成文"))


def test_list_shows_score_grade_and_findings_of_each_report(app: App) -> None:
    app.open_example()
    app.go("workbench")

    row = app.run.dataframe[0].value.iloc[0]
    assert (row["总分"], row["等级"], row["执行率"]) == ("98.00", "优", "100%")
    assert row["错误"] > 0
    assert row["保存人"] == "本机用户"


def test_empty_report_has_no_grade_and_says_what_is_needed(app: App) -> None:
    report = Report(fiscal_year=2024, projects=(blank_project(),))
    app.run.query_params["report"] = str(create_report(resources.workspace(), report))
    app.go("scoring")

    told = app.text()
    assert "总分待定" in told
    assert "资金还没有填全，算不出执行率。" in told
    assert "等级优" not in told


def test_filling_counts_findings_and_missing_items(app: App) -> None:
    app.open_example()

    told = app.text()
    scored = score_report(
        resources.workspace().content, open_report(resources.workspace(), 1).report
    )
    assert f"还缺什么（{len(scored.missing)}）" in told
    assert f"校验发现（{len(scored.findings)}）" in told
    assert "执行率用错了分母" in told
    assert "怎么办：" in told


def test_scoring_explains_each_line_with_formula_and_clause(app: App) -> None:
    app.open_example()
    app.go("scoring")

    told = app.text()
    assert "总分 98.00，等级优" in told
    assert "执行率的几种口径" in told
    rates = app.run.dataframe[1].value
    assert "81.52%" in set(rates["比率"])
    assert "100%" in set(rates["比率"])
    assert "财预〔2020〕10号" in told or "湘财绩〔2020〕7号" in told


def test_export_lists_what_stands_before_the_final_version(app: App) -> None:
    app.open_example()
    app.go("exporting")

    told = app.text()
    assert "处错误未处理" in told
    assert "节没有起草" in told
    assert "不影响导出送审稿" in told


def test_place_chooses_the_rules_and_says_why(app: App) -> None:
    app.open_example()
    app.go("importing")
    app.enter("地区", "湖北")

    assert "湖北" in app.run.info[0].value


def test_unknown_place_falls_back_to_the_national_rules(app: App) -> None:
    app.go("importing")
    app.enter("地区", "某地")

    assert "财预〔2020〕10号" in app.run.info[0].value
