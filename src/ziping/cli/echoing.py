"""Printing to a terminal: texts of files and people cannot steer it (终端输出)."""

import re

import click

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters: with them a name in a file could clear the screen or retype a command."""


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text without control characters other than line breaks and tabs."""
    click.echo(_STEERING.sub("", text.replace("\r\n", "\n")), err=err, nl=nl)
