//! `/administration/campagnes/nouvelle` and `…/{campagne}/changement`: proposing a campaign, or a change of one, as a whole.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    PATH,
    campaign::number,
    fields::{
        ANSWER_WITHIN, CAPACITY, CLOSES_ON, ENDS_ON, LEGAL_BASIS, LEGAL_BASIS_URL, OPENS_ON, PARTICIPATION, REASON, RESERVED_UNTIL, SHARES,
        SILENCE, SPECIFICATION, SPECIFICATION_URL, TERMS, TERMS_URL, TITLE, blank, bring_up_to_date, filled, read, reason, refuse,
    },
};
use crate::{
    AppState,
    accounts::CampaignManager,
    experimentation::{
        Campaign, CampaignChange, Difference, Held, ParticipationEnd, Proposal, Proposed, change_faults, differences, find_known,
        propose_change, store,
    },
    fields::Fields,
    ids::{CampaignChangeId, CampaignId},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const NEW: &str = "/administration/campagnes/nouvelle";

/// The last change that held when the page was shown, sent back with its form.
const SEEN: &str = "seen";

const ANOTHER_WAITS: &str = "Une proposition attend déjà pour cette campagne\u{a0}: une seule à la fois, pour que chacun sache ce qu’il \
                             accepte. Rien n’a été enregistré de plus\u{a0}; renvoyez la vôtre quand l’autre aura reçu sa réponse.";

pub(super) fn routes() -> Routes<AppState> {
    let change = "/administration/campagnes/{campagne}/changement";
    Routes::new()
        .get(Audience::Campaigns, NEW, show_new)
        .post(Audience::Campaigns, NEW, propose_new)
        .get(Audience::Campaigns, change, show_change)
        .post(Audience::Campaigns, change, propose)
}

/// What a change is about; a new campaign is about nothing yet.
#[derive(Debug)]
struct About {
    id: CampaignId,
    campaign: Campaign,
    held: Held,
    seen: Option<CampaignChangeId>,
    waiting: Option<CampaignChange>,
}

#[derive(Debug, Template)]
#[template(path = "experimentation/propose.html")]
struct ProposePage {
    frame: Frame,
    form: Fields,
    about: Option<About>,
    /// What changed while the form was being filled.
    meanwhile: Vec<Difference>,
}

impl ProposePage {
    fn action(&self) -> String {
        self.about.as_ref().map_or_else(|| NEW.to_owned(), |about| format!("{PATH}/{}/changement", about.id))
    }

    fn silences() -> [(&'static str, &'static str, &'static str); 2] {
        [
            ("rejection", "Rejet de la candidature", "Décision implicite de rejet (CRPA, article L. 231-4)"),
            ("acceptance", "Acceptation de la candidature", "Décision implicite d’acceptation (CRPA, article L. 231-1)"),
        ]
    }

    fn ends() -> [(String, &'static str, &'static str); 2] {
        [
            (
                ParticipationEnd::Anniversary.to_string(),
                "Un an après l’ouverture de l’accès",
                "ou à la fin de l’expérimentation si elle vient avant",
            ),
            (ParticipationEnd::Campaign.to_string(), "À la fin de l’expérimentation", "quel que soit le jour où l’accès a été ouvert"),
        ]
    }
}

async fn find_about(state: &AppState, id: CampaignId) -> Result<About, Problem> {
    let mut connection = state.db.acquire().await?;
    let waiting = store::find_changes_of(&mut connection, id).await?.into_iter().find(CampaignChange::waits);
    Ok(About {
        id,
        campaign: store::find_campaign(&mut connection, id).await?,
        held: store::standing::find_numbers(&mut connection, id).await?.held,
        seen: store::find_last_agreed(&mut connection, id).await?,
        waiting,
    })
}

async fn show_new(_: CampaignManager, frame: Frame) -> Page<ProposePage> {
    Page(ProposePage { frame, form: blank(), about: None, meanwhile: Vec::new() })
}

async fn show_change(
    _: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ProposePage>, Problem> {
    let about = find_about(&state, number(&campaign)?).await?;
    let form = filled(&about.campaign);
    Ok(Page(ProposePage { frame, form, about: Some(about), meanwhile: Vec::new() }))
}

async fn propose_new(
    by: CampaignManager,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    handle(&by, &state, &session, frame, form, None).await
}

async fn propose(
    by: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    let about = find_about(&state, number(&campaign)?).await?;
    handle(&by, &state, &session, frame, form, Some(about)).await
}

async fn handle(
    by: &CampaignManager,
    state: &AppState,
    session: &Session,
    frame: Frame,
    mut form: Fields,
    about: Option<About>,
) -> Result<Response, Problem> {
    let refused = |frame, form, about, meanwhile| Ok(Refused(ProposePage { frame, form, about, meanwhile }).into_response());
    let campaign = about.as_ref().map(|about| about.id);
    let after = read(&mut form);
    if let Some(after) = after.as_ref().filter(|_| reason(form.value(REASON.name)).is_err()) {
        // What else is wrong is told with the reason, which stands last on the page.
        let known = find_known(&mut *state.db.acquire().await?, campaign, state.clock.now()).await?;
        refuse(&mut form, &change_faults(about.as_ref().map(|about| &about.campaign), after, &known));
    }
    let (Some(after), Some(reason)) = (after, form.parse(REASON, reason)) else { return refused(frame, form, about, Vec::new()) };
    let proposal = Proposal { campaign, seen: CampaignChangeId::parse(form.value(SEEN)), after, reason };
    let mut transaction = state.db.begin().await?;
    match propose_change(&mut transaction, by, &proposal, state.clock.now()).await? {
        Proposed::Waits(id) => {
            transaction.commit().await?;
            tell(
                session,
                "La proposition est enregistrée. Rien ne change avant qu’une autre personne l’accepte\u{a0}; elle en est avertie.",
            )
            .await?;
            Ok(Redirect::to(&format!("{PATH}/propositions/{id}")).into_response())
        }
        Proposed::Refused(faults) => {
            refuse(&mut form, &faults);
            refused(frame, form, about, Vec::new())
        }
        Proposed::AnotherWaits => {
            form.refuse(TITLE, ANOTHER_WAITS);
            refused(frame, form, about, Vec::new())
        }
        Proposed::Meanwhile(meanwhile) => {
            bring_up_to_date(&mut form, &meanwhile.then, &meanwhile.today);
            let changed = differences(Some(&meanwhile.then), &meanwhile.today);
            refused(frame, form, about, changed)
        }
    }
}
