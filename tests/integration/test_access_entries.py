"""Ids of another unit's reports through the command line, the conversation and uploads."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.access_world import (
    INVITED,
    MISSING,
    OTHER,
    OWN,
    PEOPLE,
    UNTIL,
    World,
    made_world,
    put_invitation,
)
from tests.unit.cli_calls import Outcome, call

from ziping.domain.errors import InputError
from ziping.domain.people import Role
from ziping.domain.workflow import State
from ziping.services.chatting import conversation, say
from ziping.services.exporting import export_word
from ziping.services.model_drafting import ModelDesk
from ziping.services.returning import read_back, take_over

LATER = date(2199, 1, 1)
SECRETS = '[auth]\nredirect_uri = "http://127.0.0.1:8501/oauth2callback"\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of all these tests, with the settings of a login in it."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "登录.toml").write_text(SECRETS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def world(home: Path) -> Iterator[World]:
    """Return the world; it stands in 2024, the commands stand in the present."""
    made = made_world(home)
    for one in made.reports:
        if one.place == INVITED:
            put_invitation(made.workspace, one.id, PEOPLE[Role.EXTERNAL].login, LATER)
    yield made
    made.library.close()
    made.workspace.database.close()


@pytest.fixture(autouse=True)
def _signed_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands work on the world, where people sign in."""
    monkeypatch.setenv("ZIPING_HOME", str(home))
    monkeypatch.setenv("ZIPING_LOGIN", str(home / "登录.toml"))


class Typing:
    """Calls commands as people with a login."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Read what is printed."""
        self._capsys = capsys

    def __call__(self, role: Role, *typed: object) -> Outcome:
        """Return what came of a command line."""
        return call(self._capsys, "--user", PEOPLE[role].login, *typed)


@pytest.fixture
def typing(capsys: pytest.CaptureFixture[str]) -> Typing:
    return Typing(capsys)


def test_commands_find_what_their_caller_reaches(world: World, typing: Typing) -> None:
    ids = {
        place: {str(one.id) for one in world.reports if one.place == place}
        for place in (OWN, INVITED)
    }
    seen = {
        role: {one["id"] for one in typing(role, "review", "list", "--json").json["reports"]}
        for role in PEOPLE
    }
    assert seen[Role.STAFF] == seen[Role.HEAD] == ids[OWN]
    assert seen[Role.EXTERNAL] == ids[INVITED]
    assert seen[Role.ADMINISTRATOR] == set()


@pytest.mark.parametrize("role", Role)
def test_a_foreign_id_in_a_command_is_answered_like_a_missing_one(
    world: World, typing: Typing, role: Role
) -> None:
    foreign = world.report(OTHER, State.DRAFTING)
    external = PEOPLE[Role.EXTERNAL].login
    for command in (
        ("history", "{}"),
        ("act", "{}", "送审"),
        ("invite", "{}", external, "--until", str(UNTIL)),
        ("uninvite", "{}", external),
        ("invitations", "{}"),
    ):
        told = [
            typing(role, "review", *(str(one).format(report_id) for one in command))
            for report_id in (foreign.id, MISSING)
        ]
        assert told[0] == told[1]
        assert (told[0].code, told[0].out) == (2, "")
        assert "没有找到这份报告" in told[0].err
    log = [typing(role, "audit", "list", "--report", one) for one in (foreign.id, MISSING)]
    assert (log[0] == log[1]) == (role is not Role.ADMINISTRATOR)


def test_who_calls_must_be_a_known_account(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed in (("review", "list"), ("backup", "-o", "x.zip"), ("audit", "verify")):
        nobody = call(capsys, *typed)
        assert nobody.code == 2
        assert "--user" in nobody.err
        assert "ZIPING_USER" in nobody.err
        assert call(capsys, "--user", "不认识", *typed).code == 2
    monkeypatch.setenv("ZIPING_USER", PEOPLE[Role.STAFF].login)
    assert len(call(capsys, "review", "list", "--json").json["reports"]) == len(State)
    refused = call(capsys, "backup", "-o", "x.zip")
    assert refused.code == 2
    assert "只有管理员" in refused.err
    named = call(capsys, "review", "act", 1, "送审", "--name", "别人", "--role", "经办人")
    assert named.code == 2
    assert "请去掉 --name" in named.err


def test_somebody_is_invited_acts_and_is_uninvited(world: World, typing: Typing) -> None:
    report = world.report(OWN, State.DRAFTING)
    external = PEOPLE[Role.EXTERNAL].login
    assert typing(Role.EXTERNAL, "review", "history", report.id).code == 2
    assert typing(Role.STAFF, "review", "invite", report.id, external, "--until", UNTIL).code == 2
    for wrong, told in (("2020-01-01", "已经过了"), ("2199-01-01", "太远"), ("明天", "不是日期")):
        refused = typing(Role.HEAD, "review", "invite", report.id, external, "--until", wrong)
        assert told in refused.err
    unknown = typing(Role.HEAD, "review", "invite", report.id, "没有", "--until", _soon())
    assert "不是可用的外部审核人" in unknown.err
    done = typing(Role.HEAD, "review", "invite", report.id, external, "--until", _soon())
    assert done.code == 0
    assert external in done.out
    assert typing(Role.EXTERNAL, "review", "history", report.id).code == 0
    assert typing(Role.EXTERNAL, "review", "act", report.id, "送审").code == 2
    assert typing(Role.HEAD, "review", "uninvite", report.id, external).code == 0
    assert typing(Role.EXTERNAL, "review", "history", report.id).code == 2
    log = typing(Role.ADMINISTRATOR, "audit", "list", "--report", report.id).out
    assert "邀请外部审核" in log
    assert "撤销邀请" in log


@pytest.mark.parametrize(
    "said", ["打开报告{}", "报告{}的执行数是多少", "把编号{}的问题抄过来", "{}"]
)
def test_the_conversation_tells_nothing_of_a_report_it_is_asked_about(
    world: World, said: str
) -> None:
    own, foreign = world.report(OWN, State.DRAFTING), world.report(OTHER, State.DRAFTING)
    staff = world.workspace.acting_as(PEOPLE[Role.STAFF])
    answers = [
        say(ModelDesk(staff), own.id, said.format(one)).reply
        for one in (foreign.id, foreign.secret)
    ]
    told = repr(answers).replace(said.format(foreign.secret), "")
    assert foreign.secret not in told
    assert foreign.secret not in repr(conversation(staff, own.id)[:1])


def test_the_file_of_another_units_report_opens_nothing(world: World) -> None:
    own, foreign = world.report(OWN, State.DRAFTING), world.report(OTHER, State.DRAFTING)
    staff = world.workspace.acting_as(PEOPLE[Role.STAFF])
    data = export_word(world.workspace, foreign.id, status="送审稿").data
    for act in (
        lambda: read_back(staff, own.id, data, "回稿.docx"),
        lambda: take_over(staff, own.id, data, "回稿.docx", ()),
    ):
        with pytest.raises(InputError, match="不是从当前打开的报告导出的") as refused:
            act()
        assert foreign.secret not in str(refused.value)


def _soon() -> str:
    """Return a day that the commands, whose clock is the machine's, take for near."""
    return str((datetime.now(UTC) + timedelta(days=30)).date())
