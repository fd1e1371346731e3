"""Whatever people fill in, pages show it as text: no label, message or HTML carries it alive."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped] # no stubs
from streamlit.testing.v1 import AppTest
from tests.hostile_texts import COCKTAIL, LIVE, poisoned
from tests.ui.app_driver import PAGES, REPORT_PAGES, App
from tests.unit.import_tables import Put, published_form, xlsx
from tests.unit.policy_papers import text_file

from ziping.domain.evaluation import Report
from ziping.services.chatting import say
from ziping.services.commenting import add_comment
from ziping.services.drafting import draft_section, save_section
from ziping.services.exporting import export_word, preflight
from ziping.services.reports import create_report, open_report, save_report
from ziping.ui import resources

PLAIN = frozenset(
    {"text", "code", "arrow_data_frame", "component_instance", "bidi_component", "chat_input"}
)
"""Elements that show what they are given as it is."""
LABELS = frozenset({"label", "help", "body", "text", "content"})
"""Where the other elements read markup."""


def alive(app: App) -> list[tuple[str, str]]:
    """Return the elements of a page that carry a text of the corpus as markup."""
    return [
        (kind, text)
        for kind, text in _markup(app.run)
        for bad in LIVE
        if re.search(rf"(?<!\\){re.escape(bad)}", text) and not (kind == "html" and "<" not in bad)
    ]


def _markup(run: AppTest) -> Iterator[tuple[str, str]]:
    """Yield kind and text of everything on a page that the browser reads as markup."""
    for node in run._tree:
        proto: Any = getattr(node, "proto", None)
        if proto is None or node.type in PLAIN:
            continue
        for text in _texts(MessageToDict(proto)):
            yield node.type, text


def _texts(value: object, key: str = "") -> Iterator[str]:
    """Yield the texts below the keys that hold markup."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
    elif isinstance(value, str) and key in LABELS:
        yield value


@pytest.fixture(params=["texts", "figures"])
def poisoned_app(request: pytest.FixtureRequest, app: App, example: Report) -> App:
    """Return the app over a report with markup in every field, text, comment and saying."""
    workspace, desk = resources.workspace(), resources.desk()
    second = example.projects[0].model_copy(update={"id": "p2"})
    two = example.model_copy(update={"projects": (*example.projects, second)})
    bad = poisoned(two, COCKTAIL, with_figures=request.param == "figures")
    report_id = create_report(workspace, bad, note=COCKTAIL)
    stored = open_report(workspace, report_id)
    again = stored.report.model_copy(update={"unit": f"{COCKTAIL}又"})
    save_report(workspace, report_id, again, base_version=stored.version, note=COCKTAIL)
    for section in ("basic.fund_use", "lessons.problems", "lessons.suggestions"):
        draft_section(workspace, report_id, section)
    save_section(workspace, report_id, "basic.background", COCKTAIL, base_version=0)
    add_comment(workspace, report_id, COCKTAIL, quote=COCKTAIL)
    say(desk, report_id, COCKTAIL)
    say(desk, report_id, f"主管部门是{COCKTAIL}，执行数600")
    preflight(workspace, report_id)
    assert export_word(workspace, report_id, status="送审稿").data
    app.run.query_params["report"] = str(report_id)
    return app


def test_no_page_carries_what_people_wrote_as_markup(poisoned_app: App) -> None:
    found = {}
    for page in PAGES:
        poisoned_app.go(page)
        found[page] = sorted({(kind, text[:300]) for kind, text in alive(poisoned_app)})
    assert {page: texts for page, texts in found.items() if texts} == {}


@pytest.mark.parametrize("bad", ["1 OR 1=1", "' OR 1=1 --", COCKTAIL, "-1", "9" * 40, "１"])
def test_an_address_that_is_no_id_opens_nothing(app: App, example: Report, bad: str) -> None:
    create_report(resources.workspace(), example)
    app.run.query_params["report"] = bad
    for page in REPORT_PAGES:
        app.go(page)
        assert alive(app) == []
        assert "98.00" not in app.text()


@pytest.mark.parametrize("page", ["importing", "checking", "batch", "library"])
@pytest.mark.parametrize("kind", ["damaged", "poisoned"])
def test_the_name_and_the_content_of_a_file_stay_text(app: App, page: str, kind: str) -> None:
    cells = [one for one in published_form() if (one.row, one.column) != (12, 3)]
    good = xlsx([*cells, Put(12, 3, COCKTAIL)])
    app.go(page)
    if page == "library":
        app.run.segmented_control[0].set_value("添加原文").run()
        good = text_file(["某某市办法", "某财绩〔2022〕1号", f"第一条 {COCKTAIL}"])
    suffix = "txt" if page == "library" else "xlsx"
    data = b"PK damaged" if kind == "damaged" else good
    name = f"{COCKTAIL[:60].replace('/', '_')}[点此](evil)**粗**:red[红].{suffix}"
    app.run.file_uploader[0].upload(name, data, "application/octet-stream").run()
    assert not app.run.exception
    assert alive(app) == []
    if kind == "damaged" and page in {"importing", "checking"}:
        assert "**粗**:red[红]" in app.text()
