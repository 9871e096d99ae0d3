"""Page « Formation »: what is aimed at, who teaches it, when, for how long and at what price."""

from forms.base import Form
from forms.codes import Nda, Rncp, Siret
from forms.conditions import au_rncp, experimentation_vae, formation_interne, organisme_externe, rncp_exige
from forms.fields import Case, Choix, Entier, Euros, Jour, OuiNon, Texte
from models.listes import DIPLOME, RETIRES, SPECIALITE, TYPE_QUALIFICATION


class Certification(Form):
    type_qualification = Choix(
        "Type de qualification visée", TYPE_QUALIFICATION, cerfa="F7", retires=RETIRES["type_qualification"]
    )
    rncp = Rncp(
        "Code RNCP", cerfa="F9", si=au_rncp, requis=rncp_exige, largeur="court", aide="Par exemple RNCP38565 ou 38565."
    )
    intitule = Texte("Intitulé précis de la certification", cerfa="F10", max=300)
    diplome_vise = Choix("Diplôme ou titre visé", DIPLOME, cerfa="F8")
    specialite = Choix("Spécialité de formation (NSF)", SPECIALITE, cerfa="F11")
    numero_projet = Texte(
        "Numéro du projet", cerfa="E17", si=experimentation_vae, max=40, aide="Sur la notification de la DGEFP."
    )


class Organisme(Form):
    service_interne = OuiNon(
        "La formation est-elle assurée par un service de formation interne ?", cerfa="F5", reserve="employeur"
    )
    moyens_attestes = Case(
        "J’atteste que le service de formation interne dispose des moyens nécessaires à la formation du salarié",
        cerfa="F6",
        si=formation_interne,
        reserve="employeur",
    )
    organisme_denomination = Texte("Dénomination de l’organisme de formation principal", cerfa="F1", max=200)
    organisme_siret = Siret("SIRET de l’organisme de formation principal", cerfa="F2")
    organisme_nda = Nda(
        "Numéro de déclaration d’activité",
        cerfa="F3",
        requis=organisme_externe,
        aide="11 caractères, donnés par la préfecture de région à l’organisme.",
    )
    nombre_organismes = Entier(
        "Nombre d’organismes de formation intervenant",
        cerfa="F4",
        plafond=99,
        aide="L’organisme principal et le service interne comptent.",
    )
    paiement_direct = OuiNon("L’OPCO paie-t-il directement l’organisme de formation ?", reserve="employeur")


class Calendrier(Form):
    date_debut = Jour("Date de début du cycle de formation", cerfa="F14")
    date_fin = Jour("Date prévue de fin des épreuves ou examens", cerfa="F15")
    heures_total = Entier(
        "Durée totale : évaluation, accompagnement et enseignements", cerfa="F12", unite="heures", plafond=9_999
    )
    heures_enseignement = Entier(
        "dont enseignements généraux, professionnels et technologiques", cerfa="F13", unite="heures", plafond=9_999
    )
    mois_etranger = Entier("Période à l’étranger", requis=False, unite="mois", plafond=36)
    heures_accueil = Entier(
        "Temps passé dans d’autres entreprises d’accueil", requis=False, unite="heures", plafond=9_999
    )


class Couts(Form):
    cout_pedagogique = Euros("Coût pédagogique total", aide="Hors taxes, pour toute la durée du contrat.")
    frais_annexes = Euros(
        "Frais annexes du salarié", requis=False, aide="Transport, hébergement, repas liés à la formation."
    )
    part_salarie = Euros(
        "Montant demandé au salarié", requis=False, aide="Rien ne peut lui être demandé (art. L. 6325-2-1)."
    )
