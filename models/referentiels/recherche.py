"""Searching and looking up, the same for every register."""

from typing import Any

from models.referentiels import fichier
from models.referentiels.schema import TABLES
from models.referentiels.texte import expression

LIMITE = 12
Ligne = tuple[Any, ...]


def colonnes(table: str, prefixe: str = "e") -> str:
    return ", ".join(f"{prefixe}.{column}" for column in TABLES[table].colonnes)


def par_mots(table: str, words: list[str], limite: int = LIMITE) -> list[Ligne]:
    """The first rows, in rank order, that have a word beginning like each of `words`.

    Neither `order by` nor `count`: both would read all rows that match (on 5 million, `sa` took 650 ms so).
    """
    if not words:
        return []
    sql = (
        f"select {colonnes(table)} from {table}_mots m cross join {table} e on e.rang = m.rowid"  # noqa: S608
        " where m.texte match ? limit ?"
    )
    return fichier.lire(sql, expression(words), limite)


def par_colonne(table: str, colonne: str, valeur: str, limite: int = LIMITE) -> list[Ligne]:
    """The first rows, in rank order, whose `colonne` is `valeur`."""
    if not valeur:
        return []
    sql = f"select {colonnes(table)} from {table} e where e.{colonne} = ? order by e.rang limit ?"  # noqa: S608
    return fichier.lire(sql, valeur, limite)
