"""Calling the command line as a shell does: arguments in; exit code, stdout and stderr out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ziping.cli import run

EXAMPLE = Path(__file__).resolve().parents[2] / "knowledge" / "examples" / "huaihua-2023.yaml"


@dataclass(frozen=True)
class Outcome:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a JSON tree has no narrower type
        """Return what was printed, read as JSON with exact numbers kept as text."""
        return json.loads(self.out, parse_float=str, parse_int=str)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Outcome:
    """Run the command line in this process."""
    code = run([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return Outcome(code, out, err)
