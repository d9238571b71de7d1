"""A briefing of a union of regions: its years, and how whole it is, on page, picture and slide."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.codes import AddressMeasure, Group
from dashboard.data.context import Context
from dashboard.data.observation import Observation
from dashboard.exports.deck import MOST_LETTERS, chapter_texts, deck
from dashboard.pages.indicator import gap
from dashboard.panels.briefing import briefing_content
from dashboard.panels.gaps import GroupPair
from dashboard.rules.gaps import gaps
from dashboard.server.app import create_app
from dashboard.state.url import State
from dashboard.state.visit import visited
from etl.measures.unions import MissingMember
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.union_warehouse import GROUP, RATE

ASKED = f"?region={GROUP}&indikatorer={RATE}"
ONE = "Uppgiften för gruppen Två är beräknad ur 1 av 2 kommuner; för den andra saknas uppgift."
TWO = "Uppgiften för gruppen Två är beräknad ur 2 kommuner."


@pytest.fixture(scope="module")
def reader(united: Context) -> FlaskClient:
    """The application over it."""
    client: FlaskClient = create_app(united).server.test_client()
    return client


def sources(node: Any) -> list[list[str]]:
    """The lines at the foot of each picture that a page lets its reader take along."""
    return [
        one["props"]["data-sources"].split("\n")
        for one in components(node)
        if one["props"].get("className") == "takeaway"
    ]


def slides(reader: FlaskClient, search: str) -> Any:
    """The slides of a briefing."""
    return Presentation(io.BytesIO(reader.get(f"/briefing.pptx{search}").data)).slides


@pytest.mark.parametrize(
    ("years", "statement"),
    [
        ("", "Sysselsatta: 60,0 procent 2022, 15,0 procentenheter lägre än i riket"),
        ("&ar=2020-2022", "Sysselsatta: 60,0 procent 2022, 15,0 procentenheter lägre än i riket"),
        # 1000 people at 80 and 3000 at 60: (80 + 3 * 60) / 4
        ("&ar=2020", "Sysselsatta: 65,0 procent 2020"),
        ("&ar=2020-2021", "Sysselsatta: 82,0 procent 2021"),
    ],
)
def test_the_statement_of_a_union_is_of_the_years_asked_for(
    reader: FlaskClient, years: str, statement: str
) -> None:
    """No figure newer than the charts stands above them, nor in the table of the slides."""
    page = shown(reader, "/briefing", ASKED + years)
    (table,) = [shape.table for shape in slides(reader, ASKED + years)[2].shapes if shape.has_table]

    assert statement in [text(one) for one in found(page, "H2")]
    assert table.cell(1, 2).text_frame.text == statement.partition(" procent ")[2][:4]


def test_years_in_which_a_union_has_nothing_have_no_number(reader: FlaskClient) -> None:
    """Before 2020 there is no figure, and none of later years is put in its place."""
    page = shown(reader, "/briefing", f"{ASKED}&ar=2015-2016")

    assert "60,0" not in text(page)
    assert not found(page, "Graph")


def test_page_and_pictures_of_a_briefing_say_how_whole_a_union_is(reader: FlaskClient) -> None:
    """The newest year is of both, 2021 of one; a picture that has left the page says both."""
    page = shown(reader, "/briefing", ASKED)
    small = [text(one) for one in found(page, "P") if one["props"].get("className") == "src"]

    for lines in (small, *sources(page)):
        assert lines[0].startswith(f"2022: {TWO}")
        assert lines[1].startswith(f"2021: {ONE}")


@pytest.mark.parametrize(
    ("years", "line"), [("", f"2022: {TWO}"), ("&ar=2020-2021", f"2021: {ONE}")]
)
def test_how_the_newest_figure_is_made_is_said_once_beside_it(
    reader: FlaskClient, years: str, line: str
) -> None:
    """On page and sheet right after the sentence with the number, and nowhere again."""
    page = shown(reader, "/briefing", f"{ASKED}{years}")
    (telling,) = [one for one in components(page) if one["props"].get("className") == "telling"]
    words = line.partition(": ")[2]
    stated, beside = [text(one) for one in found(telling, "P")][:2]

    assert text(page).count(words) == 1
    assert stated.startswith(f"År {line[:4]} var")
    assert beside.startswith(line)


def test_slides_say_once_how_the_newest_figure_is_made(reader: FlaskClient) -> None:
    """On the face, and once in the sentences of the notes, which have all that the page has."""
    slide = slides(reader, ASKED)[3]
    face = " ".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
    notes = slide.notes_slide.notes_text_frame.text.partition("Att säga")[2]

    assert face.count(TWO) == 1
    assert notes.count(TWO) == 1


def test_a_slide_says_on_its_face_how_whole_a_union_is(reader: FlaskClient) -> None:
    """In the table beside the number, and under the chart; not in the notes alone."""
    made = slides(reader, f"{ASKED}&ar=2020-2021")
    (table,) = [shape.table for shape in made[2].shapes if shape.has_table]
    said = [one.text for one in made[3].placeholders[1].text_frame.paragraphs]

    assert table.cell(1, 1).text_frame.text == "82,0\u00a0% (1 av 2 kommuner)"
    assert [one for one in said if one.startswith(f"2021: {ONE}")]
    assert len(said) <= 3


def test_what_has_no_room_on_a_slide_is_in_its_notes(united: Context) -> None:
    """Sentences never run into the sources; the first is kept and the notes have them all."""
    with united.warehouses.current() as warehouse:
        assert warehouse
        state = State(region=GROUP, indicators=(RATE,))
        visit = visited(united, warehouse, "/", state, current=warehouse.version)
        (chapter,) = briefing_content(visit).chapters
        lines = tuple(f"{year}: " + "x" * 400 for year in (2022, 2021, 2020))
        full = replace(chapter, compositions=lines)
        slide = deck(visit, replace(briefing_content(visit), chapters=(full,)), "").slides[2]

    assert lines[0] in chapter_texts(full)
    assert sum(map(len, chapter_texts(full))) <= MOST_LETTERS
    assert set(lines) <= set(slide.notes)


def side(
    sex: str, period: str, value: float, lacking: tuple[MissingMember, ...] = ()
) -> Observation:
    """The share of one sex in the group."""
    made: dict[str, Any] = {"members": ("0126", "0127"), "lacking": lacking, "how": "weighted"}
    return Observation(RATE, GROUP, period, "rams", value, sex=sex, kind="computed", **made)


@pytest.mark.parametrize("measure", ["skillnad", "kvot", "index"])
def test_pictures_of_a_difference_say_how_whole_both_groups_are(
    united: Context, measure: AddressMeasure
) -> None:
    """Men and women of one municipality in 2021: on the difference, the ratio and the index."""
    lacking = (MissingMember("0126", "suppressed"),)
    men = [side("1", "2020", 70.0), side("1", "2021", 80.0, lacking)]
    women = [side("2", "2020", 60.0), side("2", "2021", 75.0, lacking)]
    indicator = united.catalogue.indicator[RATE]
    pair = GroupPair(("1", "2"), "sex", "sex", (Group("1"), Group("2")), ("Män", "Kvinnor"))
    with united.warehouses.current() as warehouse:
        assert warehouse
        state = State(region=GROUP, measure=measure)
        visit = visited(united, warehouse, "/", state, current=warehouse.version)
        own = gaps(men, women, indicator)
        drawn = gap.over_time_section(visit, indicator, own, pair=pair, sentences=("Skillnad.",))
    pictures = sources(json.loads(json.dumps(drawn, default=lambda one: one.to_plotly_json())))

    assert len(pictures) == 1
    assert pictures[0][0].startswith(f"2021: {ONE}")
