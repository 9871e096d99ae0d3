"""Searching and looking up, the same for every register."""

from collections.abc import Iterator
from typing import Any

from models.referentiels import fichier
from models.referentiels.schema import TABLES
from models.referentiels.texte import VARIANTES, est_numero, ou, prefixe, voisins

LIMITE = 12
INDEXES = 4  # the index of words answers so many first letters at once; what is longer is looked up as whole words
RARES = 20_000  # rows: to gather them costs less than a millisecond
TERMES, LUS = 24, 2_000  # whole words that a beginning stands for, at most; of how many the most frequent are taken
CORRIGES, CORRECTIONS = 3, 6  # words of a query that may be mistyped; what each may have been meant to be
DE_CHACUN = 6  # whole words for each of those
CORRIGEABLE = range(4, 21)  # letters: shorter words resemble too many others
Ligne = tuple[Any, ...]


def colonnes(table: str) -> str:
    """The columns of a register, which queries call `e`."""
    return ", ".join(f"e.{column}" for column in TABLES[table].colonnes)


def par_mots(table: str, words: list[str], *, tolerer: bool = True, limite: int = LIMITE) -> list[Ligne]:
    """The first rows, in rank order, that have a word beginning like each of `words`.

    When there is none, one typing mistake is tolerated. Neither `order by` nor `count`: both would read all rows
    that match (on 5 million, `sa` took 650 ms so).
    """
    sql = (
        f"select {colonnes(table)} from {table}_mots m cross join {table} e on e.rang = m.rowid"  # noqa: S608
        " where m.texte match ? limit ?"
    )
    return requete(table, sql, words, limite, tolerer=tolerer)


def requete(table: str, sql: str, words: list[str], limite: int, *, tolerer: bool = True) -> list[Ligne]:
    """The rows that `sql` answers for `words`: its parameters are the FTS5 query and the limit."""
    if not words:
        return []
    asked, whole = expression(table, words)
    found = fichier.lire(sql, asked, limite)
    if len(found) < limite and not whole:
        # Rare words were left out of a frequent beginning, and the other words ask for one of them.
        found = fichier.lire(sql, " AND ".join(prefixe(word) for word in words), limite)
    if found or not tolerer:
        return found
    return next((rows for asked in corrections(table, words) if (rows := fichier.lire(sql, asked, limite))), [])


def par_colonne(table: str, colonne: str, valeur: str) -> list[Ligne]:
    """The first rows, in rank order, whose `colonne` is `valeur`."""
    if not valeur:
        return []
    sql = f"select {colonnes(table)} from {table} e where e.{colonne} = ? order by e.rang limit ?"  # noqa: S608
    return fichier.relire(sql, valeur, LIMITE)


def expression(table: str, words: list[str]) -> tuple[str, bool]:
    """The FTS5 query for rows that have, for each of `words`, one that begins so; whether it finds them all."""
    parts = [_debut(table, word) for word in words]
    return " AND ".join(part for part, _ in parts), all(whole for _, whole in parts)


def _debut(table: str, word: str, limite: int = TERMES) -> tuple[str, bool]:
    """A beginning that no index answers, and many rows have, is asked as the most frequent words that begin so.

    FTS5 gathers all rows of a beginning before it answers the first; those of whole words it reads as they come.
    """
    if len(word) <= INDEXES or est_numero(word):
        return prefixe(word), True
    terms = _termes(table, word)
    if sum(n for _, n in terms) <= RARES:
        return prefixe(word), True
    best = sorted(terms, key=lambda term: -term[1])[:limite]
    found = {term for term, _ in best} | ({VARIANTES[word]} if word in VARIANTES else set())
    return ou(sorted(found)), len(best) == len(terms)


def _termes(table: str, word: str) -> list[tuple[str, int]]:
    """The whole words that begin like `word`, and how many rows have each."""
    sql = f"select mot, n from {table}_termes where mot >= ? and mot < ? limit ?"  # noqa: S608 (names of the schema)
    return fichier.lire(sql, word, word + "\U0010ffff", LUS)


def corrections(table: str, words: list[str]) -> Iterator[str]:
    """FTS5 queries for `words` with one of them corrected, the most likely one first.

    A word that nothing begins with is the mistyped one; two of them are more than one mistake.
    """
    known = [bool(_termes(table, word)) or est_numero(word) for word in words]
    wrong = [i for i, there in enumerate(known) if not there]
    if len(wrong) > 1:
        return
    for i in wrong or sorted(range(len(words)), key=lambda i: -len(words[i]))[:CORRIGES]:
        if meant := _voulus(table, words[i]):
            others = [_debut(table, word)[0] for word in (*words[:i], *words[i + 1 :])]
            corrected = " OR ".join(_debut(table, word, DE_CHACUN)[0] for word in meant)
            yield " AND ".join([f"({corrected})", *others])


def _voulus(table: str, word: str) -> list[str]:
    """The beginnings at one typing mistake from `word` that the register has, the most frequent ones."""
    if len(word) not in CORRIGEABLE or not word.isalpha() or not word.isascii():
        return []
    near = voisins(word)
    sql = (
        f"with v(mot) as (values {', '.join(['(?)'] * len(near))})"  # noqa: S608 (names of the schema)
        f" select v.mot, (select sum(n) from (select n from {table}_termes t"
        " where t.mot >= v.mot and t.mot < v.mot || char(1114111) limit 20)) as s"
        " from v where s is not null order by s desc limit ?"
    )
    return [mot for mot, _ in fichier.lire(sql, *near, CORRECTIONS)]
