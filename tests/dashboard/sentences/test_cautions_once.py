"""A caution concerns several sentences of one narrative; its words are read once."""

import pytest

from dashboard.sentences.summary import narrative
from etl.catalogue import Lang
from tests.dashboard.speaking import (
    change_sentence,
    direction_sentences,
    line,
    rows,
    wording,
)

STUDYING, EMPLOYED = "studying_20_24", "employment_rate"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_change_and_direction_across_one_caution_word_it_once(lang: Lang) -> None:
    """2009 to 2010 changes over the caution of 2010, and 2005-2010 goes over it, too."""
    speaker = wording(STUDYING, lang)
    series = rows(STUDYING, {2005 + n: 30.0 + n for n in range(6)}, "0127", "_T", "stativ")
    words = next(mark.text[lang] for mark in speaker.indicator.breaks if mark.period == "2010")

    told = narrative(series, [line("0127")], speaker)

    assert change_sentence(series[-2], series[-1], speaker).endswith(words)
    assert all(text.endswith(words) for text in direction_sentences(series, speaker))
    assert told.change == change_sentence(series[-2], series[-1], speaker)
    assert told.directions == tuple(
        text.removesuffix(f" {words}") for text in direction_sentences(series, speaker)
    )
    assert " ".join(told.sentences).count(words) == 1


def test_directions_of_two_groups_share_their_cautions() -> None:
    """Both regions of birth pass the enlargements of 2004 and 2007: each is told once."""
    speaker = wording(EMPLOYED)
    years = range(2002, 2010)
    both = [
        *rows(EMPLOYED, {year: 40.0 + year - 2002 for year in years}, "01", "EUEESXN", "rams"),
        *rows(EMPLOYED, {year: 60.0 + year - 2002 for year in years}, "01", "VXEUEES", "rams"),
    ]
    cautions = [
        mark.text.sv
        for mark in speaker.indicator.breaks
        if mark.severity == "caution" and mark.period in {"2004", "2007"}
    ]

    told = narrative(both, [line("01", "EUEESXN"), line("01", "VXEUEES")], speaker)

    assert len(told.directions) == 2
    assert len(cautions) == 3  # that of 2004 for everybody, too
    text = " ".join(told.sentences)
    assert [text.count(words) for words in cautions] == [1, 1, 1]
    assert all(words in told.directions[0] for words in cautions)


def test_a_narrative_is_the_same_whenever_it_is_told() -> None:
    """The same rows give the same words."""
    series = rows(STUDYING, {2005 + n: 30.0 + n for n in range(6)}, "0127", "_T", "stativ")
    found = {narrative(series, [line("0127")], wording(STUDYING)) for _ in range(3)}

    assert len(found) == 1
