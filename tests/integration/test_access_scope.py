"""What is kept of a report is only read and written within a reach."""

import ast
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.integration.access_world import PEOPLE, UNTIL, put_invitation

from ziping.domain.access import Reach
from ziping.domain.errors import NotFoundError, RefusedError
from ziping.domain.people import Person, Role
from ziping.domain.workflow import Action
from ziping.persistence.reports import count_reports
from ziping.persistence.scoped import Scoped
from ziping.persistence.tables import KEYS_OF_REPORTS, comments, overrides, reports
from ziping.services import owning
from ziping.services.inviting import invitations_of, withdraw_invitation
from ziping.services.reports import create_example, list_reports, open_report
from ziping.services.workflow import move
from ziping.services.workspace import Workspace

KEYED = {table.name for table in KEYS_OF_REPORTS} | {"reports"}
WHOLE_DATABASE = {"dump.py", "restoring.py", "scoped.py", "tables.py"}
"""They serve backups, or are the mechanism itself."""
LOG_ITSELF = {"append_entry", "head"}
"""Adding to the log goes with every change, which was allowed by then."""
STAFF = PEOPLE[Role.STAFF]
EXTERNAL = PEOPLE[Role.EXTERNAL]


def test_no_function_touches_what_belongs_to_a_report_but_within_a_reach(
    project_root: Path,
) -> None:
    """Its connection is a `Scoped`, so that mypy refuses any other."""
    loose = []
    for path in (project_root / "src" / "ziping" / "persistence").glob("*.py"):
        if path.name in WHOLE_DATABASE:
            continue
        for one in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(one, ast.FunctionDef) or one.name in LOG_ITSELF:
                continue
            named = {each.id for each in ast.walk(one) if isinstance(each, ast.Name)}
            kinds = {ast.unparse(arg.annotation or one) for arg in one.args.args}
            if named & KEYED and "execute" in ast.unparse(one) and "Scoped" not in kinds:
                loose.append(f"{path.name}:{one.name}")
    assert loose == []


def test_rows_out_of_reach_are_not_found_changed_or_added(workspace: Workspace) -> None:
    mine = create_example(workspace.acting_as(STAFF))
    theirs = create_example(workspace)
    with workspace.database.write() as connection:
        rows = Scoped(connection, Reach(unit=STAFF.unit, on=date(2024, 3, 1)))
        assert count_reports(rows) == 1
        assert rows.execute(reports.update().values(title="改")).rowcount == 1
        assert rows.execute(reports.delete().where(reports.c.id == theirs)).rowcount == 0
        added = overrides.insert().values(
            report_id=theirs, finding_id="x", reason="", saved_at=sa.func.now(), saved_by=""
        )
        with pytest.raises(NotFoundError, match="没有找到这份报告"):
            rows.execute(added)
        assert rows.has(mine)
        assert not rows.has(theirs)


def test_what_cannot_be_limited_is_refused(workspace: Workspace) -> None:
    within = sa.select(comments).where(comments.c.report_id.in_(sa.select(reports.c.id)))
    with workspace.database.read() as connection:
        rows = Scoped(connection, Reach(unit="甲"))
        for statement in (within, sa.union(sa.select(comments.c.id), sa.select(reports.c.id))):
            with pytest.raises(AssertionError, match="limited"):
                rows.execute(statement)


def test_nobody_reaches_anything_without_a_unit(workspace: Workspace) -> None:
    """A report made without a login belongs to no unit, and somebody without one is not there."""
    create_example(workspace)
    for role in Role:
        nowhere = Person(name="某", login="x", roles=(role,))
        assert list_reports(workspace.acting_as(nowhere)) == ()
    with pytest.raises(RefusedError, match="没有“填报和起草”的权限"):
        create_example(workspace.acting_as(Person(name="某", login="x", roles=(Role.STAFF,))))


def test_only_the_workspace_says_how_far_a_query_reaches(project_root: Path) -> None:
    """`doctor` counts the reports of the whole database, for whoever runs the machine."""
    source = project_root / "src" / "ziping"
    made = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "Scoped(" in path.read_text(encoding="utf-8").replace("class Scoped(", "")
    }
    assert made == {"services/workspace.py", "services/diagnosing.py"}


def test_nobody_with_a_login_approves_their_own_work(workspace: Workspace) -> None:
    everything = workspace.acting_as(STAFF.model_copy(update={"roles": tuple(Role)}))
    known = create_example(everything)
    move(everything, known, Action.SUBMIT, noted=True)
    with pytest.raises(RefusedError, match="不能再审核通过"):
        move(everything, known, Action.APPROVE, noted=True)


def test_an_invitation_ends_with_its_day(workspace: Workspace) -> None:
    known = create_example(workspace.acting_as(STAFF))
    put_invitation(workspace, known, EXTERNAL.login, date(2024, 3, 1))
    outside = workspace.acting_as(EXTERNAL)
    assert open_report(outside, known).id == known
    put_invitation(workspace, known, EXTERNAL.login, date(2024, 2, 29))
    with pytest.raises(NotFoundError):
        open_report(outside, known)
    put_invitation(workspace, known, EXTERNAL.login, UNTIL)
    head = workspace.acting_as(PEOPLE[Role.HEAD])
    assert [one.login for one in invitations_of(head, known)] == [EXTERNAL.login]
    withdraw_invitation(head, known, EXTERNAL.login)
    with pytest.raises(NotFoundError):
        open_report(outside, known)
    with pytest.raises(NotFoundError, match="没有这条邀请"):
        withdraw_invitation(head, known, EXTERNAL.login)


def test_reports_from_before_the_login_are_given_to_a_unit_once(workspace: Workspace) -> None:
    known = create_example(workspace)
    manager = workspace.acting_as(PEOPLE[Role.ADMINISTRATOR])
    assert [one.id for one in owning.unowned_reports(manager)] == [known]
    owning.assign_unit(manager, known, STAFF.unit)
    assert open_report(workspace.acting_as(STAFF), known).id == known
    with pytest.raises(NotFoundError):
        owning.assign_unit(manager, known, "乙单位")
    assert owning.unowned_reports(manager) == ()
