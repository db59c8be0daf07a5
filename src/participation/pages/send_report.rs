//! What is typed of a report: kept before anything is said of it, then sent.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use sqlx::PgConnection;
use tower_sessions::Session;
use uuid::Uuid;

use super::{
    extract::{OfMonth, Participant},
    report::{ACT, FILES, Looking, NUMBER, REMOVE, SEEN, TypedForm, prepare},
};
use crate::{
    AppState,
    accounts::Applicant,
    attachments::{Stored, receive},
    calendar,
    fields::{Field, Fields},
    participation::{
        Doubt, Keeping, Report, Sending, Standing, checks, correct, doubts, due, find_reports,
        keep_draft::{Typed, keep_draft},
        report::{BECAUSE, CONFIRM, FC_CONNECTIONS, FIELDS},
        send,
    },
    problem::Problem,
    web::{Frame, Page, Upload, UploadedFile, tell},
};

/// What is told to whoever sends a report second.
const SENT_MEANWHILE: &str = "Ce rapport vient d’être envoyé. Ce que vous avez saisi est ci-dessous et n’est pas envoyé : pour changer ce qui est reçu, dites pourquoi, puis envoyez la correction.";

pub(super) async fn send_it(
    by: Applicant,
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, month, is_staff: false, is_correction: false };
    keep_then_send(&state, &session, &by, looking, upload).await
}

pub(super) async fn correct_it(
    by: Applicant,
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, month, is_staff: false, is_correction: true };
    keep_then_send(&state, &session, &by, looking, upload).await
}

/// Stores the files that came; what is wrong with them is told beside their field.
async fn store_files(state: &AppState, form: &mut Fields, files: Vec<UploadedFile>) -> Vec<Stored> {
    let (mut stored, mut wrong) = (Vec::new(), Vec::new());
    for file in files.into_iter().filter(|file| file.field == FILES.name) {
        let sent_name = file.sent_name.clone();
        match receive(&state.storage, file).await {
            Ok(file) => stored.push(file),
            Err(refusal) => wrong.push(refusal.sentence(&sent_name)),
        }
    }
    if !wrong.is_empty() {
        form.refuse(FILES, wrong.join(" "));
    }
    stored
}

/// Keeps what was typed; whether it may go on.
async fn keep(state: &AppState, by: &Applicant, looking: &Looking, form: &mut Fields, files: Vec<UploadedFile>) -> Result<bool, Problem> {
    let mut kept: Vec<Field> = FIELDS.to_vec();
    kept.push(BECAUSE);
    form.refuse_what_cannot_be_kept(&kept);
    if !form.is_valid() {
        return Ok(true);
    }
    let typed = Typed {
        fields: form.to_json(kept.iter().map(|field| field.name).chain([NUMBER])),
        seen: form.value(SEEN).parse().unwrap_or_default(),
        files: store_files(state, form, files).await,
        scan: state.antivirus.at_first(),
        removed: Uuid::parse_str(form.value(REMOVE)).ok(),
    };
    let mut transaction = state.db.begin().await?;
    let (keeping, left_out) =
        keep_draft(&mut transaction, by, looking.participation.application, looking.month, typed, state.clock.now()).await?;
    transaction.commit().await?;
    if left_out > 0 {
        form.refuse(FILES, "Un rapport emporte six fichiers au plus : les derniers n’ont pas été joints. Retirez-en, ou envoyez-en moins.");
    }
    if let Keeping::Overtaken(other) = keeping {
        let sentence = format!(
            "{} a enregistré ce rapport le {}, pendant que vous le remplissiez. Ce que vous avez saisi est ci-dessous et n’est pas encore gardé : relisez, puis enregistrez ou envoyez de nouveau pour remplacer le sien.",
            other.author,
            calendar::moment(other.saved_at)
        );
        form.refuse(FC_CONNECTIONS, sentence);
        return Ok(false);
    }
    Ok(true)
}

/// Whether the month can be filled at all, before anything is kept of it.
async fn may_fill(connection: &mut PgConnection, looking: &Looking, today: Date) -> Result<bool, Problem> {
    let Looking { participation, month, is_correction, .. } = looking;
    participation.place_of(*month).ok_or(Problem::NotFound)?;
    let reports = find_reports(connection, participation.application).await?;
    let standing = participation.standing(*month, today, reports.get(month).map_or(0, Vec::len));
    match (is_correction, standing) {
        (true, standing) if standing.is_received() => Ok(true),
        (true, _) => Err(Problem::NotFound),
        (false, Standing::ToCome) => {
            let from = calendar::date_in_full(due::opens_on(*month, participation.last_day()));
            let page = format!("/habilitations/{}/rapports", participation.authorization.0);
            let sentence =
                format!("Le mois {} n’est pas terminé : son rapport se remet à partir du {from}. Rien n’a été gardé.", month.with_of());
            Err(Problem::not_possible_but(sentence, "Voir les rapports", page))
        }
        (false, Standing::Waived) => {
            let page = format!("/habilitations/{}/rapports", participation.authorization.0);
            let sentence = "L’habilitation est révoquée : ce rapport n’est plus attendu. Rien n’a été gardé.";
            Err(Problem::not_possible_but(sentence, "Voir les rapports", page))
        }
        (false, _) => Ok(standing.is_awaited()),
    }
}

/// What was typed, given back with what is wrong or odd.
async fn give_back(state: &AppState, looking: Looking, form: Fields, doubts: Vec<Doubt>, status: StatusCode) -> Result<Response, Problem> {
    let shown = prepare(state, looking, TypedForm { form: Some(form), doubts }).await?;
    Ok((status, Page(shown)).into_response())
}

async fn keep_then_send(
    state: &AppState,
    session: &Session,
    by: &Applicant,
    mut looking: Looking,
    upload: Upload,
) -> Result<Response, Problem> {
    let Upload { fields: mut form, files } = upload;
    let is_open = may_fill(&mut *state.db.acquire().await?, &looking, calendar::paris_date(state.clock.now())).await?;
    if !is_open {
        // Somebody sent it first: what was typed becomes a correction they may finish.
        form.refuse(BECAUSE, SENT_MEANWHILE);
        form.set(NUMBER, "");
        looking.is_correction = true;
        return give_back(state, looking, form, Vec::new(), StatusCode::CONFLICT).await;
    }
    if !keep(state, by, &looking, &mut form, files).await? {
        return give_back(state, looking, form, Vec::new(), StatusCode::CONFLICT).await;
    }
    if form.value(ACT) == "envoyer" && form.value(REMOVE).is_empty() {
        return send_typed(state, session, by, looking, form).await;
    }
    if !form.is_valid() {
        return give_back(state, looking, form, Vec::new(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tell(session, "Votre saisie est enregistrée. Le rapport n’est pas encore envoyé.").await?;
    let here = format!("/habilitations/{}/rapports/{}", looking.participation.authorization.0, looking.month);
    Ok(Redirect::to(&if looking.is_correction { format!("{here}/correction") } else { here }).into_response())
}

async fn send_typed(state: &AppState, session: &Session, by: &Applicant, looking: Looking, mut form: Fields) -> Result<Response, Problem> {
    let (sending, doubts) = read(state, &looking, &mut form).await?;
    let Some(sending) = sending else {
        return give_back(state, looking, form, doubts, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (application, month, now) = (looking.participation.application, looking.month, state.clock.now());
    let mut transaction = state.db.begin().await?;
    let done = if looking.is_correction {
        correct(&mut transaction, by, application, month, &sending, now).await
    } else {
        send(&mut transaction, by, application, month, &sending, now).await
    };
    match done {
        Ok(()) => {
            transaction.commit().await?;
            let said = if looking.is_correction { "Votre correction est reçue" } else { "Votre rapport est reçu" };
            tell(session, format!("{said}\u{a0}: {}.", month.in_full())).await?;
            Ok(Redirect::to(&format!("/habilitations/{}/rapports", looking.participation.authorization.0)).into_response())
        }
        // What was typed is given back beside what happened.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            form.refuse(if looking.is_correction { BECAUSE } else { FC_CONNECTIONS }, sentence);
            form.set(NUMBER, "");
            give_back(state, looking, form, Vec::new(), StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// Reads what is to be sent; what is odd and was not confirmed yet.
async fn read(state: &AppState, looking: &Looking, form: &mut Fields) -> Result<(Option<Sending>, Vec<Doubt>), Problem> {
    let report = Report::parse(form);
    let because = if looking.is_correction { form.line(BECAUSE, 300) } else { Some(String::new()) };
    let (Some(report), Some(because)) = (report, because) else { return Ok((None, Vec::new())) };
    let known = find_reports(&mut *state.db.acquire().await?, looking.participation.application).await?;
    let doubts = doubts(&report, &looking.participation.comparing(looking.month, &known));
    if !doubts.is_empty() && form.value(CONFIRM.name) != checks::confirmation(&doubts) {
        form.refuse(CONFIRM, "Relisez ce qui est signalé\u{a0}: corrigez-le, ou cochez la case pour le confirmer.");
        return Ok((None, doubts));
    }
    if !form.is_valid() {
        return Ok((None, doubts));
    }
    let confirmed: Vec<&str> = doubts.iter().map(|doubt| doubt.sentence.as_str()).collect();
    let number = if looking.is_correction { form.value(NUMBER).parse().unwrap_or(1) } else { 1 };
    Ok((Some(Sending { number, report, confirmed: confirmed.join("\n"), because, is_imported: false }), doubts))
}
