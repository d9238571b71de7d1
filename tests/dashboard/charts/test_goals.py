"""Targets on the page: only on the years, measure and region they are for, and only if given."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.charts.line_chart import Goal, goal_labels
from dashboard.data.context import opened
from dashboard.data.targets import read_targets
from dashboard.server.app import create_app
from dashboard.text.format import Look
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.speaking import seen, shipped
from tests.dashboard.warehouse import CATALOGUE, ROOT

EMPLOYMENT = "/indikator/employment_rate"
GOAL = """
targets:
  - indicator: employment_rate
    regions: ["0127"]
    value: 75.0
    measure: bas
    ages: "20-64"
    owner: {sv: Exempelnämnden, en: The example board}
    years: {from: 2023, to: 2030}
    source: Påhittat beslut
"""


@pytest.fixture
def aimed(data: Path, tmp_path: Path) -> FlaskClient:
    """The application with one target."""
    path = tmp_path / "targets.yaml"
    path.write_text(GOAL, encoding="utf-8")
    server: Flask = create_app(opened(data, CATALOGUE, path)).server
    return server.test_client()


def drawn(page: Any) -> list[Any]:
    """The lines of targets on the chart of a page."""
    (graph,) = found(page, "Graph")
    shapes = graph["props"]["figure"]["layout"]["shapes"]
    return [shape for shape in shapes if shape["name"] == "target"]


def test_a_target_is_a_line_over_the_years_it_concerns(aimed: FlaskClient) -> None:
    """For 2023-2030, with figures to 2024: drawn 2023-2024, never over RAMS or the future."""
    page = shown(aimed, EMPLOYMENT, "?region=0127")
    (line,) = drawn(page)
    (graph,) = found(page, "Graph")
    layout = graph["props"]["figure"]["layout"]

    assert (line["x0"], line["x1"]) == (2022.6, 2024.4)
    assert line["y0"] == line["y1"] == 75.0
    assert (line["line"]["dash"], line["line"]["width"]) == ("dash", 1)
    assert layout["yaxis"]["range"][0] < 75 < layout["yaxis"]["range"][1]
    assert "Mål 2030:<br>Exempelnämnden" in [one["text"] for one in layout["annotations"]]


def test_a_target_stands_in_the_margin_with_owner_years_and_source(aimed: FlaskClient) -> None:
    """Whose, how much, between which years, by which decision, and how far the figure is."""
    told = text(found(shown(aimed, EMPLOYMENT, "?region=0127"), "Aside"))

    assert "2023–2030 Exempelnämndens mål är 75 procent år 2030." in told
    assert "4,3 procentenheter under målet" in told
    assert "Källa: Påhittat beslut." in told


@pytest.mark.parametrize(
    "search",
    ["?region=0126&jamfor=00", "?region=0127&bakgrund=SE", "?region=0127&kon=2,1&jamfor="],
)
def test_a_target_is_for_everybody_of_its_own_region(aimed: FlaskClient, search: str) -> None:
    """Not for another region, nor for a group or a sex."""
    page = shown(aimed, EMPLOYMENT, search)

    assert drawn(page) == []
    assert "Exempelnämnden" not in text(page)


def test_without_a_file_no_target_is_drawn(client: FlaskClient) -> None:
    """None ships."""
    assert drawn(shown(client, EMPLOYMENT, "?region=0127")) == []


@pytest.mark.slow
def test_a_faulty_file_of_targets_stops_the_server_with_every_problem(tmp_path: Path) -> None:
    """Exit 2 and a sentence for each fault; under gunicorn the import fails with the same words."""
    path = tmp_path / "targets.yaml"
    path.write_text(GOAL.replace("measure: bas", "measure: aku") + GOAL.partition("targets:\n")[2]
                    .replace("employment_rate", "happiness"), encoding="utf-8")  # fmt: skip
    given = ["--catalogue", str(CATALOGUE), "--data", str(tmp_path), "--port", "0"]
    started, imported = (
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={
                **os.environ,
                "INTEGRATION_TARGETS": str(path),
                "INTEGRATION_CATALOGUE": str(CATALOGUE),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        for command in (
            ["-m", "dashboard", *given, "--targets", str(path)],
            ["-c", "import dashboard.wsgi"],
        )
    )

    assert started.returncode == 2
    assert imported.returncode != 0
    for told in (started.stderr, imported.stderr):
        assert "targets.yaml: target 1: measure: 'aku'" in told
        assert "targets.yaml: target 2: indicator: 'happiness'" in told


@pytest.mark.parametrize(
    ("values", "side"),
    [
        ([], "bottom"),
        ([81.0, 82.0, 79.0], "top"),
        ([79.0, 78.0, 81.0], "bottom"),
        ([99.0], "bottom"),
    ],
)
def test_the_words_of_a_target_stand_where_fewer_values_are(
    values: list[float], side: str, tmp_path: Path
) -> None:
    """At 80 with room of 5: under the line when more values are near above it."""
    path = tmp_path / "targets.yaml"
    path.write_text(GOAL.replace("75.0", "80.0").replace('ages: "20-64"', 'ages: "20-65"'), "utf-8")
    (target,) = read_targets(path, shipped())
    goal = Goal(target, 2023, seen("employment_rate", "0127", 2024, 76.0))

    (label,) = goal_labels([goal], values, 5.0, Look("sv"))

    assert label["yanchor"] == side
