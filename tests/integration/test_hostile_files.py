"""The corpus through files and the command line: read as text, written only where it was asked."""

import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from tests.hostile_texts import CORPUS, TEXTS, poisoned
from tests.unit.cli_calls import EXAMPLE, call
from tests.unit.import_tables import Put, docx_file, published_form, read, xlsx
from tests.unit.policy_papers import text_file

from ziping.bootstrap import open_library
from ziping.content.report_file import dump_report, load_report
from ziping.domain.errors import InputError
from ziping.services import originals
from ziping.services.backing_up import back_up, restore
from ziping.services.exporting import add_word_template, export_word
from ziping.services.library import search
from ziping.services.workspace import Workspace

ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ARGUMENTS = tuple(text for text in TEXTS if "\0" not in text)
"""No shell can hand over a NUL."""
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def files_below(folder: Path) -> set[Path]:
    """Return every file below a folder."""
    return {one for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("text", ARGUMENTS)
def test_an_argument_is_data_and_never_steers_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    for arguments in (
        ("say", EXAMPLE, f"主管部门是{text}"),
        ("score", tmp_path / f"x{text.replace('/', '_')}.yaml"),
        ("rules", "show", text),
    ):
        outcome = call(capsys, *arguments)
        assert outcome.code in {0, 1, 2}
        assert "Traceback" not in outcome.err
        assert "程序内部出错" not in outcome.err
        assert not STEERING.search(outcome.out + outcome.err)
    assert files_below(tmp_path) == set()


def test_a_file_of_hostile_texts_writes_only_where_it_was_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = dump_report(poisoned(load_report(EXAMPLE), *CORPUS["paths"], *CORPUS["marks"]))
    source = tmp_path / "a.yaml"
    source.write_text(text, encoding="utf-8")
    for command in (("score",), ("check",), ("draft",), ("export", "-o", tmp_path / "out")):
        outcome = call(capsys, command[0], source, *command[1:])
        assert outcome.code in {0, 1}
        assert not STEERING.search(outcome.out + outcome.err)
    made = files_below(tmp_path) - {source}
    assert {one.suffix for one in made} == {".docx", ".xlsx"}
    assert {one.parent for one in made} == {tmp_path / "out"}


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_cells_of_a_table_are_read_as_they_stand(kind: str) -> None:
    texts = [one for one in ARGUMENTS if not re.search("[\x07\x08\u200b\u202e\ufeff]", one)]
    for text in texts[:: 3 if kind == "docx" else 1]:
        cells = [one for one in published_form() if (one.row, one.column) != (12, 8)]
        data = (xlsx if kind == "xlsx" else docx_file)([*cells, Put(12, 8, text)])
        kept = read(data, f"甲.{kind}").evaluations[0].indicators[0].deviation
        assert kept == text or (text.startswith("=") and kept == ""), text


@ONCE
def test_an_original_of_hostile_texts_is_kept_and_found_as_text(workspace: Workspace) -> None:
    library = open_library(workspace)
    lines = [f"第{number}条 {text}" for number, text in enumerate(ARGUMENTS, 1)]
    paper = text_file(["某某市办法", "某财绩〔2022〕1号", *lines])
    preview = originals.preview_original(workspace, paper, "../../甲<script>.txt")
    kept = originals.add_original(library, preview, preview.details)
    shown = "".join(one.text for one in preview.parts)
    assert CORPUS["html"][0] in shown
    for text in ARGUMENTS[::5]:
        search(library, text, 3)
    originals.remove_original(library, kept.id)
    library.close()


@ONCE
def test_a_backup_writes_no_file_but_the_database(
    workspace: Workspace, example_id: int, tmp_path: Path
) -> None:
    assert example_id
    saved = tmp_path / "备份.zip"
    back_up(workspace, saved)
    with zipfile.ZipFile(saved, "a") as archive:
        for name in ("../../evil.txt", "/tmp/evil.txt", "..\\evil.txt"):  # noqa: S108 - a trap
            archive.writestr(name, "evil")
    home = tmp_path / "a" / "b" / "home"
    home.mkdir(parents=True)
    with suppress(InputError):  # it may as well be refused
        restore(saved, home, "", workspace.stamp(), replace=False)
    assert [one for one in files_below(tmp_path) if "evil" in one.name] == []


@ONCE
def test_a_base_that_calls_home_lends_its_looks_alone(
    workspace: Workspace, example_id: int
) -> None:
    base = docx.Document()
    settings = base.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    settings.relate_to(
        "https://evil.example/t.dotm",
        RELATIONSHIP_TYPE.IMAGE.replace("image", "attachedTemplate"),
        is_external=True,
    )
    base.part.relate_to("https://evil.example/i.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    data = io.BytesIO()
    base.save(data)
    add_word_template(workspace, "../底稿<b>", data.getvalue())
    made = export_word(workspace, example_id, status="送审稿", template="../底稿<b>").data
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        rels = [package.read(one).decode() for one in package.namelist() if one.endswith(".rels")]
    assert [one for one in rels if "evil" in one] == []
