//! Letters about a demande a vendor filed for its client.

use habilitation::notifications::{AboutApplication, Letter};
use uuid::Uuid;

/// Those about a demande a vendor filed for its client.
pub fn of_clients(about: &AboutApplication, link: Uuid, say: impl Fn(&str) -> String) -> [Letter; 3] {
    [
        Letter::FiledForYou {
            about: about.clone(),
            vendor: say("Éditeur SAS"),
            filed_by: say("Karim Haddad"),
            role: say("responsable de traitement"),
            link,
        },
        Letter::ClientObjected {
            about: about.clone(),
            name: say("Jeanne Moreau"),
            role: say("responsable de traitement"),
            message: say("Notre contrat avec cet éditeur a pris fin en octobre."),
            to_team: false,
        },
        Letter::ContactProposed { about: about.clone(), name: say("Jeanne Moreau"), role: say("responsable de traitement") },
    ]
}
