"""The view of differences over the shipped example: who narrows it, and what is said of that."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.text import term
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.warehouse import ROOT
from tests.example import read_alone

NBSP = "\N{NO-BREAK SPACE}"
WHY = "Grupperna skiljer sig i ålder, utbildning och tid i Sverige; skillnaden visar inte varför."
NO_GRADE = "Ordningen är inget betyg."
INDICATORS = (
    "employment_rate",
    "open_unemployment",
    "upper_secondary_eligibility",
    "median_income",
    "rented_share",
    "unemployment_bas_monthly",
    "turnout_municipal",
)


@pytest.fixture(scope="module")
def client(example_data: Path) -> Iterator[FlaskClient]:
    """The application over the example."""
    given = opened(example_data, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


def view(client: FlaskClient, of: str, search: str) -> Any:
    """The view of differences of an indicator."""
    return shown(client, f"/indikator/{of}", f"?vy=skillnader&{search}")


def table(page: Any) -> list[list[str]]:
    """The rows of the regions, each with its parts; rows of words have one."""
    (listed,) = (one for one in found(page, "Table") if "gaps" in one["props"]["className"])
    return [
        [text(cell).replace(NBSP, " ") for cell in components(row) if cell["type"] in {"Th", "Td"}]
        for row in found(listed, "Tr")
    ]


def sentences(page: Any) -> list[str]:
    """What is told beside the charts."""
    told = [one for one in found(page, "P") if one["props"].get("className") == "told"]
    return [text(one).replace(NBSP, " ") for one in told]


def number(cell: str) -> float:
    """A cell as a number."""
    return float(cell.replace(",", ".").replace("−", "-").replace(" ", ""))


def test_the_widest_gap_of_the_county_is_first_where_the_reader_asks(
    client: FlaskClient, example_data: Path
) -> None:
    """Task 2 of the users: the largest difference of 2018, by plain SQL over the same file."""
    page = view(client, "employment_rate", "region=0127&ar=2018&sortering=varde")
    file = next(example_data.glob("*.duckdb"))
    with read_alone(file) as connection:
        expected = connection.execute(
            """
            SELECT max(abs(round(one.value, 1) - round(other.value, 1)))
            FROM observation AS one JOIN observation AS other USING (indicator, region, period)
            WHERE indicator::VARCHAR = 'employment_rate' AND period::VARCHAR = '2018'
              AND region::VARCHAR LIKE '01__' AND length(region::VARCHAR) = 4
              AND one.background::VARCHAR = 'SE' AND other.background::VARCHAR = 'SAMUTF'
              AND one.sex::VARCHAR = '_T' AND other.sex::VARCHAR = '_T'
              AND one.age::VARCHAR = '_T' AND other.age::VARCHAR = '_T'
              AND one.education::VARCHAR = '_T' AND other.education::VARCHAR = '_T'
            """
        ).fetchone()
    head, first, *rest = table(page)

    assert expected
    assert head[:2] == ["Region", "Plats"]
    assert first[1] == "1"
    assert number(first[4]) == pytest.approx(expected[0])
    places = [int(row[1]) for row in rest if len(row) > 2 and row[1].isdigit()]
    assert places == sorted(places)
    assert any(NO_GRADE in text(one) for one in found(page, "P"))


def test_without_a_choice_regions_stand_by_name_without_places(client: FlaskClient) -> None:
    """The order is the reader's click; until then nobody is first."""
    page = view(client, "employment_rate", "region=0127&ar=2018")
    head, *rows = table(page)
    names = [row[0] for row in rows if len(row) > 1]

    assert "Plats" not in head
    assert names[:3] == ["Botkyrka", "Danderyd", "Ekerö"]
    assert NO_GRADE not in text(page)


@pytest.mark.parametrize("of", INDICATORS)
@pytest.mark.parametrize("pair", ["SE,SAMUTF", "2,1", "SE,VXEUEES"])
def test_every_sentence_that_a_gap_moved_says_which_group_did(
    client: FlaskClient, of: str, pair: str
) -> None:
    """Levelling down is not integration: "eftersom andelen steg bland" or "sjönk bland"."""
    for search in ("region=0127", "region=01&niva=lan", "region=0180&ar=2018&jamfor=00"):
        page = view(client, of, f"{search}&par={pair}")
        moved = [
            one
            for one in sentences(page)
            if re.search(r"(minskade|ökade) skillnaden.* från .* till |^Där den minskade", one)
        ]

        for one in moved:
            assert re.search(r"eftersom .* (steg|sjönk)|utan att |utan tydlig", one), one
        assert text(page).count(WHY) == 1


@pytest.mark.parametrize("of", INDICATORS)
def test_the_counts_above_a_list_add_up_to_its_regions(client: FlaskClient, of: str) -> None:
    """Every municipality is in the table once, whatever is known of it."""
    page = view(client, of, "region=0127&jamfor=00&sortering=forandring&par=SE,SAMUTF")
    rows = [row for row in table(page)[1:] if len(row) > 2]
    told = " ".join(sentences(page))
    counted = re.search(
        r"minskade skillnaden (?:i (?P<narrowed>alla|\d+)(?: av)?|inte säkert i någon av) "
        r"(?P<every>\d+) kommuner(?P<others>[^.]*)\.", told
    )  # fmt: skip
    others = re.findall(r"(\d+) (?:är ändringen osäker|saknas uppgift för perioden)", told)

    assert len({row[0] for row in rows}) == len(rows)
    if counted:
        every, word = int(counted["every"]), counted["narrowed"] or "0"
        narrowed = every if word == "alla" else int(word)
        rest = [int(one) for one in re.findall(r"\bi (\d+)", counted["others"])]
        assert narrowed + sum(rest) + sum(map(int, others)) == every
        assert 0 not in rest, "a count of none is not told"
        happened = [row[-2] for row in rows]
        assert happened.count("minskade") >= narrowed
    else:
        assert "är för kort" in told


def test_a_small_group_is_marked_in_its_row(client: FlaskClient) -> None:
    """Under fifty pupils: after the others, counted, with its figures."""
    page = view(client, "upper_secondary_eligibility", "region=0127&sortering=forandring")
    rows = table(page)
    parts = [row[0] for row in rows if len(row) == 1]
    (part,) = (one for one in parts if one.startswith("Osäkra"))
    small = [row for row in rows if any("osäker, liten grupp" in cell for cell in row)]

    assert part == f"Osäkra ({len(small)}): liten grupp"
    assert all(row[1] == "" for row in small)


@pytest.mark.parametrize("picture", ["karta", "forandring"])
@pytest.mark.parametrize("measure", ["skillnad", "kvot", "index"])
def test_gaps_and_their_change_are_mapped(client: FlaskClient, picture: str, measure: str) -> None:
    """All municipalities are on the map, shaded or with why not; the table stays."""
    page = view(client, "open_unemployment",
                f"region=0127&jamfor=00&ar=2021&bild={picture}&matt={measure}")  # fmt: skip
    (drawn,) = (
        one["props"]["figure"]
        for one in found(page, "Graph")
        if one["props"]["figure"]["data"][0]["type"] == "choropleth"
    )
    areas = [one for one in drawn["data"] if one["name"] in {"classes", "unplaced"}]

    assert sum(len(one["locations"]) for one in areas) == 290
    assert len(table(page)) > 290
    unplaced = [words for one in areas if one["name"] == "unplaced" for words in one["text"]]
    assert all("<br>" in words for words in unplaced)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("SAMUTF,VXEUEES", "samma personer ingår i båda grupperna"),
        ("SE,INT010", "grupperna skiljer sig i mer än ett avseende"),
        ("SE,MARS", "Paret finns inte i källan här"),
    ],
)
def test_a_pair_that_is_no_pair_is_refused_with_its_reason(
    client: FlaskClient, pair: str, expected: str
) -> None:
    """The usual pair is shown in its place."""
    page = view(client, "open_unemployment", f"region=0127&par={pair}")

    assert expected in text(page)
    assert table(page)[0][1:3] == ["Födda i Sverige", "Utrikes födda"]


def test_the_longest_older_period_is_one_click_away(client: FlaskClient) -> None:
    """Employment is broken in 2019 and 2022: the newest period is short, an older one is not."""
    page = view(client, "employment_rate", "region=0127")
    (link,) = (one for one in found(page, "Link") if "längsta äldre" in text(one))
    path, _, search = link["props"]["href"].partition("?")
    older = shown(client, path, f"?{search}")

    assert "är för kort" in " ".join(sentences(page))
    assert "ar=2018" in link["props"]["href"]
    assert "Mellan 1997–1998 och 2017–2018" in " ".join(sentences(older))
    assert any("nyaste perioden" in text(one) for one in found(older, "Link"))


@pytest.mark.parametrize("of", INDICATORS)
@pytest.mark.parametrize("pair", ["SE,SAMUTF", "2,1"])
def test_rows_and_the_sentence_above_them_agree_on_which_group_moved(
    client: FlaskClient, of: str, pair: str
) -> None:
    """Where both fell, both say which fell most; nowhere does one say "both" and the other one."""
    page = view(client, of, f"region=0127&jamfor=00&par={pair}")
    head, *rows = table(page)
    moved = [
        (row[head.index("Skillnaden")], row[head.index("Vem rörde sig")])
        for row in rows
        if len(row) == len(head)
    ]
    told = " ".join(one for one in sentences(page) if one.startswith("Där den minskade"))
    closed = [words for verdict, words in moved if verdict == "minskade"]

    assert not {words for verdict, words in moved if verdict in {"minskade", "ökade"}} & {
        "Båda steg", "Båda sjönk",
    }  # fmt: skip
    for verb in ("steg", "sjönk"):
        both = any(words.startswith(f"Båda {verb}") for words in closed)
        assert (f"{verb} mest bland" in told) == both, (told, closed)


def test_that_no_gap_narrowed_is_said_in_the_gender_of_the_regions(client: FlaskClient) -> None:
    """*En kommun*, but *ett län* and *ett område*; none of the five of Botkyrka surely narrowed."""
    told = sentences(view(client, "sick_contributors_share", "region=0127"))
    genders = {level: term(f"gaps_any_{level}", "sv") for level in ("kommun", "lan", "omrade")}

    assert any(" minskade skillnaden inte säkert i något av 5 områden" in one for one in told)
    assert genders == {"kommun": "någon", "lan": "något", "omrade": "något"}
