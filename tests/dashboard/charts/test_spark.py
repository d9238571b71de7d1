"""Small lines without an axis: what does not change looks flat, whatever the measure."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import spark
from dashboard.rules.thresholds import line_span
from etl.catalogue import Catalogue, Indicator
from etl.catalogue.loading import load
from tests.dashboard.warehouse import ROOT

SHIPPED: Catalogue = load(ROOT / "indicators.yaml")
HEIGHT, EDGE = 400, 50  # tenths of a pixel: of the picture, and above and below the line
SHARE = SHIPPED.indicator["employment_rate"]


def heights(values: list[float], indicator: Indicator) -> list[int]:
    """How far up each year of a line lies, in tenths of a pixel."""
    points = [(2000 + place, value) for place, value in enumerate(values)]
    svg = unquote(spark.spark_line([points], line_span(indicator, values)))
    (path,) = re.findall(r'<path d="M([^"]+)"', svg)
    return [HEIGHT - int(corner.split(" ")[1]) for corner in path.split("L")]


def test_half_a_point_of_a_share_is_a_tenth_of_the_height() -> None:
    """In level by the published rule, and nearly level to the eye; ten times as much fills it."""
    low, high = heights([76.0, 76.5], SHARE)
    assert high - low == (HEIGHT - 2 * EDGE) / 10

    low, high = heights([71.0, 76.0], SHARE)
    assert high - low == HEIGHT - 2 * EDGE


def test_a_line_that_moves_more_fills_the_height() -> None:
    """Nothing is cut off."""
    assert heights([20.0, 60.0, 40.0], SHARE) == [EDGE, HEIGHT - EDGE, HEIGHT // 2]


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30))
def test_no_line_leaves_its_picture_or_exaggerates(values: list[float]) -> None:
    """A point of a share is never more than a fifth of the height; order is kept."""
    drawn = heights(values, SHARE)
    largest = max(values)
    least = 5.0 if largest >= 10 else max(2.0, largest / 2)
    moved = (max(values) - min(values)) / max(least, max(values) - min(values))

    assert all(EDGE <= one <= HEIGHT - EDGE for one in drawn)
    assert max(drawn) - min(drawn) == pytest.approx(moved * (HEIGHT - 2 * EDGE), abs=1.01)


@pytest.mark.parametrize(
    ("id", "values", "span"),
    [
        ("employment_rate", [70.0, 80.0], 5.0),
        ("long_term_unemployment", [2.0, 3.0], 2.0),
        ("long_term_unemployment", [6.0, 8.0], 4.0),
        ("net_domestic_moves_share", [-1.5, 0.5], 2.0),
        ("mover_balance", [95.0, 104.0], 10.0),
        ("population", [90_000.0, 100_000.0], 20_000.0),
        ("net_migration", [-500.0, 300.0], 100.0),
        ("area_type", [2.0, 3.0], 4.0),
    ],
)
def test_the_span_follows_the_threshold_of_in_level(
    id: str, values: list[float], span: float
) -> None:
    """Ten times 0.5 points, 5 per cent of a low share (0.2 at least), 1, or 2 per cent."""
    assert line_span(SHIPPED.indicator[id], values) == pytest.approx(span)
