"""Who may ask: Host and Origin are checked, a token where one is set, bodies are bounded.

A browser sends its cookies and reaches loopback addresses from any page that it shows. So a Host
that is not ours is refused (a foreign name that is made to point here, DNS rebinding), and so is an
Origin that is not the address asked (a foreign page that posts here). No header ever allows another
origin to read.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amberway.server.faults import failure

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_BODY = 1 << 20
"""Most bytes of a request's body."""
LEAST_TOKEN = 12
"""Fewest characters of a token."""
COOKIE = "amberway"
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_ASK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Amberway</title>
<form><h1>Amberway</h1><p><label>Token of this workbench
<input name="token" type="password" autofocus required></label> <button>Open</button></p></form>
"""


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, host: str = LOOPBACK[0], token: str | None = None) -> None:
        """`host` is the address bound; `token`, if any, has to be shown with every request."""
        self._app, self._token = app, token
        self._names = {*LOOPBACK}
        self._anywhere = host not in LOOPBACK
        if self._anywhere:
            self._names |= {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, _bounded(receive), with_headers)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that may not go on."""
        host = headers.get("host", "")
        if not self._ours(host):
            return failure(
                403,
                f"This workbench does not answer to the name {host[:100]!r}; open it under the "
                "address that it printed when it started.",
                "foreign-host",
            )
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return failure(403, "A page of another origin may not ask here.", "foreign-origin")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return failure(413, f"A request may have at most {LARGEST_BODY:,} bytes.")
        return None if self._token is None else self._untrusted(scope, headers)

    def _ours(self, host: str) -> bool:
        """Is this a name of ours? Elsewhere than on loopback any address in numbers is: only a
        name can be made to point here."""
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname, parts.port
        except ValueError:
            return False
        if name is None or parts.netloc != host or "@" in host:
            return False
        return name in self._names or (self._anywhere and _is_address(name))

    def _untrusted(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the token, unless it was shown; a link with it is turned into a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = dict(query).get("token")
        page = scope["method"] == "GET" and not scope["path"].startswith("/api")
        if page and shown is not None and self._is_token(shown):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            # The path is ours and begins with one slash: no way to another host.
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            answer.set_cookie(COOKIE, shown, httponly=True, samesite="strict", path="/")
            return answer
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(bearer.strip()):
            return None
        if self._is_token(_cookie(headers.get("cookie", ""))):
            return None
        if page and "text/html" in headers.get("accept", ""):
            return HTMLResponse(_ASK, 401)
        return failure(
            401,
            "This workbench asks for its token: open the link that it printed, or send "
            "'Authorization: Bearer …'.",
            headers={"www-authenticate": "Bearer"},
        )

    def _is_token(self, shown: str) -> bool:
        return self._token is not None and secrets.compare_digest(
            shown.encode("utf-8", "replace"), self._token.encode()
        )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _bounded(receive: Receive) -> Receive:
    """A body that is sent without its length is bounded as well."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise HTTPException(413, f"A request may have at most {LARGEST_BODY:,} bytes.")
        return message

    return bounded
