"""Asking an endpoint, piece by piece, through LangChain's ChatOpenAI (模型客户端)."""

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ziping.domain.endpoint import ModelEndpoint
from ziping.drafting.model.faults import FaultKind, ModelFault, told_as_faults
from ziping.drafting.model.ladder import SECTION, Rung, Wanted, options
from ziping.drafting.model.prompt import Message

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_TEMPERATURE = 0.2
_LONGEST_CONNECT_S = 10.0
_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)


@lru_cache(maxsize=4)
def chat_model(endpoint: ModelEndpoint) -> "ChatOpenAI":
    """Return the client of an endpoint; one is kept, for its connections.

    Tracing to any third party is off before the library is imported, whatever the machine says.
    No tokens are counted, so that no tokenizer is ever downloaded.
    """
    for name in _TRACING:
        os.environ[name] = "false"
    # openai looks at httpx wherever it finds it loaded; half loaded by another thread it fails.
    import httpx  # noqa: F401, PLC0415 - whole before openai is used
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - takes seconds to import

    return ChatOpenAI.model_validate(
        {
            "base_url": endpoint.base_url,
            "api_key": endpoint.api_key or "none",
            "model": endpoint.model,
            "temperature": _TEMPERATURE,
            "max_retries": 0,
            "stream_usage": False,
            "use_responses_api": False,
            "custom_get_token_ids": lambda text: list(range(len(text))),
        }
    )


def pieces(
    endpoint: ModelEndpoint,
    messages: Sequence[Message],
    rung: Rung,
    longest_s: float,
    wanted: Wanted = SECTION,
) -> Generator[str]:
    """Yield an answer's text as it comes; ModelFault where the endpoint fails.

    Args:
        endpoint: Who is asked.
        messages: What is sent.
        rung: How structured output is asked for.
        longest_s: Longest wait for one piece, when that is less than the endpoint's own.
        wanted: What the output is to look like.
    """
    import openai  # noqa: PLC0415 - only this room needs it

    wait_s = max(min(endpoint.timeout_s, longest_s), 0.05)
    timeout = openai.Timeout(wait_s, connect=min(wait_s, _LONGEST_CONNECT_S))
    sent = [{"role": one.role, "content": one.content} for one in messages]
    finish: str | None = None
    with told_as_faults():
        stream = chat_model(endpoint).stream(sent, timeout=timeout, **options(rung, wanted))
        with closing(stream):  # type: ignore[type-var]  # it is a generator
            for chunk in stream:
                finish = chunk.response_metadata.get("finish_reason") or finish
                if text := _text_of(chunk):
                    yield text
    if finish is None:
        raise ModelFault(FaultKind.CUT)
    if finish == "content_filter":
        raise ModelFault(FaultKind.REFUSED, finish)


def _text_of(chunk: Any) -> str:  # noqa: ANN401 - message chunks of several shapes
    """Return the text of a chunk, be it content or the arguments of a tool call."""
    content = chunk.content
    if isinstance(content, list):
        content = "".join(one.get("text", "") for one in content if isinstance(one, dict))
    called = (one.get("args") or "" for one in getattr(chunk, "tool_call_chunks", ()))
    return f"{content}{''.join(called)}"
