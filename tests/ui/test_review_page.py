"""The page 审核 lets everybody do what the workflow's one table says, and nothing else."""

import pytest
from tests.integration.workflow_ways import ALLOWED, acting, brought_to
from tests.ui.app_driver import App

from ziping.domain.people import Person, Role
from ziping.domain.workflow import Action, State
from ziping.services.reports import list_reports, open_report
from ziping.ui import resources

COMBINATIONS = [(state, role) for state in State for role in Role]


def buttons(app: App) -> set[str]:
    """Return the keys of the buttons that move the report."""
    return {str(one.key) for one in app.run.button if str(one.key).startswith("way:")}


@pytest.mark.parametrize(("state", "role"), COMBINATIONS)
def test_the_page_offers_what_the_table_allows_and_does_it_once(
    app: App, monkeypatch: pytest.MonkeyPatch, state: State, role: Role
) -> None:
    app.open_example()
    shared = resources.shared_workspace()
    report_id = list_reports(shared)[0].id
    brought_to(acting(shared, "张三"), report_id, state)
    monkeypatch.setattr(resources, "person", lambda: Person(name="钱七", roles=(role,)))
    allowed = [action for action in Action if (state, action, role) in ALLOWED]

    app.go("reviewing")

    assert buttons(app) == {f"way:{action.name.lower()}" for action in allowed}
    for action in allowed[:1]:
        key = f"way:{action.name.lower()}"
        app.run.text_area(key=f"{key}:reason").set_value("原因").run()
        app.run.button(key=key).click().run()
        assert open_report(shared, report_id).state is ALLOWED[state, action, role]
        assert key not in buttons(app)
