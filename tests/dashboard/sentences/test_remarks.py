"""What is said beside a figure: unions, revisions and the notes that follow values."""

import pytest

from dashboard.sentences.figures import revision
from dashboard.sentences.notes import notes
from dashboard.sentences.unions import Union, union
from tests.dashboard.speaking import seen, shipped, voice

RATE, PEOPLE = "employment_rate", "population"
RULE = (
    "SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka fler än 5 har "
    "egenskapen."
)


@pytest.mark.parametrize(
    ("made", "swedish", "english"),
    [
        (
            Union("Hovsjö", 1, 1),
            "Uppgiften för Hovsjö är beräknad ur 1 RegSO-område.",
            "The figure for Hovsjö is calculated from 1 RegSO area.",
        ),
        (
            Union("Södertörn", 8, 7, "municipality", how="weighted"),
            (
                "Uppgiften för Södertörn är beräknad ur 7 av 8 kommuner; för den andra saknas "
                "uppgift. "
                "Uppgiften är ett vägt medel."
            ),
            (
                "The figure for Södertörn is calculated from 7 of 8 municipalities; the other is "
                "missing. The figure is a weighted mean."
            ),
        ),
        (
            Union("Jordbro", 3, 1),
            (
                "Uppgiften för Jordbro är beräknad ur 1 av 3 RegSO-områden; för de andra saknas "
                "uppgift."
            ),
            "The figure for Jordbro is calculated from 1 of 3 RegSO areas; the others are missing.",
        ),
        (
            Union("Alby", 2, 0, how="weighted"),
            "Uppgiften för Alby kan inte beräknas: den saknas för 2 av 2 RegSO-områden.",
            "The figure for Alby cannot be calculated: 2 of 2 RegSO areas have none.",
        ),
    ],
)
def test_a_union_says_how_whole_it_is(made: Union, swedish: str, english: str) -> None:
    """Whole, partial and empty unions each say so."""
    assert union(made, "sv") == swedish
    assert union(made, "en") == english


def test_a_revision_that_nobody_can_see_is_not_told() -> None:
    """76.71 and 76.74 are both 76.7; added and withdrawn figures are told."""
    old, new = seen(RATE, "0127", 2022, 76.71), seen(RATE, "0127", 2022, 76.74)
    gone = seen(RATE, "0127", 2022, None, status="..")

    assert revision(old, new, voice(RATE)) == ""
    assert revision(gone, new, voice(RATE, "en")).endswith("previous version: 76.7 per cent.")
    assert "tagit bort uppgiften för 2022, som var 76,7 procent" in revision(old, gone, voice(RATE))


def test_notes_follow_the_values_they_concern() -> None:
    """Origin and outcome by the indicator; noise, suppression and divisions by what is shown."""
    rate, people = shipped().indicator[RATE], shipped().indicator[PEOPLE]
    plain = [note.sv[:14] for note in notes([seen(RATE, "0127", 2023, 76.8)], rate)]
    hidden = [seen(RATE, "0127R001", 2024, None, status="..")]
    both = [seen(PEOPLE, "0127R001", 2023, 1.0), seen(PEOPLE, "0127R001_RegSO2025", 2025, 1.0)]

    assert plain == ["Födelseland är", "Måttet visar u"]
    assert RULE in [note.sv for note in notes(hidden, rate)]
    assert "Områdena följer RegSO-indelningen 2020." in [note.sv for note in notes(hidden, rate)]
    assert [note.en[:17] for note in notes(both, people, ordered=True)] == [
        "Country of birth ",
        "The order is not ",
        "Figures from 2025",
        "Areas of the RegS",
    ]
