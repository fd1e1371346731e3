"""What can go wrong with a model, and what follows from it (模型故障).

These, and no other exceptions, make the template step in; anything else is a mistake of ours
and is seen.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

_CONTEXT = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt is too long|too many tokens"
    r"|reduce the length|exceed\w* .{0,40}(?:token|length|context)|max_model_len|input is too long"
    r"|上下文|超长|超过.{0,10}(?:长度|限制)",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|余额不足|欠费", re.IGNORECASE)
_NO_CHUNKS = "No generation chunks"
"""What LangChain says of an answer without a single event, e.g. a login page."""
_TOO_LARGE = 413
_FIRST_SERVER_ERROR = 500


class FaultKind(StrEnum):
    """What went wrong; the value is what people read."""

    ADDRESS = "模型接口地址不通"
    PATH = "模型接口地址不对"
    KEY = "模型接口的密钥不对"
    MODEL = "模型接口没有这个模型"
    QUOTA = "模型接口的额度已用完"
    BUSY = "模型接口繁忙（限流）"
    SERVER = "模型接口出错"
    TIMEOUT = "模型接口超时"
    SLOW = "模型输出太慢，超过本节时限"
    CUT = "模型输出中途断开"
    CONTEXT = "内容超过模型的长度限制"
    FORMAT = "模型接口不支持结构化输出"
    REFUSED = "模型接口拒绝了请求"
    EMPTY = "模型没有给出内容"
    FOREIGN = "模型没有用中文作答"
    UNREADABLE = "模型的输出无法识别"
    ECHO = "模型只重复了格式说明"
    REPEATED = "模型反复输出相同内容"
    INCOMPLETE = "模型没有写到本节应有的数据"
    UNGROUNDED = "模型的文字多数没有通过数据核对"


FATAL = frozenset({FaultKind.KEY, FaultKind.MODEL, FaultKind.PATH, FaultKind.QUOTA})
"""Asking again cannot help: no more calls for this job."""
UNREACHABLE = frozenset(
    {FaultKind.ADDRESS, FaultKind.TIMEOUT, FaultKind.SERVER, FaultKind.BUSY, FaultKind.SLOW}
)
"""The endpoint itself is in trouble; several sections in a row stop the calls of a job."""
PASSING = UNREACHABLE | {FaultKind.CUT}
"""Asking again may help."""
POOR = frozenset(
    {
        FaultKind.EMPTY,
        FaultKind.FOREIGN,
        FaultKind.UNREADABLE,
        FaultKind.ECHO,
        FaultKind.REPEATED,
    }
)
"""An answer came, but not one that can be used; asking once more may help."""


class ModelFault(Exception):  # noqa: N818 - the word for it throughout this room
    """A model or its endpoint failed."""

    def __init__(
        self, kind: FaultKind, detail: str = "", retry_after_s: float | None = None
    ) -> None:
        """Keep what went wrong; `detail` is the endpoint's own word, for the endpoint test."""
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail
        self.retry_after_s = retry_after_s


@contextmanager
def told_as_faults() -> Iterator[None]:
    """Tell the exceptions of the protocol as faults; let every other one through."""
    import openai  # noqa: PLC0415 - slow to import, and only this room needs it

    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelFault(FaultKind.TIMEOUT) from error
    except openai.APIConnectionError as error:
        kind = FaultKind.CUT if _is_under_way(error) else FaultKind.ADDRESS
        raise ModelFault(kind) from error
    except openai.APIStatusError as error:
        raise fault_of_status(error.status_code, _said(error), error.response.headers) from error
    except openai.APIError as error:
        kind = FaultKind.CONTEXT if _CONTEXT.search(_said(error)) else FaultKind.SERVER
        raise ModelFault(kind, _said(error)) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelFault(FaultKind.UNREADABLE) from error
    except ValueError as error:
        if _NO_CHUNKS not in str(error):
            raise
        raise ModelFault(FaultKind.EMPTY) from error


def fault_of_status(status: int, said: str, headers: Mapping[str, str]) -> ModelFault:
    """Return the fault that an HTTP status with its message tells."""
    match status:
        case 401 | 403:
            kind = FaultKind.KEY
        case 404:
            kind = FaultKind.MODEL if "model" in said.lower() or "模型" in said else FaultKind.PATH
        case 405:
            kind = FaultKind.PATH
        case 402:
            kind = FaultKind.QUOTA
        case 429:
            kind = FaultKind.QUOTA if _QUOTA.search(said) else FaultKind.BUSY
        case 408:
            kind = FaultKind.TIMEOUT
        case _ if status >= _FIRST_SERVER_ERROR:
            kind = FaultKind.SERVER
        case _ if status == _TOO_LARGE or _CONTEXT.search(said):
            kind = FaultKind.CONTEXT
        case 400 | 422:
            kind = FaultKind.FORMAT
        case _:
            kind = FaultKind.REFUSED
    return ModelFault(kind, said, _retry_after(headers))


def _said(error: Any) -> str:  # noqa: ANN401 - errors of several libraries
    """Return the endpoint's own message."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        parts = (
            [inner.get(key) for key in ("message", "code", "type")]
            if isinstance(inner, Mapping)
            else [inner]
        )
        return " ".join(str(one) for one in parts if one) or str(error)
    return str(getattr(error, "message", "") or error)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a Retry-After header names; None without one that can be read."""
    try:
        return max(float(headers.get("retry-after") or ""), 0.0)
    except ValueError:
        return None


def _is_under_way(error: BaseException) -> bool:
    """Whether a connection broke after the request had been sent."""
    seen: BaseException | None = error
    while seen is not None:
        if type(seen).__name__ in {"RemoteProtocolError", "ReadError", "WriteError"}:
            return True
        seen = seen.__cause__
    return False
