"""
The sentences of the generator in both languages, as data with blanks.

Pure. Knows wording and nothing else: the words of indicators, groups and regions come from
the catalogue and the warehouse, and `sentences` decides which sentence is said.
"""

from dashboard.text.terms import texts
from etl.catalogue import Lang, Text

PHRASES = texts(
    # level
    level_share=(
        "År {period} {verb} {value} av {whole} {where} {state}.",
        "In {period}, {value} of {whole} {where} {verb} {state}.",
    ),
    level_has=(
        "År {period} hade {place} {noun} på {value}",
        "In {period} {place} had {noun} of {value}",
    ),
    level_is=("År {period} var {topic} {value}", "In {period} {topic} was {value}"),
    level_there=(
        "{where} var {subject} {value} år {period}",
        "{where} {subject} was {value} in {period}",
    ),
    explained=("{level}: {meaning}.", "{level}: {meaning}."),
    # comparison
    differs=(
        "Det var {difference} {word} än {where}, där {short} var {value}.",
        "This was {difference} {word} than {where}, where {short} was {value}.",
    ),
    same=(
        "{short} {tail}, {value}, låg i nivå med {other_short} {where}, {other}.",
        "{short} {tail}, {value}, was level with {other_short} {where}, {other}.",
    ),
    higher=("högre", "higher"),
    lower=("lägre", "lower"),
    # change
    changed=(
        "Mellan {first} och {last} {word} {topic} med {difference}, från {start} till {end}.",
        "Between {first} and {last} {topic} {word} by {difference}, from {start} to {end}.",
    ),
    unchanged=(
        "Mellan {first} och {last} var {topic} i stort sett {same}: {start} respektive {end}.",
        "Between {first} and {last} {topic} was largely {same}: {start} and {end} respectively.",
    ),
    same_common=("oförändrad", "unchanged"),
    same_neuter=("oförändrat", "unchanged"),
    rose=("ökade", "rose"),
    fell=("minskade", "fell"),
    broken_later=("Därefter bryts serien {years}.", "The series is then broken in {years}."),
    # what cannot be compared
    cannot=(
        "Uppgifterna för {first} och {last} går inte att jämföra.",
        "The figures for {first} and {last} cannot be compared.",
    ),
    cannot_segment=(
        "Uppgifterna går inte att jämföra: de kommer från olika register eller definitioner.",
        "The figures cannot be compared: they come from different registers or definitions.",
    ),
    cannot_division=(
        "Uppgifterna går inte att jämföra: områdena hör till olika indelningar i RegSO.",
        "The figures cannot be compared: the areas belong to different RegSO divisions.",
    ),
    cannot_members=(
        ("Uppgifterna går inte att jämföra: de är inte beräknade ur samma kommuner eller områden."),
        (
            "The figures cannot be compared: they are not calculated from the same municipalities "
            "or areas."
        ),
    ),
    cannot_median=(
        "Uppgifterna går inte att jämföra: en av dem är en median av flera områden.",
        "The figures cannot be compared: one of them is a median of several areas.",
    ),
    cannot_indicator=(
        "Uppgifterna går inte att jämföra: de är olika mått.",
        "The figures cannot be compared: they are different measures.",
    ),
    cannot_respects=(
        "Uppgifterna går inte att jämföra: mer än ett av region, grupp och år skiljer dem åt.",
        "The figures cannot be compared: more than one of region, group and year differs.",
    ),
    cannot_class=(
        "Klasser har ingen skillnad i tal.",
        "Classes have no difference in numbers.",
    ),
    # gap
    gap_share=(
        "År {period} {verb} {one} av {those} och {other} av {them} {state} {among}.",
        "In {period}, {one} of {those} and {other} of {them} {verb} {state} {among}.",
    ),
    gap_is=(
        "År {period} var {subject} {one} bland {those} och {other} bland {them} {where}.",
        "In {period} {subject} was {one} among {those} and {other} among {them} {where}.",
    ),
    gap_difference=("Skillnaden var {difference}.", "The difference was {difference}."),
    gap_level=(
        "Skillnaden var {difference}: de låg i nivå med varandra.",
        "The difference was {difference}: they were level with each other.",
    ),
    among=("bland {people} {where} {who}", "among {people} {where} {who}"),
    # missing
    hidden=(
        "För {people} redovisas {none} {where} {period} ({symbol}).",
        "{none} is given for {people} {where} in {period} ({symbol}).",
    ),
    hidden_all=(
        "{none} redovisas {where} {period} ({symbol}).",
        "{none} is given {where} in {period} ({symbol}).",
    ),
    absent=(
        "För {people} saknas uppgift {where} {period}.",
        "No figure is available for {people} {where} in {period}.",
    ),
    absent_all=(
        "Uppgift saknas {where} {period}.",
        "No figure is available {where} in {period}.",
    ),
    rule_of_twenty=(
        (
            "SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka fler än 5 "
            "har egenskapen."
        ),
        (
            "Statistics Sweden gives shares only for groups of more than 20 persons of whom more "
            "than 5 have the property."
        ),
    ),
    impossible=("Uppgiften kan inte förekomma.", "The figure cannot occur."),
    not_yet=(
        "Uppgifter för {period} finns ännu inte i källan. Det senaste året är {latest}.",
        "Figures for {period} are not yet in the source. The latest year is {latest}.",
    ),
    # direction
    clear=(
        "Åren {span} var riktningen {word}: {topic} gick från {start} till {end}.",
        "In {span} the direction was {word}: {topic} went from {start} to {end}.",
    ),
    rising=("stigande", "upward"),
    falling=("fallande", "downward"),
    unclear=(
        "Åren {span} hade {topic} ingen tydlig riktning. {it} varierade mellan {low} och {high}.",
        "In {span} {topic} had no clear direction. {it} varied between {low} and {high}.",
    ),
    constant=(
        "Åren {span} hade {topic} ingen tydlig riktning. {it} var hela tiden {high}.",
        "In {span} {topic} had no clear direction. {it} was {high} throughout.",
    ),
    it_common=("Den", "It"),
    it_neuter=("Det", "It"),
    short_after=(
        "Efter tidsseriebrottet {year} finns {count} år. Det är för få för att ange en riktning.",
        "There are {count} years after the break in {year}. That is too few to state a direction.",
    ),
    short_after_one=(
        "Efter tidsseriebrottet {year} finns ett år. Det är för få för att ange en riktning.",
        "There is one year after the break in {year}. That is too few to state a direction.",
    ),
    short_since=(
        "Sedan källan byttes {year} finns {count} år. Det är för få för att ange en riktning.",
        "There are {count} years after the break in {year}. That is too few to state a direction.",
    ),
    short_since_one=(
        "Sedan källan byttes {year} finns ett år. Det är för få för att ange en riktning.",
        "There is one year after the break in {year}. That is too few to state a direction.",
    ),
    short=(
        "Det finns {count} år med uppgifter. Det är för få för att ange en riktning.",
        "There are {count} years with figures. That is too few to state a direction.",
    ),
    short_one=(
        "Det finns ett år med uppgifter. Det är för få för att ange en riktning.",
        "There is one year with figures. That is too few to state a direction.",
    ),
    short_older_one=(
        (
            "Uppgiften för {span} står ensam vid ett tidsseriebrott. Ett år är för lite för en "
            "riktning."
        ),
        "The figure for {span} stands alone beside a break. One year is too few for a direction.",
    ),
    short_older=(
        "Åren {span} är för få för att ange en riktning.",
        "The years {span} are too few to state a direction.",
    ),
    # words
    persons=("personer", "persons"),
    everybody=("samtliga", "everybody"),
    those=("dem {who}", "those {who}"),
    in_group=("i gruppen ”{label}”", "in the group “{label}”"),
    value_of=("värdet för ”{title}”", "the value for “{title}”"),
    share=("andelen", "the share"),
    none_share=("ingen andel", "No share"),
    none_other=("inget värde", "No value"),
    percent=("procent", "per cent"),
    point=("procentenhet", "percentage point"),
    points=("procentenheter", "percentage points"),
    counted_2=("två", "two"),
    counted_3=("tre", "three"),
    counted_4=("fyra", "four"),
)


def said(key: str, lang: Lang, /, **blanks: object) -> str:
    """One phrase with its blanks filled."""
    return filled(PHRASES[key], lang, **blanks)


def filled(text: Text, lang: Lang, /, **blanks: object) -> str:
    """A text with its blanks filled; an empty blank leaves no double or last space."""
    parts = text[lang].format(**blanks).split(" ")
    return " ".join(part for part in parts if part).replace(" .", ".")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
