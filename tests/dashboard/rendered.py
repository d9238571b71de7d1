"""A page as its reader gets it: the callback's answer over HTTP, as text."""

import json
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

SHOW = "..page.children...head.data.."


def shown(client: FlaskClient, path: str, search: str = "", *, narrow: bool = False) -> Any:
    """The answer of the callback that draws a page: {page: {children}, head: {data}}."""
    answer = client.post("/_dash-update-component", json=question(path, search, narrow=narrow))
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)["response"]


def question(path: str, search: str = "", *, narrow: bool = False) -> dict[str, Any]:
    """What a browser sends to have a page drawn."""
    return {
        "output": SHOW,
        "outputs": [{"id": "page", "property": "children"}, {"id": "head", "property": "data"}],
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
            {"id": "window", "property": "data", "value": narrow},
        ],
        "changedPropIds": ["url.pathname"],
        "state": [{"id": "held", "property": "data", "value": None}],
    }


def components(node: Any) -> Iterator[dict[str, Any]]:
    """Every component below a node, in the order of reading."""
    if isinstance(node, dict) and "props" in node:
        yield node
        node = node["props"]
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from components(child)


def text(node: Any) -> str:
    """The words a node shows, in the order of reading."""
    if isinstance(node, list):
        return " ".join(filter(None, map(text, node)))
    if isinstance(node, dict):
        inside = node["page"] if "page" in node else node.get("props", node)
        return text(inside.get("children", inside.get("content")))
    return "" if node is None else str(node)


def found(node: Any, kind: str) -> list[dict[str, Any]]:
    """Components of one type below a node."""
    return [one for one in components(node) if one["type"] == kind]
