"""`review`: where reports stand, moving them on or back, and what happened to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TypeVar

import click

from ziping.bootstrap import open_workspace
from ziping.cli.chinese import ChineseGroup, WholeNumber
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE
from ziping.domain.errors import InputError
from ziping.domain.people import Person, Role
from ziping.domain.story import StoryEntry
from ziping.domain.workflow import Action, State
from ziping.services.review_answers import ReviewStep, review_history, review_list
from ziping.services.workflow import move
from ziping.services.workspace import Workspace

Choice = TypeVar("Choice", bound=StrEnum)

_report_argument = click.argument(
    "report_id", metavar="ID", type=WholeNumber(1, 10**15), help="报告编号，见 review list"
)


@contextmanager
def _opened() -> Iterator[Workspace]:
    """Yield the workspace of this machine."""
    workspace = open_workspace()
    try:
        yield workspace
    finally:
        workspace.database.close()


@click.group(cls=ChineseGroup, help="查看和办理审核流程。")
def review() -> None:
    """Hold the commands."""


@review.command(name="list", help="列出报告和它们的流程状态")
@json_option
def list_reviews(*, as_json: bool) -> int:
    """Print where every report stands."""
    with _opened() as workspace:
        answer = review_list(workspace)
    if as_json:
        echo_json(answer)
    elif answer.reports:
        rows = [(str(one.id), one.state, one.saved_by, one.title) for one in answer.reports]
        click.echo(table(("编号", "状态", "保存人", "报告"), rows))
    else:
        click.echo("还没有报告。")
    return DONE


@review.command(help="办理一步：送审、撤回、通过、退回、重新起草")
@_report_argument
@click.argument("action", metavar="办理", help="送审、撤回、通过、退回或重新起草")
@click.option("--name", metavar="姓名", required=True, help="办理人；没有登录，以所写为准")
@click.option("--role", metavar="角色", required=True, help=f"{'、'.join(Role)}")
@click.option("--reason", metavar="意见", default="", help="意见或原因；退回、重新起草时必填")
@click.option("--seen", metavar="状态", default="", help="您看到的状态；与现在不同就不办理")
@json_option
def act(  # noqa: PLR0913, PLR0917 - one parameter an option
    report_id: int, action: str, name: str, role: str, reason: str, seen: str, *, as_json: bool
) -> int:
    """Move a report on or back."""
    if not name.strip():
        raise InputError("办理人的姓名是空的", remedy="请用 --name 写明姓名")
    person = Person(name=name.strip(), roles=(_chosen(Role, role, "角色"),))
    wanted = _chosen(Action, action, "办理")
    seen_state = _chosen(State, seen, "状态") if seen else None
    with _opened() as workspace:
        acting = workspace.acting_as(person)
        step = move(acting, report_id, wanted, reason=reason, seen=seen_state)
    if as_json:
        echo_json(ReviewStep(report=report_id, step=step))
    else:
        click.echo(f"{step.by}（{step.role}）{step.action}：{step.start} → {step.end}")
    return DONE


@review.command(help="讲述一份报告的经过：谁、何时、做了什么、为什么")
@_report_argument
@json_option
def history(report_id: int, *, as_json: bool) -> int:
    """Print what happened to a report."""
    with _opened() as workspace:
        answer = review_history(workspace, report_id)
    if as_json:
        echo_json(answer)
    else:
        click.echo("\n".join(map(_entry, answer.entries)))
    return DONE


def _entry(one: StoryEntry) -> str:
    """Return an entry of the story as people read it."""
    lines = [f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.by}  {one.what}"]
    lines += [f"    {detail}" for detail in one.details]
    lines += [f"    意见：{one.why}"] if one.why else []
    return "\n".join(lines)


def _chosen(kind: type[Choice], text: str, title: str) -> Choice:
    """Return the choice a text names; InputError with all of them when it names none."""
    try:
        return kind(text.strip())
    except ValueError as error:
        raise InputError(f"没有“{text}”这种{title}", remedy=f"可选：{'、'.join(kind)}") from error
