"""A real HTTP server speaking the OpenAI protocol on loopback, scripted request by request."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_HANG_S = 30.0
ALL_MODES = frozenset({"json_schema", "tools", "json_object"})
"""Ways of structured output that an endpoint may support."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the server received it."""

    number: int
    """From 1, in order of arrival, those refused for their way of output apart."""
    body: dict[str, Any]
    headers: Mapping[str, str]
    """By their names in lower case."""
    at: float

    @property
    def mode(self) -> str:
        """The way of structured output asked for; blank: plain text."""
        if self.body.get("tools"):
            return "tools"
        return str((self.body.get("response_format") or {}).get("type", ""))

    @property
    def prompt(self) -> str:
        """Everything that was sent, as one text."""
        return "\n".join(str(one["content"]) for one in self.body["messages"])

    @property
    def last(self) -> str:
        """The last message."""
        return str(self.body["messages"][-1]["content"])


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers, and with which faults."""

    content: str = ""
    status: int = 200
    error: str = ""
    """Message of an error body."""
    headers: Mapping[str, str] = field(default_factory=dict)
    before_s: float = 0.0
    """Wait before the first piece (or before an error)."""
    between_s: float = 0.0
    """Wait between two pieces."""
    piece: int = 8
    """Characters a piece."""
    cut_after: int | None = None
    """Break the connection after so many pieces."""
    hang_after: int | None = None
    """Say nothing more after so many pieces, until the client goes away."""
    held_after: int | None = None
    """Hold the rest back after so many pieces, until `release` is set."""
    release: threading.Event | None = None
    finish: str | None = "stop"
    repeat: bool = False
    """Send the content again and again until the client goes away."""
    raw: bytes | None = None
    """Send these bytes in place of a well-formed body."""
    calls: tuple[tuple[str, str], ...] = ()
    """Tools to call, by name with their arguments as they stand, JSON or not."""
    says: bool = False
    """Answer in words although tools were offered."""

    def pieces(self) -> Iterable[str]:
        """Return the content in pieces."""
        while True:
            for at in range(0, len(self.content), self.piece):
                yield self.content[at : at + self.piece]
            if not self.repeat:
                return


Script = Callable[[Call], Reply]


def paragraphs(*texts: str) -> str:
    """Return an answer in the form that writers are asked for."""
    return json.dumps({"paragraphs": list(texts)}, ensure_ascii=False)


class ModelServer:
    """The server; use it as a context manager."""

    def __init__(self, script: Script | Iterable[Reply], modes: Iterable[str] = ALL_MODES) -> None:
        """Answer by a function, or by replies in turn (the last one for ever)."""
        self._script = script if callable(script) else _in_turn(list(script))
        self.modes = frozenset(modes)
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        """Calls that asked for a way of output the server does not have."""
        self.peak = 0
        """Most requests that were under way at once."""
        self._under_way = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The base address, as OPENAI_BASE_URL takes it."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop; whoever hangs is let go."""
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    def answer(self, body: dict[str, Any], headers: Mapping[str, str]) -> tuple[Call, Reply]:
        """Record a request and return what to answer."""
        with self._lock:
            call = Call(len(self.calls) + 1, body, headers, time.monotonic())
            is_supported = not call.mode or call.mode in self.modes
            (self.calls if is_supported else self.refused).append(call)
        if not is_supported:
            return call, Reply(status=400, error=f"This {call.mode} type is unavailable now")
        return call, self._script(call)

    def enter(self) -> None:
        """Count a request that begins."""
        with self._lock:
            self._under_way += 1
            self.peak = max(self.peak, self._under_way)

    def leave(self) -> None:
        """Count a request that ends."""
        with self._lock:
            self._under_way -= 1

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than the server lives."""
        self._stopping.wait(seconds)

    @property
    def is_stopping(self) -> bool:
        """Whether the server is going down."""
        return self._stopping.is_set()


def _in_turn(replies: list[Reply]) -> Script:
    """Return a script of replies one after another, the last one for ever."""
    return lambda call: replies[min(call.number, len(replies)) - 1]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    owner: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer one chat completion."""
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length))
        owner = self.server.owner
        if not self.path.endswith("/chat/completions"):
            self._send(404, json.dumps({"error": {"message": "Not Found"}}).encode(), {})
            return
        call, reply = owner.answer(body, {k.lower(): v for k, v in self.headers.items()})
        owner.enter()
        self._has_left = False
        try:
            self._answer(call, reply)
        except OSError:
            self.close_connection = True
        finally:
            if not self._has_left:
                owner.leave()

    def _answer(self, call: Call, reply: Reply) -> None:
        owner = self.server.owner
        owner.wait(reply.before_s)
        if reply.raw is not None:
            self._send(reply.status, reply.raw, reply.headers)
        elif reply.status != 200:
            error = {"error": {"message": reply.error, "type": "error", "code": None}}
            self._send(reply.status, json.dumps(error).encode(), reply.headers)
        elif call.body.get("stream"):
            self._stream(call, reply)
        else:
            message = _message(call, reply)
            whole = {"choices": [{"index": 0, "message": message, "finish_reason": reply.finish}]}
            self._send(200, json.dumps(_envelope(call) | whole).encode(), reply.headers)

    def _stream(self, call: Call, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        owner = self.server.owner
        self._event(call, {"role": "assistant", "content": ""})
        for number, piece in enumerate(reply.pieces()):
            if number == reply.cut_after or owner.is_stopping:
                self.close_connection = True
                return
            if number == reply.hang_after:
                owner.wait(_HANG_S)
                self.close_connection = True
                return
            if number == reply.held_after and reply.release is not None:
                reply.release.wait(_HANG_S)
            if number:
                owner.wait(reply.between_s)
            self._event(call, _delta(call, piece, first=number == 0))
        owner.leave()  # the last bytes let the client ask again before this thread goes on
        self._has_left = True
        self._event(call, {}, finish=reply.finish)
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, call: Call, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = _envelope(call) | {"object": "chat.completion.chunk", "choices": [choice]}
        self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep quiet."""


def _envelope(call: Call) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{call.number}",
        "object": "chat.completion",
        "created": 1700000000,
        "model": call.body.get("model", ""),
    }


def _tool_name(call: Call) -> str:
    return str(call.body["tools"][0]["function"]["name"])


def _message(call: Call, reply: Reply) -> dict[str, Any]:
    if not reply.calls and (call.mode != "tools" or reply.says):
        return {"role": "assistant", "content": reply.content}
    calls = reply.calls or ((_tool_name(call), reply.content),)
    tools = [
        {
            "id": f"call_{call.number}_{at}",
            "type": "function",
            "function": {"name": name, "arguments": arguments},
        }
        for at, (name, arguments) in enumerate(calls)
    ]
    return {"role": "assistant", "content": None, "tool_calls": tools}


def _delta(call: Call, piece: str, *, first: bool) -> dict[str, Any]:
    if call.mode != "tools":
        return {"content": piece}
    function: dict[str, str] = {"arguments": piece}
    tool: dict[str, Any] = {"index": 0, "function": function}
    if first:
        function["name"] = _tool_name(call)
        tool |= {"id": "call_1", "type": "function"}
    return {"tool_calls": [tool]}
