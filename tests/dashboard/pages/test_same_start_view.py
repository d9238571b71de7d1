"""`vy=tvaar&fran=samma`: the regions from the same start, as page, file and frame."""

import csv
import io
import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from dashboard.text import format
from tests.dashboard.api_client import asked
from tests.dashboard.rendered import components, found, shown, text

VIEW = "vy=tvaar&fran=samma&region=0127&bakgrund=SAMUTF"
PATH = "/indikator/upper_secondary_eligibility"
CHANCE = "De som börjar lågt rör sig ofta uppåt av slump."


def listed(page: object) -> list[list[str]]:
    """The rows of the table, without those of words."""
    lines = found(found(page, "Table")[0], "Tr")[1:]
    rows = [[text(cell) for cell in [*found(one, "Th"), *found(one, "Td")]] for one in lines]
    return [row for row in rows if len(row) > 1]


@pytest.mark.parametrize("among", ["liknande", "00", "01"])
@pytest.mark.parametrize("order", ["namn", "forandring", "varde"])
def test_the_table_has_the_rows_of_the_file_in_its_order(
    shipped_client: FlaskClient, among: str, order: str
) -> None:
    """Whatever they are chosen among: all that started alike, the own one marked, with places."""
    search = f"?{VIEW}&jamfor={among}&sortering={order}"
    page = shown(shipped_client, PATH, search)
    answer = shipped_client.get(f"/ladda-ner/upper_secondary_eligibility.csv{search}&omfang=samma")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    named = [row[0] for row in listed(page)]
    own = [one for one in found(page, "Tr") if one["props"].get("className") == "own"]

    assert named == [row["region_name"] for row in rows]
    assert [text(found(one, "Th")) for one in own] == ["Botkyrka"]
    assert CHANCE in text(page)
    assert ("Ordningen är inget betyg" in text(page)) == (order != "namn")
    at = 2 if order == "forandring" else 1
    for cells, row in zip(listed(page), rows, strict=True):
        numbers = [format.number(float(row[name]), 1, "sv") for name in ("start", "end")]
        change = format.with_sign(float(row["change"]), 1, "sv")
        assert cells[at : at + 3] == [*numbers, change]
    if order == "forandring":
        sure = [float(row["change"]) for row in rows if not row["doubt"]]
        assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize("among", ["00", "liknande", "01,00", "17"])
def test_county_country_and_what_the_link_names_are_told_over_the_same_years(
    shipped_client: FlaskClient, among: str
) -> None:
    """They are no municipality and have no row; what became of them is said, as SCB has it."""
    page = shown(shipped_client, PATH, f"?{VIEW}&jamfor={among}")
    period = re.search(r"från samma läge som Botkyrka, (\d+)–(\d+) till (\d+)–(\d+)", text(page))
    assert period
    named = {"01": "I Stockholms län", "00": "I riket", "17": "I Värmlands län"}
    for code in {"01", "00", *among.split(",")} & set(named):
        rows = asked(
            shipped_client,
            f"/observations?indicator=upper_secondary_eligibility&region={code}"
            "&background=SAMUTF&sex=_T",
        )["data"]
        values = {row["period"]: Decimal(str(row["value"])) for row in rows if row["value"]}
        start, end = (
            sum((values[year] for year in years), Decimal(0)) / 2
            for years in (period.groups()[:2], period.groups()[2:])
        )
        told = re.search(rf"{named[code]} [^.]*, från (\d+,\d) till (\d+,\d) procent", text(page))
        assert told, named[code]
        for shown_number, number in zip(told.groups(), (start, end), strict=True):
            assert abs(Decimal(shown_number.replace(",", ".")) - number) <= Decimal("0.05")
    sources = text(page).partition("Källa")[0] + text(page).partition("tabell")[2]
    assert "TAB" in sources


def test_the_start_year_is_chosen_in_the_newest_stretch_and_another_is_said(
    shipped_client: FlaskClient,
) -> None:
    """Eligibility has a break in 2011: 2005 is not to be had, and the last year is the newest."""
    page = shown(shipped_client, PATH, f"?{VIEW}&ar=2005-2015&jamfor=00")
    (years,) = [
        one["props"]
        for one in components(page)
        if (one["props"].get("id") or {}) == {"type": "choice", "key": "first_year"}
    ]
    offered = [option["value"] for option in years["options"]]

    assert "Startåret 2005 ligger inte i den obrutna del av serien" in text(page)
    assert "Slutåret är alltid det nyaste" in text(page)
    assert min(offered) == years["value"] == "2011"
    later = text(shown(shipped_client, PATH, f"?{VIEW}&ar=2015&jamfor=00"))
    assert "från samma läge som Botkyrka, 2015–2016 till" in later
    assert "Startåret" not in later


@pytest.mark.parametrize(
    ("path", "search", "words"),
    [
        ("/indikator/area_type", "?region=0127R001&niva=omrade&vy=tvaar&fran=samma", "klass"),
        (PATH, "?region=01&vy=tvaar&fran=samma", "Välj en region på den nivå som visas"),
        (PATH, "?region=00&vy=tvaar&fran=samma", "Välj en region på den nivå som visas"),
        ("/indikator/turnout_municipal", "?region=0127&vy=tvaar&fran=samma",
         "det krävs minst tre år utan tidsseriebrott"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_says_why(
    shipped_client: FlaskClient, path: str, search: str, words: str
) -> None:
    """No empty list without a reason."""
    assert words in text(shown(shipped_client, path, search))


def test_the_two_choices_of_the_view_lead_to_each_other(shipped_client: FlaskClient) -> None:
    """All regions by default; the address holds the other choice, and the groups stay."""
    both = shown(shipped_client, PATH, "?vy=tvaar&region=0127&bakgrund=SAMUTF")
    links = {text(one): one["props"]["href"] for one in found(both, "Link")}
    same = shown(shipped_client, PATH, f"?{VIEW}")
    back = {text(one): one["props"]["href"] for one in found(same, "Link")}

    assert links["Från samma läge"] == f"{PATH}?region=0127&bakgrund=SAMUTF&vy=tvaar&fran=samma"
    assert back["Alla regioner"] == f"{PATH}?region=0127&bakgrund=SAMUTF&vy=tvaar"
    assert "jamfor=00" in back["Jämför bland alla kommuner"]
    embedded = shown(shipped_client, f"/inbaddad{PATH}", f"?{VIEW}&jamfor=00")
    assert CHANCE in text(embedded)
    assert found(embedded, "Graph")


def test_the_file_tells_own_criteria_of_similar_municipalities(
    shipped_client: FlaskClient,
) -> None:
    """Whoever opens the file knows by what its municipalities were chosen."""
    search = f"?{VIEW}&jamfor=liknande&vikter=population:3&omfang=samma"
    answer = shipped_client.get(f"/ladda-ner/upper_secondary_eligibility.csv{search}")
    (row, *_) = csv.DictReader(io.StringIO(answer.text))

    assert row["chosen_by"].startswith("de 7 närmaste enligt egna kriterier: folkmängd med vikt 3")
    assert "egna-kriterier" in answer.headers["Content-Disposition"]
    plain = shipped_client.get(
        f"/ladda-ner/upper_secondary_eligibility.csv?{VIEW}&jamfor=00&omfang=samma"
    )
    assert "egna" not in plain.headers["Content-Disposition"]
    for suffix in ("xlsx", "parquet"):
        address = f"/ladda-ner/upper_secondary_eligibility.{suffix}{search}"
        assert shipped_client.get(address).status_code == 200
    excel = shipped_client.get(
        f"/ladda-ner/upper_secondary_eligibility.csv{search}&flavour=excel"
    ).data.decode("utf-8-sig")
    assert "Valda efter" in excel.splitlines()[0]
