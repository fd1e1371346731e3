"""Conversation (对话): what people say becomes proposed patches, questions and answers.

Nothing here writes a report, asks a database or knows another room: a scene goes in, patches and
words come out. LangChain is imported in `ziping.chat.agent` only, when a model is configured.
"""
