"""`/liknande`: criteria and weights in the address, and what is said of the municipalities."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from dashboard.text import format
from tests.dashboard.api_client import asked, refused
from tests.dashboard.rendered import components, found, shown, text

OWN = "vikter=foreign_born_share:1,population:2&grannar=12"
OWN_WORDS = (
    "de 12 närmaste enligt egna kriterier: folkmängd med vikt 2, födda utanför Europa, "
    "eftergymnasial utbildning, i åldern 20–64 år, huvudgrupp enligt SKR och utrikes födda"
)
API_OWN = "weights=population:2,foreign_born_share:1&neighbours=12"


def rows(page: object) -> list[list[str]]:
    """The cells of the table, a row each, the own municipality first."""
    lines = found(found(page, "Table")[0], "Tr")
    return [[text(cell) for cell in [*found(line, "Th"), *found(line, "Td")]] for line in lines[1:]]


def test_the_published_method_is_the_default_and_is_named(shipped_client: FlaskClient) -> None:
    """Seven of them, every weight as published, and no way back to where one is."""
    page = shown(shipped_client, "/liknande", "?region=0127")
    answer = asked(shipped_client, "/similar?region=0127")

    assert "Publicerad metod: de 7 närmaste efter 5 kriterier, som alla väger lika." in text(page)
    assert "Tillbaka till den publicerade metoden" not in text(page)
    assert [row[0] for row in rows(page)] == [one["region_name"] for one in answer["data"]]
    assert len(answer["data"]) == 8
    assert answer["meta"]["published"] is True
    assert answer["meta"]["weights"] == dict.fromkeys(
        ("population", "born_outside_europe_share", "post_secondary_share", "aged_20_64_share",
         "skr"), 1)  # fmt: skip


def test_each_value_stands_above_the_own_one_minus_it(shipped_client: FlaskClient) -> None:
    """One sign convention: Botkyrka minus the other, of the displayed numbers."""
    page = shown(shipped_client, "/liknande", f"?region=0127&{OWN}")
    answer = asked(shipped_client, f"/similar?region=0127&{API_OWN}")
    own = answer["data"][0]["values"]
    names = ["population", "born_outside_europe_share", "post_secondary_share", "aged_20_64_share",
             "foreign_born_share"]  # fmt: skip

    assert len(rows(page)) == 13
    for row, one in list(zip(rows(page), answer["data"], strict=True))[1:]:
        assert row[:2] == [one["region_name"], str(one["place"])]
        for cell, name in zip(row[2:7], names, strict=True):
            digits = 0 if name == "population" else 1
            value = one["values"][name]
            difference = round(own[name] - value, digits)
            assert cell == (
                f"{format.number(value, digits, 'sv')} {format.with_sign(difference, digits, 'sv')}"
            )
        assert row[7:] == [one["main_group"], format.number(one["distance"], 2, "sv")]


def test_own_weights_are_in_controls_heading_and_every_link(shipped_client: FlaskClient) -> None:
    """Whoever goes on compares with the same municipalities."""
    page = shown(shipped_client, "/liknande", f"?region=0127&{OWN}")
    values = {
        one["props"]["id"]["key"]: one["props"].get("value")
        for one in components(page)
        if isinstance(one["props"].get("id"), dict)
    }
    links = [one["props"]["href"] for one in found(page, "Link") if "href" in one["props"]]
    uses = [href for href in links if "jamfor=liknande" in href]

    assert OWN_WORDS in text(page)
    assert values["weight:population"] == "population:2"
    assert values["weight:rented_share"] == "rented_share:0"
    assert values["neighbours"] == "12"
    assert len(uses) == 6
    assert all(OWN in href for href in uses)
    assert f"Kommuner som liknar Botkyrka ({OWN_WORDS})" in page["head"]["data"]["title"]


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("?region=01", "Välj en kommun så visas de kommuner som liknar den mest"),
        ("?region=zz", "Okänd region"),
        ("?region=0127&vikter=lycka:2", "lycka"),
        ("?region=0127&vikter=population:9", "population:9"),
        ("?region=0127&grannar=3", "grannar"),
        (("?region=0127&vikter=population:0,born_outside_europe_share:0,post_secondary_share:0,"
         "aged_20_64_share:0,skr:3"), "Den publicerade metoden visas i stället"),
        ("?region=0127&vikter=foreign_born_share:2&indikatorer=foreign_born_share",
         "Utrikes födda räknas inte här, för det är vad utrikes födda handlar om"),
        ("?region=0180", "har inga nära grannar"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(shipped_client: FlaskClient, search: str, words: str) -> None:
    """Nothing of a link is dropped in silence, and the rest of the page works."""
    page = shown(shipped_client, "/liknande", search)

    assert words in text(page)
    assert found(page, "Combobox")


@pytest.mark.parametrize(
    "address",
    [
        ("/liknande", "?region=0127&{}&indikatorer=foreign_born_share"),
        ("/indikator/foreign_born_share", "?region=0127&{}&vy=jamfor&jamfor=liknande"),
        ("/indikator/foreign_born_share", "?region=0127&{}&jamfor=liknande"),
        ("/briefing", "?region=0127&{}&indikatorer=foreign_born_share&jamfor=liknande"),
    ],
)
def test_a_criterion_that_does_not_count_is_not_in_the_heading(
    shipped_client: FlaskClient, address: tuple[str, str]
) -> None:
    """What the measure is about is asked for in vain: the heading has those that were used."""
    path, search = address
    page = shown(shipped_client, path, search.format("vikter=foreign_born_share:2,rented_share:3"))
    used = "folkmängd, eftergymnasial utbildning, i åldern 20–64 år, huvudgrupp enligt SKR och"
    words = f"de 7 närmaste enligt egna kriterier: {used} boende i hyresrätt med vikt 3"

    assert words in text(page)
    assert "utrikes födda med vikt 2" not in text(page)
    assert "födda utanför Europa, eftergymnasial" not in text(page)


def test_the_files_of_a_measure_name_the_criteria_that_count(shipped_client: FlaskClient) -> None:
    """As the headings do: of the list, of gaps, and of those from the same start."""
    weights = "region=0127&vikter=foreign_born_share:2,rented_share:3"
    (row, *_) = csv.DictReader(
        io.StringIO(
            shipped_client.get(
                f"/ladda-ner/liknande.csv?{weights}&indikatorer=foreign_born_share"
            ).text
        )
    )
    (start, *_) = csv.DictReader(
        io.StringIO(
            shipped_client.get(
                f"/ladda-ner/foreign_born_share.csv?{weights}&jamfor=liknande&vy=tvaar"
                "&fran=samma&omfang=samma"
            ).text
        )
    )

    for told in (row["chosen_by"], start["chosen_by"]):
        assert "hyresrätt med vikt 3" in told
        assert "utrikes födda" not in told
        assert "födda utanför Europa" not in told


def test_a_municipality_without_a_figure_is_named(shipped_client: FlaskClient) -> None:
    """The share of young people is hidden for some: they have no distance, and it is said."""
    address = "region=0180&{}population_16_25_share:1"
    answer = asked(shipped_client, f"/similar?{address.format('weights=')}")
    lacking = answer["meta"]["lacking"].get("population_16_25_share", [])
    page = text(shown(shipped_client, "/liknande", f"?{address.format('vikter=')}"))

    assert ("saknar uppgift om unga 16–25 år, andel och är inte med" in page) == bool(lacking)
    assert not {row["region"] for row in answer["data"]} & set(lacking)


def test_the_file_has_the_list_and_its_weights_in_every_row(shipped_client: FlaskClient) -> None:
    """The columns of the API; by what it is chosen stands in rows and in the file's name."""
    answer = shipped_client.get(f"/ladda-ner/liknande.csv?region=0127&{OWN}")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    listed = asked(shipped_client, f"/similar?region=0127&{API_OWN}")["data"]

    assert "egna-kriterier" in answer.headers["Content-Disposition"]
    assert [line["region"] for line in lines] == [one["region"] for one in listed]
    for line, one in zip(lines, listed, strict=True):
        assert {name: float(line[name]) if line[name] else None for name in one["values"]} == (
            one["values"]
        )
        assert line["distance"] == ("" if one["distance"] is None else str(one["distance"]))
        assert line["chosen_by"] == OWN_WORDS
        assert line["weights"].startswith("population:2,born_outside_europe_share:1")
        assert line["example"] == "true"
    readers = shipped_client.get(f"/ladda-ner/liknande.csv?region=0127&{OWN}&flavour=excel")
    (own, *_) = csv.DictReader(io.StringIO(readers.data.decode("utf-8-sig")), delimiter=";")
    assert "0127 Botkyrka" in own.values()
    assert "0127" not in own.values()
    published = shipped_client.get("/ladda-ner/liknande.xlsx?region=0127")
    assert published.status_code == 200
    assert "egna" not in published.headers["Content-Disposition"]
    assert shipped_client.get("/ladda-ner/liknande.csv?region=01").status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "region"),
        ("region=01", "region"),
        ("region=0127&weights=lycka:1", "weights"),
        ("region=0127&weights=population:7", "weights"),
        ("region=0127&neighbours=4", "neighbours"),
        (("region=0127&weights=population:0,born_outside_europe_share:0,post_secondary_share:0,"
         "aged_20_64_share:0"), "weights"),
    ],
)  # fmt: skip
def test_the_api_refuses_what_it_cannot_do(
    shipped_client: FlaskClient, query: str, field: str
) -> None:
    """A program gets the field that is wrong, never another list."""
    assert refused(shipped_client, f"/similar?{query}") == (400, {field})


def test_the_api_is_described_with_its_keys(shipped_client: FlaskClient) -> None:
    """OpenAPI has the same declarations as the answer."""
    described = json.loads(shipped_client.get("/api/v1/openapi.json").text)
    parameters = described["paths"]["/similar"]["get"]["parameters"]

    assert [one["name"] for one in parameters] == [
        "region", "weights", "neighbours", "indicator", "version", "lang",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "view", ["tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell"]
)
def test_every_view_beside_similar_municipalities_leads_to_their_criteria(
    shipped_client: FlaskClient, view: str
) -> None:
    """Once, with the weights of the link; not where nobody asked for similar ones."""
    way = "Välj kriterier och vikter för liknande kommuner"
    chosen = "jamfor=liknande&vikter=population:2"
    for search, times in ((chosen, 1), ("jamfor=01", 0)):
        page = shown(
            shipped_client, "/indikator/employment_rate", f"?region=0127&vy={view}&{search}"
        )
        ways = [one for one in found(page, "Link") if text(one) == way]

        assert len(ways) == times
        for one in ways:
            assert "vikter=population:2" in one["props"]["href"]
