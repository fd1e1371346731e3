"""Reports to print: the worked example, a long one, and texts that try to break the file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ziping import scoring
from ziping.content.library import Content
from ziping.content.report_file import load_report
from ziping.domain.draft import Author, SectionText
from ziping.domain.evaluation import Indicator, Report
from ziping.domain.findings import Family, Finding, Place, Severity
from ziping.domain.package import ReportPackage

HOSTILE = "=1+1 <b>&amp;]]>\x00\x0b\ufffe\ud800😀\t@SUM(A1)\u2028末行"
"""A text with everything that breaks XML or a spreadsheet."""

SAMPLE_TEXT = (
    "项目年初预算数760万元，全年预算数619.52万元，全年执行数619.52万元。\n"
    "1.资金使用合规。支出按合同和验收结果支付，凭证、合同、验收单齐全，未发现超范围支出。\n"
    "①细化指标。把“效果明显”改为可以计数的指标值，并写明数据来源。\n"
    "【待补充：单位实际做法】其余情况与批复的绩效目标一致。"
)

Packages = Callable[..., ReportPackage]


@pytest.fixture(scope="session")
def content() -> Content:
    return Content(Path(__file__).resolve().parents[3])


@pytest.fixture(scope="session")
def example(content: Content) -> Report:
    return load_report(content.root / "knowledge" / "examples" / "huaihua-2023.yaml")


@pytest.fixture(scope="session")
def make_package(content: Content, example: Report) -> Packages:
    """Return a function that gathers what an export needs for a report."""

    def make(
        report: Report = example,
        *,
        text: str = SAMPLE_TEXT,
        status: str = "送审稿",
        leave_out: tuple[str, ...] = (),
    ) -> ReportPackage:
        choice = content.choose_rule_set(report.place, report.fiscal_year, report.rule_set)
        outline = content.outline(report.outline)
        sheets = tuple(
            scoring.score(one, choice.rule_set, content.lexicon(), fiscal_year=report.fiscal_year)
            for one in report.projects
        )
        sections = {
            one.id: SectionText(section_id=one.id, text=text, author=Author.TEMPLATE)
            for one in outline.sections
            if one.fallback and one.id not in leave_out
        }
        finding = Finding(
            id="funds.rate_base:p1/funds/total",
            severity=Severity.ERROR,
            family=Family.FUNDS,
            title="执行率口径不符",
            message="表列执行率与按全年预算数计算的不同",
            where=Place(path="p1/funds/total/printed/rate", label="项目资金 · 执行率"),
            why="619.52÷619.52＝100%",
            remedy="请改为按全年预算数计算",
        )
        return ReportPackage.model_validate(
            {
                "report": report,
                "outline": outline,
                "rule_set": choice.rule_set,
                "sheets": sheets,
                "findings": (finding,) if report.projects else (),
                "sections": sections,
                "status": status,
                "exported_at": datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
                "version": 7,
            }
        )

    return make


@pytest.fixture(scope="session")
def long_report(example: Report) -> Report:
    """Return a report whose one project has forty indicators."""
    project = example.projects[0]
    indicators = tuple(
        Indicator(
            id=f"n{number}",
            level1="产出指标" if number <= 25 else "效益指标",
            level2=f"第{number // 4 + 1}类指标",
            level3=f"第{number}项工作任务按期完成并通过验收的比例",
            target="≥95%",
            actual="96%" if number % 5 else "",
            weight="2.25",
            deviation=""
            if number % 7
            else "上游单位移交资料晚，已改为按月对账并提前一个季度启动。",
        )
        for number in range(1, 41)
    )
    long = project.model_copy(update={"indicators": indicators, "level1_weights": {}})
    return example.model_copy(update={"projects": (long,)})


@pytest.fixture(scope="session")
def hostile_report(example: Report) -> Report:
    """Return a report in which every text field tries to break the file."""
    project = example.projects[0]
    lines = tuple(
        one.model_copy(
            update={"level3": HOSTILE, "target": f"-{HOSTILE}", "deviation": HOSTILE * 150}
        )
        for one in project.indicators
    )
    broken = project.model_copy(
        update={"name": HOSTILE, "implementing_unit": f"+{HOSTILE}", "indicators": lines}
    )
    return example.model_copy(
        update={"unit": HOSTILE, "annex_number": HOSTILE, "projects": (broken, broken)}
    )
