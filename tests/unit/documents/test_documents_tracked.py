"""Tracked changes between two versions: accepted they are the new one, rejected the old one."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.random_reports import relaxed

from ziping.documents.returned import read_returned
from ziping.documents.word_parts import MAIN_PART
from ziping.documents.word_revisions import Credit
from ziping.documents.word_tracked import Credits, write_tracked
from ziping.domain.draft import Author, SectionText
from ziping.domain.evaluation import Report, SelfEvaluation
from ziping.domain.fields import with_fields
from ziping.domain.package import ReportPackage

Packages = Callable[..., ReportPackage]

MOMENT = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)
BY_ZHANG = Credits(Credit("张三", MOMENT), {"basic.background": Credit("李四", MOMENT)})


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a file with one part changed."""
    source = zipfile.ZipFile(io.BytesIO(data))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in source.namelist():
            part = source.read(one)
            archive.writestr(one, change(part.decode()).encode() if one == name else part)
    return target.getvalue()


def document(data: bytes) -> str:
    """Return the document part."""
    return zipfile.ZipFile(io.BytesIO(data)).read(MAIN_PART).decode()


def exchanged(xml: str) -> str:
    """Return a document whose insertions are deletions and the other way round.

    What reads as accepted of this is what the original reads as rejected.
    """
    names = {"w:ins": "w:del", "w:del": "w:ins", "w:delText": "w:t"}
    return re.sub(r"(</?)(w:ins|w:del|w:delText)(?=[ />])", lambda m: m[1] + names[m[2]], xml)


def accepted(data: bytes) -> bytes:
    return data


def rejected(data: bytes) -> bytes:
    return with_part(data, MAIN_PART, exchanged)


def assert_leads(old: ReportPackage, new: ReportPackage, data: bytes) -> None:
    """Accepting gives exactly the new report, rejecting exactly the old one."""
    for resolved, package in ((accepted(data), new), (rejected(data), old)):
        found = read_returned(resolved, "修订稿.docx", package)
        assert [(one.place, one.old, one.new) for one in found.changes] == []
        assert found.unread == ()


def with_text(package: ReportPackage, section_id: str, text: str) -> ReportPackage:
    """Return a package with another text of a section."""
    section = SectionText(section_id=section_id, text=text, author=Author.HUMAN)
    return package.model_copy(update={"sections": {**package.sections, section_id: section}})


def changed_project(report: Report, **changes: object) -> Report:
    project = report.projects[0].model_copy(update=changes)
    return report.model_copy(update={"projects": (project, *report.projects[1:])})


def versions(
    make_package: Packages, example: Report, long_report: Report
) -> dict[str, tuple[ReportPackage, ReportPackage]]:
    """Return pairs of versions."""
    package = make_package()
    lines = example.projects[0].indicators
    figures = with_fields(
        example,
        {"p1/funds/total/executed": "600", "p1/indicators/i8/deviation": "信用体系仍在建设。"},
    )
    fewer = changed_project(example, indicators=(*lines[:2], *lines[3:]))
    without_first = changed_project(example, indicators=lines[1:])
    more = changed_project(
        example, indicators=(*lines[:1], lines[1].model_copy(update={"id": "x"}), *lines[1:])
    )
    second = example.projects[0].model_copy(update={"id": "p2", "name": "第二个项目"})
    two = example.model_copy(update={"projects": (example.projects[0], second)})
    none = example.model_copy(update={"projects": ()})
    renamed = example.model_copy(update={"unit": "某市公共资源交易中心", "annex_number": ""})
    return {
        "the same": (package, package),
        "a text": (package, with_text(package, "basic.background", "改写的一段。\n第二段。")),
        "a digit": (package, with_text(package, "basic.background", "项目年初预算数706万元。")),
        "figures": (package, make_package(figures)),
        "an indicator less": (package, make_package(fewer)),
        "the first indicator gone": (package, make_package(without_first)),
        "an indicator more": (package, make_package(more)),
        "a project more": (package, make_package(two)),
        "no project before": (make_package(none), package),
        "another unit": (package, make_package(renamed)),
        "forty indicators": (package, make_package(long_report)),
        "not drafted before": (make_package(leave_out=("basic.background",)), package),
    }  # fmt: skip


NAMES = (
    *("the same", "a text", "a digit", "figures", "an indicator less", "the first indicator gone"),
    *("an indicator more", "a project more", "no project before", "another unit"),
    *("forty indicators", "not drafted before"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("forwards", [True, False])
def test_accepting_gives_the_new_report_and_rejecting_the_old(
    make_package: Packages, example: Report, long_report: Report, name: str, *, forwards: bool
) -> None:
    pair = versions(make_package, example, long_report)[name]
    old, new = pair if forwards else pair[::-1]
    data = write_tracked(old, new, BY_ZHANG)
    assert_leads(old, new, data)
    has_marks = "<w:ins " in document(data) or "<w:del " in document(data)
    assert has_marks == (name != "the same")


def test_a_changed_figure_is_marked_as_a_whole_with_its_author(make_package: Packages) -> None:
    old = with_text(make_package(), "basic.background", "全年执行数619.52万元，执行率100%。")
    new = with_text(make_package(), "basic.background", "全年执行数600.52万元，执行率96.93%。")
    xml = document(write_tracked(old, new, BY_ZHANG))
    deleted = re.findall(r"<w:delText[^>]*>([^<]*)</w:delText>", xml)
    inserted = re.findall(r"<w:ins [^>]*>.*?<w:t [^>]*>([^<]*)</w:t>", xml)
    assert deleted == ["619.52万元", "100%"]
    assert inserted == ["600.52万元", "96.93%"]
    assert set(re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"', xml)) == {"李四"}
    assert 'w:date="2024-03-05T09:00:00Z"' in xml


def test_ids_of_changes_are_never_used_twice(make_package: Packages, example: Report) -> None:
    new = make_package(example.model_copy(update={"projects": (SelfEvaluation(id="p9"),)}))
    xml = document(write_tracked(make_package(), new, BY_ZHANG))
    ids = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', xml)
    assert len(ids) == len(set(ids)) > 50


letters = st.text(alphabet="甲乙1.。、0619.52%【待补充：】", min_size=1, max_size=25)
lines = letters.map(str.strip).filter(bool)
texts = st.lists(lines, min_size=1, max_size=5).map("\n".join)


@pytest.fixture(scope="module")
def plain_package(make_package: Packages) -> ReportPackage:
    return make_package()


@relaxed
@given(old=texts, new=texts)
def test_any_two_texts(plain_package: ReportPackage, old: str, new: str) -> None:
    before = with_text(plain_package, "lessons.problems", old)
    after = with_text(plain_package, "lessons.problems", new)
    assert_leads(before, after, write_tracked(before, after, BY_ZHANG))


@pytest.mark.office
def test_an_office_program_keeps_insertions_and_deletions(
    make_package: Packages,
    example: Report,
    long_report: Report,
    soffice_path: str,
    tmp_path: Path,
) -> None:
    """Opened and saved by LibreOffice, the marks still lead from the old text to the new."""
    pairs = versions(make_package, example, long_report)
    chosen = ("a text", "figures", "an indicator less", "an indicator more", "another unit")
    (tmp_path / "in").mkdir()
    for number, name in enumerate(chosen):
        (tmp_path / "in" / f"{number}.docx").write_bytes(write_tracked(*pairs[name], BY_ZHANG))
    command = [soffice_path, f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path)]
    command += [str(one) for one in sorted((tmp_path / "in").iterdir())]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for number, name in enumerate(chosen):
        data = (tmp_path / f"{number}.docx").read_bytes()
        xml = document(data)
        assert "<w:ins " in xml, name
        assert "<w:del " in xml or name == "an indicator more", name
        assert_leads(*pairs[name], data)
