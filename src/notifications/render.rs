//! A letter in words: its subject, its text and its HTML, from the values it says.

use askama::Template;
use serde_json::Value;
use uuid::Uuid;

use super::{AboutApplication, InfectedFile, Letter, Recipient};
use crate::{
    config::{Config, DeskFacts},
    ids::{ApplicationId, AuthorizationId},
    problem::Problem,
    secret::SecretKey,
    web::filters,
};

/// What every letter bears: whose it is and where its links lead. Links that open something are sealed here, when the letter is
/// written: the outbox holds no secret.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The address people use, without a final slash; never the one a request claims.
    pub public_url: String,
    /// The service behind the desk.
    pub desk: DeskFacts,
    /// The key that seals links.
    pub secret: SecretKey,
}

impl Letterhead {
    /// The letterhead of a desk.
    pub fn new(config: &Config, secret: SecretKey) -> Self {
        Self { public_url: config.public_url.trim_end_matches('/').to_owned(), desk: config.desk.clone(), secret }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "templates pass references")]
impl Letterhead {
    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    fn link(&self, link: &Uuid) -> String {
        self.page(&self.secret.link_path(*link))
    }

    /// A link that opens something, then leads on to a page of the desk.
    fn link_to(&self, link: &Uuid, return_to: &Option<String>) -> String {
        let link = self.link(link);
        match return_to {
            Some(page) => format!("{link}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("suite", page).finish()),
            None => link,
        }
    }

    /// A link of somebody of a client.
    fn client(&self, link: &Uuid) -> String {
        self.page(&self.secret.client_path(*link))
    }

    fn rules(&self) -> String {
        self.page("/regles")
    }

    fn application(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}", application.0))
    }

    fn keeping(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}/conservation", application.0))
    }

    /// What somebody named in a demande sees of it.
    fn summary(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}/resume", application.0))
    }

    fn dossier(&self, application: &ApplicationId) -> String {
        self.page(&format!("/instruction/{}", application.0))
    }

    fn invitation(&self, invitation: &Uuid) -> String {
        self.page(&format!("/invitations/{invitation}"))
    }

    fn messages(&self, application: &ApplicationId, is_for_team: &bool) -> String {
        let room = if *is_for_team { "instruction" } else { "demandes" };
        self.page(&format!("/{room}/{}/messages", application.0))
    }

    fn authorization(&self, authorization: &AuthorizationId) -> String {
        self.page(&format!("/habilitations/{}", authorization.0))
    }
}

/// A letter as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line; says the number of the demande and whose turn it is.
    pub subject: String,
    /// For readers without HTML.
    pub text: String,
    /// The same words, dressed.
    pub html: String,
}

impl Rendered {
    /// The link of the letter's button: the first address that stands on a line of its own.
    pub fn link(&self) -> Option<&str> {
        self.text.lines().find(|line| line.starts_with("http"))
    }
}

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct Text<'a> {
    head: &'a Letterhead,
    to: &'a Recipient,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct Html<'a> {
    head: &'a Letterhead,
    to: &'a Recipient,
    letter: &'a Letter,
    subject: &'a str,
    title: &'a str,
}

/// Writes a letter.
///
/// # Errors
/// When a template fails, which none does.
pub fn render(head: &Letterhead, to: &Recipient, letter: &Letter) -> Result<Rendered, Problem> {
    let letter = &without_tricks(letter)?;
    let to = &Recipient { address: one_line(&to.address), name: one_line(&to.name) };
    let (subject, title) = (subject(letter), title(letter));
    let text = Text { head, to, letter }.render().map_err(anyhow::Error::from)?;
    let html = Html { head, to, letter, subject: &subject, title }.render().map_err(anyhow::Error::from)?;
    Ok(Rendered { subject, text, html })
}

fn subject(letter: &Letter) -> String {
    let of = |about: &AboutApplication| format!("Demande {}", about.application);
    match letter {
        Letter::ConfirmAddress { .. } => "Confirmez votre adresse pour ouvrir votre compte".into(),
        Letter::AlreadyRegistered => "Vous avez déjà un compte".into(),
        Letter::ChoosePassword { .. } => "Choisissez un nouveau mot de passe".into(),
        Letter::PasswordChanged { .. } => "Votre mot de passe a été changé".into(),
        Letter::StaffInvitation { .. } => "Votre compte est ouvert\u{a0}: choisissez votre mot de passe".into(),
        Letter::MembershipConfirmed { organisation, .. } => format!("Votre appartenance est confirmée\u{a0}: {organisation}"),
        Letter::VerificationWithdrawn { organisation, .. } => format!("Votre appartenance n’est plus confirmée\u{a0}: {organisation}"),
        Letter::DomainConfirmed { organisation, domain, .. } => {
            format!("Les adresses en @{domain} confirment désormais vos collègues\u{a0}: {organisation}")
        }
        Letter::IdleDraft { about, goes_on, .. } => {
            format!("{}\u{a0}: votre brouillon sera supprimé le {goes_on}, gardez-le en un clic", of(about))
        }
        Letter::ApplicationReceived { about, .. } => format!("{} bien reçue\u{a0}: c’est à nous de répondre", of(about)),
        Letter::ChangesRequested { about, .. } => format!("{} à compléter\u{a0}: c’est à vous de répondre", of(about)),
        Letter::ApplicationRefused { about, .. } => format!("{} refusée\u{a0}: les raisons et vos recours", of(about)),
        Letter::ApplicationApproved { about, .. } => format!("{} validée\u{a0}: c’est à vous de poursuivre", of(about)),
        Letter::Invitation { about, invited_by, is_hand_over: false, .. } => {
            format!("{invited_by} vous invite à remplir la demande {}", about.application)
        }
        Letter::Invitation { about, invited_by, .. } => format!("{invited_by} vous transmet la demande {}", about.application),
        Letter::InvitationAnswered { about, by, is_accepted, .. } => {
            format!("{}\u{a0}: {by} a {}", of(about), if *is_accepted { "accepté" } else { "refusé" })
        }
        Letter::DemandeHandedOver { about, .. } => format!("{}\u{a0}: c’est vous qui la suivez désormais", of(about)),
        Letter::FillingEnded { about, .. } => format!("{}\u{a0}: vous ne la remplissez plus", of(about)),
        Letter::DemandeTakenOver { about, by, .. } => format!("{}\u{a0}: {by} l’a reprise", of(about)),
        Letter::MessageReceived { about, .. } => format!("Vous avez reçu un message à propos de {}", about.application),
        Letter::VirusFound { about, place, .. } => {
            format!("{}\u{a0}: un virus a été trouvé dans un fichier, {}", of(about), place.what_now())
        }
        Letter::ApplicationArrived { about } if about.version > 1 => {
            format!("{} complétée\u{a0}: c’est à l’équipe de répondre ({})", of(about), about.organisation)
        }
        Letter::ApplicationArrived { about } => format!("{} à instruire\u{a0}: {}", of(about), about.organisation),
        Letter::NamedAsController { about, .. } => {
            format!("{}\u{a0}: vous êtes désigné comme responsable de traitement, rien à faire", of(about))
        }
        Letter::NamedAsDpo { about, .. } => {
            format!("{}\u{a0}: vous êtes désigné comme délégué à la protection des données, rien à faire", of(about))
        }
        Letter::NamedAsReferent { about, .. } => {
            format!("{}\u{a0}: vous êtes désigné comme référent pour la protection des données, rien à faire", of(about))
        }
        Letter::FiledForYou { about, vendor, .. } => format!("{}\u{a0}: {vendor} l’a déposée pour {}", of(about), about.organisation),
        Letter::ClientObjected { about, name, .. } => format!("{}\u{a0}: {name} s’y oppose", of(about)),
        Letter::ContactProposed { about, name, .. } => format!("{}\u{a0}: {name} propose d’autres coordonnées", of(about)),
    }
}

fn title(letter: &Letter) -> &'static str {
    match letter {
        Letter::ConfirmAddress { .. } => "Confirmez votre adresse",
        Letter::AlreadyRegistered => "Vous avez déjà un compte",
        Letter::ChoosePassword { .. } => "Choisissez un nouveau mot de passe",
        Letter::PasswordChanged { .. } => "Votre mot de passe a été changé",
        Letter::StaffInvitation { .. } => "Votre compte est ouvert",
        Letter::MembershipConfirmed { .. } => "Votre appartenance est confirmée",
        Letter::VerificationWithdrawn { .. } => "Votre appartenance n’est plus confirmée",
        Letter::DomainConfirmed { .. } => "Un domaine de courriel confirme désormais vos collègues",
        Letter::IdleDraft { .. } => "Gardez-vous ce brouillon ?",
        Letter::ApplicationReceived { .. } => "Nous avons bien reçu votre demande",
        Letter::ChangesRequested { .. } => "Votre demande est à compléter",
        Letter::ApplicationRefused { .. } => "Votre demande est refusée",
        Letter::ApplicationApproved { .. } => "Votre demande est validée",
        Letter::Invitation { is_hand_over: false, .. } => "Une demande à remplir ensemble",
        Letter::Invitation { .. } => "Une demande vous est transmise",
        Letter::InvitationAnswered { .. } => "Une réponse à votre proposition",
        Letter::DemandeHandedOver { .. } => "Une demande est maintenant la vôtre",
        Letter::FillingEnded { .. } => "Vous ne remplissez plus cette demande",
        Letter::DemandeTakenOver { .. } => "Votre demande a été reprise",
        Letter::MessageReceived { .. } => "Vous avez reçu un message",
        Letter::VirusFound { .. } => "Un virus a été trouvé dans un fichier",
        Letter::ApplicationArrived { .. } => "Une demande à instruire",
        Letter::NamedAsController { .. } => "Vous êtes désigné comme responsable de traitement",
        Letter::NamedAsDpo { .. } => "Vous êtes désigné comme délégué à la protection des données",
        Letter::NamedAsReferent { .. } => "Vous êtes désigné comme référent pour la protection des données",
        Letter::FiledForYou { .. } => "Une demande est déposée pour votre organisme",
        Letter::ClientObjected { .. } => "Le client s’oppose à la demande",
        Letter::ContactProposed { .. } => "Des coordonnées à corriger",
    }
}

/// Paragraphs and their lines, as typed.
fn paragraphs(said: &str) -> Vec<Vec<&str>> {
    said.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>()).filter(|lines| !lines.is_empty()).collect()
}

/// The letter without characters that could make it read as something else. What people type is refused long before; a letter is the
/// last place where a forged line could pass for ours.
fn without_tricks(letter: &Letter) -> Result<Letter, Problem> {
    let mut values = serde_json::to_value(letter).map_err(anyhow::Error::from)?;
    clean("", &mut values);
    Ok(serde_json::from_value(values).map_err(anyhow::Error::from)?)
}

fn clean(name: &str, value: &mut Value) {
    match value {
        Value::String(text) if matches!(name, "message" | "ground" | "text") => *text = several_lines(text),
        Value::String(text) => *text = one_line(text),
        Value::Array(several) => several.iter_mut().for_each(|value| clean(name, value)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| clean(name, value)),
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_trick(c) { ' ' } else { c }).collect()
}

fn several_lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    unix.chars().map(|c| if is_trick(c) && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn is_trick(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
