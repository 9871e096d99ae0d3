"""The tables of the first release."""

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)


def up(migrator, db):
    class Compte(Model):
        courriel = CharField(unique=True, max_length=254)
        prenom = CharField(max_length=80)
        nom = CharField(max_length=80)
        mot_de_passe = CharField(null=True, max_length=200)
        actif = BooleanField(default=True)
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "compte"

    db.create_tables([Compte])

    class Compteur(Model):
        annee = IntegerField(primary_key=True)
        dernier = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "compteur"

    db.create_tables([Compteur])

    class Structure(Model):
        genre = CharField(max_length=10, constraints=[Check("genre in ('employeur', 'organisme', 'opco')")])
        nom = CharField(max_length=200)
        siren = CharField(index=True, null=True, max_length=9)
        siret = CharField(null=True, max_length=14)
        nda = CharField(null=True, max_length=11)
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "structure"

    db.create_tables([Structure])

    class Dossier(Model):
        id = CharField(primary_key=True, max_length=16)
        numero = CharField(unique=True, null=True, max_length=20)
        etat = CharField(max_length=20, default="brouillon")
        etape = CharField(max_length=20, default="formation")
        faites = CharField(max_length=120, default="")
        version = IntegerField(default=1)
        structure = ForeignKeyField(Structure, null=True)
        organisme = ForeignKeyField(Structure, null=True)
        cree_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        modifie_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cle_creation = CharField(unique=True, max_length=32)
        commentaire = TextField(default="")
        motif = TextField(default="")
        cerfa = CharField(null=True, max_length=64)
        cree_le = DateTimeField()
        modifie_le = DateTimeField()
        soumis_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "dossier"
            indexes = ((("structure", "modifie_le"), False), (("structure", "etat", "modifie_le"), False))

    db.create_tables([Dossier])

    class Contrat(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        type_contrat = CharField(null=True, max_length=2)
        precedent_numero = CharField(null=True, max_length=40)
        precedent_type = CharField(null=True, max_length=2)
        precedent_meme_employeur = BooleanField(null=True)
        precedent_rncp = CharField(null=True, max_length=9)
        precedent_diplome = CharField(null=True, max_length=2)
        precedent_obtenu = BooleanField(null=True)
        vaut_avenant = BooleanField(null=True)
        nature = CharField(null=True, max_length=20)
        emploi = CharField(null=True, max_length=120)
        categorie = CharField(null=True, max_length=20)
        classification = CharField(null=True, max_length=120)
        niveau = CharField(null=True, max_length=20)
        coefficient = CharField(null=True, max_length=20)
        date_conclusion = DateField(null=True)
        date_debut = DateField(null=True)
        date_effet_avenant = DateField(null=True)
        date_fin = DateField(null=True)
        essai_jours = IntegerField(null=True)
        duree_hebdo = IntegerField(null=True)
        salaire = DecimalField(null=True, decimal_places=2)
        minimum_branche = DecimalField(null=True, decimal_places=2)
        avantages_nature = DecimalField(null=True, decimal_places=2)
        avantages_nature_ordinaires = DecimalField(null=True, decimal_places=2)

        class Meta:
            database = db
            table_name = "contrat"

    db.create_tables([Contrat])

    class Courriel(Model):
        cle = CharField(unique=True, max_length=120)
        message_id = CharField(unique=True, max_length=40)
        destinataire = TextField(null=True)
        sujet = CharField(max_length=200)
        texte = TextField(null=True)
        html = TextField(null=True)
        etat = CharField(
            max_length=10,
            default="a_envoyer",
            constraints=[Check("etat in ('a_envoyer', 'envoye', 'conserve', 'echoue')")],
        )
        tentatives = SmallIntegerField(default=0)
        prochain_essai = DateTimeField()
        bail = DateTimeField(null=True)
        erreur = CharField(max_length=80, default="")
        cree_le = DateTimeField()
        fini_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "courriel"
            indexes = ((("etat", "prochain_essai"), False),)

    db.create_tables([Courriel])

    class DemandePiece(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        genre = CharField(max_length=40)
        message = TextField()
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        le = DateTimeField()

        class Meta:
            database = db
            table_name = "demande_piece"

    db.create_tables([DemandePiece])

    class DossierRecu(Model):
        cle = CharField(unique=True, max_length=40)
        dossier = ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
        numero_gestion = CharField(unique=True, null=True, max_length=20)
        document = TextField()
        cerfa = CharField(max_length=32)
        recu_le = DateTimeField()

        class Meta:
            database = db
            table_name = "dossier_recu"

    db.create_tables([DossierRecu])

    class Employeur(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        siret = CharField(null=True, max_length=14)
        denomination = CharField(null=True, max_length=200)
        particulier_employeur = BooleanField(null=True)
        numero_urssaf = CharField(null=True, max_length=30)
        forme = CharField(null=True, max_length=30)
        voie_numero = CharField(null=True, max_length=10)
        voie = CharField(null=True, max_length=100)
        complement = CharField(null=True, max_length=100)
        code_postal = CharField(null=True, max_length=5)
        commune = CharField(null=True, max_length=80)
        telephone = CharField(null=True, max_length=20)
        courriel = CharField(null=True, max_length=80)
        caisse_retraite = CharField(null=True, max_length=80)
        prevoyance = CharField(null=True, max_length=80)
        naf = CharField(null=True, max_length=6)
        effectif = IntegerField(null=True)
        idcc = CharField(null=True, max_length=4)
        numero_adherent = CharField(null=True, max_length=30)
        duree_hebdo = IntegerField(null=True)
        interdiction_jusqu_au = DateField(null=True)
        second_denomination = CharField(null=True, max_length=200)
        second_siret = CharField(null=True, max_length=14)

        class Meta:
            database = db
            table_name = "employeur"

    db.create_tables([Employeur])

    class EtablissementSaisi(Model):
        structure = ForeignKeyField(Structure, on_delete="CASCADE")
        genre = CharField(max_length=10, constraints=[Check("genre in ('employeur', 'organisme')")])
        siret = CharField(max_length=14)
        denomination = CharField(max_length=200)
        nda = CharField(null=True, max_length=11)
        naf = CharField(null=True, max_length=6)
        idcc = CharField(null=True, max_length=4)
        voie_numero = CharField(null=True, max_length=10)
        voie = CharField(null=True, max_length=100)
        complement = CharField(null=True, max_length=100)
        code_postal = CharField(null=True, max_length=5)
        commune = CharField(null=True, max_length=80)
        saisi_le = DateTimeField()

        class Meta:
            database = db
            table_name = "etablissement_saisi"
            indexes = ((("structure", "genre", "siret"), True),)

    db.create_tables([EtablissementSaisi])

    class Formation(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        type_qualification = CharField(null=True, max_length=1)
        diplome_vise = CharField(null=True, max_length=2)
        rncp = CharField(null=True, max_length=9)
        intitule = CharField(null=True, max_length=300)
        specialite = CharField(null=True, max_length=3)
        numero_projet = CharField(null=True, max_length=40)
        service_interne = BooleanField(null=True)
        moyens_attestes = BooleanField(null=True)
        organisme_denomination = CharField(null=True, max_length=200)
        organisme_siret = CharField(null=True, max_length=14)
        organisme_nda = CharField(null=True, max_length=11)
        nombre_organismes = IntegerField(null=True)
        date_debut = DateField(null=True)
        date_fin = DateField(null=True)
        heures_total = IntegerField(null=True)
        heures_enseignement = IntegerField(null=True)
        cout_pedagogique = DecimalField(null=True, decimal_places=2)
        frais_annexes = DecimalField(null=True, decimal_places=2)
        part_salarie = DecimalField(null=True, decimal_places=2)
        paiement_direct = BooleanField(null=True)
        mois_etranger = IntegerField(null=True)
        heures_accueil = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "formation"

    db.create_tables([Formation])

    class Habilitation(Model):
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        structure = ForeignKeyField(Structure, on_delete="CASCADE")
        droits = CharField(max_length=100)
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "habilitation"
            indexes = ((("compte", "structure"), True),)

    db.create_tables([Habilitation])

    class Journal(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        le = DateTimeField()
        action = CharField(max_length=40)
        de = CharField(null=True, max_length=20)
        vers = CharField(null=True, max_length=20)
        details = TextField(default="")

        class Meta:
            database = db
            table_name = "journal"

    db.create_tables([Journal])

    class Lien(Model):
        id = CharField(primary_key=True, max_length=22)
        objet = CharField(max_length=20)
        compte = ForeignKeyField(Compte, null=True, on_delete="CASCADE")
        dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
        etape = CharField(null=True, max_length=20)
        destinataire = TextField(null=True)
        cree_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()
        expire_le = DateTimeField()
        revoque_le = DateTimeField(null=True)
        utilise_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "lien"

    db.create_tables([Lien])

    class Piece(Model):
        id = CharField(primary_key=True, max_length=16)
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        genre = CharField(max_length=40)
        nom = TextField()
        type = CharField(max_length=20)
        taille = IntegerField()
        pages = IntegerField()
        sha256 = CharField(max_length=64)
        coffre_id = CharField(unique=True, max_length=32)
        deposee_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        deposee_le = DateTimeField()
        envoyee_le = DateTimeField(null=True)
        retiree_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "piece"

    db.create_tables([Piece])

    class PieceRecue(Model):
        cle = CharField(unique=True, max_length=40)
        recu = ForeignKeyField(DossierRecu, on_delete="CASCADE")
        genre = CharField(max_length=40)
        nom = TextField()
        coffre_id = CharField(max_length=32)
        sha256 = CharField(max_length=64)
        taille = IntegerField()
        recue_le = DateTimeField()

        class Meta:
            database = db
            table_name = "piece_recue"

    db.create_tables([PieceRecue])

    class Saisie(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        etape = CharField(max_length=20)
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        version = IntegerField()
        valeurs = TextField()
        le = DateTimeField()

        class Meta:
            database = db
            table_name = "saisie"
            indexes = ((("dossier", "etape", "compte"), True),)

    db.create_tables([Saisie])

    class Salarie(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        nom_naissance = CharField(null=True, max_length=80)
        nom_usage = CharField(null=True, max_length=80)
        prenom = CharField(null=True, max_length=80)
        nir = TextField(null=True)
        nir_empreinte = CharField(index=True, null=True, max_length=64)
        date_naissance = TextField(null=True)
        sexe = CharField(null=True, max_length=1)
        departement_naissance = TextField(null=True)
        commune_naissance = TextField(null=True)
        nationalite = CharField(null=True, max_length=10)
        autorisation_travail = BooleanField(null=True)
        voie_numero = CharField(null=True, max_length=10)
        voie = CharField(null=True, max_length=100)
        complement = CharField(null=True, max_length=100)
        code_postal = CharField(null=True, max_length=5)
        commune = CharField(null=True, max_length=80)
        telephone = CharField(null=True, max_length=20)
        courriel = CharField(null=True, max_length=80)
        situation = CharField(null=True, max_length=2)
        deja_salarie = BooleanField(null=True)
        inscrit_france_travail = BooleanField(null=True)
        numero_france_travail = TextField(null=True)
        duree_inscription = IntegerField(null=True)
        minimum_social = TextField(null=True)
        ancien_contrat_aide = BooleanField(null=True)
        diplome = CharField(null=True, max_length=2)
        second_cycle_valide = BooleanField(null=True)
        rqth = TextField(null=True)
        equivalence_jeunes = TextField(null=True)
        extension_boe = TextField(null=True)

        class Meta:
            database = db
            table_name = "salarie"

    db.create_tables([Salarie])

    class Session(Model):
        empreinte = CharField(primary_key=True, max_length=64)
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        heures = SmallIntegerField()
        ouverte_le = DateTimeField()
        vue_le = DateTimeField()
        expire_le = DateTimeField(index=True)
        fermee_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "session"

    db.create_tables([Session])

    class Signature(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        lieu = CharField(null=True, max_length=80)
        date = DateField(null=True)
        exactitude = BooleanField(null=True)
        information_salarie = BooleanField(null=True)
        donnees_figees = BooleanField(null=True)

        class Meta:
            database = db
            table_name = "signature"

    db.create_tables([Signature])

    class Tentative(Model):
        cle = CharField(primary_key=True, max_length=64)
        instants = TextField(default="")
        vue_le = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "tentative"

    db.create_tables([Tentative])

    class Transmission(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        genre = CharField(max_length=10, constraints=[Check("genre in ('dossier', 'piece')")])
        piece_id = CharField(null=True, max_length=16)
        cle = CharField(unique=True, max_length=40)
        etat = CharField(
            max_length=10, default="a_faire", constraints=[Check("etat in ('a_faire', 'en_cours', 'faite', 'echouee')")]
        )
        tentatives = IntegerField(default=0)
        prochain_essai = DateTimeField()
        bail_jusqu_au = DateTimeField(null=True)
        reponse = CharField(null=True, max_length=40)
        erreur = CharField(max_length=100, default="")
        cree_le = DateTimeField()
        faite_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "transmission"
            indexes = ((("etat", "prochain_essai"), False), (("dossier", "genre"), False))

    db.create_tables([Transmission])

    class Tuteur(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        nom = CharField(null=True, max_length=80)
        prenom = CharField(null=True, max_length=80)
        emploi = CharField(null=True, max_length=80)
        date_naissance = TextField(null=True)
        qualite = CharField(null=True, max_length=10)
        experience = IntegerField(null=True)
        tutorats = IntegerField(null=True)
        volontaire = BooleanField(null=True)
        attestation = BooleanField(null=True)

        class Meta:
            database = db
            table_name = "tuteur"

    db.create_tables([Tuteur])

    class TuteurUtilisatrice(Model):
        dossier = ForeignKeyField(Dossier, field=Dossier.id, primary_key=True, on_delete="CASCADE")
        nom = CharField(null=True, max_length=80)
        prenom = CharField(null=True, max_length=80)
        emploi = CharField(null=True, max_length=80)
        date_naissance = TextField(null=True)
        qualite = CharField(null=True, max_length=10)
        experience = IntegerField(null=True)
        tutorats = IntegerField(null=True)
        volontaire = BooleanField(null=True)
        naf = CharField(null=True, max_length=6)

        class Meta:
            database = db
            table_name = "tuteur_utilisatrice"

    db.create_tables([TuteurUtilisatrice])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("tuteur_utilisatrice"))
    migrator.migrate(migrator.drop_table("tuteur"))
    migrator.migrate(migrator.drop_table("transmission"))
    migrator.migrate(migrator.drop_table("tentative"))
    migrator.migrate(migrator.drop_table("signature"))
    migrator.migrate(migrator.drop_table("session"))
    migrator.migrate(migrator.drop_table("salarie"))
    migrator.migrate(migrator.drop_table("saisie"))
    migrator.migrate(migrator.drop_table("piece_recue"))
    migrator.migrate(migrator.drop_table("piece"))
    migrator.migrate(migrator.drop_table("lien"))
    migrator.migrate(migrator.drop_table("journal"))
    migrator.migrate(migrator.drop_table("habilitation"))
    migrator.migrate(migrator.drop_table("formation"))
    migrator.migrate(migrator.drop_table("etablissement_saisi"))
    migrator.migrate(migrator.drop_table("employeur"))
    migrator.migrate(migrator.drop_table("dossier_recu"))
    migrator.migrate(migrator.drop_table("demande_piece"))
    migrator.migrate(migrator.drop_table("courriel"))
    migrator.migrate(migrator.drop_table("contrat"))
    migrator.migrate(migrator.drop_table("dossier"))
    migrator.migrate(migrator.drop_table("structure"))
    migrator.migrate(migrator.drop_table("compteur"))
    migrator.migrate(migrator.drop_table("compte"))
