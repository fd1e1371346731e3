"""Every field of a report has a path and a Chinese name."""

import pytest
from hypothesis import given
from tests.unit.random_reports import relaxed, reports

from ziping.domain.evaluation import FundRow, FundSource, Indicator, Report, SelfEvaluation
from ziping.domain.fields import flatten, label, unflatten

REPORT = Report(
    fiscal_year=2023,
    projects=(
        SelfEvaluation(
            id="p1",
            name="专项经费",
            funds=(FundRow(source=FundSource.TOTAL, executed="619.52"),),
            level1_weights={"产出/效益#~指标": "50"},
            indicators=(Indicator(id="i3", level3="交易宗数", actual="1239"),),
        ),
    ),
)


@relaxed
@given(reports)
def test_a_flattened_report_comes_back_equal(report: Report) -> None:
    assert unflatten(flatten(report)) == report


def test_a_path_names_rows_by_what_they_are_not_by_where_they_stand() -> None:
    leaves = flatten(REPORT)
    assert leaves["p1/funds/total/executed"] == "619.52"
    assert leaves["p1/indicators/i3/actual"] == "1239"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("unit", "编报单位"),
        ("p1/funds/total/executed", "项目资金 · 年度资金总额 · 全年执行数"),
        ("p1/indicators/i3/actual", "交易宗数 · 实际完成值"),
        ("p1/indicators/#order", "绩效指标 · 顺序"),
        ("p1/objectives/1/expected", "年度总体目标 · 第1条 · 预期目标"),
        ("p1/level1_weights/产出~1效益~2~0指标", "一级指标分值 · 产出/效益#~指标"),
    ],
)
def test_a_path_is_told_in_words(path: str, expected: str) -> None:
    assert label(path, REPORT) == expected


def test_with_several_projects_the_project_is_named() -> None:
    other = SelfEvaluation(id="p2", name="另一项目")
    report = REPORT.model_copy(update={"projects": (*REPORT.projects, other)})
    assert label("p2/name", report) == "另一项目 · 项目支出名称"


@relaxed
@given(reports)
def test_no_field_is_called_by_its_identifier(report: Report) -> None:
    for path in flatten(report):
        assert not any("_" in word for word in label(path, report).split(" · "))
