//! What is typed of the certificate of an end: read, told what is wrong or odd with it, signed.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    extract::Participant,
    the_end::{FILES, Looking, NUMBER, prepare},
};
use crate::{
    AppState,
    accounts::Applicant,
    attachments::Chosen,
    calendar,
    fields::Fields,
    participation::{
        Doubt, checks,
        destruction::{ATTESTS, BECAUSE, CONFIRM, Certificate, Certifying, Period, certify, doubts, not_over},
        end::find_end,
    },
    problem::Problem,
    web::{Frame, Page, Upload, tell},
};

pub(super) async fn sign(
    by: Applicant,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, is_staff: false, is_correction: false };
    read_then_sign(&state, &session, &by, looking, upload).await
}

pub(super) async fn correct(
    by: Applicant,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, is_staff: false, is_correction: true };
    read_then_sign(&state, &session, &by, looking, upload).await
}

/// Reads what is to be signed; what is odd and was not confirmed yet. No file is taken before everything else is right.
async fn read(state: &AppState, looking: &Looking, form: &mut Fields, chosen: &mut Chosen) -> (Option<Certifying>, Vec<Doubt>) {
    let today = calendar::paris_date(state.clock.now());
    let because = if looking.is_correction { form.line(BECAUSE, 300) } else { Some(String::new()) };
    let certificate = Certificate::parse(form, Period::of(&looking.participation, today));
    let (Some(certificate), Some(because)) = (certificate, because) else {
        chosen.ask_again(form);
        return (None, Vec::new());
    };
    let odd = doubts(&certificate);
    if !checks::are_confirmed(&odd, form, CONFIRM) {
        chosen.ask_again(form);
        return (None, odd);
    }
    let Some(files) = chosen.store(&state.storage, "une attestation", form).await else { return (None, odd) };
    let number = if looking.is_correction { form.value(NUMBER).parse().unwrap_or(1) } else { 1 };
    let scan = state.antivirus.at_first();
    (Some(Certifying { number, certificate, confirmed: checks::sentences(&odd), because, files, scan }), odd)
}

/// What was typed, given back with what is wrong or odd.
async fn give_back(state: &AppState, looking: Looking, form: Fields, odd: Vec<Doubt>, status: StatusCode) -> Result<Response, Problem> {
    Ok((status, Page(prepare(state, looking, Some(form), odd).await?)).into_response())
}

async fn read_then_sign(
    state: &AppState,
    session: &Session,
    by: &Applicant,
    mut looking: Looking,
    upload: Upload,
) -> Result<Response, Problem> {
    let Upload { fields: mut form, files } = upload;
    let now = state.clock.now();
    let here = format!("/habilitations/{}/fin", looking.participation.authorization.0);
    if find_end(&mut *state.db.acquire().await?, &looking.participation, now).await?.is_none() {
        let sentence = format!("{} Rien n’a été signé.", not_over(&looking.participation));
        return Err(Problem::not_possible_but(sentence, "Voir la fin de la participation", here));
    }
    let mut chosen = Chosen::of(FILES, files);
    let (certifying, odd) = read(state, &looking, &mut form, &mut chosen).await;
    let Some(certifying) = certifying else {
        return give_back(state, looking, form, odd, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut transaction = state.db.begin().await?;
    match certify(&mut transaction, by, looking.participation.application, certifying, now).await {
        Ok(()) => {
            transaction.commit().await?;
            let said = if looking.is_correction { "Votre correction est reçue" } else { "Votre attestation est reçue" };
            tell(session, format!("{said}\u{a0}: vous pouvez la télécharger ou l’imprimer ci-dessous.")).await?;
            Ok(Redirect::to(&here).into_response())
        }
        // What was typed is given back beside what happened: somebody signed meanwhile, what follows is a correction.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            form.set(NUMBER, "");
            form.set(ATTESTS.name, "");
            form.refuse(BECAUSE, format!("{sentence} Pour changer ce qui est reçu, dites pourquoi, puis signez la correction."));
            chosen.ask_again(&mut form);
            looking.is_correction = true;
            give_back(state, looking, form, odd, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
