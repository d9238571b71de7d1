"""
Servers before the panel: whom they ask for, and the path under which readers find it.

An edge. What they say is believed only of as many as a setting names (`Settings.proxies`). Pages
and links are made as if the panel stood at the root of its host, and remembered so; on their way
out every path of the site gets the prefix, and a path that the browser tells loses it.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.api.declared import API_PREFIX

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
# A text of JSON, or an attribute of HTML, that is a path of the site. A quote inside a text of JSON
# is escaped, and so is the code for another site, which frames a path.
# Dash writes the path that it is served at with its slash as a code. What a reader has written is
# no path, whatever it begins with.
_PATHS = re.compile(
    rb"""((?<!"text":)(?<!"value":)(?<!"search":)(?<!"name":)(?<!\\)")/(?=[a-z?#_"])|((?<=src=)\\")/(?=[a-z])|((?<=_pathname_prefix":)")\\u002f"""
)
_REWRITTEN = frozenset({"text/html", "application/json"})


def believe(server: Flask, proxies: int) -> None:
    """Believe so many servers before this one; a prefix that is no path is passed over."""
    if not proxies:
        return
    application = ProxyFix(
        server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
    )

    def believed(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/")
        environ["HTTP_X_FORWARDED_PREFIX"] = prefix if _PREFIX.fullmatch(prefix) else ""
        return application(environ, start_response)

    server.wsgi_app = believed  # type: ignore[method-assign]


def under_prefix(server: Flask) -> None:
    """Put the prefix of a request before every path of its answer; before it is compressed."""

    def prefixed(response: Response) -> Response:
        root = request.script_root
        if not root or request.path.startswith(f"{API_PREFIX}/"):
            return response
        if response.headers.get("Location", "").startswith("/"):
            response.headers["Location"] = root + response.headers["Location"]
        if response.mimetype in _REWRITTEN and not response.is_streamed:
            rooted = root.encode() + b"/"
            found = response.get_data()
            response.set_data(_PATHS.sub(lambda path: path[path.lastindex or 0] + rooted, found))
        return response

    server.after_request(prefixed)


def inner(path: object) -> object:
    """A path as the browser tells it, without the prefix of this request."""
    root = request.script_root
    if isinstance(path, str) and root and (path == root or path.startswith(f"{root}/")):
        return path.removeprefix(root) or "/"
    return path
