"""
How running text speaks of an indicator and of a group: words of `indicators.yaml` as types.

Knows which parts of a sentence the catalogue holds; `dashboard.sentences` joins them. It
holds no sentence.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Lang = Literal["sv", "en"]
Words = Annotated[str, Field(min_length=1)]


class Spec(BaseModel):
    """Base of all: immutable, no unknown keys, and 0114 is not "0114"."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Spec):
    """One text in every language of the product."""

    sv: Words
    en: Words

    def __getitem__(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.en if lang == "en" else self.sv


class Against(Spec):
    """What a ratio below, at and above its 100 says; `small` is added for small areas."""

    below: Text
    level: Text
    above: Text
    small: Text | None = None


class Phrase(Spec):
    """
    An indicator in running text; a segment may have its own.

    `subject` is what rises and falls ("andelen sysselsatta"); `neuter` says that it is an
    ett-word. A share of a `whole` ("befolkningen 20–65 år") reads "var 76,8 procent av <whole>
    i Botkyrka <state>", with another `verb` where "var" does not fit. Members of the whole are
    `people`, with blanks for {persons} (women, men) and {ages}. A count reads "hade Botkyrka
    <noun> på 48 personer", with the unit `one` for a single one; `part` is what it is called
    beside the other parts of a sum. `against` explains a ratio.
    """

    subject: Text
    neuter: bool = False
    whole: Text | None = None
    verb: Text = Text(sv="var", en="were")
    state: Text | None = None
    ages: Text | None = None
    people: Text = Text(sv="{persons} {ages}", en="{persons} {ages}")
    noun: Text | None = None
    one: Text | None = None
    part: Text | None = None
    against: Against | None = None


class GroupWords(Spec):
    """
    A group in running text.

    `who` follows a noun: "som är födda i Sverige". `people` and `those` are said instead of
    "personer <who>" and "dem <who>" where those do not read well; {persons} is women or men.
    """

    who: Text | None = None
    people: Text | None = None
    those: Text | None = None
