//! The columns of a file: their names and their order are a promise to whoever reads it with a program.

use jiff::civil::Date;

use super::Line;
use crate::{calendar, criteria::Sector, review::queue::Footing, spreadsheet::Cell};

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// In the first line.
    pub title: &'static str,
    /// What it holds, for people.
    pub meaning: &'static str,
    /// In a workbook, about how many letters are seen.
    pub width: u8,
    /// Its value for a demande.
    pub cell: fn(&Line) -> Cell,
}

const fn column(title: &'static str, width: u8, meaning: &'static str, cell: fn(&Line) -> Cell) -> Column {
    Column { title, meaning, width, cell }
}

/// All of them, in order. A new one goes last.
pub const COLUMNS: [Column; 20] = [
    column("Numéro", 10, "Le numéro de la demande, par exemple D12.", |line| Cell::text(line.id.to_string())),
    column("Habilitation", 12, "La dernière habilitation accordée, par exemple H7 ; vide s’il n’y en a pas.", |line| {
        Cell::maybe(line.authorization.map(|id| id.to_string()))
    }),
    column("Type", 26, "Administration, changement d’adresse, vérification d’identité ou candidature.", |line| {
        Cell::text(line.kind.label())
    }),
    column("État", 22, "Où en est la demande le jour de l’export.", |line| Cell::text(line.state.label())),
    column("Suivie par", 22, "La personne de l’équipe qui suit la demande ; vide si personne ne l’a prise.", |line| {
        Cell::maybe(line.owner.clone())
    }),
    column("Organisme", 40, "Son nom, tel que dans la dernière version déposée.", |line| Cell::text(line.organisation.clone())),
    column("SIRET", 16, "Quatorze chiffres.", |line| Cell::text(line.siret.clone())),
    column("SIREN", 11, "Neuf chiffres.", |line| Cell::text(line.siren.clone())),
    column("Mandataire", 28, "L’éditeur ou le prestataire qui dépose pour l’organisme ; vide s’il n’y en a pas.", |line| {
        Cell::maybe(line.vendor.clone())
    }),
    column("Service", 40, "Le nom du service en ligne.", |line| Cell::text(line.service.clone())),
    column("Adresse du service", 36, "Vide tant que le service n’est pas en ligne.", |line| Cell::text(line.address.clone())),
    column("Niveau", 20, "eIDAS faible ou substantiel.", |line| Cell::text(line.level.short_label())),
    column("Secteur", 36, "Pour une candidature, le secteur auquel elle contribue.", |line| Cell::maybe(line.sector.map(Sector::label))),
    column("Rang d’arrivée", 14, "Pour une candidature, son rang dans la campagne.", |line| {
        line.arrival_rank.map_or(Cell::Empty, |rank| Cell::Whole(rank.into()))
    }),
    column("Version", 9, "Le numéro de la dernière version déposée.", |line| Cell::Whole(line.version.into())),
    column("Reçue le", 12, "Le jour du premier dépôt, à l’heure de Paris.", |line| Cell::Day(calendar::paris_date(line.received_at))),
    column("Dernier dépôt le", 16, "Le jour du dépôt de la dernière version.", |line| {
        Cell::Day(calendar::paris_date(line.submitted_at))
    }),
    column("Décidée le", 12, "Le jour de la décision sur cette version ; vide tant qu’il n’y en a pas.", |line| {
        line.decided_at.map_or(Cell::Empty, |at| Cell::Day(calendar::paris_date(at)))
    }),
    column("Silence le", 12, "Le jour où le silence vaudra décision ; vide quand aucun délai ne court.", |line| {
        line.silence_on.and_then(civil).map_or(Cell::Empty, Cell::Day)
    }),
    column("Place", 24, "Pour une candidature, où en est sa place ; vide quand l’état de la demande le dit.", |line| {
        Cell::maybe(line.footing.and_then(Footing::label))
    }),
];

/// A date of the database.
fn civil(date: time::Date) -> Option<Date> {
    Date::new(i16::try_from(date.year()).ok()?, i8::try_from(u8::from(date.month())).ok()?, i8::try_from(date.day()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_order_of_columns_stay() {
        let titles: Vec<&str> = COLUMNS.iter().map(|column| column.title).collect();
        assert_eq!(
            titles.join(";"),
            "Numéro;Habilitation;Type;État;Suivie par;Organisme;SIRET;SIREN;Mandataire;Service;Adresse du service;Niveau;Secteur;\
             Rang d’arrivée;Version;Reçue le;Dernier dépôt le;Décidée le;Silence le;Place"
        );
        let unlike_formulas = |column: &Column| !crate::spreadsheet::looks_like_a_formula(column.title);
        assert!(COLUMNS.iter().all(unlike_formulas));
    }
}
