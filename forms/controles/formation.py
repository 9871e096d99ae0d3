"""Hours and internal training (FOR-01 to 05, 15 to 17), the organisme (OF-01 to OF-05)."""

from decimal import Decimal

from forms.controles import formats
from forms.controles.calculs import a_l_envers, base_brute, base_nette, jour_de_conclusion
from forms.controles.contexte import Contexte
from forms.controles.francais import heures_au_moins, heures_au_plus, pourcents
from forms.controles.registre import ALERTE, ERREUR, Alerte, Erreur, Sections, controle

NOTICE = "notice 51650#09"
HEURES = "formation.heures_total"
DUREE = ("contrat.duree_hebdo", "contrat.date_debut", "contrat.date_fin")
ETRANGER = "formation.mois_etranger"
PLANCHER_HEURES, PLANCHER_PCT, PLAFOND_PCT = 150, 15, 25
SIRENS = ("formation.organisme_siret", "employeur.siret")


def hors_etranger(d: Sections) -> Decimal:
    """Share of the contract that is not abroad: L6325-13 does not apply during the mobility (L6325-25)."""
    semaines_par_mois = Decimal(365) / 84
    duree = Decimal((d.contrat.date_fin - d.contrat.date_debut).days + 1) / 7
    etranger = max(d.formation.mois_etranger or 0, 0) * semaines_par_mois
    return max(1 - etranger / duree, Decimal(0)) if duree > 0 else Decimal(1)


@controle("FOR-01", ERREUR, HEURES, facultatifs=(ETRANGER,), parfois=ALERTE, source="L6325-13 ; L6325-25")
def plancher_de_150_heures(d: Sections, contexte: Contexte) -> str | None:
    """La formation dure au moins 150 heures.

    ✔ 150 h
    ✘ 140 h
    """
    if d.formation.heures_total >= PLANCHER_HEURES:
        return None
    if (d.formation.mois_etranger or 0) > 0:
        return Alerte(
            "Moins de 150 heures de formation : à vérifier, le minimum ne joue pas à l'étranger (art. L. 6325-25)."
        )
    return "La formation dure au moins 150 heures, évaluation et accompagnement compris (art. L. 6325-13)."


@controle("FOR-02", ERREUR, HEURES, *DUREE, facultatifs=(ETRANGER,), parfois=ALERTE, source="L6325-13 ; base : usage")
def plancher_de_15_pour_cent(d: Sections, contexte: Contexte) -> str | None:
    """La formation dure au moins 15 % du contrat : erreur sous la base nette de congés, alerte sous la base brute.

    ✔ 12 mois à 35 h : 280 h
    ✘ 200 h (erreur), 250 h (alerte)
    """
    part = hors_etranger(d) * PLANCHER_PCT / 100
    nette, brute = base_nette(d) * part, base_brute(d) * part
    if d.formation.heures_total < nette:
        return (
            f"La formation dure au moins 15 % du contrat, soit {heures_au_moins(nette)} hors congés (art. L. 6325-13)."
        )
    if d.formation.heures_total < brute:
        return Alerte(
            f"15 % du contrat font {heures_au_moins(nette)} hors congés, mais {heures_au_moins(brute)} congés "
            "compris : l'usage des OPCO varie, à vérifier (art. L. 6325-13)."
        )
    return None


@controle(
    "FOR-03",
    ALERTE,
    HEURES,
    *DUREE,
    facultatifs=("contrat.date_conclusion", "employeur.idcc"),
    parfois=ERREUR,
    source="L6325-14",
)
def plafond_de_25_pour_cent(d: Sections, contexte: Contexte) -> str | None:
    """Au-delà de 25 % du contrat, il faut un accord de branche.

    ✔ 12 mois à 35 h : 400 h
    ✘ 520 h
    """
    base = base_nette(d)
    if not base * PLAFOND_PCT / 100 < d.formation.heures_total <= base_brute(d) or a_l_envers(d):
        return None  # beyond the whole contract FOR-05 says so, and no agreement would help
    branche = contexte.parametres.branche(d.employeur.idcc, jour_de_conclusion(d))
    pct = branche.part_max_pct if branche else None
    if pct is None:
        return (
            f"La formation dépasse 25 % du contrat ({heures_au_plus(base * PLAFOND_PCT / 100)}) : à vérifier, il "
            "faut un accord de branche (art. L. 6325-14)."
        )
    plafond = base * pct / 100
    if d.formation.heures_total <= plafond:
        return None
    return Erreur(
        f"Votre branche limite la formation à {pourcents(pct)} du contrat, soit {heures_au_plus(plafond)} "
        "(art. L. 6325-14)."
    )


@controle("FOR-04", ERREUR, "formation.heures_enseignement", HEURES, source="CERFA 12434")
def part_des_enseignements(d: Sections, contexte: Contexte) -> str | None:
    """Les enseignements font partie de la durée totale.

    ✔ 380 h sur 400
    ✘ 420 h sur 400
    """
    if 0 < d.formation.heures_enseignement <= d.formation.heures_total:
        return None
    return (
        f"Les heures d'enseignement vont de 1 au total des actions, {d.formation.heures_total} heures : corrigez-les."
    )


@controle("FOR-05", ERREUR, HEURES, *DUREE, source="usage ; cohérence des heures")
def pas_plus_que_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """La formation tient dans le temps de travail du contrat.

    ✔ 6 mois à 35 h (905 h) : 200 h
    ✘ 1 000 h
    """
    base = base_brute(d)
    if d.formation.heures_total <= base or a_l_envers(d):
        return None
    return (
        f"La formation dépasse le temps de travail de tout le contrat ({heures_au_plus(base)}) : vérifiez les heures "
        "et les dates."
    )


@controle(
    "FOR-15",
    ERREUR,
    "formation.service_interne",
    facultatifs=("formation.moyens_attestes",),
    sur="formation.moyens_attestes",
    source=f"L6325-13 ; {NOTICE}",
)
def moyens_du_service_interne(d: Sections, contexte: Contexte) -> str | None:
    """L'employeur qui forme lui-même atteste les moyens de son service de formation.

    ✔ même SIREN, attestation cochée
    ✘ attestation non cochée
    """
    interne, attestes = d.formation.service_interne, d.formation.moyens_attestes
    if interne and not attestes:
        return "Formation interne : cochez l'attestation des moyens du service de formation (art. L. 6325-13)."
    if not interne and attestes:
        return "L'attestation des moyens ne concerne que la formation interne : décochez-la (notice)."
    return None


@controle("FOR-15", ERREUR, *SIRENS, "formation.service_interne", source=f"L6325-13 ; {NOTICE}")
def siret_du_service_interne(d: Sections, contexte: Contexte) -> str | None:
    """Le service de formation interne est un établissement de l'employeur."""
    if not d.formation.service_interne or d.formation.organisme_siret[:9] == d.employeur.siret[:9]:
        return None
    return (
        "Formation interne : l'organisme est un établissement de l'employeur, de SIREN "
        f"{d.employeur.siret[:9]} : corrigez le SIRET ou répondez « non » (art. L. 6325-13)."
    )


@controle("FOR-16", ALERTE, *SIRENS, "formation.service_interne", source="usage")
def organisme_du_meme_siren(d: Sections, contexte: Contexte) -> str | None:
    """Un organisme externe n'a pas le SIREN de l'employeur.

    ✔ SIREN différents
    ✘ même SIREN
    """
    if d.formation.service_interne or d.formation.organisme_siret[:9] != d.employeur.siret[:9]:
        return None
    return (
        "L'organisme a le même SIREN que l'employeur : à vérifier, ne s'agit-il pas d'un service de formation interne ?"
    )


@controle("FOR-17", ERREUR, "formation.nombre_organismes", source=NOTICE)
def nombre_d_organismes(d: Sections, contexte: Contexte) -> str | None:
    """Au moins un organisme intervient, le principal compris.

    ✔ 1
    ✘ 0
    """
    if d.formation.nombre_organismes >= 1:
        return None
    return "Comptez au moins 1 organisme : le principal, les autres et le service interne s'ajoutent (notice)."


@controle("OF-01", ERREUR, "formation.organisme_nda", parfois=ALERTE, source="L6351-1 ; R6351-6 ; forme : à vérifier")
def numero_de_declaration(d: Sections, contexte: Contexte) -> str | None:
    """Le numéro de déclaration d'activité compte onze chiffres.

    ✔ 11751234567
    ✘ 1175123456
    """
    nda = d.formation.organisme_nda
    if (refus := formats.refus_nda(nda)) or nda.isdigit():
        return refus
    return Alerte(
        "Ce numéro contient une lettre : à vérifier, seuls d'anciens numéros d'organismes publics en ont une."
    )


@controle(
    "OF-02",
    ALERTE,
    "formation.organisme_nda",
    "formation.organisme_siret",
    source="liste publique des organismes de formation",
)
def numero_et_siren(d: Sections, contexte: Contexte) -> str | None:
    """Le numéro de déclaration est celui du SIREN dans la liste publique.

    ✔ numéro et SIREN de la liste
    ✘ autre SIREN
    """
    if contexte.organisme_connu is False:
        return "Cet organisme n'est pas dans la liste publique que nous avons : vérifiez son numéro de déclaration."
    if contexte.organisme is None:
        return None
    numeros = (contexte.organisme.nda, *getattr(contexte.organisme, "nda_precedents", ()))
    if d.formation.organisme_nda not in numeros:
        return f"La liste publique donne à cet organisme le numéro {contexte.organisme.nda} : vérifiez celui saisi."
    if contexte.organisme.siret[:9] != d.formation.organisme_siret[:9]:
        return f"Ce numéro de déclaration appartient au SIREN {contexte.organisme.siret[:9]} : vérifiez le SIRET."
    return None


def certifie(contexte: Contexte) -> bool | None:
    """Qualiopi for « actions de formation »: yes, no, unknown."""
    return contexte.organisme.qualiopi.get("actions_de_formation") if contexte.organisme else None


@controle(
    "OF-03",
    ERREUR,
    "formation.organisme_siret",
    "formation.service_interne",
    parfois=ALERTE,
    source="L6316-1 ; R6316-8",
)
def qualiopi(d: Sections, contexte: Contexte) -> str | None:
    """Un organisme externe payé par l'OPCO est certifié Qualiopi pour les actions de formation.

    ✔ certifié pour les actions de formation
    ✘ non certifié
    """
    if d.formation.service_interne or certifie(contexte):
        return None
    if certifie(contexte) is False:
        return (
            "Cet organisme n'est pas certifié Qualiopi pour les « actions de formation » : l'OPCO ne peut le "
            "financer ; choisissez-en un autre (art. L. 6316-1)."
        )
    return Alerte(
        "La certification Qualiopi n'est pas connue de nos données : à vérifier auprès de l'organisme (art. L. 6316-1)."
    )


@controle("OF-05", ALERTE, "formation.organisme_nda", "formation.service_interne", source="à vérifier")
def service_interne_declare(d: Sections, contexte: Contexte) -> str | None:
    """Un service interne n'a pas à être certifié, sauf s'il est aussi un organisme déclaré.

    ✔ service interne sans numéro
    ✘ service interne avec numéro, non certifié
    """
    if not d.formation.service_interne or certifie(contexte) is not False:
        return None
    return "Ce service interne a un numéro de déclaration mais pas Qualiopi : à vérifier avec l'OPCO avant la demande."
