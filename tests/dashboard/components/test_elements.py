"""What the browser gets to draw a page from: one part to Dash, and nothing in it unknown."""

from typing import Any

import pytest
from dash import html
from flask.testing import FlaskClient

from dashboard.components.elements import browser_content, element
from tests.dashboard.rendered import components, shown

ADDRESSES = [
    ("/", "?region=0127"),
    ("/indikator/employment_rate", "?region=0127"),
    ("/indikator/employment_rate", "?region=0127&vy=tabell"),
    ("/indikator/employment_rate", "?region=0127&vy=grupper"),
    ("/jamfor", "?region=0127"),
    ("/briefing", "?region=0127"),
    ("/data", ""),
    ("/om", ""),
    ("/nowhere", ""),
]


# What assets/draw.js draws besides HTML, by the namespace of its Python class.
DRAWN = {
    "dash_core_components": {"Graph", "Link", "Textarea"},
    "dash_bootstrap_components": {"Checklist", "Input", "RadioItems", "Select"},
}
OWN_CHOICES = {"Graph", "Combobox", "YearSlider"}  # that are no control of Bootstrap's


def test_a_page_is_one_part_to_dash() -> None:
    """However many parts it has, of Dash's classes or our own, Dash keeps account of one."""
    page = browser_content([html.P("a"), element("P", "c")])

    assert page.keys() == {"content"}
    assert len(page["content"]) == 2


@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_every_part_is_one_that_the_browser_can_draw(
    client: FlaskClient, path: str, search: str
) -> None:
    """HTML, links, charts, fields and Bootstrap's controls; only these and charts are choices."""
    for part in components(shown(client, path, search)["page"]):
        space = part.get("namespace", "dash_html_components")
        kind: Any = part["type"]
        assert space == "dash_html_components" or kind in DRAWN[space], kind
        if isinstance(part["props"].get("id"), dict):
            assert space == "dash_bootstrap_components" or kind in OWN_CHOICES
