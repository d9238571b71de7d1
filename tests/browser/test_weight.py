from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.weighing import weighed

pytestmark = pytest.mark.browser

MOST_BYTES = 900_000
PAGE = "/indikator/employment_rate?region=0127"
SQUARE = [[[16, 59], [18, 59], [18, 60], [16, 60], [16, 59]]]
MAP = {
    "data": [
        {
            "type": "choropleth",
            "locations": ["01"],
            "z": [1],
            "geojson": {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "id": "01",
                        "properties": {},
                        "geometry": {"type": "Polygon", "coordinates": SQUARE},
                    }
                ],
            },
        }
    ],
    "layout": {
        "geo": {
            "fitbounds": "locations",
            "visible": False,
            "projection": {"type": "transverse mercator", "rotation": {"lon": 16.5}},
        }
    },
}


@pytest.fixture
def plotly(visit: Visit) -> Visit:
    """A tab where a page with a chart has loaded our plotly.js."""
    visit.open(PAGE)
    return visit


def drawn(visit: Visit, figure: dict[str, Any], selector: str) -> int:
    """How many elements a figure draws in a box of its own."""
    visit.page.evaluate(
        """(figure) => {
            const box = document.createElement("div");
            box.id = "probe";
            document.body.append(box);
            return Plotly.newPlot(box, figure.data, figure.layout, { locale: "sv" });
        }""",
        figure,
    )
    return visit.page.locator(f"#probe {selector}").count()


def test_the_first_visit_to_an_indicator_is_light(chrome: Browser, address: str) -> None:
    """At most 900 kB are transferred, charts included, from one host only."""
    found = weighed(chrome, address + PAGE)

    assert [one for one in found if not one.startswith((address, "data:"))] == []
    assert sum(found.values()) <= MOST_BYTES
    assert len([one for one in found if "plotly.min.js" in one]) == 1


def test_a_map_of_our_own_borders_is_drawn(plotly: Visit) -> None:
    """Without the outlines of the world, and so without a request to anybody."""
    assert drawn(plotly, MAP, ".choroplethlayer path") == 1


def test_bars_are_drawn(plotly: Visit) -> None:
    """Bars are a part of the build."""
    assert drawn(plotly, {"data": [{"type": "bar", "x": [1, 2], "y": [3, 4]}]}, ".bars path") == 2


def test_the_chart_speaks_swedish(plotly: Visit) -> None:
    """The months of an axis of dates are written as in Swedish."""
    dates = {"data": [{"type": "bar", "x": ["2024-05-01", "2024-10-01"], "y": [3, 4]}]}
    drawn(plotly, dates, ".bars path")

    assert "Maj" in (plotly.page.locator("#probe .xaxislayer-above").text_content() or "")


def test_an_axis_that_ends_by_itself_holds_the_words_beyond_its_points(plotly: Visit) -> None:
    """Words are measured before the axes are drawn wherever an axis depends on them."""
    words = {"text": "far away", "x": 10, "y": 5, "showarrow": False}
    points = {"type": "scatter", "x": [0, 1], "y": [0, 1]}
    drawn(plotly, {"data": [points], "layout": {"annotations": [words]}}, ".annotation")
    range_of = "(axis) => document.getElementById('probe').layout[axis].range[1]"

    assert plotly.page.evaluate(range_of, "xaxis") > 10
    assert plotly.page.evaluate(range_of, "yaxis") > 5
