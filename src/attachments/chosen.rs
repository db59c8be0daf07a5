//! The files somebody chose in a field of a form that leaves whole, as a message: all of them are stored, or none.

use super::{MOST_IN_A_FIELD, Storage, Stored, receive::receive};
use crate::{
    fields::{Field, Fields},
    web::UploadedFile,
};

const CHOOSE_AGAIN: &str = "Aucun fichier n’est parti\u{a0}: choisissez-les de nouveau avant de renvoyer le formulaire.";

/// Those files. A browser does not keep them for a second try: whoever is shown the form again is told.
#[derive(Debug)]
pub struct Chosen {
    field: Field,
    files: Vec<UploadedFile>,
    count: usize,
}

impl Chosen {
    /// Those that came in that field.
    pub fn of(field: Field, sent: Vec<UploadedFile>) -> Self {
        let files: Vec<UploadedFile> = sent.into_iter().filter(|file| file.field == field.name).collect();
        Self { field, count: files.len(), files }
    }

    /// Looks at them and writes them to the storage, at most [`MOST_IN_A_FIELD`]; nothing when one cannot be kept, and the form says why.
    /// `what` names what they leave with, « un message ».
    pub async fn store(&mut self, storage: &Storage, what: &str, form: &mut Fields) -> Option<Vec<Stored>> {
        if self.count > MOST_IN_A_FIELD {
            let wrong = format!("Vous avez choisi {}\u{a0}fichiers, et {what} en emporte {MOST_IN_A_FIELD} au plus.", self.count);
            form.refuse(self.field, format!("{wrong} {CHOOSE_AGAIN}"));
            return None;
        }
        let (mut stored, mut wrong) = (Vec::new(), Vec::new());
        for file in std::mem::take(&mut self.files) {
            let sent_name = file.sent_name.clone();
            match receive(storage, file).await {
                Ok(file) => stored.push(file),
                Err(refusal) => wrong.push(refusal.sentence(&sent_name)),
            }
        }
        if wrong.is_empty() {
            return Some(stored);
        }
        form.refuse(self.field, format!("{} {CHOOSE_AGAIN}", wrong.join(" ")));
        None
    }

    /// The form will be shown again: its files did not leave, if there were any.
    pub fn ask_again(&self, form: &mut Fields) {
        if self.count > 0 {
            form.refuse(self.field, CHOOSE_AGAIN);
        }
    }
}
