"""A record of the RNCP, whatever it was read from."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tasks.registres.chantier import Ligne, jour

ETATS = {"ACTIVE": 1, "INACTIVE": 0}


@dataclass
class Liens:
    """What the other tables say of the records: code → values."""

    apres: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    nsf: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    certificateurs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    voies: dict[str, bool] = field(default_factory=dict)

    def suit(self, avant: str, apres: str) -> None:
        if avant and apres and avant != apres and apres not in self.apres[avant]:
            self.apres[avant].append(apres)


def mots_de(c: Ligne) -> str:
    digits = c["code"].lstrip("RNCPS")
    kind = c["code"][: -len(digits)]
    level = f"niveau {c['niveau']}" if c["niveau"] else ""
    return f"{kind} {digits} {c['code']} {c['abrege'] or ''} {c['intitule']} {level}"


def fiche(values: list[str], liens: Liens) -> Ligne | str:
    """A row of the register, or why there is none."""
    code, intitule, abrege, niveau, decision, fin, effet, kind, actif = values
    if not code.startswith(("RNCP", "RS")) or not code.lstrip("RNCPS").isdecimal():
        return "numéro de fiche : RNCP ou RS suivi de chiffres attendu"
    if not intitule or actif not in ETATS:
        return "sans intitulé" if not intitule else "état : ACTIVE ou INACTIVE attendu"
    try:
        days = [jour(text) for text in (decision, effet, fin)]
    except ValueError:
        return "date : JJ/MM/AAAA attendue"
    level = niveau.removeprefix("NIV")
    row: dict[str, Any] = {
        "code": code,
        "intitule": " ".join(intitule.split()),
        "niveau": int(level) if level.isdecimal() else None,
        "abrege": abrege or None,
        "type_enregistrement": kind or None,
        "certificateur": ", ".join(dict.fromkeys(liens.certificateurs.get(code, ()))) or None,
        "nsf": " ".join(liens.nsf.get(code, ())) or None,
        "actif": ETATS[actif],
        "remplacee_par": " ".join(liens.apres.get(code, ())),
        "professionnalisation": int(liens.voies[code]) if code in liens.voies else None,
    }
    return row | dict(zip(("date_decision", "date_effet", "date_fin"), days, strict=True))
