"""Contrast of every colour in both modes, computed from the tokens and from the charts' colours."""

import colorsys
import math
import re
from itertools import combinations
from types import MappingProxyType

import pytest

from dashboard.charts import style
from dashboard.charts.map import OUTLINE, SHADES
from tests.source import ROOT

ASSETS = ROOT / "assets"
DARK = (ASSETS / "dark.css").read_text(encoding="utf-8")
TEXTS = ("--ink", "--ink-2", "--ink-3", "--lead", "--note")
GROUNDS = ("--paper", "--wash")
MARKS = ("--control", "--focus", "--lead", "--note")
# What is drawn so that the lines before it are seen: other regions, grid, bars of others.
QUIET = frozenset({"#CDD2D8", "#E4E7EA", "#9DA7B3", "#A9B0B8"})
# Of a map, whose shades are the same in both modes.
OF_MAPS = frozenset({*SHADES, "#F1EFEA"})


def tokens(css: str) -> dict[str, str]:
    """The colours of a style sheet's first block by their names, as #rrggbb."""
    found = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{3,6})\b", css))
    return {
        name: "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour
        for name, colour in found.items()
    }


LIGHT_TOKENS = MappingProxyType(tokens((ASSETS / "style.css").read_text(encoding="utf-8")))
DARK_TOKENS = MappingProxyType(tokens(DARK.partition("color-scheme: dark;")[0]))


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def hue(colour: str) -> float:
    """The hue in degrees."""
    return colorsys.rgb_to_hls(*channels(colour))[0] * 360


def twins(use: str) -> dict[str, str]:
    """What a dark chart has instead of each colour of a light one, as `fill` or `stroke`."""
    found = {}
    pattern = rf'{use}: rgb\((\d+), (\d+), (\d+)\)"\] \{{ {use}: (\S+) !important'
    for red, green, blue, dark in re.findall(pattern, DARK):
        light = f"#{int(red):02X}{int(green):02X}{int(blue):02X}"
        found[light] = DARK_TOKENS[dark[4:-1]] if dark.startswith("var(") else dark
    return found


def test_both_modes_have_the_same_tokens() -> None:
    """A token that dark mode forgot would keep its light colour on a dark ground."""
    assert DARK_TOKENS.keys() == LIGHT_TOKENS.keys()


@pytest.mark.parametrize("mode", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
def test_text_stands_out_from_every_ground(mode: dict[str, str]) -> None:
    """At least 4.5 to 1 for text; 3 to 1 for the edges of controls, the focus and marks."""
    grounds = [mode[name] for name in GROUNDS]
    texts = {(name, at): contrast(mode[name], at) for name in TEXTS for at in grounds}
    texts["--note", "its own"] = contrast(mode["--note"], mode["--note-wash"])
    texts["button", "lead"] = contrast(mode["--paper"], mode["--lead"])
    marks = {name: contrast(mode[name], mode["--paper"]) for name in MARKS}

    assert {pair: found for pair, found in texts.items() if found < 4.5} == {}
    assert {name: found for name, found in marks.items() if found < 3} == {}


@pytest.mark.parametrize("mode", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
def test_figures_stand_out_from_the_five_shades_of_the_table(mode: dict[str, str]) -> None:
    """Figures and the small words beside them; of the two strongest shades in the stronger ink."""
    css = DARK if mode is DARK_TOKENS else (ASSETS / "compare.css").read_text(encoding="utf-8")
    shades = dict(re.findall(r"\.fifth-(\d) \{ background: (#[0-9a-f]{6})", css))
    small = {place: "--ink" if place in {"4", "5"} else "--ink-2" for place in shades}

    assert sorted(shades) == list("12345")
    for place, shade in shades.items():
        assert contrast(mode["--ink"], shade) >= 4.5
        assert contrast(mode[small[place]], shade) >= 4.5
    ordered = [luminance(shades[place]) for place in sorted(shades)]
    assert ordered == sorted(ordered, reverse=mode is LIGHT_TOKENS)


def test_every_colour_of_a_chart_has_a_dark_twin() -> None:
    """A colour that nobody has looked at on a dark ground fails here, by its name."""
    drawn = {
        colour.upper()
        for file in (ROOT / "dashboard/charts").glob("*.py")
        for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))
    }
    # Drawn as images: assets/dark.css turns their colours about, or makes them paler.
    images = {"#A9B0B8"}
    same_in_both = {style.RULE}

    assert drawn - OF_MAPS - images - same_in_both <= {*twins("fill"), *twins("stroke")}
    assert set(style.PALETTE) | {style.COUNTRY_COLOUR} <= set(twins("stroke"))


def test_lines_and_marks_stand_out_from_a_dark_ground() -> None:
    """At least 3 to 1, and text 4.5 to 1; what is quiet on paper is quiet here."""
    paper = DARK_TOKENS["--paper"]
    inks = {style.ink(colour) for colour in (*style.PALETTE, style.COUNTRY_COLOUR)}
    texts = {*inks, style.MUTED, style.DARK, style.LEAD}

    for light, dark in {**twins("stroke"), **twins("fill")}.items():
        if light not in QUIET and light != style.PAPER:
            assert contrast(dark, paper) >= 3, light
    for light in texts:
        assert contrast(twins("fill")[light], paper) >= 4.5, light
    assert contrast(style.RULE, paper) >= 3
    assert twins("fill")[style.PAPER] == paper


def test_a_dark_colour_is_of_the_same_hue_and_unlike_the_others() -> None:
    """Blue is blue in both modes; five groups that are told apart by light are so in the dark."""
    dark = {light: twins("stroke")[light] for light in style.PALETTE}

    for light, other in dark.items():
        assert abs(hue(light) - hue(other)) <= 5, light
    for one, other in combinations(dark.values(), 2):
        assert math.dist(channels(one), channels(other)) > 0.2


def test_a_line_in_the_words_beside_a_chart_has_the_colour_of_the_chart() -> None:
    """The samples of the key are of the very colours of the lines."""
    samples = re.findall(r'\.line\[style\*="rgb\(([^)]+)\)"\] \{ border-color: (\S+) !', DARK)
    lines = {
        f"#{int(red):02X}{int(green):02X}{int(blue):02X}": dark
        for rgb, dark in samples
        for red, green, blue in [rgb.split(", ")]
    }
    wanted = dict(twins("stroke"))

    assert {light: DARK_TOKENS.get(dark[4:-1], dark) for light, dark in lines.items()} == {
        light: wanted[light] for light in (*style.PALETTE, style.COUNTRY_COLOUR)
    }


def test_the_shades_of_a_map_stand_out_in_both_modes() -> None:
    """They are the same in both, as darker means more; every one is seen on the dark ground."""
    for shade in SHADES:
        assert contrast(shade, DARK_TOKENS["--paper"]) >= 3
        assert contrast(shade, OUTLINE) >= 3


def turned(colour: str) -> str:
    """A colour after `invert(.92) hue-rotate(180deg)`, by the matrices of the filters."""
    given = [one * 0.08 + (1 - one) * 0.92 for one in channels(colour)]
    cosine, rows = -1.0, ((0.213, 0.715, 0.072),) * 3
    shift = ((0.787, -0.715, -0.072), (-0.213, 0.285, -0.072), (-0.213, -0.715, 0.928))
    made = [
        sum((base + cosine * move) * one for base, move, one in zip(*row, given, strict=True))
        for row in zip(rows, shift, strict=True)
    ]
    return "#" + "".join(f"{round(255 * min(1, max(0, one))):02x}" for one in made)


def test_the_small_pictures_of_a_row_are_seen_in_the_dark() -> None:
    """Line, county and country, at least 3 to 1 after the filter that turns their colours about."""
    assert "main img { filter: invert(.92) hue-rotate(180deg); }" in DARK
    for colour in (style.LEAD, style.SECONDARY[0], style.COUNTRY_COLOUR):
        assert contrast(turned(colour), DARK_TOKENS["--paper"]) >= 3
        assert colour == style.COUNTRY_COLOUR or abs(hue(turned(colour)) - hue(colour)) <= 8


def test_dark_is_for_screens_only() -> None:
    """Paper is white: every rule that makes something dark is of screens."""
    conditions = re.findall(r"@media ([^{]+)\{", DARK)

    assert [one.strip() for one in conditions] == [
        "screen and (prefers-color-scheme: dark)",
        "(forced-colors: active)",
    ]
