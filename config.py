"""Every setting of the portal: its name, the default that works on one machine, one line of help."""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.fernet import Fernet


class Reglage(NamedTuple):
    """One environment variable. `{DATA_DIR}` and `{BIND}` in a default stand for those settings."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str


def liste(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def booleen(text: str) -> bool:
    return text.lower() in ("1", "true", "yes", "oui")


REGLAGES = (
    Reglage("DATA_DIR", "var", "Folder of everything that the portal writes.", Path),
    Reglage("DATABASE_URL", "sqlite:///{DATA_DIR}/dossiers.db", "SQLite or postgresql://user:password@host/name."),
    Reglage("PIECES_DIR", "{DATA_DIR}/pieces", "Folder of the encrypted pieces and CERFA.", Path),
    Reglage("REFERENTIELS", "{DATA_DIR}/referentiels.db", "Read-only search file of the registers.", Path),
    Reglage(
        "REFERENTIELS_MENSUELS", "", "Registers that the worker renews each month: sirene,rncp,…; empty: none.", liste
    ),
    Reglage("REFERENTIELS_URLS", "", "Other addresses of official files: naf=https://…, comma-separated.", liste),
    Reglage("SIRENE_PERIMETRE", "actifs", "Establishments to take: employeurs, actifs (and lately closed) or tous."),
    Reglage("DATA_GOUV_URL", "https://www.data.gouv.fr", "Where « referentiels telecharger » looks official files up."),
    Reglage("RECHERCHE_ENTREPRISES_URL", "", "API asked for a SIRET that the register lacks; empty: none is asked."),
    Reglage("IDENTITE_URL", "", "Identity service (tasks/identite.openapi.json); empty: known people only."),
    Reglage("IDENTITE_JETON", "", "Bearer token of the identity service."),
    Reglage("QUEUE_PATH", "{DATA_DIR}/queue.db", "The queue's own file (with PostgreSQL the queue lives there).", Path),
    Reglage("SECRET_KEYS", "", "Keys that sign cookies and links, newest first, comma-separated.", liste),
    Reglage("CIPHER_KEYS", "", "Fernet keys that encrypt at rest, newest first, comma-separated.", liste),
    Reglage("INDEX_KEY", "", "Key of the blind index of the NIR; never changes."),
    Reglage("PUBLIC_URL", "http://{BIND}", "Address of the portal as people type it; links in mails begin so."),
    Reglage("SMTP_URL", "", "smtp://user:password@host:port or smtps://…; empty: mails are kept, not sent."),
    Reglage("MAIL_FROM", "Mon Espace <ne-pas-repondre@localhost>", "Sender of the mails."),
    Reglage("DEMO", "1", "1: fictional data, demo accounts and a page that shows the kept mails.", booleen),
    Reglage("OPCO", "AKTO", "Name of the OPCO, printed on the CERFA and in the pages."),
    Reglage(
        "PIECES_OBLIGATOIRES",
        "",
        "Kinds of pieces that are mandatory, comma-separated; empty: those that the law asks for.",
        liste,
    ),
    Reglage("MAX_PIECE", str(20 * 1024 * 1024), "Largest piece, in bytes.", int),
    Reglage("CLAMD_URL", "", "ClamAV daemon that scans each file: tcp://host:3310 or unix:///path; empty: none."),
    Reglage("SESSION_HOURS", "12", "A session without a visit for so long is over.", int),
    Reglage("SECOND_FACTEUR_OBLIGATOIRE", "0", "1: gestionnaires and administrators need a second factor.", booleen),
    Reglage(
        "JUMEAU_JOURS", "30", "Two contracts of one person that begin so many days apart, or fewer, are told.", int
    ),
    Reglage("RELANCE_DAYS", "7", "Days between two reminders of an inactive certification.", int),
    Reglage("RESUME_HOUR", "8", "Hour in Paris of the daily mails; reminders come an hour before.", int),
    Reglage("BROUILLON_MOIS", "6", "Months after which a draft that nobody opens is deleted, with notice.", int),
    Reglage("DOSSIER_ANS", "5", "Years after the end of the training that an accepted dossier is kept.", int),
    Reglage("PREAVIS_JOURS", "30", "Days between the notice to its people and the deletion of a dossier.", int),
    Reglage("CONTACT_DONNEES", "", "Address of the data protection officer, shown to everybody; empty: none."),
    Reglage("LIEN_DAYS", "30", "A link that resumes a dossier lives so long.", int),
    Reglage("SECURE_COOKIES", "0", "1 behind HTTPS: cookies travel encrypted only.", booleen),
    Reglage("TRUSTED_PROXIES", "0", "Number of proxies in front whose X-Forwarded headers are believed.", int),
    Reglage("BIND", "127.0.0.1:8000", "Address that the web server listens on."),
    Reglage("WEB_WORKERS", "2", "Processes of the web server.", int),
    Reglage("WEB_THREADS", "16", "Threads of each of them; a slow upload holds one.", int),
)
CLES = ("SECRET_KEYS", "CIPHER_KEYS", "INDEX_KEY")


def reglages(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings, read from `environ`; keys that it does not give are generated once into the data folder."""
    values = {r.name: environ.get(r.name, r.default) for r in REGLAGES}
    data_dir, bind = values["DATA_DIR"], values["BIND"]
    values = {name: text.replace("{DATA_DIR}", data_dir).replace("{BIND}", bind) for name, text in values.items()}
    Path(data_dir).mkdir(parents=True, exist_ok=True)
    if not all(values[name] for name in CLES):
        generated = cles_generees(Path(data_dir) / "cles.json")
        values.update({name: values[name] or generated[name] for name in CLES})
    return {r.name: r.read(values[r.name]) for r in REGLAGES}


def cles_generees(path: Path) -> dict[str, str]:
    """The keys in `path`, readable by its owner alone; made at the first call, by one process only."""
    keys = {
        "SECRET_KEYS": secrets.token_urlsafe(32),
        "CIPHER_KEYS": Fernet.generate_key().decode(),
        "INDEX_KEY": secrets.token_urlsafe(32),
    }
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_text(json.dumps(keys))
    try:
        os.link(temporary, path)  # fails when another process was first: its keys win
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    return json.loads(path.read_text())
