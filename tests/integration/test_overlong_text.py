"""A text that no field can hold is refused by name, and nothing stored is harmed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ziping.content.library import Content
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report
from ziping.domain.fields import with_fields
from ziping.domain.people import Person
from ziping.persistence.database import open_database
from ziping.services import reports
from ziping.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, project_root: Path) -> Workspace:
    """Return a workspace over an empty database."""
    return Workspace(
        database=open_database(tmp_path),
        content=Content(project_root),
        clock=lambda: datetime(2024, 3, 1, tzinfo=UTC),
        person=Person(name="测试员"),
    )


def test_ten_megabytes_in_a_cell_are_refused_by_name(workspace: Workspace) -> None:
    """The message names the cell and what to do; the stored report opens as before."""
    report_id = reports.create_example(workspace)
    before = reports.open_report(workspace, report_id)
    line = before.report.projects[0].indicators[0].model_copy(update={"actual": "字" * 10_000_000})
    project = before.report.projects[0].model_copy(update={"indicators": (line,)})
    mine = before.report.model_copy(update={"projects": (project,)})

    with pytest.raises(InputError, match="交易宗数 · 实际完成值：内容有 10000000 个字"):
        reports.save_report(workspace, report_id, mine, base_version=before.version)

    assert reports.open_report(workspace, report_id) == before


def test_an_overlong_field_is_refused_before_it_is_saved() -> None:
    """A single box is held to the same bound."""
    with pytest.raises(InputError, match="请精简"):
        with_fields(Report(fiscal_year=2023), {"unit": "某" * 20_001})
