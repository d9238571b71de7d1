"""What the controls offer is there: walks through the choices that a page itself offers."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from dashboard.codes import ViewName
from dashboard.components.frame import COMBOBOX
from dashboard.data.context import Context, opened
from dashboard.server.routes import browser_page
from dashboard.state.links import next_link
from dashboard.state.url import parsed
from tests.dashboard.rendered import components, found
from tests.source import ROOT

pytestmark = pytest.mark.slow

CATALOGUE = ROOT / "indicators.yaml"
STARTS = ("0127", "01", "00", "skr-A1", "stadsdel-alby", "0980")
OTHER_PAGES = ("/jamfor", "/omraden", "/briefing", "/")
# a level may have nothing here, and then the page says so; a group that is offered has numbers
DIMENSIONS = frozenset({"background", "bakgrund", "sex", "kon", "utb", "by"})
STATED = frozenset({"absent", "large", "reasons", "notices"})
WALKS = 40
STEPS = 4


@pytest.fixture(scope="module")
def example(example_data: Path) -> Iterator[Context]:
    """A context over the example of the shipped catalogue."""
    given = opened(example_data, CATALOGUE)
    yield given
    given.warehouses.close()


def page(context: Context, path: str, search: str, *, narrow: bool = False) -> tuple[Any, Any]:
    """The components of a page, and what its controls say."""
    made = browser_page(context, path, search=search, narrow=narrow)
    return json.loads(made.content), made.head["shown"]


def classes(node: Any) -> set[str]:
    """Every class name below a node."""
    names = (one["props"].get("className") for one in components(node))
    return {one for name in names if isinstance(name, str) for one in name.split()}


def shows(node: Any) -> bool:
    """Whether there is a number to see: a chart with data, or a table with rows."""
    charts = [one["props"]["figure"]["data"] for one in found(node, "Graph")]
    return any(charts) or any(len(found(one, "Tr")) > 1 for one in found(node, "Table"))


def offered(node: Any) -> list[tuple[str, Any]]:
    """Every choice that is not disabled and not made: the control's key and what it would say."""
    choices: list[tuple[str, Any]] = []
    for one in components(node):
        props = one["props"]
        id = props.get("id")
        if not isinstance(id, dict) or props.get("disabled"):
            continue
        if one["type"] == COMBOBOX and "options" not in props:  # any region may be written there
            choices += [(id["key"], each) for each in STARTS if each != props.get("value")]
            continue
        if "options" not in props:
            continue
        free = [each["value"] for each in props["options"] if not each.get("disabled")]
        value = props.get("value")
        if isinstance(value, list):
            choices += [(id["key"], [*value, each]) for each in free if each not in value]
        else:
            choices += [(id["key"], each) for each in free if each != value]
    return choices


def views(node: Any) -> list[str]:
    """Where the views that have something to show lead."""
    hrefs = [one["props"].get("href", "") for one in found(node, "Link")]
    return [one for one in hrefs if "vy=" in one]


def test_every_view_that_an_indicator_offers_shows_something(example: Context) -> None:
    """A tab that is a link leads to numbers or to the reason; every indicator has one at least."""
    for indicator in example.catalogue.indicators:
        path = f"/indikator/{indicator.id}"
        region = "0127" if indicator.id != "area_type" else "0180"
        first, _ = page(example, path, f"?region={region}")
        assert shows(first) or STATED & classes(first), path
        for place, href in enumerate(views(first)):
            if (len(path) + place) % 3 == 0:
                search = href.partition("?")[2]
                drawn, _ = page(example, path, f"?{search}", narrow=place % 2 == 0)
                assert shows(drawn) or STATED & classes(drawn), href


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_walk_through_what_is_offered_never_meets_an_error(example: Context, seed: int) -> None:
    """Any choice of any control, one after the other: numbers, or the stated reason."""
    chance = random.Random(seed)
    ids = [f"/indikator/{one.id}" for one in example.catalogue.indicators]
    path = chance.choice([*ids, *OTHER_PAGES])
    search = f"?region={chance.choice(STARTS)}"
    search += f"&vy={chance.choice(get_args(ViewName))}" if path in ids else ""
    trail = [path + search]
    drawn, says = page(example, path, search)
    for _ in range(STEPS):
        choices = offered(drawn)
        key = chance.choice(sorted({key for key, _ in choices}))
        value = chance.choice([one for name, one in choices if name == key])
        search = next_link(search, key, value, says) or search
        trail.append(search)
        had = shows(drawn)
        drawn, says = page(example, path, search)

        assert parsed(search).notices == (), trail
        assert shows(drawn) or STATED & classes(drawn), trail
        assert found(drawn, "H1"), trail
        if had and key in DIMENSIONS and path in ids and parsed(search).years is None:
            assert shows(drawn), trail
