"""NIR: what the number tells, held against the rest of the dossier (NIR-01 to 11). Decision 8 gives the order."""

from datetime import date

from forms.controles import formats
from forms.controles.contexte import Contexte
from forms.controles.francais import commune_normalisee, nom_normalise
from forms.controles.parametres.codes import AVENANT
from forms.controles.registre import ALERTE, ERREUR, Alerte, Erreur, Sections, controle

CNAM = "CNAM, nir-validation"
ITOU = "composition du NIR (Insee, CNAM)"
DEPARTEMENTS_CREES_EN_1968 = frozenset({"78", "91", "92", "93", "94", "95"})
ANNEE_DE_LA_CORSE, ANNEE_DE_L_ILE_DE_FRANCE, ANNEE_DE_MAYOTTE = 1976, 1968, 2011
INDEPENDANCES = {  # departments of the NIR before independence, to verify
    **dict.fromkeys(("91", "92", "93", "94"), date(1962, 7, 3)),
    "95": date(1956, 3, 2),
    "96": date(1956, 3, 20),
}


def lisible(nir: str) -> bool:
    """Whether the number has a place and a date to compare: the right shape, first digit 1 to 4."""
    return nir[:1] in ("1", "2", "3", "4") and len(nir) in (13, 15) and not formats.refus_nir_structure(nir)


def lieu(nir: str) -> str:
    """Department of birth as the NIR writes it: two characters, three overseas, 99 abroad."""
    return nir[5:8] if nir[5:7] in ("97", "98") else nir[5:7]


@controle("NIR-08", ALERTE, "salarie.nir", parfois=ERREUR, source=f"{CNAM} ; à vérifier")
def numero_provisoire(d: Sections, contexte: Contexte) -> str | None:
    """Un numéro provisoire est accepté, mais le NIR définitif sera à fournir ; les autres débuts sont refusés.

    ✔ 1…
    ✘ 7100112345678 (provisoire)
    """
    nir = d.salarie.nir
    if refus := formats.refus_nir_genre(nir):
        return Erreur(refus)
    if formats.nir_provisoire(nir):
        return "Ce numéro est provisoire (il commence par 7 ou 8) : à vérifier, et à remplacer par le NIR définitif."
    if nir[0] in "34":
        return "Ce numéro est celui d'une personne à immatriculer : à vérifier, et à remplacer par le NIR définitif."
    return None


@controle("NIR-01", ERREUR, "salarie.nir", parfois=ALERTE, source="notice 51650#09")
def longueur(d: Sections, contexte: Contexte) -> str | None:
    """Le NIR compte 15 caractères ; s'il en manque la clé, elle est proposée.

    ✔ 15 caractères
    ✘ 11 caractères : 10503751123
    """
    nir = d.salarie.nir
    if formats.refus_nir_genre(nir):
        return None
    if len(nir) == 13 and lisible(nir):
        cle = formats.cle_nir(nir)
        return Alerte(f"Il manque la clé du NIR (2 derniers chiffres) : si le reste est juste, ajoutez {cle}.")
    return formats.refus_nir_longueur(nir)


@controle("NIR-02", ERREUR, "salarie.nir", source=ITOU)
def structure(d: Sections, contexte: Contexte) -> str | None:
    """Le NIR est formé du sexe, de l'année, du mois, du lieu de naissance et d'un ordre.

    ✔ 203062B03302101
    ✘ 203132B03302101 (mois 13)
    """
    return None if formats.refus_nir_genre(d.salarie.nir) else formats.refus_nir_structure(d.salarie.nir)


@controle("NIR-03", ERREUR, "salarie.nir", source=CNAM)
def cle(d: Sections, contexte: Contexte) -> str | None:
    """La clé du NIR vaut 97 moins le reste de la division par 97 (2A compte 19, 2B compte 18).

    ✔ 202112A00401707
    ✘ 105037511234538 (clé 37 attendue)
    """
    return None if formats.refus_nir_genre(d.salarie.nir) else formats.refus_nir_cle(d.salarie.nir)


@controle("NIR-04", ERREUR, "salarie.nir", "salarie.sexe", source=ITOU)
def sexe(d: Sections, contexte: Contexte) -> str | None:
    """Le premier chiffre du NIR dit le sexe : 1 ou 3 pour un homme, 2 ou 4 pour une femme.

    ✔ 1… et sexe masculin
    ✘ 1… et sexe féminin
    """
    nir = d.salarie.nir
    if not lisible(nir) or (nir[0] in "13") == (d.salarie.sexe == "M"):
        return None
    attendu = "masculin" if nir[0] in "13" else "féminin"
    return f"Le NIR commence par {nir[0]}, ce qui désigne le sexe {attendu} : corrigez le NIR ou le sexe."


@controle("NIR-05", ERREUR, "salarie.nir", "salarie.date_naissance", source=ITOU)
def annee(d: Sections, contexte: Contexte) -> str | None:
    """Les chiffres 2 et 3 du NIR sont l'année de naissance.

    ✔ 105… né en 2005
    ✘ 105… né en 2006
    """
    nir, naissance = d.salarie.nir, d.salarie.date_naissance
    if not lisible(nir) or int(nir[1:3]) == naissance.year % 100:
        return None
    return (
        f"Le NIR indique une naissance en « {nir[1:3]} », la date saisie en {naissance.year} : "
        "corrigez le NIR ou la date de naissance."
    )


@controle("NIR-06", ERREUR, "salarie.nir", "salarie.date_naissance", parfois=ALERTE, source=f"{ITOU} ; CNAM")
def mois(d: Sections, contexte: Contexte) -> str | None:
    """Les chiffres 4 et 5 du NIR sont le mois de naissance (31 à 42 : mois plus 30 ; 20 à 30 et 50 à 99 : inconnu).

    ✔ 10533… né en mars 2005 (33 − 30)
    ✘ 10503… né en avril 2005
    """
    nir = d.salarie.nir
    if not lisible(nir):
        return None
    chiffres = int(nir[3:5])
    numero = chiffres - 30 if 31 <= chiffres <= 42 else chiffres
    if numero > 12:
        return Alerte("Ce NIR ne renseigne pas le mois de naissance : vérifiez la date saisie.")
    if numero == d.salarie.date_naissance.month:
        return None
    return (
        f"Le NIR indique une naissance au mois {numero:02d}, la date saisie au mois "
        f"{d.salarie.date_naissance.month:02d} : corrigez le NIR ou la date de naissance."
    )


def lieu_tolere(nir: str, departement: str, naissance: date | None) -> bool:
    """Departments that changed since the birth: Corsica, Île-de-France, Mayotte, former départements of Algeria…"""
    place = lieu(nir)
    if naissance is None:
        return False
    if departement in ("2A", "2B"):
        return place == "20" and naissance.year < ANNEE_DE_LA_CORSE
    if departement in DEPARTEMENTS_CREES_EN_1968:
        return place in ("75", "78") and naissance.year < ANNEE_DE_L_ILE_DE_FRANCE
    if departement == "976":
        return place == "985" and naissance.year < ANNEE_DE_MAYOTTE
    return departement == "99" and place in INDEPENDANCES and naissance < INDEPENDANCES[place]


def ou_ne(departement: str) -> str:
    return "à l'étranger (99)" if departement == "99" else f"dans le département {departement}"


@controle(
    "NIR-07",
    ALERTE,
    "salarie.nir",
    "salarie.departement_naissance",
    facultatifs=("salarie.date_naissance",),
    source="service-public F33078 ; dates de création à vérifier",
)
def lieu_de_naissance(d: Sections, contexte: Contexte) -> str | None:
    """Le NIR porte le département de naissance, ou 99 pour l'étranger.

    ✔ lieu 99, département 99
    ✘ lieu 75, département 13
    """
    nir, departement = d.salarie.nir, d.salarie.departement_naissance
    if not lisible(nir) or lieu(nir) == departement or lieu_tolere(nir, departement, d.salarie.date_naissance):
        return None
    return f"Le NIR indique une naissance {ou_ne(lieu(nir))}, et non {ou_ne(departement)} : vérifiez les deux."


@controle("NIR-09", ALERTE, "salarie.nir", "salarie.commune_naissance", source="usage ; code officiel géographique")
def commune_de_naissance(d: Sections, contexte: Contexte) -> str | None:
    """Le NIR désigne la commune de naissance par son code officiel géographique.

    ✔ 75112, Paris
    ✘ 75112, Lyon
    """
    connues = contexte.communes_naissance
    if not connues or not lisible(d.salarie.nir) or lieu(d.salarie.nir) == "99":
        return None
    saisie = commune_normalisee(d.salarie.commune_naissance)
    if saisie in {commune_normalisee(label) for label in connues}:
        return None
    return f"Usage : le code du NIR désigne {connues[0]} : vérifiez la commune de naissance ou le NIR."


@controle(
    "NIR-10",
    ALERTE,
    "salarie.nom_naissance",
    "salarie.nir",
    source="usage ; guide de saisie",
)
def nom_de_naissance(d: Sections, contexte: Contexte) -> str | None:
    """Le nom de naissance est celui déjà connu pour ce NIR, à l'orthographe près.

    ✔ LE GALL et LE GALL
    ✘ MARTIN et DURAND pour un même NIR
    """
    nom = d.salarie.nom_naissance
    semblables = [connu for connu in contexte.noms_connus if nom_normalise(connu) == nom_normalise(nom)]
    if contexte.identite == "differe" or (contexte.noms_connus and not semblables):
        return (
            "Ce nom n'est pas celui connu pour ce NIR : à vérifier, notamment l'orthographe d'un nom composé "
            "(tiret ou espace) et qu'il s'agit bien du nom de naissance."
        )
    if semblables and nom.upper() not in {connu.upper() for connu in semblables}:
        return f"Ce nom s'écrit « {semblables[0]} » dans un autre dossier : vérifiez tirets, espaces et accents."
    if contexte.identite == "indisponible":
        return "Le nom n'a pas pu être vérifié auprès du service d'identité : à vérifier sur un document d'identité."
    return None


@controle(
    "NIR-11",
    ALERTE,
    "salarie.nir",
    "contrat.date_debut",
    "contrat.date_fin",
    facultatifs=("employeur.siret", "contrat.type_contrat"),
    parfois=ERREUR,
    source="usage",
)
def autre_contrat_en_cours(d: Sections, contexte: Contexte) -> str | None:
    """Un même salarié n'a pas deux contrats sur la même période ; un avenant couvre celle du contrat qu'il change.

    ✔ contrat qui suit le précédent
    ✘ périodes qui se recouvrent
    """
    debut, fin, siren = d.contrat.date_debut, d.contrat.date_fin, (d.employeur.siret or "")[:9]
    croises = [autre for autre in contexte.autres_contrats if autre.debut <= fin and debut <= autre.fin]
    if d.contrat.type_contrat == AVENANT:
        croises = [autre for autre in croises if autre.siren != siren]
    elif any(autre.siren == siren for autre in croises if siren):
        return Erreur(
            "Usage : un autre dossier de cet employeur a ce NIR sur la même période : reprenez-le ou annulez-le."
        )
    if croises:
        return "Usage : un autre employeur a un dossier pour ce NIR sur la même période : vérifiez les dates et le NIR."
    return None
