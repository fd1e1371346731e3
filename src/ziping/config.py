"""Settings from the environment, and where the shipped content lies."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ziping.domain.endpoint import DEFAULT_CONCURRENCY, DEFAULT_TIMEOUT_S, ModelEndpoint
from ziping.domain.errors import os_reason
from ziping.domain.login import LoginSettings, login_settings

_PUBLIC_ADDRESS = "https://api.openai.com/v1"
_MOST_CONCURRENCY = 64
_LONGEST_TIMEOUT_S = 3600.0
_LOGIN_HOURS, _LONGEST_LOGIN_HOURS = 12.0, 720.0
_SECRETS = Path(".streamlit", "secrets.toml")

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class EmbeddingEndpoint:
    """An OpenAI-compatible endpoint for embeddings (向量接口)."""

    base_url: str = field(default="", repr=False)
    """Its address may hold what signs in."""
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
    database_url: str = field(default="", repr=False)
    """A PostgreSQL database in place of the SQLite file; may hold a password."""
    model: ModelEndpoint | None = None
    """模型接口; None: everything is drafted by templates."""
    jobs_at_once: int = 4
    """同时起草的报告数, over all processes."""
    embedding: EmbeddingEndpoint = EmbeddingEndpoint()
    """Where texts are turned into vectors; blank: on this machine."""
    chroma_url: str = field(default="", repr=False)
    """A chromadb server in place of the index on this disk."""
    allowed_hosts: tuple[str, ...] = ()
    """Names that browsers may ask for this program by, where Streamlit was told some."""


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; everything has a default that works on one machine.

    ZIPING_HOME names the data directory, ZIPING_CONTENT a directory with knowledge/ and prompts/
    in place of the shipped one, ZIPING_USER the name recorded with each change, DATABASE_URL a
    PostgreSQL database for several processes, ZIPING_JOBS how many reports are drafted at once.
    OPENAI_EMBEDDING_BASE_URL, OPENAI_EMBEDDING_API_KEY and OPENAI_EMBEDDING_MODEL name an endpoint
    for embeddings, CHROMA_URL a chromadb server; OPENAI_MODEL with OPENAI_BASE_URL or
    OPENAI_API_KEY a model that drafts, bounded by ZIPING_MODEL_CONCURRENCY and
    ZIPING_MODEL_TIMEOUT (seconds). Without them nothing leaves this machine.
    """
    home = environment.get("ZIPING_HOME", "").strip()
    content = environment.get("ZIPING_CONTENT", "").strip()
    return Settings(
        home=Path(home).expanduser() if home else Path.home() / ".ziping",
        content_dir=Path(content).expanduser() if content else _shipped_content(),
        user=environment.get("ZIPING_USER", "").strip() or "本机用户",
        jobs_at_once=_whole(environment.get("ZIPING_JOBS", ""), 4, _MOST_CONCURRENCY),
        database_url=environment.get("DATABASE_URL", "").strip(),
        embedding=EmbeddingEndpoint(
            base_url=environment.get("OPENAI_EMBEDDING_BASE_URL", "").strip(),
            api_key=environment.get("OPENAI_EMBEDDING_API_KEY", "").strip(),
            model=environment.get("OPENAI_EMBEDDING_MODEL", "").strip(),
        ),
        chroma_url=environment.get("CHROMA_URL", "").strip(),
        model=_model_endpoint(environment),
        allowed_hosts=tuple(environment.get("STREAMLIT_SERVER_ALLOWED_HOSTS", "").split()),
    )


def load_login(environment: Mapping[str, str] = os.environ) -> LoginSettings | None:
    """Return how people sign in; None: they do not, and the program is for this machine alone.

    ZIPING_LOGIN names the file with the `[auth]` table that Streamlit is started with; without it
    the places are looked through that Streamlit looks through. What cannot be read never means
    that nobody needs to sign in. ZIPING_LOGIN_CLAIM names the statement of the provider that is
    the login, ZIPING_ADMINS the logins of the first administrators, ZIPING_LOGIN_HOURS how long
    a sign-in lasts.
    """
    named = login_file(environment)
    auth: Mapping[str, Any] | None = {} if named else None
    problems = []
    for file in [named] if named else _secrets_files():
        try:
            auth = _auth_table(file, is_needed=bool(named)) or auth
        except ValueError as error:
            problems.append(f"{file}：{error}")
    if auth is None and not problems:
        return None
    if problems:
        return LoginSettings(problems=tuple(problems))
    hours = _number(environment.get("ZIPING_LOGIN_HOURS", ""), _LOGIN_HOURS)
    return login_settings(
        auth or {},
        claim=environment.get("ZIPING_LOGIN_CLAIM", "").strip() or "sub",
        administrators=frozenset(re.split(r"[\s,，;；]+", environment.get("ZIPING_ADMINS", "")))
        - {""},
        hours=min(hours, _LONGEST_LOGIN_HOURS),
    )


def login_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the file that ZIPING_LOGIN names."""
    stated = environment.get("ZIPING_LOGIN", "").strip()
    return Path(stated).expanduser() if stated else None


def _secrets_files() -> tuple[Path, ...]:
    """Return where Streamlit looks for secrets by itself, the last counting most."""
    return Path.home() / _SECRETS, Path.cwd() / _SECRETS, app_file().parent / _SECRETS


def _auth_table(file: Path, *, is_needed: bool) -> Mapping[str, Any] | None:
    """Return the `[auth]` table of a file of secrets; ValueError says why there is none to read."""
    import tomllib  # noqa: PLC0415 - only where people sign in

    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8")).get("auth")
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError) and not is_needed:
            return None
        raise ValueError(f"读不了，{os_reason(error)}") from error
    except ValueError as error:  # of TOML or of its encoding; its message may repeat a secret
        raise ValueError("不是正确的 TOML 文件") from error
    if stated is not None and not isinstance(stated, Mapping):
        raise ValueError("[auth] 应是一张表")
    return stated


def _model_endpoint(environment: Mapping[str, str]) -> ModelEndpoint | None:
    """Return the endpoint the environment names; None when it names none in full."""
    model = environment.get("OPENAI_MODEL", "").strip()
    base_url = environment.get("OPENAI_BASE_URL", "").strip()
    api_key = environment.get("OPENAI_API_KEY", "").strip()
    if not model or not (base_url or api_key):
        return None
    told = environment.get("ZIPING_MODEL_CONCURRENCY", "")
    timeout_s = _number(environment.get("ZIPING_MODEL_TIMEOUT", ""), DEFAULT_TIMEOUT_S)
    return ModelEndpoint(
        base_url=(base_url or _PUBLIC_ADDRESS).rstrip("/"),
        model=model,
        api_key=api_key,
        concurrency=_whole(told, DEFAULT_CONCURRENCY, _MOST_CONCURRENCY),
        timeout_s=min(timeout_s, _LONGEST_TIMEOUT_S),
    )


def _whole(text: str, default: int, most: int) -> int:
    """Return a whole number from 1 as set, at most `most`; else the default."""
    return int(min(max(_number(text, default), 1), most))


def _number(text: str, default: float) -> float:
    """Return a positive number as set, else the default."""
    try:
        number = float(text)
    except ValueError:
        return default
    return number if number > 0 else default


def _shipped_content() -> Path:
    """Return the checkout's content while developing, else the copy inside the package."""
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "knowledge").is_dir() else _PACKAGE / "_data"


def app_file() -> Path:
    """Return the script that Streamlit runs."""
    return _shipped_content() / "app.py"
