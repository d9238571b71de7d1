"""The words of an indicator page: controls, chart, table, margin, sources, symbols."""

from dashboard.text.terms import texts

TERMS = texts(
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
)
