"""
What is said of the direction of a series: its latest stretch and the longest older one.

Pure. How a direction is found is in `direction`.
"""

from collections.abc import Iterable

from dashboard import format
from dashboard.direction import FEWEST, Direction, direction
from dashboard.observation import Observation, shown
from dashboard.phrases import said
from dashboard.sentences import cautioned
from dashboard.stretches import described, unbroken
from dashboard.wording import Voice, bare, topic, value, with_unit


def directions(series: Iterable[Observation], voice: Voice) -> tuple[str, ...]:
    """The sentences of the latest stretch and of the longest older one, latest first."""
    latest, older = described(unbroken(series, voice.indicator))
    sentences = []
    for stretch in (latest, older):
        found = direction(stretch, voice.indicator) if stretch else None
        if found:
            sentences.append(directed(found, voice, older=stretch is older))
    return tuple(sentences)


def directed(found: Direction, voice: Voice, *, older: bool = False) -> str:
    """The direction of one stretch; of an `older` one that is too short its years are told."""
    if found.word == "short":
        return _short(found, voice, older=older)
    text = _unclear(found, voice) if found.word == "none" else _clear(found, voice)
    return cautioned(text, found.cautions, voice)


def _clear(found: Direction, voice: Voice) -> str:
    first, last = found.observations[0], found.observations[-1]
    return said(
        "clear",
        voice.lang,
        span=_span(found),
        word=said(found.word, voice.lang),
        topic=topic(last, voice),
        start=bare(first, voice),
        end=value(last, voice),
    )


def _unclear(found: Direction, voice: Voice) -> str:
    last, lang = found.observations[-1], voice.lang
    decimals = voice.indicator.decimals
    low, high = (shown(each, decimals) for each in found.range)
    return said(
        "constant" if low == high else "unclear",
        lang,
        span=_span(found),
        topic=topic(last, voice),
        it=said("it_neuter" if voice.phrase(last.segment).neuter else "it_common", lang),
        low=format.number(low, decimals, lang),
        high=with_unit(format.number(high, decimals, lang), last.segment, voice),
    )


def _short(found: Direction, voice: Voice, *, older: bool) -> str:
    count, lang = len(found.observations), voice.lang
    if older:
        return said("short_older_one" if count == 1 else "short_older", lang, span=_span(found))
    key = "short_after" if found.after else "short"
    year = found.after.period[:4] if found.after else ""
    if count == 1:
        return said(f"{key}_one", lang, year=year)
    return said(key, lang, year=year, count=_words(count, voice))


def _words(count: int, voice: Voice) -> str:
    """A number of years under the fewest, in letters."""
    if not 2 <= count < FEWEST:
        raise ValueError(f"{count} years are not too few; expected 2 to {FEWEST - 1}")
    return said(f"counted_{count}", voice.lang)


def _span(found: Direction) -> str:
    return format.periods(found.observations[0].period, found.observations[-1].period)
