//! Act: a vendor starts a demande for another client with the content of one of its own.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::start_for_client;
use crate::{
    applications::{
        Application, Draft,
        contacts::{DATA_CONTROLLER, DPO, PROTECTION_ROLE, REFERENT_REASON},
        draft,
        legal_basis::{self, OTHER},
        mandate, service,
        step::Step,
        store,
    },
    fields::Fields,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    organisations::{Facts, VerifiedMember},
    problem::Problem,
    text,
};

/// What is one client's and no other's.
fn is_the_client_s(name: &str) -> bool {
    let own = [
        service::URL,
        service::PLANNED_ON,
        service::YEARLY_VOLUME,
        mandate::REFERENCE,
        mandate::SIGNED_ON,
        PROTECTION_ROLE,
        REFERENT_REASON,
    ];
    own.iter().any(|field| field.name == name) || [DATA_CONTROLLER, DPO].iter().any(|contact| name.starts_with(contact.prefix))
}

/// What of a step serves another client: the description, the data and why, the level, how long they are kept, the technical contact. The
/// rest is left empty.
pub(super) fn for_another(step: Step, typed: &Fields) -> Fields {
    let pairs = step.fields().into_iter().filter(|field| !is_the_client_s(field.name)).flat_map(|field| {
        let values: Vec<String> = typed.values(field.name).map(str::to_owned).collect();
        values.into_iter().map(move |value| (field.name.to_owned(), value))
    });
    Fields::from_pairs(pairs.collect())
}

/// Saves a step of a draft that was just started, and the name lists show.
pub(super) async fn save(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    id: ApplicationId,
    (step, fields): (Step, &Fields),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let kept = fields.to_json(step.fields().iter().map(|field| field.name));
    draft::store::save_draft_step(connection, id, step, kept, by.person().account, now).await?;
    if step == Step::Service {
        let name = text::optional_line(fields.value(service::NAME.name), 150).unwrap_or_default();
        store::save_change(connection, id, Some(&name), now).await?;
    }
    Ok(())
}

/// Starts a demande for the client these facts are about with what serves it of another; the original stays as it is. Posting the same page
/// twice starts one. Nothing when the client is the vendor itself.
///
/// # Errors
/// Those of [`start_for_client`]; the database's.
pub async fn copy_for_client(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    from: &Application,
    facts: &Facts,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<ApplicationId>, Problem> {
    let Some(id) = start_for_client(connection, by, facts, from.kind, Some(from.id), key, now).await? else { return Ok(None) };
    let (source, new) = (draft::store::find_draft(connection, from.id).await?, draft::store::find_draft(connection, id).await?);
    if new.seen() > 0 {
        return Ok(Some(id));
    }
    for step in new.form.steps() {
        if let Some(saved) = source.saved(*step) {
            save(connection, by, id, (*step, &for_another(*step, &saved.fields)), now).await?;
        }
    }
    let application = store::lock(connection, id).await?;
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &by.person().as_author(), subject, &Event::ApplicationCopied { from: from.id }, now).await?;
    Ok(Some(id))
}

/// What must be read again in a draft that started as a copy: what was left empty, and what may still speak of `former`, the client it was
/// copied from.
pub fn to_check(draft: &Draft, former: &str) -> Vec<(Step, String)> {
    let mut points = vec![(Step::Mandate, "La référence et la date du mandat de ce client".to_owned())];
    let speaks_of = |text: &str| !former.is_empty() && text.to_lowercase().contains(&former.to_lowercase());
    for step in draft.form.steps() {
        let fields = draft.fields(*step);
        if step.fields().iter().any(|field| fields.values(field.name).any(speaks_of)) {
            points.push((*step, format!("Un texte nomme encore «\u{a0}{former}\u{a0}»")));
        }
    }
    points.push((Step::Service, "L’adresse du service, sa date et son volume chez ce client".to_owned()));
    if draft.fields(Step::LegalBasis).value(legal_basis::CHOICE.name) == OTHER {
        points.push((Step::LegalBasis, "Le texte cité : une délibération est celle d’un seul organisme".to_owned()));
    }
    points.push((Step::Contacts, "Le responsable de traitement et le délégué de ce client".to_owned()));
    points.retain(|(step, _)| draft.form.steps().contains(step));
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_is_the_software_s_and_leaves_what_is_the_client_s() {
        let typed = |names: &[&str]| Fields::from_pairs(names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect());
        let service = for_another(Step::Service, &typed(&["service_name", "service_description", "service_url", "yearly_volume"]));
        assert_eq!((service.value("service_name"), service.value("service_url"), service.value("yearly_volume")), ("x", "", ""));
        let contacts = for_another(
            Step::Contacts,
            &typed(&["data_controller_email", "data_protection_officer_phone", "technical_contact_email", "unknown"]),
        );
        assert_eq!(contacts.values("technical_contact_email").count(), 1);
        assert_eq!(["data_controller_email", "data_protection_officer_phone", "unknown"].map(|name| contacts.values(name).count()), [0; 3]);
        let scopes = Fields::from_pairs(vec![("scopes".into(), "family_name".into()), ("scopes".into(), "email".into())]);
        assert_eq!(for_another(Step::Scopes, &scopes).values("scopes").count(), 2);
        let mandate = for_another(Step::Mandate, &typed(&["mandate_reference", "mandate_signed_on", "mandate_role"]));
        assert_eq!((mandate.value("mandate_reference"), mandate.value("mandate_role")), ("", "x"));
    }
}
