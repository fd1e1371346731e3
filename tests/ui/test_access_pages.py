"""Pages as people of a unit open them: by an id in the address, and with what their role offers."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.app_driver import REPORT_PAGES, App

from ziping.bootstrap import open_workspace
from ziping.config import load_settings
from ziping.domain.people import Person, Role
from ziping.services.importing import load_example
from ziping.services.people import add_account
from ziping.services.reports import create_report
from ziping.services.workspace import Workspace

SECRET = "机密八八八"
MISSING = 999
Enter = Callable[..., App]


@pytest.fixture
def enter(project_root: Path, provider: Callable[[dict[str, Any]], None]) -> Enter:
    """Open the app as the account of a login, with a report in the address."""

    def opened(login: str, report_id: int) -> App:
        now = int(datetime.now(UTC).timestamp())
        provider({"is_logged_in": True, "iat": now, "sub": login})
        run = AppTest.from_file(project_root / "app.py", default_timeout=60)
        run.query_params["report"] = str(report_id)
        return App(run.run(), project_root)

    return opened


@pytest.fixture
def reports(ziping_home: Path) -> tuple[int, int]:
    """Return the ids of a report of 甲单位 and of one of 乙单位."""
    del ziping_home  # it is where the reports are
    workspace = open_workspace(load_settings())
    ids = []
    for unit, login in (("甲单位", "jia"), ("乙单位", "yi")):
        account = add_account(workspace.acting_as(_runner(workspace)), login, login,
                              unit=unit, roles=(Role.STAFF,))  # fmt: skip
        report = load_example(workspace.content).model_copy(update={"unit": f"{unit}{SECRET}"})
        ids.append(create_report(workspace.acting_as(account.person), report))
    runner = workspace.acting_as(_runner(workspace))
    add_account(runner, "head", "甲领导", unit="甲单位", roles=(Role.HEAD,))
    add_account(runner, "outside", "某事务所", roles=(Role.EXTERNAL,))
    workspace.database.close()
    return ids[0], ids[1]


def _runner(workspace: Workspace) -> Person:
    """Return whoever runs the machine."""
    return workspace.person.model_copy(update={"roles": (Role.ADMINISTRATOR,)})


@pytest.mark.parametrize("page", REPORT_PAGES)
@pytest.mark.parametrize("login", ["jia", "head", "outside"])
def test_a_foreign_id_in_the_address_is_answered_like_a_missing_one(
    enter: Enter, reports: tuple[int, int], page: str, login: str
) -> None:
    told = []
    for report_id in (reports[1], MISSING):
        app = enter(login, report_id)
        app.go(page)
        told.append(app.text())
    assert told[0] == told[1]
    assert "没有找到这份报告" in told[0]
    assert f"乙单位{SECRET}" not in told[0]


def test_a_role_is_offered_what_it_may_do(enter: Enter, reports: tuple[int, int]) -> None:
    staff = enter("jia", reports[0])
    assert "新建报告" in staff.text()
    staff.go("reviewing")
    assert "邀请外部审核" not in staff.run.segmented_control(key="review-view").options
    head = enter("head", reports[0])
    assert "新建报告" not in head.text()
    head.go("filling")
    assert "不能修改" in head.text()
    assert all(one.disabled for one in head.run.text_input if one.key != "identity:name")
    head.go("drafting")
    assert "对话和起草由本单位的经办人使用" in head.text()


def inviting(enter: Enter, report_id: int) -> App:
    """Open the invitations of a report as the head of its unit."""
    head = enter("head", report_id)
    head.go("reviewing")
    head.run.segmented_control(key="review-view").set_value("邀请外部审核").run()
    return head


def test_the_head_invites_an_external_reviewer_on_the_page(
    enter: Enter, reports: tuple[int, int]
) -> None:
    head = inviting(enter, reports[0])
    head.enter("登录号", "outside")
    head.run.button(key="invite:add").click().run()
    assert "outside　有效期至" in head.text()
    outside = enter("outside", reports[0])
    outside.go("reviewing")
    assert f"甲单位{SECRET}" in outside.text()
    head = inviting(enter, reports[0])
    head.run.button(key="uninvite:outside").click().run()
    outside = enter("outside", reports[0])
    outside.go("reviewing")
    assert "没有找到这份报告" in outside.text()
