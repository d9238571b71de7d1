"""Targets of a region's own: read whole or not at all, told only where they hold."""

from pathlib import Path

import pytest

from dashboard.data.targets import LocalTarget, applying_targets, read_targets
from dashboard.sentences.figures import genitive, target_sentence
from etl.catalogue import CatalogueError
from tests.dashboard.speaking import seen, shipped, wording

GOOD = """
targets:
  - indicator: employment_rate
    regions: ["0127"]
    value: 80.0
    measure: bas
    ages: "20-65"
    owner: {sv: Botkyrka kommun, en: The municipality of Botkyrka}
    years: {from: 2022, to: 2030}
    source: Kommunfullmäktige, påhittat beslut
"""
BAD = """
targets:
  - indicator: employment_rate
    regions: ["0127"]
    value: 80.0
    measure: aku
    ages: "15-74"
    owner: {sv: Botkyrka kommun, en: The municipality of Botkyrka}
    years: {from: 2022, to: 2030}
    source: x
  - indicator: happiness
    regions: ["0127"]
    value: 80.0
    measure: bas
    ages: "20-65"
    owner: {sv: Botkyrka kommun, en: The municipality of Botkyrka}
    years: {from: 2030, to: 2022}
    source: x
  - indicator: employment_rate
    regions: [0127]
    value: 80.0
    measure: bas
    ages: "20-65"
    years: {from: 2022}
    source: x
  - indicator: employment_rate
    regions: ["0127"]
    value: 80.0
    measure: bas
    ages: "20-64"
    owner: {sv: Botkyrka kommun, en: The municipality of Botkyrka}
    years: {from: 2022}
    source: x
"""


def read(tmp_path: Path, text: str) -> tuple[LocalTarget, ...]:
    """The targets of a file with this text."""
    path = tmp_path / "targets.yaml"
    path.write_text(text, encoding="utf-8")
    return read_targets(path, shipped())


def test_without_a_file_there_are_no_targets() -> None:
    """None ships switched on."""
    assert read_targets(None, shipped()) == ()


def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    """Four entries, four faults, one message each; nothing is half read."""
    with pytest.raises(CatalogueError) as error:
        read(tmp_path, BAD)

    told = str(error.value)
    for part in ("target 1: measure: 'aku'", "target 2: ", "2030", "target 3: regions.0",
                 "target 3: owner", "target 4: ages: '20-64', but bas has '20-65'"):  # fmt: skip
        assert part in told


@pytest.mark.parametrize("text", ["- 1", "targets: 3", "goals: []", "targets: [", "a: {b"])
def test_a_file_of_another_shape_is_refused_in_words(tmp_path: Path, text: str) -> None:
    """What is no list of targets says what was expected."""
    with pytest.raises(CatalogueError, match=r"targets\.yaml"):
        read(tmp_path, text)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Of two values YAML would keep the last without a word."""
    with pytest.raises(CatalogueError, match="line 6: the key 'value' stands twice"):
        read(tmp_path, GOOD.replace("    value: 80.0", "    value: 80.0\n    value: 75.0"))


def test_a_target_is_drawn_only_on_its_own_measure(tmp_path: Path) -> None:
    """BAS in Botkyrka 2022-2030, everybody: not RAMS, not women, not another region."""
    goals = read(tmp_path, GOOD)
    name = "employment_rate"

    assert applying_targets(goals, [seen(name, "0127", 2023, 76.8)]) == goals
    for other in (
        seen(name, "0127", 2021, 74.0),
        seen(name, "0127", 2031, 74.0),
        seen(name, "0180", 2023, 80.5),
        seen(name, "0127", 2023, 75.0, sex="2"),
        seen("open_unemployment", "0127", 2023, 12.0),
    ):
        assert applying_targets(goals, [other]) == ()


def test_a_target_is_told_only_where_it_holds(tmp_path: Path) -> None:
    """No sentence measures RAMS against a goal for BAS."""
    (goal,) = read(tmp_path, GOOD)

    with pytest.raises(ValueError, match="does not concern"):
        target_sentence(
            goal, seen("employment_rate", "0127", 2021, 74.0), wording("employment_rate")
        )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (81.0, "År 2023 var andelen 81,0 procent, 1,0 procentenheter över målet."),
        (80.04, "År 2023 var andelen 80,0 procent, lika med målet."),
    ],
)
def test_a_figure_stands_over_or_at_its_target(tmp_path: Path, value: float, expected: str) -> None:
    """As displayed: 80.04 is 80.0."""
    (goal,) = read(tmp_path, GOOD)
    text = target_sentence(
        goal, seen("employment_rate", "0127", 2023, value), wording("employment_rate")
    )

    assert text == f"Botkyrka kommuns mål är 80 procent år 2030. {expected}"


def test_a_hidden_figure_is_not_measured_against_a_target(tmp_path: Path) -> None:
    """The goal stands; the figure is told as missing."""
    (goal,) = read(tmp_path, GOOD)
    one = seen("employment_rate", "0127", 2023, None, status="..")

    assert "Ingen andel redovisas" in target_sentence(goal, one, wording("employment_rate"))


@pytest.mark.parametrize(
    ("owner", "expected"), [("Regionen", "Regionens"), ("Borås", "Borås"), ("Alvesta", "Alvestas")]
)
def test_a_swedish_owner_takes_one_s(owner: str, expected: str) -> None:
    """Names in s take none."""
    assert genitive(owner, "sv") == expected
