"""Commands of the operator: `flask --app app …`."""

from secrets import token_hex
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from forms.controles.formats import refus_courriel
from forms.demonstration import COMPTES, MOT_DE_PASSE, installer
from models.base import db
from models.comptes import Compte, Habilitation, Structure
from models.courriels import poster
from models.etats import Refus
from models.fermeture import fermer_compte
from models.mots_de_passe import hacher, refus_mot_de_passe
from models.second_facteur import retirer
from models.tables import migrer as appliquer
from tasks.annonces import adresse
from tasks.courriels import composer
from tasks.retours import recevoir

RAPPORT_MAX = 5_000_000


@click.command()
@with_appcontext
def migrer() -> None:
    """Bring the database to this release. Run it before the server and the workers start."""
    for name in appliquer(db.obj):
        click.echo(f"applied {name}")


@click.command()
@with_appcontext
def demo() -> None:
    """Create the demonstration structures and accounts; harmless when they are there."""
    installer()
    click.echo("Demonstration accounts, password " + MOT_DE_PASSE)
    for compte in COMPTES:
        click.echo(f"  {compte.courriel}  {compte.role}")


@click.command("premier-administrateur")
@click.option("--courriel", prompt=True, help="Address of the account.")
@click.option("--prenom", prompt=True)
@click.option("--nom", prompt=True)
@click.option("--opco", prompt="OPCO", help="Name of the structure.")
@click.password_option("--mot-de-passe", help="At least 12 characters.")
@with_appcontext
def administrateur(courriel: str, prenom: str, nom: str, opco: str, mot_de_passe: str) -> None:
    """Create the first account of a new portal: it administers the OPCO's structure and handles dossiers."""
    courriel = courriel.strip().lower()
    if message := refus_courriel(courriel) or refus_mot_de_passe(mot_de_passe, courriel):
        raise click.ClickException(message)
    if Compte.get_or_none(Compte.courriel == courriel):
        raise click.ClickException("Ce compte existe déjà.")
    with db.atomic():
        structure, _ = Structure.get_or_create(genre="opco", nom=opco)
        compte = Compte.create(courriel=courriel, prenom=prenom, nom=nom, mot_de_passe=hacher(mot_de_passe))
        Habilitation.create(compte=compte, structure=structure, droits="consulter instruire administrer")
    click.echo("Compte créé.")


@click.command("retirer-second-facteur")
@click.option("--courriel", prompt=True, help="Address of the account.")
@with_appcontext
def second_facteur(courriel: str) -> None:
    """Take the second factor off an account whose person lost phone and codes; check who asks before."""
    compte = Compte.get_or_none((Compte.courriel == courriel.strip().lower()) & Compte.second_facteur_le.is_null(False))
    if compte is None:
        raise click.ClickException("Aucun compte de cette adresse n’a de second facteur.")
    with db.atomic():
        retirer(compte)
        fait = "Le second facteur de votre compte est retiré, comme vous l’avez demandé à l’OPCO."
        mail = composer("securite_changee", fait=fait, lien=adresse("/mot-de-passe/oubli"))
        poster(f"securite:{token_hex(16)}", compte.courriel, *mail)
    click.echo("Second facteur retiré.")


@click.command("fermer-compte")
@click.option("--courriel", prompt=True, help="Address of the account.")
@with_appcontext
def fermeture(courriel: str) -> None:
    """Close the account of a person who is alone in a structure, which nobody can do in the pages; check who asks."""
    compte = Compte.get_or_none((Compte.courriel == courriel.strip().lower()) & (Compte.ferme_le.is_null()))
    if compte is None:
        raise click.ClickException("Aucun compte n’a cette adresse.")
    try:
        with db.atomic():
            fermer_compte(compte, par_l_opco=True)
            poster(f"compte_ferme:{token_hex(16)}", compte.courriel, *composer("compte_ferme"), genre="securite")
    except Refus as refus:
        raise click.ClickException(str(refus)) from None
    click.echo("Compte fermé.")


@click.command("courriel-retourne")
@click.argument("fichier", type=click.File("rb"), default="-")
@with_appcontext
def courriel_retourne(fichier: BinaryIO) -> None:
    """Take a message that a mail server sent back, from the standard input: whoever wrote the lost mail is told."""
    click.echo(f"{recevoir(fichier.read(RAPPORT_MAX))} mails are lost")
