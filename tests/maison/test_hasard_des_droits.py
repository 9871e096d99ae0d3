"""Whatever people do, one after the other, nobody reads what the table of rights keeps from them.

Rights are given, limited and taken, mandates given and revoked, the dossier is handed over, taken up, changed, sent
back, refused, filed, by whoever comes. What each may know is kept here beside, as simply as can be.
"""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.base import aujourdhui
from models.comptes import Habilitation, Mandat, Structure, habilitations
from models.dossier import Dossier
from models.droits import connait, peut
from models.etats import Refus, passer
from models.mandats import Etendue, donner, revoquer
from models.structures import DernierAdministrateur, changer_droits, confier, habiliter, retirer
from tests.client import MEME_SITE, PageClient
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure

REGLAGES = settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SIEGE, ANNEXE = "73282932000074", "73282932000082"
DROITS = ("consulter", "consulter saisir", SAISIR, f"{SAISIR} administrer")
LIEUX = ("", SIEGE, ANNEXE)
# What the employer adds: the organisme never reads it.
EMPLOI, SALAIRE = "Emploi-du-secret", "4 321,00"
RESERVES = ("formation.service_interne", "formation.paiement_direct", "tuteur.attestation", "contrat.salaire")


class Monde:
    """People, and beside them what each may do: account → (rights, establishments)."""

    def __init__(self, app):
        Structure.update(siren=None).execute()  # the worlds before this one are over
        self.hotel = une_structure(siren=SIEGE[:9], siret=SIEGE)
        self.cabinet = une_structure(nom="Cabinet Fictif")
        self.ecole = une_structure("organisme", "Organisme Fictif")
        self.chef = un_compte(self.hotel, DROITS[3])
        self.equipe = [un_compte(self.hotel) for _ in range(2)]
        self.comptables = [un_compte(self.cabinet) for _ in range(2)]
        self.groupe = une_structure("organisme", "Groupe Fictif")
        self.formateurs = [un_compte(self.ecole) for _ in range(2)]
        self.voisins = [un_compte(self.groupe), un_compte(self.groupe, "consulter")]
        self.autres = [un_compte(une_structure(nom="Autre"), DROITS[3]), un_compte()]
        self.personnes = [self.chef, *self.equipe, *self.comptables, *self.formateurs, *self.autres, *self.voisins]
        self.donnes = {self.chef.id: (DROITS[3], "")} | {c.id: (SAISIR, "") for c in self.equipe}
        self.mandat = self.mandat_de_l_ecole = None
        self.http = {compte.id: PageClient(app).connecter(compte).http for compte in self.personnes}
        made = un_dossier(organisme=self.ecole, compte=self.formateurs[0], changements=self.preentree())
        Dossier.update(structure=None).where(Dossier.id == made.id).execute()
        self.cle = made.id

    def preentree(self):
        return dict.fromkeys(RESERVES) | {"employeur.siret": SIEGE}

    @property
    def dossier(self):
        return Dossier.get_or_none(Dossier.id == self.cle)

    # What people do. i is who, j is how.

    def donner_des_droits(self, i, j):
        compte, droits = self.equipe[i % 2], DROITS[j % 3]
        lieu = LIEUX[j % 3]
        there = Habilitation.get_or_none(Habilitation.compte == compte)
        if there:
            changer_droits(there, droits, lieu, self.chef.id)
        else:
            habiliter(self.hotel.id, compte.id, droits, lieu, self.chef.id)
        self.donnes[compte.id] = (droits, lieu)

    def retirer_une_personne(self, i, j):
        compte = (self.chef, *self.equipe)[i % 3]
        if there := Habilitation.get_or_none(Habilitation.compte == compte):
            try:
                retirer(there, self.chef.id, None)
            except DernierAdministrateur:
                return
            del self.donnes[compte.id]

    def mandater(self, i, j):
        days = (aujourdhui() + timedelta(days=(0, 1)[i % 5 == 4]), aujourdhui() + timedelta(days=9))
        etendue = Etendue(DROITS[j % 3], LIEUX[i % 3], *days)
        self.revoquer_le_mandat(i, j)
        donner(self.hotel.id, self.cabinet.id, etendue, self.chef.id)
        self.mandat = None if i % 5 == 4 else (etendue.droits, etendue.etablissements)

    def revoquer_le_mandat(self, i, j):
        for mandat in Mandat.select().where(Mandat.mandant == self.hotel):
            revoquer(mandat, self.chef.id)
        self.mandat = None

    def mandater_le_groupe(self, i, j):
        etendue = Etendue(DROITS[j % 3], "", aujourdhui(), aujourdhui() + timedelta(days=i % 2))
        self.revoquer_le_groupe(i, j)
        donner(self.ecole.id, self.groupe.id, etendue, self.formateurs[0].id)
        self.mandat_de_l_ecole = etendue.droits

    def revoquer_le_groupe(self, i, j):
        for mandat in Mandat.select().where(Mandat.mandant == self.ecole):
            revoquer(mandat, self.formateurs[0].id)
        self.mandat_de_l_ecole = None

    def confier_le_dossier(self, i, j):
        confier(self.hotel.id, None, self.equipe[i % 2].id, self.chef.id, self.cle)

    def deposer(self, i, j):
        dossier = self.dossier
        if dossier.etat == "brouillon" and dossier.structure_id:
            Dossier.update(numero=f"T-{self.cle[:8]}").where(Dossier.id == self.cle).execute()
            passer(dossier, ("soumis", "annule")[j % 2], self.chef.id)

    def poster(self, i, chemin, data=None):
        """Try it, whoever comes; whether it may is the portal's to say."""
        who = self.personnes[i % len(self.personnes)]
        version = {"version": self.dossier.version}
        response = self.http[who.id].post(
            f"/dossiers/{self.cle}/{chemin}", data=version | (data or {}), headers=MEME_SITE
        )
        assert response.status_code < 500

    def remettre(self, i, j):
        self.poster(5 + i % 2, "remise", {"courriel": self.chef.courriel})

    def prendre(self, i, j):
        self.poster(i, "reprendre")

    def completer(self, i, j):
        self.poster(i % 5, "salarie", {"action": "sauvegarder", "contrat-emploi": EMPLOI, "contrat-salaire": SALAIRE})

    def forcer_le_salaire(self, i, j):
        self.poster(5 + i % 2, "salarie", {"action": "sauvegarder", "contrat-salaire": SALAIRE})

    def renvoyer(self, i, j):
        self.poster(i, "renvoi", {"message": "Corrigez."})

    def refuser(self, i, j):
        self.poster(i, "refus", {"message": "Non."})

    def reprendre_la_main(self, i, j):
        self.poster(i, "reprise-en-main")

    # What each may know, as simply as can be.

    def droits_de(self, compte):
        """Rights of the account over the dossier as the employer's."""
        dossier = self.dossier
        if dossier.structure_id != self.hotel.id:
            return set()
        found = set()
        granted = [self.donnes.get(compte.id)]
        if compte in self.comptables and self.mandat:
            granted.append(self.mandat)
        for droits, lieu in filter(None, granted):
            found |= set(droits.split()) if lieu in ("", dossier.siret) else set()
        return found

    def droits_a_l_ecole(self, compte):
        """Rights of the account over the dossier as the organisme's."""
        if compte in self.formateurs:
            return {"consulter", "saisir"}
        mandated = (self.mandat_de_l_ecole or "").split() if compte in self.voisins else []
        return {right for right in mandated if right == "consulter" or compte == self.voisins[0]}

    def verifier(self, compte, pages):
        dossier, mine, theirs = self.dossier, self.droits_de(compte), self.droits_a_l_ecole(compte)
        school = "consulter" in theirs
        rights = habilitations(compte)
        assert connait(rights, dossier) == ("consulter" in mine or school)
        begun = "saisir" in theirs and dossier.structure_id is None
        assert not peut(rights, "modifier", dossier) or "saisir" in mine or begun
        assert not peut(rights, "confier", dossier) or "administrer" in mine
        for page in pages if "consulter" not in mine else ():
            response = self.http[compte.id].get(page.format(self.cle), headers=MEME_SITE, follow_redirects=True)
            text = response.data.decode("utf-8", "replace").replace("\u00a0", " ").replace("\u202f", " ")
            assert EMPLOI not in text
            assert SALAIRE not in text
            assert school or response.status_code == 404 or self.cle not in text


ACTES = [
    Monde.donner_des_droits,
    Monde.retirer_une_personne,
    Monde.mandater,
    Monde.mandater,
    Monde.revoquer_le_mandat,
    Monde.mandater_le_groupe,
    Monde.revoquer_le_groupe,
    Monde.confier_le_dossier,
    Monde.remettre,
    Monde.remettre,
    Monde.prendre,
    Monde.prendre,
    Monde.completer,
    Monde.completer,
    Monde.forcer_le_salaire,
    Monde.renvoyer,
    Monde.refuser,
    Monde.reprendre_la_main,
    Monde.deposer,
]
TOUJOURS = [(Monde.remettre, 0, 0), (Monde.prendre, 0, 0), (Monde.completer, 0, 0)]
LISTES = ("/dossiers", "/preentrees", "/dossiers/listes/dossiers.csv", "/dossiers/listes/preentrees.csv")
PAGES = ("/dossiers/{}", "/dossiers/{}/suivi", *LISTES, "/dossiers/{}/export")
actes = st.lists(st.tuples(st.sampled_from(ACTES), st.integers(0, 8), st.integers(0, 5)), min_size=4, max_size=9)


@REGLAGES
@given(avant=actes, apres=actes)
def test_nobody_reads_what_the_table_forbids_whatever_was_done_before(app, avant, apres):
    monde = Monde(app)
    for acte, i, j in [*avant, *TOUJOURS, *apres]:
        try:
            acte(monde, i, j)
        except Refus:
            continue
        if monde.dossier is None:
            return
        for rang, compte in enumerate(monde.personnes):
            monde.verifier(compte, PAGES[:2] if rang % 4 == i % 4 else ())
    for compte in monde.personnes:
        monde.verifier(compte, PAGES)
