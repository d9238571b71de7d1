"""The page of data where a link asks what has changed since a day, and the file of it."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.server.app import create_app
from tests.dashboard.changed_warehouse import KEY, edited, independent, renamed
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish, rows
from tests.source import ROOT

COUNTY = ["01", "0127", "0126", "0140", "0180"]
LAST_MONTH = "20261018T081500Z-00000000"
FILE = "/ladda-ner/andringar.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version of October and one of November, after SCB's changes."""
    data = tmp_path_factory.mktemp("changed")
    publish(data, version=LAST_MONTH)
    publish(data, version=SECOND, observations=edited())
    return data


def application(data: Path, catalogue: Path = CATALOGUE) -> tuple[Context, FlaskClient]:
    """The application over a data folder."""
    context = opened(data, catalogue)
    return context, create_app(context).server.test_client()


@pytest.fixture(scope="module")
def panel(folder: Path) -> Iterator[FlaskClient]:
    """The application over both versions."""
    context, client = application(folder)
    yield client
    context.warehouses.close()


def words(client: FlaskClient, search: str) -> str:
    """All that the page says."""
    return text(shown(client, "/data", search))


def lines(client: FlaskClient, search: str) -> list[str]:
    """The rows of its tables, as text."""
    page = shown(client, "/data", search)
    return [text(row) for body in found(page, "Tbody") for row in found(body, "Tr")]


def test_the_changes_of_a_county_are_told_figure_by_figure(panel: FlaskClient) -> None:
    """Whose, when, what it was, what it is, and what happened; never a zero for a missing one."""
    page = "?region=01&sedan=2026-11-01"

    assert lines(panel, page) == [
        "Botkyrka 2023 Samtliga 70,0 71,4 ändrad",
        "Botkyrka 2022 Samtliga 70,3 .. publiceras inte längre",
        "Botkyrka 2021 Samtliga 69,6 69,6\xa0p samma tal, annan symbol",
        "Botkyrka 2010 Samtliga .. 66,6 publiceras nu",
        "Botkyrka 2005 Samtliga 65,4 Uppgift saknas borttagen",
    ]
    told = words(panel, page)
    assert "Ändrat sedan 1 november 2026: Stockholms län" in told
    assert "Versionen från 18 oktober 2026 jämförs med versionen från 22 november 2026." in told
    assert "Ändrade uppgifter 4 Borttagna uppgifter 1 Nya uppgifter 0" in told
    assert "Procent. 4 ändrade · 1 borttagen" in told


def test_what_a_page_does_not_list_is_counted_and_in_the_file(panel: FlaskClient) -> None:
    """Eight figures of a new year: five are shown, everybody first, and the file has them all."""
    page = "?region=09&sedan=2026-11-01"

    assert lines(panel, page)[0] == "Gotland 2025 Samtliga Uppgift saknas 77,7 ny"
    assert len(lines(panel, page)) == 5
    assert "8 nya. 5 av 8 visas" in words(panel, page)
    assert len(panel.get(f"{FILE}{page}").text.splitlines()) == 9


@pytest.mark.parametrize(("region", "inside"), [("01", COUNTY), ("00", []), ("0126", ["0126"])])
def test_the_file_is_what_pandas_finds(
    panel: FlaskClient, folder: Path, region: str, inside: list[str]
) -> None:
    """Every change with both values and both symbols, codes as text, a missing value empty."""
    answer = panel.get(f"{FILE}?region={region}&sedan=2026-11-01")
    table = pd.read_csv(io.StringIO(answer.text), dtype=str, keep_default_na=False)
    old, new = (folder / f"warehouse-{version}.duckdb" for version in (LAST_MONTH, SECOND))
    expected = independent(old, new, inside)

    def number(cell: str) -> float | None:
        return float(cell) if cell else None

    given = {
        tuple(row[name] for name in KEY): (
            row["change"],
            number(row["old_value"]),
            row["old_status"] or None,
            number(row["new_value"]),
            row["new_status"] or None,
        )
        for row in table.to_dict("records")
    }
    assert answer.status_code == 200
    assert given == expected
    assert set(table["old_version"]) | set(table["new_version"]) <= {LAST_MONTH, SECOND}


def test_the_file_for_excel_is_in_words_with_decimal_commas(panel: FlaskClient) -> None:
    """Opened by a double click in Sweden."""
    answer = panel.get(f"{FILE}?region=0127&sedan=2026-11-01&flavour=excel")
    heads, *rest = answer.data.decode("utf-8-sig").splitlines()

    assert heads.startswith("Indikator;Region;Region med kod;Period;")
    assert any(
        line.startswith("Sysselsatta;Botkyrka;0127 Botkyrka;2023;")
        and "ändrad;70;;71,4;;procent" in line
        for line in rest
    )


def test_no_version_so_old_says_which_is_the_oldest_and_leads_there(panel: FlaskClient) -> None:
    """Nobody guesses what was changed before the first version that is kept."""
    page = shown(panel, "/data", "?region=01&sedan=2026-10-01")
    ways = [one["props"]["href"] for one in found(page, "Link")]

    assert "Ingen version så gammal finns. Den äldsta som finns kvar är från 18 oktober 2026." in (
        text(page)
    )
    assert "/data?region=01&sedan=2026-10-18" in ways
    answer = panel.get(f"{FILE}?region=01&sedan=2026-10-01")
    assert (answer.status_code, "18 oktober 2026" in answer.text) == (410, True)


def test_a_date_that_cannot_be_read_is_a_notice(panel: FlaskClient) -> None:
    """It is never dropped in silence, and the rest of the page works."""
    for wrong in ("2026-02-30", "igår", "20261001", "1/10 2026"):
        told = words(panel, f"?region=01&sedan={wrong}")
        assert f"Datumet i länken går inte att läsa: ”{wrong}”." in told
        assert "Katalogen" in told
    assert panel.get(f"{FILE}?sedan=2026-02-30").status_code == 400
    assert panel.get(FILE).status_code == 400


def test_what_is_newer_than_the_newest_version_says_so(panel: FlaskClient) -> None:
    """That nothing came is another thing than that nothing changed."""
    told = words(panel, "?sedan=2026-11-22")

    assert "Inga nya uppgifter har kommit efter den 22 november 2026." in told
    assert "Ingen uppgift har ändrats" in words(panel, "?region=0126&sedan=2026-11-01")


def test_the_page_of_data_leads_to_the_changes_of_the_last_month(panel: FlaskClient) -> None:
    """A click after the region is chosen; the day stands beside the words."""
    page = shown(panel, "/data", "?region=01")
    ways = {text(one): one["props"]["href"] for one in found(page, "Link")}

    assert ways["Ändrat sedan förra månaden (22 oktober 2026)"] == (
        "/data?region=01&sedan=2026-10-22"
    )
    assert "Ändrat sedan förra månaden" not in words(panel, "?region=01&sedan=2026-10-22")


def test_what_narrows_the_catalogue_narrows_the_changes(panel: FlaskClient) -> None:
    """One indicator, with how many are chosen; the file follows."""
    page = "?region=01&sedan=2026-11-01&indikatorer=population"

    assert "1 av 4 indikatorer är valda." in words(panel, page)
    assert lines(panel, page) == []
    assert lines(panel, "?region=01&sedan=2026-11-01&tema=population") == []
    assert len(lines(panel, "?region=01&sedan=2026-11-01&tema=labour_market")) == 5
    file = panel.get(f"{FILE}?region=01&sedan=2026-11-01&tema=population").text
    assert len(file.splitlines()) == 1


def test_an_indicator_that_is_no_more_is_told_with_its_reason(tmp_path: Path) -> None:
    """Neither its figures nor those of one that was renamed have vanished at SCB."""
    before = renamed(rows(), "employment_rate", "only_establishment_benefit_share")
    publish(tmp_path, observations=renamed(before, "net_migration", "no_income_share"))
    after = [row for row in edited() if row[0] != "net_migration"]
    after = renamed(after, "employment_rate", "establishment_benefit_share")
    publish(tmp_path, version=SECOND, observations=after)
    context, client = application(tmp_path, ROOT / "indicators.yaml")
    told = words(client, "?sedan=2026-11-21")
    context.warehouses.close()

    assert "Borttagna uppgifter 1 Nya uppgifter 8" in told
    assert "Enbart etableringsersättning heter nu Personer med etableringsersättning." in told
    assert "”Utan inkomst” visas inte sedan den 29 november 2026." in told
    assert "De 176 uppgifter den hade räknas inte som borttagna av SCB." in told


def test_a_version_that_comes_later_is_seen_at_once(tmp_path: Path) -> None:
    """That none is so old is not remembered beyond the moment when an older one is there."""
    publish(tmp_path, version=SECOND, observations=edited())
    context, client = application(tmp_path)
    alone = words(client, "?sedan=2026-11-21")
    publish(tmp_path, version=FIRST)
    publish(tmp_path, version=SECOND, observations=edited())
    both = words(client, "?sedan=2026-11-21")
    context.warehouses.close()

    assert "Den enda som finns är från 22 november 2026" in alone
    assert "Versionen från 21 november 2026 jämförs" in both


def test_english_readers_get_the_same(panel: FlaskClient) -> None:
    """Dates, kinds and what happened, in English."""
    told = words(panel, "?region=01&sedan=2026-11-01&lang=en")

    assert "Changed since 1 November 2026: Stockholm county" in told
    assert "no longer published" in told


def controls(page: Any) -> dict[str, Any]:
    """What the page's controls hold."""
    values: dict[str, Any] = page["head"]["data"]["shown"]["values"]
    return values


def test_the_controls_hold_region_and_day(panel: FlaskClient) -> None:
    """Both can be changed where the answer stands."""
    held = controls(shown(panel, "/data", "?region=01&sedan=2026-11-01"))

    assert (held["region"], held["since"]) == ("01", "2026-11-01")
    assert controls(shown(panel, "/data", "?region=01"))["since"] == ""
