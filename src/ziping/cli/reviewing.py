"""`review`: where reports stand, moving them on or back, and what happened to them."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

import click

from ziping.cli.acting import opened_workspace
from ziping.cli.chinese import ChineseGroup, WholeNumber
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE
from ziping.domain.access import is_local
from ziping.domain.errors import InputError
from ziping.domain.invitations import Invitation
from ziping.domain.people import Person, Role
from ziping.domain.story import StoryEntry
from ziping.domain.workflow import Action, State
from ziping.services.inviting import InvitationList, invitations_of, withdraw_invitation
from ziping.services.inviting import invite as invite_reviewer
from ziping.services.open_points import open_points
from ziping.services.owning import assign_unit, unowned_reports
from ziping.services.review_answers import (
    ReviewList,
    ReviewStep,
    review_history,
    review_lines,
    review_list,
)
from ziping.services.workflow import move

Choice = TypeVar("Choice", bound=StrEnum)

_report_argument = click.argument(
    "report_id", metavar="ID", type=WholeNumber(1, 10**15), help="报告编号，见 review list"
)


@click.group(cls=ChineseGroup, help="查看和办理审核流程。")
def review() -> None:
    """Hold the commands."""


@review.command(name="list", help="列出报告和它们的流程状态")
@json_option
def list_reviews(*, as_json: bool) -> int:
    """Print where every report stands."""
    with opened_workspace() as workspace:
        answer = review_list(workspace)
    _print_reports(answer, as_json=as_json, none="还没有报告。")
    return DONE


@review.command(help="办理一步：送审、撤回、通过、退回、重新起草")
@_report_argument
@click.argument("action", metavar="办理", help="送审、撤回、通过、退回或重新起草")
@click.option("--name", metavar="姓名", help="办理人；没有启用登录时必填，以所写为准")
@click.option("--role", metavar="角色", help=f"没有启用登录时必填：{'、'.join(Role)}")
@click.option("--reason", metavar="意见", default="", help="意见或原因；退回、重新起草时必填")
@click.option("--seen", metavar="状态", default="", help="您看到的状态；与现在不同就不办理")
@click.option("--noted", is_flag=True, help="已看过 review pending 列出的未了事项，仍要办理")
@json_option
def act(  # noqa: PLR0913, PLR0917 - one parameter an option
    report_id: int,
    action: str,
    name: str | None,
    role: str | None,
    reason: str,
    seen: str,
    *,
    noted: bool,
    as_json: bool,
) -> int:
    """Move a report on or back."""
    wanted = _chosen(Action, action, "办理")
    seen_state = _chosen(State, seen, "状态") if seen else None
    with opened_workspace() as workspace:
        acting = workspace.acting_as(_stated(workspace.person, name, role))
        step = move(acting, report_id, wanted, reason=reason, seen=seen_state, noted=noted)
    if as_json:
        echo_json(ReviewStep(report=report_id, step=step))
    else:
        echo(f"{step.by}（{step.role}）{step.action}：{step.start} → {step.end}")
        echo(f"意见：{step.reason}" if step.reason else "没有填写意见")
    return DONE


@review.command(
    help="列出送审、通过以前要看过的未了事项：正文与数据不符、旧数据、待补充、批注、错误"
)
@_report_argument
@json_option
def pending(report_id: int, *, as_json: bool) -> int:
    """Print what is still open in a report."""
    with opened_workspace() as workspace:
        found = open_points(workspace, report_id)
    if as_json:
        echo_json(found)
    elif found.points:
        rows = [(one.kind, one.place, one.told) for one in found.points]
        echo(table(("事项", "位置", "情况"), rows))
        echo(f"合计：{found.summary}")
    else:
        echo("没有未了事项。")
    return DONE


@review.command(help="讲述一份报告的经过：谁、何时、做了什么、为什么")
@_report_argument
@json_option
def history(report_id: int, *, as_json: bool) -> int:
    """Print what happened to a report."""
    with opened_workspace() as workspace:
        answer = review_history(workspace, report_id)
    if as_json:
        echo_json(answer)
    else:
        echo("\n".join(map(_entry, answer.entries)))
    return DONE


@review.command(help="邀请一名外部审核人查看和比对这一份报告")
@_report_argument
@click.argument("login", metavar="登录号", help="外部审核人的登录号")
@click.option("--until", metavar="日期", required=True, help="有效期至，如 2025-06-30，最长一年")
@json_option
def invite(report_id: int, login: str, until: str, *, as_json: bool) -> int:
    """Let an external reviewer see one report."""
    try:
        day = date.fromisoformat(until.strip())
    except ValueError as error:
        raise InputError(f"“{until}”不是日期", remedy="请写成 2025-06-30 这样") from error
    with opened_workspace() as workspace:
        invite_reviewer(workspace, report_id, login, day)
        found = invitations_of(workspace, report_id)
    _print_invitations(report_id, found, as_json=as_json)
    return DONE


@review.command(help="撤销一条邀请，对方立即看不到这份报告")
@_report_argument
@click.argument("login", metavar="登录号", help="外部审核人的登录号")
@json_option
def uninvite(report_id: int, login: str, *, as_json: bool) -> int:
    """Take an invitation back."""
    with opened_workspace() as workspace:
        withdraw_invitation(workspace, report_id, login)
        found = invitations_of(workspace, report_id)
    _print_invitations(report_id, found, as_json=as_json)
    return DONE


@review.command(help="列出一份报告的外部审核邀请")
@_report_argument
@json_option
def invitations(report_id: int, *, as_json: bool) -> int:
    """Print who is or was invited."""
    with opened_workspace() as workspace:
        found = invitations_of(workspace, report_id)
    _print_invitations(report_id, found, as_json=as_json)
    return DONE


@review.command(help="列出启用登录以前建立、还没有归属单位的报告（管理员）")
@json_option
def unowned(*, as_json: bool) -> int:
    """Print the reports that belong to no unit."""
    with opened_workspace() as workspace:
        lines = review_lines(unowned_reports(workspace))
    _print_reports(lines, as_json=as_json, none="没有待指定归属的报告。")
    return DONE


@review.command(help="把一份没有归属的报告归到一个单位，以后不能再改（管理员）")
@_report_argument
@click.argument("unit", metavar="单位", help="单位全称，与人员登记的一致")
def assign(report_id: int, unit: str) -> int:
    """Give a report to a unit."""
    with opened_workspace() as workspace:
        assign_unit(workspace, report_id, unit)
    echo(f"报告 {report_id} 已归到“{unit.strip()}”。")
    return DONE


def _stated(caller: Person, name: str | None, role: str | None) -> Person:
    """Return who moves a report: the account of a login, else whom the call names."""
    if not is_local(caller):
        if name is not None or role is not None:
            raise InputError(
                "启用登录后，办理人就是 --user 的人员", remedy="请去掉 --name 和 --role"
            )
        return caller
    if name is None or role is None:
        missing = "--name" if name is None else "--role"
        raise InputError(f"缺少选项 {missing}", remedy="没有启用登录，请写明办理人的姓名和角色")
    if not name.strip():
        raise InputError("办理人的姓名是空的", remedy="请用 --name 写明姓名")
    return Person(name=name.strip(), roles=(_chosen(Role, role, "角色"),))


def _print_reports(found: ReviewList, *, as_json: bool, none: str) -> None:
    """Print a list of reports."""
    if as_json:
        echo_json(found)
    elif found.reports:
        rows = [(str(one.id), one.state, one.saved_by, one.title) for one in found.reports]
        echo(table(("编号", "状态", "保存人", "报告"), rows))
    else:
        echo(none)


def _print_invitations(report_id: int, found: tuple[Invitation, ...], *, as_json: bool) -> None:
    """Print who is or was invited."""
    if as_json:
        echo_json(InvitationList(report=report_id, invitations=found))
    elif found:
        rows = [(one.login, str(one.until), one.saved_by) for one in found]
        echo(table(("登录号", "有效期至", "邀请人"), rows))
    else:
        echo("这份报告没有邀请外部审核人。")


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
