"""
The parts of a sentence: whom it is about, where, and numbers with their units.

Pure. Knows how catalogue, region and number become words in a language; which sentence they
stand in is `sentences`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation, shown
from dashboard.text import format, single_spaced, term
from etl.catalogue import TOTAL, Catalogue, Category, GroupWords, Indicator, Lang, Phrase, Text


@dataclass(frozen=True)
class Voice:
    """Who speaks of what: an indicator, in a language; `where` is "i Botkyrka" by region."""

    indicator: Indicator
    catalogue: Catalogue
    where: Mapping[str, Text]
    lang: Lang

    def phrase(self, segment: str) -> Phrase:
        """How the segment's figures are spoken of; by its title when nobody has said."""
        own = next((one for one in self.indicator.segments if one.id == segment), None)
        title = self.indicator.title
        return (own.phrase if own and own.phrase else self.indicator.phrase) or Phrase(
            subject=Text(
                sv=term("value_of", "sv", title=title.sv),
                en=term("value_of", "en", title=title.en),
            ),
            neuter=True,
        )

    def there(self, region: str) -> str:
        """The region with its preposition."""
        return self.where[region][self.lang]

    def place(self, region: str) -> str:
        """The region without its preposition, which is the first word."""
        return self.there(region).partition(" ")[2]


@dataclass(frozen=True)
class GroupPhrase:
    """A group in words: `people` of the measure, `who` (may be empty), and whether all."""

    people: str
    who: str
    everybody: bool


def group(one: Observation, voice: Voice) -> GroupPhrase:
    """The people an observation is about: "kvinnor 20–64 år", "som är födda i Sverige"."""
    phrase, age = voice.phrase(one.segment), _age(one, voice)
    ages = age or (phrase.ages[voice.lang] if phrase.ages else "")
    people = single_spaced(
        phrase.people[voice.lang].format(persons=_persons(one, voice), ages=ages)
    )
    who = " ".join(_who(category, voice) for category in _qualities(one, voice))
    return GroupPhrase(people, who, everybody=one.group == EVERYBODY)


def people(one: Observation, voice: Voice) -> str:
    """The people without the measure's ages: "personer födda i Norden utom Sverige"."""
    text = " ".join(filter(None, [_persons(one, voice), _age(one, voice)]))
    for category in reversed(_qualities(one, voice)):
        words = category.words or GroupWords()
        if words.people:
            text = words.people[voice.lang].format(persons=text)
        else:
            text = f"{text} {_who(category, voice)}"
    return text


def those(dimension: str, code: str, voice: Voice) -> str:
    """The members of one group inside another: "kvinnorna", "dem som är födda i Sverige"."""
    if code == TOTAL:
        return term("everybody", voice.lang)
    category = voice.catalogue.category.get((dimension, code))
    if category and category.words and category.words.those:
        return category.words.those[voice.lang]
    return term("those", voice.lang, who=_who(category, voice) if category else code)


def tail(one: Observation, voice: Voice) -> str:
    """Where and of whom, after the subject: "i Botkyrka", "bland kvinnor 20–64 år i Botkyrka"."""
    about, there = group(one, voice), voice.there(one.region)
    if about.everybody:
        return there
    return term("among", voice.lang, people=about.people, where=there, who=about.who)


def topic(one: Observation, voice: Voice) -> str:
    """What rises and falls: "andelen sysselsatta i Botkyrka"."""
    return f"{voice.phrase(one.segment).subject[voice.lang]} {tail(one, voice)}"


def short(one: Observation, voice: Voice) -> str:
    """The measure when it has just been named: "andelen"."""
    if voice.indicator.measure == "share":
        return term("share", voice.lang)
    return voice.phrase(one.segment).subject[voice.lang]


def bare(one: Observation, voice: Voice) -> str:
    """The displayed number alone."""
    return format.number(one.number, voice.indicator.decimals, voice.lang)


def value(one: Observation, voice: Voice) -> str:
    """The displayed number with its unit in words: "76,8 procent", "1 person"."""
    return with_unit(bare(one, voice), one.segment, voice)


def with_unit(number: str, segment: str, voice: Voice) -> str:
    """A number in words of the indicator's unit; ratio, index and class have none."""
    measure = voice.indicator.measure
    if measure == "share":
        return f"{number} {term('percent', voice.lang)}"
    if measure not in {"count", "amount"}:
        return number
    one = voice.phrase(segment).one
    unit = one if one and number.lstrip(format.MINUS) == "1" else voice.indicator.unit
    return f"{number} {unit[voice.lang]}"


def apart(difference: float, segment: str, voice: Voice) -> str:
    """The size of a difference with its unit: "3,7 procentenheter"; never a sign."""
    number = format.number(abs(difference), voice.indicator.decimals, voice.lang)
    if voice.indicator.measure != "share":
        return with_unit(number, segment, voice)
    return f"{number} {term('point' if number == '1' else 'points', voice.lang)}"


def signed(one: Observation, voice: Voice) -> str:
    """A number with its sign also when it is positive: "+429"."""
    sign = "+" if shown(one.number, voice.indicator.decimals) > 0 else ""
    return sign + bare(one, voice)


def _persons(one: Observation, voice: Voice) -> str:
    sex = voice.catalogue.category.get(("sex", one.sex))
    if one.sex != TOTAL and sex and sex.words and sex.words.people:
        return sex.words.people[voice.lang]
    return term("persons", voice.lang)


def _age(one: Observation, voice: Voice) -> str:
    """The ages of an age group, which stand in place of the measure's own."""
    category = voice.catalogue.category.get(("background", one.background))
    if category is None or category.kind != "age":
        return ""
    label = category.label[voice.lang]
    return label[:1].lower() + label[1:]


def _qualities(one: Observation, voice: Voice) -> list[Category]:
    """What sets the group apart besides sex and age: education, then background."""
    codes = [("education", one.education), ("background", one.background)]
    found = [voice.catalogue.category.get(code) for code in codes if code[1] != TOTAL]
    return [category for category in found if category and category.kind != "age"]


def _who(category: Category, voice: Voice) -> str:
    if category.words and category.words.who:
        return category.words.who[voice.lang]
    return term("in_group", voice.lang, label=category.label[voice.lang])


def category_label(catalogue: Catalogue, dimension: str, code: str, lang: Lang) -> str:
    """What a code of a dimension is called; the code itself when nobody has named it."""
    named = catalogue.category.get((dimension, code))
    return named.label[lang] if named else code


def kind_of_groups(catalogue: Catalogue, backgrounds: Iterable[str]) -> str:
    """What some groups are groups of: origin, stay, reason, age; "group" when of several."""
    named = [catalogue.category.get(("background", code)) for code in backgrounds if code != TOTAL]
    kinds = {one.kind if one else "group" for one in named} or {"origin"}
    return kinds.pop() if len(kinds) == 1 else "group"


def group_label(catalogue: Catalogue, group: Group, lang: Lang) -> str:
    """A group in words, background first; its parts that are everybody left out."""
    parts = [
        category_label(catalogue, dimension, code, lang)
        for dimension in ("background", "sex", "education")
        if (code := getattr(group, dimension)) != TOTAL
    ]
    return ", ".join(parts) or category_label(catalogue, "background", TOTAL, lang)
