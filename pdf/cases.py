"""The rubriques of the CERFA 12434*05 and their boxes; the labels beside them are in cerfa_page1.html and _page2.html.

A new field: one line here, one line there.
"""

from pdf.boxes import Box, Case, case, date_case, square
from pdf.writing import courriel, euros, hours_minutes, nir, one_of, oui_non, rncp, text, tick

EMPLOYEUR: dict[str, Case] = {
    "E1": case(text, Box(1, 23.1, 120.9, 259.2)),
    "E2": case(oui_non, square(1, 420, 122.8, "oui"), square(1, 467.1, 122.8, "non")),
    "E3": case(text, Box(1, 299.4, 149.6, 265)),
    "E4": case(text, Box(1, 44.6, 150.7, 33.2)),
    "E5": case(text, Box(1, 112.3, 150.7, 170)),
    "E6": case(text, Box(1, 94.6, 168.2, 187.7)),
    "E7": case(text, Box(1, 94.6, 185.6, 65.2)),
    "E8": case(text, Box(1, 94.6, 202.9, 187.7)),
    "E9": case(text, Box(1, 94.6, 220.2, 187.7)),
    "E10": case(courriel, Box(1, 23.1, 252.1, 122, after="@"), Box(1, 160.3, 252.1, 122)),
    "E11": case(text, Box(1, 23.1, 282.1, 259.2)),
    "E12": case(text, Box(1, 23.1, 314.1, 259.2)),
    "E13": case(text, Box(1, 299.4, 190, 272.2)),
    "E14": case(text, Box(1, 489.6, 208.2, 82)),
    "E15": case(text, Box(1, 489.6, 225.5, 82)),
    "E16": case(text, Box(1, 523.6, 242.8, 48)),
    "E17": case(text, Box(1, 383.6, 260.1, 188)),
}
SALARIE: dict[str, Case] = {
    "S1": case(text, Box(1, 183.2, 365.3, 388.4)),
    "S2": case(text, Box(1, 101.3, 381.5, 470.3)),
    "S3": case(text, Box(1, 250, 397.7, 321.6)),
    "S4": case(text, Box(1, 44.6, 434, 33.2)),
    "S5": case(text, Box(1, 112.3, 434, 170)),
    "S6": case(text, Box(1, 94.6, 451.5, 187.7)),
    "S7": case(text, Box(1, 94.6, 468.9, 65.2)),
    "S8": case(text, Box(1, 94.6, 486.2, 187.7)),
    "S9": case(text, Box(1, 94.6, 507, 187.7)),
    "S10": case(courriel, Box(1, 23.1, 537, 122, after="@"), Box(1, 160.3, 537, 122)),
    "S11": case(nir, Box(1, 101.9, 554.4, 180.4)),
    "S12": date_case(1, 123.3, 572.9),
    "S13": case(one_of("M", "F"), square(1, 58.1, 593.8, "M"), square(1, 90, 593.8, "F")),
    "S14": case(text, Box(1, 420, 418.1, 32.6)),
    "S15": case(text, Box(1, 420, 435.4, 151.6)),
    "S16": case(oui_non, square(1, 360.1, 464.3, "oui"), square(1, 413.6, 464.3, "non")),
    "S17": case(oui_non, square(1, 404.8, 490.2, "oui"), square(1, 458.3, 490.2, "non")),
    "S18": case(oui_non, square(1, 404.8, 503.4, "oui"), square(1, 458.3, 503.4, "non")),
    "S19": case(oui_non, square(1, 421.3, 517.2, "oui"), square(1, 474.8, 517.2, "non")),
    "S20": case(text, Box(1, 430, 531, 141.6)),
    "S21": case(text, Box(1, 338.5, 546.9, 39.6, after="mois")),
    "S22": case(text, Box(1, 430, 564.5, 31.7)),
    "S23": case(text, Box(1, 498, 581.8, 31.7)),
    "S24": case(text, Box(1, 498, 599.1, 31.7)),
}
TUTEUR: dict[str, Case] = {
    "T1": case(text, Box(1, 94.6, 676.1, 187.7)),
    "T2": case(text, Box(1, 94.6, 693.4, 187.7)),
    "T3": case(text, Box(1, 94.6, 710.8, 187.7)),
    "T4": date_case(1, 123.3, 728.1),
    "T5": case(text, Box(1, 371, 676.1, 200.6)),
    "T6": case(text, Box(1, 371, 693.4, 200.6)),
    "T7": case(text, Box(1, 371, 710.8, 200.6)),
    "T8": date_case(1, 399.7, 728.1),
    "T9": case(text, Box(1, 528.6, 748.9, 43)),
    "T10": case(tick, square(1, 23.1, 799)),
}
CONTRAT: dict[str, Case] = {
    "C1": case(
        one_of("cdi", "cdd", "travail_temporaire"),
        square(2, 23.9, 63, "CDI"),
        square(2, 64, 63, "CDD"),
        square(2, 106, 63, "travail temporaire"),
    ),
    "C2": case(tick, square(2, 300.2, 53.8)),
    "C3": case(text, Box(2, 95, 86, 19.9)),
    "C4": case(text, Box(2, 249, 131.5, 322.6)),
    "C5": case(text, Box(2, 272, 148.8, 299.6)),
    "C6": case(text, Box(2, 65.8, 165.6, 80)),
    "C7": case(text, Box(2, 412, 165.6, 80)),
    "C8": case(text, Box(2, 23.1, 207.6, 39.8, after="jours")),
    "C9": date_case(2, 207.1, 207.6),
    "C10": date_case(2, 391.2, 207.6),
    "C11": date_case(2, 23.1, 250.5),
    "C12": case(hours_minutes, Box(2, 207.1, 250.5, 24, after="heures"), Box(2, 266.7, 250.5, 19.9, after="minutes")),
    "C13": date_case(2, 391.2, 250.5),
    "C14": case(euros, Box(2, 190, 271.5, 48, after=","), Box(2, 246, 271.5, 19.9, after="€")),
}
FORMATION: dict[str, Case] = {
    "F1": case(text, Box(2, 23.1, 332.8, 259.2)),
    "F2": case(text, Box(2, 299.4, 332.8, 272.2)),
    "F3": case(text, Box(2, 299.4, 363.4, 272.2)),
    "F4": case(text, Box(2, 515, 382.9, 56.6)),
    "F5": case(oui_non, square(2, 27, 373.3, "oui"), square(2, 80, 373.3, "non")),
    "F6": case(tick, square(2, 27, 393.9)),
    "F7": case(text, Box(2, 126, 441.5, 19.9)),
    "F8": case(text, Box(2, 304, 441.5, 19.9)),
    "F9": case(rncp, Box(2, 523.6, 441.5, 48)),
    "F10": case(text, Box(2, 97, 458.8, 474.6, 28.4)),
    "F11": case(text, Box(2, 126, 490.5, 39.8)),
    "F12": case(text, Box(2, 370, 524, 39.8, after="heures")),
    "F13": case(text, Box(2, 370, 541.1, 39.8, after="heures")),
    "F14": date_case(2, 23.1, 575.1),
    "F15": date_case(2, 299.4, 575.1),
    "G1": case(text, Box(2, 59.7, 637.7, 222.6)),
}
OPCO: dict[str, Case] = {
    "O1": case(text, Box(2, 23.1, 762, 259.2)),
    "O2": case(text, Box(2, 299.4, 762, 272.2)),
}

CASES: dict[str, Case] = EMPLOYEUR | SALARIE | TUTEUR | CONTRAT | FORMATION | OPCO
