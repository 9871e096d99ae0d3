"""The qualification aimed at: type, diploma, RNCP code, speciality (FOR-06 to FOR-14)."""

from datetime import date
from typing import Any

from forms.controles import formats
from forms.controles.calculs import DEUX_TUTEURS, mis_a_disposition, niveau
from forms.controles.contexte import Contexte
from forms.controles.francais import jour, liste
from forms.controles.parametres.codes import AUCUN_DIPLOME, EXPERIMENTATION_VAE, NIVEAU_DU_DIPLOME, NSF
from forms.controles.registre import ALERTE, ERREUR, Alerte, Sections, absente, controle

NOTICE = "notice 51650#09"
TYPE = "formation.type_qualification"
TYPES_PERMANENTS = frozenset({"1", "2", "3"})
TYPES_ABROGES = frozenset({"5", "6", "7"})
PREFIXES_VAE = ("RNCP", "CQP", "CCN", "Bloc RNCP", "Autre Bloc")


@controle("FOR-06", ERREUR, TYPE, "contrat.date_conclusion", source=f"{NOTICE} ; décret 2023-408")
def type_de_qualification_ouvert(d: Sections, contexte: Contexte) -> str | None:
    """Les types 1, 2 et 3 sont ouverts ; 4 et 8 l'ont été pour un temps ; 5, 6 et 7 sont abrogés.

    ✔ type 1
    ✘ type 6, ou type 8 le 01/04/2026
    """
    code, conclusion = d.formation.type_qualification, d.contrat.date_conclusion
    if code in TYPES_PERMANENTS:
        return None
    ouvertures = [ligne for ligne in contexte.parametres.experimentations if ligne.type_qualification == code]
    if any(ligne.ouverte(conclusion) for ligne in ouvertures):
        return None
    if not ouvertures:
        etat = "est abrogé" if code in TYPES_ABROGES else "n'existe pas"
        return f"Ce type de qualification {etat} : choisissez 1 (RNCP), 2 (CQP) ou 3 (convention collective) (notice)."
    derniere = max(ouvertures, key=lambda ligne: ligne.depuis)
    debut = jour(derniere.depuis)
    periode = f"du {debut} au {jour(derniere.au)}" if derniere.au else f"à partir du {debut}"
    return f"Le type {code} ne vaut que pour un contrat conclu {periode} : choisissez 1, 2 ou 3 ({derniere.source})."


@controle("FOR-07", ERREUR, TYPE, facultatifs=("formation.rncp",), sur="formation.rncp", parfois=ALERTE, source=NOTICE)
def code_rncp_present(d: Sections, contexte: Contexte) -> str | None:
    """Le code RNCP accompagne le type 1, celui d'un CQP enregistré, et aucun autre.

    ✔ type 1 et code 38565
    ✘ type 1 sans code
    """
    code, vide = d.formation.type_qualification, absente(d.formation.rncp)
    if code == "1" and vide:
        return "Une certification du RNCP a un code : cherchez-la par son intitulé ou indiquez son code RNCP (notice)."
    if code == "3" and not vide:
        return Alerte(
            "Une qualification de convention collective n'a pas de code RNCP : effacez-le ou vérifiez le type (notice)."
        )
    if code == "2" and vide:
        return Alerte("Si ce CQP est enregistré au RNCP, indiquez son code : à vérifier (notice).")
    return None


@controle("FOR-08", ERREUR, "formation.rncp", source="France compétences")
def format_rncp(d: Sections, contexte: Contexte) -> str | None:
    """Le code RNCP compte 2 à 5 chiffres ; un code RS n'en est pas un.

    ✔ RNCP38565
    ✘ RS5550
    """
    return formats.refus_rncp(d.formation.rncp)


def active(certification: Any, le: date, aujourd_hui: date) -> bool:
    """Whether the record was registered on that day (FOR-09).

    The flag `actif` tells the state of the export only: an inactive record whose registration ended since may have
    been active on that day.
    """
    debut, fin = certification.date_effet, certification.date_fin
    if (debut is not None and debut > le) or (fin is not None and fin < le):
        return False
    return bool(certification.actif) or (fin is not None and fin < aujourd_hui)


@controle("FOR-09", ALERTE, "formation.rncp", "contrat.date_conclusion", source="guide de saisie ; L6113-5")
def certification_active(d: Sections, contexte: Contexte) -> str | None:
    """La certification est enregistrée au RNCP le jour de la conclusion ; sinon, celle qui la remplace est indiquée.

    ✔ enregistrée jusqu'au 31/12/2028
    ✘ finie le 30/06/2026, conclu le 01/09/2026
    """
    conclusion = d.contrat.date_conclusion
    if contexte.certification_connue is False:
        return "Ce code RNCP n'est pas dans nos données : vérifiez-le sur le site de France compétences."
    if contexte.certification is None or active(contexte.certification, conclusion, contexte.jour):
        return None
    suite = "aucune certification active ne la remplace dans nos données"
    if contexte.successeurs:
        suite = "elle est remplacée par " + liste(f"{autre.code} ({autre.intitule})" for autre in contexte.successeurs)
    return (
        f"{d.formation.rncp} n'est pas active le {jour(conclusion)} : {suite}. Si vous continuez ainsi, une relance "
        "sera envoyée (art. L. 6113-5)."
    )


@controle("FOR-10", ALERTE, "formation.diplome_vise", "formation.rncp", source="usage")
def niveau_de_la_certification(d: Sections, contexte: Contexte) -> str | None:
    """Le diplôme visé est du niveau de la certification.

    ✔ BTS (31) et niveau 5
    ✘ bac pro (41) et niveau 5
    """
    attendu = contexte.certification.niveau if contexte.certification else None
    vise = niveau(d.formation.diplome_vise)
    if attendu is None or not vise or vise == attendu:
        return None
    return (
        f"Usage : la certification est de niveau {attendu}, le diplôme visé de niveau {vise} : vérifiez l'un et "
        "l'autre."
    )


@controle("FOR-11", ERREUR, "formation.specialite", source=f"{NOTICE} ; code de l'éducation, D311-4")
def specialite_connue(d: Sections, contexte: Contexte) -> str | None:
    """La spécialité de formation est un code NSF à trois chiffres.

    ✔ 312
    ✘ 999
    """
    if d.formation.specialite in NSF:
        return None
    return (
        "Cette spécialité n'est pas un code NSF : choisissez un code à 3 chiffres de la liste (code de l'éducation, "
        "art. D. 311-4)."
    )


@controle("FOR-11", ALERTE, "formation.specialite", "formation.rncp", source=NOTICE)
def specialite_de_la_certification(d: Sections, contexte: Contexte) -> str | None:
    """La spécialité est l'une de celles de la fiche RNCP."""
    fiche = {str(code)[:3] for code in contexte.certification.nsf} if contexte.certification else set()
    if not fiche or d.formation.specialite in fiche or d.formation.specialite not in NSF:
        return None
    return f"La fiche RNCP indique la spécialité {liste(sorted(fiche))} : vérifiez le code NSF (notice)."


@controle("FOR-12", ALERTE, "formation.diplome_vise", "salarie.diplome", source="usage ; L6314-1")
def progression(d: Sections, contexte: Contexte) -> str | None:
    """Le diplôme visé fait progresser le salarié.

    ✔ du bac au BTS
    ✘ du master au CAP
    """
    vise, obtenu = niveau(d.formation.diplome_vise), niveau(d.salarie.diplome)
    if not vise or obtenu is None or vise > obtenu:
        return None
    return (
        f"Le diplôme visé (niveau {vise}) n'est pas au-dessus du diplôme obtenu (niveau {obtenu}) : à vérifier, "
        "l'usage est de progresser (art. L. 6314-1)."
    )


@controle("FOR-13", ERREUR, "formation.diplome_vise", source="usage ; notice 51650#09")
def diplome_vise_existant(d: Sections, contexte: Contexte) -> str | None:
    """Le diplôme visé est un code de la notice, autre que « aucun diplôme ».

    ✔ 31
    ✘ 60
    """
    code = d.formation.diplome_vise
    if code == AUCUN_DIPLOME:
        return "« Aucun diplôme » (60) ne peut être visé : choisissez le diplôme ou titre préparé (usage, à vérifier)."
    if code in NIVEAU_DU_DIPLOME:
        return None
    return "Ce code de diplôme n'existe pas : choisissez-en un de la liste (notice du CERFA)."


@controle(
    "FOR-14", ERREUR, TYPE, facultatifs=("formation.numero_projet",), sur="formation.numero_projet", source=NOTICE
)
def numero_de_projet(d: Sections, contexte: Contexte) -> str | None:
    """L'expérimentation VAE porte le numéro de projet donné par la DGEFP.

    ✔ « CQP … » et numéro de projet
    ✘ sans numéro de projet
    """
    if d.formation.type_qualification != EXPERIMENTATION_VAE or d.formation.numero_projet:
        return None
    return "L'expérimentation VAE demande le numéro du projet : recopiez-le de la notification de la DGEFP (notice)."


@controle("FOR-14", ERREUR, TYPE, "formation.intitule", sur="formation.intitule", source=NOTICE)
def intitule_de_vae(d: Sections, contexte: Contexte) -> str | None:
    """L'intitulé d'une expérimentation VAE commence par la nature de ce qui est visé."""
    if d.formation.type_qualification != EXPERIMENTATION_VAE or d.formation.intitule.startswith(PREFIXES_VAE):
        return None
    return f"Avec le type 8, commencez l'intitulé par {liste(PREFIXES_VAE)} (notice)."


@controle(
    "FOR-14",
    ERREUR,
    TYPE,
    facultatifs=(*DEUX_TUTEURS, "tuteur_utilisatrice.naf"),
    sur="tuteur_utilisatrice.naf",
    source=NOTICE,
)
def naf_de_l_utilisatrice(d: Sections, contexte: Contexte) -> str | None:
    """Avec mise à disposition, l'expérimentation VAE indique le code NAF de l'entreprise utilisatrice."""
    vae = d.formation.type_qualification == EXPERIMENTATION_VAE
    if not vae or not mis_a_disposition(d) or d.tuteur_utilisatrice.naf:
        return None
    return "Avec le type 8 et une mise à disposition, indiquez le code NAF de l’entreprise utilisatrice (notice)."


@controle("FOR-14", ERREUR, TYPE, source=NOTICE)
def notification_de_la_dgefp(d: Sections, contexte: Contexte) -> str | None:
    """L'expérimentation VAE est accompagnée de la notification de la DGEFP."""
    vae = d.formation.type_qualification == EXPERIMENTATION_VAE
    if not vae or contexte.pieces is None or "notification_dgefp" in contexte.pieces:
        return None
    return "Joignez la notification d'acceptation de la DGEFP, que demande l'expérimentation VAE (notice)."
