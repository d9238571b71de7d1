"""The words of the overview and the names of kinds of regions."""

from dashboard.text.terms import texts

TERMS = texts(
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
)
