"""Settings from the environment, and where the shipped content lies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class EmbeddingEndpoint:
    """An OpenAI-compatible endpoint for embeddings (向量接口)."""

    base_url: str = ""
    api_key: str = field(default="", repr=False)
    """From the environment only; never shown, stored or logged."""
    model: str = ""

    @property
    def is_set(self) -> bool:
        """Whether an endpoint is configured."""
        return bool(self.base_url)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator decides (系统设置)."""

    home: Path
    """数据目录: the database, jobs and templates."""
    content_dir: Path
    """Directory that holds knowledge/ and prompts/."""
    user: str = "本机用户"
    """Name recorded with each change while nobody logs in."""
    embedding: EmbeddingEndpoint = EmbeddingEndpoint()
    """Where texts are turned into vectors; blank: on this machine."""
    chroma_url: str = ""
    """A chromadb server in place of the index on this disk."""


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; everything has a default that works on one machine.

    ZIPING_HOME names the data directory, ZIPING_CONTENT a directory with knowledge/ and prompts/
    in place of the shipped one, ZIPING_USER the name recorded with each change.
    OPENAI_EMBEDDING_BASE_URL, OPENAI_EMBEDDING_API_KEY and OPENAI_EMBEDDING_MODEL name an endpoint
    for embeddings, CHROMA_URL a chromadb server; without them nothing leaves this machine.
    """
    home = environment.get("ZIPING_HOME", "").strip()
    content = environment.get("ZIPING_CONTENT", "").strip()
    return Settings(
        home=Path(home).expanduser() if home else Path.home() / ".ziping",
        content_dir=Path(content).expanduser() if content else _shipped_content(),
        user=environment.get("ZIPING_USER", "").strip() or "本机用户",
        embedding=EmbeddingEndpoint(
            base_url=environment.get("OPENAI_EMBEDDING_BASE_URL", "").strip(),
            api_key=environment.get("OPENAI_EMBEDDING_API_KEY", "").strip(),
            model=environment.get("OPENAI_EMBEDDING_MODEL", "").strip(),
        ),
        chroma_url=environment.get("CHROMA_URL", "").strip(),
    )


def _shipped_content() -> Path:
    """Return the checkout's content while developing, else the copy inside the package."""
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "knowledge").is_dir() else _PACKAGE / "_data"


def app_file() -> Path:
    """Return the script that Streamlit runs."""
    return _shipped_content() / "app.py"
