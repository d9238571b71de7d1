"""What is said beside a figure: unions, revisions and the notes that follow values."""

from collections.abc import Sequence

import pytest

from dashboard.data.observation import Observation
from dashboard.sentences import notes as following
from dashboard.sentences.figures import revision_sentence
from dashboard.sentences.unions import UnionParts, union_sentence
from etl.catalogue import Indicator, Text
from tests.dashboard.speaking import seen, shipped, wording

RATE, PEOPLE = "employment_rate", "population"
RULE = (
    "SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka fler än 5 har "
    "egenskapen."
)


def notes_for(
    shown: Sequence[Observation], measured: Indicator, *, ordered: bool = False
) -> tuple[Text, ...]:
    """The notes of what is shown, by the shipped catalogue."""
    return following.notes_for(shown, measured, shipped(), ordered=ordered)


@pytest.mark.parametrize(
    ("made", "swedish", "english"),
    [
        (
            UnionParts("Hovsjö", 1, 1),
            "Uppgiften för Hovsjö är densamma som för dess enda RegSO-område.",
            "The figure for Hovsjö is that of its only RegSO area.",
        ),
        (
            UnionParts("Södertörn", 8, 7, "municipality", how="weighted"),
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
            UnionParts("Jordbro", 3, 1),
            (
                "Uppgiften för Jordbro är beräknad ur 1 av 3 RegSO-områden; för de andra saknas "
                "uppgift."
            ),
            "The figure for Jordbro is calculated from 1 of 3 RegSO areas; the others are missing.",
        ),
        (
            UnionParts("Alby", 2, 0, how="weighted"),
            "Uppgiften för Alby kan inte beräknas: den saknas för alla 2 RegSO-områden.",
            "The figure for Alby cannot be calculated: all 2 RegSO areas lack one.",
        ),
    ],
)
def test_a_union_says_how_whole_it_is(made: UnionParts, swedish: str, english: str) -> None:
    """Whole, partial and empty unions each say so."""
    assert union_sentence(made, "sv") == swedish
    assert union_sentence(made, "en") == english


def test_a_revision_that_nobody_can_see_is_not_told() -> None:
    """76.71 and 76.74 are both 76.7; added and withdrawn figures are told."""
    old, new = seen(RATE, "0127", 2022, 76.71), seen(RATE, "0127", 2022, 76.74)
    gone = seen(RATE, "0127", 2022, None, status="..")

    assert revision_sentence(old, new, wording(RATE)) == ""
    assert revision_sentence(gone, new, wording(RATE, "en")).endswith(
        "previous version: 76.7 per cent."
    )
    assert "tagit bort uppgiften för 2022, som var 76,7 procent" in revision_sentence(
        old, gone, wording(RATE)
    )


def test_notes_follow_the_values_they_concern() -> None:
    """Origin and outcome by the indicator; noise, suppression and divisions by what is shown."""
    rate, people = shipped().indicator[RATE], shipped().indicator[PEOPLE]
    plain = [note.sv[:14] for note in notes_for([seen(RATE, "0127", 2023, 76.8)], rate)]
    hidden = [seen(RATE, "0127R001", 2024, None, status="..")]
    both = [seen(PEOPLE, "0127R001", 2023, 1.0), seen(PEOPLE, "0127R001_RegSO2025", 2025, 1.0)]

    assert plain == ["Födelseland är", "Måttet visar u"]
    assert RULE in [note.sv for note in notes_for(hidden, rate)]
    assert "Områdena följer RegSO-indelningen 2020." in [
        note.sv for note in notes_for(hidden, rate)
    ]
    assert [note.en[:17] for note in notes_for(both, people, ordered=True)] == [
        "Country of birth ",
        "The order is not ",
        "The source makes ",
        "Counts under 10 f",
        "Areas whose bound",
    ]


@pytest.mark.parametrize(
    ("year", "value", "expected"), [(2025, 76.8, True), (2025, None, False), (2024, 76.8, False)]
)
def test_a_number_of_2025_or_later_has_noise(
    year: int, value: float | None, *, expected: bool
) -> None:
    """The cell key method protects numbers; where there is none, nothing was protected."""
    observations = [seen(RATE, "0127", year, value)]
    notes = [note.sv for note in notes_for(observations, shipped().indicator[RATE])]

    assert any(note.startswith("Källan gör små") for note in notes) is expected


@pytest.mark.parametrize(("name", "expected"), [(PEOPLE, False), (RATE, True)])
def test_the_noise_is_told_once_where_its_caution_stands_beside(
    name: str, *, expected: bool
) -> None:
    """The population has a caution of 2025 that says the same; employment has none."""
    observations = [seen(name, "0127", 2025, 76.8)]
    notes = following.following_notes(
        observations, shipped().indicator[name], shipped(), beside_marks=True
    )

    assert any(note.sv.startswith("Källan gör små") for note in notes) is expected


@pytest.mark.parametrize(
    ("division", "expected"),
    [("RegSO 2025", True), ("RegSO 2020", False), ("RegSO 2020/2025", False)],
)
def test_a_neighbourhood_says_that_a_border_changed_only_where_one_did(
    division: str, *, expected: bool
) -> None:
    """Albyberget changed; Rinkeby is one area, the same in both divisions, and says nothing."""
    figure = seen(RATE, "stadsdel-alby", 2024, 76.8)._replace(
        members=("0127R001", "0127R002"), division=division
    )
    plain = notes_for([seen(RATE, "0127", 2024, 76.8)], shipped().indicator[RATE])
    notes = notes_for([figure], shipped().indicator[RATE])

    assert (len(notes) == len(plain) + 1) is expected
    assert any(note.sv.startswith("Gränsen för ett område") for note in notes) is expected


@pytest.mark.parametrize(
    ("divisions", "expected"),
    [
        (("RegSO 2020/2025",), ""),
        (("RegSO 2020/2025", "RegSO 2025"), "Områdena följer RegSO-indelningen 2025."),
        (("RegSO 2020/2025", "RegSO 2020"), "Områdena följer RegSO-indelningen 2020."),
    ],
)
def test_an_area_that_is_the_same_in_both_follows_either_division(
    divisions: tuple[str, ...], expected: str
) -> None:
    """Beside areas of one division there is nothing else to say than that division."""
    shown = [
        seen(RATE, f"0127R00{number}", 2024, 70.0)._replace(division=division)
        for number, division in enumerate(divisions)
    ]
    told = [note.sv for note in notes_for(shown, shipped().indicator[RATE]) if "RegSO" in note.sv]

    assert told == ([expected] if expected else [])
