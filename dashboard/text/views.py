"""The words of the views over regions: comparison, two years, map and differences."""

from dashboard.text.terms import texts

TERMS = texts(
    # which regions and years
    among_which=("Bland", "Among"),
    heading_kommun=("i kommunerna {where}", "in the municipalities {where}"),
    heading_lan=("i länen", "in the counties"),
    heading_omrade=("i RegSO-områdena {where}", "in the RegSO areas {where}"),
    heading_riket=("{where}", "{where}"),
    sort_order=("Ordning", "Order"),
    sorted_by_namn=("Namn", "Name"),
    sorted_by_kod=("Kod", "Code"),
    sorted_by_varde=("Värde", "Value"),
    sorted_by_forandring=("Förändring", "Change"),
    no_year=(
        "Det finns inga uppgifter att visa för år {year}.",
        "There are no figures to show for the year {year}.",
    ),
    choose_municipality=(
        "Välj en kommun för att se dess områden.",
        "Choose a municipality to see its areas.",
    ),
    no_areas=(
        "Kommunens områden har inga uppgifter i källan.",
        "The source has no figures of the areas of the municipality.",
    ),
    column_region=("Region", "Region"),
    column_code=("Kod", "Code"),
    column_place=("Plats", "Place"),
    column_change=("Förändring sedan {year}", "Change since {year}"),
    column_why=("Anmärkning", "Remark"),
    beside_rows=("Till jämförelse", "For comparison"),
    # comparison
    compare_of=("Diagram över regioner", "Chart of regions"),
    bars_from_zero=("Staplarna börjar på noll.", "The bars start at zero."),
    dots_from_zero=(
        "Punkternas streck börjar på noll; till vänster är talet negativt.",
        "The lines of the dots start at zero; to the left the number is negative.",
    ),
    dots_from_hundred=(
        "Punkternas streck börjar på 100.",
        "The lines of the dots start at 100.",
    ),
    own_dark=("Mörkblå: {name}.", "Dark blue: {name}."),
    reference_lines=("Lodräta linjer: {names}.", "Vertical lines: {names}."),
    ordered_namn=("I bokstavsordning.", "In alphabetical order."),
    ordered_kod=("Ordnade efter kod.", "Ordered by code."),
    ordered_varde=("Högst värde först.", "Highest value first."),
    ordered_forandring=(
        "Störst ökning sedan {year} först.",
        "Largest rise since {year} first.",
    ),
    span_of=(
        "Värdena går från {low} till {high}; {count} av {all} regioner har ett tal att jämföra.",
        "Values go from {low} to {high}; {count} of {all} regions have a number to compare.",
    ),
    span_one=(
        "1 av {all} regioner har ett tal att jämföra: {low}.",
        "1 of {all} regions has a number to compare: {low}.",
    ),
    span_empty=("Ingen region visas.", "No region is shown."),
    span_alone=("En region visas: {low}.", "One region is shown: {low}."),
    span_none=(
        "Ingen av {all} regioner har ett tal att jämföra.",
        "None of {all} regions has a number to compare.",
    ),
    span_none_alone=(
        "En region visas. Den har inget tal.",
        "One region is shown. It has no number.",
    ),
    aside_break=("brott i serien", "break in the series"),
    aside_segment=("annat register", "another register"),
    aside_division=("annan indelning", "another division"),
    aside_members=("andra delar", "other members"),
    aside_median=("median", "median"),
    aside_respects=("annan grupp", "another group"),
    aside_indicator=("annat mått", "another measure"),
    aside_class=("klass", "class"),
    # two years
    first_year=("Första år", "First year"),
    last_year=("Sista år", "Last year"),
    two_years_of=("Diagram över två år", "Chart of two years"),
    two_dots=(
        "Öppen punkt: {first}. Fylld punkt: {last}. Ett streck förenar dem som kan jämföras.",
        "Open dot: {first}. Filled dot: {last}. A line joins those that can be compared.",
    ),
    years_disabled=(
        "Avstängda år kan inte jämföras med det andra valda året: {reason}",
        "Disabled years cannot be compared with the other chosen year: {reason}",
    ),
    years_break=("brott i serien {years}.", "break in the series in {years}."),
    years_other=("annat register eller annan indelning.", "another register or division."),
    no_two_years=(
        "Det finns inte två år med uppgifter som kan jämföras.",
        "There are no two years with figures that can be compared.",
    ),
    no_pair_of_years=(
        "Åren {first} och {last} kan inte jämföras för regionerna i listan.",
        "The years {first} and {last} cannot be compared for the regions of the list.",
    ),
    column_judged=("Bedömning", "Judgement"),
    years_between=("{first} och {last}", "{first} and {last}"),
    two_span_of=(
        "{count} av {all} regioner kan jämföras.",
        "{count} of {all} regions can be compared.",
    ),
    two_span_one=(
        "1 av {all} regioner kan jämföras.",
        "1 of {all} regions can be compared.",
    ),
    two_span_none=(
        "Ingen av {all} regioner kan jämföras.",
        "None of {all} regions can be compared.",
    ),
    two_span_alone=(
        "En region visas. Dess två år kan jämföras.",
        "One region is shown. Its two years can be compared.",
    ),
    two_span_empty=("Ingen region visas.", "No region is shown."),
    two_span_none_alone=(
        "En region visas. Dess två år kan inte jämföras.",
        "One region is shown. Its two years cannot be compared.",
    ),
    change_unit=("Förändring i {unit}.", "Change in {unit}."),
    percentage_points=("procentenheter", "percentage points"),
    # map
    map_of=("Karta över regioner", "Map of regions"),
    map_how=(
        "Ju mörkare yta, desto högre värde.",
        "The darker the area, the higher the value.",
    ),
    map_click=(
        "Klicka på en region, eller välj den i listan.",
        "Click a region, or choose it in the list.",
    ),
    map_none_omrade=(
        "Det finns inga gränser att rita för områden. Uppgifterna står i tabellen.",
        "There are no boundaries to draw of areas. The figures are in the table.",
    ),
    map_none_riket=(
        "Riket är en enda yta. Uppgiften står i tabellen.",
        "The country is a single area. The figure is in the table.",
    ),
    map_every=("Visa alla Sveriges kommuner", "Show all municipalities of Sweden"),
    map_list=("Välj i en lista ({count} regioner)", "Choose in a list ({count} regions)"),
    # differences
    group_by=("Skillnad mellan", "Difference between"),
    group_one=("Första grupp", "First group"),
    group_other=("Andra grupp", "Second group"),
    group_kind_origin=("Födelseregioner", "Regions of birth"),
    group_kind_stay=("Tid i Sverige", "Time in Sweden"),
    group_kind_reason=("Skäl till invandring", "Reasons for immigration"),
    group_kind_age=("Åldrar", "Ages"),
    group_kind_sex=("Kvinnor och män", "Women and men"),
    group_kind_education=("Utbildningar", "Levels of education"),
    no_pair=(
        "Paret finns inte i källan här: {one} och {other}.",
        "The source has no such pair here: {one} and {other}.",
    ),
    no_pairs=(
        "Källan har inte två grupper att jämföra på den här nivån.",
        "The source has no two groups to compare at this level.",
    ),
    minus=("{one} minus {other}", "{one} minus {other}"),
    divided=("{one} delat med {other}", "{one} divided by {other}"),
    difference_line=("Skillnad", "Difference"),
    ratio_line=("Kvot", "Ratio"),
    gap_heading=(
        "{title} {where}: skillnad mellan {one} och {other}",
        "{title} {where}: difference between {one} and {other}",
    ),
    ratio_heading=(
        "{title} {where}: kvot mellan {one} och {other}",
        "{title} {where}: ratio of {one} to {other}",
    ),
    difference_unit=("Skillnad i {unit}.", "Difference in {unit}."),
    difference_own=(
        "Skillnad och kvot: egen bearbetning av data från SCB.",
        "Difference and ratio: own processing of data from Statistics Sweden.",
    ),
    gap_unit=("I {unit}.", "In {unit}."),
    gap_how=(
        "Noll: lika. Över noll är {one} högre.",
        "Zero: alike. Above zero {one} is higher.",
    ),
    ratio_how=("1: lika.", "1: alike."),
    gap_of=("Diagram över skillnaden", "Chart of the difference"),
    ratio_of=("Diagram över kvoten", "Chart of the ratio"),
    gap_none_here=(
        "Skillnaden kan inte beräknas {where}: uppgift saknas för en av grupperna eller båda.",
        "There is no difference {where}: one of the groups, or both, has no figure.",
    ),
    gap_moved=(
        "Mellan {first} och {last} {word} skillnaden från {start} till {end}.",
        "Between {first} and {last} the difference {word} from {start} to {end}.",
    ),
    gap_kept=(
        "Mellan {first} och {last} var skillnaden i stort sett oförändrad: {start} och {end}.",
        "Between {first} and {last} the difference was largely unchanged: {start} and {end}.",
    ),
    gap_turned=(
        "Mellan {first} och {last} vände skillnaden: från {start} till {end}.",
        "Between {first} and {last} the difference turned: from {start} to {end}.",
    ),
    gap_grew=("ökade", "grew"),
    gap_shrank=("minskade", "shrank"),
    gap_by_region=("Skillnaden efter region", "The difference by region"),
    gap_span_of=(
        (
            "Skillnaderna går från {low} till {high} {unit}; {count} av {all} regioner har en "
            "skillnad."
        ),
        "Differences go from {low} to {high} {unit}; {count} of {all} regions have one.",
    ),
    gap_span_one=(
        "1 av {all} regioner har en skillnad: {low} {unit}.",
        "1 of {all} regions has a difference: {low} {unit}.",
    ),
    gap_span_alone=("En region visas: {low} {unit}.", "One region is shown: {low} {unit}."),
    gap_span_none=(
        "Ingen av {all} regioner har en skillnad.",
        "None of {all} regions has a difference.",
    ),
    gap_span_empty=("Ingen region visas.", "No region is shown."),
    gap_span_none_alone=(
        "En region visas. Den har ingen skillnad.",
        "One region is shown. It has no difference.",
    ),
    gap_year=("År i regionerna", "Year of the regions"),
    column_difference=("Skillnad", "Difference"),
    column_ratio=("Kvot", "Ratio"),
)
