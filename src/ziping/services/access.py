"""Who may call which use case: each declares the right it takes (权限检查).

A use case without a declared right fails a test. The declaration is what is enforced: before the
use case runs, its person must have the right, over the report where it is about one. A report out
of reach and one that is not there get the same answer.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from ziping.domain.access import Right, is_local, may
from ziping.domain.errors import NotFoundError, RefusedError
from ziping.domain.people import Person
from ziping.services.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

REPORT = "report_id"
"""How a use case names the report it is about."""
declared: dict[str, Right] = {}
"""The right each use case takes, by its full name."""


def needs(right: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare and enforce the right that a use case takes.

    Its first argument is the workspace, or something that has one. One that takes only `READ`
    and names no report is not refused: it finds what is within reach, perhaps nothing.
    """

    def declare(use_case: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(use_case)
        declared[f"{use_case.__module__}.{use_case.__qualname__}"] = right

        @wraps(use_case)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            workspace = workspace_of(args[0] if args else next(iter(kwargs.values())))
            if not is_local(workspace.person):  # nothing to bind for whoever reaches everything
                given = parameters.bind(*args, **kwargs).arguments
                require(workspace, right, given.get(REPORT))
            return use_case(*args, **kwargs)

        return guarded

    return declare


def workspace_of(holder: Any) -> Workspace:  # noqa: ANN401 - a workspace, a desk, a library ...
    """Return the workspace that something works with, and with it the person."""
    while not isinstance(holder, Workspace):
        holder = holder.desk if hasattr(holder, "desk") else holder.workspace
    return holder


def require(workspace: Workspace, right: Right, report_id: int | None = None) -> None:
    """Raise unless the person has a right, over one report or at all.

    Raises:
        NotFoundError: The report is not there, or out of reach.
        RefusedError: The person may see it, but not do this.
    """
    person = workspace.person
    if is_local(person):
        return
    if report_id is None or right in (Right.USE, Right.MANAGE):
        if right is not Right.READ and not may(person, right):
            raise _refused(person, right)
        return
    with workspace.read(right) as connection:
        if connection.has(report_id):
            return
    with workspace.read() as connection:
        connection.require(report_id)
    raise _refused(person, right)


def has_right(workspace: Workspace, right: Right, report_id: int) -> bool:
    """Whether the person has a right over a report; what takes it refuses whoever has not."""
    try:
        require(workspace, right, report_id)
    except (NotFoundError, RefusedError):
        return False
    return True


def right_to_look(workspace: Workspace) -> Right:
    """Return under which right somebody looks at what happened: who runs the system, at all."""
    return Right.MANAGE if workspace.may(Right.MANAGE) else Right.READ


def _refused(person: Person, right: Right) -> RefusedError:
    """Return why a person may not do something."""
    if right is Right.MANAGE:
        return RefusedError("只有管理员可以管理系统", remedy="请联系本系统的管理员")
    roles = "、".join(person.roles) or "还没有角色"
    return RefusedError(
        f"您的角色（{roles}）没有“{right}”的权限",
        remedy="需要这项权限时，请联系管理员在“设置”的“人员”里调整单位和角色",
    )
