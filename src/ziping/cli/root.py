"""The `ziping` command: finds the module of a command, and ends with the agreed exit code."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

import ziping
from ziping.cli.chinese import ChineseGroup, told
from ziping.cli.echoing import echo
from ziping.domain.errors import ZipingError

DONE, FOUND, WRONG_CALL, BROKEN = 0, 1, 2, 3
"""Exit codes: done; findings of severity 错误; the call or the file is wrong; our mistake."""

_COMMANDS = {
    "serve": ("system:serve", "启动网页界面"),
    "worker": ("worker:worker", "只处理任务队列的进程"),
    "score": ("scores:score", "计算得分，并列出校验发现"),
    "check": ("checks:check", "核查自评表或写好的报告"),
    "draft": ("drafts:draft", "撰写报告全文，打印或存成文本"),
    "ground": ("ground:ground", "核对文字与自评数据是否相符"),
    "reconcile": ("reconciling:reconcile", "比对两份数据：逐项列出一致、口径、单位、缺失和不一致"),
    "say": ("say:say", "对数据说一句话，列出建议的改动、追问或答复"),
    "export": ("exports:export", "导出 Word 报告和 Excel 表"),
    "roll": ("rolling:roll", "由上年报告结转出今年的数据文件"),
    "batch": ("batching:batch", "批量生成报告：一个工作簿或一个文件夹"),
    "verify": ("verifying:verify", "核验 Word 文件与导出时是否一致"),
    "review": ("reviewing:review", "查看和办理审核流程：送审、通过、退回"),
    "template": ("exports:template", "生成供填写的 Excel 空表"),
    "search": ("library:search", "检索政策条款"),
    "knowledge": ("library:knowledge", "管理知识库：添加、查看、核对原文"),
    "rules": ("rules:rules", "查看和检查评分规则"),
    "people": ("people:people", "管理可以登录的人员"),
    "health": ("health:health", "运行状况：进程、任务、保存、模型调用"),
    "backup": ("backups:backup", "把全部数据备份到一个文件"),
    "restore": ("backups:restore", "从备份文件恢复"),
    "audit": ("audit:audit", "查看和核验审计日志"),
    "schema": ("schemas:schema", "打印数据文件或命令输出的 JSON Schema"),
    "doctor": ("system:doctor", "检查本机的设置和数据目录"),
}
"""Each command with its module and summary; a module is imported when its command is called."""


class Root(ChineseGroup):
    """The commands, each found in its own module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return every command's name."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, importing its module."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"ziping.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command called; an unknown one is told with those like it."""
        if args[0] not in _COMMANDS:
            raise click.NoSuchCommand(args[0], possibilities=_COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def summary(self, ctx: click.Context, name: str) -> str:  # noqa: ARG002 - click's signature
        """Return a command's summary without importing it."""
        return _COMMANDS[name][1]


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: Any) -> None:  # noqa: ANN401
    """Print the version and stop."""
    if wanted:
        echo(f"自评通 {ziping.__version__}")
        ctx.exit()


@click.group(
    cls=Root,
    help="自评通：项目支出绩效自评的评分、校验、撰写与导出。",
    epilog="退出码：0 完成；1 有“错误”级发现；2 命令写法或文件有误。",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="显示版本",
)
@click.option("--user", metavar="登录号", help="启用登录后，以谁的身份执行；也可设置 ZIPING_USER")
def root(user: str | None) -> None:
    """Hold the commands."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; every message of failure goes to stderr."""
    try:
        result = root.main(args=list(arguments), prog_name="ziping", standalone_mode=False)
    except ZipingError as error:
        echo(f"错误：{error}", err=True)
        return WRONG_CALL
    except NoArgsIsHelpError as error:
        echo(error.ctx.get_help(), err=True)
        return WRONG_CALL
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "ziping"
        echo(f"错误：{told(error)}用 {path} --help 查看用法。", err=True)
        return WRONG_CALL
    except click.Abort:
        echo("已取消。", err=True)
        return WRONG_CALL
    except Exception:  # noqa: BLE001 - uncaught it would end with 1, which means findings
        traceback.print_exc()
        echo("错误：程序内部出错，以上信息请转给管理员。", err=True)
        return BROKEN
    return result if isinstance(result, int) else DONE


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run(sys.argv[1:]))
