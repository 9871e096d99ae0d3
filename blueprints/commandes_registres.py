"""`flask --app app referentiels …`: the operator's commands for the registers that the searches read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from models import referentiels
from models.etablissements import rapproches
from tasks.imports import charger_donnees_embarquees
from tasks.registres import echange
from tasks.registres.actualisation import recuperer
from tasks.registres.catalogue import CATALOGUE
from tasks.registres.chantier import nombre, terminal
from tasks.registres.importation import importer
from tasks.registres.lecture import FichierRefuse
from tasks.registres.sirene import PERIMETRES

registres = AppGroup("referentiels", help="Registers that the searches read.")
GENRE = click.argument("genre", type=click.Choice(list(CATALOGUE)), metavar="GENRE")
FICHIER = click.Path(path_type=Path)
SORTE = "Which establishments to take (sirene): " + "; ".join(f"{k}: {v}" for k, v in PERIMETRES.items())


@contextmanager
def refus() -> Iterator[None]:
    """What the import refuses is said in one sentence."""
    try:
        yield
    except FichierRefuse as error:
        raise click.ClickException(str(error)) from None


def fichier() -> Path:
    return Path(current_app.config["REFERENTIELS"])


@registres.command("charger")
def charger() -> None:
    """Build the search file from the registers that come with the portal; those that were imported stay."""
    bilans = charger_donnees_embarquees(fichier(), demo=current_app.config["DEMO"])
    click.echo("\n".join(map(str, bilans)) or "The registers are loaded already.")


def jour(context: click.Context, parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


@registres.command("importer")
@GENRE
@click.argument("fichiers", nargs=-1, required=True, type=FICHIER)
@click.option("--date", "le", type=click.DateTime(["%Y-%m-%d"]), callback=jour, help="Day of the data.")
@click.option("--perimetre", type=click.Choice(list(PERIMETRES)), help=SORTE)
@click.option("--forcer", is_flag=True, help="Take the files although many rows are rejected or missing.")
def importer_(genre: str, fichiers: tuple[Path, ...], le: date | None, perimetre: str | None, forcer: bool) -> None:
    """Replace one register by official FICHIERS, as they are published; the others stay."""
    charge(genre, list(fichiers), le, perimetre, forcer)


@registres.command("telecharger")
@GENRE
@click.option("--url", "urls", multiple=True, help="Address of the file, when it is another one than usual.")
@click.option("--importer/--garder", "suite", default=False, help="Import at once, or only keep the files.")
def telecharger(genre: str, urls: tuple[str, ...], suite: bool) -> None:
    """Fetch the official files of a register from their publisher."""
    with refus():
        files = recuperer(current_app.config, genre, urls, terminal)
    for path in files:
        click.echo(str(path))
    if suite:
        charge(genre, files, None, None, False)


def charge(genre: str, files: list[Path], le: date | None, perimetre: str | None, forcer: bool) -> None:
    area = perimetre or current_app.config["SIRENE_PERIMETRE"]
    if area not in PERIMETRES:
        raise click.ClickException("SIRENE_PERIMETRE : employeurs, actifs ou tous.")
    with refus():
        rapport = importer(fichier(), genre, files, le=le, perimetre=area, forcer=forcer, dire=terminal)
    terminal("")
    click.echo(str(rapport))
    if found := rapproches():
        click.echo(f"{found} saisis à la main et désormais officiels : la ligne du registre les remplace.")


@registres.command("exporter")
@click.argument("vers", type=FICHIER)
def exporter(vers: Path) -> None:
    """Copy the search file to VERS, for the other web machines."""
    with refus():
        click.echo(f"{echange.exporter(fichier(), vers)}  {vers.name}")


@registres.command("installer")
@click.argument("depuis", type=FICHIER)
def installer(depuis: Path) -> None:
    """Put an exported search file into service on this machine."""
    with refus():
        echange.installer(fichier(), depuis)
    etat_des_registres()


@registres.command("etat")
def etat() -> None:
    """Tell which registers are in service: rows, day of the data, source."""
    etat_des_registres()


def etat_des_registres() -> None:
    for s in referentiels.sources():
        kind = "démonstration" if s.fictif else "importé" if s.importe_le else "livré"
        click.echo(f"{s.registre:14} {nombre(s.lignes):>12}  {s.date:%d/%m/%Y}  {kind:13}  {s.source}")
