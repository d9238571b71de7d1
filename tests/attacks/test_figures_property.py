"""
After any sequence of runs every published figure is one of an answer that was not held back.

Hypothesis chooses what the source sends, and what a person and the network do between; a model of
three lines knows which answers were published. Nothing is read but what a reader would see.
"""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from etl.catalogue.standing import read_standing
from tests.attacks.figures import (
    COUNT,
    SHARE,
    Figures,
    Source,
    expected,
    of_people,
    people,
    source,
)

pytestmark = pytest.mark.slow  # whole runs of the pipeline

NAMES = {SHARE: "working_share", COUNT: "working"}
FALSE = ("zeros", "sexes", "hidden", "constant")


def answered(kind: str, number: int) -> Figures:
    """An answer of the source: true ones differ by a figure, false ones are false throughout."""
    figures = people()
    figures[0, 0, 0, COUNT, 0] += number
    figures[0, 0, 0, SHARE, 0] += number / 10
    if kind == "zeros":
        return np.zeros_like(figures)
    if kind == "sexes":
        return figures[:, [1, 0, 2]]
    if kind == "hidden":
        figures[number % 2 :: 2] = np.nan
    if kind == "constant":
        return np.full_like(figures, 50 + number % 9)
    if kind == "half":  # one content is false, the other true
        figures[:, :, :, COUNT] = 7
    return np.round(figures, 1)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("true", "half", *FALSE)),
        st.integers(1, 30),
        st.sampled_from(
            ("run", "run", "outage", "accept", "lose pointer", "damage", "build", "force")
        ),
    ),
    min_size=2,
    max_size=6,
)


def act(panel: Source, what: str) -> None:
    """What happens besides that the source answers."""
    if what == "outage":
        panel.etl("run", "--api", f"{panel.server.url}/nothing")
    elif what == "lose pointer":
        (panel.data / "warehouse.json").unlink()
        panel.run()
    elif what == "damage":
        file = panel.data / f"warehouse-{panel.version}.duckdb"
        file.write_bytes(file.read_bytes()[:4000])
        panel.run()
    elif what == "build":
        panel.etl("build")
    elif what == "force":
        panel.run("--force")
    else:
        panel.run()


@settings(
    max_examples=6,
    derandomize=True,
    phases=list(Phase)[:3],
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS)
@example(steps=[("true", 1, "outage"), ("half", 1, "damage")])
def test_every_published_figure_is_of_an_answer_that_was_not_held_back(
    steps: list[tuple[str, int, str]],
) -> None:
    """
    Content by content: all of it is of one answer, which is true or was accepted by a person.

    Or the run has said that no version was left to compare with.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        source(Path(folder) / "data", people()) as panel,
    ):
        assert panel.run().code == 0
        good = {content: [expected(people(), content)] for content in NAMES}
        believed = {SHARE: {"true", "half"}, COUNT: {"true"}}
        for kind, number, what in steps:
            figures = answered(kind, number)
            panel.answers(figures)
            for content in NAMES:
                if kind in believed[content]:
                    good[content].append(expected(figures, content))
            act(panel, what)
            if what == "accept":
                waiting = panel.held()
                accepting = [word for name in sorted(waiting) for word in ("--accept", name)]
                panel.etl("build", *accepting)
                for content, name in NAMES.items():
                    if name in waiting:  # as are others that are like it, from here on
                        believed[content].add(kind)
                        good[content].append(expected(figures, content))

            standing = read_standing(panel.data)
            if standing and standing.unguarded:  # said, with exit 3: no version could be read
                for content in NAMES:
                    believed[content].add(kind)
                    good[content].append(expected(figures, content))
            published = of_people(panel.published())
            for content, name in NAMES.items():
                of_content = {key: value for key, value in published.items() if key[0] == name}
                assert of_content in good[content], (kind, number, what, name)
