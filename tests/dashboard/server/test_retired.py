"""Indicators whose title was false: where their addresses lead, and that nobody sees them again."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.pages.registry import PAGE_FUNCTIONS
from dashboard.server.app import create_app
from tests.dashboard.api_client import API, asked, refused
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import FIRST, ROOT, SECOND, Row, publish

GONE, OLD, NEW = (
    "no_income_share",
    "only_establishment_benefit_share",
    "establishment_benefit_share",
)
# What the older version holds under the two ids, as it is stored and as pages round it. No other
# figure of the version is near it.
FALSE = ("91.37", "91,37", "91.4", "91,4")
TRUE = 3.1
AGES = {
    "sv": "Källan mäter andelen som fick etableringsersättning",
    "en": "The source measures the",
}
NOT_INCOME = {
    "sv": "Det säger inget om att vara utan inkomst",
    "en": "It says nothing about being without income",
}
VIEWS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")


def rows(*indicators: str, value: float, segment: str = "stativ") -> list[Row]:
    """Shares of everybody and of two groups, in two years and a few regions."""
    return [
        (indicator, region, year, "_T", background, value, None, segment, "published")
        for indicator in indicators
        for region in ("00", "01", "0127", "0180")
        for year in ("2021", "2022")
        for background in ("_T", "SE", "SAMUTF")
    ]


def common() -> list[Row]:
    """What both versions hold."""
    people = rows("population", value=1200.0, segment="bef")
    return [*people, *rows("median_income", value=5.5)]


def fill(warehouse: Path) -> None:
    """Write of the two retired indicators what else a version of then held."""
    with duckdb.connect(warehouse) as connection:
        for id in (GONE, OLD):
            connection.execute(
                "INSERT INTO indicator_source VALUES (?, 'stativ', 'county', 'TAB4881', 'X6', "
                "'2021', '2022')",
                [id],
            )
            connection.execute(
                "INSERT INTO note BY NAME SELECT ? AS indicator, 'TAB4881' AS table_id, "
                "'Fotnot.' AS text, true AS mandatory",
                [id],
            )
            connection.execute(
                "INSERT INTO revision VALUES (?, '01', '2022', '_T', '_T', '_T', '_T', 1.2, 91.37, "
                "NULL, NULL, '2026-11-21 08:15')",
                [id],
            )
            connection.execute(
                "INSERT INTO source_problem VALUES (?, 'stativ', 'x#0', true, 'SCB svarade inte.')",
                [id],
            )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The shipped catalogue over a version of before alone: nothing is built anew yet."""
    folder: Path = tmp_path_factory.mktemp("before")
    fill(publish(folder, version=FIRST, observations=[*common(), *rows(GONE, OLD, value=91.37)]))
    given = opened(folder, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a version of before and one of after."""
    folder: Path = tmp_path_factory.mktemp("retired")
    fill(publish(folder, version=FIRST, observations=[*common(), *rows(GONE, OLD, value=91.37)]))
    publish(folder, version=SECOND, observations=[*common(), *rows(NEW, value=TRUE)])
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    """The shipped catalogue over both."""
    given = opened(data, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (
            f"/indikator/{OLD}?region=0127&jamfor=01,00&vy=tabell&lang=en",
            f"/indikator/{NEW}?region=0127&jamfor=01,00&vy=tabell&lang=en",
        ),
        (f"/indikator/{OLD}", f"/indikator/{NEW}"),
        (f"/indikator/{OLD}?version={FIRST}", f"/indikator/{NEW}?version={FIRST}"),
        (f"/inbaddad/indikator/{OLD}?region=0180", f"/inbaddad/indikator/{NEW}?region=0180"),
        (
            f"/ladda-ner/{OLD}.csv?region=0127&flavour=excel&omfang=allt",
            f"/ladda-ner/{NEW}.csv?region=0127&flavour=excel&omfang=allt",
        ),
        (f"{API}/indicators/{OLD}?version={SECOND}", f"{API}/indicators/{NEW}?version={SECOND}"),
        (
            f"{API}/observations?region=01&indicator=population,{OLD}&format=csv",
            f"{API}/observations?region=01&indicator=population,{NEW}&format=csv",
        ),
        (
            f"{API}/observations?indicator={OLD}%2Cpopulation",
            f"{API}/observations?indicator={NEW},population",
        ),
    ],
)
def test_an_address_of_the_old_id_leads_to_the_new_one_for_good(
    client: FlaskClient, address: str, target: str
) -> None:
    """Bookmarks, embedded views, files and programs go on, with all that they ask for."""
    answer = client.get(address)

    assert answer.status_code == 308
    assert answer.headers["Location"] == target
    assert client.head(address).status_code == 308


@pytest.mark.parametrize(
    "address",
    ["/indikator/population", f"/data?sok={OLD}", f"/jamfor?indikatorer={OLD}", f"/{OLD}", "/"],
)
def test_no_other_address_is_forwarded(client: FlaskClient, address: str) -> None:
    """Only what names one indicator by an old id moves."""
    assert client.get(address).status_code in {200, 404}


def test_another_site_may_ask_first_whether_it_may(client: FlaskClient) -> None:
    """A browser follows no forwarding of the question before the question."""
    assert client.options(f"{API}/indicators/{OLD}").status_code == 204


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("place", ["/indikator/", "/inbaddad/indikator/"])
def test_the_page_says_what_it_was_called_and_why_not_now(
    client: FlaskClient, place: str, lang: str
) -> None:
    """Whoever is forwarded learns that the figures did not change, but what they are called."""
    words = text(shown(client, place + NEW, f"?region=0127&lang={lang}"))

    assert {"sv": "”Enbart etableringsersättning”", "en": "“Establishment benefit only”"}[
        lang
    ] in words
    assert AGES[lang] in words
    assert {"sv": "29 november 2026", "en": "29 November 2026"}[lang] in words


def test_a_page_that_was_left_open_leads_on_too(client: FlaskClient) -> None:
    """Inside the browser no request is forwarded: the page of the old address is the new one."""
    page = shown(client, f"/indikator/{OLD}", "?region=0127")

    assert [text(one) for one in found(page, "H1")] == ["Personer med etableringsersättning"]


@pytest.mark.parametrize("path", ["/jamfor", "/briefing", "/data", "/omraden", "/"])
def test_a_link_of_several_indicators_says_what_became_of_each(
    client: FlaskClient, path: str
) -> None:
    """The replaced one is shown and told, the one that is gone is told, and the rest is shown."""
    words = text(shown(client, path, f"?region=0127&indikatorer=population,{OLD},{GONE}"))

    assert "”Enbart etableringsersättning” i länken heter nu ”Personer med" in words
    assert "”Utan inkomst” i länken visas inte längre." in words
    assert NOT_INCOME["sv"] in words
    assert "Okän" not in words
    assert OLD not in words


def test_a_briefing_of_the_old_id_is_one_of_the_new(client: FlaskClient) -> None:
    """What was agreed to be shown is shown, and nothing instead of it."""
    page = shown(client, "/briefing", f"?region=0127&indikatorer={OLD}")

    assert "Personer med etableringsersättning: 3,1 procent" in text(found(page, "H2"))
    assert "3,1" in text(page)


def test_a_file_of_several_has_the_new_id(client: FlaskClient) -> None:
    """The rows of a selection bear the id of today."""
    answer = client.get(f"/ladda-ner/urval.csv?indikatorer={OLD},median_income&region=01")

    assert answer.status_code == 200
    assert {line.split(",")[0] for line in answer.text.splitlines()[1:]} == {NEW, "median_income"}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("place", ["/indikator/", "/inbaddad/indikator/"])
def test_the_page_of_what_was_no_measure_says_so_with_a_way_on(
    client: FlaskClient, place: str, lang: str
) -> None:
    """410, the reason, and where the other indicators are."""
    answer = client.get(f"{place}{GONE}?region=0127&lang={lang}")
    page = shown(client, place + GONE, f"?region=0127&lang={lang}")

    assert answer.status_code == 410
    assert NOT_INCOME[lang] in text(page)
    assert {"sv": "”Utan inkomst” visas inte längre", "en": "“Without income” is no longer shown"}[
        lang
    ] == text(found(page, "H1"))
    ways = found(page, "A" if "inbaddad" in place else "Link")  # a frame holds no other page
    assert [way for way in ways if way["props"]["href"].startswith("/data?region=0127")]


@pytest.mark.parametrize(
    "address",
    [f"{GONE}.csv", f"{GONE}.xlsx?omfang=allt", f"urval.csv?indikatorer=population,{GONE}"],
)
def test_its_files_are_gone_with_the_reason(client: FlaskClient, address: str) -> None:
    """A file without a column that was asked for would be silent about it."""
    answer = client.get(f"/ladda-ner/{address}")
    english = client.get(f"/ladda-ner/{address}{'&' if '?' in address else '?'}lang=en")

    assert answer.status_code == english.status_code == 410
    assert NOT_INCOME["sv"] in answer.text
    assert NOT_INCOME["en"] in english.text


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"/indicators/{GONE}", "id"),
        (f"/observations?indicator={GONE}", "indicator"),
        (f"/observations?indicator=population,{GONE}&version={FIRST}", "indicator"),
    ],
)
def test_the_api_answers_gone_with_the_reason_in_both_languages(
    client: FlaskClient, address: str, field: str
) -> None:
    """A program that reads it stops, and whoever runs it reads why."""
    assert refused(client, address) == (410, {field})
    detail = client.get(API + address).text
    assert NOT_INCOME["sv"] in detail
    assert NOT_INCOME["en"] in detail


def everything(client: FlaskClient, version: str) -> Iterator[tuple[str, str]]:
    """Pages, files and answers of a version that name no indicator, the new one, or the old."""
    here = f"?region=0127&version={version}"
    several = f"&indikatorer={OLD},{GONE}"
    pages = [
        *((path, here) for path in PAGE_FUNCTIONS),
        *((f"/indikator/{NEW}", f"{here}&vy={view}") for view in VIEWS),
        *((path, here + several) for path in ("/jamfor", "/briefing", "/omraden", "/data")),
    ]
    for path, search in pages:
        yield path, json.dumps(shown(client, path, search), ensure_ascii=False)
    for address in (
        f"/ladda-ner/katalogen.csv?version={version}",
        f"/ladda-ner/katalogen.csv?version={version}&flavour=excel",
        f"/ladda-ner/katalogen.json?version={version}",
        f"/ladda-ner/urval.csv?indikatorer={OLD}&version={version}",
        f"/ladda-ner/{NEW}.csv?omfang=allt&version={version}",
        f"{API}/indicators?version={version}",
        f"{API}/observations?version={version}",
        f"{API}/observations?version={version}&format=csv&region=01",
        f"{API}/observations?version={version}&format=csv&level=municipality",
        f"{API}/freshness",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.text
    archive = client.get(f"/ladda-ner/katalogen.zip?version={version}").data
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            yield name, files.read(name).decode("utf-8", "replace")


@pytest.mark.parametrize("panel", ["client", "before"])
def test_an_older_version_never_shows_either_figure(
    request: pytest.FixtureRequest, panel: str
) -> None:
    """What was false when it was frozen is not shown again, under whatever title."""
    told = {"/data", "/jamfor", "/briefing", "/omraden"}
    for address, content in everything(request.getfixturevalue(panel), FIRST):
        assert not [figure for figure in FALSE if figure in content], address
        assert address in told or GONE not in content, address


def test_of_a_version_that_holds_the_new_one_pages_and_files_show_it(
    client: FlaskClient, data: Path
) -> None:
    """The test above would see the others: they stand in the file of the older version."""
    content = "".join(content for _, content in everything(client, SECOND))
    with duckdb.connect(data / f"warehouse-{FIRST}.duckdb", read_only=True) as connection:
        question = "SELECT count(*) FROM observation WHERE value = 91.37"
        assert connection.execute(question).fetchall() == [(48,)]

    assert "3.1" in content
    assert "3,1" in content


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_asked_for_the_new_one_an_older_version_says_that_it_lacks_it(
    client: FlaskClient, lang: str
) -> None:
    """Figures under a false title are not moved under the right one behind the reader's back."""
    page = shown(client, f"/indikator/{NEW}", f"?region=0127&version={FIRST}&lang={lang}")
    words = text(page)

    assert {
        "sv": f"Version {FIRST} av uppgifterna har inga siffror för ”Personer med",
        "en": f"Version {FIRST} of the figures has none for “Persons with",
    }[lang] in words
    assert found(page, "Graph") == []


def test_files_and_answers_say_what_the_older_version_lacks(client: FlaskClient) -> None:
    """Empty columns are explained where a reader of the file sees it."""
    answer = asked(client, f"/observations?indicator={NEW}&version={FIRST}")
    archive = client.get(f"/ladda-ner/{NEW}.zip?omfang=allt&version={FIRST}").data
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        readme = files.read(next(name for name in files.namelist() if "README" in name)).decode()

    assert answer["data"] == []
    assert any(f"Version {FIRST} av" in note for note in answer["meta"]["notes"])
    assert f"Version {FIRST} av uppgifterna har inga siffror" in readme
    assert "Enbart etableringsersättning" in readme


def test_the_description_of_the_new_one_tells_the_old_id(client: FlaskClient) -> None:
    """Programs find what they used to ask for."""
    (former,) = asked(client, f"/indicators/{NEW}")["data"]["formerly"]

    assert former["id"] == OLD
    assert former["since"] == "2026-11-29"
    assert asked(client, "/indicators/population")["data"]["formerly"] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_page_of_data_lists_what_is_no_more_and_why(client: FlaskClient, lang: str) -> None:
    """Also whoever follows no old link can see that figures were wrong."""
    page = shown(client, "/data", f"?lang={lang}")
    (section,) = [
        one for one in found(page, "Section") if one["props"].get("className") == "retired"
    ]
    words = text(section)

    assert AGES[lang] in words
    assert NOT_INCOME[lang] in words
    (way,) = found(section, "Link")
    assert urlsplit(way["props"]["href"]).path == f"/indikator/{NEW}"
