"""
What is said of observations, in Swedish and English: the same input gives the same words.

Pure. Caption, text alternative, note of a slide and text of a briefing are these sentences.
Every comparison goes through `comparison`: what may not be compared is answered with why,
what has no number with that it is missing; words of caution follow what they concern. A
sentence names no cause and judges nothing.
"""

from collections.abc import Iterable, Sequence

from dashboard import format
from dashboard.comparison import Difference, difference, in_level
from dashboard.observation import Observation, level, shown
from dashboard.phrases import capital, said
from dashboard.text import enumerated
from dashboard.wording import Voice, apart, bare, group, people, short, signed, tail, topic, value
from etl.catalogue import Break, Lang, Phrase, Text

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
        return said(
            "level_share",
            lang,
            verb=phrase.verb[lang],
            whole=phrase.whole[lang],
            state=phrase.state[lang],
            where=voice.there(one.region),
            **blanks,
        )
    if not (about.everybody and phrase.noun):
        return said("level_is", lang, **blanks) + "."
    place, noun = voice.place(one.region), phrase.noun[lang]
    text = said("level_has", lang, place=place, noun=noun, **blanks)
    if not parts or not all(part.present for part, _ in parts):
        return text + "."
    told = [f"{signed(part, voice)} {name[lang]}" for part, name in parts]
    return said("explained", lang, level=text, meaning=enumerated(told, lang))


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
    told = said("level_is", lang, **blanks)
    if group(one, voice).everybody:
        where, subject = capital(voice.there(one.region)), phrase.subject[lang]
        told = said("level_there", lang, where=where, subject=subject, **blanks)
    text = said("explained", lang, level=told, meaning=meaning[lang])
    small = against.small if level(one.region) in SMALL else None
    return f"{text} {small[lang]}" if small else text


def comparison(one: Observation, other: Observation, voice: Voice) -> str:
    """How a region stands to another in the same year and group, after its level was stated."""
    found = difference(one, other, voice.indicator)
    if found.value is None:
        return incomparable(found, voice)
    lang, there = voice.lang, voice.there(other.region)
    if found.level:
        text = said(
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
        text = said(
            "differs",
            lang,
            difference=_plain(found, voice),
            word=said("higher" if found.value > 0 else "lower", lang),
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
        same = said("same_neuter" if neuter else "same_common", lang)
        text = said("unchanged", lang, same=same, **blanks)
    else:
        word = said("rose" if found.value > 0 else "fell", lang)
        size = apart(found.value, later.segment, voice)
        text = said("changed", lang, word=word, difference=size, **blanks)
    if broken:
        text += " " + said("broken_later", lang, years=enumerated(list(broken), lang))
    return cautioned(text, found.verdict.cautions, voice)


def missing(one: Observation, voice: Voice) -> str:
    """That there is no number, the source's symbol, and why as far as it is known."""
    lang = voice.lang
    everybody = group(one, voice).everybody
    there = voice.there(one.region)
    blanks = {"where": there, "period": one.period, "people": people(one, voice)}
    if not one.status:
        return capital(said("absent_all" if everybody else "absent", lang, **blanks))
    share = voice.indicator.measure == "share"
    none = said("none_share" if share else "none_other", lang)
    key, symbol = "hidden_all" if everybody else "hidden", format.symbol(one.status)
    text = capital(said(key, lang, none=none, symbol=symbol, **blanks))
    if one.status == ".":
        return f"{text} {said('impossible', lang)}"
    if one.status == ".." and share and one.kind == "published":
        return f"{text} {said('rule_of_twenty', lang)}"
    return text


def not_yet(period: str, latest: str, lang: Lang) -> str:
    """That a year has not come yet, and which is the latest."""
    return said("not_yet", lang, period=period, latest=latest)


def incomparable(found: Difference, voice: Voice) -> str:
    """Why two observations are not compared: the words of the breaks between, or the lack."""
    verdict, lang = found.verdict, voice.lang
    if verdict.reason == "missing":
        return " ".join(missing(one, voice) for one in verdict.missing)
    if verdict.reason != "break":
        return said(f"cannot_{verdict.reason}", lang)
    first, last = sorted((found.one.period, found.other.period))
    general = said("cannot", lang, first=first, last=last)
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
