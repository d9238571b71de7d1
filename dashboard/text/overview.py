"""The words of the overview and the names of kinds of regions."""

from dashboard.text.terms import texts

TERMS = texts(
    # overview
    choose_region=("Välj region", "Choose a region"),
    indicator=("Indikator", "Indicator"),
    latest=("Senaste värde", "Latest value"),
    # a row at a glance
    glance_lower=("{difference} lägre än {where}", "{difference} lower than {where}"),
    glance_higher=("{difference} högre än {where}", "{difference} higher than {where}"),
    glance_level=("I nivå med {place}", "Level with {place}"),
    glance_apart=("Går inte att jämföra med {place}", "Not comparable with {place}"),
    glance_missing=("Uppgift saknas {where} {period}", "Not available {where} {period}"),
    glance_change=("{size} sedan {period}", "{size} since {period}"),
    glance_same=("I stort sett oförändrat sedan {period}", "Largely unchanged since {period}"),
    glance_not=("Går inte att jämföra med {period}", "Not comparable with {period}"),
    glance_broken=(
        "Brott i serien {years}: går inte att jämföra med {period}",
        "Break in the series {years}: not comparable with {period}",
    ),
    glance_span=("{size} {span}", "{size} {span}"),
    glance_same_span=("I stort sett oförändrat {span}", "Largely unchanged {span}"),
    glance_short=(
        ", färre än {fewest} år: ingen riktning anges",
        ", fewer than {fewest} years: no direction is stated",
    ),
    glance_caution=(
        ". Bör jämföras med försiktighet ({years})",
        ". Compare with caution ({years})",
    ),
    glance_rising=("Stigande {span}", "Upward {span}"),
    glance_falling=("Fallande {span}", "Downward {span}"),
    glance_none=("Ingen tydlig riktning {span}", "No clear direction {span}"),
    glance_gap=("Skillnad {difference}", "Difference {difference}"),
    glance_gap_level=("I nivå med varandra", "Level with each other"),
    born_here=("Födda i Sverige", "Born in Sweden"),
    born_abroad=("Utrikes födda", "Foreign-born"),
    head_moved=("Över tid", "Over time"),
    head_among_municipality=("Bland kommunerna", "Among the municipalities"),
    head_among_county=("Bland länen", "Among the counties"),
    head_among=("Jämfört med", "Compared with"),
    head_groups=("Inrikes och utrikes födda", "Born in Sweden and abroad"),
    strip_key=(
        "I bilderna: mörkblå punkt den valda regionen, grön linje länet, streckad linje riket.",
        "In the pictures: dark blue dot the chosen region, green line the county, dashed Sweden.",
    ),
    union_key=(
        "Utveckling över tid och grupper står på varje indikators sida.",
        "Change over time and groups are on each indicator's page.",
    ),
    labour_market=("(lokal arbetsmarknad)", "(local labour market)"),
    partial=(
        "beräknad ur {present} av {all}",
        "calculated from {present} of {all}",
    ),
    themes=("Teman", "Themes"),
    collections=("Samlingar", "Collections"),
    whole=("Alla indikatorer", "All indicators"),
    at_a_glance=("I korthet", "At a glance"),
    from_counts=("ur summan av antalen", "from summed counts"),
    tables_there=(
        (
            "Källa: SCB; tabellerna står på varje indikators sida. Skillnader, förändringar, "
            "riktningar och uppgifter för flera regioner: egen bearbetning av data från SCB."
        ),
        (
            "Source: Statistics Sweden; the tables are named on the page of each indicator. "
            "Differences, changes, directions and figures of several regions: own processing of "
            "data from Statistics Sweden."
        ),
    ),
    make_briefing=("Skapa underlag", "Make a briefing"),
    # figures
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
