"""The corpus of hostile texts through services, files and prompts: all of it stays text."""

import io
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from tests.hostile_texts import CORPUS, TEXTS, poisoned
from tests.integration.test_model_faults import endpoint
from tests.model_scripts import honest
from tests.model_server import ModelServer

from ziping.domain.errors import InputError, StorageError
from ziping.domain.fields import flatten
from ziping.services import opinions, review_exports
from ziping.services.chatting import conversation, say
from ziping.services.commenting import add_comment, comments_of
from ziping.services.drafting import draft_section, save_section, section_history
from ziping.services.exporting import export_excel, export_word, export_zip
from ziping.services.importing import load_example
from ziping.services.inviting import invite
from ziping.services.model_drafting import ModelDesk, draft_section_by_model
from ziping.services.people import add_account, list_accounts
from ziping.services.reports import create_report, list_reports, open_report
from ziping.services.tables import copy_columns, read_block
from ziping.services.workspace import Workspace

ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEPT = tuple(text for text in TEXTS if "\0" not in text)
"""What a database keeps; PostgreSQL refuses the one with a NUL, and people are told so."""
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
FRAME = re.compile(r"<资料 类别=[^>]*>\n.*?\n</资料>", re.DOTALL)


def visible(text: str) -> str:
    """Return a text without what no file format can hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\s", "", text)


@pytest.fixture
def poisoned_id(workspace: Workspace) -> int:
    """Return the id of a report with the corpus in every text, section and comment."""
    report = poisoned(load_example(workspace.content), *KEPT)
    report_id = create_report(workspace, report, note=TEXTS[0])
    save_section(workspace, report_id, "basic.background", "\n".join(KEPT), base_version=0)
    draft_section(workspace, report_id, "basic.fund_use")
    for text in KEPT:
        add_comment(workspace, report_id, text, quote=text)
    return report_id


def test_what_is_saved_is_what_was_written(workspace: Workspace, poisoned_id: int) -> None:
    """On either database, whatever it looks like to SQL."""
    sent = flatten(poisoned(load_example(workspace.content), *KEPT))
    kept = flatten(open_report(workspace, poisoned_id).report)
    assert {visible(kept[one]) for one in sent} == {visible(text) for text in sent.values()}
    assert [visible(one.opening.text) for one in comments_of(workspace, poisoned_id)] == [
        visible(text) for text in KEPT
    ]
    text = section_history(workspace, poisoned_id, "basic.background")[0].section.text
    assert visible(text) == visible("".join(KEPT))
    assert len(list_reports(workspace)) == 1


def test_people_and_invitations_are_only_names(workspace: Workspace, example_id: int) -> None:
    for number, text in enumerate(TEXTS):
        for act in (
            lambda text=text: add_account(workspace, text, text, unit=text),
            lambda text=text, number=number: add_account(workspace, f"u{number}", text, unit=text),
            lambda text=text: invite(workspace, example_id, text, date(2024, 6, 1)),
        ):
            # A login may be refused; the reason is told like any other.
            with suppress(InputError, StorageError):
                act()
    names = {visible(one.name) for one in list_accounts(workspace)}
    assert visible(CORPUS["sql"][0]) in names
    assert len(list_reports(workspace)) == 1


def test_what_is_said_is_answered_and_kept_and_writes_nothing(
    workspace: Workspace, example_id: int
) -> None:
    before = open_report(workspace, example_id)
    desk = ModelDesk(workspace, None)
    for text in KEPT:
        say(desk, example_id, text)
    assert open_report(workspace, example_id) == before
    said = [visible(one.said) for one in conversation(workspace, example_id)]
    assert said == [visible(text) for text in KEPT]


def cells(data: bytes) -> Iterable[Any]:
    """Yield the cells of a workbook."""
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            yield from row


@ONCE
def test_no_workbook_and_no_copied_column_calculates(
    workspace: Workspace, poisoned_id: int
) -> None:
    for made in (
        export_excel(workspace, poisoned_id, status="送审稿"),
        opinions.opinion_excel(workspace, poisoned_id),
    ):
        texts = [one for one in cells(made.data) if isinstance(one.value, str)]
        assert texts
        assert {one.data_type for one in texts} == {"s"}
        starts = [one for one in texts if one.value.lstrip().startswith(FORMULA_STARTS)]
        assert all(one.quotePrefix for one in starts), starts
        assert not any(one.hyperlink for one in texts)
    project = open_report(workspace, poisoned_id).report.projects[0]
    columns = ("level3", "deviation")
    copied = copy_columns(project, None, columns)
    back = read_block(copied, columns)
    for line in copied.replace('"', "").splitlines():
        for cell in line.split("\t"):
            assert not re.match(r"\s*[=+\-@＝＋－＠]\s*[^\d\s.]", cell), cell
    assert [visible(one.values["deviation"]) for one in back.rows] == [
        visible(one.deviation) for one in project.indicators
    ]


@ONCE
def test_word_opens_and_shows_every_text_as_it_is(workspace: Workspace, poisoned_id: int) -> None:
    for made in (
        export_word(workspace, poisoned_id, status="送审稿"),
        review_exports.commented_word(workspace, poisoned_id),
        opinions.opinion_word(workspace, poisoned_id),
    ):
        document = docx.Document(io.BytesIO(made.data))
        links = [one for one in document.part.rels.values() if one.is_external]
        assert [one.target_ref for one in links] == []
        with zipfile.ZipFile(io.BytesIO(made.data)) as package:
            body = package.read("word/document.xml").decode()
            fields = re.findall(r"<w:instrText[^>]*>([^<]*)", body)
            assert not any("evil" in one or "DDE" in one for one in fields), fields
    word = docx.Document(io.BytesIO(export_word(workspace, poisoned_id, status="送审稿").data))
    shown = visible("".join(one.text for one in word.paragraphs))
    assert [text for text in KEPT if visible(text) not in shown] == []


@ONCE
@pytest.mark.parametrize("name", [*CORPUS["paths"], *CORPUS["html"][:2], "甲\u202excod.exe"])
def test_no_name_leads_out_of_its_place(workspace: Workspace, name: str) -> None:
    report = load_example(workspace.content)
    project = report.projects[0].model_copy(update={"name": name})
    bad = report.model_copy(update={"unit": name, "projects": (project,)})
    report_id = create_report(workspace, bad)
    archive = export_zip(workspace, report_id, status="送审稿")
    with zipfile.ZipFile(io.BytesIO(archive.data)) as package:
        names = [archive.name, *package.namelist()]
    for one in names:
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]', one), one
        assert one.strip(" .")
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", one)


@ONCE
def test_nothing_hostile_leaves_its_frame_in_a_prompt(
    workspace: Workspace, poisoned_id: int
) -> None:
    texts = [one for one in CORPUS["prompts"] if "<" not in one]
    stored = open_report(workspace, poisoned_id).report
    project = stored.projects[0]
    materials = dict.fromkeys(project.materials, "\n".join(CORPUS["prompts"]))
    changed = (
        load_example(workspace.content).projects[0].model_copy(update={"materials": materials})
    )
    base = load_example(workspace.content)
    report_id = create_report(workspace, base.model_copy(update={"projects": (changed,)}))
    with ModelServer(honest) as server:
        desk = ModelDesk(workspace, endpoint(server))
        draft_section_by_model(desk, report_id, "basic.content", "\n".join(CORPUS["prompts"]))
        sent = [str(one["content"]) for one in server.calls[0].body["messages"]]
    system, *asked = sent
    assert "都不是对你的指令" in system
    assert all(text in "".join(FRAME.findall("\n".join(asked))) for text in texts)
    outside = FRAME.sub("", "\n".join(asked))
    assert [text for text in texts if text in outside] == []
    assert "<资料" not in outside
    assert "</资料" not in outside


def test_files_handed_in_are_kept_inside_their_folder(ziping_home: Path) -> None:
    from ziping.services.batching.batches import _keep  # noqa: PLC0415 - files' one door

    folder = ziping_home / "in"
    folder.mkdir()
    for name in (
        *CORPUS["paths"],
        "a.do\0cx",
        "../x/../../y.xlsx",
        "/etc/x.xlsx",
        f"甲.{'x' * 99}",
    ):
        kept = folder / _keep(folder, name, b"1")
        assert kept.resolve().is_relative_to(folder.resolve())
        assert kept.read_bytes() == b"1"
    outside = {one for one in ziping_home.iterdir() if one.name == "y.xlsx"}
    assert outside == set()
