"""Every use case × role × own, other or invited report × state of the workflow, called for real.

The use cases are found in the code: a new one without a declared right, or that nobody knows how
to call, fails here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.integration.access_rules import ANYWHERE, MAY, Call, names, use_cases
from tests.integration.access_world import (
    INVITED,
    MISSING,
    OTHER,
    OWN,
    PEOPLE,
    UNTIL,
    Known,
    World,
    made_world,
    put_invitation,
    told,
)

from ziping.domain.access import Right
from ziping.domain.errors import NotFoundError, RefusedError, ZipingError
from ziping.domain.people import Role
from ziping.domain.workflow import State
from ziping.persistence.audit import head
from ziping.persistence.reports import set_state
from ziping.persistence.tables import chat_turns, report_versions, section_versions
from ziping.services.access import declared

DONE, MISTAKE, REFUSED, UNKNOWN = "done", "mistake", "refused", "unknown"
OF_JOBS = "ziping.jobs."
"""Use cases of the engine are called in `test_access_jobs.py`: they need one that runs."""
GIVEN = {"context", "find_evidence"}
"""These answer with what they are handed."""
USE_CASES = use_cases()


@dataclass(frozen=True)
class Row:
    """One call and how it ended."""

    name: str
    role: Role
    known: Known
    outcome: str
    said: str
    has_changed: bool
    """Whether anything was recorded in the audit log."""
    has_edited: bool
    """Whether figures, texts or the conversation have a new version."""

    @property
    def right(self) -> Right:
        """What the use case takes."""
        return declared[self.name]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the world that all calls are made in."""
    made = made_world(tmp_path_factory.mktemp("world"))
    yield made
    made.library.close()
    made.workspace.database.close()


@pytest.fixture(scope="module")
def rows(world: World, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """Make every call of the matrix."""
    folder = tmp_path_factory.mktemp("files")
    found = []
    Call(world, PEOPLE[Role.STAFF], world.reports[0], folder).original()  # makes the first one
    worth_watching = {one for one in USE_CASES if declared[one] not in {Right.EDIT, Right.MANAGE}}
    for known in world.reports:
        for role, person in PEOPLE.items():
            call = Call(world, person, known, folder)
            for name in USE_CASES:
                if name.startswith(OF_JOBS) or not _is_worth_a_call(name, known):
                    continue
                before = _marks(world) if name in worth_watching else (0, 0)
                outcome, said = _ended(call, name)
                after = _marks(world) if name in worth_watching else (0, 0)
                has_changed, has_edited = after[0] > before[0], after[1] > before[1]
                found.append(Row(name, role, known, outcome, said, has_changed, has_edited))
                if declared[name] not in {Right.READ, Right.USE}:
                    _put_back(world, known)
    return found


def _marks(world: World) -> tuple[int, int]:
    """Return how many changes were recorded, and how many versions there are."""
    tables = (report_versions, section_versions, chat_turns)
    count = sa.select(sa.func.count())
    with world.workspace.database.read() as connection:
        versions = [connection.execute(count.select_from(one)).scalar_one() for one in tables]
        return head(connection)[0], sum(versions)


def _is_worth_a_call(name: str, known: Known) -> bool:
    """Whether the report makes a difference to a use case; one call is enough where it does not."""
    about = {"report_id", "batch_id"} & {*names(USE_CASES[name])}
    return bool(about) or (known.state, known.place) == (State.DRAFTING, OWN)


def _ended(call: Call, name: str, report_id: int | None = None) -> tuple[str, str]:
    """Make a call; return how it ended and all it said."""
    try:
        return DONE, told(call.make(name, USE_CASES[name], report_id))
    except NotFoundError as error:
        is_unknown = error.what in {"没有找到这份报告", "没有找到这个批量任务"}
        return UNKNOWN if is_unknown else MISTAKE, str(error)
    except RefusedError as error:
        is_right = "的权限" in error.what or "只有管理员" in error.what
        return REFUSED if is_right else MISTAKE, str(error)
    except ZipingError as error:
        return MISTAKE, str(error)


def _put_back(world: World, known: Known) -> None:
    """Undo what a call may have done to state and invitations."""
    with world.workspace.write() as work:
        set_state(work.rows, known.id, known.state)
        work.recorded.append("test")  # type: ignore[arg-type]  # no use case: nothing to log
    if known.place == INVITED:
        put_invitation(world.workspace, known.id, PEOPLE[Role.EXTERNAL].login, UNTIL)


def _expected(row: Row) -> set[str]:
    """Return how a call may end, by the rules as they are told to people."""
    about, may = names(USE_CASES[row.name]), MAY[row.right]
    served, place = {DONE, MISTAKE}, row.known.place
    if row.right in {Right.USE, Right.MANAGE}:
        return served if row.role in may[place] else {REFUSED}
    if "report_id" in about:
        if row.role in may[place]:
            return served
        return {REFUSED} if row.role in MAY[Right.READ][place] else {UNKNOWN}
    if row.right is not Right.READ and row.role not in ANYWHERE[row.right]:
        return {REFUSED}
    if "batch_id" in about and (place != OWN or row.role not in may[OWN]):
        return {UNKNOWN}
    return served


def test_every_use_case_declares_its_right() -> None:
    """What is missing here was added without `@needs(...)`."""
    assert [name for name in USE_CASES if name not in declared] == []
    assert len(USE_CASES) > 100


def test_every_call_ends_as_the_rules_say(rows: list[Row]) -> None:
    wrong = [
        (row.name, row.role, row.known.place, row.known.state, row.outcome, row.said[:80])
        for row in rows
        if row.outcome not in _expected(row)
    ]
    assert wrong == []


def test_who_only_looks_or_reviews_changes_nothing_else(rows: list[Row]) -> None:
    """A right declared too low is found by what the use case does."""
    looking = {Right.READ, Right.USE}
    changed = {row.name for row in rows if row.right in looking and row.has_changed}
    assert changed == {f"ziping.services.people.{one}" for one in ("sign_in", "sign_out")}
    assert {row.name for row in rows if row.right is not Right.EDIT and row.has_edited} == set()


def test_nothing_of_a_report_out_of_reach_is_ever_said(world: World, rows: list[Row]) -> None:
    leaks = []
    for row in rows:
        if row.name.rpartition(".")[2] in GIVEN:
            continue
        hidden = [
            one.secret
            for one in world.reports
            if row.role not in MAY[Right.READ][one.place] and one.secret in row.said
        ]
        if row.role not in MAY[Right.READ][OWN] and "机密own" in row.said:
            hidden.append("batch")
        if "机密other" in row.said:
            hidden.append("other batch")
        leaks += [(row.name, row.role, row.known.place, one) for one in hidden]
    assert leaks == []


def test_every_use_case_did_its_work_for_somebody(rows: list[Row]) -> None:
    """A refusal proves nothing where nobody is served."""
    served = {row.name for row in rows if row.outcome == DONE}
    never = {row.name: row.said for row in rows if row.outcome != REFUSED}
    wanted = {one for one in USE_CASES if not one.startswith(OF_JOBS)}
    assert {name: never.get(name, "") for name in wanted - served} == {}


@pytest.mark.parametrize("role", Role)
def test_a_foreign_id_is_answered_like_a_missing_one(
    world: World, role: Role, tmp_path: Path
) -> None:
    known = world.report(OTHER, State.DRAFTING)
    call = Call(world, PEOPLE[role], known, tmp_path)
    asked = 0
    for name, use_case in USE_CASES.items():
        if "report_id" not in names(use_case) or name.startswith(OF_JOBS):
            continue
        if declared[name] in {Right.USE, Right.MANAGE}:
            continue
        asked += 1
        assert _ended(call, name, known.id) == _ended(call, name, MISSING), name
    assert asked > 50
