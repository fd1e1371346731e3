"""Sections are drafted, edited, compared and exported; nothing typed is ever lost."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from ziping.domain.draft import Author
from ziping.domain.errors import InputError, NotFoundError
from ziping.domain.fields import flatten, unflatten
from ziping.services.drafted import draft_texts, placeholders, report_text
from ziping.services.drafting import (
    SectionView,
    draft_section,
    restore_section,
    save_section,
    section_history,
    sections_of,
)
from ziping.services.exporting import (
    add_word_template,
    delete_word_template,
    export_excel,
    export_word,
    export_zip,
    list_word_templates,
    override_finding,
    preflight,
)
from ziping.services.packaging import file_name
from ziping.services.reports import open_report, save_report
from ziping.services.scored import ScoredReport, score_report
from ziping.services.verifying import verify_file
from ziping.services.workspace import Workspace


def scored_now(workspace: Workspace, report_id: int) -> ScoredReport:
    """Return the stored report with its scores."""
    return score_report(workspace.content, open_report(workspace, report_id).report)


def views(workspace: Workspace, report_id: int) -> dict[str, SectionView]:
    """Return the sections by id as a page shows them."""
    shown = sections_of(workspace, report_id, scored_now(workspace, report_id))
    return {one.outline.id: one for one in shown}


@pytest.fixture
def funds_section(workspace: Workspace, example_id: int) -> str:
    """Return the id of a drafted section that states the executed amount."""
    texts = draft_texts(workspace.content, scored_now(workspace, example_id))
    chosen = next(one.section_id for one in texts.values() if "p1.executed" in one.facts)
    draft_section(workspace, example_id, chosen)
    return chosen


def change(workspace: Workspace, report_id: int, **fields: Any) -> None:  # noqa: ANN401
    """Save new texts of fields; `__` stands for the slashes of a path."""
    stored = open_report(workspace, report_id)
    changes = {path.replace("__", "/"): text for path, text in fields.items()}
    report = unflatten({**flatten(stored.report), **changes})
    save_report(workspace, report_id, report, base_version=stored.version)


def test_every_section_of_the_outline_can_be_drafted(workspace: Workspace, example_id: int) -> None:
    scored = scored_now(workspace, example_id)
    texts = draft_texts(workspace.content, scored)
    assert set(texts) == {one.id for one in scored.outline.sections if one.fallback}
    assert all(one.author is Author.TEMPLATE and one.text for one in texts.values())


def test_the_whole_text_has_every_heading_once_and_counts_what_is_left(
    workspace: Workspace, example_id: int
) -> None:
    scored = scored_now(workspace, example_id)
    texts = draft_texts(workspace.content, scored)
    lines = report_text(scored, texts).splitlines()
    for section in scored.outline.sections:
        assert lines.count(f"{'#' * (section.level + 1)} {section.heading}") == 1
    left = "\n".join(one.text for one in texts.values()).count("【待补充")
    assert len(placeholders(scored, texts)) == left


def test_a_drafted_section_is_stored_with_its_writer(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    newest = views(workspace, example_id)[funds_section].newest
    assert newest is not None
    assert (newest.version, newest.section.author, newest.note) == (
        1,
        Author.TEMPLATE,
        "按模板起草",
    )


def test_drafting_again_without_change_makes_no_version(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    assert draft_section(workspace, example_id, funds_section).version == 1


def test_a_persons_text_is_kept_and_drafting_again_does_not_erase_it(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    saved = save_section(workspace, example_id, funds_section, "我的文字。", base_version=1)
    assert saved.conflict is None
    assert saved.newest.section.author is Author.HUMAN
    draft_section(workspace, example_id, funds_section)
    history = section_history(workspace, example_id, funds_section)
    assert [one.version for one in history] == [3, 2, 1]
    assert history[1].section.text == "我的文字。"
    restored = restore_section(workspace, example_id, funds_section, 2)
    assert (restored.version, restored.section.text) == (4, "我的文字。")
    assert restored.note == "恢复到第2版"


def test_two_people_who_edit_a_section_keep_both_texts(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    save_section(workspace, example_id, funds_section, "先存的文字。", base_version=1)
    second = save_section(workspace, example_id, funds_section, "后存的文字。", base_version=1)
    assert second.conflict is not None
    assert second.newest.section.text == "先存的文字。"
    history = section_history(workspace, example_id, funds_section)
    kept = [one for one in history if one.section.text == "后存的文字。"]
    assert [one.note for one in kept] == ["与第2版冲突，未采用"]


def test_the_same_text_saved_twice_is_no_conflict(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    save_section(workspace, example_id, funds_section, "同样的文字。", base_version=1)
    again = save_section(workspace, example_id, funds_section, "同样的文字。", base_version=1)
    assert (again.conflict, again.newest.version) == (None, 2)


def test_a_changed_figure_marks_the_sections_that_state_it(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    assert views(workspace, example_id)[funds_section].stale == ()
    change(workspace, example_id, p1__funds__total__executed="600")
    stale = views(workspace, example_id)[funds_section].stale
    assert ("619.52万元", "600万元") in {(one.stated, one.now) for one in stale}
    assert all(one.title for one in stale)
    draft_section(workspace, example_id, funds_section)
    assert views(workspace, example_id)[funds_section].stale == ()


@pytest.mark.parametrize("section_id", ["没有", ""])
def test_a_section_that_is_not_in_the_outline_is_told(
    workspace: Workspace, example_id: int, section_id: str
) -> None:
    with pytest.raises(NotFoundError, match="提纲里没有这一节"):
        draft_section(workspace, example_id, section_id)


def test_a_version_that_is_not_there_is_told(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    with pytest.raises(NotFoundError, match="没有这个版本"):
        restore_section(workspace, example_id, funds_section, 9)


def test_preflight_lists_errors_placeholders_and_sections_without_text(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    save_section(workspace, example_id, funds_section, "执行情况【待补充：原因】。", base_version=1)
    found = preflight(workspace, example_id)
    assert found.errors
    assert not found.can_be_final
    assert "【待补充：原因】" in [text for _, text in found.placeholders]
    heading = views(workspace, example_id)[funds_section].outline.heading
    assert heading not in found.undrafted
    assert found.undrafted


def test_a_final_report_is_held_back_until_every_error_is_overridden(
    workspace: Workspace, example_id: int
) -> None:
    with pytest.raises(InputError, match=r"处错误，不能导出定稿.*送审稿"):
        export_word(workspace, example_id, status="定稿")
    for one in preflight(workspace, example_id).errors:
        override_finding(workspace, example_id, one, "财政局已同意按此口径")
    found = preflight(workspace, example_id)
    assert found.can_be_final
    assert {one.reason for _, one in found.overridden} == {"财政局已同意按此口径"}
    assert "定稿" in export_word(workspace, example_id, status="定稿").name
    override_finding(workspace, example_id, found.overridden[0][0], " ")
    assert not preflight(workspace, example_id).can_be_final


def test_a_draft_exports_whatever_its_findings(workspace: Workspace, example_id: int) -> None:
    word = export_word(workspace, example_id, status="送审稿")
    assert word.name == "怀化市公共资源交易中心2023年度项目支出绩效自评报告（送审稿）.docx"
    verified = verify_file(word.data)
    assert verified.holds
    assert export_excel(workspace, example_id, status="送审稿").name.endswith("（送审稿）.xlsx")


def test_the_zip_holds_word_and_excel(workspace: Workspace, example_id: int) -> None:
    both = export_zip(workspace, example_id, status="送审稿")
    names = zipfile.ZipFile(BytesIO(both.data)).namelist()
    assert sorted(name.rsplit(".", 1)[1] for name in names) == ["docx", "xlsx"]


def test_a_persons_text_reaches_the_word_file(
    workspace: Workspace, example_id: int, funds_section: str
) -> None:
    save_section(workspace, example_id, funds_section, "只有人写得出的一句话。", base_version=1)
    word = export_word(workspace, example_id, status="送审稿")
    body = zipfile.ZipFile(BytesIO(word.data)).read("word/document.xml").decode()
    assert "只有人写得出的一句话。" in body


def test_a_units_own_word_file_serves_as_base(workspace: Workspace, example_id: int) -> None:
    own = export_word(workspace, example_id, status="送审稿").data
    add_word_template(workspace, "本单位版式", own)
    assert [one.name for one in list_word_templates(workspace)] == ["本单位版式"]
    assert export_word(workspace, example_id, status="送审稿", template="本单位版式").data
    delete_word_template(workspace, "本单位版式")
    with pytest.raises(InputError, match="没有名为 本单位版式 的底稿"):
        export_word(workspace, example_id, status="送审稿", template="本单位版式")


def test_a_file_that_is_no_word_file_is_refused_as_base(workspace: Workspace) -> None:
    with pytest.raises(InputError):
        add_word_template(workspace, "坏底稿", b"no word file")
    assert list_word_templates(workspace) == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('某/某:单位*?"<>|报告', "某_某_单位______报告（送审稿）.docx"),
        ("", "自评报告（送审稿）.docx"),
        ("长" * 200, "长" * 60 + "（送审稿）.docx"),
    ],
)
def test_file_names_suit_every_system(title: str, expected: str) -> None:
    assert file_name(title, "送审稿", "docx") == expected


def test_an_override_lapses_when_its_figures_change(workspace: Workspace, example_id: int) -> None:
    """A reason given for one figure does not cover another."""
    error = preflight(workspace, example_id).errors[0]
    override_finding(workspace, example_id, error, "财政局已同意按此口径")
    change(workspace, example_id, p1__funds__total__printed__rate="70.00%")

    again = preflight(workspace, example_id)

    assert error.id in {one.id for one in again.errors}
    assert error.id in again.lapsed


def test_an_edited_section_is_stale_when_its_figures_change(
    workspace: Workspace, example_id: int
) -> None:
    """A person's words added to a draft do not hide that a figure in it changed."""
    drafted = draft_section(workspace, example_id, "basic.fund_use")
    text = drafted.section.text + "（已核对）"
    save_section(workspace, example_id, "basic.fund_use", text, base_version=drafted.version)
    change(workspace, example_id, p1__funds__total__executed="600")

    stale = views(workspace, example_id)["basic.fund_use"].stale

    assert "619.52万元" in {one.stated for one in stale}


def test_a_claim_without_figures_is_outdated_when_the_data_turn(
    workspace: Workspace, example_id: int
) -> None:
    """The list of problems is told to be outdated once a line is no longer met."""
    draft_section(workspace, example_id, "lessons.problems")
    assert not views(workspace, example_id)["lessons.problems"].outdated

    change(workspace, example_id, p1__indicators__i1__actual="600")

    assert views(workspace, example_id)["lessons.problems"].outdated
