"""Beside whom a region is shown over time when nobody has chosen."""

import pytest
from flask.testing import FlaskClient

from dashboard.state.comparison import likeness_words, with_known_weights
from dashboard.state.url import Notice, State
from etl.measures.similarity import VARIABLES
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.speaking import shipped

CRITERIA = frozenset({"rented_share", "foreign_born_share"})


@pytest.mark.parametrize(
    ("indicator", "asked", "columns"),
    [
        ("employment_rate", "", ["Botkyrka", "Stockholms län", "Riket"]),
        ("net_migration", "", ["Botkyrka"]),
        ("net_migration", "&jamfor=0126,00", ["Botkyrka", "Huddinge", "Riket"]),
    ],
)
def test_a_count_is_beside_county_and_country_only_where_a_reader_asks(
    client: FlaskClient, indicator: str, asked: str, columns: list[str]
) -> None:
    """On the axis of the country's number of persons a municipality's line lies flat."""
    page = shown(client, f"/indikator/{indicator}", f"?region=0127{asked}")
    (table,) = found(page, "Table")
    heads = [text(one) for one in found(table, "Th") if one["props"]["scope"] == "col"]

    assert heads[1:] == columns


def test_weights_of_unknown_criteria_are_said_and_the_others_are_used() -> None:
    """Nothing that a link asks for is dropped in silence."""
    state = with_known_weights(State(weights=(("population", 2), ("x", 1))), CRITERIA)

    assert state.weights == (("population", 2),)
    assert state.notices == (Notice("vikter", "x"),)


@pytest.mark.parametrize("skr", [0, 2])
def test_weights_that_leave_no_number_are_said_and_the_published_method_is_used(skr: int) -> None:
    """The main group alone tells nobody apart: a third of all would be equally near."""
    nothing = dict.fromkeys((*VARIABLES, "x"), 0) | {"skr": skr}
    state = with_known_weights(State(weights=tuple(nothing.items())), CRITERIA)

    assert state.weights == ()
    assert state.notices[-1].sentence == (
        "Minst ett kriterium som är ett tal behöver en vikt. "
        "Den publicerade metoden visas i stället."
    )


def test_own_criteria_are_told_with_every_weight_and_the_published_method_is_silent() -> None:
    """Whoever reads a heading can choose the same municipalities again."""
    catalogue = shipped()

    assert likeness_words(State(), catalogue) == ""
    assert likeness_words(State(neighbours=12), catalogue) == "de 12 närmaste"
    own = State(weights=(("aged_20_64_share", 0), ("population", 3), ("rented_share", 1)))
    assert likeness_words(own, catalogue) == (
        "de 7 närmaste enligt egna kriterier: folkmängd med vikt 3, födda utanför Europa, "
        "eftergymnasial utbildning, huvudgrupp enligt SKR och boende i hyresrätt"
    )
