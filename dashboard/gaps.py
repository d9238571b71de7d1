"""
What is said of two groups of one region and year: the gap by sex, by origin, by education.

Pure. Both must have a number in the same segment; `comparison` decides.
"""

from dashboard.comparison import difference
from dashboard.observation import Observation
from dashboard.phrases import said
from dashboard.sentences import cautioned, incomparable
from dashboard.wording import Voice, apart, group, people, those, value
from etl.catalogue import TOTAL

DIMENSIONS = ("sex", "background", "education")


def gap(one: Observation, other: Observation, voice: Voice) -> str:
    """Two groups of one region and year, in the order of the catalogue, and what parts them."""
    one, other = _in_order(one, other, voice)
    found = difference(one, other, voice.indicator)
    if found.value is None:
        return incomparable(found, voice)
    phrase = voice.phrase(one.segment)
    size = apart(found.value, one.segment, voice)
    closing = said("gap_level" if found.level else "gap_difference", voice.lang, difference=size)
    shares = phrase.whole and phrase.state
    text = _shares(one, other, voice) if shares else _values(one, other, voice)
    return cautioned(f"{text} {closing}", found.verdict.cautions, voice)


def _shares(one: Observation, other: Observation, voice: Voice) -> str:
    """Two shares inside what the groups have in common."""
    lang, phrase = voice.lang, voice.phrase(one.segment)
    dimension = _apart_in(one, other)
    sex, background, education = (
        TOTAL if name == dimension else getattr(one, name) for name in DIMENSIONS
    )
    about = group(one._replace(sex=sex, background=background, education=education), voice)
    there = voice.there(one.region)
    return said(
        "gap_share",
        lang,
        period=one.period,
        one=value(one, voice),
        other=value(other, voice),
        verb=phrase.verb[lang],
        those=those(dimension, getattr(one, dimension), voice),
        them=those(dimension, getattr(other, dimension), voice),
        state=phrase.state[lang] if phrase.state else "",
        among=said("among", lang, people=about.people, where=there, who=about.who),
    )


def _values(one: Observation, other: Observation, voice: Voice) -> str:
    return said(
        "gap_is",
        voice.lang,
        period=one.period,
        one=value(one, voice),
        other=value(other, voice),
        subject=voice.phrase(one.segment).subject[voice.lang],
        those=people(one, voice),
        them=people(other, voice),
        where=voice.there(one.region),
    )


def _apart_in(one: Observation, other: Observation) -> str:
    """The dimension in which two groups differ; sex when they do not."""
    different = [name for name in DIMENSIONS if getattr(one, name) != getattr(other, name)]
    return different[0] if different else "sex"


def _in_order(
    one: Observation, other: Observation, voice: Voice
) -> tuple[Observation, Observation]:
    """Women before men, born in Sweden before foreign-born: as the catalogue lists them."""
    order = list(voice.catalogue.category)
    dimension = _apart_in(one, other)

    def place(each: Observation) -> int:
        code = (dimension, getattr(each, dimension))
        return order.index(code) if code in order else len(order)

    return (one, other) if place(one) <= place(other) else (other, one)
