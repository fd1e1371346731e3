"""The agent for endpoints without tool calls: the same tools, asked for in JSON (逐步调用)."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from ziping.chat.agent.loop import MOST_ASKED, Conduct, EndlessError
from ziping.chat.agent.toolbox import Tool, Toolbox

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "calls": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"tool": {"type": "string"}, "arguments": {"type": "object"}},
                "required": ["tool", "arguments"],
            },
        },
        "say": {"type": "string"},
    },
    "required": ["calls", "say"],
}
"""What every step asks for."""
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_UNREADABLE = '没有读懂。请只输出一个 JSON 对象：{"calls": [...], "say": "..."}。'

Asked = Callable[[Sequence[tuple[str, str]]], str]
"""Asks a model: messages as (role, content), what it answers."""


def run_steps(
    ask: Asked,
    toolbox: Toolbox,
    system: str,
    turn: str,
    conduct: Conduct,
) -> str:
    """Return the model's words after it used the tools it wanted; as `run_agent`."""
    messages = [("system", system), ("user", turn)]
    unread = 0
    for asked in range(MOST_ASKED):
        conduct.check()
        conduct.note("模型正在想" if not asked else "模型正在看工具的结果")
        answer = ask(messages)
        messages.append(("assistant", answer))
        step = read_step(answer)
        if step is None:
            unread += 1
            if unread > 1:
                return _THOUGHT.sub("", answer).strip()
            toolbox.refuse("模型的输出不是约定的 JSON，已请它重来")
            messages.append(("user", _UNREADABLE))
            continue
        calls, said = step
        if not calls:
            return said
        results = [f"{name}：{toolbox.call(name, arguments)}" for name, arguments in calls]
        messages.append(("user", "<资料 类别=工具结果>\n" + "\n".join(results) + "\n</资料>"))
    raise EndlessError


def read_step(answer: str) -> tuple[list[tuple[str, object]], str] | None:
    """Return the calls and the words of an answer in whatever wrapping; None: it is no step."""
    text = _THOUGHT.sub("", answer)
    start = text.find("{")
    while start >= 0:
        try:
            found, _ = json.JSONDecoder().raw_decode(text[start:])
        except json.JSONDecodeError:
            start = text.find("{", start + 1)
            continue
        return _step_of(found)
    return None


def _step_of(found: object) -> tuple[list[tuple[str, object]], str] | None:
    """Return what a JSON value says as a step; None: it is none."""
    if not isinstance(found, dict) or not ({"calls", "say"} & found.keys()):
        return None
    calls = found.get("calls") or []
    if not isinstance(calls, list):
        return None
    read = [
        (str(one.get("tool", "")), one.get("arguments", {}))
        for one in calls
        if isinstance(one, dict)
    ]
    return read, str(found.get("say") or "")


def tools_told(tools: Sequence[Tool]) -> str:
    """Return the tools as a model without tool calls is told of them."""
    return "\n\n".join(
        f"{one.name}：{one.description}\n参数："
        f"{json.dumps(one.arguments.model_json_schema()['properties'], ensure_ascii=False)}"
        for one in tools
    )
