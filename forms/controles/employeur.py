"""The employer (EMP-01 to EMP-11)."""

import re

from forms.controles import formats
from forms.controles.contexte import Contexte
from forms.controles.francais import de, jour, liste, nom_normalise
from forms.controles.parametres import en_vigueur
from forms.controles.parametres.codes import IDCC_TRAVAIL_TEMPORAIRE, NAF_TRAVAIL_TEMPORAIRE
from forms.controles.registre import ALERTE, ERREUR, Alerte, Sections, absente, controle

NOTICE = "notice 51650#09"
SIRETS = ("employeur.siret", "employeur.second_siret", "formation.organisme_siret")
PARTICULIER = "employeur.particulier_employeur"
CATEGORIES_EXCLUES = ("71", "72", "73", "74")  # State, collectivités, établissements publics administratifs
IDCC_SANS_OPCO = frozenset({formats.IDCC_AUCUNE, formats.IDCC_EN_NEGOCIATION})
BROCHURE_PARTICULIER, IDCC_PARTICULIER = "3180", "3239"


def siret_juste(champ: str) -> None:
    """Register EMP-01 and EMP-02 on one SIRET."""
    section, nom = champ.split(".")

    @controle("EMP-01", ERREUR, champ, source="Insee")
    def cle_du_siret(d: Sections, contexte: Contexte) -> str | None:
        """Le SIRET compte 14 chiffres, et ses clés comme celle du SIREN sont justes.

        ✔ 73282932000074
        ✘ 73282932000079
        """
        siret = getattr(getattr(d, section), nom)
        return None if siret.startswith(formats.SIREN_LA_POSTE) else formats.refus_siret(siret)

    @controle("EMP-02", ERREUR, champ, source="Insee, règle propre à La Poste")
    def cle_de_la_poste(d: Sections, contexte: Contexte) -> str | None:
        """La somme des chiffres d'un SIRET de La Poste est un multiple de 5.

        ✔ 35600000009075 (somme 35)
        ✘ 35600000009076
        """
        siret = getattr(getattr(d, section), nom)
        return formats.refus_siret(siret) if siret.startswith(formats.SIREN_LA_POSTE) else None


for _champ in SIRETS:
    siret_juste(_champ)


@controle("EMP-03", ERREUR, "employeur.siret", "contrat.date_debut", source="Sirene ; usage")
def etablissement_ouvert(d: Sections, contexte: Contexte) -> str | None:
    """L'établissement est ouvert quand le contrat commence.

    ✔ établissement ouvert
    ✘ établissement fermé en 2025
    """
    ferme_le = contexte.etablissement.ferme_le if contexte.etablissement else None
    if ferme_le is None or ferme_le > d.contrat.date_debut:
        return None
    return (
        f"Cet établissement est fermé depuis le {jour(ferme_le)} : indiquez celui où s'exécute le contrat (Sirene, "
        "usage)."
    )


@controle("EMP-03", ALERTE, "employeur.siret", facultatifs=("contrat.date_debut",), source="Sirene ; usage")
def etablissement_ferme(d: Sections, contexte: Contexte) -> str | None:
    """Un établissement fermé est signalé dès qu'il est choisi, avant que le début du contrat soit connu."""
    ferme_le = contexte.etablissement.ferme_le if contexte.etablissement else None
    if ferme_le is None or not absente(d.contrat.date_debut):
        return None
    return (
        f"Sirene dit cet établissement fermé depuis le {jour(ferme_le)} : le contrat s'exécute sans doute dans un "
        "autre, à vérifier."
    )


@controle("EMP-03", ALERTE, "employeur.siret", source="Sirene ; usage")
def etablissement_connu(d: Sections, contexte: Contexte) -> str | None:
    """L'établissement est au répertoire Sirene."""
    if contexte.etablissement_connu is not False:
        return None
    return (
        "Nos données Sirene n'ont pas cet établissement (récent ou non diffusible) : à vérifier sur son avis de "
        "situation."
    )


@controle("EMP-04", ERREUR, "employeur.siret", source="L6325-1 et suivants ; codes Insee : à vérifier")
def employeur_admis(d: Sections, contexte: Contexte) -> str | None:
    """L'État, les collectivités et leurs établissements administratifs n'emploient pas sous ce contrat.

    ✔ SARL, EPIC
    ✘ commune
    """
    categorie = str((contexte.etablissement and contexte.etablissement.categorie_juridique) or "")
    if not categorie.startswith(CATEGORIES_EXCLUES):
        return None
    return (
        "L'État, les collectivités et les établissements publics administratifs ne peuvent conclure ce contrat "
        f"(art. L. 6325-1 ; catégorie juridique {categorie}) : vérifiez le SIRET."
    )


def manquant_ou_superflu(particulier: bool, vide: bool, quoi: str, pour_particulier: bool) -> str | None:
    """EMP-05 on one field: asked of a particulier-employeur only, or of the others only."""
    if particulier == pour_particulier:
        return f"Indiquez le {quoi} (notice du CERFA)." if vide else None
    qui = f"Un particulier-employeur n'a pas de {quoi}" if particulier else f"Seul un particulier-employeur a un {quoi}"
    return None if vide else f"{qui} : effacez-le (notice du CERFA)."


def reserve_au_particulier(champ: str, quoi: str, pour_particulier: bool) -> None:
    """Register EMP-05 on one field."""
    section, nom = champ.split(".")

    @controle("EMP-05", ERREUR, PARTICULIER, facultatifs=(champ,), sur=champ, source=NOTICE)
    def identifiant(d: Sections, contexte: Contexte) -> str | None:
        """Un particulier-employeur a un numéro Urssaf ; les autres employeurs, un SIRET et un code NAF.

        ✔ non, SIRET et NAF donnés
        ✘ oui, et un code NAF
        """
        vide = absente(getattr(getattr(d, section), nom))
        return manquant_ou_superflu(d.employeur.particulier_employeur, vide, quoi, pour_particulier)


reserve_au_particulier("employeur.siret", "numéro SIRET", pour_particulier=False)
reserve_au_particulier("employeur.naf", "code NAF", pour_particulier=False)
reserve_au_particulier("employeur.numero_urssaf", "numéro Urssaf", pour_particulier=True)


def naf_refuse(naf: str, connu: bool | None, d: Sections, contexte: Contexte) -> str | None:
    """Shape, then list in force; once an edition has followed another, our list may be that of the other."""
    if (refus := formats.refus_naf(naf)) or connu is not False:
        return refus
    conclusion = d.contrat.date_conclusion
    editions = contexte.parametres.nomenclatures
    actuelle = en_vigueur(editions, max(contexte.jour, conclusion) if conclusion else contexte.jour)
    if actuelle and any(autre.depuis < actuelle.depuis for autre in editions):
        return Alerte(
            f"Nos données n'ont pas ce code NAF : à vérifier, la {actuelle.nom} remplace les codes depuis le "
            f"{jour(actuelle.depuis)} ({actuelle.source})."
        )
    return "Ce code n'est pas dans la nomenclature NAF en vigueur : recopiez celui de l'avis Sirene (Insee)."


@controle(
    "EMP-06",
    ERREUR,
    "employeur.naf",
    facultatifs=("contrat.date_conclusion",),
    parfois=ALERTE,
    source="Insee ; décret 2025-736",
)
def code_naf(d: Sections, contexte: Contexte) -> str | None:
    """Le code NAF compte quatre chiffres et une lettre, et figure dans la nomenclature en vigueur.

    ✔ 7820Z
    ✘ 782Z
    """
    return naf_refuse(d.employeur.naf, contexte.naf_connu, d, contexte)


@controle(
    "EMP-06",
    ERREUR,
    "tuteur_utilisatrice.naf",
    facultatifs=("contrat.date_conclusion",),
    parfois=ALERTE,
    source="Insee ; décret 2025-736",
)
def code_naf_de_l_utilisatrice(d: Sections, contexte: Contexte) -> str | None:
    """Le code NAF de l'entreprise utilisatrice suit la même nomenclature."""
    return naf_refuse(d.tuteur_utilisatrice.naf, contexte.naf_utilisatrice_connu, d, contexte)


@controle("EMP-07", ALERTE, "employeur.naf", "employeur.siret", source="usage ; Sirene")
def naf_de_sirene(d: Sections, contexte: Contexte) -> str | None:
    """Le code NAF est celui de l'établissement dans Sirene.

    ✔ code de Sirene
    ✘ 5610A quand Sirene dit 7820Z
    """
    connu = (contexte.etablissement and contexte.etablissement.naf or "").replace(".", "")
    if not connu or connu == d.employeur.naf.replace(".", ""):
        return None
    return f"Sirene donne le code {connu} à cet établissement : à vérifier."


@controle("EMP-08", ERREUR, "employeur.idcc", parfois=ALERTE, source=NOTICE)
def code_idcc(d: Sections, contexte: Contexte) -> str | None:
    """L'IDCC est un code de la liste, 9999 sans convention, 9998 en négociation.

    ✔ 1979
    ✘ 0000
    """
    idcc = d.employeur.idcc
    if idcc == BROCHURE_PARTICULIER:
        return Alerte(
            f"3180 est un numéro de brochure : l'IDCC des particuliers employeurs est {IDCC_PARTICULIER}, à vérifier."
        )
    if (refus := formats.refus_idcc(idcc)) or contexte.idcc_connu is not False or idcc in IDCC_SANS_OPCO:
        return refus
    return (
        "Cet IDCC n'est pas dans la liste : cherchez la convention par son nom, ou indiquez 9999 si aucune ne "
        "s'applique."
    )


def sans_opco(idcc: str, contexte: Contexte) -> bool:
    """No convention, or a code that EMP-08 speaks of already: it names no branch, hence no OPCO."""
    faux = idcc == BROCHURE_PARTICULIER or formats.refus_idcc(idcc) or contexte.idcc_connu is False
    return bool(faux) or idcc in IDCC_SANS_OPCO


def opco_normalise(nom: str) -> str:
    """Name of an OPCO without spaces and signs: « OPCO 2i » = « OPCO2I »."""
    return re.sub(r"[^A-Z0-9]", "", nom_normalise(nom))


@controle("EMP-09", ALERTE, "employeur.idcc", source="listes des OPCO ; à vérifier")
def opco_de_la_convention(d: Sections, contexte: Contexte) -> str | None:
    """La convention collective relève de l'OPCO auquel le dossier est envoyé.

    ✔ 1979 et AKTO
    ✘ 1486 et AKTO
    """
    idcc, opco = d.employeur.idcc, opco_normalise(contexte.opco)
    if not opco or sans_opco(idcc, contexte):
        return None
    if contexte.opco_idcc:
        if any(
            opco_normalise(nom).startswith(opco) or opco.startswith(opco_normalise(nom)) for nom in contexte.opco_idcc
        ):
            return None
        return f"L'IDCC {idcc} relève {liste(map(de, contexte.opco_idcc))} et non {de(contexte.opco)} : à vérifier."
    if opco != "AKTO" or idcc in contexte.parametres.idcc_akto:
        return None
    return (
        f"L'IDCC {idcc} n'est pas dans la liste d'AKTO de novembre 2024 : à vérifier, un autre OPCO est peut-être "
        "compétent."
    )


@controle("EMP-10", ERREUR, "employeur.effectif", source="CERFA 12434")
def effectif_positif(d: Sections, contexte: Contexte) -> str | None:
    """L'effectif est un nombre entier, 0 compris.

    ✔ 42
    ✘ -1
    """
    return None if d.employeur.effectif >= 0 else "L'effectif total est un nombre entier, 0 au moins : corrigez-le."


@controle(
    "EMP-11",
    ALERTE,
    "contrat.nature",
    "employeur.naf",
    facultatifs=("employeur.idcc",),
    source="L6325-23 ; branche du travail temporaire : usage",
)
def employeur_de_travail_temporaire(d: Sections, contexte: Contexte) -> str | None:
    """Le travail temporaire va avec le code NAF 7820Z ou les IDCC 1413 et 2378.

    ✔ 7820Z et travail temporaire
    ✘ 5610A et travail temporaire
    """
    interim = d.contrat.nature == "travail_temporaire"
    naf = d.employeur.naf.replace(".", "")
    etablissement = naf == NAF_TRAVAIL_TEMPORAIRE or d.employeur.idcc in IDCC_TRAVAIL_TEMPORAIRE
    if interim == etablissement:
        return None
    if interim:
        return (
            f"Le travail temporaire est réservé à ses agences (NAF 7820Z), et le code saisi est {naf} : vérifiez "
            "(art. L. 6325-23)."
        )
    return (
        "L'employeur est une agence de travail temporaire, et la nature n'est pas le travail temporaire : à vérifier "
        "(art. L. 6325-23)."
    )
