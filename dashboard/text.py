"""
Every word of the interface in both languages, as data.

Knows terms and their blanks; the names of indicators and groups are in the catalogue.
It never decides which term is said.
"""

from collections.abc import Mapping
from types import MappingProxyType

from etl.catalogue import Lang, Text

LANGS: tuple[Lang, ...] = ("sv", "en")


def _texts(**pairs: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({key: Text(sv=sv, en=en) for key, (sv, en) in pairs.items()})


TERMS = _texts(
    # frame
    site=("Integrationspanelen", "Integrationspanelen"),
    skip=("Hoppa till innehållet", "Skip to content"),
    menu=("Huvudmeny", "Main menu"),
    overview=("Översikt", "Overview"),
    language=("Språk", "Language"),
    other_language=("English", "Svenska"),
    loading=("Sidan hämtas …", "Loading …"),
    needs_script=(
        "Panelen behöver JavaScript för att visas.",
        "The panel needs JavaScript to be shown.",
    ),
    example=("Exempeldata – inte statistik", "Example data – not statistics"),
    example_why=(
        "Siffrorna är påhittade för att visa hur panelen fungerar.",
        "The figures are invented to show how the panel works.",
    ),
    footer=(
        "Data: SCB (CC0) · version {version}",
        "Data: Statistics Sweden (CC0) · version {version}",
    ),
    footer_example=("{example} · version {version}", "{example} · version {version}"),
    notices=("Om länken", "About the link"),
    # notices
    unknown_region=(
        "Okänd region i länken: ”{value}”. Resten av sidan visas.",
        "Unknown region in the link: “{value}”. The rest of the page is shown.",
    ),
    unknown_value=(
        "Okänt värde i länken: {key}=”{value}”. Resten av sidan visas.",
        "Unknown value in the link: {key}=“{value}”. The rest of the page is shown.",
    ),
    more_notices=("… och {count} till.", "… and {count} more."),
    no_combination_for=(
        "Kombinationen finns inte i källan för {region}: {what}.",
        "The source has no such combination for {region}: {what}.",
    ),
    too_many=(
        "Högst {count} linjer visas. Utelämnat: {names}.",
        "At most {count} lines are shown. Left out: {names}.",
    ),
    one_breakdown=(
        "Länken delar upp på både grupper och kön. Här visas grupperna.",
        "The link breaks down by both groups and sex. The groups are shown here.",
    ),
    stale=(
        (
            "Uppgifterna för {title} kunde inte uppdateras den {date}. "
            "De senast hämtade uppgifterna visas."
        ),
        ("Figures for {title} could not be updated on {date}. The last ones fetched are shown."),
    ),
    stale_short=(
        "Kunde inte uppdateras; äldre uppgifter visas",
        "Not updated; older figures shown",
    ),
    # overview
    choose_region=("Välj region", "Choose a region"),
    indicator=("Indikator", "Indicator"),
    latest=("Senaste värde", "Latest value"),
    no_data=("Indikatorn saknar data", "The indicator has no data"),
    no_data_here=("Uppgift saknas {where}", "Not available {where}"),
    by_group_only=(
        "Redovisas bara efter grupp. Här: {group}.",
        "Given by group only. Here: {group}.",
    ),
    reasons=("Tekniska skäl", "Technical reasons"),
    country=("Riket", "Sweden"),
    county=("Län", "County"),
    municipality=("Kommun i {parent}", "Municipality in {parent}"),
    regso=("RegSO-område i {parent}", "RegSO area in {parent}"),
    stadsdel=("Stadsdel i {parent}", "Neighbourhood in {parent}"),
    group=("Grupp av kommuner", "Group of municipalities"),
    compared_with=("visas bredvid", "shown beside"),
    country_inline=("riket", "Sweden"),
    and_word=("och", "and"),
    level_country=("Riket", "Sweden"),
    level_county=("Län", "Counties"),
    level_municipality=("Kommuner", "Municipalities"),
    level_stadsdel=("Stadsdelar", "Neighbourhoods"),
    level_group=("Grupper av kommuner", "Groups of municipalities"),
    level_regso=("RegSO-områden", "RegSO areas"),
    # indicator page
    crumbs=("Sökväg", "Breadcrumb"),
    shown=("Urval", "Selection"),
    compare_with=("Jämför med", "Compare with"),
    add=("Lägg till region …", "Add a region …"),
    remove=("Ta bort {name}", "Remove {name}"),
    by=("Visa uppdelat på", "Show by"),
    by_region=("Regioner", "Regions"),
    by_sex=("Kön", "Sex"),
    groups=("Grupper", "Groups"),
    sex=("Kön", "Sex"),
    absent=(
        "{what}: kombinationen finns inte i källan för {region}.",
        "{what}: the source has no such combination for {region}.",
    ),
    by_origin=("Födelseregion", "Region of birth"),
    by_stay=("Tid i Sverige", "Time in Sweden"),
    by_reason=("Skäl till invandring", "Reason for immigration"),
    by_age=("Ålder", "Age"),
    by_group=("Grupper", "Groups"),
    in_heading_origin=("efter födelseregion", "by region of birth"),
    in_heading_stay=("efter tid i Sverige", "by time in Sweden"),
    in_heading_reason=("efter skäl till invandring", "by reason for immigration"),
    in_heading_age=("efter ålder", "by age"),
    in_heading_group=("efter grupp", "by group"),
    in_heading_sex=("efter kön", "by sex"),
    axis_not_zero=("Axeln börjar inte på noll.", "The axis does not start at zero."),
    break_lines=("Lodräta linjer: brott i serien.", "Vertical lines: breaks in the series."),
    caution_lines=(
        "Prickade lodräta linjer: bör jämföras med försiktighet.",
        "Dotted vertical lines: compare with caution.",
    ),
    country_dashed=("Streckad linje: riket.", "Dashed line: Sweden."),
    chart_of=("Diagram över tid", "Chart over time"),
    as_table=("Tabell", "Table"),
    period=("År", "Year"),
    break_row=("Brott i serien {period}: {text}", "Break in the series {period}: {text}"),
    caution_row=(
        "{period}, bör jämföras med försiktighet: {text}",
        "{period}, compare with caution: {text}",
    ),
    segment_row=(
        "Brott i serien: annat register eller annan definition",
        "Break in the series: another register or definition",
    ),
    # targets
    targets=("Mål", "Targets"),
    target_line=("Mål {year}: {owner}", "Target {year}: {owner}"),
    target_short=("Mål {year}", "Target {year}"),
    target_from=("från {year}", "from {year}"),
    target_source=("Källa: {source}.", "Source: {source}."),
    target_lines=(
        "Tunn streckad vågrät linje: en ägares mål.",
        "Thin dashed horizontal line: a target and whose it is.",
    ),
    # aside
    definition=("Definition", "Definition"),
    population=("Vilka som ingår", "Who is included"),
    not_captured=("Vad måttet inte visar", "What this does not show"),
    breaks=("Brott i serien", "Breaks in the series"),
    no_comparison=(
        "Uppgifter på var sin sida om ett brott går inte att jämföra.",
        "Figures on either side of a break are not comparable.",
    ),
    cautions=("Bör jämföras med försiktighet", "Compare with caution"),
    applies_to=("Gäller: {what}.", "Applies to: {what}."),
    notes=("Anmärkningar från källan", "Notes from the source"),
    symbols=("Symboler", "Symbols"),
    to_confirm=(
        "Definitionen är att bekräfta mot källans fotnoter.",
        "The definition is to be confirmed against the source’s notes.",
    ),
    # source line
    source_published=("Källa: SCB, tabell {tables}", "Source: Statistics Sweden, table {tables}"),
    source_computed=(
        "Egen bearbetning av data från SCB, tabell {tables}",
        "Own processing of data from Statistics Sweden, table {tables}",
    ),
    updated=("uppdaterad av SCB {date}", "updated by Statistics Sweden {date}"),
    fetched=("hämtad {date}", "fetched {date}"),
    # symbols
    hidden=("För få personer eller osäker uppgift", "Too few persons or uncertain"),
    impossible=("Kan inte förekomma", "Cannot occur"),
    nil=("Noll", "Zero"),
    not_available=("Uppgift saknas", "Not available"),
    empty_cell=("Tom ruta", "Empty cell"),
    other_status=("Märkt så av källan", "Marked so by the source"),
    # faults
    not_found=("Sidan finns inte", "Page not found"),
    no_page=(
        "Det finns ingen sida med adressen {path}.",
        "There is no page at the address {path}.",
    ),
    no_indicator=(
        "Det finns ingen indikator som heter ”{id}”.",
        "There is no indicator called “{id}”.",
    ),
    way_on=("Gå till översikten", "Go to the overview"),
    no_warehouse=("Det finns inga data än", "There are no data yet"),
    no_warehouse_why=(
        "Panelen hittar inget datalager. Skapa ett med något av kommandona och ladda om sidan:",
        "The panel finds no warehouse. Make one with either command and reload the page:",
    ),
    command_example=("exempeldata, på en halv minut", "example data, in half a minute"),
    command_real=("riktiga uppgifter från SCB", "real figures from Statistics Sweden"),
)


def term(name: str, lang: Lang, /, **blanks: object) -> str:
    """One term in one language, its blanks filled; KeyError for a term that does not exist."""
    text = TERMS[name][lang]
    return text.format(**blanks) if blanks else text


def enumerated(words: list[str], lang: Lang) -> str:
    """Words as a list in a sentence: "a", "a och b", "a, b och c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {term('and_word', lang)} {words[-1]}"
