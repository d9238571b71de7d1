"""The sentences of the vocabulary: number, Swedish, English; the figures are published ones."""

ROWS: tuple[tuple[int, str, str], ...] = (
    (
        1,
        "År 2023 var 76,8 procent av befolkningen 20–65 år i Botkyrka sysselsatta.",
        "In 2023, 76.8 per cent of the population aged 20–65 in Botkyrka were employed.",
    ),
    (
        2,
        ("Det var 3,7 procentenheter lägre än i Stockholms kommun, där andelen var 80,5 procent."),
        (
            "This was 3.7 percentage points lower than in the municipality of Stockholm, "
            "where the share was 80.5 per cent."
        ),
    ),
    (
        3,
        (
            "Andelen i Järfälla, 80,8 procent, låg i nivå med andelen i Stockholms kommun, "
            "80,5 procent."
        ),
        (
            "The share in Järfälla, 80.8 per cent, was level with the share in the "
            "municipality of Stockholm, 80.5 per cent."
        ),
    ),
    (
        4,
        (
            "Mellan 2022 och 2023 minskade andelen inskrivna arbetslösa i Södertälje med 0,9 "
            "procentenheter, från 17,5 till 16,6 procent."
        ),
        (
            "Between 2022 and 2023 the share of registered unemployed in Södertälje fell by "
            "0.9 percentage points, from 17.5 to 16.6 per cent."
        ),
    ),
    (
        5,
        (
            "Mellan 2022 och 2023 var andelen sysselsatta i Botkyrka i stort sett oförändrad:"
            " 76,9 respektive 76,8 procent."
        ),
        (
            "Between 2022 and 2023 the share employed in Botkyrka was largely unchanged: 76.9"
            " and 76.8 per cent respectively."
        ),
    ),
    (
        6,
        (
            "Uppgifterna för 2021 och 2022 går inte att jämföra. Från och med 2022 kommer de "
            "från en annan källa (BAS) och gäller åldrarna 20–65 år i stället för 20–64 år."
        ),
        (
            "The figures for 2021 and 2022 cannot be compared. From 2022 they come from "
            "another source (BAS) and refer to ages 20–65 instead of 20–64."
        ),
    ),
    (
        7,
        (
            "Mellan 2016 och 2018 ökade andelen förvärvsarbetande i Botkyrka med 1,3 "
            "procentenheter, från 73,5 till 74,8 procent. Därefter bryts serien 2019 och "
            "2022."
        ),
        (
            "Between 2016 and 2018 the share employed in Botkyrka rose by 1.3 percentage "
            "points, from 73.5 to 74.8 per cent. The series is then broken in 2019 and 2022."
        ),
    ),
    (
        8,
        (
            "År 2021 var 42,1 procent av kvinnorna och 65,5 procent av männen "
            "förvärvsarbetande bland personer 20–64 år i Stockholms län som bott 0–1 år i "
            "Sverige. Skillnaden var 23,4 procentenheter."
        ),
        (
            "In 2021, 42.1 per cent of women and 65.5 per cent of men were employed among "
            "persons aged 20–64 in Stockholm county who had lived in Sweden 0–1 years. The "
            "difference was 23.4 percentage points."
        ),
    ),
    (
        9,
        (
            "Enligt rapporten 2010 var 83,7 procent av dem som är födda i Sverige och 59 "
            "procent av dem som är födda utanför EU/EFTA förvärvsarbetande i Stockholms län "
            "2008. Skillnaden var omkring 25 procentenheter."
        ),
        (
            "According to the 2010 report, 83.7 per cent of those born in Sweden and 59 per "
            "cent of those born outside EU/EFTA were employed in Stockholm county in 2008. "
            "The difference was about 25 percentage points."
        ),
    ),
    (
        10,
        (
            "För personer födda i Norden utom Sverige redovisas ingen andel i Nykvarn 2023 "
            "(..). SCB redovisar andelar bara för grupper med fler än 20 personer, av vilka "
            "fler än 5 har egenskapen."
        ),
        (
            "No share is given for persons born in the Nordic countries excl. Sweden in "
            "Nykvarn in 2023 (..). Statistics Sweden gives shares only for groups of more "
            "than 20 persons of whom more than 5 have the property."
        ),
    ),
    (
        11,
        "Uppgifter för 2024 finns ännu inte i källan. Det senaste året är 2023.",
        "Figures for 2024 are not yet in the source. The latest year is 2023.",
    ),
    (
        12,
        (
            "Åren 2010–2018 var riktningen stigande: andelen förvärvsarbetande bland personer"
            " 20–64 år i Stockholms län som bott 10 år eller längre i Sverige gick från 69,5 "
            "till 76,1 procent."
        ),
        (
            "In 2010–2018 the direction was upward: the share employed among persons aged "
            "20–64 in Stockholm county who had lived in Sweden 10 years or longer went from "
            "69.5 to 76.1 per cent."
        ),
    ),
    (
        13,
        (
            "Åren 2010–2021 hade andelen öppet arbetslösa i Botkyrka ingen tydlig riktning. "
            "Den varierade mellan 13,9 och 17,2 procent."
        ),
        (
            "In 2010–2021 the share of openly unemployed in Botkyrka had no clear direction. "
            "It varied between 13.9 and 17.2 per cent."
        ),
    ),
    (
        14,
        "Sedan källan byttes 2022 finns två år. Det är för få för att ange en riktning.",
        "There are two years after the break in 2022. That is too few to state a direction.",
    ),
    (
        15,
        (
            "I Nibble (Järfälla) var kvoten 69,9 år 2022: inflyttarna var sysselsatta i lägre"
            " grad än utflyttarna. I små områden varierar kvoten mycket mellan åren."
        ),
        (
            "In Nibble (Järfälla) the ratio was 69.9 in 2022: in-movers were employed to a "
            "lesser extent than out-movers. In small areas the ratio varies greatly from year"
            " to year."
        ),
    ),
    (
        16,
        (
            "År 2024 hade Botkyrka ett flyttningsnetto på −48 personer: +429 mot utlandet och"
            " −477 inrikes."
        ),
        (
            "In 2024 Botkyrka had a net migration of −48 persons: +429 abroad and −477 within"
            " Sweden."
        ),
    ),
    (
        17,
        (
            "Uppgiften för Alby är beräknad ur 1 av 2 RegSO-områden; för det andra saknas "
            "uppgift. Områdets gräns avviker från stadsdelens."
        ),
        (
            "The figure for Alby is calculated from 1 of 2 RegSO areas; the other is missing."
            " The boundary differs from that of the neighbourhood."
        ),
    ),
    (
        18,
        (
            "Regionens mål är 80 procent år 2030. År 2023 var andelen 76,8 procent, 3,2 "
            "procentenheter under målet."
        ),
        (
            "The region's target is 80 per cent in 2030. In 2023 the share was 76.8 per cent,"
            " 3.2 percentage points below the target."
        ),
    ),
    (
        19,
        (
            "SCB har ändrat uppgiften för 2022 från 76,7 till 76,9 procent sedan den förra "
            "versionen."
        ),
        (
            "Statistics Sweden has changed the figure for 2022 from 76.7 to 76.9 per cent "
            "since the previous version."
        ),
    ),
)
