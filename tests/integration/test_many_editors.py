"""Twenty people at ten reports for some seconds: no edit is lost, nobody sees an error."""

import pytest
from tests.bench.editors import load

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.services.auditing import verify_audit
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
    assert outcome.conflicts > 0
    assert verify_audit(workspace).ok
