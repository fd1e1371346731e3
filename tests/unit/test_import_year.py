"""The fiscal year of an imported table is what the form states, never a year in a name."""

from datetime import UTC, datetime
from pathlib import Path

from ziping.content.library import Content
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.services.importing import load_example, read_upload
from ziping.services.packaging import package_of
from ziping.services.scored import score_report


def test_a_year_in_the_projects_name_is_no_fiscal_year(project_root: Path) -> None:
    content = Content(project_root)
    report = load_example(content)
    project = report.projects[0].model_copy(update={"name": "2022年省级高标准农田建设项目"})
    scored = score_report(content, report.model_copy(update={"projects": (project,)}))
    package = package_of(scored, {}, status="送审稿", at=datetime(2024, 3, 1, tzinfo=UTC))

    for data, name in ((write_word(package), "表.docx"), (write_excel(package), "表.xlsx")):
        read = read_upload(content, data, name, place="", year=2023)
        assert read.fiscal_year != 2022
        assert read.evaluations[0].name == "2022年省级高标准农田建设项目"
