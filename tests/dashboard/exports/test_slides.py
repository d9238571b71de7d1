"""Slides, read back by python-pptx."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.exports.deck import Paragraph
from dashboard.exports.slides import LINES, text_slides
from dashboard.server.app import create_app
from tests.dashboard.api_client import asked
from tests.dashboard.warehouse import CATALOGUE, FIRST, publish, rows

ASKED = "/briefing.pptx?region=0127&indikatorer=employment_rate,open_unemployment"
INVENTED = "Exempeldata – inte statistik"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over invented figures; one for all, since nothing here writes."""
    data = tmp_path_factory.mktemp("slides")
    publish(data, example=True)
    given = opened(data, CATALOGUE, settings=settings(address="https://panel.example.org"))
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


def slides_of(client: FlaskClient, address: str) -> Any:
    """The presentation of a link."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return Presentation(io.BytesIO(answer.data))


@pytest.fixture(scope="module")
def made(client: FlaskClient) -> Any:
    """Botkyrka's slides of an indicator with figures and one without."""
    return slides_of(client, ASKED)


def frames(made: Any, slide: int) -> list[Any]:
    """The charts of a slide."""
    return [shape for shape in made.slides[slide].shapes if shape.has_chart]


def words(slide: Any) -> str:
    """All that is written on a slide."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def series(frame: Any, name: str) -> list[dict[str, float | None]]:
    """The columns of a chart whose name begins so, by year."""
    plot = frame.chart.plots[0]
    years = list(plot.categories)
    return [
        dict(zip(years, one.values, strict=True))
        for one in plot.series
        if one.name.startswith(name)
    ]


def test_the_numbers_of_a_chart_are_those_of_the_warehouse(made: Any) -> None:
    """All that has a value stands in the chart once, and nothing else does."""
    known = {
        row[2]: row[5]
        for row in rows()
        if (row[0], row[1], row[3], row[4]) == ("employment_rate", "0127", "_T", "_T")
        and row[5] is not None
    }
    found = [
        (year, value)
        for one in series(frames(made, 3)[0], "Botkyrka")
        for year, value in one.items()
        if value is not None
    ]

    assert len(found) == len(known)
    assert dict(found) == pytest.approx(known)


def test_no_line_crosses_a_break_or_a_missing_year(made: Any) -> None:
    """Hidden 2010, no row 2012, breaks 2019 and 2022: five stretches, None between them."""
    frame = frames(made, 3)[0]
    stretches = [
        [year for year, value in one.items() if value is not None]
        for one in series(frame, "Botkyrka")
    ]

    assert [(one[0], one[-1]) for one in stretches] == [
        ("2003", "2009"),
        ("2011", "2011"),
        ("2013", "2018"),
        ("2019", "2021"),
        ("2022", "2024"),
    ]
    assert [one.name for one in frame.chart.plots[0].series if one.name.startswith("Bot")] == [
        "Botkyrka",
        *(f"Botkyrka (från {first})" for first in ("2011", "2013", "2019", "2022")),
    ]
    assert frame.chart._chartSpace.chart.xpath("c:dispBlanksAs/@val") == ["gap"]
    colours = {
        str(one.format.line.color.rgb)
        for one in frame.chart.plots[0].series
        if one.name.startswith("Botkyrka")
    }
    assert colours == {"12436D"}


def test_a_chart_is_native_with_years_as_text_and_one_entry_a_line(made: Any) -> None:
    """It can be edited: a workbook is inside; stretches of one line share an entry."""
    frame = frames(made, 3)[0]
    plot = frame.chart.plots[0]
    gone = frame.chart._chartSpace.xpath(".//c:legendEntry/c:idx/@val")

    assert list(plot.categories) == [str(year) for year in range(2003, 2025)]
    assert frame.chart.part.chart_workbook.xlsx_part is not None
    shown = [one.name for place, one in enumerate(plot.series) if str(place) not in gone]
    assert shown == ["Botkyrka", "Stockholms län", "Riket"]


def test_titles_are_statements_and_sentences_are_three_at_most(made: Any) -> None:
    """70,7 in 2024, 10,0 below the county; whoever reads titles only has the message."""
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]

    assert titles == [
        "Botkyrka: ett urval",
        "Vad som sticker ut",
        "Nyckeltal",
        "Sysselsatta: 70,7 procent 2024, 10,0 procentenheter lägre än i Stockholms län",
        "Öppet arbetslösa någon gång under året: Indikatorn saknar data",
        "Vad måtten inte visar",
        "Källor och version",
    ]
    said = [p.text for p in made.slides[3].placeholders[1].text_frame.paragraphs]
    assert 1 <= len(said) <= 3
    assert said[0].startswith("Mellan 2023 och 2024")


def test_charts_have_words_for_those_who_do_not_see_them(made: Any) -> None:
    """The alternative is on the chart and in the notes, with all sentences."""
    notes = made.slides[3].notes_slide.notes_text_frame.text

    for frame in frames(made, 3):
        alternative = frame._element.nvGraphicFramePr.cNvPr.get("descr")
        assert alternative.startswith(f"{INVENTED}. Diagram")
        assert alternative in notes
    assert "10,0 procentenheter lägre än i Stockholms län" in notes


def test_invented_figures_say_so_on_every_slide(made: Any) -> None:
    """Whichever slide is taken out of the presentation."""
    assert all(INVENTED in words(slide) for slide in made.slides)


def test_every_run_has_its_language(made: Any) -> None:
    """A wording reads Swedish as Swedish."""
    spoken = {
        run.font.language_id.name
        for slide in made.slides
        for shape in (*slide.shapes, *slide.notes_slide.shapes)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }

    assert spoken == {"SWEDISH"}
    assert made.core_properties.language == "sv-SE"


def test_the_last_slide_tells_tables_version_licence_and_link(made: Any) -> None:
    """Whoever gets the file can go back to where it came from."""
    said = words(made.slides[-1])

    assert "TAB4881" in said
    assert FIRST in said
    assert "CC0" in said
    links = [
        run.hyperlink.address
        for paragraph in made.slides[-1].placeholders[1].text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    back = "indikatorer=employment_rate,open_unemployment&version="
    assert links == [f"https://panel.example.org/briefing?region=0127&ar=2003-2024&{back}{FIRST}"]


def test_the_headline_figures_are_a_table(made: Any) -> None:
    """An indicator without a figure keeps its row and says so; ".." would mean held back."""
    (frame,) = [shape for shape in made.slides[2].shapes if shape.has_table]
    cells = [[cell.text_frame.text for cell in row.cells] for row in frame.table.rows]

    assert cells[1][:3] == ["Sysselsatta", "70,7\u00a0%", "2024"]
    assert cells[2][1:] == ["", "", "Indikatorn saknar data"]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr")


def test_slides_are_wide_and_speak_english_when_asked(client: FlaskClient) -> None:
    """16:9, and nothing Swedish but names."""
    made = slides_of(client, f"{ASKED}&lang=en")

    assert made.slide_width * 9 == pytest.approx(made.slide_height * 16, rel=1e-3)
    assert made.slides[2].shapes.title.text_frame.text == "Headline figures"
    assert all("Example data – not statistics" in words(slide) for slide in made.slides)


def test_a_region_without_a_figure_has_a_slide_that_says_so(made: Any) -> None:
    """No empty box and no empty chart; the indicator is not left out."""
    said = [p.text for p in made.slides[4].placeholders[1].text_frame.paragraphs]

    assert frames(made, 4) == []
    assert said == ["Det finns inga uppgifter att visa."]


def test_nothing_stands_outside_a_slide(made: Any) -> None:
    """All boxes lie inside the frame."""
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_the_file_is_named_and_kept_by_its_version(client: FlaskClient) -> None:
    """A name as the PDF has: what, region, years, version; asked again it has not changed."""
    answer = client.get(ASKED)
    again = client.get(ASKED, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="exempeldata_underlag_urval_0127-Botkyrka_2003-2024_{FIRST}.pptx"'
    )
    assert again.status_code == 304


def test_slides_of_a_version_that_is_gone_are_refused(client: FlaskClient) -> None:
    """410 in words, never the figures of another version."""
    answer = client.get(f"{ASKED}&version=20200101T000000Z-00000000")

    assert answer.status_code == 410
    assert "version" in answer.text


def test_long_texts_go_on_to_a_further_slide() -> None:
    """Nothing falls off the foot of a slide, and nothing is left out."""
    points = [Paragraph("x" * 300) for _ in range(12)]
    groups = list(text_slides(points))

    assert [one for group in groups for one in group] == points
    assert all(3 * len(group) <= LINES for group in groups)


def things_of(client: FlaskClient, region: str) -> Any:
    """The slide of what stands out, after the opening."""
    return slides_of(client, f"/briefing.pptx?region={region}").slides[1]


def test_what_stands_out_has_its_sentence_native_chart_and_reasons(
    shipped_client: FlaskClient,
) -> None:
    """Three things of Bjuv: each as the API has it, in charts to edit."""
    answer = asked(shipped_client, "/highlights?region=1260")
    slide = things_of(shipped_client, "1260")
    charts = [shape for shape in slide.shapes if shape.has_chart]
    told = words(slide)

    assert len(charts) == len(answer["data"]) == 3
    assert told.count("Varför visas detta?") == 3
    assert "Egen bearbetning av data från SCB, tabell" in told
    for thing, frame in zip(answer["data"], charts, strict=True):
        assert thing["sentence"]["sv"] in told
        assert thing["sentence"]["sv"] in slide.notes_slide.notes_text_frame.text
        assert thing["sentence"]["sv"] in frame._element.nvGraphicFramePr.cNvPr.get("descr")
        assert frame.chart.part.chart_workbook.xlsx_part is not None


def test_a_strip_holds_every_region_of_the_level_and_a_line_the_newest_stretch(
    shipped_client: FlaskClient,
) -> None:
    """The own number among those of all municipalities; a change as its years."""
    answer = asked(shipped_client, "/highlights?region=1260")
    kinds = {one["place"]: one for one in answer["candidates"] if one["place"]}
    charts = [shape for shape in things_of(shipped_client, "1260").shapes if shape.has_chart]
    seen = set()
    for place, frame in enumerate(charts, 1):
        thing = kinds[place]
        plot = frame.chart.plots[0]
        seen.add(thing["kind"])
        if thing["kind"] == "change":
            (line,) = plot.series
            rows = asked(
                shipped_client,
                f"/observations?indicator={thing['indicator']}&region=1260&sex=_T&background=_T"
                f"&age=_T&education=_T&from={thing['from'][:4]}&to={thing['period']}",
            )["data"]
            values = {row["period"]: row["value"] for row in rows}
            drawn = dict(zip(plot.categories, line.values, strict=True))
            assert {period: drawn[period] for period in values} == pytest.approx(values, abs=0.05)
            assert max(drawn) == thing["period"]
            continue
        everybody, own = plot.series
        assert len(list(everybody.iter_values())) == thing["compared"]
        numbers = [float(one.text) for one in everybody._element.xpath("c:xVal//c:v")]
        (number,) = [float(one.text) for one in own._element.xpath("c:xVal//c:v")]
        assert number == thing["value"]
        assert number in numbers
        assert sorted(numbers)[len(numbers) // 2] == pytest.approx(thing["median"], abs=0.11)
    assert "change" in seen
    assert seen - {"change"}


def test_where_nothing_stands_out_the_slide_says_so(shipped_client: FlaskClient) -> None:
    """A sentence with how many were tried, and no chart."""
    slide = things_of(shipped_client, "0140")

    assert "Inget sticker ut i Nykvarn" in words(slide)
    assert not [shape for shape in slide.shapes if shape.has_chart]
