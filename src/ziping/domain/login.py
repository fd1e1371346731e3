"""How people sign in: what the `[auth]` table of Streamlit's secrets must say (统一登录)."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from ziping.domain.model import Record

CALLBACK = "/oauth2callback"
"""Where Streamlit waits for the provider's answer."""

_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_LEAST_SECRET = 32
_SAMPLE = "请改"


class LoginSettings(Record):
    """Sign-in by an OpenID Connect provider, without any of its secrets (统一登录设置)."""

    provider: str = ""
    """Name of the `[auth.NAME]` table that `st.login` takes; blank: the `[auth]` table itself."""
    redirect_uri: str = ""
    """Address of this program that the provider sends people back to."""
    server_metadata_url: str = ""
    """Where the provider says how it is spoken to."""
    claim: str = "sub"
    """Which statement of the provider is the login (登录号); `sub` alone is unique by the rules."""
    administrators: frozenset[str] = frozenset()
    """Logins that are administrators from their first sign-in on (首批管理员)."""
    hours: float = 12
    """How long a sign-in lasts (登录有效时间)."""
    problems: tuple[str, ...] = ()
    """Why nobody can sign in, in Chinese; none of them repeats a secret."""
    warnings: tuple[str, ...] = ()
    """What works but should not stay so."""


def login_settings(auth: Mapping[str, Any], **stated: Any) -> LoginSettings:  # noqa: ANN401 - fields
    """Return what an `[auth]` table says, with what is missing or wrong in it."""
    named = {name: one for name, one in auth.items() if isinstance(one, Mapping)}
    named.pop("client_kwargs", None)
    provider = "" if "client_id" in auth or not named else next(iter(named))
    table = named[provider] if provider else auth
    redirect_uri = str(auth.get("redirect_uri", ""))
    metadata_url = str(table.get("server_metadata_url", ""))
    problems = [f"缺少 {name}" for name in ("redirect_uri", "cookie_secret") if not auth.get(name)]
    problems += [f"缺少 {name}" for name in _OF_PROVIDER if not table.get(name)]
    if len(named) + ("client_id" in auth) > 1:
        problems.append("设了几个登录服务，只支持一个：几个服务的登录号可能相同")
    if "_" in provider:
        problems.append(f"登录服务的名称“{provider}”不能含下划线")
    if redirect_uri and not _is_callback(redirect_uri):
        problems.append(f"redirect_uri 应是本程序的完整地址，以 {CALLBACK} 结尾")
    if metadata_url and not _is_web_address(metadata_url):
        problems.append("server_metadata_url 应是 http 或 https 开头的完整地址")
    problems += [
        f"{name} 还是样例里的" for name, one in {**auth, **table}.items() if _SAMPLE in str(one)
    ]
    if 0 < len(str(auth.get("cookie_secret", ""))) < _LEAST_SECRET:
        problems.append(f"cookie_secret 不到 {_LEAST_SECRET} 个字符：用 openssl rand -hex 32 生成")
    return LoginSettings(
        provider=provider,
        redirect_uri=redirect_uri,
        server_metadata_url=metadata_url,
        problems=tuple(problems),
        warnings=tuple(_warnings(auth, table, stated.get("administrators", ()))),
        **stated,
    )


def is_loopback(host: str) -> bool:
    """Whether a host name, with or without a port, is this machine's own."""
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _warnings(
    auth: Mapping[str, Any], table: Mapping[str, Any], administrators: Iterable[str]
) -> list[str]:
    """Return what works but is not safe, or not what was meant."""
    found = []
    if any(_SAMPLE in one for one in administrators):
        found.append("ZIPING_ADMINS 还是样例里的")
    parts = urlsplit(str(auth.get("redirect_uri", "")))
    if parts.scheme == "http" and not is_loopback(parts.netloc):
        found.append("redirect_uri 不是 https，登录信息会明文经过网络")
    if auth.get("expose_tokens") or table.get("expose_tokens"):
        found.append("设了 expose_tokens，本程序不需要令牌，请删去")
    return found


def _is_web_address(text: str) -> bool:
    """Whether a text is an absolute address of a web server."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_callback(text: str) -> bool:
    """Whether a text is the address that the provider must answer to."""
    return _is_web_address(text) and urlsplit(text).path.endswith(CALLBACK)
