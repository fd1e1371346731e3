"""Whether the configured services answer: sign-in, model, embeddings, chromadb (外部服务检查)."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from ziping.config import EmbeddingEndpoint, Settings
from ziping.domain.endpoint import ModelEndpoint, shown_address
from ziping.domain.login import LoginSettings, is_loopback
from ziping.services.answers import DoctorLine

_PATIENCE_S = 5.0
_FINE = 200
_REFUSED_KEY = frozenset({401, 403})


def diagnose_services(settings: Settings) -> tuple[DoctorLine, ...]:
    """Return what became of a short request to each service; none is sent when none is set."""
    return (
        _model(settings.model),
        _embedding(settings.embedding),
        _chroma(settings.chroma_url),
    )


def diagnose_login(login: LoginSettings | None, hosts: Sequence[str]) -> DoctorLine:
    """Tell whether people sign in, and whether all that it takes is there."""
    title = "登录"
    outside = "、".join(one for one in hosts if not is_loopback(one))
    if login is None and outside:
        told = f"没有启用，但 {outside} 可以访问；网页会拒绝显示，请启用登录，办法见部署说明"
        return DoctorLine(title=title, ok=False, told=told)
    if login is None:
        told = "没有启用，只供本机使用；姓名和身份由使用者自己选择，启用办法见部署说明"
        return DoctorLine(title=title, ok=True, told=told)
    if login.problems:
        told = f"已启用，但设置不完整，没有人能登录：{'；'.join(login.problems)}"
        return DoctorLine(title=title, ok=False, told=told)
    if _status(login.server_metadata_url) != _FINE:
        address = shown_address(login.server_metadata_url)
        told = f"登录服务（{address}）没有应答；请核对 server_metadata_url"
        return DoctorLine(title=title, ok=False, told=told)
    named = (
        f"首批管理员 {len(login.administrators)} 名" if login.administrators else "没有首批管理员"
    )
    told = (
        f"已启用，登录服务有应答，登录号取 {login.claim}，{named}，{login.hours:g} 小时后要重新登录"
    )
    warnings = [*login.warnings, *_unreachable(login.redirect_uri, hosts)]
    told = "；".join([told, *warnings])
    return DoctorLine(title=title, ok=True, told=told, warning=bool(warnings))


def _unreachable(redirect_uri: str, hosts: Sequence[str]) -> list[str]:
    """Return that the app would refuse browsers at the very address they are sent back to."""
    host = urlsplit(redirect_uri).hostname or ""
    if is_loopback(host) or host in hosts:
        return []
    return [f"{host} 不在 STREAMLIT_SERVER_ALLOWED_HOSTS 里，网页会连接不上"]


def _model(endpoint: ModelEndpoint | None) -> DoctorLine:
    """Ask the model's endpoint for its list of models; nothing of any report is sent."""
    title = "撰写"
    if endpoint is None:
        return DoctorLine(title=title, ok=True, told="离线模板；未使用模型，不访问网络")
    told = f"模型 {endpoint.model}（{shown_address(endpoint.base_url)}）"
    status = _status(f"{endpoint.base_url}/models", endpoint.api_key)
    if status is None:
        told += "连接不上；请核对 OPENAI_BASE_URL 和模型服务，在此之前各节改用模板"
        return DoctorLine(title=title, ok=False, told=told)
    if status in _REFUSED_KEY:
        told += "不接受密钥；请核对 OPENAI_API_KEY，在此之前各节改用模板"
        return DoctorLine(title=title, ok=False, told=told)
    told += f"有应答，同时最多 {endpoint.concurrency} 个请求；逐项测试在“设置 · 模型”"
    return DoctorLine(title=title, ok=True, told=told)


def _embedding(endpoint: EmbeddingEndpoint) -> DoctorLine:
    """Ask for one vector."""
    title = "向量"
    if not endpoint.is_set:
        return DoctorLine(title=title, ok=True, told=_own_vectors())
    from ziping.retrieval.embedding import EndpointEmbedder  # noqa: PLC0415 - slow to import
    from ziping.retrieval.embedding_error import EmbeddingError  # noqa: PLC0415 - as above

    embedder = EndpointEmbedder(endpoint.base_url, endpoint.api_key, endpoint.model)
    told = f"{endpoint.model}（{shown_address(endpoint.base_url)}）"
    try:
        embedder.embed(["绩效自评"])
    except EmbeddingError as error:
        return DoctorLine(title=title, ok=False, told=f"{told}：{error}；检索先只用关键词")
    finally:
        embedder.close()
    return DoctorLine(title=title, ok=True, told=f"{told}，{embedder.dimension} 维")


def _own_vectors() -> str:
    """Return what this machine makes vectors with."""
    from ziping.retrieval.sentence_embedder import (  # noqa: PLC0415 - slow to import
        MODEL_TITLE,
        is_available,
    )

    if is_available():
        return f"由本机的 {MODEL_TITLE} 计算，不访问网络"
    return "由本机按字词计算，不访问网络；本机没有句向量模型（需要 x86-64 Linux），口语问法会差一些"


def _chroma(url: str) -> DoctorLine:
    """Ask the chromadb server whether it is there."""
    title = "向量库"
    if not url:
        return DoctorLine(title=title, ok=True, told="在本机数据目录里")
    address = url if "//" in url else f"http://{url}"
    server = f"chromadb 服务（{shown_address(address)}）"
    if _status(f"{address.rstrip('/')}/api/v2/heartbeat") is None:
        told = f"{server}没有应答；请核对 CHROMA_URL，检索先只用关键词"
        return DoctorLine(title=title, ok=False, told=told)
    return DoctorLine(title=title, ok=True, told=f"{server}，有应答")


def _status(address: str, key: str = "") -> int | None:
    """Return the status of an answer; None when there is none."""
    import httpx  # noqa: PLC0415 - takes long to import, and is not needed offline

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        return httpx.get(address, headers=headers, timeout=_PATIENCE_S).status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
