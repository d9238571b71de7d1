"""
Parts of a page as the browser gets them.

Pure. Beside `server` this is the only module that touches Dash's private names. Dash's classes
look at every property of every part, and in the browser Dash keeps an account of each: pages of a
thousand parts are made of mappings, and drawn by `assets/draw.js`. An element may stand wherever a
component's children may.
"""

from typing import Any

from dash.development.base_component import Component

# A mapping of props and type; the annotations of Dash know only its own classes.
Element = Any
# What a component holds besides its properties. Dash itself asks for every possible property
# of each of a thousand components, which takes longer than the rest of the answer.
_INNER = frozenset(
    {"_prop_names", "_valid_wildcard_attributes"}
    | {"available_properties", "available_wildcard_properties"}
)


def element(tag: str, children: Any = None, **properties: Any) -> Element:
    """A part of HTML, as `html.<tag>` makes it."""
    if children is not None:
        properties["children"] = children
    return {"props": properties, "type": tag}


def content_of(part: Element) -> Any:
    """What stands in an element."""
    return part["props"].get("children")


def linked(children: Any, href: str, **properties: Any) -> Element:
    """A link inside the panel, as `dcc.Link` makes it."""
    return {"props": {"children": children, "href": href, **properties}, "type": "Link"}


def component_mapping(part: Component) -> Element:
    """A component as its mapping."""
    props = {name: value for name, value in vars(part).items() if name not in _INNER}
    return {"props": props, "type": part._type, "namespace": part._namespace}  # noqa: SLF001


def browser_content(content: list[Any]) -> dict[str, Any]:
    """The content of a page for `assets/draw.js`: no component of Dash's, which Dash would draw."""
    return {"content": content}
