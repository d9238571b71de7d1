"""
Sentences about observations, in Swedish and English: the same input gives the same words.

Pure. Caption, text alternative, note of a slide and text of a briefing are these sentences.
Every comparison goes through `rules.comparison`: what may not be compared is answered with why,
what has no number with that it is missing; words of caution follow what they concern. A
sentence names no cause and judges nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.codes import DIMENSIONS, EVERYBODY
from dashboard.data.observation import Observation, displayed_value
from dashboard.data.targets import LocalTarget
from dashboard.rules.comparison import (
    Difference,
    difference,
    has_seasons,
    in_level,
)
from dashboard.rules.direction import FEWEST_YEARS, Direction, direction, periods_needed
from dashboard.rules.gaps import Contrast, Gap, differing
from dashboard.rules.stretches import described_stretches, unbroken
from dashboard.sentences.notes import by_rule_of_twenty, is_of_few, is_small
from dashboard.sentences.wording import (
    Wording,
    category_label,
    counted_phrase,
    difference_size,
    group_phrase,
    part_name,
    part_phrase,
    people_phrase,
    place_phrase,
    plain_number,
    short_subject,
    signed_number,
    size_and_word,
    those_phrase,
    topic_phrase,
    value_phrase,
    with_unit,
)
from dashboard.text import capital, enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Break, Indicator, Lang, Phrase, Text
from etl.catalogue.periods import frequency
from etl.catalogue.regions import region_level

_SMALL = frozenset({"regso", "stadsdel"})


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
    observation: Observation, wording: Wording, parts: Sequence[tuple[Observation, Text]] = ()
) -> str:
    """
    The level with its denominator; of a missing one that it is missing, and why.

    The count behind a share is told with it where `wording` asks for it and it is published.

    `parts` are those that a count is the sum of, each with its name ("mot utlandet"); they
    are named when all of them have a number.
    """
    if not observation.present:
        return missing_sentence(observation, wording)
    level = _level(observation, wording, parts)
    if is_small(observation, wording.indicator) or (wording.counts and is_of_few(observation)):
        return f"{level} {term('small_uncertain', wording.lang)}"
    return level


def opening(period: str, lang: Lang) -> str:
    """When something was, at the beginning of a sentence: "År 2026", "I september 2026"."""
    return capital(format.in_period(period, lang))


def level_since_sentence(
    observation: Observation, earlier: Observation, wording: Wording
) -> Sentence | None:
    """
    The level of a month or quarter with its change since the same one of an earlier year.

    None where that is no clause: where the two are not compared, and of a ratio, whose level is
    explained.
    """
    compared, lang = difference(observation, earlier, wording.indicator), wording.lang
    phrase = wording.phrase(observation.segment)
    if compared.value is None or phrase.against:
        return None
    level = _level(observation, wording, ()).removesuffix(".")
    when = format.in_period(earlier.period, lang)
    text = term("level_kept", lang, level=level, when=when)
    if not compared.level:
        size, word = size_and_word(_plain(compared, wording), compared.value, wording)
        text = term("level_since", lang, level=level, difference=size, word=word, when=when)
    if is_small(observation, wording.indicator):
        text = f"{text} {term('small_uncertain', lang)}"
    return with_cautions(text, compared.verdict.cautions, wording)


def _level(
    observation: Observation, wording: Wording, parts: Sequence[tuple[Observation, Text]]
) -> str:
    phrase, lang = wording.phrase(observation.segment), wording.lang
    if phrase.against:
        return _ratio(observation, wording, phrase)
    group = group_phrase(observation, wording)
    is_share = bool(group.everybody and phrase.whole and phrase.state)
    blanks = {
        "opening": opening(observation.period, lang),
        "value": counted_phrase(observation, wording, inside=is_share),
        "topic": topic_phrase(observation, wording),
    }
    if is_share and phrase.whole and phrase.state:
        return term(
            "level_share",
            lang,
            verb=phrase.verb[lang],
            whole=phrase.whole[lang],
            state=phrase.state[lang],
            where=wording.locative(observation.region),
            **blanks,
        )
    if not (group.everybody and phrase.noun):
        return term("level_is", lang, **blanks) + "."
    where, noun = wording.region_name(observation.region), phrase.noun[lang]
    text = term("level_has", lang, place=where, noun=noun, **blanks)
    if not parts or not all(part.present for part, _ in parts):
        return text + "."
    sums = [f"{signed_number(part, wording)} {name[lang]}" for part, name in parts]
    return term("explained", lang, level=text, meaning=enumerated(sums, lang))


def _ratio(observation: Observation, wording: Wording, phrase: Phrase) -> str:
    """A ratio, what it means on its side of 100, and that small areas vary."""
    lang, against = wording.lang, phrase.against
    if against is None:
        raise ValueError(f"{observation.indicator}: nothing says what its ratio is against")
    beyond = displayed_value(observation.number, wording.indicator.decimals) - 100
    meaning = against.above if beyond > 0 else against.below
    if in_level(beyond, wording.indicator, reference=100, larger=100):
        meaning = against.level
    blanks = {
        "opening": opening(observation.period, lang),
        "when": format.in_period(observation.period, lang),
        "value": value_phrase(observation, wording),
        "topic": topic_phrase(observation, wording),
    }
    level = term("level_is", lang, **blanks)
    if group_phrase(observation, wording).everybody:
        where, subject = capital(wording.locative(observation.region)), phrase.subject[lang]
        level = term("level_there", lang, where=where, subject=subject, **blanks)
    text = term("explained", lang, level=level, meaning=meaning[lang])
    small = against.small if region_level(observation.region) in _SMALL else None
    return f"{text} {small[lang]}" if small else text


def comparison_sentence(
    observation: Observation, reference: Observation, wording: Wording
) -> Sentence:
    """How a region stands to another in the same year and group, after its level was stated."""
    compared = difference(observation, reference, wording.indicator)
    if compared.value is None:
        return Sentence(incomparable_sentence(compared, wording))
    lang, where = wording.lang, wording.locative(reference.region)
    if compared.level:
        text = term(
            "same",
            lang,
            short=capital(short_subject(observation, wording)),
            tail=place_phrase(observation, wording),
            value=value_phrase(observation, wording),
            other_short=short_subject(reference, wording),
            where=where,
            other=value_phrase(reference, wording),
        )
    else:
        size, word = size_and_word(_plain(compared, wording), compared.value, wording)
        text = term(
            "differs",
            lang,
            difference=size,
            word=word,
            where=where,
            short=short_subject(reference, wording),
            value=value_phrase(reference, wording),
        )
    return with_cautions(text, compared.verdict.cautions, wording)


def change_sentence(
    earlier: Observation, later: Observation, wording: Wording, broken: Sequence[str] = ()
) -> Sentence:
    """The change between two periods; `broken` are later ones of a break (`later_breaks`)."""
    compared = difference(later, earlier, wording.indicator)
    if compared.value is None:
        return Sentence(incomparable_sentence(compared, wording))
    lang, neuter = wording.lang, wording.phrase(later.segment).neuter
    blanks = {
        "first": format.period_name(earlier.period, lang),
        "last": format.period_name(later.period, lang),
        "topic": topic_phrase(later, wording),
        "start": plain_number(earlier, wording),
        "end": value_phrase(later, wording),
    }
    if compared.level:
        same = term("same_neuter" if neuter else "same_common", lang)
        text = term("unchanged", lang, same=same, **blanks)
    else:
        word = term("rose" if compared.value > 0 else "fell", lang)
        size = difference_size(compared.value, later.segment, wording)
        text = term("changed", lang, word=word, difference=size, **blanks)
    if broken:
        names = [format.period_name(period, lang) for period in broken]
        text += " " + term("broken_later", lang, years=enumerated(names, lang))
    return with_cautions(text, compared.verdict.cautions, wording)


def missing_sentence(observation: Observation, wording: Wording) -> str:
    """That there is no number, the source's symbol, and why as far as it is known."""
    lang = wording.lang
    everybody = group_phrase(observation, wording).everybody
    where = wording.locative(observation.region)
    blanks = {
        "where": where,
        "at": format.at_period(observation.period, lang),
        "people": people_phrase(observation, wording),
    }
    if not observation.status:
        return capital(term("figure_absent_all" if everybody else "figure_absent", lang, **blanks))
    share = wording.indicator.measure == "share"
    none = term("none_share" if share else "none_other", lang)
    key, symbol = (
        "figure_hidden_all" if everybody else "figure_hidden",
        format.symbol(observation.status),
    )
    text = capital(term(key, lang, none=none, symbol=symbol, **blanks))
    if observation.status == ".":
        return f"{text} {term('figure_impossible', lang)}"
    if observation.status != ".." or observation.kind != "published":
        return text
    by_rule = by_rule_of_twenty(observation, wording.indicator, wording.catalogue)
    reason = term("rule_of_twenty" if by_rule else "figure_not_published", lang)
    return f"{text} {reason}"


def not_yet_sentence(period: str, latest: str, lang: Lang) -> str:
    """That a period, in words, has not come yet, and which is the latest."""
    name = format.period_name(latest, lang)
    return format.term_by_length("not_yet", latest, lang, period=period, latest=name)


def incomparable_sentence(compared: Difference, wording: Wording) -> str:
    """Why two observations are not compared: the words of the breaks between, or the lack."""
    verdict, lang = compared.verdict, wording.lang
    if verdict.reason == "missing":
        return " ".join(missing_sentence(observation, wording) for observation in verdict.missing)
    if verdict.reason != "break":
        return term(f"cannot_{verdict.reason}", lang)
    first, last = (
        format.period_name(period, lang)
        for period in sorted((compared.observation.period, compared.reference.period))
    )
    general = term("cannot", lang, first=first, last=last)
    reasons = list(dict.fromkeys(mark.text[lang] for mark in verdict.breaks))
    is_complete = any(reason.startswith(general.rstrip(".")) for reason in reasons)
    return " ".join(reasons if is_complete else [general, *reasons])


def with_cautions(text: str, cautions: Iterable[Break], wording: Wording) -> Sentence:
    """The text with the words of every caution that concerns it, each once."""
    return Sentence(text, tuple(dict.fromkeys(mark.text[wording.lang] for mark in cautions)))


def _plain(compared: Difference, wording: Wording) -> str:
    """The size of a difference; of counts without the unit, which the level has just told."""
    size = abs(compared.value or 0)
    if wording.indicator.measure == "count":
        return format.number(size, wording.indicator.decimals, wording.lang)
    return difference_size(size, compared.observation.segment, wording)


@dataclass(frozen=True)
class Printed:
    """A share as an older report printed it, with its decimals, and of whom."""

    value: float
    decimals: int
    who: Text


def target_sentence(goal: LocalTarget, observation: Observation, wording: Wording) -> str:
    """
    A target, whose it is, and how far the figure is from it.

    Raises:
        ValueError: when the target is not one of this series (see `targets.applying`).

    """
    if not goal.concerns(observation):
        raise ValueError(f"the target of {goal.indicator} does not concern {observation.region}")
    lang = wording.lang
    year = goal.years.last or goal.years.first
    text = term(
        "target" if goal.years.last else "target_open",
        lang,
        owner=genitive(goal.owner[lang], lang),
        goal=with_unit(_shortest(goal.value, wording), observation.segment, wording),
        year=year,
    )
    if not observation.present:
        return f"{text} {missing_sentence(observation, wording)}"
    decimals = wording.indicator.decimals
    distance = round(
        displayed_value(observation.number, decimals) - displayed_value(goal.value, decimals),
        decimals,
    )
    blanks = {
        "opening": opening(observation.period, lang),
        "short": short_subject(observation, wording),
        "value": value_phrase(observation, wording),
    }
    if distance == 0:
        return f"{text} {term('target_met', lang, **blanks)}"
    word = term("over" if distance > 0 else "under", lang)
    size = difference_size(distance, observation.segment, wording)
    return f"{text} {term('target_apart', lang, difference=size, word=word, **blanks)}"


def genitive(owner: str, lang: Lang) -> str:
    """Whose: "Regionens", "The region's"; a Swedish name in s, x or z stands as it is."""
    if lang == "en":
        return f"{owner}'s"
    return owner if owner.endswith(("s", "x", "z")) else f"{owner}s"


def revision_sentence(old: Observation, new: Observation, wording: Wording) -> str:
    """What the source changed between two versions of one cell; "" when nothing is seen."""
    lang, decimals = wording.lang, wording.indicator.decimals
    period = format.period_name(new.period, lang)
    before, after = (
        format.number(row.number, decimals, lang) if row.present else "" for row in (old, new)
    )
    if before == after:
        return ""
    before_words, after_words = (with_unit(text, new.segment, wording) for text in (before, after))
    if not before:
        return term("revised_added", lang, period=period, new=after_words)
    if not after:
        return term("revised_removed", lang, period=period, old=before_words)
    return term("revised", lang, period=period, old=before, new=after_words)


def report_gap_sentence(
    first_share: Printed,
    second_share: Printed,
    wording: Wording,
    *,
    segment: str,
    region: str,
    period: str,
) -> str:
    """Two printed shares of the 2010 report and about how far apart, in the coarser's decimals."""
    lang, phrase = wording.lang, wording.phrase(segment)
    first, second = (
        format.number(share.value, share.decimals, lang) for share in (first_share, second_share)
    )
    decimals = min(first_share.decimals, second_share.decimals)
    size = format.number(abs(first_share.value - second_share.value), decimals, lang)
    return term(
        "report_2010_gap",
        lang,
        verb=phrase.verb[lang],
        one=with_unit(first, segment, wording),
        other=with_unit(second, segment, wording),
        those=first_share.who[lang],
        them=second_share.who[lang],
        state=phrase.state[lang] if phrase.state else "",
        where=wording.locative(region),
        period=period,
        difference=f"{size} {term('point' if size == '1' else 'points', lang)}",
    )


def _shortest(goal: float, wording: Wording) -> str:
    """A goal without decimals that are zero: 80, 80,5."""
    decimals = 0 if float(goal).is_integer() else wording.indicator.decimals
    return format.number(goal, decimals, wording.lang)


def gap_sentence(first: Observation, second: Observation, wording: Wording) -> Sentence:
    """Two groups of one region and year, in the order of the catalogue, and what parts them."""
    first, second = _in_order(first, second, wording)
    compared = difference(first, second, wording.indicator)
    if compared.value is None:
        return Sentence(incomparable_sentence(compared, wording))
    phrase = wording.phrase(first.segment)
    size = difference_size(compared.value, first.segment, wording)
    closing = term(
        "gap_level" if compared.level else "gap_difference", wording.lang, difference=size
    )
    shares = phrase.whole and phrase.state
    text = _shares(first, second, wording) if shares else _values(first, second, wording)
    return with_cautions(f"{text} {closing}", compared.verdict.cautions, wording)


def contrast_sentence(found: Contrast, wording: Wording) -> str:
    """
    In which of two groups, or regions, a gap is the wider: "… större bland kvinnorna än …".

    That it is about equal, or that the other group is ahead there, where that is so.
    """
    lang, gap, other = wording.lang, found.wider, found.other
    dimension = differing((gap.first.group, gap.second.group))
    one, two = (_in_pair(dimension, getattr(side, dimension), wording)
                for side in (gap.first, gap.second))  # fmt: skip
    here, there = _respects(gap, other, wording)
    blanks = {
        "opening": opening(gap.period, lang),
        "one": one,
        "other": two,
        "of": _of_whom(gap, other, dimension, wording),
        "here": here,
        "there": there,
        "size": difference_size(gap.number, gap.first.segment, wording),
        "other_size": difference_size(other.number, other.first.segment, wording),
    }
    if found.verdict == "opposite":
        blanks["size"], word = size_and_word(blanks["size"], gap.number, wording)
        blanks["other_size"], other_word = size_and_word(
            blanks["other_size"], other.number, wording
        )
        subject = short_subject(gap.first, wording)
        text = term(
            "contrast_opposite", lang, subject=subject, word=word, other_word=other_word, **blanks
        )
    else:
        decimals = wording.indicator.decimals
        numbers = [format.number(abs(one.number), decimals, lang) for one in (gap, other)]
        blanks["size"] = numbers[0]
        text = term(f"contrast_{found.verdict}", lang, **blanks)
    sides = (gap.first, gap.second, other.first, other.second)
    if any(is_small(side, wording.indicator) or is_of_few(side) for side in sides):
        text = f"{text} {term('small_uncertain', lang)}"
    return text


def _in_pair(dimension: str, code: str, wording: Wording) -> str:
    """One of two groups that something lies between: "kvinnor", "dem som är födda i Sverige"."""
    if dimension == "sex":
        return lower_first(category_label(wording.catalogue, dimension, code, wording.lang))
    return those_phrase(dimension, code, wording)


def _respects(gap: Gap, other: Gap, wording: Wording) -> tuple[str, str]:
    """Where, or of whom, each of two gaps is."""
    if gap.first.region != other.first.region:
        return wording.locative(gap.first.region), wording.locative(other.first.region)
    dimension = differing((gap.first.group, other.first.group))
    here, there = (
        term(
            "contrast_among",
            wording.lang,
            those=those_phrase(dimension, getattr(one.first, dimension), wording),
        )
        for one in (gap, other)
    )
    return here, there


def _of_whom(gap: Gap, other: Gap, dimension: str, wording: Wording) -> str:
    """What both gaps have in common, group and region, between two spaces; " " for nothing."""
    common = gap.first.group._replace(**{dimension: TOTAL})
    words = []
    if gap.first.region == other.first.region:
        respect = differing((gap.first.group, other.first.group))
        common = common._replace(**{respect: TOTAL})
        words.append(wording.locative(gap.first.region))
    if common != EVERYBODY:
        people = people_phrase(gap.first._replace(**common._asdict()), wording)
        words.insert(0, term("contrast_among", wording.lang, those=people))
    return " ".join(["", *words, ""]) if words else " "


def are_parts(rows: Sequence[Observation], indicator: Indicator) -> bool:
    """Whether several figures are parts of one whole: of the same people, in the same period."""
    wholes = {(row.region, row.period, row.group._replace(education=TOTAL)) for row in rows}
    return indicator.parts is not None and len(rows) > 1 and len(wholes) == 1


def parts_sentence(parts: Sequence[Observation], wording: Wording) -> Sentence:
    """
    The parts of one whole in a period, in the order given, and the last against the first.

    Those without a number are not told.

    Raises:
        ValueError: when none of them has a number.

    """
    first, *others = [part for part in parts if part.present]
    value = counted_phrase(first, wording)
    told = [term("first_part", wording.lang, part=part_phrase(first, wording), value=value)]
    told += [f"{part_name(part, wording)} {counted_phrase(part, wording)}" for part in others]
    level = term(
        "parts_level",
        wording.lang,
        opening=opening(first.period, wording.lang),
        parts=enumerated(told, wording.lang),
        tail=place_phrase(first, wording),
    )
    return _parts_compared(level, first, others[-1], wording) if others else Sentence(level)


def _parts_compared(
    level: str, first: Observation, last: Observation, wording: Wording
) -> Sentence:
    """The level of parts with how the last of them stands to the first."""
    compared = difference(last, first, wording.indicator)
    if compared.value is None:
        return Sentence(level)
    size = difference_size(compared.value, first.segment, wording)
    size, word = size_and_word(size, compared.value, wording)
    text = term(
        "parts_same" if compared.level else "parts_differ",
        wording.lang,
        last=capital(part_phrase(last, wording)),
        first=part_phrase(first, wording),
        difference=size,
        word=word,
    )
    return with_cautions(f"{level} {text}", compared.verdict.cautions, wording)


def _shares(first: Observation, second: Observation, wording: Wording) -> str:
    """Two shares inside what the groups have in common."""
    lang, phrase = wording.lang, wording.phrase(first.segment)
    dimension = _differing_dimension(first, second)
    common = first.group._replace(**{dimension: TOTAL})
    group = group_phrase(first._replace(**common._asdict()), wording, of_any_age=dimension == "age")
    where = wording.locative(first.region)
    return term(
        "gap_share",
        lang,
        opening=opening(first.period, lang),
        one=counted_phrase(first, wording, inside=True),
        other=counted_phrase(second, wording, inside=True),
        verb=phrase.verb[lang],
        those=those_phrase(dimension, getattr(first, dimension), wording),
        them=those_phrase(dimension, getattr(second, dimension), wording),
        state=phrase.state[lang] if phrase.state else "",
        among=term("among", lang, people=group.people, where=where, who=group.who),
    )


def _values(first: Observation, second: Observation, wording: Wording) -> str:
    return term(
        "gap_is",
        wording.lang,
        opening=opening(first.period, wording.lang),
        one=counted_phrase(first, wording, inside=True),
        other=counted_phrase(second, wording, inside=True),
        subject=part_phrase(first, wording),
        those=people_phrase(first, wording),
        them=people_phrase(second, wording),
        where=wording.locative(first.region),
    )


def _differing_dimension(first: Observation, second: Observation) -> str:
    """The dimension in which two groups differ; sex when they do not."""
    different = [name for name in DIMENSIONS if getattr(first, name) != getattr(second, name)]
    return different[0] if different else "sex"


def _in_order(
    first: Observation, second: Observation, wording: Wording
) -> tuple[Observation, Observation]:
    """Women before men, born in Sweden before foreign-born: as the catalogue lists them."""
    order = list(wording.catalogue.category)
    dimension = _differing_dimension(first, second)

    def position(observation: Observation) -> int:
        code = (dimension, getattr(observation, dimension))
        return order.index(code) if code in order else len(order)

    return (first, second) if position(first) <= position(second) else (second, first)


def direction_sentences(series: Iterable[Observation], wording: Wording) -> tuple[Sentence, ...]:
    """The sentences of the latest stretch and of the longest older one, latest first."""
    latest, older = described_stretches(unbroken(series, wording.indicator))
    sentences = []
    for stretch in (latest, older):
        trend = direction(stretch, wording.indicator) if stretch else None
        if trend:
            sentences.append(_direction_sentence(trend, wording, older=stretch is older))
    return tuple(sentences)


def _direction_sentence(trend: Direction, wording: Wording, *, older: bool = False) -> Sentence:
    """The direction of one stretch; of an `older` one that is too short its years are named."""
    if has_seasons(trend.observations[-1].period):
        return with_cautions(_seasonal(trend, wording), trend.cautions, wording)
    if trend.word == "short":
        return Sentence(_short(trend, wording, older=older))
    text = _unclear(trend, wording) if trend.word == "none" else _clear(trend, wording)
    return with_cautions(text, trend.cautions, wording)


def _seasonal(trend: Direction, wording: Wording) -> str:
    """The means of the latest year of months or quarters and of that before, and the direction."""
    last, lang = trend.observations[-1], wording.lang
    length, needed = frequency(last.period), periods_needed(last.period)
    if trend.means is None:
        blanks = {"last": format.period_name(last.period, lang), "count": len(trend.observations)}
        return term(f"seasonal_short_{length}", lang, needed=needed, **blanks)
    start, end = (format.number(mean, wording.indicator.decimals, lang) for mean in trend.means)
    first = trend.observations[needed // 2]
    ending = term("seasonal_ending_none", lang)
    if trend.word != "none":
        ending = term("seasonal_ending", lang, word=term(f"direction_{trend.word}", lang))
    return term(
        f"seasonal_direction_{length}",
        lang,
        span=format.periods(first.period, last.period, lang),
        topic=topic_phrase(last, wording),
        start=start,
        end=with_unit(end, last.segment, wording),
        ending=ending,
    )


def _clear(trend: Direction, wording: Wording) -> str:
    start, end = trend.observations[0], trend.observations[-1]
    return term(
        "direction_clear",
        wording.lang,
        span=_span(trend, wording.lang),
        word=term(f"direction_{trend.word}", wording.lang),
        topic=topic_phrase(end, wording),
        start=plain_number(start, wording),
        end=value_phrase(end, wording),
    )


def _unclear(trend: Direction, wording: Wording) -> str:
    last, lang = trend.observations[-1], wording.lang
    decimals = wording.indicator.decimals
    low, high = (displayed_value(value, decimals) for value in trend.range)
    return term(
        "direction_constant" if low == high else "direction_unclear",
        lang,
        span=_span(trend, lang),
        topic=topic_phrase(last, wording),
        it=term("it_neuter" if wording.phrase(last.segment).neuter else "it_common", lang),
        low=format.number(low, decimals, lang),
        high=with_unit(format.number(high, decimals, lang), last.segment, wording),
    )


def _short(trend: Direction, wording: Wording, *, older: bool) -> str:
    count, lang = len(trend.observations), wording.lang
    if older:
        return term(
            "too_few_older_one" if count == 1 else "too_few_older",
            lang,
            span=_span(trend, lang),
        )
    key = "too_few"
    if trend.after:
        key = "too_few_since" if trend.after.new_source else "too_few_after"
    year = format.period_name(trend.after.period, lang) if trend.after else ""
    if count == 1:
        return term(f"{key}_one", lang, year=year)
    return term(key, lang, year=year, count=_words(count, wording))


def _words(count: int, wording: Wording) -> str:
    """A number of years under the fewest, in letters."""
    if not 2 <= count < FEWEST_YEARS:
        raise ValueError(f"{count} years are not too few; expected 2 to {FEWEST_YEARS - 1}")
    return term(f"counted_{count}", wording.lang)


def _span(trend: Direction, lang: Lang) -> str:
    return format.periods(trend.observations[0].period, trend.observations[-1].period, lang)
