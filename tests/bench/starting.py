"""How long commands and imports take from a cold start, each in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.bench.sections import Scale, Section, to_ms, verdict
from tests.bench.timing import interleaved
from tests.bench.whole_reports import EXAMPLE

WANTED_SECONDS = 0.5
FOUND = 1
"""Exit code of a command that found errors in the figures, as it does in the example."""

_ZIPING = Path(sys.executable).with_name("ziping")
_SCORE = f"ziping score {EXAMPLE.name} --json"


def starting_section(scale: Scale) -> Section:
    """Measure the `score` command and what it costs to import the scorer."""
    bare = "python -c pass"
    calls: dict[str, Sequence[str]] = {
        _SCORE: (str(_ZIPING), "score", str(EXAMPLE), "--json"),
        bare: (sys.executable, "-c", "pass"),
        "import ziping.scoring": (sys.executable, "-c", "import ziping.scoring"),
        "import pydantic": (sys.executable, "-c", "import pydantic; pydantic.BaseModel"),
        "import docxtpl": (sys.executable, "-c", "import docxtpl"),
    }
    with _compiled() if scale.starts > 1 else nullcontext(os.environ) as environment:
        costs = interleaved(
            {name: lambda call=call: _run(call, environment) for name, call in calls.items()},  # type: ignore[misc]
            scale.starts,
        )
    rows = [
        (name, to_ms(cost.clock), to_ms(cost.core), to_ms((cost - costs[bare]).core))
        for name, cost in costs.items()
    ]
    is_fast = costs[_SCORE].clock < WANTED_SECONDS
    return Section(
        f"启动（中位数，各 {scale.starts} 次，字节码已缓存）",
        ("命令", "时钟毫秒", "核毫秒", "核毫秒减去解释器本身"),
        rows,
        (verdict(is_fast, f"score 命令 {WANTED_SECONDS} 秒之内答复"),),
    )


@contextmanager
def _compiled() -> Iterator[Mapping[str, str]]:
    """Yield an environment in which bytecode is kept, as it is for people."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {key: value for key, value in os.environ.items() if "PYTHON" not in key}
        yield kept | {"PYTHONPYCACHEPREFIX": folder}


def _run(call: Sequence[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(call, env=environment, capture_output=True, check=False)
    if done.returncode not in {0, FOUND}:
        raise RuntimeError(done.stderr.decode())
