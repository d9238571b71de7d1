"""
What is said of observations, in Swedish and English: the same input gives the same words.

Pure. Caption, text alternative, note of a slide and text of a briefing are these sentences.
Every comparison goes through `comparison`: what may not be compared is answered with why,
what has no number with that it is missing; words of caution follow what they concern. A
sentence names no cause and judges nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.codes import DIMENSIONS
from dashboard.data.observation import Observation, shown
from dashboard.data.targets import LocalTarget
from dashboard.rules.comparison import Difference, difference, in_level, reach
from dashboard.rules.direction import FEWEST, Direction, direction
from dashboard.rules.gaps import Gap, latest
from dashboard.rules.stretches import described, unbroken
from dashboard.sentences.wording import (
    Voice,
    apart,
    bare,
    group,
    people,
    short,
    signed,
    tail,
    those,
    topic,
    value,
    with_unit,
)
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import TOTAL, Break, Lang, Phrase, Text
from etl.catalogue.regions import region_level

SMALL = frozenset({"regso", "stadsdel"})


def stated(one: Observation, voice: Voice, parts: Sequence[tuple[Observation, Text]] = ()) -> str:
    """
    The level with its denominator; of a missing one that it is missing, and why.

    `parts` are those that a count is the sum of, each with its name ("mot utlandet"); they
    are told when all of them have a number.
    """
    if not one.present:
        return missing(one, voice)
    phrase, lang = voice.phrase(one.segment), voice.lang
    if phrase.against:
        return _ratio(one, voice, phrase)
    about = group(one, voice)
    blanks = {"period": one.period, "value": value(one, voice), "topic": topic(one, voice)}
    if about.everybody and phrase.whole and phrase.state:
        return term(
            "level_share",
            lang,
            verb=phrase.verb[lang],
            whole=phrase.whole[lang],
            state=phrase.state[lang],
            where=voice.there(one.region),
            **blanks,
        )
    if not (about.everybody and phrase.noun):
        return term("level_is", lang, **blanks) + "."
    place, noun = voice.place(one.region), phrase.noun[lang]
    text = term("level_has", lang, place=place, noun=noun, **blanks)
    if not parts or not all(part.present for part, _ in parts):
        return text + "."
    told = [f"{signed(part, voice)} {name[lang]}" for part, name in parts]
    return term("explained", lang, level=text, meaning=enumerated(told, lang))


def _ratio(one: Observation, voice: Voice, phrase: Phrase) -> str:
    """A ratio, what it means on its side of 100, and that small areas vary."""
    lang, against = voice.lang, phrase.against
    if against is None:
        raise ValueError(f"{one.indicator}: nothing says what its ratio is against")
    beyond = shown(one.number, voice.indicator.decimals) - 100
    meaning = against.above if beyond > 0 else against.below
    if in_level(beyond, 100, voice.indicator):
        meaning = against.level
    blanks = {"period": one.period, "value": value(one, voice), "topic": topic(one, voice)}
    told = term("level_is", lang, **blanks)
    if group(one, voice).everybody:
        where, subject = capital(voice.there(one.region)), phrase.subject[lang]
        told = term("level_there", lang, where=where, subject=subject, **blanks)
    text = term("explained", lang, level=told, meaning=meaning[lang])
    small = against.small if region_level(one.region) in SMALL else None
    return f"{text} {small[lang]}" if small else text


def comparison(one: Observation, other: Observation, voice: Voice) -> str:
    """How a region stands to another in the same year and group, after its level was stated."""
    found = difference(one, other, voice.indicator)
    if found.value is None:
        return incomparable(found, voice)
    lang, there = voice.lang, voice.there(other.region)
    if found.level:
        text = term(
            "same",
            lang,
            short=capital(short(one, voice)),
            tail=tail(one, voice),
            value=value(one, voice),
            other_short=short(other, voice),
            where=there,
            other=value(other, voice),
        )
    else:
        text = term(
            "differs",
            lang,
            difference=_plain(found, voice),
            word=term("higher" if found.value > 0 else "lower", lang),
            where=there,
            short=short(other, voice),
            value=value(other, voice),
        )
    return cautioned(text, found.verdict.cautions, voice)


def change(
    earlier: Observation, later: Observation, voice: Voice, broken: Sequence[str] = ()
) -> str:
    """The change between two years; `broken` are later years of a break (`later_breaks`)."""
    found = difference(later, earlier, voice.indicator)
    if found.value is None:
        return incomparable(found, voice)
    lang, neuter = voice.lang, voice.phrase(later.segment).neuter
    blanks = {
        "first": earlier.period,
        "last": later.period,
        "topic": topic(later, voice),
        "start": bare(earlier, voice),
        "end": value(later, voice),
    }
    if found.level:
        same = term("same_neuter" if neuter else "same_common", lang)
        text = term("unchanged", lang, same=same, **blanks)
    else:
        word = term("rose" if found.value > 0 else "fell", lang)
        size = apart(found.value, later.segment, voice)
        text = term("changed", lang, word=word, difference=size, **blanks)
    if broken:
        text += " " + term("broken_later", lang, years=enumerated(list(broken), lang))
    return cautioned(text, found.verdict.cautions, voice)


def missing(one: Observation, voice: Voice) -> str:
    """That there is no number, the source's symbol, and why as far as it is known."""
    lang = voice.lang
    everybody = group(one, voice).everybody
    there = voice.there(one.region)
    blanks = {"where": there, "period": one.period, "people": people(one, voice)}
    if not one.status:
        return capital(term("figure_absent_all" if everybody else "figure_absent", lang, **blanks))
    share = voice.indicator.measure == "share"
    none = term("none_share" if share else "none_other", lang)
    key, symbol = "figure_hidden_all" if everybody else "figure_hidden", format.symbol(one.status)
    text = capital(term(key, lang, none=none, symbol=symbol, **blanks))
    if one.status == ".":
        return f"{text} {term('figure_impossible', lang)}"
    if one.status == ".." and share and one.kind == "published":
        return f"{text} {term('rule_of_twenty', lang)}"
    return text


def not_yet(period: str, latest: str, lang: Lang) -> str:
    """That a year has not come yet, and which is the latest."""
    return term("not_yet", lang, period=period, latest=latest)


def incomparable(found: Difference, voice: Voice) -> str:
    """Why two observations are not compared: the words of the breaks between, or the lack."""
    verdict, lang = found.verdict, voice.lang
    if verdict.reason == "missing":
        return " ".join(missing(one, voice) for one in verdict.missing)
    if verdict.reason != "break":
        return term(f"cannot_{verdict.reason}", lang)
    first, last = sorted((found.one.period, found.other.period))
    general = term("cannot", lang, first=first, last=last)
    reasons = list(dict.fromkeys(mark.text[lang] for mark in verdict.breaks))
    told = any(reason.startswith(general.rstrip(".")) for reason in reasons)
    return " ".join(reasons if told else [general, *reasons])


def cautioned(text: str, cautions: Iterable[Break], voice: Voice) -> str:
    """The text, followed by the words of every caution that concerns it, each once."""
    words = dict.fromkeys(mark.text[voice.lang] for mark in cautions)
    return " ".join([text, *words])


def _plain(found: Difference, voice: Voice) -> str:
    """The size of a difference; of counts without unit, for persons are not "lower"."""
    size = abs(found.value or 0)
    if voice.indicator.measure == "count":
        return format.number(size, voice.indicator.decimals, voice.lang)
    return apart(size, found.one.segment, voice)


@dataclass(frozen=True)
class Printed:
    """A share as an older report printed it, with its decimals, and of whom."""

    value: float
    decimals: int
    who: Text


def target(goal: LocalTarget, one: Observation, voice: Voice) -> str:
    """
    A target, whose it is, and how far the figure is from it.

    Raises:
        ValueError: when the target is not one of this series (see `targets.applying`).

    """
    if not goal.concerns(one):
        raise ValueError(f"the target of {goal.indicator} does not concern {one.region}")
    lang = voice.lang
    year = goal.years.last or goal.years.first
    text = term(
        "target" if goal.years.last else "target_open",
        lang,
        owner=genitive(goal.owner[lang], lang),
        goal=with_unit(_shortest(goal.value, voice), one.segment, voice),
        year=year,
    )
    if not one.present:
        return f"{text} {missing(one, voice)}"
    decimals = voice.indicator.decimals
    apart_by = round(shown(one.number, decimals) - shown(goal.value, decimals), decimals)
    blanks = {"period": one.period, "short": short(one, voice), "value": value(one, voice)}
    if apart_by == 0:
        return f"{text} {term('target_met', lang, **blanks)}"
    word = term("over" if apart_by > 0 else "under", lang)
    size = apart(apart_by, one.segment, voice)
    return f"{text} {term('target_apart', lang, difference=size, word=word, **blanks)}"


def genitive(owner: str, lang: Lang) -> str:
    """Whose: "Regionens", "The region's"; a Swedish name in s, x or z stands as it is."""
    if lang == "en":
        return f"{owner}'s"
    return owner if owner.endswith(("s", "x", "z")) else f"{owner}s"


def revision(old: Observation, new: Observation, voice: Voice) -> str:
    """What the source changed between two versions of one cell; "" when nothing is seen."""
    lang, decimals = voice.lang, voice.indicator.decimals
    before, after = (
        format.number(one.number, decimals, lang) if one.present else "" for one in (old, new)
    )
    if before == after:
        return ""
    was, now = (with_unit(text, new.segment, voice) for text in (before, after))
    if not before:
        return term("revised_added", lang, period=new.period, new=now)
    if not after:
        return term("revised_removed", lang, period=new.period, old=was)
    return term("revised", lang, period=new.period, old=before, new=now)


def report_gap(
    one: Printed, other: Printed, voice: Voice, *, segment: str, region: str, period: str
) -> str:
    """Two printed shares of the 2010 report and about how far apart, in the coarser's decimals."""
    lang, phrase = voice.lang, voice.phrase(segment)
    first, second = (format.number(each.value, each.decimals, lang) for each in (one, other))
    decimals = min(one.decimals, other.decimals)
    size = format.number(abs(one.value - other.value), decimals, lang)
    return term(
        "report_2010_gap",
        lang,
        verb=phrase.verb[lang],
        one=with_unit(first, segment, voice),
        other=with_unit(second, segment, voice),
        those=one.who[lang],
        them=other.who[lang],
        state=phrase.state[lang] if phrase.state else "",
        where=voice.there(region),
        period=period,
        difference=f"{size} {term('point' if size == '1' else 'points', lang)}",
    )


def _shortest(number: float, voice: Voice) -> str:
    """A goal without decimals that are zero: 80, 80,5."""
    decimals = 0 if float(number).is_integer() else voice.indicator.decimals
    return format.number(number, decimals, voice.lang)


def gap(one: Observation, other: Observation, voice: Voice) -> str:
    """Two groups of one region and year, in the order of the catalogue, and what parts them."""
    one, other = _in_order(one, other, voice)
    found = difference(one, other, voice.indicator)
    if found.value is None:
        return incomparable(found, voice)
    phrase = voice.phrase(one.segment)
    size = apart(found.value, one.segment, voice)
    closing = term("gap_level" if found.level else "gap_difference", voice.lang, difference=size)
    shares = phrase.whole and phrase.state
    text = _shares(one, other, voice) if shares else _values(one, other, voice)
    return cautioned(f"{text} {closing}", found.verdict.cautions, voice)


def _shares(one: Observation, other: Observation, voice: Voice) -> str:
    """Two shares inside what the groups have in common."""
    lang, phrase = voice.lang, voice.phrase(one.segment)
    dimension = _apart_in(one, other)
    common = one.group._replace(**{dimension: TOTAL})
    about = group(one._replace(**common._asdict()), voice)
    there = voice.there(one.region)
    return term(
        "gap_share",
        lang,
        period=one.period,
        one=value(one, voice),
        other=value(other, voice),
        verb=phrase.verb[lang],
        those=those(dimension, getattr(one, dimension), voice),
        them=those(dimension, getattr(other, dimension), voice),
        state=phrase.state[lang] if phrase.state else "",
        among=term("among", lang, people=about.people, where=there, who=about.who),
    )


def _values(one: Observation, other: Observation, voice: Voice) -> str:
    return term(
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
    return term(
        "direction_clear",
        voice.lang,
        span=_span(found),
        word=term(f"direction_{found.word}", voice.lang),
        topic=topic(last, voice),
        start=bare(first, voice),
        end=value(last, voice),
    )


def _unclear(found: Direction, voice: Voice) -> str:
    last, lang = found.observations[-1], voice.lang
    decimals = voice.indicator.decimals
    low, high = (shown(each, decimals) for each in found.range)
    return term(
        "direction_constant" if low == high else "direction_unclear",
        lang,
        span=_span(found),
        topic=topic(last, voice),
        it=term("it_neuter" if voice.phrase(last.segment).neuter else "it_common", lang),
        low=format.number(low, decimals, lang),
        high=with_unit(format.number(high, decimals, lang), last.segment, voice),
    )


def _short(found: Direction, voice: Voice, *, older: bool) -> str:
    count, lang = len(found.observations), voice.lang
    if older:
        return term("too_few_older_one" if count == 1 else "too_few_older", lang, span=_span(found))
    key = "too_few"
    if found.after:
        key = "too_few_since" if found.after.new_source else "too_few_after"
    year = found.after.period[:4] if found.after else ""
    if count == 1:
        return term(f"{key}_one", lang, year=year)
    return term(key, lang, year=year, count=_words(count, voice))


def _words(count: int, voice: Voice) -> str:
    """A number of years under the fewest, in letters."""
    if not 2 <= count < FEWEST:
        raise ValueError(f"{count} years are not too few; expected 2 to {FEWEST - 1}")
    return term(f"counted_{count}", voice.lang)


def _span(found: Direction) -> str:
    return format.periods(found.observations[0].period, found.observations[-1].period)


def gap_change(series: Sequence[Gap], voice: Voice) -> str:
    """How the difference moved over the latest stretch, without judging; "" for under two years."""
    stretch = latest(series, voice.indicator)
    if len(stretch) < 2:
        return ""
    before, after = stretch[0], stretch[-1]
    start, end = before.value or 0.0, after.value or 0.0
    turned = start * end < 0
    sign = format.MINUS if turned and end < 0 else ""
    bare = format.number(start if turned else abs(start), voice.indicator.decimals, voice.lang)
    blanks = {
        "first": before.period,
        "last": after.period,
        "start": bare,
        "end": sign + apart(end, after.one.segment, voice),
    }
    change = round(abs(end) - abs(start), voice.indicator.decimals)
    if turned:
        text = term("gap_turned", voice.lang, **blanks)
    elif in_level(change, abs(start), voice.indicator):
        text = term("gap_kept", voice.lang, **blanks)
    else:
        word = term("gap_grew" if change > 0 else "gap_shrank", voice.lang)
        text = term("gap_moved", voice.lang, word=word, **blanks)
    between = reach(before.one, after.one, voice.indicator).cautions
    between += reach(before.other, after.other, voice.indicator).cautions
    return cautioned(text, dict.fromkeys(between), voice)
