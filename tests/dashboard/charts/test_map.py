"""A map: only what may be compared is shaded, and nothing is said by colour alone."""

import re

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import map
from dashboard.data.borders import Box, boxes
from dashboard.state.links import clicked
from dashboard.text.format import Look
from tests.dashboard.maps import NAMES, SWEDISH, VALUES, drawn, rows, traces
from tests.source import ROOT

BOXES = boxes()

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "0127", "01", "٠١", "0127\n"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["points", "location", "z"]), inner, max_size=2)
    ),
    max_leaves=6,
)


def test_classes_are_made_of_displayed_values() -> None:
    """71.04 and 70.96 both show 71.0: the reader sees them alike, so they are shaded alike."""
    picture = drawn(rows({**VALUES} | {"0126": 70.96}))

    assert picture.classes[0].regions == ("0126", "0127")
    assert (picture.classes[0].low, picture.classes[0].high) == (71.0, 71.0)


def test_missing_regions_are_outside_the_classes_with_their_reason() -> None:
    """Hidden is not zero: Nykvarn is hatched with its symbol, Stockholm without a row too."""
    known = rows({"0127": 71.0, "0126": 75.0})
    hidden = rows({"0140": None}, status="..")
    picture = drawn([*known, *hidden])

    assert [(one.region, one.displayed, one.reason) for one in picture.unplaced] == [
        ("0140", "..", "Inte publicerad"),
        ("0180", "", "Uppgift saknas"),
    ]
    assert traces(picture)["unplaced"]["locations"] == ["0140", "0180"]
    assert traces(picture)["unplaced"]["text"][1] == "<b>Stockholm</b><br>Uppgift saknas"


def test_a_source_zero_is_a_value() -> None:
    """SCB's "-" is nothing at all of something: it is shaded, and keeps its symbol."""
    picture = drawn([*rows({"0127": 71.0}), *rows({"0140": 0.0}, status="-")])

    assert [one.regions for one in picture.classes] == [("0140",), ("0127",)]
    assert traces(picture)["classes"]["text"][1] == "<b>Nykvarn</b>: 0,0\u00a0% (–)"


def test_two_registers_of_one_year_never_share_classes() -> None:
    """Stockholm still has the old register's figure: it is shown, but not shaded."""
    newer = rows({"0127": 71.0, "0126": 75.0, "0140": 84.0})
    (alone,) = drawn([*newer, *rows({"0180": 79.9}, segment="rams")]).unplaced

    assert (alone.region, alone.displayed) == ("0180", "79,9\u00a0%")
    assert "olika register eller definitioner" in alone.reason


def test_other_regions_are_left_out() -> None:
    """A map and its classes are of the regions on it."""
    picture = drawn([*rows(VALUES), *rows({"1480": 2.0})])

    assert {code for one in picture.classes for code in one.regions} == set(NAMES)
    assert picture.classes[0].low == 71.0


def test_all_years_between_two_breaks_have_the_same_classes() -> None:
    """2022 was measured as 2023: its values are in the scale; 2019 lies before the new register."""
    before, earlier = rows({"0127": 1.0}, period="2019"), rows({"0127": 60.0}, period="2022")
    known = [*before, *earlier, *rows(VALUES)]
    now, then = drawn(known), drawn(known, period="2022")

    assert [(one.tone, one.low, one.high) for one in now.classes] == [
        (one.tone, one.low, one.high) for one in then.classes
    ]
    assert (now.classes[0].low, now.years) == (60.0, ("2022", "2023"))
    assert [one.regions for one in then.classes if one.regions] == [("0127",)]


def test_a_later_year_of_another_register_has_no_part_in_the_classes() -> None:
    """Two registers are not compared, whatever their years."""
    older = rows({"0127": 1.0}, period="2022", segment="rams")

    assert drawn([*older, *rows(VALUES)]).classes[0].low == 71.0


def test_a_map_is_of_one_group() -> None:
    """Two groups in one picture would be two maps."""
    with pytest.raises(ValueError, match="one group"):
        drawn([*rows(VALUES), *rows(VALUES, background="SE")])


def test_a_map_without_numbers_says_so() -> None:
    """All borders are there, hatched, and the text alternative tells that nothing is shaded."""
    picture = drawn([])

    assert (picture.classes, len(picture.unplaced)) == ((), 4)
    assert picture.alternative == "Karta utan uppgifter att jämföra."


def test_the_text_alternative_tells_the_span() -> None:
    """Who does not see the map knows how far apart its regions are."""
    assert drawn(rows(VALUES)).alternative == (
        "Karta i 4 klasser från 71,0\u00a0% till 84,2\u00a0%. Alla värden står i tabellen."
    )


def test_the_own_region_is_outlined_where_it_is_on_the_map() -> None:
    """Itself, or the county around it among all municipalities; else nothing, and no legend."""
    everywhere = {**NAMES} | {"1480": "Göteborg"}

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
    box = map.enclosing_box(BOXES, BOXES)
    geo = map.map_layout(box, SWEDISH)["geo"]

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
    around = map.enclosing_box(BOXES, codes)
    county = BOXES["01"]
    (south, north) = map.map_layout(around, SWEDISH)["geo"]["lataxis"]["range"]

    assert len(codes) == 26
    assert around == county
    assert (north - south) / (county.north - county.south) == pytest.approx(1.04)


def test_what_has_no_borders_is_an_error_not_a_gap() -> None:
    """A region that cannot be drawn is never left out in silence."""
    with pytest.raises(KeyError):
        map.enclosing_box({"01": Box(1, 2, 3, 4)}, ["01", "0127R001"])


def test_invented_figures_say_so_in_the_picture() -> None:
    """Nobody can crop the words away."""
    look = Look("sv", example=True)

    (note,) = drawn(rows(VALUES), look=look).figure["layout"]["annotations"]
    assert note["text"] == "Exempeldata – inte statistik"


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
