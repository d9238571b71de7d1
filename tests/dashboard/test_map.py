"""A map: only what may be compared is shaded, and nothing is said by colour alone."""

import json
import math
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import orjson
import pandas as pd
import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st
from plotly.io.json import to_json_plotly

from dashboard import borders
from dashboard.borders import Box
from dashboard.boxes import boxes
from dashboard.classes import classes
from dashboard.legend import chooser, legend
from dashboard.lines import Look
from dashboard.map import MapPicture, choropleth, clicked
from tests.dashboard.speaking import indicator
from tests.source import ROOT

RATE = indicator("employment_rate")
NAMES = {"0127": "Botkyrka", "0126": "Huddinge", "0140": "Nykvarn", "0180": "Stockholm"}
VALUES = {"0127": 71.04, "0126": 75.0, "0140": 84.2, "0180": 79.9}
STYLE = (ROOT / "assets" / "map.css").read_text(encoding="utf-8")
BOXES = boxes()
SWEDISH = Look("sv")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "0127", "01", "٠١", "0127\n"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["points", "location", "z"]), inner, max_size=2)
    ),
    max_leaves=6,
)


def rows(values: Mapping[str, float | None], **more: object) -> pd.DataFrame:
    """Rows of one year of everybody, as the warehouse gives them."""
    columns = {"sex": "_T", "background": "_T", "education": "_T", "period": "2023"}
    rest = {"segment": "bas", "kind": "published", "status": None}
    numbers = {"numerator": math.nan, "denominator": math.nan}
    return pd.DataFrame(
        [
            {"region": code, "value": value, **columns, **rest, **numbers, **more}
            for code, value in values.items()
        ]
    )


def drawn(
    frame: pd.DataFrame,
    names: Mapping[str, str] = NAMES,
    *,
    own: str = "0127",
    look: Look = SWEDISH,
    **more: Any,
) -> MapPicture:
    """The map of some municipalities in 2023."""
    given: dict[str, Any] = {"level": "municipality", "period": "2023", "boxes": BOXES} | more
    return choropleth(frame, names, RATE, look, own=own, **given)


def traces(picture: MapPicture) -> dict[str, Any]:
    """The traces of a map by name."""
    return {trace["name"]: trace for trace in picture.figure["data"]}


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


def test_ten_different_values_make_five_classes_of_two() -> None:
    """Equally many in each, where nothing stands in the way."""
    found = classes({f"{place:04}": float(place) for place in range(10)})

    assert [(one.tone, one.low, one.high) for one in found] == [
        (1, 0, 1), (2, 2, 3), (3, 4, 5), (4, 6, 7), (5, 8, 9),
    ]  # fmt: skip


def test_a_value_that_many_show_is_never_split() -> None:
    """Eight of thirteen show 1: they are one class, larger than a fifth."""
    values = {f"{place:04}": 1.0 for place in range(8)} | {
        f"{place:04}": float(place - 6) for place in range(8, 13)
    }

    assert [(one.low, one.high, len(one.regions)) for one in classes(values)] == [
        (1, 1, 8), (2, 2, 1), (3, 3, 1), (4, 4, 1), (5, 6, 2),
    ]  # fmt: skip


def test_few_values_have_a_class_each_with_tones_far_apart() -> None:
    """Two values are the lightest and the darkest, one alone is in between."""
    assert [one.tone for one in classes({"01": 1.0, "03": 2.0, "04": 2.0})] == [1, 5]
    assert [one.tone for one in classes({"01": 1.0})] == [3]
    assert classes({}) == ()


@given(st.dictionaries(st.text(max_size=4), st.integers(-20, 20).map(lambda one: one / 10)))
def test_every_region_is_in_one_class_and_equal_values_together(values: dict[str, float]) -> None:
    """Whatever the values: nobody is lost, nothing is split, and darker is higher."""
    found = classes(values)

    assert sorted(code for one in found for code in one.regions) == sorted(values)
    assert all(values[code] in (one.low, one.high) or one.low < values[code] < one.high
               for one in found for code in one.regions)  # fmt: skip
    assert all(lower.high < upper.low and lower.tone < upper.tone
               for lower, upper in pairwise(found))  # fmt: skip
    assert len(found) == min(5, len(set(values.values())))


def test_classes_are_made_of_displayed_values() -> None:
    """71.04 and 70.96 both show 71.0: the reader sees them alike, so they are shaded alike."""
    picture = drawn(rows(VALUES | {"0126": 70.96}))

    assert picture.classes[0].regions == ("0126", "0127")
    assert (picture.classes[0].low, picture.classes[0].high) == (71.0, 71.0)


def test_missing_regions_are_outside_the_classes_with_their_reason() -> None:
    """Hidden is not zero: Nykvarn is hatched with its symbol, Stockholm without a row too."""
    frame = rows({"0127": 71.0, "0126": 75.0})
    hidden = rows({"0140": None}, status="..")
    picture = drawn(pd.concat([frame, hidden]))

    assert [(one.region, one.shown, one.reason) for one in picture.unplaced] == [
        ("0140", "..", "För få personer eller osäker uppgift"),
        ("0180", "", "Uppgift saknas"),
    ]
    assert traces(picture)["unplaced"]["locations"] == ["0140", "0180"]
    assert traces(picture)["unplaced"]["text"][1] == "<b>Stockholm</b><br>Uppgift saknas"


def test_a_source_zero_is_a_value() -> None:
    """SCB's "-" is nothing at all of something: it is shaded, and keeps its symbol."""
    picture = drawn(pd.concat([rows({"0127": 71.0}), rows({"0140": 0.0}, status="-")]))

    assert [one.regions for one in picture.classes] == [("0140",), ("0127",)]
    assert traces(picture)["classes"]["text"][1] == "<b>Nykvarn</b>: 0,0\u00a0% (–)"


def test_two_registers_of_one_year_never_share_classes() -> None:
    """Stockholm still has the old register's figure: it is shown, but not shaded."""
    frame = pd.concat(
        [
            rows({"0127": 71.0, "0126": 75.0, "0140": 84.0}),
            rows({"0180": 79.9}, segment="rams"),
        ]
    )
    (alone,) = drawn(frame).unplaced

    assert (alone.region, alone.shown) == ("0180", "79,9\u00a0%")
    assert "olika register eller definitioner" in alone.reason


def test_other_years_and_regions_are_left_out() -> None:
    """A map is one year of the regions on it."""
    older = rows({"0127": 1.0}, period="2022")
    picture = drawn(pd.concat([rows(VALUES), older, rows({"1480": 2.0})]))

    assert {code for one in picture.classes for code in one.regions} == set(NAMES)
    assert picture.classes[0].low == 71.0


def test_a_map_is_of_one_group() -> None:
    """Two groups in one picture would be two maps."""
    with pytest.raises(ValueError, match="one group"):
        drawn(pd.concat([rows(VALUES), rows(VALUES, background="SE")]))


def test_a_map_without_numbers_says_so() -> None:
    """All borders are there, hatched, and the text alternative tells that nothing is shaded."""
    picture = drawn(rows({}).reindex(columns=rows(VALUES).columns))

    assert (picture.classes, len(picture.unplaced)) == ((), 4)
    assert picture.alternative == "Karta utan uppgifter att jämföra."


def test_the_text_alternative_tells_the_span() -> None:
    """Who does not see the map knows how far apart its regions are."""
    assert drawn(rows(VALUES)).alternative == (
        "Karta i 4 klasser från 71,0\u00a0% till 84,2\u00a0%. Alla värden står i tabellen."
    )


def test_the_own_region_is_outlined_where_it_is_on_the_map() -> None:
    """Itself, or the county around it among all municipalities; else nothing, and no legend."""
    everywhere = NAMES | {"1480": "Göteborg"}

    assert traces(drawn(rows(VALUES)))["own"]["locations"] == ["0127"]
    assert "own" not in traces(drawn(rows(VALUES), own="01"))
    county = traces(drawn(rows(VALUES), everywhere, own="01"))["own"]
    assert (county["locations"], county["geojson"]) == (["01"], "/assets/geo/lan.geojson")
    assert not drawn(rows(VALUES), own="1480").outlined


def test_the_outline_never_hides_what_is_under_the_pointer() -> None:
    """Hover and click reach the region below its own outline."""
    found = traces(drawn(rows(VALUES)))

    assert {found[name]["hoverinfo"] for name in ("casing", "own")} == {"skip"}


def test_borders_are_files_of_this_site_and_never_in_the_figure() -> None:
    """All 290 municipalities make a small answer, and no other host is asked."""
    names = {code: code for code in BOXES if len(code) == 4}
    picture = drawn(rows({code: float(code) / 100 for code in names}), names)

    addresses = {trace["geojson"] for trace in picture.figure["data"]}
    assert all((ROOT / address.removeprefix("/")).is_file() for address in addresses)
    assert len(orjson.dumps(picture.figure)) < 25_000
    assert picture.figure["layout"]["geo"]["visible"] is False


def test_the_country_stands_on_its_meridian_and_nothing_is_cut_off() -> None:
    """Transverse mercator around 16.5 degrees east, wide enough for every region."""
    box = borders.around(BOXES, BOXES)
    geo = borders.layout(box, SWEDISH)["geo"]

    assert geo["projection"] == {
        "type": "transverse mercator",
        "rotation": {"lon": 16.5, "lat": 0},
    }
    (west, east), (south, north) = geo["lonaxis"]["range"], geo["lataxis"]["range"]
    assert west < 10.96
    assert east > 24.17
    assert south < 55.33
    assert north > 69.07
    assert west + east == pytest.approx(33)


def test_a_county_fills_the_frame() -> None:
    """Stockholm county's municipalities: the box of the county, and little more."""
    codes = [code for code in BOXES if len(code) == 4 and code.startswith("01")]
    around = borders.around(BOXES, codes)
    county = BOXES["01"]
    (south, north) = borders.layout(around, SWEDISH)["geo"]["lataxis"]["range"]

    assert len(codes) == 26
    assert around == county
    assert (north - south) / (county.north - county.south) == pytest.approx(1.04)


def test_what_has_no_borders_is_an_error_not_a_gap() -> None:
    """A region that cannot be drawn is never left out in silence."""
    with pytest.raises(KeyError):
        borders.around({"01": Box(1, 2, 3, 4)}, ["01", "0127R001"])


def test_invented_figures_say_so_in_the_picture() -> None:
    """Nobody can crop the words away."""
    look = Look("sv", example=True)

    (note,) = drawn(rows(VALUES), look=look).figure["layout"]["annotations"]
    assert note["text"] == "Exempeldata – inte statistik"


def test_every_outline_can_be_seen() -> None:
    """Borders at least 3:1 on white and on every class; tones differ from each other."""
    for shade in ("#FFFFFF", borders.UNPLACED, *borders.SHADES):
        assert contrast(borders.OUTLINE, shade) >= 3, shade
    for lighter, darker in pairwise(borders.SHADES):
        assert contrast(lighter, darker) >= 1.3
        assert luminance(lighter) > luminance(darker)


def test_legend_and_map_have_the_same_colours() -> None:
    """The style sheet's five shades and its hatching are those of the figure."""
    found = re.findall(r"\.class-\d \{ background: (#\w{6}); \}", STYLE)
    red, green, blue = (int(borders.UNPLACED[place : place + 2], 16) for place in (1, 3, 5))

    assert [one.upper() for one in found] == list(borders.SHADES)
    assert f'path[fill="rgb({red}, {green}, {blue})"]' in STYLE


def test_the_legend_says_colours_in_words_with_bounds_and_numbers() -> None:
    """Each class in words, then what is hatched, then the outline; no inline style."""
    part = legend(drawn(rows(VALUES | {"0180": None})), RATE, "sv")
    said = written(part)

    words = [item["props"]["children"][1]["props"]["children"]
             for item in json.loads(said)["props"]["children"][1]["props"]["children"]]  # fmt: skip
    assert words == [
        "Ljusast: 71,0\u00a0% (1\u00a0region)",
        "Mellan: 75,0\u00a0% (1\u00a0region)",
        "Mörkast: 84,2\u00a0% (1\u00a0region)",
        "Streckad: ingen uppgift att jämföra (1\u00a0region)",
        "Mörkblå kontur: vald region",
    ]
    assert '"style"' not in said


def test_every_region_can_be_chosen_by_keyboard_but_the_chosen() -> None:
    """A link for each, in the order of the names, with the value that the map shades."""
    part = chooser(drawn(rows(VALUES)), NAMES, "sv", own="0127", href="?region={}".format)
    said = written(part)

    assert re.findall(r'"href":"([^"]*)"', said) == [
        "?region=0126", "?region=0140", "?region=0180",
    ]  # fmt: skip
    assert '"aria-current":"true"' in said
    assert "84,2" in said


def test_a_click_names_its_region() -> None:
    """What dcc.Graph says of a click on a choropleth."""
    event = {"points": [{"curveNumber": 0, "pointNumber": 3, "location": "0180", "z": 4}]}

    assert clicked(event) == "0180"
    assert clicked({"points": [{"location": "0127R001"}]}) is None


@given(json_values | st.fixed_dictionaries({"points": st.lists(json_values)}))
def test_any_event_gives_a_code_or_nothing(event: object) -> None:
    """A forged request can name a region at most."""
    code = clicked(event)

    assert code is None or re.fullmatch(r"\d{2}|\d{4}", code, re.ASCII)
