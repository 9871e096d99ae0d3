"""Who acts for an employer or an organisme: for those who decide it."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for

from blueprints.access import administre, connecte, gere, ouvrir
from blueprints.rendering import page
from forms.acces import Droits, Invitation, Successeur, en_mots
from forms.base import Form
from forms.compte import constats
from forms.controles.francais import typographie
from models import acces, mandats
from models.base import maintenant
from models.comptes import Habilitation, Structure
from models.dossier import Dossier
from models.identification import adresse
from models.structures import changer_droits, confier, membre, membres, retirer
from tasks import acces as actions
from tasks.relay import sonner

bp = Blueprint("utilisateurs", __name__)


@bp.get("/utilisateurs")
@connecte
def choisir() -> Any:
    """Straight to the people of the only employer; who administers several chooses."""
    mine = [h.structure for h in g.habilitations if gere(h)]
    if len(mine) == 1:
        return redirect(url_for(".lister", structure_id=mine[0].id), 303)
    return page("utilisateurs/choisir.html", siennes=mine) if mine else abort(403)


@bp.get("/utilisateurs/<int:structure_id>")
@administre
def lister(structure: Structure) -> Any:
    return page(
        "utilisateurs/lister.html",
        structure=structure,
        personnes=membres(structure.id),
        demandes=acces.demandes_de_la_structure(structure.id),
        invitations=acces.invitations_en_attente(structure.id),
        donnes=mandats.mandats_donnes(structure.id),
        recus=mandats.mandats_recus(structure.id),
        situation=mandats.situation,
        historique=acces.histoire_des_acces(structure.id),
        en_mots=en_mots,
        maintenant=maintenant,
    )


def demander(form: Form, structure: Structure, titre: str, bouton: str, chapeau: str, **qui: str) -> str:
    """A page with one form and one button, and the way back to the list. `qui` is whom it is about."""
    retour = url_for("utilisateurs.lister", structure_id=structure.id)
    words = {"titre": titre, "bouton": bouton, "chapeau": typographie(chapeau), "qui": "", "classe": ""} | qui
    return page("utilisateurs/demande.html", form=form, constats=constats(form), retour=retour, **words)


def revenir(structure: Structure, message: str) -> Any:
    sonner()
    flash(typographie(message))
    return redirect(url_for("utilisateurs.lister", structure_id=structure.id), 303)


def personne(structure: Structure, habilitation_id: int) -> Habilitation:
    """One of the people of the structure; others do not exist here."""
    return membre(structure.id, habilitation_id) or abort(404)


@bp.get("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>")
@administre
def preparer_droits(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    return demander_droits(Droits(None, structure, there), structure, there)


def demander_droits(form: Droits, structure: Structure, there: Habilitation) -> str:
    chapeau = "Consulter les dossiers est toujours compris."
    return demander(form, structure, "Droits", "Enregistrer les droits", chapeau, qui=there.compte.nom_complet)


@bp.post("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>")
@administre
def changer(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    form = Droits(request.form, structure)
    if not form.validate():
        return demander_droits(form, structure, there), 422
    changer_droits(there, form.droits, form.sirets, g.compte.id)
    return revenir(structure, "Les droits sont enregistrés. Ils comptent dès maintenant.")


def collegues(structure: Structure, sauf: int | None) -> dict[str, str]:
    """The others who may enter contracts: account → name."""
    there = [h.compte for h in membres(structure.id) if "saisir" in h.droits.split() and h.compte_id != sauf]
    return {str(compte.id): compte.nom_complet for compte in there}


@bp.get("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>/retrait")
@administre
def preparer_retrait(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    form = Successeur(None, collegues(structure, there.compte_id), str(g.compte.id))
    return demander_retrait(form, structure, there)


def demander_retrait(form: Successeur, structure: Structure, there: Habilitation) -> str:
    chapeau = "Cette personne n’aura plus accès à rien ici, même si elle est connectée. Ses dossiers restent chez vous."
    words = {"qui": there.compte.nom_complet, "classe": "danger"}
    return demander(form, structure, "Retirer l’accès", "Retirer l’accès", chapeau, **words)


@bp.post("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>/retrait")
@administre
def ecarter(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    form = Successeur(request.form, others := collegues(structure, there.compte_id))
    if others and not form.validate():
        return demander_retrait(form, structure, there), 422
    retirer(there, g.compte.id, int(form.personne.data) if others else None)
    if there.compte_id == g.compte.id:
        flash(typographie("Vous n’avez plus accès à ces contrats."))
        return redirect(url_for("accueil.montrer"), 303)
    return revenir(structure, "L’accès est retiré.")


@bp.get("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>/dossiers")
@administre
def preparer_passage(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    return demander_passage(Successeur(None, collegues(structure, there.compte_id)), structure, there)


def demander_passage(form: Successeur, structure: Structure, there: Habilitation) -> str:
    chapeau = "Les courriels et les rappels de tous ses dossiers iront à la personne choisie. Les dossiers restent ici."
    return demander(form, structure, "Confier les dossiers", "Confier", chapeau, qui=there.compte.nom_complet)


@bp.post("/utilisateurs/<int:structure_id>/personnes/<int(max=2147483647):habilitation_id>/dossiers")
@administre
def passer(structure: Structure, habilitation_id: int) -> Any:
    there = personne(structure, habilitation_id)
    form = Successeur(request.form, collegues(structure, there.compte_id))
    if not form.validate():
        return demander_passage(form, structure, there), 422
    count = confier(structure.id, there.compte_id, int(form.personne.data), g.compte.id)
    return revenir(structure, f"Dossiers confiés : {count}.")


@bp.app_template_global()
def a_qui_confier(dossier: Dossier) -> bool:
    """Whether there is somebody else: an employer with one user is not asked."""
    return bool(collegues(chez(dossier), dossier.cree_par_id))


@bp.get("/dossiers/<dossier_id>/contact")
@ouvrir("confier")
def preparer_contact(dossier: Dossier) -> Any:
    return demander_contact(Successeur(None, collegues(chez(dossier), dossier.cree_par_id)), dossier)


def chez(dossier: Dossier) -> Structure:
    """The structure of the dossier for which the person acts."""
    return Structure.get_by_id(dossier.organisme_id if g.partie == "organisme" else dossier.structure_id)


def demander_contact(form: Successeur, dossier: Dossier) -> str:
    form.personne.label.text = "Confier ce dossier à"
    chapeau = "Les courriels et les rappels de ce dossier iront à la personne choisie."
    retour = url_for("dossiers.detailler", dossier_id=dossier.id)
    words = {
        "titre": "Confier ce dossier",
        "bouton": "Confier",
        "chapeau": typographie(chapeau),
        "classe": "",
        "qui": "",
    }
    return page("utilisateurs/demande.html", form=form, constats=constats(form), retour=retour, **words)


@bp.post("/dossiers/<dossier_id>/contact")
@ouvrir("confier")
def changer_contact(dossier: Dossier) -> Any:
    owner = chez(dossier)
    form = Successeur(request.form, collegues(owner, dossier.cree_par_id))
    if not form.validate():
        return demander_contact(form, dossier), 422
    confier(owner.id, None, int(form.personne.data), g.compte.id, dossier.id)
    flash(typographie("Le dossier est confié."))
    return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)


@bp.get("/utilisateurs/<int:structure_id>/invitations")
@administre
def preparer_invitation(structure: Structure) -> Any:
    return demander_invitation(Invitation(None, structure), structure)


def demander_invitation(form: Invitation, structure: Structure) -> str:
    chapeau = "La personne reçoit un lien qui ne sert qu’une fois, pendant 14 jours. Consulter est toujours compris."
    return demander(form, structure, "Inviter une personne", "Envoyer l’invitation", chapeau)


@bp.post("/utilisateurs/<int:structure_id>/invitations")
@administre
def inviter(structure: Structure) -> Any:
    form = Invitation(request.form, structure)
    if not form.validate():
        return demander_invitation(form, structure), 422
    courriel = adresse(form.courriel.data)
    actions.inviter(structure, courriel, form.droits, form.sirets, g.compte)
    return revenir(structure, "L’invitation part par courriel.")


@bp.post("/utilisateurs/<int:structure_id>/invitations/<int(max=2147483647):invitation_id>")
@administre
def relancer(structure: Structure, invitation_id: int) -> Any:
    """Mail a new link, or withdraw the invitation."""
    waiting = acces.invitations_en_attente(structure.id)
    invitation = next((i for i in waiting if i.id == invitation_id), None) or abort(404)
    if request.form.get("action") == "renvoyer":
        actions.renvoyer_invitation(invitation, g.compte)
        return revenir(structure, "L’invitation repart avec un nouveau lien : l’ancien ne s’ouvre plus.")
    actions.retirer_invitation(invitation, g.compte.id)
    return revenir(structure, "L’invitation est retirée : son lien ne s’ouvre plus.")


def demande(structure: Structure, demande_id: int) -> acces.DemandeAcces:
    """One of the requests that wait here."""
    waiting = acces.demandes_de_la_structure(structure.id)
    return next((d for d in waiting if d.id == demande_id), None) or abort(404)


@bp.get("/utilisateurs/<int:structure_id>/demandes/<int(max=2147483647):demande_id>")
@administre
def preparer_demande(structure: Structure, demande_id: int) -> Any:
    return demander_reponse(Droits(None, structure), structure, demande(structure, demande_id))


def demander_reponse(form: Droits, structure: Structure, asked: acces.DemandeAcces) -> str:
    chapeau = "Consulter les dossiers est toujours compris."
    return demander(form, structure, "Donner accès", "Accepter", chapeau, qui=asked.compte.nom_complet)


@bp.post("/utilisateurs/<int:structure_id>/demandes/<int(max=2147483647):demande_id>")
@administre
def repondre(structure: Structure, demande_id: int) -> Any:
    asked = demande(structure, demande_id)
    if request.form.get("action") == "refuser":
        actions.ecarter(asked, g.compte.id)
        return revenir(structure, "La demande est refusée.")
    form = Droits(request.form, structure)
    if not form.validate():
        return demander_reponse(form, structure, asked), 422
    actions.accorder(asked, form.droits, form.sirets, g.compte.id)
    return revenir(structure, "L’accès est donné.")
