"""Twenty people at ten reports for some seconds: no edit is lost, nobody sees an error."""

import pytest
from tests.bench.editors import SECTION, load

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.services.auditing import verify_audit
from ziping.services.drafting import draft_section, save_section, section_history
from ziping.services.workspace import Workspace


def test_no_edit_is_lost_and_collisions_are_shown(
    workspace: Workspace, database_url: str, request: pytest.FixtureRequest
) -> None:
    """On PostgreSQL half of them work in another process's place, with its own connections."""
    workspaces = [workspace]
    if database_url:
        workspaces.append(open_workspace(load_settings()))
        request.addfinalizer(workspaces[1].database.close)
    outcome = load(workspaces, editors=20, seconds=6, pause_s=0.3)
    assert (outcome.lost, outcome.errors) == ([], [])
    assert outcome.saves > 20
    assert verify_audit(workspace).ok


def test_two_people_in_one_section_always_see_that_they_collide(
    workspace: Workspace, example_id: int, database_url: str, request: pytest.FixtureRequest
) -> None:
    other = open_workspace(load_settings())
    request.addfinalizer(other.database.close)
    draft_section(workspace, example_id, SECTION)
    for number in range(10):
        shown = section_history(workspace, example_id, SECTION)[0].version
        mine, theirs = f"我的第{number}稿", f"别人的第{number}稿"
        first = save_section(other, example_id, SECTION, theirs, base_version=shown)
        second = save_section(workspace, example_id, SECTION, mine, base_version=shown)
        assert first.conflict is None
        assert second.conflict is not None
        assert second.conflict.section.text == theirs
        kept = {one.section.text for one in section_history(workspace, example_id, SECTION)}
        assert {mine, theirs} <= kept
