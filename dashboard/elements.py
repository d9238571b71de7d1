"""
Parts of a page as the browser gets them, for pages of a thousand parts.

Pure. Dash's classes look at every property of every part: ten microseconds where this takes
one half. What it makes stands anywhere a component may, and is sent as the same text.
"""

from typing import Any

# A mapping of props, type and namespace; the annotations of Dash know only its own classes.
Element = Any


def element(tag: str, children: Any = None, **properties: Any) -> Element:
    """A part of HTML, as `html.<tag>` makes it."""
    return _element("dash_html_components", tag, children, properties)


def linked(children: Any, href: str) -> Element:
    """A link inside the panel, as `dcc.Link` makes it."""
    return _element("dash_core_components", "Link", children, {"href": href})


def _element(namespace: str, tag: str, children: Any, properties: dict[str, Any]) -> Element:
    if children is not None:
        properties = {"children": children} | properties
    return {"props": properties, "type": tag, "namespace": namespace}
