"""Two units with reports in every state of the workflow, a secret in every part of each."""

import io
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.integration.conftest import MORNING, TickingClock
from tests.integration.workflow_ways import brought_to

from ziping.bootstrap import open_library, open_workspace
from ziping.config import load_settings
from ziping.content.report_file import dump_report
from ziping.domain.batch import BatchOptions
from ziping.domain.invitations import Invitation
from ziping.domain.people import Account, Person, Role
from ziping.domain.workflow import State
from ziping.jobs.batching.run import BatchRequest, run_batch
from ziping.persistence import invitations as store
from ziping.persistence.people import insert_account
from ziping.services.batching.batches import Batches
from ziping.services.chat_desk import ChatDesk
from ziping.services.chatting import say
from ziping.services.commenting import add_comment
from ziping.services.drafting import draft_section, save_section
from ziping.services.importing import load_example
from ziping.services.inviting import invite
from ziping.services.library import Library
from ziping.services.model_drafting import ModelDesk
from ziping.services.own_figures import blank_like, save_own_figures
from ziping.services.reports import create_report, open_report
from ziping.services.workspace import Workspace

HERE, THERE = "甲单位", "乙单位"
OWN, OTHER, INVITED = "own", "other", "invited"
SECTION = "basic.fund_use"
UNTIL = date(2024, 3, 31)
MISSING = 999_999


@dataclass(frozen=True)
class Known:
    """One report of the world."""

    id: int
    place: str
    state: State
    secret: str
    comment: int


@dataclass
class World:
    """A database with everything in it, and who may see what of it."""

    workspace: Workspace
    batches: Batches
    library: Library
    desk: ModelDesk
    chat: ChatDesk
    reports: list[Known] = field(default_factory=list)
    batch_ids: dict[str, str] = field(default_factory=dict)
    kept: dict[tuple[str, int], Any] = field(default_factory=dict)
    """What is made once of each report."""
    fresh: int = 0
    """Counts what must never be the same twice."""

    def report(self, place: str, state: State) -> Known:
        """Return the report that stands to the people of 甲单位 as `place` says."""
        return next(one for one in self.reports if (one.place, one.state) == (place, state))


def somebody(role: Role, unit: str = HERE) -> Person:
    """Return a person with a login and one role."""
    return Person(name=f"{unit}{role}", login=f"{unit}-{role.name}", roles=(role,), unit=unit)


PEOPLE = {role: somebody(role) for role in Role}
AUTHORS = {OWN: PEOPLE[Role.STAFF], OTHER: somebody(Role.STAFF, THERE)}
AUTHORS[INVITED] = AUTHORS[OTHER]


def made_world(home: Path, database_url: str = "") -> World:
    """Return a new world in a folder."""
    settings = replace(load_settings(), home=home, database_url=database_url)
    workspace = open_workspace(settings, TickingClock())
    library = open_library(workspace, settings)
    desk = ModelDesk(workspace, None, library)
    world = World(workspace, Batches(home / "batches", workspace), library, desk, ChatDesk(desk))
    with workspace.write() as work:
        for person in (*PEOPLE.values(), somebody(Role.STAFF, THERE)):
            account = Account(**person.model_dump(), saved_at=MORNING, saved_by="管理员")
            insert_account(work.connection, account)
        work.recorded.append("test")  # type: ignore[arg-type]  # no use case: nothing to log
    for place, author in AUTHORS.items():
        acting = workspace.acting_as(author)
        for state in State:
            world.reports.append(_report(acting, place, state, len(world.reports)))
    for place in (OWN, OTHER):
        world.batch_ids[place] = _batch(world, place)
    return world


def _batch(world: World, place: str) -> str:
    """Make a batch of one report, and return its id."""
    acting = world.workspace.acting_as(AUTHORS[place])
    batches = replace(world.batches, workspace=acting)
    report = load_example(acting.content).model_copy(update={"unit": f"机密{place}"})
    upload = (f"机密{place}.yaml", dump_report(report).encode())
    batch_id = batches.create([upload], BatchOptions())
    folder = batches.folder(batch_id).path
    request = BatchRequest(batches.given(batch_id), folder, BatchOptions(), 1, MORNING)
    run_batch(acting.content, request)
    batches.pack(batch_id)
    return batch_id


def _report(acting: Workspace, place: str, state: State, number: int) -> Known:
    """Store a report whose every part tells a secret, and bring it to a state."""
    secret = f"机密{number:03d}号"
    example = load_example(acting.content)
    project = example.projects[0].model_copy(update={"name": f"{secret}项目"})
    materials = {**example.materials, "background": f"{secret}背景"}
    report = example.model_copy(
        update={"unit": f"{secret}中心", "projects": (project,), "materials": materials}
    )
    report_id = create_report(acting, report, note=secret)
    draft_section(acting, report_id, SECTION)
    save_section(acting, report_id, SECTION, f"{secret}正文", base_version=1, note=secret)
    say(ModelDesk(acting), report_id, f"{secret}执行数不是619.52，是609.52")
    comment = add_comment(acting, report_id, f"{secret}批注", quote=secret)
    stored = open_report(acting, report_id).report
    save_own_figures(acting, report_id, blank_like(stored).projects, origin=secret)
    local = acting.acting_as(Person(name="本机用户"))
    brought_to(local, report_id, state)
    if place == INVITED:
        for person in PEOPLE.values():
            _invited(local, report_id, person)
    return Known(report_id, place, state, secret, comment)


def _invited(local: Workspace, report_id: int, person: Person) -> None:
    """Invite a person; only the external reviewer can be, so the others are put in by hand."""
    if Role.EXTERNAL in person.roles:
        invite(local, report_id, person.login, UNTIL)
        return
    put_invitation(local, report_id, person.login, UNTIL)


def put_invitation(local: Workspace, report_id: int, login: str, until: date) -> None:
    """Put an invitation into the database, without the checks."""
    with local.write() as work:
        one = Invitation(login=login, until=until, saved_at=MORNING, saved_by="某")
        store.put_invitation(work.rows, report_id, one)
        work.recorded.append("test")  # type: ignore[arg-type]  # no use case: nothing to log


def told(found: object) -> str:
    """Return everything that an answer says, files unpacked."""
    if isinstance(found, bytes):
        if found[:2] != b"PK":
            return found.decode("utf-8", "replace")
        with zipfile.ZipFile(io.BytesIO(found)) as packed:
            return "".join(told(packed.read(one)) for one in packed.namelist())
    data = getattr(found, "data", None)
    inside = told(data) if isinstance(data, bytes) else ""
    return inside or repr(found)
