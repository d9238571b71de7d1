"""
Parts of a page as the browser gets them.

Pure. Beside `server` this is the only module that touches Dash's private names. Dash's classes
look at every property of every part, and in the browser Dash keeps an account of each: pages of a
thousand parts are made of mappings, and what holds no control is drawn by `assets/still.js`. In
the same run of the benchmark the first chart takes 0.47-0.53 of the time of a naive Dash
application with it and 0.55-0.65 without; the bound is 0.6. An element may stand wherever a
component's children may.
"""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

# A mapping of props and type; the annotations of Dash know only its own classes.
Element = Any
HTML, _CORE = "dash_html_components", "dash_core_components"
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


def linked(children: Any, href: str) -> Element:
    """A link inside the panel, as `dcc.Link` makes it."""
    return {"props": {"children": children, "href": href}, "type": "Link"}


def component_mapping(part: Component) -> Element:
    """A component as its mapping."""
    props = {name: value for name, value in vars(part).items() if name not in _INNER}
    return {"props": props, "type": part._type, "namespace": part._namespace}  # noqa: SLF001


def browser_content(content: list[Any]) -> list[Any]:
    """The content of a page with whatever holds no control in the hands of `assets/still.js`."""
    parts, still = _as_mappings(content)
    return list(_handed_over(parts) if still else parts)


def _as_mappings(part: Any) -> tuple[Any, bool]:
    """A part as mappings, and whether there is no control in it; elements hold none."""
    if isinstance(part, (list, tuple)):
        mappings = [_as_mappings(inner) for inner in part]
        if all(still for _, still in mappings):
            return [mapping for mapping, _ in mappings], True
        return [_handed_over(mapping) if still else mapping for mapping, still in mappings], False
    if not isinstance(part, Component):
        return part, True
    mapping = component_mapping(part)
    inside, still = _as_mappings(mapping["props"].get("children"))
    rests = still and _at_rest(mapping)
    if inside is not None:
        mapping["props"]["children"] = _handed_over(inside) if still and not rests else inside
    return mapping, rests


def _at_rest(part: Element) -> bool:
    """Whether a part by itself is no control: nothing of a form, and without an id of a choice."""
    plain = part["namespace"] == HTML or (part["namespace"], part["type"]) == (_CORE, "Link")
    return plain and not isinstance(part["props"].get("id"), dict)


def _handed_over(parts: Any) -> Any:
    """Parts at rest, each in the hands of `assets/still.js`; words are words to Dash, too."""
    if isinstance(parts, list):
        return [_handed_over(part) for part in parts]
    if isinstance(parts, Mapping):
        return {"props": {"content": parts}, "type": "Still", "namespace": "integrationspanelen"}
    return parts
