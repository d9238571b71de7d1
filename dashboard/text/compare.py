"""The words of the page that compares regions over many indicators."""

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
)
