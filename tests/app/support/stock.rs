//! INSEE's two monthly files, written as INSEE writes them: every column in its order.

/// The titles of `StockUniteLegale`.
pub const UNIT_COLUMNS: [&str; 35] = [
    "siren",
    "statutDiffusionUniteLegale",
    "unitePurgeeUniteLegale",
    "dateCreationUniteLegale",
    "sigleUniteLegale",
    "sexeUniteLegale",
    "prenom1UniteLegale",
    "prenom2UniteLegale",
    "prenom3UniteLegale",
    "prenom4UniteLegale",
    "prenomUsuelUniteLegale",
    "pseudonymeUniteLegale",
    "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale",
    "dateDernierTraitementUniteLegale",
    "nombrePeriodesUniteLegale",
    "categorieEntreprise",
    "anneeCategorieEntreprise",
    "dateDebut",
    "etatAdministratifUniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale",
    "activitePrincipaleNAF25UniteLegale",
];

/// The titles of `StockEtablissement`.
pub const ESTABLISHMENT_COLUMNS: [&str; 54] = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "nombrePeriodesEtablissement",
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement",
    "distributionSpecialeEtablissement",
    "codeCommuneEtablissement",
    "codeCedexEtablissement",
    "libelleCedexEtablissement",
    "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "complementAdresse2Etablissement",
    "numeroVoie2Etablissement",
    "indiceRepetition2Etablissement",
    "typeVoie2Etablissement",
    "libelleVoie2Etablissement",
    "codePostal2Etablissement",
    "libelleCommune2Etablissement",
    "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement",
    "codeCommune2Etablissement",
    "codeCedex2Etablissement",
    "libelleCedex2Etablissement",
    "codePaysEtranger2Etablissement",
    "libellePaysEtranger2Etablissement",
    "dateDebut",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "enseigne3Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
];

/// A row of one of the two files.
#[derive(Clone, Debug)]
pub struct Line<const N: usize> {
    columns: &'static [&'static str; N],
    values: Vec<String>,
}

/// A legal unit.
pub type UnitLine = Line<35>;
/// An establishment.
pub type EstablishmentLine = Line<54>;

impl<const N: usize> Line<N> {
    fn empty(columns: &'static [&'static str; N]) -> Self {
        Self { columns, values: vec![String::new(); N] }
    }

    /// Gives a column another value.
    pub fn set(&mut self, column: &str, value: &str) {
        let place = self.columns.iter().position(|title| *title == column).expect(column);
        value.clone_into(&mut self.values[place]);
    }

    /// The same with another value.
    #[must_use]
    pub fn with(mut self, column: &str, value: &str) -> Self {
        self.set(column, value);
        self
    }

    /// Adds itself to a file.
    pub fn write(&self, text: &mut String) {
        for (index, value) in self.values.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            if value.contains([',', '"']) {
                text.push('"');
                text.push_str(&value.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(value);
            }
        }
        text.push('\n');
    }
}

/// An active legal unit that hides nothing.
pub fn unit(siren: &str, name: &str, category: &str) -> UnitLine {
    Line::empty(&UNIT_COLUMNS)
        .with("siren", siren)
        .with("statutDiffusionUniteLegale", "O")
        .with("dateCreationUniteLegale", "2010-01-15")
        .with("dateDernierTraitementUniteLegale", "2026-10-30T08:12:45.100")
        .with("nombrePeriodesUniteLegale", "1")
        .with("dateDebut", "2010-01-15")
        .with("etatAdministratifUniteLegale", "A")
        .with("denominationUniteLegale", name)
        .with("categorieJuridiqueUniteLegale", category)
        .with("activitePrincipaleUniteLegale", "84.11Z")
        .with("nomenclatureActivitePrincipaleUniteLegale", "NAFRev2")
        .with("nicSiegeUniteLegale", "00014")
        .with("caractereEmployeurUniteLegale", "O")
        .with("activitePrincipaleNAF25UniteLegale", "84.11Y")
}

/// An open establishment, the head office of its legal unit, in Clamart.
pub fn establishment(siret: &str) -> EstablishmentLine {
    Line::empty(&ESTABLISHMENT_COLUMNS)
        .with("siren", siret.get(..9).unwrap_or_default())
        .with("nic", siret.get(9..).unwrap_or_default())
        .with("siret", siret)
        .with("statutDiffusionEtablissement", "O")
        .with("dateCreationEtablissement", "2010-01-15")
        .with("dateDernierTraitementEtablissement", "2026-10-31T23:02:11")
        .with("etablissementSiege", "true")
        .with("nombrePeriodesEtablissement", "1")
        .with("numeroVoieEtablissement", "1")
        .with("typeVoieEtablissement", "PL")
        .with("libelleVoieEtablissement", "MAURICE GUNSBOURG")
        .with("codePostalEtablissement", "92140")
        .with("libelleCommuneEtablissement", "CLAMART")
        .with("codeCommuneEtablissement", "92023")
        .with("dateDebut", "2010-01-15")
        .with("etatAdministratifEtablissement", "A")
        .with("activitePrincipaleEtablissement", "84.11Z")
        .with("nomenclatureActivitePrincipaleEtablissement", "NAFRev2")
        .with("caractereEmployeurEtablissement", "O")
}
