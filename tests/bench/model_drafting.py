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
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.sections import Section, verdict
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


@dataclass(frozen=True, slots=True)
class ModelScale:
    """How much is measured."""

    rounds: int = 7
    latency_s: float = 1.0
    """Of a whole answer, when the time of a report is measured."""
    reports: int = 50


QUICK = ModelScale(rounds=1, latency_s=0.1, reports=2)


def model_section(scale: ModelScale | None = None) -> Section:
    """Measure what is promised of the model writer, beside what it is compared with."""
    chosen = scale or ModelScale()
    measured = [_first_sentence(chosen), _whole_report(chosen), _memory(chosen)]
    return Section(
        f"模型撰写（本机模拟接口，openai {version('openai')}、langchain-openai "
        f"{version('langchain-openai')}）",
        ("项目", "本程序", "对照", "相差"),
        [one.row for one in measured],
        [one.verdict for one in measured],
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    """A row of the table and whether its promise is kept."""

    row: tuple[str, str, str, str]
    verdict: str


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


def _first_sentence(scale: ModelScale) -> _Measured:
    """Compare the first grounded sentence with the plain client's first full sentence."""
    with ModelServer(_streaming) as server, _desk(server) as (_, desk):
        report_id = create_example(desk.workspace)
        _ours(desk, report_id)  # warm-up: libraries, templates, index
        _plain(desk, report_id)
        ours = [_ours(desk, report_id) for _ in range(scale.rounds)]
        plain = [_plain(desk, report_id) for _ in range(scale.rounds)]
    first, other = statistics.median(ours), statistics.median(plain)
    promise = f"首个核对过的句子不晚于 openai 客户端 {WANTED_LEAD_S * 1000:.0f} 毫秒"
    row = (
        f"首个句子（中位数，{scale.rounds} 次）",
        f"核对过的 {first:.3f} 秒",
        f"openai 客户端的首个整句 {other:.3f} 秒，未核对",
        f"{1000 * (first - other):+.0f} 毫秒",
    )
    return _Measured(row, verdict(first - other <= WANTED_LEAD_S, promise))


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


def _whole_report(scale: ModelScale) -> _Measured:
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
    row = (
        f"起草全部（每次回答 {latency:g} 秒）",
        f"{took:.2f} 秒，同时最多 {peak} 个请求",
        f"理论最短 {least:.2f} 秒，上限 {bound} 个",
        f"{took / least:.2f} 倍",
    )
    promise = f"起草全部不超过理论最短的 {WANTED_RATIO} 倍，并发不超过上限"
    return _Measured(row, verdict(took <= WANTED_RATIO * least and peak <= bound, promise))


def _job(engine: JobEngine, report_id: int) -> float:
    """Return the seconds a whole report takes."""
    begun = time.perf_counter()
    job_id = engine.draft_report(report_id)
    while not engine.progress(job_id).is_over:
        time.sleep(0.1)
    return time.perf_counter() - begun


def _memory(scale: ModelScale) -> _Measured:
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
    row = (
        f"内存（连续起草 {scale.reports} 份）",
        f"{held[0]:.0f} → {held[-1]:.0f} MiB",
        f"一半时 {later[0]:.0f} MiB",
        f"{growth:+.1f}%",
    )
    promise = f"连续起草 {scale.reports} 份，后一半内存增长不超过 {WANTED_GROWTH}%"
    return _Measured(row, verdict(growth <= WANTED_GROWTH, promise))


if __name__ == "__main__":
    section = model_section()
    for one in (*section.rows, *((told,) for told in section.verdicts)):
        print("　".join(one), flush=True)
