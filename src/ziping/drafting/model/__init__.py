"""The model writer (模型撰写): a language model words sections, the program holds the figures.

A model writes `{{fact_id}}` and `[[clause_id]]`; what it says is resolved, grounded, mended once,
and else dropped or written by template. LangChain and openai are imported here only, when called.
"""

from ziping.drafting.model.events import DraftEvent, Finished, Restarted, SentenceDrafted, Staged
from ziping.drafting.model.prompt import Evidence, Message, SectionTask
from ziping.drafting.model.writer import ModelWriter

__all__ = [
    "DraftEvent",
    "Evidence",
    "Finished",
    "Message",
    "ModelWriter",
    "Restarted",
    "SectionTask",
    "SentenceDrafted",
    "Staged",
]
