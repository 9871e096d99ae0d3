"""Who may conclude the contract, and what the person declares (PUB-01 to PUB-16)."""

from forms.controles.calculs import PRIORITAIRE, niveau, prioritaire
from forms.controles.calendrier import age, anniversaire
from forms.controles.contexte import Contexte
from forms.controles.francais import euros, jour
from forms.controles.parametres import en_vigueur
from forms.controles.parametres.codes import SAISONNIER_DEUX_EMPLOYEURS
from forms.controles.registre import ALERTE, ERREUR, Sections, absente, controle

CONCLUSION = ("salarie.date_naissance", "contrat.date_conclusion")
FRANCE_TRAVAIL = "salarie.inscrit_france_travail"
STATUTS = ("salarie.minimum_social", "salarie.ancien_contrat_aide")
SITUATION = "salarie.situation"
CIRCULAIRE = "circulaire DGEFP 2012-15"
NOTICE = "notice 51650#09"
SANS_EMPLOI_NI_ETUDES = frozenset({"9", "10"})
VENANT_D_AILLEURS = frozenset({"1", "3", "4", "5", "7", "8"})
TYPE = "contrat.type_contrat"


def age_conclu(d: Sections) -> int:
    """Age at the conclusion, the day that decides of the public."""
    return age(d.salarie.date_naissance, d.contrat.date_conclusion)


@controle("PUB-01", ERREUR, *CONCLUSION, "contrat.date_debut", source="L6325-1, 1° ; L4153-1")
def seize_ans(d: Sections, contexte: Contexte) -> str | None:
    """Le salarié a 16 ans à la conclusion et au début du contrat.

    ✔ né le 02/09/2010, conclu le 02/09/2026
    ✘ né le 03/09/2010, conclu le 02/09/2026
    """
    premier = min(d.contrat.date_conclusion, d.contrat.date_debut)
    if age(d.salarie.date_naissance, premier) >= 16:
        return None
    seize = jour(anniversaire(d.salarie.date_naissance, 16))
    return (
        f"Le salarié doit avoir 16 ans : il les aura le {seize}, ni conclusion ni début avant (art. L. 6325-1 et L. "
        "4153-1)."
    )


def sans_statut(d: Sections) -> bool:
    """Not registered at France Travail, no allowance, no former contrat aidé."""
    salarie = d.salarie
    return not (salarie.inscrit_france_travail or salarie.minimum_social or salarie.ancien_contrat_aide)


@controle(
    "PUB-02",
    ERREUR,
    *CONCLUSION,
    SITUATION,
    FRANCE_TRAVAIL,
    facultatifs=STATUTS,
    sur=FRANCE_TRAVAIL,
    source=f"L6325-1, 2° et 3° ; {CIRCULAIRE}",
)
def demandeur_d_emploi_des_26_ans(d: Sections, contexte: Contexte) -> str | None:
    """Dès 26 ans, il faut être demandeur d'emploi inscrit, ou bénéficier d'un minimum social ou d'un contrat aidé.

    ✔ 31 ans, situation 9, inscrit
    ✘ 31 ans, situation 10, non inscrit
    """
    if age_conclu(d) < 26 or d.salarie.situation not in SANS_EMPLOI_NI_ETUDES or not sans_statut(d):
        return None
    return (
        "Dès 26 ans, le salarié est demandeur d'emploi inscrit à France Travail, bénéficiaire du RSA, de l'ASS ou de "
        "l'AAH, ou sort d'un contrat aidé : indiquez son statut (art. L. 6325-1)."
    )


@controle(
    "PUB-03", ALERTE, *CONCLUSION, SITUATION, FRANCE_TRAVAIL, facultatifs=STATUTS, sur=FRANCE_TRAVAIL, source=CIRCULAIRE
)
def justificatif_des_26_ans(d: Sections, contexte: Contexte) -> str | None:
    """Dès 26 ans, qui vient d'une formation ou d'un emploi garde un justificatif de sa situation.

    ✔ 28 ans, situation 4, inscrit
    ✘ 28 ans, situation 8, non inscrit
    """
    if age_conclu(d) < 26 or d.salarie.situation not in VENANT_D_AILLEURS or not sans_statut(d):
        return None
    return (
        "Dès 26 ans, sans inscription à France Travail, gardez un justificatif de la situation d'avant le contrat : "
        "l'OPCO peut le "
        f"demander ({CIRCULAIRE})."
    )


@controle(
    "PUB-04",
    ALERTE,
    "salarie.deja_salarie",
    TYPE,
    facultatifs=("formation.type_qualification",),
    source="usage ; L6325-1",
)
def deja_salarie(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat vise l'insertion : un salarié déjà en poste n'en relève pas, sauf expérimentation VAE.

    ✔ nouvelle embauche
    ✘ salarié déjà en CDI dans l'établissement
    """
    if not d.salarie.deja_salarie or d.contrat.type_contrat != "11" or d.formation.type_qualification == "8":
        return None
    return (
        "Ce salarié est déjà en poste chez l'employeur : à vérifier, ce contrat vise l'insertion ou la réinsertion "
        "(art. L. 6325-1)."
    )


@controle(
    "PUB-05",
    ALERTE,
    *CONCLUSION,
    "salarie.diplome",
    facultatifs=PRIORITAIRE,
    sur="salarie.diplome",
    source="L6325-1-1 ; L6325-11 ; L6325-14 ; D6332-86",
)
def public_prioritaire(d: Sections, contexte: Contexte) -> str | None:
    """Le public prioritaire ouvre droit à 36 mois, à plus de 25 % de formation et à un financement majoré.

    ✔ 22 ans, CAP (51)
    ✘ 22 ans, aucun diplôme (60)
    """
    if not prioritaire(d):
        return None
    forfait = en_vigueur(contexte.parametres.forfaits, d.contrat.date_conclusion)
    taux = f"de {euros(forfait.majore)} de l'heure, sauf forfait de branche" if forfait else "majoré"
    return (
        "Public prioritaire : le contrat peut durer 36 mois, la formation dépasser 25 % par accord de branche, et le "
        f"financement être {taux} (art. L. 6325-1-1 et D. 6332-86)."
    )


@controle("PUB-06", ALERTE, *CONCLUSION, SITUATION, FRANCE_TRAVAIL, sur=FRANCE_TRAVAIL, source="usage")
def demandeur_non_inscrit(d: Sections, contexte: Contexte) -> str | None:
    """Une personne à la recherche d'un emploi est d'ordinaire inscrite à France Travail.

    ✔ situation 9, inscrit
    ✘ 23 ans, situation 9, non inscrit
    """
    if d.salarie.situation != "9" or d.salarie.inscrit_france_travail or age_conclu(d) >= 26:
        return None
    return "Le salarié cherche un emploi sans être inscrit à France Travail : à vérifier, l'usage est d'être inscrit."


def precision_france_travail(champ: str, quoi: str) -> None:
    """Register PUB-07 on one of the fields that go with the registration."""
    section, nom = champ.split(".")

    @controle("PUB-07", ERREUR, FRANCE_TRAVAIL, facultatifs=(champ,), sur=champ, source="CERFA 12434")
    def inscription(d: Sections, contexte: Contexte) -> str | None:
        """Numéro et durée accompagnent l'inscription à France Travail, et elle seule.

        ✔ inscrit, numéro donné, 14 mois
        ✘ inscrit, numéro vide
        """
        inscrit, valeur = d.salarie.inscrit_france_travail, getattr(getattr(d, section), nom)
        if inscrit and absente(valeur):
            return f"Salarié inscrit à France Travail : indiquez {quoi} (CERFA)."
        if not inscrit and not absente(valeur):
            return f"Salarié non inscrit à France Travail : effacez {quoi}, ou répondez « oui » (CERFA)."
        return None


precision_france_travail("salarie.numero_france_travail", "le numéro d'inscription")
precision_france_travail("salarie.duree_inscription", "la durée d'inscription, en mois")


@controle("PUB-07", ERREUR, "salarie.duree_inscription", source="CERFA 12434")
def duree_d_inscription(d: Sections, contexte: Contexte) -> str | None:
    """La durée d'inscription est un nombre entier de mois."""
    return None if d.salarie.duree_inscription >= 0 else "La durée d'inscription est un nombre de mois, 0 au moins."


@controle(
    "PUB-08",
    ALERTE,
    "salarie.minimum_social",
    "salarie.rqth",
    facultatifs=("salarie.extension_boe",),
    source="L5212-13, 11°",
)
def aah_et_obligation_d_emploi(d: Sections, contexte: Contexte) -> str | None:
    """Le titulaire de l'AAH bénéficie de l'obligation d'emploi.

    ✔ AAH et extension BOE
    ✘ AAH sans extension BOE
    """
    if d.salarie.minimum_social != "3" or d.salarie.rqth or d.salarie.extension_boe:
        return None
    return (
        "Le titulaire de l'AAH bénéficie de l'obligation d'emploi : vérifiez « extension BOE » (art. L. 5212-13, 11°)."
    )


@controle("PUB-09", ERREUR, "salarie.equivalence_jeunes", *CONCLUSION, source="L5213-2 ; notice 51650#09")
def equivalence_jeunes(d: Sections, contexte: Contexte) -> str | None:
    """L'équivalence jeunes vaut de 15 à 20 ans.

    ✔ oui à 19 ans
    ✘ oui à 22 ans
    """
    if not d.salarie.equivalence_jeunes or 15 <= age_conclu(d) <= 20:
        return None
    return "L'équivalence jeunes vaut de 15 à 20 ans : répondez « non » (art. L. 5213-2)."


def droit_attache_a_la_rqth(nom: str, quoi: str) -> None:
    """Register PUB-10 on one of the two questions asked without RQTH."""
    champ = f"salarie.{nom}"

    @controle("PUB-10", ERREUR, "salarie.rqth", facultatifs=(champ,), sur=champ, source="CERFA 12434")
    def droit_sans_rqth(d: Sections, contexte: Contexte) -> str | None:
        """Sans RQTH, équivalence jeunes et extension BOE ont une réponse ; avec RQTH, elles n'en ont pas.

        ✔ RQTH oui, le reste vide
        ✘ RQTH oui et équivalence jeunes oui
        """
        reponse = getattr(d.salarie, nom)
        if d.salarie.rqth and reponse is not None:
            return f"Avec une RQTH, « {quoi} » reste sans réponse : effacez-la (CERFA)."
        if not d.salarie.rqth and reponse is None:
            return f"Sans RQTH, répondez à « {quoi} » (CERFA)."
        return None


droit_attache_a_la_rqth("equivalence_jeunes", "équivalence jeunes")
droit_attache_a_la_rqth("extension_boe", "extension BOE")


@controle("PUB-11", ALERTE, SITUATION, source="fin du CIVIS : à vérifier")
def code_eteint(d: Sections, contexte: Contexte) -> str | None:
    """Le CIVIS n'existe plus.

    ✔ situation 9
    ✘ situation 2
    """
    if d.salarie.situation != "2":
        return None
    return "Le CIVIS (code 2) n'existe plus depuis 2017 (à vérifier) : choisissez une autre situation, 9 par exemple."


@controle("PUB-12", ALERTE, *CONCLUSION, SITUATION, "salarie.diplome", sur=SITUATION, source="usage")
def situation_vraisemblable(d: Sections, contexte: Contexte) -> str | None:
    """Un scolaire a moins de 26 ans et pas de diplôme du supérieur ; un étudiant a le bac.

    ✔ étudiant avec un bac (42)
    ✘ scolaire avec un BTS (31)
    """
    obtenu = niveau(d.salarie.diplome)
    if d.salarie.situation == "1" and (age_conclu(d) >= 26 or (obtenu or 0) >= 5):
        return "« Scolaire » est rare à cet âge ou avec ce diplôme (usage) : vérifiez la situation d'avant le contrat."
    if d.salarie.situation == "3" and obtenu is not None and obtenu < 4:
        return "« Étudiant » suppose d'ordinaire le bac (usage) : vérifiez la situation ou le diplôme obtenu."
    return None


@controle("PUB-13", ERREUR, *CONCLUSION, TYPE, source="L6325-4-1")
def age_du_saisonnier(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat saisonnier à deux employeurs est ouvert jusqu'à 25 ans révolus ; c'est un CDD (CTR-03).

    ✔ 24 ans, CDD, deux employeurs
    ✘ 27 ans
    """
    if d.contrat.type_contrat != SAISONNIER_DEUX_EMPLOYEURS or age_conclu(d) <= 25:
        return None
    return (
        "Le contrat saisonnier à deux employeurs est réservé aux 16 à 25 ans : choisissez le type 11 (art. L. "
        "6325-4-1)."
    )


@controle(
    "PUB-13",
    ERREUR,
    TYPE,
    facultatifs=("employeur.second_denomination",),
    sur="employeur.second_denomination",
    source="L6325-4-1",
)
def second_employeur(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat saisonnier désigne un second employeur."""
    if d.contrat.type_contrat != SAISONNIER_DEUX_EMPLOYEURS or d.employeur.second_denomination:
        return None
    return "Ce contrat saisonnier a deux employeurs : indiquez le second (art. L. 6325-4-1)."


@controle(
    "PUB-14",
    ALERTE,
    "salarie.nationalite",
    facultatifs=("salarie.autorisation_travail",),
    source="R5221-1 ; R5221-2 ; R5221-7 ; L5221-5",
)
def autorisation_de_travail(d: Sections, contexte: Contexte) -> str | None:
    """Hors Union européenne, EEE et Suisse, une autorisation de travail ou un titre qui en dispense est joint.

    ✔ autorisation déclarée
    ✘ hors Union européenne, rien de déclaré
    """
    jointe = contexte.pieces is not None and "autorisation_travail" in contexte.pieces
    if d.salarie.nationalite != "hors_ue" or d.salarie.autorisation_travail or jointe:
        return None
    return (
        "Joignez l'autorisation de travail ou un titre qui en dispense ; un étudiant étranger peut conclure ce "
        "contrat après un an de séjour "
        "(art. R. 5221-1, R. 5221-2 et R. 5221-7)."
    )


@controle("PUB-15", ALERTE, *CONCLUSION, source="code civil ; à vérifier")
def mineur(d: Sections, contexte: Contexte) -> str | None:
    """Le représentant légal d'un mineur autorise le contrat.

    ✔ 18 ans
    ✘ 17 ans
    """
    if age_conclu(d) >= 18:
        return None
    return (
        "Le salarié est mineur à la conclusion : à vérifier, son représentant légal signe ou autorise le contrat "
        "(code civil)."
    )


@controle("PUB-16", ERREUR, "employeur.interdiction_jusqu_au", *CONCLUSION, source="L6225-6")
def interdiction_de_recruter(d: Sections, contexte: Contexte) -> str | None:
    """Un employeur interdit de recruter des alternants ne conclut pas avec un jeune de moins de 26 ans.

    ✔ aucune interdiction
    ✘ interdiction jusqu'en 2027
    """
    terme = d.employeur.interdiction_jusqu_au
    if terme < d.contrat.date_conclusion or age_conclu(d) >= 26:
        return None
    return (
        f"L'employeur ne peut recruter de jeune en alternance jusqu'au {jour(terme)} : concluez après cette date "
        "(art. L. 6225-6)."
    )
