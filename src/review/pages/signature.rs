//! `/instruction/{numero}/signature`: the letter of a decision as it will leave, what must be true before it is signed, and the signature;
//! once it is signed, the time that is left to take it back.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use time::Duration;
use tower_sessions::Session;

use super::{
    extract::{Dossier, to_dossier},
    queue::onward,
};
use crate::{
    AppState,
    accounts::{self, Reviewer},
    applications::{self, Application, Section, State as Status, Version},
    calendar, experimentation,
    fields::{Field, Fields},
    notifications::{Author, Letterhead, NUMBER_TO_COME, Recipient, Sheet},
    organisations,
    problem::Problem,
    review::{
        Outcome,
        decisions::{self, Condition, Facts, Prepared, Signed, author, conditions, send_back, sign, take_back},
        opinions,
    },
    web::{Frame, Page, Refused, filters, tell},
};

const READ: Field = Field { name: "read", label: "J’ai lu la lettre et j’en approuve les termes" };
const BECAUSE: Field = Field { name: "because", label: "Pourquoi" };

/// Characters of a reason.
const MOST: usize = 2000;

#[derive(Debug, Template)]
#[template(path = "review/signature.html")]
struct SignaturePage {
    frame: Frame,
    application: Application,
    version: Version,
    prepared: Prepared,
    sheet: Sheet,
    /// What is granted, for an approval.
    granted: Vec<Section>,
    conditions: Vec<Condition>,
    /// The reader, as the letter would name them.
    author: Author,
    /// Minutes between the signature and the letters.
    hold: u32,
    form: Fields,
    /// Somebody was faster: the sentence that says so.
    late: Option<String>,
}

impl SignaturePage {
    fn may_sign(&self) -> bool {
        self.conditions.iter().all(|condition| condition.is_met)
    }

    fn is_refusal(&self) -> bool {
        self.prepared.is_refusal()
    }

    /// Where what is prepared is written.
    fn writing(&self) -> String {
        let page = if self.is_refusal() { "refus" } else { "validation" };
        format!("/instruction/{}/{page}", self.application.id.0)
    }
}

pub(super) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let id = application.id;
    match prepare(&state, &reviewer, application, frame).await? {
        Some(page) => Ok(Page(page).into_response()),
        None => Ok(to_dossier(id)),
    }
}

/// The page, while a decision on the current version is being written.
async fn prepare(state: &AppState, reviewer: &Reviewer, application: Application, frame: Frame) -> Result<Option<SignaturePage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let application = applications::find(&mut connection, application.id).await?;
    let Some(prepared) = decisions::find_prepared(&mut connection, application.id).await? else { return Ok(None) };
    if application.state != Status::Submitted || prepared.version != application.version {
        return Ok(None);
    }
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let asked = opinions::find_asked(&mut connection, application.id).await?;
    let given = opinions::find_given(&mut connection, application.id).await?;
    let standing = experimentation::find_standing(&mut connection, application.id).await?;
    let (kind, reader) = (application.kind, reviewer.person());
    let facts = Facts { kind, prepared: &prepared, reader, asked: &asked, given: &given, standing: standing.as_ref() };
    let conditions = conditions(&facts);
    let author = author(reviewer, &state.config.desk.desk_service);
    let to = accounts::find_person(&mut connection, application.applicant).await?.map(|applicant| applicant.as_recipient());
    let to = to.unwrap_or_else(|| Recipient { address: String::new(), name: version.submitted_by.clone() });
    let signed_by = signed_by(&prepared, &conditions, &author);
    let keeps = decisions::find_kept_right(&mut connection, &application).await?;
    let letter = if prepared.outcome == Outcome::Refused {
        decisions::refusal(&version, &prepared, signed_by, state.clock.now(), keeps)
    } else {
        let confirm_by = experimentation::find_answer_by(&mut connection, application.id, state.clock.now()).await?;
        decisions::approval(application.id, &version, &prepared.message, signed_by, NUMBER_TO_COME, confirm_by)
    };
    let sheet = Sheet::new(Letterhead::new(&state.config, state.secret.clone()), &to, &letter)?;
    let granted = if prepared.outcome == Outcome::Approved { Section::of_content(&version.content) } else { Vec::new() };
    let hold = state.config.decision_hold;
    let (form, late) = (Fields::default(), None);
    Ok(Some(SignaturePage { frame, application, version, prepared, sheet, granted, conditions, author, hold, form, late }))
}

/// Who the letter names: who signed, the reader who may, or nobody yet.
fn signed_by(prepared: &Prepared, conditions: &[Condition], reader: &Author) -> Author {
    match &prepared.signature {
        Some(signature) => signature.author.clone(),
        None if conditions.iter().all(|condition| condition.is_met) => reader.clone(),
        None => Author { name: "La personne qui signera".into(), quality: "sa qualité".into(), service: reader.service.clone() },
    }
}

/// The page again with what is wrong; the dossier when there is nothing to sign any more.
async fn again(state: &AppState, reviewer: &Reviewer, application: Application, frame: Frame, form: Fields) -> Result<Response, Problem> {
    let id = application.id;
    Ok(match prepare(state, reviewer, application, frame).await? {
        Some(page) => Refused(SignaturePage { form, ..page }).into_response(),
        None => to_dossier(id),
    })
}

/// Somebody was faster: the page as it is now, with what was typed and who did what; the sentence alone when there is nothing to sign.
async fn told(
    state: &AppState,
    reviewer: &Reviewer,
    (application, frame, form): (Application, Frame, Fields),
    problem: Problem,
) -> Result<Response, Problem> {
    let Problem::NotPossible { sentence, next } = problem else { return Err(problem) };
    match prepare(state, reviewer, application, frame).await? {
        Some(page) => {
            let page = SignaturePage { form, late: Some(sentence), ..page };
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        None => Err(Problem::NotPossible { sentence, next }),
    }
}

fn revision(form: &Fields) -> Result<i32, Problem> {
    form.value("revision").parse().map_err(|_| Problem::BadRequest("Rouvrez la décision avant de la signer.".into()))
}

pub(super) async fn act(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (id, revision) = (application.id, revision(&form)?);
    if form.value("outcome") == "refused" && !form.has(READ.name, "oui") {
        form.refuse(READ, "Cochez cette case pour signer le refus.");
        return again(&state, &reviewer, application, frame, form).await;
    }
    organisations::pages::refresh(&state, application.organisation).await?;
    let hold = Duration::minutes(i64::from(state.config.decision_hold));
    let mut transaction = state.db.begin().await?;
    let signed = sign(&mut transaction, &reviewer, id, revision, &state.config.desk.desk_service, hold, state.clock.now()).await;
    let signed = match signed {
        Ok(signed) => signed,
        Err(problem) => {
            drop(transaction);
            return told(&state, &reviewer, (application, frame, form), problem).await;
        }
    };
    transaction.commit().await?;
    let sentence = match signed {
        Signed::Leaves(at) => {
            format!("La décision sur {id} est signée. La lettre part à {} ; jusque-là, elle peut être annulée.", calendar::time_of_day(at))
        }
        Signed::Done(Some(authorization)) => {
            format!("{id} est validée : l’habilitation {authorization} est accordée. Les lettres partent.")
        }
        Signed::Done(None) => format!("{id} est refusée. La lettre part avec les motifs et les voies de recours."),
    };
    tell(&session, sentence).await?;
    Ok(onward(&state, &reviewer, id, &form).await?.into_response())
}

pub(super) async fn return_to_preparation(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (id, revision) = (application.id, revision(&form)?);
    let Some(because) = form.paragraph(BECAUSE, MOST) else { return again(&state, &reviewer, application, frame, form).await };
    let mut transaction = state.db.begin().await?;
    if let Err(problem) = send_back(&mut transaction, &reviewer, id, revision, &because, state.clock.now()).await {
        drop(transaction);
        return told(&state, &reviewer, (application, frame, form), problem).await;
    }
    transaction.commit().await?;
    tell(&session, format!("Le projet de décision sur {id} est renvoyé en préparation. Qui l’a préparé est prévenu.")).await?;
    Ok(to_dossier(id))
}

pub(super) async fn cancel(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = application.id;
    let Some(because) = form.paragraph(BECAUSE, MOST) else { return again(&state, &reviewer, application, frame, form).await };
    let mut transaction = state.db.begin().await?;
    if let Err(problem) = take_back(&mut transaction, &reviewer, id, &because, state.clock.now()).await {
        drop(transaction);
        return told(&state, &reviewer, (application, frame, form), problem).await;
    }
    transaction.commit().await?;
    tell(&session, format!("La décision sur {id} est annulée. Aucune lettre n’est partie ; elle peut être reprise ou signée de nouveau."))
        .await?;
    Ok(to_dossier(id))
}
