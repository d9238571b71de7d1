"""The words of the pages that compare regions, and of the areas of a municipality."""

from dashboard.text.terms import texts

TERMS = texts(
    compare_title=("Jämför {region}", "Compare {region}"),
    compare_lede=(
        (
            "Många indikatorer bredvid varandra. Under varje jämförelse står hur mycket den ligger "
            "över (+) eller under (−) {region}: procentenheter för andelar, annars måttets enhet. "
            "Antal och klasser står utan skillnad."
        ),
        (
            "Many indicators side by side. Under each comparison stands how much it is above (+) "
            "or below (−) {region}: percentage points for shares, else the unit of the measure. "
            "Numbers of persons and classes stand without a difference."
        ),
    ),
    compare_caption=(
        "{what} {where} och {count} jämförelser, senaste året för {region}",
        "{what} {where} and {count} comparisons, the latest year of {region}",
    ),
    compare_caption_one=(
        "{what} {where} och en jämförelse, senaste året för {region}",
        "{what} {where} and one comparison, the latest year of {region}",
    ),
    compare_caption_none=(
        "{what} {where}, senaste året",
        "{what} {where}, the latest year",
    ),
    compare_shades=(
        (
            "Skuggan och stapeln visar var regionen ligger bland alla län eller kommuner samma år, "
            "från lägsta till högsta femtedelen. De är inget betyg."
        ),
        (
            "The shade and bar show where the region lies among all counties or municipalities in "
            "the same year, from the lowest to the highest fifth. They are no grade."
        ),
    ),
    fifth=("femtedel {number} av 5 bland {level}", "fifth {number} of 5 among {level}"),
    fifth_county=("länen", "the counties"),
    fifth_municipality=("kommunerna", "the municipalities"),
    fifth_1=("Lägsta femtedelen", "Lowest fifth"),
    fifth_5=("Högsta femtedelen", "Highest fifth"),
    in_level=("i nivå", "level"),
    not_compared=("jämförs inte", "not compared"),
    similar_median=("Liknande kommuner (median)", "Similar municipalities (median)"),
    no_median=("Ingen median av antal och klasser", "No median of numbers and classes"),
    no_salar_group=(
        "{region} hör inte till någon kommungrupp enligt SKR.",
        "{region} belongs to no SALAR municipality group.",
    ),
    no_neighbours=(
        "För {region} finns inga liknande kommuner att visa.",
        "There are no similar municipalities to show for {region}.",
    ),
    too_many_columns=(
        "Högst {count} kolumner visas; resten är utelämnade.",
        "At most {count} columns are shown; the rest are left out.",
    ),
    add_salar=("Kommungrupp enligt SKR", "SALAR municipality group"),
    add_similar=("Liknande kommuner", "Similar municipalities"),
    add_county=("Lägg till länets kommuner", "Add the county’s municipalities"),
    clear=("Rensa urval", "Clear selection"),
    name_selection=(
        "Ge urvalet ett namn för att se det som en grupp",
        "Name the selection to see it as a group",
    ),
    quick=("Snabbval", "Quick choices"),
    choose_indicators=("Indikatorer", "Indicators"),
    all_of_them=("Alla indikatorer", "All indicators"),
    sort_columns=("Ordna kolumnerna efter", "Order the columns by"),
    order_namn=("namn", "name"),
    order_kod=("kod", "code"),
    order_varde=("värde för första indikatorn", "value of the first indicator"),
    order_forandring=("skillnad för första indikatorn", "difference of the first indicator"),
    made_union=("flera regioner", "several regions"),
    made_median=("median av flera", "median of several"),
    pair_heading=(
        "Skillnad mellan {one} och {other}",
        "Difference between {one} and {other}",
    ),
    pair_lede=(
        (
            "Uppgiften för {one} minus uppgiften för {other}, i samma år. Bara indikatorer som har "
            "båda grupperna visas."
        ),
        (
            "The figure of {one} minus that of {other}, in the same year. Only indicators with "
            "both groups are shown."
        ),
    ),
    pair_one=("Första gruppen", "First group"),
    pair_other=("Andra gruppen", "Second group"),
    similar_regions=("Liknande kommuner", "Similar municipalities"),
    similar_where=("som liknar {region}", "that resemble {region}"),
    similar_no_areas=(
        "Liknande kommuner är inga områden och visas inte bland dem.",
        "Similar municipalities are no areas and are not shown among them.",
    ),
    similar_heading=(
        "Kommuner som liknar {region}",
        "Municipalities that resemble {region}",
    ),
    similar_lede=(
        (
            "De sju närmaste {year} efter folkmängd, andel födda utanför Europa, andel med "
            "eftergymnasial utbildning och andel 20–64 år. Avstånd 0: samma värden."
        ),
        (
            "The seven nearest in {year} by population, share born outside Europe, share with "
            "post-secondary education and share aged 20–64. Distance 0: equal values."
        ),
    ),
    similar_far=(
        "{region} har inga nära grannar: även de närmaste skiljer sig tydligt.",
        "{region} has no near neighbours: even the nearest differ clearly.",
    ),
    similar_variable=(
        "{variable} saknas i källan och är utelämnad.",
        "{variable} is missing in the source and left out.",
    ),
    municipality_word=("Kommun", "Municipality"),
    combination_none=(
        "Kombinationen finns inte i källan",
        "The source has no such combination",
    ),
    distance=("Avstånd", "Distance"),
    likeness_population=("Folkmängd", "Population"),
    likeness_born_outside_europe_share=(
        "Födda utanför Europa, procent",
        "Born outside Europe, per cent",
    ),
    likeness_post_secondary_share=(
        "Eftergymnasial utbildning, procent",
        "Post-secondary education, per cent",
    ),
    likeness_aged_20_64_share=("20–64 år, procent", "Aged 20–64, per cent"),
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
