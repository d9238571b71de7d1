"""
The parts of a sentence: whom it is about, where, and numbers with their units.

Pure. Knows how catalogue, region and number become words in a language; which sentence they
stand in is decided in `figures`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.text import capital, enumerated, format, lower_first, single_spaced, term
from etl.catalogue import (
    TOTAL,
    Catalogue,
    Category,
    Counted,
    GroupWords,
    Indicator,
    Lang,
    Phrase,
    Text,
)


def without_preposition(locative: str) -> str:
    """The name of a place without the first word: "Botkyrka" of "i Botkyrka"."""
    return locative.partition(" ")[2]


@dataclass(frozen=True)
class Wording:
    """
    What sentences about an indicator need, in a language.

    `where` is "i Botkyrka" by region, `counts` whether the counts behind a share are told with it.
    """

    indicator: Indicator
    catalogue: Catalogue
    where: Mapping[str, Text]
    lang: Lang
    counts: bool = False

    def phrase(self, segment: str) -> Phrase:
        """The words for the figures of a segment; its title where there are none."""
        known = next((part for part in self.indicator.segments if part.id == segment), None)
        title = self.indicator.title
        return (known.phrase if known and known.phrase else self.indicator.phrase) or Phrase(
            subject=Text(
                sv=term("value_of", "sv", title=title.sv), en=term("value_of", "en", title=title.en)
            ),
            neuter=True,
        )

    def locative(self, region: str) -> str:
        """The region with its preposition."""
        return self.where[region][self.lang]

    def region_name(self, region: str) -> str:
        """The region without its preposition."""
        return without_preposition(self.locative(region))


@dataclass(frozen=True)
class GroupPhrase:
    """A group in words: `people` of the measure, `who` (may be empty), and whether all."""

    people: str
    who: str
    everybody: bool


def group_phrase(
    observation: Observation, wording: Wording, *, of_any_age: bool = False
) -> GroupPhrase:
    """
    The people an observation is about: "kvinnor 20–64 år", "som är födda i Sverige".

    `of_any_age`: the measure's own ages are left out, where ages are told one by one.
    """
    phrase, age = wording.phrase(observation.segment), _age(observation, wording)
    ages = age or (phrase.ages[wording.lang] if phrase.ages and not of_any_age else "")
    people = single_spaced(
        phrase.people[wording.lang].format(persons=_persons(observation, wording), ages=ages)
    )
    who = " ".join(_who(category, wording) for category in _qualities(observation, wording))
    return GroupPhrase(people, who, everybody=_whole(observation, wording).group == EVERYBODY)


def people_phrase(observation: Observation, wording: Wording) -> str:
    """The people without the measure's ages: "personer födda i Norden utom Sverige"."""
    text = " ".join(filter(None, [_persons(observation, wording), _age(observation, wording)]))
    for category in reversed(_qualities(observation, wording)):
        words = category.words or GroupWords()
        if words.people:
            text = words.people[wording.lang].format(persons=text)
        else:
            text = f"{text} {_who(category, wording)}"
    return text


def those_phrase(dimension: str, code: str, wording: Wording) -> str:
    """The members of one group inside another: "kvinnorna", "dem som är födda i Sverige"."""
    if code == TOTAL:
        return term("everybody", wording.lang)
    category = wording.catalogue.category.get((dimension, code))
    if category and dimension == "age":
        return term("those_aged", wording.lang, age=lower_first(category.label[wording.lang]))
    if category and category.words and category.words.those:
        return category.words.those[wording.lang]
    return term("those", wording.lang, who=_who(category, wording) if category else code)


def place_phrase(observation: Observation, wording: Wording) -> str:
    """Where and of whom, after the subject: "i Botkyrka", "bland kvinnor 20–64 år i Botkyrka"."""
    group, where = group_phrase(observation, wording), wording.locative(observation.region)
    if group.everybody:
        return where
    return term("among", wording.lang, people=group.people, where=where, who=group.who)


def topic_phrase(observation: Observation, wording: Wording) -> str:
    """What rises and falls: "andelen sysselsatta i Botkyrka"."""
    subject = part_phrase(observation, wording)
    return f"{subject} {place_phrase(observation, wording)}"


def part_phrase(observation: Observation, wording: Wording) -> str:
    """What is measured; of one part of a whole which one: "andelen med gymnasial utbildning"."""
    subject = wording.phrase(observation.segment).subject[wording.lang]
    return " ".join(filter(None, [subject, part_name(observation, wording)]))


def part_name(observation: Observation, wording: Wording) -> str:
    """Which part of a whole a figure is: "med gymnasial utbildning"; "" of what has no parts."""
    if wording.indicator.parts is None or observation.education == TOTAL:
        return ""
    category = wording.catalogue.category.get((wording.indicator.parts, observation.education))
    return _who(category, wording) if category else ""


def _whole(observation: Observation, wording: Wording) -> Observation:
    """The observation as one of everybody that the part is of: its part says what, not of whom."""
    return observation._replace(education=TOTAL) if wording.indicator.parts else observation


def short_subject(observation: Observation, wording: Wording) -> str:
    """The measure when it has just been named: "andelen"."""
    if wording.indicator.measure == "share":
        return term("share", wording.lang)
    return wording.phrase(observation.segment).subject[wording.lang]


def plain_number(observation: Observation, wording: Wording) -> str:
    """The displayed number alone."""
    return format.number(observation.number, wording.indicator.decimals, wording.lang)


def value_phrase(observation: Observation, wording: Wording) -> str:
    """The displayed number with its unit in words: "76,8 procent", "1 person"."""
    return with_unit(plain_number(observation, wording), observation.segment, wording)


def counted_phrase(observation: Observation, wording: Wording, *, inside: bool = False) -> str:
    """
    The displayed number and, where it is asked for, how many that is.

    "76,8 procent, 35 900 personer", of a share whose counts are published.

    `inside`: the sentence goes on after it.
    """
    value = value_phrase(observation, wording)
    if not (wording.counts and observation.counts and wording.indicator.counted):
        return value
    numerator, _ = observation.counts
    count = with_noun(numerator, wording.indicator.counted, wording.lang)
    return term("counted_inside" if inside else "counted", wording.lang, value=value, count=count)


def counts_words(observation: Observation, lang: Lang) -> str:
    """The counts behind a share, "35 900 av 49 600"; "" where there are none."""
    if observation.counts is None:
        return ""
    numerator, denominator = (format.number(count, 0, lang) for count in observation.counts)
    return term("counts_of", lang, count=numerator, whole=denominator)


def with_noun(count: float, counted: Counted, lang: Lang) -> str:
    """A number of what is counted: "1 person", "35 900 personer"."""
    noun = counted.one if count == 1 else counted.many
    return f"{format.number(count, 0, lang)} {noun[lang]}"


def with_unit(number: str, segment: str, wording: Wording) -> str:
    """A number in words of the indicator's unit; ratio, index and class have none."""
    measure = wording.indicator.measure
    if measure == "share":
        return f"{number} {term('percent', wording.lang)}"
    if measure not in {"count", "amount"}:
        return number
    singular = wording.phrase(segment).one
    unit = singular if singular and number.lstrip(format.MINUS) == "1" else wording.indicator.unit
    return f"{number} {unit[wording.lang]}"


def difference_size(difference: float, segment: str, wording: Wording) -> str:
    """The size of a difference with its unit: "3,7 procentenheter"; never a sign."""
    number = format.number(abs(difference), wording.indicator.decimals, wording.lang)
    if wording.indicator.measure != "share":
        return with_unit(number, segment, wording)
    return f"{number} {term('point' if number == '1' else 'points', wording.lang)}"


def is_countable(wording: Wording) -> bool:
    """Whether the unit is of things that are more or fewer: persons and days, no per cent."""
    parts = (wording.indicator.phrase, *(part.phrase for part in wording.indicator.segments))
    return wording.indicator.measure == "count" or any(phrase and phrase.one for phrase in parts)


def direction_word(difference: float, wording: Wording) -> str:
    """Whether a difference is "fler" or "färre", of what is counted, or "högre" or "lägre"."""
    more, less = ("more", "fewer") if is_countable(wording) else ("higher", "lower")
    return term(more if difference > 0 else less, wording.lang)


def size_and_word(size: str, difference: float, wording: Wording) -> tuple[str, str]:
    """Of a difference: ("3,7 procentenheter", "högre"), or ("6,2 dagar", "fler per person")."""
    word = direction_word(difference, wording)
    if not is_countable(wording):
        return size, word
    counted, per, each = size.partition(" per ")
    return counted, f"{word}{per}{each}"


def signed_number(observation: Observation, wording: Wording) -> str:
    """A number with its sign also when it is positive: "+429"."""
    sign = "+" if displayed_value(observation.number, wording.indicator.decimals) > 0 else ""
    return sign + plain_number(observation, wording)


def _persons(observation: Observation, wording: Wording) -> str:
    sex = wording.catalogue.category.get(("sex", observation.sex))
    if observation.sex != TOTAL and sex and sex.words and sex.words.people:
        return sex.words.people[wording.lang]
    return term("persons", wording.lang)


def _age(observation: Observation, wording: Wording) -> str:
    """The ages of an age group, which stand in place of the measure's own."""
    category = wording.catalogue.category.get(("age", observation.age))
    if category is None or observation.age == TOTAL:
        return ""
    return lower_first(category.label[wording.lang])


def _qualities(observation: Observation, wording: Wording) -> list[Category]:
    """What sets the group apart besides sex and age: education, then background."""
    whole = _whole(observation, wording)
    codes = [("education", whole.education), ("background", whole.background)]
    categories = [wording.catalogue.category.get(code) for code in codes if code[1] != TOTAL]
    return [category for category in categories if category]


def _who(category: Category, wording: Wording) -> str:
    if category.words and category.words.who:
        return category.words.who[wording.lang]
    return term("in_group", wording.lang, label=lower_first(category.label[wording.lang]))


def category_label(catalogue: Catalogue, dimension: str, code: str, lang: Lang) -> str:
    """What a code of a dimension is called; the code itself when nobody has named it."""
    category = catalogue.category.get((dimension, code))
    return category.label[lang] if category else code


def kind_of_groups(catalogue: Catalogue, backgrounds: Iterable[str]) -> str:
    """What some groups are groups of: origin, stay, reason; "group" when of several."""
    categories = [
        catalogue.category.get(("background", code)) for code in backgrounds if code != TOTAL
    ]
    kinds = {category.kind if category else "group" for category in categories} or {"origin"}
    return kinds.pop() if len(kinds) == 1 else "group"


def group_label(catalogue: Catalogue, group: Group, lang: Lang) -> str:
    """A group in words, background first; its parts that are everybody left out."""
    parts = [
        category_label(catalogue, dimension, code, lang)
        for dimension in ("background", "sex", "age", "education")
        if (code := getattr(group, dimension)) != TOTAL
    ]
    return ", ".join(parts) or category_label(catalogue, "background", TOTAL, lang)


def breakdown_words(catalogue: Catalogue, groups: Sequence[Group], lang: Lang) -> str:
    """By what groups differ, in a heading: "efter födelseregion och kön"; "" for one group."""
    codes = {
        name: tuple(dict.fromkeys(getattr(group, name) for group in groups))
        for name in ("background", "age", "sex", "education")
    }
    kinds = [
        kind_of_groups(catalogue, listed) if name == "background" else name
        for name, listed in codes.items()
        if len(listed) > 1
    ]
    words = [term(f"in_heading_{kind}", lang) for kind in kinds]
    return enumerated([*words[:1], *map(without_preposition, words[1:])], lang)


def inline_label(catalogue: Catalogue, group: Group, lang: Lang) -> str:
    """A group in words inside a sentence: "födda i Sverige, kvinnor"."""
    return ", ".join(lower_first(part) for part in group_label(catalogue, group, lang).split(", "))


def unit_sentence(indicator: Indicator, lang: Lang, *, counts: bool = False) -> str:
    """The unit as a sentence, "Procent."; with `counts` also what those beside a share are."""
    unit = f"{capital(indicator.unit[lang])}."
    if not (counts and indicator.counted):
        return unit
    return f"{unit} {term('counts_unit', lang, counted=indicator.counted.many[lang])}"


def counts_told(indicator: Indicator, lang: Lang) -> list[str]:
    """Whether the counts behind a share are published, and of what; nothing of other measures."""
    if indicator.counted:
        return [term("share_with_counts", lang, counted=indicator.counted.many[lang])]
    return [term("share_without_counts", lang)] if indicator.measure == "share" else []


def difference_unit(indicator: Indicator, lang: Lang) -> str:
    """The unit of a difference: percentage points of shares, else the indicator's own."""
    return term("points", lang) if indicator.measure == "share" else indicator.unit[lang]
