"""The words of the page of areas: which are listed, how they are made, types and segregation."""

from dashboard.text.terms import texts

TERMS = texts(
    areas_title=("Områden {where}", "Neighbourhoods {where}"),
    areas_title_county=("Stadsdelarna {where}", "The neighbourhoods {where}"),
    areas_lede=(
        (
            "Stadsdelar och RegSO-områden bredvid sin kommun, sitt län och riket, med uppgifter av "
            "samma statistik."
        ),
        (
            "Neighbourhoods and RegSO areas beside their municipality, county and Sweden, with "
            "figures of the same statistics."
        ),
    ),
    areas_menu=("Områden", "Neighbourhoods"),
    areas_all=("De {count} stadsdelarna {where}", "The {count} neighbourhoods {where}"),
    areas_indicator=("Indikator", "Indicator"),
    areas_more=("Mer om {title}", "More about {title}"),
    areas_disabled=(
        "Avstängda indikatorer finns för andra områden, men inte {where}.",
        "Disabled indicators exist for other areas, but not {where}.",
    ),
    areas_not_of_areas=(
        "Indikatorn {title} finns inte för områden.",
        "The indicator {title} does not exist for areas.",
    ),
    areas_one_indicator=(
        "En indikator visas i taget. Utelämnad: {title}.",
        "One indicator is shown at a time. Left out: {title}.",
    ),
    # choice of a municipality
    areas_choose=(
        "Välj en kommun för att se dess områden, eller stadsdelarna i rapporten 2010.",
        "Choose a municipality to see its areas, or the neighbourhoods of the 2010 report.",
    ),
    areas_homes=("Kommuner med stadsdelar", "Municipalities with neighbourhoods"),
    areas_towns=("Kommunerna {where}", "The municipalities {where}"),
    # one year
    areas_heading=("{title} i områden {where}", "{title} in areas {where}"),
    areas_kind=("stadsdel", "neighbourhood"),
    areas_chart=("Diagram över områden", "Chart of areas"),
    areas_division=(
        "RegSO-områden i indelningen {division}.",
        "RegSO areas in the division {division}.",
    ),
    areas_first=("Stadsdelarna först.", "The neighbourhoods first."),
    areas_span_of=(
        "Områdenas värden går från {low} till {high}; {count} av {all} har ett tal.",
        "The areas' values go from {low} to {high}; {count} of {all} have a number.",
    ),
    areas_span_one=(
        "Antal områden: {all}. Ett av dem har ett tal: {low}.",
        "Number of areas: {all}. One of them has a number: {low}.",
    ),
    areas_span_alone=("Ett område visas: {low}.", "One area is shown: {low}."),
    areas_span_none_alone=(
        "Ett område visas. Det har inget tal.",
        "One area is shown. It has no number.",
    ),
    areas_span_none=(
        "Inget av {all} områden har ett tal.",
        "None of {all} areas has a number.",
    ),
    areas_span_empty=("Inget område visas.", "No area is shown."),
    neighbourhoods_span_of=(
        "Stadsdelarnas värden går från {low} till {high}; {count} av {all} har ett tal.",
        "The neighbourhoods' values go from {low} to {high}; {count} of {all} have a number.",
    ),
    neighbourhoods_span_one=(
        "Antal stadsdelar: {all}. En av dem har ett tal: {low}.",
        "Number of neighbourhoods: {all}. One of them has a number: {low}.",
    ),
    neighbourhoods_span_alone=(
        "En stadsdel visas: {low}.",
        "One neighbourhood is shown: {low}.",
    ),
    neighbourhoods_span_none_alone=(
        "En stadsdel visas. Den har inget tal.",
        "One neighbourhood is shown. It has no number.",
    ),
    neighbourhoods_span_none=(
        "Ingen av {all} stadsdelar har ett tal.",
        "None of {all} neighbourhoods has a number.",
    ),
    neighbourhoods_span_empty=("Ingen stadsdel visas.", "No neighbourhood is shown."),
    areas_no_larger=(
        "Ur samma statistik finns ingen uppgift {where}.",
        "The same statistics have no figure {where}.",
    ),
    areas_part_neighbourhoods=("Stadsdelar", "Neighbourhoods"),
    areas_part_areas=("RegSO-områden", "RegSO areas"),
    areas_column_area=("Område", "Area"),
    areas_column_type=("Områdestyp {year}", "Area type {year}"),
    areas_column_value=("Värde", "Value"),
    areas_column_status=("Status", "Status"),
    areas_column_difference=(
        "Skillnad mot kommunen ({unit})",
        "Difference from the municipality ({unit})",
    ),
    areas_column_difference_bare=(
        "Skillnad mot kommunen",
        "Difference from the municipality",
    ),
    areas_column_people=("Folkmängd", "Population"),
    areas_type_division=(
        "Områdestypen finns i en annan RegSO-indelning och sätts inte på områdena i tabellen.",
        "The area type exists in another RegSO division and is not put on the areas of the table.",
    ),
    # over time
    areas_over_time=("{title} över tid {where}", "{title} over time {where}"),
    areas_add=("Lägg till område …", "Add an area …"),
    areas_no_area=(
        "{name} är inget område och visas inte bland dem.",
        "{name} is no area and is not shown among them.",
    ),
    # members
    areas_members=(
        "Stadsdelarna {where} och områdena som ingår",
        "The neighbourhoods {where} and the areas in them",
    ),
    areas_members_why=(
        (
            "En stadsdel är de RegSO-områden vilkas namn börjar med stadsdelens. Det är en "
            "approximation: gränserna är andra än de som områdena med lokala utvecklingsavtal "
            "hade i rapporten 2010."
        ),
        (
            "A neighbourhood is the RegSO areas whose names begin with its name. It is an "
            "approximation: the boundaries differ from those of the areas with local development "
            "agreements in the 2010 report."
        ),
    ),
    areas_confirmed=("Bekräftad av {who}.", "Confirmed by {who}."),
    areas_unconfirmed=(
        "Hela listan är inte bekräftad av regionen.",
        "The whole list has not been confirmed by the region.",
    ),
    # types
    areas_types=("Områdestyp {where}", "Area type {where}"),
    areas_type=("Typ {year}", "Type {year}"),
    areas_type_before=("Första jämförbara år", "First comparable year"),
    areas_type_then=("{type} ({year})", "{type} ({year})"),
    areas_type_change=("Förändring", "Change"),
    areas_type_same=("Samma typ", "Same type"),
    areas_type_moved=("Annan typ", "Another type"),
    areas_type_count=("typ {type}: {count}", "type {type}: {count}"),
    areas_type_counts=("Antal områden {year}: {counts}.", "Number of areas in {year}: {counts}."),
    # segregation
    areas_no_segregation=(
        "Olikhetsindex räknas inte {where}: det kräver minst fem RegSO-områden.",
        "There is no dissimilarity index {where}: it takes at least five RegSO areas.",
    ),
    # the report of 2010
    areas_report=("Som i rapporten 2010", "As in the 2010 report"),
    areas_report_why=(
        (
            "Rapporten visade sina områden i tre figurer. Det här är vad dagens statistik har av "
            "dem."
        ),
        (
            "The report showed its areas in three figures. This is what today's statistics have "
            "of them."
        ),
    ),
    areas_report_3=(
        (
            "Figur 3, arbetslösa: ett annat mått än rapportens öppet arbetslösa, och därför aldrig "
            "på samma axel."
        ),
        (
            "Figure 3, unemployment: another measure than the report's openly unemployed, and "
            "therefore never on the same axis."
        ),
    ),
    areas_report_6=(
        (
            "Figur 6, studerande 20–24 år: stadsdelarna tillsammans vägda med folkmängden i "
            "åldern, från 2010."
        ),
        (
            "Figure 6, students aged 20–24: the neighbourhoods together weighted by the population "
            "of that age, from 2010."
        ),
    ),
    areas_report_7=(
        "Figur 7, in- och utflyttares sysselsättning: områdena ett i taget, aldrig lagda samman.",
        "Figure 7, employment of in- and out-movers: the areas one by one, never put together.",
    ),
    areas_report_here=("Visa {title} här", "Show {title} here"),
    areas_report_there=("Figur {number} i Rapporten 2010", "Figure {number} in the 2010 report"),
)
