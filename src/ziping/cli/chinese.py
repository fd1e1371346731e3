"""Click in Chinese: help texts, and what is wrong with a call (中文帮助与用法错误)."""

import re
from collections.abc import Callable
from typing import Any

import click

OPTIONS_METAVAR = "[选项]"

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")


class ChineseCommand(click.Command):
    """A command whose help is Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        """Name the options in Chinese in the usage line."""
        kwargs.setdefault("options_metavar", OPTIONS_METAVAR)
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in Chinese."""
        return _explained(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the arguments mean."""
        _write_section(
            formatter,
            "参数",
            [
                record
                for one in self.get_params(ctx)
                if isinstance(one, click.Argument) and (record := one.get_help_record(ctx))
            ],
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the options mean."""
        _write_options(self, ctx, formatter)


class ChineseGroup(click.Group):
    """A group of commands whose help is Chinese."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        """Name options and commands in Chinese in the usage line."""
        kwargs.setdefault("options_metavar", OPTIONS_METAVAR)
        kwargs.setdefault("subcommand_metavar", "命令 [参数]...")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in Chinese."""
        return _explained(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the options mean, then the commands."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries."""
        _write_section(
            formatter, "命令", [(name, self.summary(ctx, name)) for name in self.list_commands(ctx)]
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order they were declared."""
        return list(self.commands)

    def summary(self, ctx: click.Context, name: str) -> str:
        """Return a command's one-line help."""
        command = self.get_command(ctx, name)
        return (command.help or "").strip().partition("\n")[0] if command else ""


class WholeNumber(click.ParamType[int]):
    """A whole number between two bounds (整数)."""

    name = "整数"

    def __init__(self, least: int, most: int) -> None:
        """Keep the bounds, both included."""
        self.least = least
        self.most = most

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Return the number, or say what would do."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and self.least <= int(text) <= self.most):
            self.fail(f"“{text}”应是 {self.least} 到 {self.most} 之间的整数", param, ctx)
        return int(text)


def told(error: click.ClickException) -> str:
    """Return what is wrong with a call, in Chinese sentences."""
    text = _told(error)
    return text if text.endswith("？") else f"{text}。"


def _told(error: click.ClickException) -> str:
    """Return what is wrong with a call."""
    for kind, tell in _TELLERS:
        if isinstance(error, kind):
            return tell(error)
    found = _EXTRA.search(error.message)
    if found:
        return f"多余的参数：{found[1]}"
    return f"命令写法不对（{error.message}）"


def _no_option(error: click.NoSuchOption) -> str:
    """Tell of an option that does not exist."""
    return f"没有选项 {error.option_name}{_meant(error.possibilities)}"


def _no_command(error: click.NoSuchCommand) -> str:
    """Tell of a command that does not exist."""
    return f"没有命令 {error.command_name}{_meant(error.possibilities)}"


def _missing(error: click.MissingParameter) -> str:
    """Tell of an argument that was left out."""
    kind = "选项" if isinstance(error.param, click.Option) else "参数"
    return f"缺少{kind} {_name(error.param)}"


def _bad_value(error: click.BadParameter) -> str:
    """Tell of a value that does not do."""
    return f"{_name(error.param)} 的值不能用：{error.message}"


def _bad_option(error: click.BadOptionUsage) -> str:
    """Tell of an option without its value, or with one too many."""
    wants = "不带值" if "does not take" in error.message else "后面要写一个值"
    return f"选项 {error.option_name} {wants}"


def _name(param: click.Parameter | None) -> str:
    """Return how people write a parameter."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _meant(possibilities: list[str] | None) -> str:
    """Return what was perhaps meant."""
    return f"，是否想写 {'、'.join(possibilities)}？" if possibilities else ""


_TELLERS: tuple[tuple[type[click.ClickException], Callable[[Any], str]], ...] = (
    (click.NoSuchOption, _no_option),
    (click.NoSuchCommand, _no_command),
    (click.MissingParameter, _missing),
    (click.BadParameter, _bad_value),
    (click.BadOptionUsage, _bad_option),
)


def _explained(option: click.Option | None) -> click.Option | None:
    """Return the help option with a Chinese help text."""
    if option is not None:
        option.help = "显示本说明"
    return option


def _write_usage(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the usage line of a command."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="用法：")


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the options of a command."""
    options = [one for one in command.get_params(ctx) if isinstance(one, click.Option)]
    _write_section(
        formatter, "选项", [record for one in options if (record := one.get_help_record(ctx))]
    )


def _write_section(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    """Write a titled list, when there is anything to list."""
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)
