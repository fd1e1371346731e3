"""Who may do what, written down a second time for the tests, and how each use case is called."""

import inspect
import pkgutil
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.integration.access_world import (
    INVITED,
    OTHER,
    OWN,
    PEOPLE,
    SECTION,
    UNTIL,
    Known,
    World,
)
from tests.integration.conftest import MORNING
from tests.integration.test_library import DIGESTED
from tests.integration.workflow_ways import ALLOWED
from tests.unit.policy_papers import text_file

import ziping.jobs
import ziping.services
from ziping.domain.access import Right
from ziping.domain.batch import BatchOptions
from ziping.domain.conversation import Reply, ReplyKind
from ziping.domain.findings import Severity
from ziping.domain.people import Person, Role
from ziping.domain.returned import WordComment
from ziping.domain.workflow import Action
from ziping.jobs.batching.jobs import BatchJobs
from ziping.jobs.engine import JobEngine
from ziping.persistence.workflow import list_steps
from ziping.services import originals
from ziping.services.batching.batches import Batches
from ziping.services.chat_desk import ChatDesk
from ziping.services.chatting import say
from ziping.services.exporting import export_word
from ziping.services.importing import load_example
from ziping.services.library import Library, list_originals
from ziping.services.model_drafting import ModelDesk
from ziping.services.own_figures import blank_like
from ziping.services.people import SignIn
from ziping.services.reports import create_example, open_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

HOLDERS = (Workspace, ModelDesk, ChatDesk, Library, Batches, JobEngine, BatchJobs)
"""What a use case is given to work with."""
MECHANISM = {
    "ziping.services.access": "checks the rights themselves",
    "ziping.services.workspace": "binds every query to the person's reach",
}
NO_USE_CASES = {
    "acting_as": "whoever holds it decides for whom; it reads nothing",
    "close": "lets go of files",
    "listen": "starts the engine of a process",
}
INSIDE = {Role.STAFF, Role.DEPARTMENT, Role.LEADER, Role.HEAD}
ALL = set(Role)
MAY: dict[Right, dict[str, set[Role]]] = {
    Right.USE: {OWN: ALL, OTHER: ALL, INVITED: ALL},
    Right.READ: {OWN: INSIDE, OTHER: set(), INVITED: {Role.EXTERNAL}},
    Right.EDIT: {OWN: {Role.STAFF}, OTHER: set(), INVITED: set()},
    Right.REVIEW: {OWN: INSIDE, OTHER: set(), INVITED: {Role.EXTERNAL}},
    Right.DECIDE: {OWN: INSIDE, OTHER: set(), INVITED: set()},
    Right.INVITE: {OWN: ALL - {Role.STAFF, Role.EXTERNAL}, OTHER: set(), INVITED: set()},
    Right.MANAGE: {place: {Role.ADMINISTRATOR} for place in (OWN, OTHER, INVITED)},
}
"""Which roles of a unit have a right over its own reports, over those of another unit, and over
one of those to which they hold an invitation."""

ANYWHERE = {right: set().union(*where.values()) for right, where in MAY.items()}


def use_cases() -> dict[str, Callable[..., Any]]:
    """Return every public function and method that is given something to work with."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        if module.__name__ in MECHANISM:
            continue
        for name, one in vars(module).items():
            if name.startswith("_") or getattr(one, "__module__", "") != module.__name__:
                continue
            if inspect.isclass(one) and one in HOLDERS:
                found |= {f"{module.__name__}.{name}.{key}": each for key, each in _methods(one)}
            elif inspect.isfunction(one) and _is_given_a_holder(one):
                found[f"{module.__name__}.{name}"] = one
    return found


def _modules() -> Iterator[ModuleType]:
    for package in (ziping.services, ziping.jobs):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(one.name)


def _methods(holder: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, one in vars(holder).items():
        if inspect.isfunction(one) and not name.startswith("_") and name not in NO_USE_CASES:
            yield name, one


def _is_given_a_holder(function: Callable[..., Any]) -> bool:
    known = {one.__name__ for one in HOLDERS}
    annotations = inspect.get_annotations(function)
    annotations.pop("return", None)
    return any(
        one in HOLDERS or (isinstance(one, str) and not known.isdisjoint(re.findall(r"\w+", one)))
        for one in annotations.values()
    )


def names(use_case: Callable[..., Any]) -> tuple[str, ...]:
    """Return what the parameters of a use case are called."""
    return tuple(inspect.signature(use_case).parameters)


class Call:
    """Makes a call of a use case as one person, about one report."""

    def __init__(self, world: World, person: Person, known: Known, folder: Path) -> None:
        """Prepare what the calls are given."""
        self.world, self.person, self.known, self.folder = world, person, known, folder
        self.workspace = world.workspace.acting_as(person)
        self._count = 0

    def holder(self, name: str, use_case: Callable[..., Any]) -> object:
        """Return the first argument, as the person holds it."""
        first = next(iter(inspect.signature(use_case).parameters))
        if "Batches." in name:
            return Batches(self.world.batches.root, self.workspace)
        if "ChatDesk." in name:
            return self.world.chat.acting_as(self.person)
        if first == "desk" or "ModelDesk." in name:
            return self.world.desk.acting_as(self.person)
        if first == "library" or "Library." in name:
            return self.world.library.acting_as(self.person)
        return self.workspace

    def make(self, name: str, use_case: Callable[..., Any], report_id: int | None = None) -> object:
        """Call a use case for real, and return all of its answer."""
        given = self._given(name, use_case)
        if report_id is not None:
            given["report_id"] = report_id
        found = use_case(self.holder(name, use_case), **given)
        return tuple(found) if inspect.isgenerator(found) else found

    def _given(self, name: str, use_case: Callable[..., Any]) -> dict[str, Any]:
        parameters = list(inspect.signature(use_case).parameters.values())[1:]
        special = SPECIAL.get(name.rpartition(".")[2], {})
        given: dict[str, Any] = {}
        for one in parameters:
            maker = special.get(one.name, USUAL.get(one.name))
            if maker is not None and (one.default is one.empty or one.name in special):
                given[one.name] = maker(self) if callable(maker) else maker
        return given

    # ---- what is given ---------------------------------------------------------------------

    def local(self) -> Workspace:
        """Return the workspace of whoever runs the machine."""
        return self.world.workspace

    def kept(self, what: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - of many kinds
        """Return what is made once of the report."""
        key = (what, self.known.id)
        if key not in self.world.kept:
            self.world.kept[key] = make()
        return self.world.kept[key]

    def stored(self) -> Any:  # noqa: ANN401 - of many kinds
        """Return the report."""
        return self.kept("stored", lambda: open_report(self.local(), self.known.id))

    def scored(self) -> Any:  # noqa: ANN401 - of many kinds
        """Return the report with its scores."""
        made = score_report
        return self.kept("scored", lambda: made(self.local().content, self.stored().report))

    def exported(self) -> Any:  # noqa: ANN401 - of many kinds
        """Return the report's Word file."""
        made = export_word
        return self.kept("word", lambda: made(self.local(), self.known.id, status="送审稿").data)

    def action(self) -> Action:
        """Return something that the role may do now, if anything."""
        role, state = self.person.roles[0], self.known.state
        known = (one for one in Action if (state, one, role) in ALLOWED)
        return next(known, Action.APPROVE)

    def batch_id(self) -> str:
        """Return the batch of the report's unit."""
        place = OWN if self.known.place == OWN else OTHER
        return self.world.batch_ids[place]

    def original(self) -> str:
        """Return the id of an original in the library."""
        listed = list_originals(self.local())
        if listed:
            return listed[0].id
        return originals.add_original(self.world.library, self.preview(), self.details()).id

    def preview(self) -> originals.OriginalPreview:
        """Return a file as it was read, never the same one twice."""
        self.world.fresh += 1
        data = self.paper()
        return originals.preview_original(self.local(), data, "办法.txt")

    def paper(self) -> bytes:
        """Return a policy document."""
        self.world.fresh += 1
        return text_file((*DIGESTED, f"第九十九条 第{self.world.fresh}次印发。"))

    def details(self) -> Any:  # noqa: ANN401 - of many kinds
        """Return what is stated about an original."""
        return self.preview().details


def _finding(call: Call) -> Any:  # noqa: ANN401 - of many kinds
    return next(one for one in call.scored().findings if one.severity is Severity.ERROR)


def _step(call: Call) -> int:
    with call.local().read() as connection:
        steps = list_steps(connection, call.known.id)
    return steps[0].id if steps else 0


def _section(call: Call) -> Any:  # noqa: ANN401 - of many kinds
    return call.scored().outline.section(SECTION)


def _turn(call: Call) -> int:
    """Return a turn of the conversation whose proposals nobody decided on yet."""
    if call.person is not PEOPLE[Role.STAFF] or call.known.place != OWN:
        return 1
    now = open_report(call.local(), call.known.id).report.projects[0].funds[0].executed
    return say(
        ModelDesk(call.workspace),
        call.known.id,
        f"执行数不是{now}，是{619.52 if now != '619.52' else 609.52}",
    ).number


def _key(call: Call) -> str:
    results = Batches(call.world.batches.root, call.local()).results(call.batch_id())
    assert results is not None
    return results.projects[0].key


def _copied_batch(call: Call) -> str:
    """Return a batch that may be removed."""
    root, copied = call.world.batches.root, _fresh(call)
    shutil.copytree(root / call.batch_id(), root / copied)
    return copied


def _fresh(call: Call) -> str:
    call.world.fresh += 1
    return f"新{call.world.fresh}"


def _new_file(call: Call) -> Path:
    return call.folder / _fresh(call)


USUAL: dict[str, Any] = {
    "report_id": lambda call: call.known.id,
    "section_id": SECTION,
    "version": 1,
    "base_version": 1,
    "number": 1,
    "position": 0,
    "value": "700",
    "said": "执行数不是619.52，是609.52",
    "text": "改写的文字",
    "finding": _finding,
    "reason": "与原件核对无误",
    "status": "送审稿",
    "comment_id": lambda call: call.known.comment,
    "scored": Call.scored,
    "report": lambda call: call.stored().report,
    "projects": lambda call: blank_like(call.stored().report).projects,
    "action": Call.action,
    "step_id": _step,
    "login": PEOPLE[Role.EXTERNAL].login,
    "until": UNTIL,
    "unit": "丙单位",
    "batch_id": Call.batch_id,
    "uploads": [("a.txt", b"x")],
    "options": BatchOptions(),
    "key": _key,
    "limit": 1000,
    "path": _new_file,
    "home": lambda call: call.folder,
    "data": Call.exported,
    "file_name": "回稿.docx",
    "chosen": (),
    "comment": WordComment(by="某", at="", text="意见", place="", anchor="", quote=""),
    "reply": Reply(kind=ReplyKind.NONE, text="答复"),
    "note": lambda _call: lambda _stage: None,
    "should_stop": lambda _call: lambda: False,
    "stored": Call.stored,
    "section": _section,
    "context": lambda call: call.world.desk.context(call.stored()),
    "query": "绩效评价",
    "document_id": lambda call: next(iter(call.local().content.documents())),
    "original_id": Call.original,
    "title": "项目支出绩效评价管理办法",
    "preview": Call.preview,
    "details": Call.details,
}
"""What a parameter of a name is given, where it has no default."""

SPECIAL: dict[str, dict[str, Any]] = {
    "reply": {"text": "回复"},
    "digest_of": {"number": "财预〔2020〕10号"},
    "versions_of": {"number": "财预〔2020〕10号"},
    "add_word_template": {"name": _fresh},
    "delete_word_template": {"name": "没有"},
    "preview_original": {"data": Call.paper, "name": "办法.txt"},
    "set_status": {"status": "已废止"},
    "list_audit": {"report_id": None},
    "add_account": {"login": _fresh, "name": _fresh},
    "set_account": {"login": PEOPLE[Role.STAFF].login, "unit": "甲单位",
                    "roles": (Role.STAFF,), "is_active": True},
    "sign_in": {"told": lambda call: SignIn(login=call.person.login, name="某", issued=MORNING)},
    "sign_out": {"told": lambda call: SignIn(login=call.person.login, name="某", issued=MORNING)},
    "create_report": {"report": lambda call: load_example(call.local().content)},
    "assign_unit": {"report_id": lambda call: create_example(call.local())},
    "edit": {"number": _turn},
    "remove": {"batch_id": _copied_batch},
    "wait": {"longest_s": 0.0},
}  # fmt: skip
"""What single use cases are given in place of the usual."""
