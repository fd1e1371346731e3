"""The workspace of a command, as the one who calls it: with a login, one of the accounts."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ziping.bootstrap import open_workspace
from ziping.config import load_login, load_settings
from ziping.domain.errors import InputError
from ziping.domain.people import Person
from ziping.services.people import account_of
from ziping.services.workspace import Workspace

USER = "user"
"""Name of the option of `ziping` that says who calls; without it ZIPING_USER does."""


@contextmanager
def opened_workspace() -> Iterator[Workspace]:
    """Yield the workspace as the caller uses it, and close its database afterwards."""
    workspace = open_workspace(load_settings())
    try:
        yield workspace.acting_as(caller(workspace))
    finally:
        workspace.database.close()


def caller(workspace: Workspace) -> Person:
    """Return who calls a command.

    Without a login it is the user of this machine, under the name stated. With one it is an
    account, and what it may do is what it may do on the page.

    Raises:
        InputError: People sign in here, and the caller names no account that can be used.
    """
    root = click.get_current_context().find_root()
    stated = str(root.params.get(USER) or "").strip() or workspace.person.name
    if load_login() is None:
        return workspace.person.model_copy(update={"name": stated})
    account = account_of(workspace, stated)
    if account is None or not account.is_active:
        raise InputError(
            f"没有登录号是“{stated}”的可用人员",
            why="本系统启用了登录，命令按人员的单位和角色办理",
            remedy="请写 ziping --user 登录号，或设置 ZIPING_USER",
        )
    return account.person
