"""`jamfor=liknande` and `jamfor=skr`, at every address that takes `jamfor`."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.similar_warehouse import (
    GROUP,
    NEAREST,
    NEAREST_BY_SIZE,
    OTHERS,
    RATE,
    REGION,
    SHARE,
    publish_similar,
)
from tests.dashboard.warehouse import ROOT

LISTS = ("jamfor", "tvaar", "karta", "tabell")
UNKNOWN = "Okänd region"
NAMES = {code: f"Kommun {place}" for place, code in enumerate((REGION, *OTHERS))}
SKR_NAME = "Pendlingskommuner"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over municipalities that have similar ones."""
    folder = tmp_path_factory.mktemp("similar")
    publish_similar(folder)
    given = opened(folder, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


def regions_of(client: FlaskClient, address: str) -> list[str]:
    """The codes of the regions in a file, each once, in its order."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    rows = csv.DictReader(io.StringIO(answer.text))
    return list(dict.fromkeys(row["region"] for row in rows))


def lines(page: Any) -> list[str]:
    """What is drawn, as the marks under the chart name it."""
    marks = [one for one in found(page, "Ul") if one["props"].get("className") == "chips"]
    return [text(item).split(" ×")[0] for item in found(marks, "Li")]


def titles(page: Any) -> list[str]:
    """What the small charts of a page are called."""
    (graph,) = found(page, "Graph")
    marks = graph["props"]["figure"]["layout"]["annotations"]
    names = [mark["text"].removeprefix("<b>").removesuffix("</b>") for mark in marks]
    return [name for name in names if name in NAMES.values()]


def slides_of(client: FlaskClient, search: str) -> str:
    """All the text of the slides of a briefing."""
    answer = client.get(f"/briefing.pptx{search}")
    assert answer.status_code == 200
    return " ".join(
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(answer.data)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


@pytest.mark.parametrize("path", [f"/indikator/{RATE}", f"/inbaddad/indikator/{RATE}"])
def test_similar_municipalities_are_small_charts_nearest_first(
    client: FlaskClient, path: str
) -> None:
    """More than six lines have a chart each; nobody is left out."""
    page = shown(client, path, f"?region={REGION}&jamfor=liknande")

    assert UNKNOWN not in text(page)
    assert titles(page) == [NAMES[code] for code in (REGION, *NEAREST)]
    assert "Utelämnat" not in text(page)


@pytest.mark.parametrize("path", [f"/indikator/{RATE}", f"/inbaddad/indikator/{RATE}"])
def test_the_skr_group_is_a_line_beside_what_else_is_named(client: FlaskClient, path: str) -> None:
    """`skr` stands for the group that the region belongs to."""
    page = shown(client, path, f"?region={REGION}&jamfor=skr,00")

    assert UNKNOWN not in text(page)
    assert lines(page) == [NAMES[REGION], SKR_NAME, "Riket"]


def test_an_indicator_s_own_subject_never_makes_municipalities_similar(
    client: FlaskClient,
) -> None:
    """The share of working age is shown beside those alike by anything else: here by size."""
    page = shown(client, f"/indikator/{SHARE}", f"?region={REGION}&jamfor=liknande")
    heat = shown(client, "/jamfor", f"?region={REGION}&jamfor=liknande&indikatorer={SHARE}")
    cells = [text(one) for one in found(found(heat, "Table")[0], "Td")]

    assert titles(page)[1:] == [NAMES[code] for code in NEAREST_BY_SIZE]
    assert cells[1].startswith("50,4")  # of 30, 30, 50.3 … 50.7; by age too it would be 50.6
    assert regions_of(
        client, f"/ladda-ner/{SHARE}.csv?vy=jamfor&region={REGION}&jamfor=liknande"
    ) == sorted(["00", "01", REGION, *NEAREST_BY_SIZE])


@pytest.mark.parametrize("view", LISTS)
def test_a_list_is_of_the_similar_municipalities_or_of_the_skr_group(
    client: FlaskClient, view: str
) -> None:
    """In every view that lists municipalities, with the region among them."""
    search = f"?region={REGION}&vy={view}&jamfor="
    page = text(shown(client, f"/indikator/{RATE}", f"{search}liknande"))
    embedded = text(shown(client, f"/inbaddad/indikator/{RATE}", f"{search}liknande"))
    group = text(shown(client, f"/indikator/{RATE}", f"{search}skr"))

    assert UNKNOWN not in page + embedded + group
    assert "i kommunerna som liknar Kommun 0" in page
    assert "i kommunerna som liknar Kommun 0" in embedded
    assert f"i kommunerna i {SKR_NAME}" in group
    beside = {"00", "01"} if view in {"jamfor", "tabell"} else set()
    for name, codes in (("liknande", NEAREST), ("skr", OTHERS[:-1])):
        listed = regions_of(client, f"/ladda-ner/{RATE}.csv{search}{name}")
        assert set(listed) - {"00", "01"} == {REGION, *codes}
        assert beside <= set(listed)


def test_the_file_of_lines_has_the_regions_of_the_lines(client: FlaskClient) -> None:
    """A file holds what its page shows: the country of small charts, a group as a union."""
    search = f"?region={REGION}&jamfor=liknande"

    assert regions_of(client, f"/ladda-ner/{RATE}.csv{search}") == sorted(("00", REGION, *NEAREST))
    assert regions_of(client, f"/ladda-ner/{RATE}.csv?region={REGION}&jamfor=skr,00") == [
        *("00", REGION, GROUP)
    ]


@pytest.mark.parametrize(("name", "codes"), [("liknande", NEAREST), ("skr", OTHERS[:-1])])
def test_a_selection_has_the_rows_of_those_that_are_meant(
    client: FlaskClient, name: str, codes: tuple[str, ...]
) -> None:
    """In the file of a selection, all of them: a file has no limit of lines."""
    address = f"/ladda-ner/urval.csv?indikatorer={RATE}&region={REGION}&jamfor={name},01"

    assert regions_of(client, address) == sorted({"01", REGION, *codes})


def test_a_selection_of_a_union_has_its_members(client: FlaskClient) -> None:
    """A union has no rows in a selection: whoever asks for it gets those it is made of."""
    address = f"/ladda-ner/urval.csv?indikatorer={RATE}&region={GROUP}&jamfor=00"

    assert regions_of(client, address) == sorted({"00", REGION, *OTHERS[:-1]})


def test_a_selection_of_nobody_known_is_empty(client: FlaskClient) -> None:
    """A code that does not exist gives no rows, never those of all regions."""
    assert regions_of(client, f"/ladda-ner/urval.csv?indikatorer={RATE}&jamfor=zz") == []
    assert regions_of(client, f"/ladda-ner/urval.csv?indikatorer={RATE}&jamfor=00") == ["00"]


def test_a_briefing_and_its_slides_are_beside_the_similar_municipalities(
    client: FlaskClient,
) -> None:
    """The sheets of a PDF are the same page."""
    search = f"?region={REGION}&indikatorer={RATE}&jamfor=liknande"
    page, slides = text(shown(client, "/briefing", search)), slides_of(client, search)

    assert UNKNOWN not in page
    for code in NEAREST[:5]:
        assert NAMES[code] in page
        assert NAMES[code] in slides
    assert f"Utelämnat: {', '.join(NAMES[code] for code in NEAREST[5:])}." in page
    assert "Riket" not in page
    search = f"?region={REGION}&indikatorer={RATE}&jamfor=skr"
    assert SKR_NAME in text(shown(client, "/briefing", search))
    assert SKR_NAME in slides_of(client, search)


def test_a_region_without_similar_ones_is_told_so_and_keeps_the_rest(client: FlaskClient) -> None:
    """A county has neither similar municipalities nor an SKR group."""
    page = shown(client, f"/indikator/{RATE}", "?region=01&jamfor=liknande,skr,00")

    assert lines(page) == ["Stockholms län", "Riket"]
    assert "finns inga liknande kommuner att visa" in text(page)
    assert "hör inte till någon kommungrupp enligt SKR" in text(page)
    assert UNKNOWN not in text(page)


@pytest.mark.parametrize("path", ["/", "/omraden", "/jamfor"])
@pytest.mark.parametrize("name", ["liknande", "skr"])
def test_no_page_takes_the_words_for_a_region_that_it_does_not_know(
    client: FlaskClient, path: str, name: str
) -> None:
    """The overview is always beside county and country; areas are listed with areas."""
    page = text(shown(client, path, f"?region={REGION}&jamfor={name}"))

    assert UNKNOWN not in page
    if path == "/":
        assert "Stockholms län och riket" in page


OWN = "vikter=aged_20_64_share:0&grannar=5"
OWN_WORDS = "de 5 närmaste enligt egna kriterier: folkmängd"
BY_SIZE = OTHERS[:5]


@pytest.mark.parametrize("view", LISTS)
def test_own_criteria_choose_and_head_every_list(client: FlaskClient, view: str) -> None:
    """By size alone: the five next in size, and the heading says by what they are chosen."""
    search = f"?region={REGION}&vy={view}&jamfor=liknande&{OWN}"
    page = text(shown(client, f"/indikator/{RATE}", search))
    embedded = text(shown(client, f"/inbaddad/indikator/{RATE}", search))
    answer = client.get(f"/ladda-ner/{RATE}.csv{search}")

    assert f"i kommunerna som liknar Kommun 0 ({OWN_WORDS}" in page
    assert f"i kommunerna som liknar Kommun 0 ({OWN_WORDS}" in embedded
    listed = {row["region"] for row in csv.DictReader(io.StringIO(answer.text))}
    assert listed - {"00", "01"} == {REGION, *BY_SIZE}
    assert "egna-kriterier" in answer.headers["Content-Disposition"]


def test_own_criteria_head_the_chart_over_time_and_its_files(client: FlaskClient) -> None:
    """All six lines; the description of the file tells the weights."""
    search = f"?region={REGION}&jamfor=liknande&{OWN}"
    page = shown(client, f"/indikator/{RATE}", search)
    (heading, *_) = [text(one) for one in found(page, "H2") if OWN_WORDS in text(one)]

    assert lines(page) == [NAMES[code] for code in (REGION, *BY_SIZE)]
    assert heading.endswith(")")
    document = client.get(f"/ladda-ner/{RATE}.zip{search}")
    with zipfile.ZipFile(io.BytesIO(document.data)) as archive:
        readme = next(name for name in archive.namelist() if name.lower().startswith("readme"))
        assert OWN_WORDS in archive.read(readme).decode()


def test_own_criteria_are_told_beside_medians_in_briefings_and_selections(
    client: FlaskClient,
) -> None:
    """The median of /jamfor, the sheets and slides, and a selection of five."""
    search = f"?region={REGION}&indikatorer={RATE}&jamfor=liknande&{OWN}"
    heat = text(shown(client, "/jamfor", search))

    assert "Liknande kommuner, egna kriterier (median)" in heat
    assert f"Kommuner som liknar Kommun 0 ({OWN_WORDS}" in heat
    assert OWN_WORDS in text(shown(client, "/briefing", search))
    assert OWN_WORDS in slides_of(client, search)
    assert regions_of(client, f"/ladda-ner/urval.csv{search}") == sorted((REGION, *BY_SIZE))


def test_criteria_without_similar_municipalities_are_not_told(client: FlaskClient) -> None:
    """A heading says what is shown: beside the country, or to a county, nobody is similar."""
    for region, beside in ((REGION, "00"), ("01", "liknande,00")):
        search = f"?region={region}&jamfor={beside}&{OWN}"
        answer = client.get(f"/ladda-ner/{RATE}.csv{search}")

        assert "egna kriterier" not in text(shown(client, f"/indikator/{RATE}", search))
        assert "egna" not in answer.headers["Content-Disposition"]


def test_from_the_chart_over_time_to_the_same_start(client: FlaskClient) -> None:
    """The way leads on with the same municipalities, and back to their criteria."""
    page = shown(client, f"/indikator/{RATE}", f"?region={REGION}&jamfor=liknande&{OWN}")
    links = {text(one): one["props"]["href"] for one in found(page, "Link")}

    start = links["Vilka har ändrats mest från samma läge?"]
    assert "vy=tvaar" in start
    assert "fran=samma" in start
    assert "jamfor=liknande" in start
    assert OWN in start
    assert links["Välj kriterier och vikter för liknande kommuner"].startswith("/liknande?")
