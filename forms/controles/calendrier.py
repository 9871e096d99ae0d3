"""Dates as the law counts them. Total on all dates: what would leave the calendar stops at its end."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


def plus_jours(jour: date, nombre: int) -> date:
    """The day `nombre` days later (or earlier), held within the calendar."""
    rang = min(max(jour.toordinal() + nombre, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(rang)


def plus_mois(jour: date, nombre: int) -> date:
    """Same day `nombre` months later, clipped to the end of the month."""
    annee, mois = divmod(jour.year * 12 + jour.month - 1 + nombre, 12)
    if not date.min.year <= annee <= date.max.year:
        return date.max if nombre > 0 else date.min
    return date(annee, mois + 1, min(jour.day, monthrange(annee, mois + 1)[1]))


def plus_mois_de_fin_a_fin(jour: date, nombre: int) -> date:
    """As plus_mois, but the last day of a month leads to the last day of a month (decision 1, DAT-10)."""
    plus_tard = plus_mois(jour, nombre)
    dernier = monthrange(jour.year, jour.month)[1]
    return plus_tard.replace(day=monthrange(plus_tard.year, plus_tard.month)[1]) if jour.day == dernier else plus_tard


def dure_au_moins(debut: date, fin: date, mois: int) -> bool:
    """Whether [debut, fin], both included, lasts `mois` months or more, counted from date to date."""
    return fin.toordinal() + 1 >= plus_mois(debut, mois).toordinal()


def dure_au_plus(debut: date, fin: date, mois: int) -> bool:
    """Whether [debut, fin], both included, lasts `mois` months or less."""
    return fin.toordinal() + 1 <= plus_mois(debut, mois).toordinal()


def dernier_jour(debut: date, mois: int) -> date:
    """Last day of a period of `mois` months that begins on `debut`."""
    return plus_jours(plus_mois(debut, mois), -1)


def jours(debut: date, fin: date) -> int:
    """Number of days of [debut, fin], both included; 0 when the end comes first."""
    return max((fin - debut).days + 1, 0)


def age(naissance: date, le: date) -> int:
    """Completed years on that day; born on 29/02, one is older on 01/03 of a common year."""
    return le.year - naissance.year - ((le.month, le.day) < (naissance.month, naissance.day))


def anniversaire(naissance: date, ans: int) -> date:
    """The day on which one reaches that age."""
    annee = min(naissance.year + ans, date.max.year)
    if (naissance.month, naissance.day) == (2, 29) and monthrange(annee, 2)[1] == 28:
        return date(annee, 3, 1)
    return naissance.replace(year=annee)


def age_remuneration(naissance: date, le: date) -> int:
    """The age that counts for the pay: that of the last day of the month before (D6325-16)."""
    return age(naissance, plus_jours(le.replace(day=1), -1))


def debut_du_nouveau_montant(naissance: date, ans: int) -> date:
    """First day of the month that follows the birthday: the new amount starts there (D6325-16)."""
    return plus_mois(anniversaire(naissance, ans).replace(day=1), 1)


@lru_cache(maxsize=256)
def paques(annee: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    mois, jour = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(annee, mois, jour + 1)


@lru_cache(maxsize=256)
def jours_feries(annee: int) -> frozenset[date]:
    """The eleven public holidays of L3133-1 (without Alsace-Moselle and overseas)."""
    fixes = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    mobiles = (plus_jours(paques(annee), ecart) for ecart in (1, 39, 50))
    return frozenset((*(date(annee, mois, jour) for mois, jour in fixes), *mobiles))


def est_ouvrable(jour: date) -> bool:
    """Monday to Saturday, public holidays left out."""
    return jour.weekday() != 6 and jour not in jours_feries(jour.year)


def plus_jours_ouvrables(jour: date, nombre: int) -> date:
    """The `nombre`-th working day after that day."""
    while nombre > 0 and jour < date.max:
        jour = plus_jours(jour, 1)
        nombre -= est_ouvrable(jour)
    return jour
