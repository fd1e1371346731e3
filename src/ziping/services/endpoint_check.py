"""Trying a model endpoint out and saying exactly what fails (接口测试)."""

import time
from dataclasses import dataclass

from ziping.domain.endpoint import ModelEndpoint
from ziping.drafting.model.answer import Answer
from ziping.drafting.model.client import pieces
from ziping.drafting.model.faults import FATAL, FaultKind, ModelFault
from ziping.drafting.model.ladder import LADDER, RUNGS, Rung
from ziping.drafting.model.prompt import Message

_ASKED = (
    Message(
        "system", '只输出一个 JSON 对象，形如 {"paragraphs": ["一句话。"]}，不要输出别的内容。'
    ),
    Message("user", "用一句中文说明单位自评的作用。"),
)
_REMEDIES = {
    FaultKind.ADDRESS: "请核对 OPENAI_BASE_URL、模型服务是否已启动、防火墙和代理",
    FaultKind.PATH: "OPENAI_BASE_URL 一般以 /v1 结尾，请核对",
    FaultKind.KEY: "请核对 OPENAI_API_KEY",
    FaultKind.MODEL: "请核对 OPENAI_MODEL 与模型服务里登记的名称",
    FaultKind.QUOTA: "请在服务方充值或更换密钥",
    FaultKind.BUSY: "请稍后重试，或调小 ZIPING_MODEL_CONCURRENCY",
    FaultKind.TIMEOUT: "请检查模型服务的负载，或调大 ZIPING_MODEL_TIMEOUT",
    FaultKind.SLOW: "请检查模型服务的负载，或调大 ZIPING_MODEL_TIMEOUT",
    FaultKind.SERVER: "请查看模型服务的日志",
    FaultKind.FOREIGN: "请换用中文能力较好的模型",
}


@dataclass(frozen=True, slots=True)
class StepReport:
    """How one way of structured output went (阶梯结果)."""

    step: str
    works: bool
    told: str


@dataclass(frozen=True, slots=True)
class EndpointReport:
    """What a trial of an endpoint found (接口测试结果)."""

    works: bool
    told: str
    """One Chinese line: what works, or what failed and what to do."""
    steps: tuple[StepReport, ...] = ()
    first_step: str = ""
    """The strictest way of structured output that works; blank: none."""
    seconds: float = 0.0
    """How long the first answer that could be used took."""


def test_endpoint(endpoint: ModelEndpoint | None) -> EndpointReport:
    """Try an endpoint, step by step down the ladder; nothing of any report is sent."""
    if endpoint is None:
        return EndpointReport(
            works=False,
            told="未配置模型：请设置 OPENAI_BASE_URL、OPENAI_MODEL，要密钥的再设 OPENAI_API_KEY",
        )
    steps: list[StepReport] = []
    seconds = 0.0
    fault: ModelFault | None = None
    for rung in RUNGS:
        begun = time.monotonic()
        fault = _tried(endpoint, rung)
        steps.append(StepReport(rung.value, fault is None, _told(fault)))
        if fault is None and not seconds:
            seconds = time.monotonic() - begun
            LADDER.remember(endpoint, rung)
        if fault is not None and (fault.kind in FATAL or fault.kind is FaultKind.ADDRESS):
            break
    first = next((one.step for one in steps if one.works), "")
    if first:
        unsupported = "" if first == RUNGS[0].value else "；不支持更严格的结构化输出"
        told = f"可以使用：{endpoint.model}，输出方式 {first}，用时 {seconds:.1f} 秒{unsupported}"
        return EndpointReport(True, told, tuple(steps), first, seconds)  # noqa: FBT003
    return EndpointReport(False, steps[-1].told, tuple(steps))  # noqa: FBT003


test_endpoint.__test__ = False  # type: ignore[attr-defined] # its name is no test's


def _tried(endpoint: ModelEndpoint, rung: Rung) -> ModelFault | None:
    """Return what failed on one step."""
    try:
        for _ in Answer().sentences(pieces(endpoint, _ASKED, rung, endpoint.section_s)):
            pass
    except ModelFault as fault:
        return fault
    return None


def _told(fault: ModelFault | None) -> str:
    """Return a fault with what to do."""
    if fault is None:
        return "可以使用"
    remedy = _REMEDIES.get(fault.kind, "")
    return f"{fault.kind.value}。{remedy}" if remedy else fault.kind.value
