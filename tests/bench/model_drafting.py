"""Drafting by a model, on a loopback server of fixed latency: first sentence, whole report, memory.

The plain openai client reads the same stream of the same server; what it shows is ungrounded.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.timing import resident_mib
from tests.model_scripts import honest
from tests.model_server import Call, ModelServer, Reply

from ziping.bootstrap import open_desk, open_engine, open_workspace
from ziping.config import Settings, load_settings
from ziping.domain.endpoint import ModelEndpoint
from ziping.drafting.model import SentenceDrafted
from ziping.drafting.model.client import chat_model
from ziping.jobs.engine import JobEngine
from ziping.services.model_drafting import ModelDesk, preview_messages, stream_section
from ziping.services.reports import create_example

SECTION = "basic.fund_use"
CHAIN = 3
"""Sections that wait for each other in the shipped outline: 结论、问题、建议."""
WANTED_LEAD_S = 0.2
WANTED_RATIO = 1.3
WANTED_GROWTH = 5
"""Percent the memory may grow over the second half of the reports."""
Row = tuple[str, str, str, str]
"""What, measured, wanted, verdict."""


@dataclass(frozen=True, slots=True)
class ModelScale:
    """How much is measured."""

    rounds: int = 7
    latency_s: float = 1.0
    """Of a whole answer, when the time of a report is measured."""
    reports: int = 50


QUICK = ModelScale(rounds=1, latency_s=0.1, reports=2)


def model_rows(scale: ModelScale | None = None) -> list[Row]:
    """Return the rows of the table; the promises of the model writer, measured."""
    chosen = scale or ModelScale()
    return [_first_sentence(chosen), _whole_report(chosen), _memory(chosen)]


def _streaming(call: Call) -> Reply:
    """Answer like a model: a moment, then piece by piece."""
    return replace(honest(call), before_s=0.2, between_s=0.02, piece=4)


@contextmanager
def _desk(server: ModelServer) -> Iterator[tuple[Settings, ModelDesk]]:
    """Yield a desk over an empty data directory and the server."""
    with tempfile.TemporaryDirectory() as home:
        endpoint = ModelEndpoint(server.url, "bench", timeout_s=30)
        settings = replace(load_settings({}), home=Path(home), model=endpoint)
        workspace = open_workspace(settings, clock=lambda: datetime.now(UTC))
        desk = open_desk(workspace, settings)
        chat_model(endpoint)
        yield settings, desk
        if desk.library is not None:
            desk.library.close()
        workspace.database.close()


def _first_sentence(scale: ModelScale) -> Row:
    """Compare the first grounded sentence with the plain client's first full sentence."""
    with ModelServer(_streaming) as server, _desk(server) as (_, desk):
        report_id = create_example(desk.workspace)
        _ours(desk, report_id)  # warm-up: libraries, templates, index
        _plain(desk, report_id)
        ours = [_ours(desk, report_id) for _ in range(scale.rounds)]
        plain = [_plain(desk, report_id) for _ in range(scale.rounds)]
    lead = statistics.median(ours) - statistics.median(plain)
    told = f"{statistics.median(ours):.3f} 秒，普通客户端 {statistics.median(plain):.3f} 秒"
    limit = f"不晚于普通客户端 {WANTED_LEAD_S * 1000:.0f} 毫秒"
    return ("首个核对过的句子", told, limit, _verdict(lead <= WANTED_LEAD_S))


def _ours(desk: ModelDesk, report_id: int) -> float:
    """Return the seconds until the first grounded sentence."""
    begun = time.perf_counter()
    for event in stream_section(desk, report_id, SECTION):
        if isinstance(event, SentenceDrafted):
            return time.perf_counter() - begun
    raise AssertionError(SECTION)


def _plain(desk: ModelDesk, report_id: int) -> float:
    """Return the seconds until the plain openai client has read a first full sentence."""
    import openai  # noqa: PLC0415 - the competitor, slow to import

    assert desk.endpoint is not None
    shown = preview_messages(desk, report_id, SECTION)
    messages: Any = [{"role": one.role, "content": one.content} for one in shown]
    with openai.OpenAI(base_url=desk.endpoint.base_url, api_key="none") as client:
        begun = time.perf_counter()
        text = ""
        stream = client.chat.completions.create(model="bench", messages=messages, stream=True)
        with stream:
            for chunk in stream:
                text += chunk.choices[0].delta.content or ""
                if "。" in text:
                    return time.perf_counter() - begun
    raise AssertionError(text)


def _whole_report(scale: ModelScale) -> Row:
    """Compare a whole report with the longest chain and the total work over the bound."""
    latency = scale.latency_s

    def answer(call: Call) -> Reply:
        return replace(honest(call), before_s=latency, piece=100_000)

    with ModelServer(answer) as server, _desk(server) as (settings, desk):
        engine = open_engine(desk.workspace, settings, desk)
        try:
            _job(engine, create_example(desk.workspace))  # warm-up
            asked = len(server.calls)
            took = _job(engine, create_example(desk.workspace))
            work = (len(server.calls) - asked) * latency
        finally:
            engine.close()
        assert desk.endpoint is not None
        bound = desk.endpoint.concurrency
        peak = server.peak
    least = max(CHAIN * latency, work / bound)
    told = f"{took:.2f} 秒，理论最短 {least:.2f} 秒，同时最多 {peak} 个请求"
    is_met = took <= WANTED_RATIO * least and peak <= bound
    return ("起草全部", told, f"不超过 {WANTED_RATIO} 倍，同时不超过 {bound} 个", _verdict(is_met))


def _job(engine: JobEngine, report_id: int) -> float:
    """Return the seconds a whole report takes."""
    begun = time.perf_counter()
    job_id = engine.draft_report(report_id)
    while not engine.progress(job_id).is_over:
        time.sleep(0.1)
    return time.perf_counter() - begun


def _memory(scale: ModelScale) -> Row:
    """Watch the memory over many reports."""
    held: list[float] = []
    with (
        ModelServer(lambda call: replace(honest(call), piece=2000)) as server,
        _desk(server) as (settings, desk),
    ):
        engine = open_engine(desk.workspace, settings, desk)
        try:
            for _ in range(scale.reports):
                _job(engine, create_example(desk.workspace))
                server.calls.clear()
                held.append(resident_mib())
        finally:
            engine.close()
    later = held[len(held) // 2 :]
    growth = 100 * (max(later) / later[0] - 1)
    told = f"{held[0]:.0f} → {held[-1]:.0f} MiB，后一半增长 {growth:+.1f}%"
    limit = f"{scale.reports} 份，后一半增长不超过 {WANTED_GROWTH}%"
    return ("内存", told, limit, _verdict(growth <= WANTED_GROWTH))


def _verdict(is_met: bool) -> str:  # noqa: FBT001 - reads as a sentence
    return "达到" if is_met else "未达到"


if __name__ == "__main__":
    for row in model_rows():
        print("　".join(row), flush=True)
