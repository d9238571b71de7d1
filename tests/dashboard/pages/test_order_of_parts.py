"""The order of an indicator page: little above the chart, the rest of it after, and ways onward."""

import re
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient

from dashboard.codes import ViewName
from dashboard.data.context import Context
from dashboard.server.app import create_app
from dashboard.state.links import next_link
from dashboard.state.url import parsed
from tests.dashboard.rendered import components, found, shown, text

EMPLOYED = "/indikator/employment_rate"
SENTENCE_END = re.compile(r"[^.][.!?](?= [”“A-ZÅÄÖ0-9]|$)")


@pytest.fixture(scope="module")
def whole(shipped: Context) -> FlaskClient:
    """The application over every region and indicator of the shipped catalogue."""
    client: FlaskClient = create_app(shipped).server.test_client()
    return client


def of_class(page: Any, name: str) -> list[Any]:
    """The parts of a page with a class, in the order of reading."""
    return [
        one for one in components(page) if name in (one["props"].get("className") or "").split()
    ]


def before_the_chart(page: Any) -> list[Any]:
    """What is read in <main> before the first chart or table of figures."""
    (main,) = found(page, "Main")
    parts = list(components(main))
    kinds = [one["type"] == "Graph" or one["type"] == "Table" for one in parts]
    return parts[: kinds.index(True)]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("view", get_args(ViewName))
@pytest.mark.parametrize(
    "indicator", ["employment_rate", "professional_work_share", "mover_balance"]
)
def test_at_most_two_sentences_say_what_is_shown_and_two_how_it_is_read(
    whole: FlaskClient, indicator: str, view: str, narrow: bool
) -> None:
    """The newest figures above, on a telephone if they are short; all else follows the chart."""
    page = shown(whole, f"/indikator/{indicator}", f"?region=0127&vy={view}", narrow=narrow)
    above = before_the_chart(page)
    ledes = [text(one) for one in above if one["props"].get("className") == "lede"]
    captions = [text(one) for one in above if one["props"].get("className") == "sub"]

    assert [len(SENTENCE_END.findall(words)) for words in ledes] in (
        [[], [1]] if narrow else [[1], [2]]
    )
    assert all(len(SENTENCE_END.findall(words)) <= 2 for words in captions)
    assert not [one for one in above if one["props"].get("className") in {"told", "src"}]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("picture", ["lista", "forandring"])
def test_a_region_without_a_gap_has_a_line_for_it_above_those_that_have(
    whole: FlaskClient, picture: str, narrow: bool
) -> None:
    """What is said of the regions follows their picture, which is then the first of the page."""
    search = f"?region=0180R076&vy=skillnader&bild={picture}"
    page = shown(whole, "/indikator/upper_secondary_eligibility", search, narrow=narrow)
    above = before_the_chart(page)
    (absent,) = (one for one in above if "absent" in (one["props"].get("className") or "").split())

    assert absent["props"]["className"] == "absent"
    assert text(absent).startswith("Skillnaden kan inte beräknas i Rinkeby")
    assert not [one for one in above if one["props"].get("className") in {"told", "src"}]
    assert any("minskade skillnaden i" in text(one) for one in of_class(page, "told"))


def test_regions_beside_without_figures_are_told_under_the_chart(whole: FlaskClient) -> None:
    """Of a class that areas alone have; a class has no ticks between the classes."""
    page = shown(whole, "/indikator/area_type", "?region=0180R076")
    told = [text(one) for one in of_class(page, "absent")]
    (chart,) = (one for one in found(page, "Graph") if one["props"]["id"] == "chart")
    axis = chart["props"]["figure"]["layout"]["yaxis"]

    places = ("Stockholms kommun", "Stockholms län", "riket")
    assert told == [" ".join(f"Uppgift saknas i {place}." for place in places)]
    assert of_class(page, "notices") == []
    assert not [one for one in before_the_chart(page) if one["props"].get("className") == "absent"]
    assert axis["dtick"] == 1
    assert axis["range"][1] - 2 < 2 - axis["range"][0]


def test_a_former_name_stands_beside_the_definition(whole: FlaskClient) -> None:
    """It is of the indicator, not of the link, and pushes nothing down."""
    page = shown(whole, "/indikator/establishment_benefit_share", "?region=0127")
    (aside,) = of_class(page, "aside")

    assert "Visades till den 29 november 2026 som ”Enbart etableringsersättning”" in text(aside)
    assert of_class(page, "notices") == []


def test_what_is_not_said_above_is_said_below(whole: FlaskClient) -> None:
    """The country's difference is no longer a third sentence above the chart, and not lost."""
    for narrow in (False, True):
        page = shown(whole, EMPLOYED, "?region=0127", narrow=narrow)
        (lede,), told = of_class(page, "lede"), of_class(page, "told")

        assert "än i riket" not in text(lede)
        assert "än i riket" in text(told[0])


def test_breaks_and_cautions_stand_unfolded_at_the_side(whole: FlaskClient) -> None:
    """Nobody must click to see why figures are apart."""
    page = shown(whole, EMPLOYED, "?region=0127")
    (aside,) = of_class(page, "aside")
    folded = [text(one) for one in found(aside, "Details") if not one["props"].get("open")]

    for year in ("2022", "2019"):
        assert f"Uppgifterna för {int(year) - 1} och {year} går inte att jämföra" in text(aside)
        assert not any(f"{year} går inte att jämföra" in words for words in folded)


def test_only_views_that_exist_are_tabs_and_the_others_have_their_reason(
    whole: FlaskClient,
) -> None:
    """Of a class two views have one reason, and stand in one sentence."""
    page = shown(whole, "/indikator/area_type", "?region=0127")
    (tabs,) = of_class(page, "tabs")
    (reasons,) = of_class(of_class(page, "views"), "reasons")

    assert not {"Två år", "Karta", "Skillnader"} & {text(one) for one in found(tabs, "Li")}
    assert len(re.findall("måttet är indelat i klasser", text(reasons))) == 1
    assert "Två år och Skillnader: måttet" in text(reasons)
    assert of_class(of_class(shown(whole, EMPLOYED, "?region=0127"), "views"), "reasons") == []


def test_controls_are_one_row_and_the_rest_behind_a_button(whole: FlaskClient) -> None:
    """At most four in the first row of every view; what is chosen is said beside the button."""
    for view in get_args(ViewName):
        page = shown(whole, EMPLOYED, f"?region=0127&vy={view}")
        (fold,) = of_class(page, "selection")
        first, *_ = of_class(fold, "controls")
        (chosen,) = of_class(fold, "chosen")

        assert 1 <= len(of_class(first, "field")) <= 4
        assert text(chosen).startswith("Botkyrka")
        assert fold["props"]["data-address"] == "urval=oppet"


def test_what_is_unfolded_stays_in_the_address_of_views_and_choices_only(
    whole: FlaskClient,
) -> None:
    """Tabs and controls keep it; files, the code to embed and other pages do not."""
    search = "?region=0127&urval=oppet"
    page = shown(whole, EMPLOYED, search)
    stored = page["head"]["data"]["shown"]
    moved = next_link(search, "region", "0126", stored)
    hrefs = [one["props"]["href"] for one in components(page) if "href" in one["props"]]
    kept = [href for href in hrefs if "urval=oppet" in href]

    assert parsed(moved).unfolded is True
    assert kept
    assert {href.partition("?")[0] for href in kept} == {EMPLOYED}
    assert "urval=oppet" not in text(found(page, "Textarea")[0]["props"]["value"])


def ways(page: Any) -> dict[str, str]:
    """The links to the neighbours, by their class."""
    (nav,) = of_class(page, "neighbours")
    return {one["props"]["className"]: one["props"]["href"] for one in found(nav, "Link")}


def test_neighbours_are_those_of_the_theme_as_the_overview_lists_them(whole: FlaskClient) -> None:
    """From the first to the last by next, each once; previous is the way back."""
    theme = shown(whole, "/", "?region=0127&tema=labour_market")
    ids = [str(link["props"].get("id", "")) for link in found(theme, "Link")]
    own = [one for one in ids if one.startswith("rad-")]
    seen, address = [], f"{EMPLOYED}?region=0127&vy=jamfor"
    while address:
        path, _, query = address.partition("?")
        page = shown(whole, path, f"?{query}")
        seen.append("rad-" + path.rpartition("/")[2])
        address = ways(page).get("next", "")

    assert seen == own
    assert ways(page)["previous"].partition("?")[0].endswith(seen[-2].removeprefix("rad-"))


def test_crumbs_lead_to_the_row_and_to_the_theme_of_the_list(whole: FlaskClient) -> None:
    """Of a collection to the collection, which its links have named."""
    (crumbs,) = of_class(shown(whole, EMPLOYED, "?region=0127&vy=karta"), "crumb")
    row, theme = [one["props"]["href"] for one in found(crumbs, "Link")]
    young = shown(whole, "/", "?region=0127&samling=unga")
    link = next(one for one in found(young, "Link") if one["props"].get("id"))
    path, _, query = link["props"]["href"].partition("?")
    page = shown(whole, path, f"?{query}")
    (back,) = of_class(page, "crumb")

    assert row == "/?region=0127#rad-employment_rate"
    assert theme == "/?region=0127&tema=labour_market#rad-employment_rate"
    assert found(back, "Link")[-1]["props"]["href"] == (
        f"/?region=0127&samling=unga#{link['props']['id']}"
    )
    assert "samling=unga" in ways(page)["next"]


@pytest.mark.parametrize(
    ("lang", "begins"), [("sv", "I Botkyrka var det "), ("en", "In Botkyrka it was ")]
)
def test_what_follows_the_chart_says_where_it_is(
    shipped_client: FlaskClient, lang: str, begins: str
) -> None:
    """The third sentence is far from the second by then: no "Det var" without a place."""
    page = shown(shipped_client, "/indikator/employment_rate", f"?region=0127&lang={lang}")
    told = [text(one) for one in components(page) if one["props"].get("className") == "told"]

    assert told[0].startswith(begins)
