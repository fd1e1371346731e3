"""The evaluation runs against a scripted server; the default tests never reach a real one."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.evals.case_files import load_cases
from tests.evals.run import evaluate, told
from tests.model_scripts import honest, lying
from tests.model_server import ModelServer, Script

from ziping.config import load_settings


@pytest.mark.parametrize("script", [honest, lying], ids=["honest", "lying"])
def test_every_case_is_judged(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(script) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "qwen-test")
        results = evaluate(load_settings(), load_cases(), lambda _: None)

    wrong = {one.name: one.faults for one in results if one.faults}
    table = told("qwen-test", results)
    assert "qwen-test" in table
    assert len(results) == len(load_cases())
    if script is honest:
        # It repeats the unit's materials word for word; the order inside one is no word of theirs.
        assert wrong == {}


def test_without_a_model_it_says_what_to_set(project_root: Path) -> None:
    script = project_root / "tests" / "evals" / "run.py"
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert done.stdout.startswith("未配置模型")
