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
from dashboard.rules.comparison import Difference, continuity, difference, in_level
from dashboard.rules.direction import FEWEST_YEARS, Direction, direction
from dashboard.rules.gaps import Gap, latest_gaps
from dashboard.rules.stretches import described_stretches, unbroken
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    group_phrase,
    people_phrase,
    place_phrase,
    plain_number,
    short_subject,
    signed_number,
    those_phrase,
    topic_phrase,
    value_phrase,
    with_unit,
)
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import TOTAL, Break, Lang, Phrase, Text
from etl.catalogue.regions import region_level

SMALL = frozenset({"regso", "stadsdel"})


@dataclass(frozen=True)
class Sentence:
    """A sentence of figures, and the words of each caution that must follow it."""

    text: str
    cautions: tuple[str, ...] = ()

    @property
    def complete(self) -> str:
        """The sentence as it stands alone: followed by its cautions."""
        return " ".join([self.text, *self.cautions])


def level_sentence(
    one: Observation, wording: Wording, parts: Sequence[tuple[Observation, Text]] = ()
) -> str:
    """
    The level with its denominator; of a missing one that it is missing, and why.

    `parts` are those that a count is the sum of, each with its name ("mot utlandet"); they
    are told when all of them have a number.
    """
    if not one.present:
        return missing_sentence(one, wording)
    phrase, lang = wording.phrase(one.segment), wording.lang
    if phrase.against:
        return _ratio(one, wording, phrase)
    about = group_phrase(one, wording)
    blanks = {
        "period": one.period,
        "value": value_phrase(one, wording),
        "topic": topic_phrase(one, wording),
    }
    if about.everybody and phrase.whole and phrase.state:
        return term(
            "level_share",
            lang,
            verb=phrase.verb[lang],
            whole=phrase.whole[lang],
            state=phrase.state[lang],
            where=wording.locative(one.region),
            **blanks,
        )
    if not (about.everybody and phrase.noun):
        return term("level_is", lang, **blanks) + "."
    place, noun = wording.region_name(one.region), phrase.noun[lang]
    text = term("level_has", lang, place=place, noun=noun, **blanks)
    if not parts or not all(part.present for part, _ in parts):
        return text + "."
    told = [f"{signed_number(part, wording)} {name[lang]}" for part, name in parts]
    return term("explained", lang, level=text, meaning=enumerated(told, lang))


def _ratio(one: Observation, wording: Wording, phrase: Phrase) -> str:
    """A ratio, what it means on its side of 100, and that small areas vary."""
    lang, against = wording.lang, phrase.against
    if against is None:
        raise ValueError(f"{one.indicator}: nothing says what its ratio is against")
    beyond = shown(one.number, wording.indicator.decimals) - 100
    meaning = against.above if beyond > 0 else against.below
    if in_level(beyond, 100, wording.indicator):
        meaning = against.level
    blanks = {
        "period": one.period,
        "value": value_phrase(one, wording),
        "topic": topic_phrase(one, wording),
    }
    told = term("level_is", lang, **blanks)
    if group_phrase(one, wording).everybody:
        where, subject = capital(wording.locative(one.region)), phrase.subject[lang]
        told = term("level_there", lang, where=where, subject=subject, **blanks)
    text = term("explained", lang, level=told, meaning=meaning[lang])
    small = against.small if region_level(one.region) in SMALL else None
    return f"{text} {small[lang]}" if small else text


def comparison_sentence(one: Observation, other: Observation, wording: Wording) -> Sentence:
    """How a region stands to another in the same year and group, after its level was stated."""
    found = difference(one, other, wording.indicator)
    if found.value is None:
        return Sentence(incomparable_sentence(found, wording))
    lang, there = wording.lang, wording.locative(other.region)
    if found.level:
        text = term(
            "same",
            lang,
            short=capital(short_subject(one, wording)),
            tail=place_phrase(one, wording),
            value=value_phrase(one, wording),
            other_short=short_subject(other, wording),
            where=there,
            other=value_phrase(other, wording),
        )
    else:
        text = term(
            "differs",
            lang,
            difference=_plain(found, wording),
            word=term("higher" if found.value > 0 else "lower", lang),
            where=there,
            short=short_subject(other, wording),
            value=value_phrase(other, wording),
        )
    return with_cautions(text, found.verdict.cautions, wording)


def change_sentence(
    earlier: Observation, later: Observation, wording: Wording, broken: Sequence[str] = ()
) -> Sentence:
    """The change between two years; `broken` are later years of a break (`later_breaks`)."""
    found = difference(later, earlier, wording.indicator)
    if found.value is None:
        return Sentence(incomparable_sentence(found, wording))
    lang, neuter = wording.lang, wording.phrase(later.segment).neuter
    blanks = {
        "first": earlier.period,
        "last": later.period,
        "topic": topic_phrase(later, wording),
        "start": plain_number(earlier, wording),
        "end": value_phrase(later, wording),
    }
    if found.level:
        same = term("same_neuter" if neuter else "same_common", lang)
        text = term("unchanged", lang, same=same, **blanks)
    else:
        word = term("rose" if found.value > 0 else "fell", lang)
        size = difference_size(found.value, later.segment, wording)
        text = term("changed", lang, word=word, difference=size, **blanks)
    if broken:
        text += " " + term("broken_later", lang, years=enumerated(list(broken), lang))
    return with_cautions(text, found.verdict.cautions, wording)


def missing_sentence(one: Observation, wording: Wording) -> str:
    """That there is no number, the source's symbol, and why as far as it is known."""
    lang = wording.lang
    everybody = group_phrase(one, wording).everybody
    there = wording.locative(one.region)
    blanks = {"where": there, "period": one.period, "people": people_phrase(one, wording)}
    if not one.status:
        return capital(term("figure_absent_all" if everybody else "figure_absent", lang, **blanks))
    share = wording.indicator.measure == "share"
    none = term("none_share" if share else "none_other", lang)
    key, symbol = "figure_hidden_all" if everybody else "figure_hidden", format.symbol(one.status)
    text = capital(term(key, lang, none=none, symbol=symbol, **blanks))
    if one.status == ".":
        return f"{text} {term('figure_impossible', lang)}"
    if one.status == ".." and share and one.kind == "published":
        return f"{text} {term('rule_of_twenty', lang)}"
    return text


def not_yet_sentence(period: str, latest: str, lang: Lang) -> str:
    """That a year has not come yet, and which is the latest."""
    return term("not_yet", lang, period=period, latest=latest)


def incomparable_sentence(found: Difference, wording: Wording) -> str:
    """Why two observations are not compared: the words of the breaks between, or the lack."""
    verdict, lang = found.verdict, wording.lang
    if verdict.reason == "missing":
        return " ".join(missing_sentence(one, wording) for one in verdict.missing)
    if verdict.reason != "break":
        return term(f"cannot_{verdict.reason}", lang)
    first, last = sorted((found.observation.period, found.reference.period))
    general = term("cannot", lang, first=first, last=last)
    reasons = list(dict.fromkeys(mark.text[lang] for mark in verdict.breaks))
    told = any(reason.startswith(general.rstrip(".")) for reason in reasons)
    return " ".join(reasons if told else [general, *reasons])


def with_cautions(text: str, cautions: Iterable[Break], wording: Wording) -> Sentence:
    """The text with the words of every caution that concerns it, each once."""
    return Sentence(text, tuple(dict.fromkeys(mark.text[wording.lang] for mark in cautions)))


def _plain(found: Difference, wording: Wording) -> str:
    """The size of a difference; of counts without unit, for persons are not "lower"."""
    size = abs(found.value or 0)
    if wording.indicator.measure == "count":
        return format.number(size, wording.indicator.decimals, wording.lang)
    return difference_size(size, found.observation.segment, wording)


@dataclass(frozen=True)
class Printed:
    """A share as an older report printed it, with its decimals, and of whom."""

    value: float
    decimals: int
    who: Text


def target_sentence(goal: LocalTarget, one: Observation, wording: Wording) -> str:
    """
    A target, whose it is, and how far the figure is from it.

    Raises:
        ValueError: when the target is not one of this series (see `targets.applying`).

    """
    if not goal.concerns(one):
        raise ValueError(f"the target of {goal.indicator} does not concern {one.region}")
    lang = wording.lang
    year = goal.years.last or goal.years.first
    text = term(
        "target" if goal.years.last else "target_open",
        lang,
        owner=genitive(goal.owner[lang], lang),
        goal=with_unit(_shortest(goal.value, wording), one.segment, wording),
        year=year,
    )
    if not one.present:
        return f"{text} {missing_sentence(one, wording)}"
    decimals = wording.indicator.decimals
    apart_by = round(shown(one.number, decimals) - shown(goal.value, decimals), decimals)
    blanks = {
        "period": one.period,
        "short": short_subject(one, wording),
        "value": value_phrase(one, wording),
    }
    if apart_by == 0:
        return f"{text} {term('target_met', lang, **blanks)}"
    word = term("over" if apart_by > 0 else "under", lang)
    size = difference_size(apart_by, one.segment, wording)
    return f"{text} {term('target_apart', lang, difference=size, word=word, **blanks)}"


def genitive(owner: str, lang: Lang) -> str:
    """Whose: "Regionens", "The region's"; a Swedish name in s, x or z stands as it is."""
    if lang == "en":
        return f"{owner}'s"
    return owner if owner.endswith(("s", "x", "z")) else f"{owner}s"


def revision_sentence(old: Observation, new: Observation, wording: Wording) -> str:
    """What the source changed between two versions of one cell; "" when nothing is seen."""
    lang, decimals = wording.lang, wording.indicator.decimals
    before, after = (
        format.number(one.number, decimals, lang) if one.present else "" for one in (old, new)
    )
    if before == after:
        return ""
    was, now = (with_unit(text, new.segment, wording) for text in (before, after))
    if not before:
        return term("revised_added", lang, period=new.period, new=now)
    if not after:
        return term("revised_removed", lang, period=new.period, old=was)
    return term("revised", lang, period=new.period, old=before, new=now)


def report_gap_sentence(
    one: Printed, other: Printed, wording: Wording, *, segment: str, region: str, period: str
) -> str:
    """Two printed shares of the 2010 report and about how far apart, in the coarser's decimals."""
    lang, phrase = wording.lang, wording.phrase(segment)
    first, second = (format.number(each.value, each.decimals, lang) for each in (one, other))
    decimals = min(one.decimals, other.decimals)
    size = format.number(abs(one.value - other.value), decimals, lang)
    return term(
        "report_2010_gap",
        lang,
        verb=phrase.verb[lang],
        one=with_unit(first, segment, wording),
        other=with_unit(second, segment, wording),
        those=one.who[lang],
        them=other.who[lang],
        state=phrase.state[lang] if phrase.state else "",
        where=wording.locative(region),
        period=period,
        difference=f"{size} {term('point' if size == '1' else 'points', lang)}",
    )


def _shortest(number: float, wording: Wording) -> str:
    """A goal without decimals that are zero: 80, 80,5."""
    decimals = 0 if float(number).is_integer() else wording.indicator.decimals
    return format.number(number, decimals, wording.lang)


def gap_sentence(one: Observation, other: Observation, wording: Wording) -> Sentence:
    """Two groups of one region and year, in the order of the catalogue, and what parts them."""
    one, other = _in_order(one, other, wording)
    found = difference(one, other, wording.indicator)
    if found.value is None:
        return Sentence(incomparable_sentence(found, wording))
    phrase = wording.phrase(one.segment)
    size = difference_size(found.value, one.segment, wording)
    closing = term("gap_level" if found.level else "gap_difference", wording.lang, difference=size)
    shares = phrase.whole and phrase.state
    text = _shares(one, other, wording) if shares else _values(one, other, wording)
    return with_cautions(f"{text} {closing}", found.verdict.cautions, wording)


def _shares(one: Observation, other: Observation, wording: Wording) -> str:
    """Two shares inside what the groups have in common."""
    lang, phrase = wording.lang, wording.phrase(one.segment)
    dimension = _apart_in(one, other)
    common = one.group._replace(**{dimension: TOTAL})
    about = group_phrase(one._replace(**common._asdict()), wording)
    there = wording.locative(one.region)
    return term(
        "gap_share",
        lang,
        period=one.period,
        one=value_phrase(one, wording),
        other=value_phrase(other, wording),
        verb=phrase.verb[lang],
        those=those_phrase(dimension, getattr(one, dimension), wording),
        them=those_phrase(dimension, getattr(other, dimension), wording),
        state=phrase.state[lang] if phrase.state else "",
        among=term("among", lang, people=about.people, where=there, who=about.who),
    )


def _values(one: Observation, other: Observation, wording: Wording) -> str:
    return term(
        "gap_is",
        wording.lang,
        period=one.period,
        one=value_phrase(one, wording),
        other=value_phrase(other, wording),
        subject=wording.phrase(one.segment).subject[wording.lang],
        those=people_phrase(one, wording),
        them=people_phrase(other, wording),
        where=wording.locative(one.region),
    )


def _apart_in(one: Observation, other: Observation) -> str:
    """The dimension in which two groups differ; sex when they do not."""
    different = [name for name in DIMENSIONS if getattr(one, name) != getattr(other, name)]
    return different[0] if different else "sex"


def _in_order(
    one: Observation, other: Observation, wording: Wording
) -> tuple[Observation, Observation]:
    """Women before men, born in Sweden before foreign-born: as the catalogue lists them."""
    order = list(wording.catalogue.category)
    dimension = _apart_in(one, other)

    def place(each: Observation) -> int:
        code = (dimension, getattr(each, dimension))
        return order.index(code) if code in order else len(order)

    return (one, other) if place(one) <= place(other) else (other, one)


def direction_sentences(series: Iterable[Observation], wording: Wording) -> tuple[Sentence, ...]:
    """The sentences of the latest stretch and of the longest older one, latest first."""
    latest, older = described_stretches(unbroken(series, wording.indicator))
    sentences = []
    for stretch in (latest, older):
        found = direction(stretch, wording.indicator) if stretch else None
        if found:
            sentences.append(direction_sentence(found, wording, older=stretch is older))
    return tuple(sentences)


def direction_sentence(found: Direction, wording: Wording, *, older: bool = False) -> Sentence:
    """The direction of one stretch; of an `older` one that is too short its years are told."""
    if found.word == "short":
        return Sentence(_short(found, wording, older=older))
    text = _unclear(found, wording) if found.word == "none" else _clear(found, wording)
    return with_cautions(text, found.cautions, wording)


def _clear(found: Direction, wording: Wording) -> str:
    first, last = found.observations[0], found.observations[-1]
    return term(
        "direction_clear",
        wording.lang,
        span=_span(found),
        word=term(f"direction_{found.word}", wording.lang),
        topic=topic_phrase(last, wording),
        start=plain_number(first, wording),
        end=value_phrase(last, wording),
    )


def _unclear(found: Direction, wording: Wording) -> str:
    last, lang = found.observations[-1], wording.lang
    decimals = wording.indicator.decimals
    low, high = (shown(each, decimals) for each in found.range)
    return term(
        "direction_constant" if low == high else "direction_unclear",
        lang,
        span=_span(found),
        topic=topic_phrase(last, wording),
        it=term("it_neuter" if wording.phrase(last.segment).neuter else "it_common", lang),
        low=format.number(low, decimals, lang),
        high=with_unit(format.number(high, decimals, lang), last.segment, wording),
    )


def _short(found: Direction, wording: Wording, *, older: bool) -> str:
    count, lang = len(found.observations), wording.lang
    if older:
        return term("too_few_older_one" if count == 1 else "too_few_older", lang, span=_span(found))
    key = "too_few"
    if found.after:
        key = "too_few_since" if found.after.new_source else "too_few_after"
    year = found.after.period[:4] if found.after else ""
    if count == 1:
        return term(f"{key}_one", lang, year=year)
    return term(key, lang, year=year, count=_words(count, wording))


def _words(count: int, wording: Wording) -> str:
    """A number of years under the fewest, in letters."""
    if not 2 <= count < FEWEST_YEARS:
        raise ValueError(f"{count} years are not too few; expected 2 to {FEWEST_YEARS - 1}")
    return term(f"counted_{count}", wording.lang)


def _span(found: Direction) -> str:
    return format.periods(found.observations[0].period, found.observations[-1].period)


def gap_change_sentence(series: Sequence[Gap], wording: Wording) -> Sentence | None:
    """How the difference changed over the latest stretch; None for under two years."""
    stretch = latest_gaps(series, wording.indicator)
    if len(stretch) < 2:
        return None
    before, after = stretch[0], stretch[-1]
    start, end = before.value or 0.0, after.value or 0.0
    turned = start * end < 0
    sign = format.MINUS if turned and end < 0 else ""
    bare = format.number(start if turned else abs(start), wording.indicator.decimals, wording.lang)
    blanks = {
        "first": before.period,
        "last": after.period,
        "start": bare,
        "end": sign + difference_size(end, after.first.segment, wording),
    }
    change = round(abs(end) - abs(start), wording.indicator.decimals)
    if turned:
        text = term("gap_turned", wording.lang, **blanks)
    elif in_level(change, abs(start), wording.indicator):
        text = term("gap_kept", wording.lang, **blanks)
    else:
        word = term("gap_grew" if change > 0 else "gap_shrank", wording.lang)
        text = term("gap_moved", wording.lang, word=word, **blanks)
    between = continuity(before.first, after.first, wording.indicator).cautions
    between += continuity(before.second, after.second, wording.indicator).cautions
    return with_cautions(text, dict.fromkeys(between), wording)
