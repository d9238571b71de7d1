"""The colours of a map in words, and its regions by keyboard."""

import json
import re
from itertools import pairwise

from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard.charts import map
from dashboard.components.map_words import map_legend, map_links
from tests.dashboard.maps import NAMES, VALUES, drawn, rows
from tests.dashboard.speaking import indicator
from tests.source import ROOT

RATE = indicator("employment_rate")
STYLE = (ROOT / "assets" / "map.css").read_text(encoding="utf-8")


def written(part: Component) -> str:
    """A part of a page as the browser gets it."""
    return str(to_json_plotly(part))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.1 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_outline_can_be_seen() -> None:
    """Borders at least 3:1 on white and on every class; tones differ from each other."""
    for shade in ("#FFFFFF", map.UNPLACED_COLOUR, *map.SHADES):
        assert contrast(map.OUTLINE, shade) >= 3, shade
    for lighter, darker in pairwise(map.SHADES):
        assert contrast(lighter, darker) >= 1.3
        assert luminance(lighter) > luminance(darker)


def test_legend_and_map_have_the_same_colours() -> None:
    """The style sheet's five shades and its hatching are those of the figure."""
    found = re.findall(r"\.class-\d \{ background: (#\w{6}); \}", STYLE)
    red, green, blue = (int(map.UNPLACED_COLOUR[place : place + 2], 16) for place in (1, 3, 5))

    assert [one.upper() for one in found] == list(map.SHADES)
    assert f'path[fill="rgb({red}, {green}, {blue})"]' in STYLE


def test_the_legend_says_colours_in_words_with_bounds_and_numbers() -> None:
    """Each class in words, then what is hatched, then the outline; no inline style."""
    part = map_legend(drawn(rows({**VALUES} | {"0180": None})), RATE, "sv")
    said = written(part)

    words = [item["props"]["children"][1]["props"]["children"]
             for item in json.loads(said)["props"]["children"][1]["props"]["children"]]  # fmt: skip
    assert words == [
        "Ljusast: 71,0\u00a0% (1\u00a0region)",
        "Mellan: 75,0\u00a0% (1\u00a0region)",
        "Mörkast: 84,2\u00a0% (1\u00a0region)",
        "Streckad: ingen uppgift att jämföra (1\u00a0region)",
        "Mörkblå kontur visar vald region",
    ]
    assert '"style"' not in said


def test_every_region_can_be_chosen_by_keyboard_but_the_chosen() -> None:
    """A link for each, in the order of the names, with the value that the map shades."""
    part = map_links(drawn(rows(VALUES)), NAMES, "sv", selected="0127", href="?region={}".format)
    said = written(part)

    assert re.findall(r'"href":"([^"]*)"', said) == [
        "?region=0126", "?region=0140", "?region=0180",
    ]  # fmt: skip
    assert '"aria-current":"true"' in said
    assert "84,2" in said
