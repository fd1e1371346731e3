"""Where a language model is reached (模型接口)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

DEFAULT_CONCURRENCY = 4
DEFAULT_TIMEOUT_S = 60.0


def shown_address(url: str) -> str:
    """Return an address as people may see it: without what signs in, before the @ or after ?."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "（地址写得不对）"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """An OpenAI-compatible endpoint as the environment names it (模型接口).

    The key is left out of every representation, so that no log, error or file can show it.
    """

    base_url: str = field(repr=False)
    """Address up to and with /v1 (接口地址)."""
    model: str
    """Name of the model (模型名称)."""
    api_key: str = field(default="", repr=False)
    """Blank: the endpoint asks for none (密钥)."""
    concurrency: int = DEFAULT_CONCURRENCY
    """Most requests under way at once (并发数)."""
    timeout_s: float = DEFAULT_TIMEOUT_S
    """Longest wait for the first and between two pieces of an answer (超时秒数)."""

    @property
    def section_s(self) -> float:
        """Longest time one section may take, all attempts together (每节时限)."""
        return 3 * self.timeout_s
