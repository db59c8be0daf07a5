//! `/client/{lien}/{sceau}`: what a letter leads somebody of the client to. Opening it changes nothing; each act has its page.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    applications::{
        self, Application, ContactFields, Objection, Proposal, Section, Version,
        behalf::{ClientLink, ClientLinkState, Renewal, find_client_news, find_link, lift, object, propose_contact, renew},
    },
    config::DeskFacts,
    fields::{Field, Fields},
    organisations::{self, Identity},
    problem::Problem,
    web::{Frame, Page, Refused, filters, tell},
};

const REASON: Field = Field { name: "reason", label: "Votre raison" };

/// The link of the address, if it is one of ours and still works: looked up before any form is read.
pub(super) struct Held {
    link: ClientLink,
    application: Application,
    base: String,
}

#[derive(Template)]
#[template(path = "applications/behalf/dead_client_link.html")]
struct DeadPage {
    frame: Frame,
    base: String,
    is_expired: bool,
    /// A new one has just left.
    sent: bool,
    desk: DeskFacts,
}

/// The address of the page is a secret: it is neither kept nor told to other sites.
fn private(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The link of a path, whether it still works or not, and the beginning of its pages' addresses.
async fn known(parts: &mut Parts, state: &AppState) -> Result<(ClientLink, String), Problem> {
    let Path(values) = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
    let [(_, id), (_, seal), ..] = values.as_slice() else { return Err(Problem::NotFound) };
    let id = Uuid::try_parse(id).ok().filter(|id| state.secret.opens_for_client(*id, seal)).ok_or(Problem::NotFound)?;
    let link = find_link(&mut *state.db.acquire().await?, id).await?.ok_or(Problem::NotFound)?;
    Ok((link, state.secret.client_path(id)))
}

impl FromRequestParts<AppState> for Held {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let found = async {
            let (link, base) = known(parts, state).await?;
            let application = applications::find(&mut *state.db.acquire().await?, link.application).await?;
            Ok::<_, Problem>((link, application, base))
        };
        let (link, application, base) = found.await.map_err(IntoResponse::into_response)?;
        match link.state(state.clock.now()) {
            ClientLinkState::Open => Ok(Self { link, application, base }),
            over => {
                let frame = Frame::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
                let is_expired = over == ClientLinkState::Expired;
                let page = DeadPage { frame, base, is_expired, sent: false, desk: state.config.desk.clone() };
                Err(private((StatusCode::GONE, Page(page))))
            }
        }
    }
}

/// A link that may have ended: what asks for a new one.
pub(super) struct Known(ClientLink, String);

impl FromRequestParts<AppState> for Known {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let (link, base) = known(parts, state).await?;
        Ok(Self(link, base))
    }
}

#[derive(Template)]
#[template(path = "applications/behalf/client.html")]
struct ClientPage {
    frame: Frame,
    base: String,
    link: ClientLink,
    application: Application,
    version: Version,
    identity: Identity,
    sections: Vec<Section>,
    /// Their own, while it stands.
    objection: Option<Objection>,
    /// Their own, while it was not taken over.
    proposal: Option<Proposal>,
    desk: DeskFacts,
}

impl ClientPage {
    fn named_as(&self) -> &'static str {
        self.link.role.label(self.version.content.contacts.data_protection_role)
    }
}

pub(super) async fn show(held: Held, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let Held { link, application, base } = held;
    let mut connection = state.db.acquire().await?;
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let (objections, proposals) = find_client_news(&mut connection, application.id).await?;
    Ok(private(Page(ClientPage {
        frame,
        base,
        identity: Identity::of(&version.organisation, standing),
        sections: Section::of_content(&version.content),
        objection: objections.into_iter().find(|known| known.role == link.role && known.stands()),
        proposal: proposals.into_iter().find(|known| known.role == link.role),
        desk: state.config.desk.clone(),
        link,
        application,
        version,
    })))
}

#[derive(Template)]
#[template(path = "applications/behalf/client_contact.html")]
struct ContactPage {
    frame: Frame,
    base: String,
    application: Application,
    form: Fields,
    names: ContactFields,
}

pub(super) async fn ask_contact(held: Held, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let Held { link, application, base } = held;
    let version = applications::find_version(&mut *state.db.acquire().await?, application.id, application.version).await?;
    let (names, contact) = (link.role.fields(), link.role.of(&version.content.contacts));
    let mut form = Fields::default();
    names.name(&mut form, contact);
    Ok(private(Page(ContactPage { frame, base, application, form, names })))
}

pub(super) async fn propose(
    held: Held,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let Held { link, application, base } = held;
    let names = link.role.fields();
    let Some(contact) = names.read(&mut form) else {
        return Ok(private(Refused(ContactPage { frame, base, application, form, names })));
    };
    let mut transaction = state.db.begin().await?;
    propose_contact(&mut transaction, &link, &contact, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre proposition est transmise au demandeur et à l’équipe, qui la lisent dès maintenant.").await?;
    Ok(private(Redirect::to(&base)))
}

#[derive(Template)]
#[template(path = "applications/behalf/client_objection.html")]
struct ObjectionPage {
    frame: Frame,
    base: String,
    application: Application,
    form: Fields,
    /// Their own stands already: it can be lifted.
    stands: bool,
}

pub(super) async fn ask_objection(held: Held, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let Held { link, application, base } = held;
    let (objections, _) = find_client_news(&mut *state.db.acquire().await?, application.id).await?;
    let stands = objections.iter().any(|known| known.role == link.role && known.stands());
    Ok(private(Page(ObjectionPage { frame, base, application, form: Fields::default(), stands })))
}

pub(super) async fn oppose(
    held: Held,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let Held { link, application, base } = held;
    let Some(reason) = form.paragraph(REASON, 2000) else {
        return Ok(private(Refused(ObjectionPage { frame, base, application, form, stands: false })));
    };
    let mut transaction = state.db.begin().await?;
    object(&mut transaction, &link, &reason, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre opposition est transmise au demandeur et à l’équipe, qui la lira avant de décider.").await?;
    Ok(private(Redirect::to(&base)))
}

pub(super) async fn take_back(held: Held, State(state): State<AppState>, session: Session) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    lift(&mut transaction, &held.link, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre opposition est levée.").await?;
    Ok(private(Redirect::to(&held.base)))
}

pub(super) async fn ask_new_link(Known(link, base): Known, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    let renewal = renew(&mut transaction, &link, state.clock.now()).await?;
    transaction.commit().await?;
    let sent = renewal == Renewal::Sent;
    let page = DeadPage { frame, base, is_expired: false, sent, desk: state.config.desk.clone() };
    Ok(private((if sent { StatusCode::OK } else { StatusCode::GONE }, Page(page))))
}
