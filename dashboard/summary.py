"""
What a series says, in order: its level, its latest change, its direction.

Pure. The sentences are those of `sentences` and `directions`; caption, text alternative, note
of a slide and briefing join these.
"""

from collections.abc import Iterable

from dashboard.directions import directions
from dashboard.observation import Observation
from dashboard.sentences import change, missing, stated
from dashboard.stretches import later_breaks
from dashboard.wording import Voice


def summary(series: Iterable[Observation], voice: Voice) -> tuple[str, ...]:
    """
    The sentences of one series; none for one without observations.

    A newest year without a number is told as missing before the latest level. The change is
    that of the latest two years with a number: across a break it is told why there is none.
    """
    ordered = sorted(series, key=lambda one: one.year)
    present = [one for one in ordered if one.present]
    sentences = [missing(one, voice) for one in ordered[-1:] if not one.present]
    if not present:
        return tuple(sentences)
    sentences.append(stated(present[-1], voice))
    if len(present) > 1:
        broken = later_breaks(present[-1], ordered[-1], voice.indicator)
        sentences.append(change(present[-2], present[-1], voice, broken))
    return (*sentences, *directions(ordered, voice))
