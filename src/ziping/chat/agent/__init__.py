"""The conversation with a model (对话代理): it reads and proposes through tools, and never writes.

What a tool proposes passes the same guards as the reader's; LangChain is imported in `loop` only,
when a turn is answered by a model.
"""
