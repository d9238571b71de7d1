"""Long pages on paper: sheets are filled, and what belongs together stays together."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.paper import FOOT, elements, empty, headings, lines, printed, sheets_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# and how many sheets they fill
LONG = {
    "/omraden?region=0180": 3,
    "/omraden?region=0127": 3,
    "/omraden?region=01": 6,
    "/rapport-2010": 9,
    "/rapport-2010?lang=en": 9,
}
TWO_LINES = 24  # points


@pytest.mark.parametrize("path", LONG)
def test_a_long_page_fills_its_sheets_and_cuts_nothing(
    whole: Visit, tmp_path: Path, path: str
) -> None:
    """
    At most a third of a sheet is empty but of the last, which has more than a line or two.

    No heading ends a sheet; no chart and no row of a table stands on two; no letter is left in
    the margin of the sheet before its own.
    """
    pdf = printed(whole.open(path), tmp_path / "long.pdf")
    *full, last = [empty(sheet) for sheet in pdf.pages]
    tree = pdf.Root.StructTreeRoot
    # The head of a table is written again on each sheet.
    rows = [one for one in elements(tree, "/TR") if any(elements(one, "/TD"))]
    charts = list(elements(tree, "/Figure"))

    assert len(pdf.pages) <= LONG[path]
    assert max(full) <= 1 / 3
    assert last <= 0.9
    assert [
        title for title, sheet, top in headings(pdf) if top - min(lines(sheet)) < TWO_LINES
    ] == []
    assert rows
    assert charts
    assert [one for one in (*rows, *charts) if len(sheets_of(one)) > 1] == []
    assert min(min(lines(sheet)) for sheet in pdf.pages) >= FOOT
