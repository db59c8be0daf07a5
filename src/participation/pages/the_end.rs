//! `/habilitations/{numero}/fin`: what a participant certifies once its participation is over, to sign, to read, to correct.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use uuid::Uuid;

use super::{extract::Participant, shown};
use crate::{
    AppState,
    applications::pages::send_back,
    calendar,
    fields::{Field, Fields},
    participation::{
        Awaited, Doubt, Ended, Participation,
        destruction::{
            ATTESTS, BECAUSE, CONFIRM, DESTROYED_ON, FATE, Fate, KEPT, LEGAL_BASIS, METHOD, Notice, Paper, QUALITY, REMOVED_ON, SIGNATORY,
            Signed, awaited, due_on, find_certificates, find_notices, not_over, paper,
        },
        end::find_end,
    },
    problem::Problem,
    web::{Frame, Page, PdfFile, filters},
};

pub(super) const FILES: Field = Field { name: "pieces", label: "Pièces jointes" };
/// The number the certificate will bear.
pub(super) const NUMBER: &str = "numero";

/// The end of a participation, as somebody certifies it or reads it.
#[derive(Debug, Template)]
#[template(path = "participation/the_end.html")]
pub(super) struct EndPage {
    frame: Frame,
    participation: Participation,
    /// How it ended, written down already or not.
    ended: Option<Ended>,
    /// Whether its certificate is late, when it is to be signed.
    awaited: Option<Awaited>,
    today: Date,
    /// The certificate and what it said before, the last first.
    signed: Vec<Signed>,
    /// The last formal notice.
    notice: Option<Notice>,
    is_staff: bool,
    /// The form is open: the certificate is signed or corrected.
    fills: bool,
    is_correction: bool,
    form: Fields,
    /// What looks odd and is to be confirmed.
    doubts: Vec<Doubt>,
}

impl EndPage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.participation.authorization.0)
    }

    fn here(&self) -> String {
        format!("{}/fin", self.base())
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        if self.is_correction { format!("{}/correction", self.here()) } else { self.here() }
    }

    fn period(&self) -> String {
        shown::period(&self.participation, self.today)
    }

    /// What is awaited, by when; or when it will be.
    fn turn(&self) -> (bool, String, String) {
        match self.ended {
            None => (false, "La participation n’est pas terminée".into(), not_over(&self.participation)),
            Some(ended) => shown::turn_of_end(ended, self.awaited, self.signed.last()),
        }
    }

    /// « 12 jours après la fin de la participation », when access was removed late.
    fn removed_late(&self, signed: &Signed) -> Option<String> {
        let days = calendar::whole_days(self.ended?.on, signed.certificate.removed_on);
        (days > 0).then(|| format!("{} après la fin de la participation", shown::counted_days(days)))
    }

    /// Whether it was signed after its last day, and by how much.
    fn signed_late(&self) -> Option<String> {
        let days = calendar::whole_days(due_on(self.ended?), calendar::paris_date(self.signed.last()?.signed_at));
        (days > 0).then(|| shown::counted_days(days))
    }
}

/// Who looks, at which end.
pub(super) struct Looking {
    pub frame: Frame,
    pub participation: Participation,
    pub is_staff: bool,
    pub is_correction: bool,
}

pub(super) async fn prepare(state: &AppState, looking: Looking, typed: Option<Fields>, doubts: Vec<Doubt>) -> Result<EndPage, Problem> {
    let Looking { frame, participation, is_staff, is_correction } = looking;
    let now = state.clock.now();
    let today = calendar::paris_date(now);
    let mut connection = state.db.acquire().await?;
    let ended = find_end(&mut connection, &participation, now).await?;
    let mut signed = find_certificates(&mut connection, participation.application).await?;
    signed.reverse();
    let notice = find_notices(&mut connection, Some(participation.application)).await?.into_iter().next();
    let awaited = awaited(ended, !signed.is_empty(), today);
    let fills = !is_staff && (is_correction || awaited.is_some());
    let mut form = typed.unwrap_or_else(|| signed.first().map(|last| last.certificate.as_fields()).unwrap_or_default());
    if form.value(NUMBER).is_empty() {
        form.set(NUMBER, (signed.len() + 1).to_string());
    }
    Ok(EndPage { frame, participation, ended, awaited, today, signed, notice, is_staff, fills, is_correction, form, doubts })
}

pub(super) async fn show(here: Participant, State(state): State<AppState>, frame: Frame) -> Result<Page<EndPage>, Problem> {
    let Participant { participation, is_staff } = here;
    Ok(Page(prepare(&state, Looking { frame, participation, is_staff, is_correction: false }, None, Vec::new()).await?))
}

pub(super) async fn show_correction(here: Participant, State(state): State<AppState>, frame: Frame) -> Result<Page<EndPage>, Problem> {
    let participation = here.of_its_side()?;
    if find_certificates(&mut *state.db.acquire().await?, participation.application).await?.is_empty() {
        return Err(Problem::NotFound);
    }
    Ok(Page(prepare(&state, Looking { frame, participation, is_staff: false, is_correction: true }, None, Vec::new()).await?))
}

/// `/habilitations/{numero}/fin/attestation.pdf`: the certificate on paper, as it was last corrected.
pub(super) async fn pdf(here: Participant, State(state): State<AppState>) -> Result<PdfFile, Problem> {
    let participation = here.participation;
    let signed = find_certificates(&mut *state.db.acquire().await?, participation.application).await?;
    let (Some(signed), Some(ended)) = (signed.last(), participation.ended) else { return Err(Problem::NotFound) };
    let document = paper(&Paper { participation: &participation, ended, signed, desk: &state.config.desk });
    Ok(PdfFile { name: format!("attestation-de-fin-{}", participation.authorization), bytes: state.printer.print(document).await? })
}

/// `/habilitations/{numero}/fin/fichiers/{piece}`: a file of a certificate.
pub(super) async fn read_file(
    here: Participant,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let signed = find_certificates(&mut *state.db.acquire().await?, here.participation.application).await?;
    let attachment = signed.iter().flat_map(|signed| &signed.files).find(|attachment| attachment.id == file).ok_or(Problem::NotFound)?;
    Ok(send_back(&state, attachment).await?.into_response())
}
