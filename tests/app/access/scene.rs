//! Camille's demande, right and organisation, and everybody who may ask for them.

use habilitation::{
    accounts::Role,
    authorizations,
    ids::{AccountId, ApplicationId, OrganisationId},
    review::approve,
};
use uuid::Uuid;

use crate::support::{
    Answer, TestSite, Visitor, campaigns,
    files::{PDF, PNG, a_file},
    given, private,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Stranger,
    /// Her demande, her right, her organisation, of which she is a verified member.
    Camille,
    /// Of her organisation, nobody confirmed it yet.
    Colleague,
    /// Of her organisation, confirmed by the domain of their address.
    VerifiedColleague,
    /// Of another organisation.
    Malo,
    Member(Role),
}

pub const EVERYBODY: [Who; 11] = [
    Who::Stranger,
    Who::Malo,
    Who::Colleague,
    Who::VerifiedColleague,
    Who::Member(Role::Observer),
    Who::Member(Role::Jurist),
    Who::Member(Role::ProgrammeManager),
    Who::Member(Role::Admin),
    Who::Member(Role::Signatory),
    Who::Member(Role::Reviewer),
    Who::Camille,
];

/// Camille's things, and everybody in front of the site.
pub struct Scene {
    pub site: TestSite,
    pub organisation: OrganisationId,
    pub colleague: AccountId,
    /// A letter's link.
    link: String,
    /// A file the demande was handed in with.
    pub file: String,
    /// A file of her right.
    granted_file: String,
    /// What proves her right.
    code: String,
    /// A file she sent with a message.
    pub piece: String,
    /// A screen she sent to go to production.
    screen: String,
    /// What the team prepared for the verified colleague.
    prepared: String,
    /// Somebody of the team nobody else looks at.
    member: AccountId,
    /// What Camille offered to the verified colleague.
    invitation: String,
    browsers: Vec<(Who, Visitor)>,
}

/// Joins a file to a draft and tells its number.
async fn joined_file(browser: &mut Visitor, draft: ApplicationId) -> String {
    let sent = browser.post_files(&format!("/demandes/{}/service/fichiers", draft.0), &[], &[a_file("maquette.pdf", PDF)]).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    sent.attribute(".hab-files a", "href").unwrap().rsplit_once('/').unwrap().1.to_owned()
}

pub const NO_SUCH_NUMBER: &str = "999999";

/// Everybody before a browser, signed in.
async fn everybody(site: &TestSite) -> Vec<(Who, Visitor)> {
    let mut browsers = Vec::new();
    for who in EVERYBODY {
        let mut browser = site.visitor();
        match who {
            Who::Stranger => None,
            Who::Camille => Some(browser.sign_in("camille@clamart.test").await),
            Who::Colleague => Some(browser.sign_in("colleague@ailleurs.test").await),
            Who::VerifiedColleague => Some(browser.sign_in("voisine@clamart.test").await),
            Who::Malo => Some(browser.sign_in("malo@rhone.test").await),
            Who::Member(role) => Some(browser.sign_in(&format!("{role}@equipe.test")).await),
        };
        browsers.push((who, browser));
    }
    browsers
}

impl Scene {
    pub async fn new() -> Self {
        let site = TestSite::new().await;
        let camille = given::a_person(&site, "camille@clamart.test").await;
        let waiting = given::a_draft(&site, &camille).await;
        given::fill(&site, &camille, waiting).await;
        let mut browser = site.visitor();
        browser.sign_in("camille@clamart.test").await;
        let file = joined_file(&mut browser, waiting).await;
        given::hand_in(&site, &camille, waiting).await;
        let approved = given::a_draft(&site, &camille).await;
        given::fill(&site, &camille, approved).await;
        let granted_file = joined_file(&mut browser, approved).await;
        given::hand_in(&site, &camille, approved).await;
        assert_eq!((waiting.0, approved.0), (1, 2));
        let colleague = given::a_person(&site, "colleague@ailleurs.test").await;
        for email in ["voisine@clamart.test", "malo@rhone.test"] {
            given::a_person(&site, email).await;
        }
        for role in [Role::Observer, Role::Jurist, Role::ProgrammeManager, Role::Admin, Role::Signatory] {
            given::staff(&site, role).await;
        }
        let member = given::somebody_with_roles(&site, "marc@equipe.test", &[Role::Observer]).await;
        let reviewer = given::a_reviewer(&site, "reviewer@equipe.test").await;
        let mut transaction = site.state.db.begin().await.unwrap();
        let right = approve(&mut transaction, &reviewer, approved, 1, String::new(), "DINUM", site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(right.0, 1);

        private::a_campaign(&site).await;
        let yasmine = campaigns::yasmine(&site).await;
        assert_eq!(campaigns::waits(&site, &yasmine, |campaign| campaign.capacity = 120).await.0, 2);

        let browsers = everybody(&site).await;
        let organisation: i64 =
            sqlx::query_scalar("select organisation_id from applications where id = 1").fetch_one(&site.state.db).await.unwrap();
        let mut scene = Self {
            code: authorizations::find(&mut site.state.db.acquire().await.unwrap(), right).await.unwrap().code.to_string(),
            site,
            organisation: OrganisationId(organisation),
            colleague: colleague.account,
            member: member.account,
            link: String::new(),
            file,
            granted_file,
            piece: String::new(),
            screen: String::new(),
            invitation: String::new(),
            prepared: Uuid::new_v4().to_string(),
            browsers,
        };
        scene.settle_in().await;
        scene
    }

    /// What goes through pages: Malo has an organisation of his own, Camille's membership is confirmed, the team notes something,
    /// she vouches for her domain, which confirms a colleague, a link waits in her letters.
    async fn settle_in(&mut self) {
        for (who, siret) in [(Who::Colleague, given::CLAMART), (Who::Malo, "22690001700014")] {
            assert_eq!(self.browser(who).post("/compte/organismes", &[("siret", siret)]).await.location(), "/compte/organismes");
        }
        let because = [("because", "Appel au standard de la mairie.")];
        assert_eq!(self.browser(Who::Member(Role::Reviewer)).post("/instruction/1/appartenance", &because).await.status, 303);
        let text = [("act", "refused"), ("kind", "toutes"), ("title", "Usage trop large"), ("body", "{service} classe ses usagers.")];
        assert_eq!(self.browser(Who::Member(Role::Reviewer)).post("/instruction/modeles", &text).await.status, 303);
        let note = [("note", "À suivre."), ("start_key", "00000000-0000-4000-8000-000000000001")];
        assert_eq!(self.browser(Who::Member(Role::Reviewer)).post("/instruction/1/notes", &note).await.status, 303);
        let here = format!("/compte/organismes/{}", self.organisation);
        let camille = self.browser(Who::Camille);
        assert_eq!(camille.post(&format!("{here}/domaines"), &[("ours_alone", "oui")]).await.status, 303);
        assert_eq!(camille.post(&format!("{here}/clients"), &[("siret", "22690001700014")]).await.status, 303);
        let voisine = self.browser(Who::VerifiedColleague);
        assert_eq!(voisine.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, 303);
        assert!(voisine.get("/compte/organismes").await.says("Votre appartenance est confirmée."));
        let camille = self.browser(Who::Camille);
        assert_eq!(camille.post("/demandes/1/invitations", &[("colleague", "voisine@clamart.test")]).await.status, 303);
        let key = camille.get("/demandes/1/messages").await.attribute("input[name=start_key]", "value").unwrap();
        let sent = [a_file("plan.pdf", PDF).of("files")];
        assert_eq!(camille.post_files("/demandes/1/messages", &[("message", "Bonjour."), ("start_key", &key)], &sent).await.status, 303);
        let piece = camille.get("/demandes/1/messages").await.attribute(".hab-thread .hab-files a", "href").unwrap();
        piece.rsplit_once('/').unwrap().1.clone_into(&mut self.piece);
        let key = self.prepared.clone();
        let prepared =
            [("siret", given::CLAMART), ("start_key", key.as_str()), ("type", "administration"), ("email", "voisine@clamart.test")];
        assert_eq!(self.browser(Who::Member(Role::Reviewer)).post("/instruction/nouvelle", &prepared).await.status, 303);
        let list = self.browser(Who::VerifiedColleague).get("/demandes").await;
        let link = list.attribute("a[href^='/invitations/']", "href").unwrap();
        link.trim_start_matches("/invitations/").clone_into(&mut self.invitation);
        let camille = self.browser(Who::Camille);
        let asked = [
            ("url", "https://essai.clamart.fr"),
            ("contact_name", "Alex Morel"),
            ("contact_email", "alex@editeur.test"),
            ("wished_on", "2027-01-15"),
        ];
        let going_live = "/habilitations/1/mise-en-production";
        assert_eq!(camille.post_files(going_live, &asked, &[a_file("bouton.png", PNG).of("screens")]).await.status, 303);
        let screen = camille.get(going_live).await.attribute(".hab-files a", "href").unwrap();
        screen.rsplit_once('/').unwrap().1.clone_into(&mut self.screen);
        self.browser(Who::Stranger).post("/mot-de-passe-oublie", &[("email", "camille@clamart.test")]).await;
        let letters = self.site.letters_to("camille@clamart.test").await;
        let (_, link) = letters.last().unwrap().text.split_once("http://localhost:3000").unwrap();
        link.split_whitespace().next().unwrap().clone_into(&mut self.link);
    }

    pub fn browser(&mut self, who: Who) -> &mut Visitor {
        &mut self.browsers.iter_mut().find(|(known, _)| *known == who).unwrap().1
    }

    /// The path of a route, filled with what is Camille's.
    pub fn camille_s(&self, path: &str) -> String {
        if path == "/lien/{id}/{seal}" {
            return self.link.clone();
        }
        let file = if path.starts_with("/habilitations") { &self.granted_file } else { &self.file };
        let path = path
            .replace("{code}", &self.code)
            .replace("{invitation}", &self.invitation)
            .replace("{fichier}", file)
            .replace("{piece}", &self.piece)
            .replace("{capture}", &self.screen)
            .replace("{membre}", &self.member.to_string())
            .replace("{preparation}", &self.prepared);
        filled(&path, "1", &self.organisation.to_string(), &self.colleague.to_string())
    }
}

pub fn filled(path: &str, number: &str, organisation: &str, account: &str) -> String {
    path.replace("{numero}", number)
        .replace("{etape}", "service")
        .replace("{mois}", "2026-12")
        .replace("{organisation}", organisation)
        .replace("{account}", account)
        .replace("{domaine}", "1")
        .replace("{client}", "1")
        .replace("{vue}", "1")
        .replace("{message}", "1")
        .replace("{note}", "1")
        .replace("{service}", "franceconnect")
        .replace("{invitation}", "00000000-0000-4000-8000-000000000000")
        .replace("{opposition}", "1")
        .replace("campagnes/propositions/{proposition}", "campagnes/propositions/2")
        .replace("{proposition}", "1")
        .replace("{campagne}", "1")
        .replace("{extrait}", "1")
        .replace("{modele}", "1")
        .replace("{lettre}", "00000000-0000-0000-0000-000000000000")
        .replace("{type}", "administration")
        .replace("{sorte}", "password_changed-1")
        .replace("{lien}", "00000000-0000-0000-0000-000000000000")
        .replace("{sceau}", "00")
        .replace("{import}", "00000000-0000-0000-0000-000000000000")
        .replace("{id}", "00000000-0000-0000-0000-000000000000")
}

/// What the page says, without the number of the request.
pub fn words(answer: &Answer) -> (u16, String) {
    let text = answer.text();
    let told = text.split_once("Référence à citer").map_or(text.as_str(), |(before, _)| before);
    (answer.status.as_u16(), told.to_owned())
}
