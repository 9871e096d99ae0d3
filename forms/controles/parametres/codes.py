"""Codes of the notice 51650#09 as the law reads them: levels, pay columns, families of contracts, NSF groups."""

NIVEAU_DU_DIPLOME = {
    **dict.fromkeys(("10",), 8),
    **dict.fromkeys(("11", "12", "19"), 7),
    **dict.fromkeys(("21", "22", "23", "24", "29"), 6),
    **dict.fromkeys(("31", "32", "39"), 5),
    **dict.fromkeys(("41", "42", "43", "49"), 4),
    **dict.fromkeys(("51", "52", "53", "59"), 3),
    "60": 0,
}
AUCUN_DIPLOME = "60"
BAC_GENERAL = "42"
DIPLOMES_A_VERIFIER = frozenset({"43", "49"})  # column « majorée » by usage only: no national text was read

CONTRATS_INITIAUX = frozenset({"11", "12"})
SAISONNIER_DEUX_EMPLOYEURS = "12"
RENOUVELLEMENTS_MEME_QUALIFICATION = frozenset({"21", "22", "23"})
RENOUVELLEMENT_AUTRE_QUALIFICATION = "24"
RENOUVELLEMENTS = RENOUVELLEMENTS_MEME_QUALIFICATION | {RENOUVELLEMENT_AUTRE_QUALIFICATION}
AVENANT = "30"
EXPERIMENTATION_VAE = "8"  # type of qualification: the VAE experiment of article 11 of the law of 21 December 2022
TYPES_CONTRAT = CONTRATS_INITIAUX | RENOUVELLEMENTS | {AVENANT}

FORMES_A_DEUX_TUTEURS = frozenset({"groupement", "geiq", "association_intermediaire"})
NAF_TRAVAIL_TEMPORAIRE = "7820Z"
IDCC_TRAVAIL_TEMPORAIRE = frozenset({"1413", "2378"})

# the 93 groups of the code de l'éducation, D311-4
NSF = frozenset(
    "100 110 111 112 113 114 115 116 117 118 120 121 122 123 124 125 126 127 128 130 131 132 133 134 135 136 "
    "200 201 210 211 212 213 214 220 221 222 223 224 225 226 227 230 231 232 233 234 240 241 242 243 250 251 252 253 "
    "254 255 300 310 311 312 313 314 315 320 321 322 323 324 325 326 330 331 332 333 334 335 336 340 341 342 343 344 "
    "345 346 410 411 412 413 414 415 421 422 423".split()
)
