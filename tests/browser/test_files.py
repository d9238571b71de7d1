"""Every file that a page offers, clicked on, saved and read by another program."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Locator
from pptx import Presentation

from tests.browser.conftest import Visit
from tests.browser.reading import READERS, Figures
from tests.dashboard.warehouse import rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning"),
]

RATE = "employment_rate"
INDICATOR = f"/indikator/{RATE}?region=0127"
BRIEFING = f"/briefing?region=0127&indikatorer={RATE}"
SHOWN, WHOLE = 0, 1  # the lists of links under a view
NEWEST = 70.7  # Botkyrka in 2024


def truth(holds: Callable[[str, str], bool]) -> Figures:
    """What the warehouse was written with, of everybody, by indicator and region."""
    return {
        (indicator, region, period): value
        for indicator, region, period, sex, background, value, *_ in rows()
        if sex == background == "_T" and value is not None and holds(indicator, region)
    }


def saved(visit: Visit, link: Locator) -> tuple[str, bytes]:
    """The name and the content of what a link gives."""
    with visit.page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        (SHOWN, lambda indicator, region: indicator == RATE and region in {"0127", "01", "00"}),
        (WHOLE, lambda indicator, _: indicator == RATE),
    ],
    ids=["what is shown", "the whole indicator"],
)
def test_each_file_of_a_view_holds_its_figures(
    visit: Visit, place: int, holds: Callable[[str, str], bool]
) -> None:
    """Six formats of what is shown and of the whole indicator, digit by digit."""
    page = visit.open(INDICATOR)
    page.get_by_text("Ladda ner uppgifterna", exact=True).click()

    for words, reader in READERS.items():
        link = page.locator(".taking").get_by_role("link", name=words, exact=True).nth(place)
        name, content = saved(visit, link)
        assert name.startswith(f"exempeldata_{RATE}_"), words
        assert reader(content) == pytest.approx(truth(holds)), words


@pytest.mark.parametrize(
    ("search", "holds"),
    [
        ("", lambda *_: True),
        ("?indikatorer=net_migration", lambda indicator, _: indicator == "net_migration"),
    ],
    ids=["the whole catalogue", "a selection"],
)
def test_each_file_of_the_page_of_data_holds_what_is_chosen(
    visit: Visit, search: str, holds: Callable[[str, str], bool]
) -> None:
    """Six formats of the whole catalogue, or of the indicators that are ticked."""
    page = visit.open(f"/data{search}")

    for words, reader in READERS.items():
        link = page.locator(".downloads").get_by_role("link", name=words, exact=True).first
        _, content = saved(visit, link)
        assert reader(content) == pytest.approx(truth(holds)), words


def test_the_slides_of_a_briefing_hold_its_figures(visit: Visit) -> None:
    """The chart that PowerPoint opens has the newest figure of the region."""
    page = visit.open(BRIEFING)
    name, content = saved(visit, page.get_by_role("link", name="Ladda ner PowerPoint"))
    charts = [
        shape.chart
        for slide in Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    first = charts[0].plots[0]

    assert re.fullmatch(r"exempeldata_underlag_urval_0127-Botkyrka_2003-2024_.+\.pptx", name)
    assert first.categories[-1] == "2024"
    assert NEWEST in [series.values[-1] for series in first.series]


def test_the_sheets_of_a_briefing_are_a_pdf_of_the_page(visit: Visit) -> None:
    """What is saved has the heading of what was on the screen, as the title of the document."""
    page = visit.open(BRIEFING)
    heading = page.get_by_role("heading", level=1).inner_text()
    name, content = saved(visit, page.get_by_role("link", name="Ladda ner PDF"))

    assert re.fullmatch(r"exempeldata_underlag_urval_0127-Botkyrka_2003-2024_.+\.pdf", name)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert heading in str(pdf.docinfo["/Title"])
