"""
Parts of a page as the browser gets them.

Pure. Dash's classes look at every property of every part, and in the browser Dash keeps an
account of each: pages of a thousand parts are made of mappings, and what holds no control is
drawn by `assets/still.js`. What is made here stands wherever a component's children may.
"""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

# A mapping of props and type; the annotations of Dash know only its own classes.
Element = Any
HTML, CORE = "dash_html_components", "dash_core_components"
# What a component holds besides its properties. Dash's own way asks for every possible
# property of each of a thousand components, which takes longer than the rest of the answer.
INNER = frozenset(
    {"_prop_names", "_valid_wildcard_attributes"}
    | {"available_properties", "available_wildcard_properties"}
)


def element(tag: str, children: Any = None, **properties: Any) -> Element:
    """A part of HTML, as `html.<tag>` makes it."""
    if children is not None:
        properties["children"] = children
    return {"props": properties, "type": tag}


def linked(children: Any, href: str) -> Element:
    """A link inside the panel, as `dcc.Link` makes it."""
    return {"props": {"children": children, "href": href}, "type": "Link"}


def component_mapping(part: Component) -> Element:
    """A component as its mapping."""
    props = {name: given for name, given in vars(part).items() if name not in INNER}
    return {"props": props, "type": part._type, "namespace": part._namespace}  # noqa: SLF001


def browser_content(content: list[Any]) -> list[Any]:
    """The content of a page with whatever holds no control in the hands of `assets/still.js`."""
    made, still = _looked_at(content)
    return list(_handed(made) if still else made)


def _looked_at(part: Any) -> tuple[Any, bool]:
    """A part as mappings, and whether there is no control in it; elements hold none."""
    if isinstance(part, (list, tuple)):
        seen = [_looked_at(one) for one in part]
        if all(still for _, still in seen):
            return [made for made, _ in seen], True
        return [_handed(made) if still else made for made, still in seen], False
    if not isinstance(part, Component):
        return part, True
    made = component_mapping(part)
    inside, still = _looked_at(made["props"].get("children"))
    rests = still and _at_rest(made)
    if inside is not None:
        made["props"]["children"] = _handed(inside) if still and not rests else inside
    return made, rests


def _at_rest(made: Element) -> bool:
    """Whether a part by itself is no control: nothing of a form, and without an id of a choice."""
    drawn = made["namespace"] == HTML or (made["namespace"], made["type"]) == (CORE, "Link")
    return drawn and not isinstance(made["props"].get("id"), dict)


def _handed(made: Any) -> Any:
    """Parts at rest, each in the hands of `assets/still.js`; words are words to Dash, too."""
    if isinstance(made, list):
        return [_handed(one) for one in made]
    if isinstance(made, Mapping):
        return {"props": {"content": made}, "type": "Still", "namespace": "integrationspanelen"}
    return made
