"""From which year to which a briefing draws and tells."""

from dataclasses import replace

import pytest

from dashboard.data.context import Context
from dashboard.panels.briefing import Briefing, briefing_content, drawn_years
from dashboard.state.url import parsed
from dashboard.state.visit import visited

ALL = [str(year) for year in range(2003, 2025)]


def made(context: Context, search: str) -> Briefing:
    """The briefing of a link, of the share in work in Huddinge, which has a figure every year."""
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        state = replace(parsed(search), region="0126", indicators=("employment_rate",))
        return briefing_content(
            visited(context, warehouse, "/briefing", state, current=warehouse.version)
        )


@pytest.mark.parametrize(
    ("search", "shown"),
    [("", ALL), ("?ar=2013-2018", ALL[10:16]), ("?ar=2003-2004", ALL[:2]), ("?ar=2024", ALL[-1:])],
)
def test_charts_sentences_and_row_have_the_first_and_the_last_year(
    context: Context, search: str, shown: list[str]
) -> None:
    """Both ends of the years of a link are among those that are drawn."""
    (chapter,) = made(context, search).chapters
    assert chapter.row is not None

    for panel in chapter.panels:
        assert sorted({row.period for row in panel.series}) == shown
    points = [year for line in chapter.row.content.lines for year, _ in line]
    assert points == [int(year) for year in shown]
    assert drawn_years([chapter]) == (shown[0], shown[-1])
    newest = chapter.row.content.newest
    assert newest is not None
    assert newest.period == shown[-1]


def test_the_link_that_stays_pins_the_first_year_that_is_drawn(context: Context) -> None:
    """Of the charts of all chapters together."""
    assert "ar=2003-2024" in made(context, "").frozen
    assert "ar=2013-2018" in made(context, "?ar=2013-2018").frozen
