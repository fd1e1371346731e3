"""The agent on LangChain: asks the model, carries its tools out, within bounds (代理循环)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ziping.chat.agent.toolbox import Tool, Toolbox

if TYPE_CHECKING:
    from langchain.agents.middleware import AgentMiddleware
    from langchain_core.language_models import BaseChatModel

MOST_ASKED = 8
"""Times a model is asked within one turn."""
_STEPS = 6 * MOST_ASKED
"""A second bound, on the graph itself, in case the first should ever fail."""
_STAGES = {
    "search_clauses": "正在检索条款",
    "draft_section": "正在起草章节",
    "read_section": "正在读章节",
    "propose_patches": "正在核对建议",
    "propose_indicator": "正在核对建议",
}


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The person stopped the answer."""


class EndlessError(Exception):
    """A model asked for tools again and again."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a turn is conducted: what to say of it, when to stop, how long to wait (进行方式)."""

    note: Callable[[str], None]
    should_stop: Callable[[], bool]
    timeout_s: float

    def check(self) -> None:
        """Stop when the person asked for it."""
        if self.should_stop():
            raise Stopped


def run_agent(  # noqa: PLR0913, PLR0917 - its parts, each replaceable
    model: "BaseChatModel",
    tools: Sequence[Tool],
    toolbox: Toolbox,
    system: str,
    turn: str,
    conduct: Conduct,
) -> str:
    """Return the model's words after it used the tools it wanted.

    Raises:
        EndlessError: It went on calling tools beyond the bound.
        Stopped: The person stopped it.
    """
    from langchain.agents import create_agent  # noqa: PLC0415 - takes a second to import
    from langchain_core.tools import StructuredTool  # noqa: PLC0415 - as above

    def offered(tool: Tool) -> Any:  # noqa: ANN401 - LangChain's type, known only in here
        return StructuredTool(
            name=tool.name,
            description=tool.description,
            args_schema=tool.arguments,
            func=lambda **arguments: toolbox.call(tool.name, arguments),
        )

    agent = create_agent(
        model,
        tools=[offered(one) for one in tools],
        system_prompt=system,
        middleware=[_bounds(toolbox, conduct)],
    )
    state = agent.invoke(
        {"messages": [{"role": "user", "content": turn}]}, {"recursion_limit": _STEPS}
    )
    return _text(state["messages"][-1].content)


def _bounds(toolbox: Toolbox, conduct: Conduct) -> "AgentMiddleware[Any, Any]":
    """Return what stands between the model and the tools."""
    from langchain.agents.middleware import AgentMiddleware  # noqa: PLC0415 - slow to import
    from langchain.agents.middleware.types import hook_config  # noqa: PLC0415 - as above
    from langchain_core.messages import AIMessage, ToolMessage  # noqa: PLC0415 - as above

    class Bounds(AgentMiddleware[Any, Any]):
        """Bounds a turn, and carries tools out by our own toolbox only."""

        def __init__(self) -> None:
            super().__init__()
            self.asked = 0

        def wrap_model_call(self, request: Any, handler: Any) -> Any:  # noqa: ANN401
            """Ask the model, so many times at most."""
            conduct.check()
            self.asked += 1
            if self.asked > MOST_ASKED:
                raise EndlessError
            conduct.note("模型正在想" if self.asked == 1 else "模型正在看工具的结果")
            settings = {**request.model_settings, "timeout": conduct.timeout_s}
            return handler(request.override(model_settings=settings))

        def wrap_tool_call(self, request: Any, handler: Any) -> ToolMessage:  # noqa: ANN401, ARG002
            """Carry a tool out; there is no way around the toolbox."""
            conduct.check()
            call = request.tool_call
            conduct.note(_STAGES.get(call["name"], "正在查数据"))
            told = toolbox.call(call["name"], call["args"])
            return ToolMessage(told, tool_call_id=call["id"], name=call["name"])

        @hook_config(can_jump_to=["model"])
        def after_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:  # noqa: ANN401, ARG002
            """Answer calls whose arguments are no JSON, and let the model try again."""
            last = state["messages"][-1]
            if not isinstance(last, AIMessage) or not last.invalid_tool_calls or last.tool_calls:
                return None
            told = [
                ToolMessage(
                    toolbox.bad_json(str(one.get("name"))),
                    tool_call_id=str(one.get("id")),
                    name=str(one.get("name")),
                )
                for one in last.invalid_tool_calls
            ]
            return {"messages": told, "jump_to": "model"}

    return Bounds()


def _text(content: Any) -> str:  # noqa: ANN401 - message content of several shapes
    """Return the text of a message."""
    if isinstance(content, str):
        return content
    return "".join(one.get("text", "") for one in content if isinstance(one, dict))
