"""RNCP in XML, spreadsheets, communes with La Poste's codes: small files in the official shapes."""

import zipfile
from datetime import date

import pytest

from models import referentiels
from tasks.registres.importation import importer
from tasks.registres.lecture import FichierRefuse

# The elements of the official flow 4.1 (export-fiches-rncp-v4-1-AAAA-MM-JJ.zip), the texts shortened.
XML = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<FICHES>
    <VERSION_FLUX>4.1</VERSION_FLUX>
    <FICHE>
        <ID_FICHE>28178</ID_FICHE>
        <NUMERO_FICHE>RNCP40001</NUMERO_FICHE>
        <ANCIENNES_CERTIFICATIONS>
            <ANCIENNE_CERTIFICATION>
                <ID_FICHE_ANCIENNE_CERTIFICATION>RNCP30002</ID_FICHE_ANCIENNE_CERTIFICATION>
            </ANCIENNE_CERTIFICATION>
        </ANCIENNES_CERTIFICATIONS>
        <INTITULE>Chargé d’essais
 et de mesures</INTITULE>
        <ABREGE>
            <CODE>TP</CODE>
            <LIBELLE>Titre professionnel</LIBELLE>
        </ABREGE>
        <ETAT_FICHE>Publiée</ETAT_FICHE>
        <NOMENCLATURE_EUROPE>
            <NIVEAU>NIV6</NIVEAU>
            <LIBELLE>Niveau 6</LIBELLE>
        </NOMENCLATURE_EUROPE>
        <CODES_NSF>
            <NSF>
                <CODE>326</CODE>
                <LIBELLE>Informatique</LIBELLE>
            </NSF>
            <NSF>
                <CODE>320t</CODE>
            </NSF>
        </CODES_NSF>
        <CERTIFICATEURS>
            <CERTIFICATEUR>
                <SIRET_CERTIFICATEUR>11004401300040</SIRET_CERTIFICATEUR>
                <NOM_CERTIFICATEUR>Certificateur A</NOM_CERTIFICATEUR>
                <ETAT_CERTIFICATEUR>Actif</ETAT_CERTIFICATEUR>
            </CERTIFICATEUR>
        </CERTIFICATEURS>
        <SI_JURY_CA>
            <ACTIF>Non</ACTIF>
        </SI_JURY_CA>
        <SI_JURY_CQ>
            <ACTIF>Oui</ACTIF>
            <COMPOSITION>Un jury de professionnels.</COMPOSITION>
        </SI_JURY_CQ>
        <DATE_FIN_ENREGISTREMENT>31/01/2031</DATE_FIN_ENREGISTREMENT>
        <DATE_EFFET>01/02/2026</DATE_EFFET>
        <TYPE_ENREGISTREMENT>Enregistrement de droit</TYPE_ENREGISTREMENT>
        <BLOCS_COMPETENCES>
            <BLOC_COMPETENCES>
                <CODE>RNCP40001BC01</CODE>
                <LIBELLE>Premier bloc</LIBELLE>
            </BLOC_COMPETENCES>
        </BLOCS_COMPETENCES>
        <CORRESPONDANCES>
            <CORRESPONDANCE>
                <DESTINATION>
                    <NUMERO_FICHE>RNCP39999</NUMERO_FICHE>
                </DESTINATION>
            </CORRESPONDANCE>
        </CORRESPONDANCES>
        <ACTIF>Oui</ACTIF>
        <DATE_DE_PUBLICATION>09/03/2026</DATE_DE_PUBLICATION>
    </FICHE>
    <FICHE>
        <NUMERO_FICHE>RNCP30000</NUMERO_FICHE>
        <NOUVELLES_CERTIFICATIONS>
            <NOUVELLE_CERTIFICATION>
                <ID_FICHE_NOUVELLE_CERTIFICATION>RNCP40001</ID_FICHE_NOUVELLE_CERTIFICATION>
            </NOUVELLE_CERTIFICATION>
            <NOUVELLE_CERTIFICATION>
                <ID_FICHE_NOUVELLE_CERTIFICATION>RS6001</ID_FICHE_NOUVELLE_CERTIFICATION>
            </NOUVELLE_CERTIFICATION>
        </NOUVELLES_CERTIFICATIONS>
        <INTITULE>Ancien titre</INTITULE>
        <SI_JURY_CQ>
            <ACTIF>Non</ACTIF>
        </SI_JURY_CQ>
        <DATE_FIN_ENREGISTREMENT>31/01/2026</DATE_FIN_ENREGISTREMENT>
        <ACTIF>Non</ACTIF>
    </FICHE>
    <FICHE>
        <NUMERO_FICHE>RNCP30002</NUMERO_FICHE>
        <INTITULE>Ancien titre, que sa suite nomme seule</INTITULE>
        <DATE_FIN_ENREGISTREMENT>31/01/2026</DATE_FIN_ENREGISTREMENT>
        <ACTIF>Non</ACTIF>
    </FICHE>
    <FICHE><NUMERO_FICHE>RNCP30000</NUMERO_FICHE><INTITULE>Doublon</INTITULE><ACTIF>Non</ACTIF></FICHE>
    <FICHE><NUMERO_FICHE>XYZ</NUMERO_FICHE><INTITULE>Sans numéro</INTITULE><ACTIF>Non</ACTIF></FICHE>
</FICHES>
"""
RS = """<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>
<FICHE><NUMERO_FICHE>RS6001</NUMERO_FICHE><INTITULE>Habilitation</INTITULE>
<DATE_FIN_ENREGISTREMENT>31/01/2031</DATE_FIN_ENREGISTREMENT><ACTIF>Oui</ACTIF></FICHE></FICHES>
"""
V3 = """<FICHES><VERSION_FLUX>3.0</VERSION_FLUX>
<FICHE><NUMERO_FICHE>RNCP20000</NUMERO_FICHE><INTITULE>Nouveau</INTITULE><SI_JURY_CQ>Oui</SI_JURY_CQ><ACTIF>Oui</ACTIF>
</FICHE><FICHE><NUMERO_FICHE>RNCP10000</NUMERO_FICHE><INTITULE>Ancien</INTITULE><ACTIF>Non</ACTIF>
<NOUVELLE_CERTIFICATION>RNCP20000</NOUVELLE_CERTIFICATION></FICHE></FICHES>
"""
LE = date(2026, 11, 23)


@pytest.fixture
def charger(tmp_path, referentiels):
    import shutil

    from models import referentiels as registres

    shutil.copyfile(referentiels, tmp_path / "r.db")
    registres.ouvrir(tmp_path / "r.db")
    return lambda genre, *paths, **options: importer(tmp_path / "r.db", genre, list(paths), forcer=True, **options)


def zipper(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_the_xml_exports_give_the_same_records_as_the_csv(charger, tmp_path):
    archive = zipper(tmp_path / "export-fiches-rncp-v4-1-2026-07-05.zip", {"export_fiches_RNCP_V4_1.xml": XML})
    other = zipper(tmp_path / "export-fiches-rs-v4-1-2026-07-05.zip", {"export_fiches_RS_V4_1.xml": RS})
    report = charger("rncp", archive, other)
    assert (report.lignes, report.rejets, report.le) == (4, 2, date(2026, 7, 5))
    found = referentiels.certification("40001")
    assert (found.intitule, found.niveau, found.abrege) == ("Chargé d’essais et de mesures", 6, "TP")
    assert (found.nsf, found.certificateur, found.professionnalisation) == (("326", "320t"), "Certificateur A", True)
    assert (found.date_effet, found.date_fin, found.actif) == (date(2026, 2, 1), date(2031, 1, 31), True)
    assert referentiels.certification("RNCP30000").professionnalisation is False
    assert referentiels.certification("RNCP30002").professionnalisation is None


def test_the_xml_exports_tell_what_replaces_a_certification(charger, tmp_path):
    (tmp_path / "rncp.xml").write_text(XML, encoding="utf-8")
    (tmp_path / "rs.xml").write_text(RS, encoding="utf-8")
    charger("rncp", tmp_path / "rncp.xml", tmp_path / "rs.xml")
    assert [c.code for c in referentiels.successeurs("RNCP30000", LE)] == ["RNCP40001", "RS6001"]
    assert [c.code for c in referentiels.successeurs("RNCP30002", LE)] == ["RNCP40001"]


def test_the_xml_export_of_the_years_before_is_read_too(charger, tmp_path):
    (tmp_path / "rncp.xml").write_text(V3, encoding="utf-8")
    charger("rncp", tmp_path / "rncp.xml")
    assert [c.code for c in referentiels.successeurs("RNCP10000", LE)] == ["RNCP20000"]
    assert referentiels.certification("RNCP20000").professionnalisation is True


def test_the_csv_archive_must_have_its_two_main_tables(charger, tmp_path):
    only = zipper(tmp_path / "z.zip", {"export_fiches_CSV_Standard_2026.csv": '"Numero_Fiche";"Intitule"\r\n'})
    with pytest.raises(FichierRefuse, match="export_fiches_CSV_Ancienne_Nouvelle_Certification"):
        charger("rncp", only)


def classeur(path, rows):
    """A spreadsheet with three lines before its header, shared and inline strings, and holes, as DILA writes it."""
    words = sorted({cell for row in rows for cell in row if isinstance(cell, str)})
    shared = "".join(f"<si><t>{word}</t></si>" for word in words)
    lines = ""
    for number, row in enumerate(rows, 4):
        cells = ""
        for place, cell in enumerate(row):
            reference = f"{'ABCDEFGHIJ'[place]}{number}"
            if isinstance(cell, str) and cell:
                cells += f'<c r="{reference}" t="s"><v>{words.index(cell)}</v></c>'
            elif cell:
                cells += f'<c r="{reference}"><v>{cell}</v></c>'
        lines += f'<row r="{number}">{cells}</row>'
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return zipper(
        path,
        {
            "xl/workbook.xml": f'<workbook {ns} {r}><sheets><sheet name="Feuil1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></R>',
            "xl/sharedStrings.xml": f"<sst {ns}>{shared}</sst>",
            "xl/worksheets/sheet1.xml": (
                f'<worksheet {ns}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Liste</t></is></c></row>'
                f"{lines}</sheetData></worksheet>"
            ),
        },
    )


def test_agreements_are_read_from_a_spreadsheet_the_newest_text_of_each(charger, tmp_path):
    rows = [
        ["", "ID", "CC_TI", "IDCC", "TITRE", "NATURE", "ETAT", "DEBUT"],
        ["", "KALI1", "", "1486", "Bureaux : texte ancien", "", "", 30_000],
        ["", "KALI2", "", "01486", "Bureaux d’études techniques", "", "", 40_000],
        ["", "KALI3", "", 16, "Transports routiers", "", "", 20_000],
        ["", "KALI4", "", "abc", "Sans numéro", "", "", ""],
        ["", "KALI5", "", 9999, "___Sans convention collective___", "", "", ""],
    ]
    report = charger("idcc", classeur(tmp_path / "kali.xlsx", rows))
    assert (report.lignes, report.rejets) == (4, 1)
    assert referentiels.idcc("1486").titre == "Bureaux d’études techniques"
    assert referentiels.idcc("16").titre == "Transports routiers"
    assert referentiels.idcc("9999").titre == "Aucune convention collective"
    assert referentiels.opco_de("1486") == "Atlas"


@pytest.mark.parametrize("content", [b"", b"PK cut", b"<html>"])
def test_a_spreadsheet_that_is_none_is_refused(charger, tmp_path, content):
    path = tmp_path / "kali.xlsx"
    path.write_bytes(content)
    with pytest.raises(FichierRefuse, match="xlsx entier"):
        charger("idcc", path)
    with pytest.raises(FichierRefuse, match="aucune feuille"):
        charger("idcc", classeur(path, [["A", "B"], ["1", "2"]]))


def test_communes_of_insee_are_joined_to_the_postal_codes_of_la_poste(charger, tmp_path):
    cog = tmp_path / "v_commune_2026.csv"
    cog.write_text(
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
        "COM,01053,84,01,01D,012,0,BOURG EN BRESSE,Bourg-en-Bresse,Bourg-en-Bresse,0199,\n"
        "COMD,01015,,,,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01053\n"
        ",,,,,,,,,,,\n",
        encoding="utf-8",
    )
    poste = tmp_path / "019HexaSmal.csv"
    header = "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5\n"
    poste.write_bytes((header + "01053;BOURG EN BRESSE;01000;BOURG EN BRESSE;\n" * 2).encode("latin-1"))
    report = charger("communes", poste, cog)
    assert (report.lignes, report.rejets) == (2, 1)
    assert [c.libelle for c in referentiels.communes_de("01000")] == ["Bourg-en-Bresse"]
    former = referentiels.commune("01015")
    assert (former.ancienne, former.departement, former.parente) == (True, "01", "01053")
    with pytest.raises(FichierRefuse, match="019HexaSmal"):
        charger("communes", cog)
