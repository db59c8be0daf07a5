//! `/clients/{organisation}/import`: a list of clients, from a file or pasted, read again before anything is created.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    applications::{
        Application, Kind, PRESET, Preset,
        behalf::{
            ClientsFile, FileFault, Import, MOST_LINES, MOST_LIST_BYTES, Model, Outcome, confirm_import, find_import, prepare_import,
            read_clients,
        },
        store,
    },
    calendar, experimentation,
    fields::{Field, Fields},
    ids::ApplicationId,
    organisations::{Answer, Organisation, Siret, VerifiedMember, pages::Here},
    problem::Problem,
    web::{Frame, NotRead, Page, Refused, Upload, UploadedFile, tell},
};

const FILE: Field = Field { name: "fichier", label: "Fichier CSV" };
const LIST: Field = Field { name: "liste", label: "Liste collée" };
const MODEL: Field = Field { name: "modele", label: "Demande à reprendre" };

#[derive(Debug, Template)]
#[template(path = "applications/behalf/import.html")]
struct ImportPage {
    frame: Frame,
    form: Fields,
    vendor: Organisation,
    /// The person's own demandes, by number.
    models: Vec<(String, String)>,
    /// What each draft may be, by name.
    presets: Vec<(&'static str, &'static str)>,
}

async fn prepare(state: &AppState, here: Here, frame: Frame, mut form: Fields) -> Result<ImportPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let own = store::list_own(&mut connection, here.applicant.person().account).await?;
    let named = own.into_iter().rev().filter(|application| !application.service_name.is_empty());
    let models = named.map(|application| (application.id.0.to_string(), title(&application))).collect();
    let receives = experimentation::find_receiving(&mut connection, calendar::paris_day(state.clock.now())).await?.is_some();
    let open = Preset::all().iter().filter(|preset| receives || preset.kind != Kind::Experiment);
    let presets = open.map(|preset| (preset.slug.as_str(), preset.label.as_str())).collect();
    if form.value(PRESET.name).is_empty() && form.is_valid() {
        form.set(PRESET.name, Preset::all().first().map_or("", |usual| &usual.slug));
    }
    Ok(ImportPage { frame, form, vendor: here.affiliation.organisation, models, presets })
}

fn title(application: &Application) -> String {
    format!("{}, {} ({})", application.id, application.title(), application.kind.label().to_lowercase())
}

pub(super) async fn show(here: Here, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    here.speaking_for()?;
    Ok(Page(prepare(&state, here, frame, Fields::default()).await?).into_response())
}

/// What the sources on this machine say of these numbers; no call leaves it.
async fn look_up<'a>(state: &AppState, typed: impl Iterator<Item = &'a str>) -> BTreeMap<Siret, Answer> {
    let sirets: BTreeSet<Siret> = typed.filter_map(|typed| Siret::parse(typed).ok()).map(|(siret, _)| siret).collect();
    let mut answers = BTreeMap::new();
    for siret in sirets {
        let answer = state.register.look_up_nearby(&siret).await;
        answers.insert(siret, answer);
    }
    answers
}

/// The list, from the file or from what was pasted; what is wrong with it is told beside the field it came by.
async fn read_list(form: &mut Fields, files: Vec<UploadedFile>) -> Option<ClientsFile> {
    let mut files: Vec<UploadedFile> = files.into_iter().filter(|file| file.field == FILE.name).collect();
    let is_pasted = !form.value(LIST.name).trim().is_empty();
    let fault = match (files.pop(), is_pasted) {
        (None, true) => return form.parse(LIST, |typed| read_clients(typed.as_bytes())),
        (None, false) => "Choisissez un fichier CSV, ou collez la liste ci-dessous.".to_owned(),
        (Some(_), true) => {
            "Vous avez choisi un fichier et collé une liste : il faut l’un ou l’autre. La liste collée est restée ci-dessous ; effacez-la pour envoyer le fichier, à choisir de nouveau.".to_owned()
        }
        (Some(_), false) if !files.is_empty() => "Choisissez un seul fichier : un deuxième se lira ensuite.".to_owned(),
        (Some(file), false) => match read_file(file).await {
            Ok(list) => return Some(list),
            Err(sentence) => sentence,
        },
    };
    form.refuse(FILE, fault);
    None
}

async fn read_file(file: UploadedFile) -> Result<ClientsFile, String> {
    let bytes = file.read(MOST_LIST_BYTES).await.map_err(|not_read| match not_read {
        NotRead::TooBig => FileFault::TooBig.to_string(),
        NotRead::Lost => {
            "Ce fichier n’a pas pu être reçu en entier. Rien n’a été créé : choisissez-le de nouveau dans quelques minutes.".to_owned()
        }
    })?;
    read_clients(&bytes).map_err(|fault| fault.to_string())
}

/// What the drafts start as: the demande to take over and its kind, or the kind that was chosen.
async fn read_model(state: &AppState, by: &VerifiedMember, form: &mut Fields) -> Result<Option<Model>, Problem> {
    let mut connection = state.db.acquire().await?;
    let receives = experimentation::find_receiving(&mut connection, calendar::paris_day(state.clock.now())).await?.is_some();
    let (preset, copied_from, chosen_in) = match form.value(MODEL.name) {
        "" => (form.parse(PRESET, |typed| Preset::named(typed).ok_or("Choisissez ce que sera chaque demande.")), None, PRESET),
        typed => {
            let id = ApplicationId::parse(typed).ok_or(Problem::NotFound)?;
            let kind = store::find_own(&mut connection, id, by.person().account).await?.kind;
            (Preset::all().iter().find(|preset| preset.kind == kind), Some(id), MODEL)
        }
    };
    if preset.is_some_and(|preset| preset.kind == Kind::Experiment) && !receives {
        form.refuse(chosen_in, "L’expérimentation ne reçoit pas de candidature aujourd’hui.");
        return Ok(None);
    }
    Ok(preset.map(|preset| Model { preset, copied_from }))
}

pub(super) async fn read(
    here: Here,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    Upload { fields: mut form, files }: Upload,
) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let list = read_list(&mut form, files).await;
    let model = read_model(&state, &by, &mut form).await?;
    let (Some(list), Some(model)) = (list, model) else {
        return Ok(Refused(prepare(&state, here, frame, form).await?).into_response());
    };
    let answers = look_up(&state, list.lines.iter().map(|line| line.siret.as_str())).await;
    let mut transaction = state.db.begin().await?;
    let id = prepare_import(&mut transaction, &by, model, list.lines, &answers, state.clock.now()).await?;
    transaction.commit().await?;
    if !list.ignored.is_empty() {
        tell(&session, format!("Colonnes sans champ de ce nom, laissées de côté : {}.", list.ignored.join(", "))).await?;
    }
    Ok(Redirect::to(&format!("/clients/{}/import/{id}", by.organisation())).into_response())
}

#[derive(Debug, Template)]
#[template(path = "applications/behalf/preview.html")]
struct PreviewPage {
    frame: Frame,
    vendor: Organisation,
    import: Import,
    address: String,
}

/// The list of a path, if it is this person's and this vendor's.
async fn find(state: &AppState, by: &VerifiedMember, typed: &str) -> Result<Import, Problem> {
    let id = Uuid::try_parse(typed).map_err(|_| Problem::NotFound)?;
    let import = find_import(&mut *state.db.acquire().await?, id, by.person().account).await?;
    if import.vendor == by.organisation() { Ok(import) } else { Err(Problem::NotFound) }
}

pub(super) async fn preview(
    here: Here,
    Path((_, import)): Path<(String, String)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let import = find(&state, &by, &import).await?;
    let address = format!("/clients/{}/import", by.organisation());
    Ok(Page(PreviewPage { frame, vendor: here.affiliation.organisation, import, address }).into_response())
}

/// Creates the drafts a few at a time: a stop in the middle loses nothing, asking again goes on.
pub(super) async fn confirm(
    here: Here,
    Path((_, import)): Path<(String, String)>,
    State(state): State<AppState>,
) -> Result<Redirect, Problem> {
    let by = here.speaking_for()?;
    let import = find(&state, &by, &import).await?;
    let answers = look_up(&state, import.lines.iter().map(|line| line.siret.as_str())).await;
    loop {
        let mut transaction = state.db.begin().await?;
        let remain = confirm_import(&mut transaction, &by, import.id, &answers, state.clock.now()).await?;
        transaction.commit().await?;
        if !remain {
            return Ok(Redirect::to(&format!("/clients/{}/import/{}", by.organisation(), import.id)));
        }
    }
}
