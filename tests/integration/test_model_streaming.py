"""What a page shows while a model writes: what is sent, grounded sentences, the endpoint test."""

import sys
import threading
from dataclasses import replace

import pytest
from tests.model_scripts import LIE_MARKS, LIES, draft_of, echoing, honest
from tests.model_server import Call, ModelServer, Reply, paragraphs

from ziping.content.report_file import load_report
from ziping.domain.draft import Author, SectionText
from ziping.domain.endpoint import ModelEndpoint
from ziping.drafting.model import Finished, Restarted, SentenceDrafted
from ziping.services.closure import ClosureState, closure
from ziping.services.drafted import draft_texts
from ziping.services.drafting import section_history
from ziping.services.endpoint_check import test_endpoint as try_endpoint
from ziping.services.model_drafting import ModelDesk, preview_messages, stream_section
from ziping.services.reports import create_report, open_report
from ziping.services.scored import score_report
from ziping.services.workspace import Workspace

SECTION = "basic.fund_use"


@pytest.fixture
def database_url() -> str:
    """Return the default: what is tested here does not depend on the database."""
    return ""


def desk_of(workspace: Workspace, server: ModelServer, timeout_s: float = 2.0) -> ModelDesk:
    return ModelDesk(workspace, ModelEndpoint(server.url, "qwen-test", timeout_s=timeout_s))


def test_what_is_shown_before_is_exactly_what_is_sent(
    workspace: Workspace, example_id: int
) -> None:
    with ModelServer(honest) as server:
        desk = desk_of(workspace, server)
        shown = preview_messages(desk, example_id, SECTION, "写得短一些")
        list(stream_section(desk, example_id, SECTION, "写得短一些"))
        sent = server.calls[0].body["messages"]

    assert [(one.role, one.content) for one in shown] == [
        (one["role"], one["content"]) for one in sent
    ]
    assert "写得短一些" in shown[1].content


def test_nothing_of_another_report_is_sent(workspace: Workspace, example_id: int) -> None:
    path = workspace.content.root / "knowledge" / "examples" / "huaihua-2023.yaml"
    other = load_report(path).model_copy(update={"unit": "绝密甲局"})
    create_report(workspace, other)
    desk = ModelDesk(workspace, ModelEndpoint("http://127.0.0.1:9/v1", "qwen-test"))

    outline = desk.context(open_report(workspace, example_id)).outline
    for section in outline.sections:
        if section.fallback:
            sent = preview_messages(desk, example_id, section.id)
            assert "绝密甲局" not in "".join(one.content for one in sent)


def test_sentences_are_shown_as_they_complete_and_only_when_grounded(
    workspace: Workspace, example_id: int
) -> None:
    seen = threading.Event()

    def with_lies(call: Call) -> Reply:
        told = [part for pair in zip(draft_of(call), LIES, strict=False) for part in pair]
        text = paragraphs(*told)
        first = text.index("。") // 6 + 2
        return Reply(text, piece=6, held_after=first, release=seen)

    events = []
    with ModelServer(with_lies) as server:
        # The server says no more than a sentence until that sentence is shown.
        for event in stream_section(desk_of(workspace, server, 20), example_id, SECTION):
            events.append(event)
            if isinstance(event, SentenceDrafted):
                seen.set()

    sentences = [one for one in events if isinstance(one, SentenceDrafted)]
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.section.author is Author.MODEL
    assert len(sentences) > 2
    shown = "".join(one.text for one in sentences)
    assert not any(mark in shown + last.section.text for mark in LIE_MARKS)
    [kept] = section_history(workspace, example_id, SECTION)
    assert kept.section == last.section


def test_an_answer_that_breaks_off_is_taken_back_before_the_next(
    workspace: Workspace, example_id: int
) -> None:
    def cut_once(call: Call) -> Reply:
        return replace(honest(call), piece=10, cut_after=8 if call.number == 1 else None)

    with ModelServer(cut_once) as server:
        events = list(stream_section(desk_of(workspace, server), example_id, SECTION))

    [at] = [at for at, one in enumerate(events) if isinstance(one, Restarted)]
    assert any(isinstance(one, SentenceDrafted) for one in events[:at])
    after = [one.text for one in events[at:] if isinstance(one, SentenceDrafted)]
    assert isinstance(events[-1], Finished)
    assert events[-1].section.text.replace("\n", "") == "".join(after)


def test_a_page_that_closes_in_the_middle_keeps_the_old_text(
    workspace: Workspace, example_id: int
) -> None:
    with ModelServer(lambda call: replace(honest(call), between_s=0.05)) as server:
        events = stream_section(desk_of(workspace, server), example_id, SECTION)
        while not isinstance(next(events), SentenceDrafted):
            pass
        events.close()  # type: ignore[attr-defined] # a generator has it

    assert section_history(workspace, example_id, SECTION) == ()


def test_tracing_of_third_parties_stays_off_and_nothing_is_downloaded(
    workspace: Workspace, example_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "ls-made-up")
    with ModelServer(honest) as server:
        [*_, last] = stream_section(desk_of(workspace, server), example_id, SECTION)

    assert isinstance(last, Finished)
    assert last.section.author is Author.MODEL
    # The guard of all tests has refused and counted every connection beyond this machine.
    tiktoken = sys.modules.get("tiktoken.registry")
    assert tiktoken is None or not tiktoken.ENCODINGS


ENDPOINTS: dict[str, tuple[Reply, str]] = {
    "key": (Reply(status=401, error="no"), "模型接口的密钥不对。请核对 OPENAI_API_KEY"),
    "model": (Reply(status=404, error="model not found"), "没有这个模型"),
    "path": (Reply(status=404, error="Not Found"), "模型接口地址不对"),
    "silent": (Reply(paragraphs("好。"), before_s=9), "模型接口超时"),
    "English": (Reply("Self evaluation is a very good thing to do every year."), "中文"),
}


@pytest.mark.parametrize("fault", ENDPOINTS)
def test_the_endpoint_test_says_exactly_what_failed(fault: str) -> None:
    reply, told = ENDPOINTS[fault]
    with ModelServer([reply]) as server:
        found = try_endpoint(ModelEndpoint(server.url, "qwen-test", timeout_s=0.3))

    assert not found.works
    assert told in found.told


def test_the_endpoint_test_names_the_step_that_works() -> None:
    with ModelServer(
        lambda _: Reply(paragraphs("单位自评用于改进管理。")), {"json_object"}
    ) as server:
        found = try_endpoint(ModelEndpoint(server.url, "qwen-test"))

    assert found.works
    assert found.first_step == "json_object"
    assert [one.works for one in found.steps] == [False, False, True, True]
    assert "不支持结构化输出" in found.steps[0].told


def test_the_endpoint_test_tells_an_address_that_leads_nowhere() -> None:
    with ModelServer(echoing) as server:
        gone = ModelEndpoint(server.url, "qwen-test")

    assert try_endpoint(gone).told.startswith("模型接口地址不通")
    assert try_endpoint(None).told.startswith("未配置模型")


def test_deductions_problems_and_suggestions_are_seen_to_belong_together(
    workspace: Workspace, example_id: int
) -> None:
    scored = score_report(workspace.content, open_report(workspace, example_id).report)
    texts = draft_texts(workspace.content, scored)
    lines = closure(workspace.content, scored, texts)

    assert {one.state for one in lines} == {ClosureState.CLOSED}
    [deduction] = [one for one in lines if one.points]
    assert deduction.of == "p1.i8"
    assert deduction.cause == "可持续影响情况扣2分"

    def with_text(key: str, text: str) -> dict[str, SectionText]:
        return texts | {key: texts[key].model_copy(update={"text": text})}

    vague = with_text("lessons.problems", "1.认识不到位。重视程度有待提高。")
    states = [one.state for one in closure(workspace.content, scored, vague)]
    assert states.count(ClosureState.UNSUPPORTED) == 1
    assert ClosureState.NO_PROBLEM in states
    none = with_text("lessons.suggestions", "")
    found = {one.state for one in closure(workspace.content, scored, none)}
    assert found == {ClosureState.NO_SUGGESTION}
