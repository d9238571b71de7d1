"""The sentences about figures, in both languages and with blanks, and their fixed notes."""

from dashboard.text.terms import texts

TERMS = texts(
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
    figure_hidden=(
        "För {people} redovisas {none} {where} {period} ({symbol}).",
        "{none} is given for {people} {where} in {period} ({symbol}).",
    ),
    figure_hidden_all=(
        "{none} redovisas {where} {period} ({symbol}).",
        "{none} is given {where} in {period} ({symbol}).",
    ),
    figure_absent=(
        "För {people} saknas uppgift {where} {period}.",
        "No figure is available for {people} {where} in {period}.",
    ),
    figure_absent_all=(
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
    figure_impossible=("Uppgiften kan inte förekomma.", "The figure cannot occur."),
    not_yet=(
        "Uppgifter för {period} finns ännu inte i källan. Det senaste året är {latest}.",
        "Figures for {period} are not yet in the source. The latest year is {latest}.",
    ),
    # direction
    direction_clear=(
        "Åren {span} var riktningen {word}: {topic} gick från {start} till {end}.",
        "In {span} the direction was {word}: {topic} went from {start} to {end}.",
    ),
    direction_rising=("stigande", "upward"),
    direction_falling=("fallande", "downward"),
    direction_unclear=(
        "Åren {span} hade {topic} ingen tydlig riktning. {it} varierade mellan {low} och {high}.",
        "In {span} {topic} had no clear direction. {it} varied between {low} and {high}.",
    ),
    direction_constant=(
        "Åren {span} hade {topic} ingen tydlig riktning. {it} var hela tiden {high}.",
        "In {span} {topic} had no clear direction. {it} was {high} throughout.",
    ),
    it_common=("Den", "It"),
    it_neuter=("Det", "It"),
    too_few_after=(
        "Efter tidsseriebrottet {year} finns {count} år. Det är för få för att ange en riktning.",
        "There are {count} years after the break in {year}. That is too few to state a direction.",
    ),
    too_few_after_one=(
        "Efter tidsseriebrottet {year} finns ett år. Det är för få för att ange en riktning.",
        "There is one year after the break in {year}. That is too few to state a direction.",
    ),
    too_few_since=(
        "Sedan källan byttes {year} finns {count} år. Det är för få för att ange en riktning.",
        "There are {count} years after the break in {year}. That is too few to state a direction.",
    ),
    too_few_since_one=(
        "Sedan källan byttes {year} finns ett år. Det är för få för att ange en riktning.",
        "There is one year after the break in {year}. That is too few to state a direction.",
    ),
    too_few=(
        "Det finns {count} år med uppgifter. Det är för få för att ange en riktning.",
        "There are {count} years with figures. That is too few to state a direction.",
    ),
    too_few_one=(
        "Det finns ett år med uppgifter. Det är för få för att ange en riktning.",
        "There is one year with figures. That is too few to state a direction.",
    ),
    too_few_older_one=(
        (
            "Uppgiften för {span} står ensam vid ett tidsseriebrott. Ett år är för lite för en "
            "riktning."
        ),
        "The figure for {span} stands alone beside a break. One year is too few for a direction.",
    ),
    too_few_older=(
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
    # targets, revisions, the report of 2010
    target=(
        "{owner} mål är {goal} år {year}.",
        "{owner} target is {goal} in {year}.",
    ),
    target_open=(
        "{owner} mål är {goal} från och med {year}.",
        "{owner} target is {goal} from {year}.",
    ),
    target_apart=(
        "År {period} var {short} {value}, {difference} {word} målet.",
        "In {period} {short} was {value}, {difference} {word} the target.",
    ),
    target_met=(
        "År {period} var {short} {value}, lika med målet.",
        "In {period} {short} was {value}, equal to the target.",
    ),
    under=("under", "below"),
    over=("över", "above"),
    revised=(
        "SCB har ändrat uppgiften för {period} från {old} till {new} sedan den förra versionen.",
        (
            "Statistics Sweden has changed the figure for {period} from {old} to {new} since the "
            "previous version."
        ),
    ),
    revised_added=(
        "SCB har sedan den förra versionen lagt till uppgiften för {period}: {new}.",
        "Statistics Sweden has added the figure for {period} since the previous version: {new}.",
    ),
    revised_removed=(
        "SCB har sedan den förra versionen tagit bort uppgiften för {period}, som var {old}.",
        (
            "Statistics Sweden has removed the figure for {period}, which was {old}, since the "
            "previous version."
        ),
    ),
    report_2010_gap=(
        (
            "Enligt rapporten 2010 {verb} {one} av dem {those} och {other} av dem {them} {state} "
            "{where} {period}. Skillnaden var omkring {difference}."
        ),
        (
            "According to the 2010 report, {one} of those {those} and {other} of those {them} "
            "{verb} {state} {where} in {period}. The difference was about {difference}."
        ),
    ),
    # unions of regions
    union_partial=(
        "Uppgiften för {name} är beräknad ur {present} av {members} {kind}; {rest} saknas uppgift.",
        "The figure for {name} is calculated from {present} of {members} {kind}; {rest} missing.",
    ),
    union_whole=(
        "Uppgiften för {name} är beräknad ur {members} {kind}.",
        "The figure for {name} is calculated from {members} {kind}.",
    ),
    union_empty=(
        "Uppgiften för {name} kan inte beräknas: den saknas för {members} av {members} {kind}.",
        "The figure for {name} cannot be calculated: {members} of {members} {kind} have none.",
    ),
    union_rest_one_neuter=("för det andra", "the other is"),
    union_rest_one_common=("för den andra", "the other is"),
    union_rest_many=("för de andra", "the others are"),
    union_regso_one=("RegSO-område", "RegSO area"),
    union_regso_many=("RegSO-områden", "RegSO areas"),
    union_municipality_one=("kommun", "municipality"),
    union_municipality_many=("kommuner", "municipalities"),
    union_county_one=("län", "county"),
    union_county_many=("län", "counties"),
    union_region_one=("region", "region"),
    union_region_many=("regioner", "regions"),
    union_weighted=("Uppgiften är ett vägt medel.", "The figure is a weighted mean."),
    union_summed=("Uppgiften är en summa.", "The figure is a sum."),
    union_added=(
        "Andelen är beräknad ur summan av antalen.",
        "The share is calculated from the sum of the counts.",
    ),
    union_median=(
        "Uppgiften är medianen av delarna och ingen uppgift för helheten.",
        "The figure is the median of the parts and no figure of the whole.",
    ),
    union_borders=(
        "Områdets gräns avviker från stadsdelens.",
        "The boundary differs from that of the neighbourhood.",
    ),
    union_confirmed=(
        "Listan över områden är bekräftad {date}.",
        "The list of areas was confirmed on {date}.",
    ),
    union_in_own=("i gruppen {name}", "in the group {name}"),
    union_nested=(
        "Gruppen kan inte läggas samman: {inner} ingår i {outer}.",
        "The group cannot be put together: {inner} is part of {outer}.",
    ),
    union_no_figure=(
        "För {name} finns ingen sammanlagd uppgift: {why}.",
        "There is no figure for {name} as a whole: {why}.",
    ),
    union_one_by_one=(
        "Delarna visas var för sig: {names}.",
        "The parts are shown one by one: {names}.",
    ),
    union_one_by_one_of=(
        "De {members} {kind} som ingår visas var för sig:",
        "Its {members} {kind} are shown one by one:",
    ),
    union_median_of=(
        "Medianen av {present} {kind} var {value} år {period}. Den är ingen uppgift för helheten.",
        "The median of {present} {kind} was {value} in {period}. It is no figure of the whole.",
    ),
    union_why_ratio=(
        "en kvot eller ett index för flera områden kan inte räknas ut ur områdenas egna",
        "a ratio or index of several areas cannot be worked out from those of each",
    ),
    union_why_amount=(
        "en median eller ett medelvärde för flera områden kan inte räknas ut ur områdenas egna",
        "a median or mean of several areas cannot be worked out from those of each",
    ),
    union_why_class=(
        "klasser för flera områden kan inte läggas samman",
        "classes of several areas cannot be put together",
    ),
    union_why_count=(
        "antalen för flera områden kan inte läggas samman",
        "the counts of several areas cannot be added",
    ),
    union_why_share=(
        "andelens nämnare är inte folkmängden och publiceras inte för områdena",
        "the denominator of the share is not the population and is not published for the areas",
    ),
    union_why_group=(
        "gruppens folkmängd, som andelarna skulle vägas med, publiceras inte",
        "the population of the group, by which the shares would be weighted, is not published",
    ),
    union_why_people=(
        "folkmängden i samma åldrar, som andelarna skulle vägas med, publiceras inte för områdena",
        (
            "the population of the same ages, by which the shares would be weighted, is not "
            "published for the areas"
        ),
    ),
    union_some=("några grupper", "some groups"),
    union_varied=(
        (
            "Uppgiften för {name} är beräknad ur {fewest} till {most} av {members} {kind}, olika "
            "många i olika år och grupper."
        ),
        (
            "The figure for {name} is calculated from {fewest} to {most} of {members} {kind}, "
            "varying by year and group."
        ),
    ),
    # fixed notes
    note_origin=(
        (
            "Födelseland är inte detsamma som etnisk tillhörighet. Statistiken bygger på register "
            "och innehåller inga uppgifter om enskilda personer."
        ),
        (
            "Country of birth is not the same as ethnicity. The statistics come from registers and "
            "contain no data about individuals."
        ),
    ),
    note_outcome=(
        (
            "Måttet visar utfall. Det visar inte vad som orsakat det eller om en viss insats haft "
            "effekt."
        ),
        (
            "The measure shows outcomes. It does not show their cause or whether a given measure "
            "had an effect."
        ),
    ),
    note_order=(
        "Ordningen är inget betyg. Små skillnader mellan kommuner saknar praktisk betydelse.",
        (
            "The order is not a grade. Small differences between municipalities have no practical "
            "importance."
        ),
    ),
    note_noise=(
        (
            "Uppgifter från 2025 är skyddade med slumpmässiga små justeringar. Delar behöver inte "
            "summera till totalen."
        ),
        (
            "Figures from 2025 are protected by small random adjustments. Parts need not add up to "
            "the total."
        ),
    ),
    note_regso_2020=(
        "Områdena följer RegSO-indelningen 2020.",
        "The areas follow the RegSO division of 2020.",
    ),
    note_regso_2025=(
        "Områdena följer RegSO-indelningen 2025.",
        "The areas follow the RegSO division of 2025.",
    ),
    note_regso_both=(
        "Områden i RegSO-indelningen 2020 och 2025 är olika områden och jämförs inte.",
        "Areas of the RegSO divisions of 2020 and 2025 are different areas and are not compared.",
    ),
    note_border=(
        "Områdets gräns kan ha justerats 2025.",
        "The boundary of the area may have been adjusted in 2025.",
    ),
)
