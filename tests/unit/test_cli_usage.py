"""Mistakes of a call are told in Chinese on stderr, with exit code 2."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.cli_calls import EXAMPLE, call

import ziping

COMMANDS = (
    *("serve", "score", "check", "draft", "export", "verify", "template", "rules"),
    *("schema", "doctor", "reconcile", "review"),
)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["score"], "缺少参数 FILE"),
        (["export", "a.yaml"], "缺少选项 --output"),
        (["scoree", "a.yaml"], "没有命令 scoree，是否想写 score"),
        (["rules", "lst"], "没有命令 lst，是否想写 list"),
        (["score", "a.yaml", "--jsn"], "没有选项 --jsn，是否想写 --json"),
        (["score", "a.yaml", "b.yaml"], "多余的参数：b.yaml"),
        (["score", "a.yaml", "--place"], "选项 --place 后面要写一个值"),
        (["score", "a.yaml", "--json=3"], "选项 --json 不带值"),
        (["score", "a.yaml", "--year", "二〇二三"], "“二〇二三”应是 1995 到 2100 之间的整数"),
        (["serve", "--port", "0"], "“0”应是 1 到 65535 之间的整数"),
        (["score", "没有.yaml"], "没有.yaml：找不到"),
        (["score", "没有.xlsx"], "没有.xlsx：找不到这个文件"),
        (["score", "笔记.pdf"], "不认识这种文件"),
        (["verify", "没有.docx"], "找不到这个文件"),
        (["score", str(EXAMPLE), "--rules", "nix"], "没有编号为“nix”的评分规则"),
        (["rules", "show", "nix"], "没有编号为“nix”的评分规则"),
        (["schema", "nix"], "没有名为 nix 的 Schema"),
        (["template", "-o", "表.docx"], "空表只能存为 .xlsx"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = call(capsys, *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("错误：")
    assert expected in outcome.err


@pytest.mark.parametrize(
    "command",
    [
        *("", *COMMANDS, "rules list", "rules show", "rules check"),
        *("review list", "review act", "review history"),
    ],
)
def test_help_is_chinese_throughout(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = call(capsys, *command.split(), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("用法：ziping")
    for english in ("Usage", "Options", "Commands", "Show this", "arguments", "exit"):
        assert english not in outcome.out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    listed = call(capsys, "--help").out
    assert all(f"  {command} " in listed for command in COMMANDS)


def test_without_a_command_the_help_is_shown_as_a_mistake(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = call(capsys)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("用法：ziping")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "--version").out == f"自评通 {ziping.__version__}\n"


def test_a_broken_file_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "坏.yaml"
    broken.write_text("fiscal_year: 2023\nunknown_key: 1\n", encoding="utf-8")
    outcome = call(capsys, "score", broken)
    assert outcome.code == 2
    assert "第 2 行" in outcome.err or ":2" in outcome.err


def test_a_report_without_projects_cannot_be_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "空.yaml"
    empty.write_text("fiscal_year: 2023\n", encoding="utf-8")
    outcome = call(capsys, "score", empty)
    assert (outcome.code, outcome.out) == (2, "")
    assert "没有项目" in outcome.err


def test_score_starts_without_database_office_or_page_libraries() -> None:
    """It answers at once because nothing heavy is imported."""
    heavy = ("alembic", "dbos", "docx", "jinja2", "lxml", "openpyxl", "python_calamine")
    program = (
        "import sys; from ziping.cli import run; "
        "code = run(sys.argv[1:]); "
        f"found = [one for one in {(*heavy, 'sqlalchemy', 'streamlit')} if one in sys.modules]; "
        "print('\\n' + ','.join(found)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "score", str(EXAMPLE), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[-1] == ""


def test_an_installed_command_exits_with_the_agreed_code() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ziping.cli import main; main()", "score", "没有.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
