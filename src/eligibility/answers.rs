//! What a visitor has answered so far. The address of the page is where it is kept: `/eligibilite?profil=entreprise&cas=adresse`.

use strum::{Display, EnumString};

use super::question::Question;
use crate::{criteria::Sector, fields::Fields, organisations::Siret};

/// « Qui êtes-vous ? »
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum Profile {
    /// Somebody for themself.
    #[strum(serialize = "particulier")]
    Individual,
    /// A local authority or an administration.
    #[strum(serialize = "collectivite")]
    Administration,
    /// A software vendor.
    #[strum(serialize = "editeur")]
    Vendor,
    /// A company or an association.
    #[strum(serialize = "entreprise")]
    Private,
}

/// The cases in which companies and associations may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum Case {
    /// Services tied to a change of address.
    #[strum(serialize = "adresse")]
    AddressChange,
    /// Services for which a text imposes to check who people are.
    #[strum(serialize = "identite")]
    IdentityCheck,
    /// The experiment.
    #[strum(serialize = "experimentation")]
    Experiment,
    /// None of them.
    #[strum(serialize = "aucun")]
    Neither,
}

/// Whether the button would serve that case only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum Use {
    /// « Uniquement pour ces services ».
    #[strum(serialize = "uniquement")]
    Only,
    /// For others too.
    #[strum(serialize = "aussi")]
    More,
}

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum Known {
    /// Yes.
    #[strum(serialize = "oui")]
    Yes,
    /// No.
    #[strum(serialize = "non")]
    No,
    /// The visitor does not know.
    #[strum(serialize = "inconnu")]
    Unknown,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum YesNo {
    /// Yes.
    #[strum(serialize = "oui")]
    Yes,
    /// No.
    #[strum(serialize = "non")]
    No,
}

/// For whom a software vendor acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, Display)]
pub enum Client {
    /// An administration or a local authority.
    #[strum(serialize = "administration")]
    Administration,
    /// A company or an association.
    #[strum(serialize = "prive")]
    Private,
    /// Itself, for a service of its own.
    #[strum(serialize = "soi")]
    Itself,
}

/// Every answer, absent until given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The number of the organisation, well formed.
    pub siret: Option<Siret>,
    /// Who.
    pub profile: Option<Profile>,
    /// For whom, when a vendor asks.
    pub client: Option<Client>,
    /// A private body charged with a mission of public service.
    pub mission: Option<YesNo>,
    /// Which case.
    pub case: Option<Case>,
    /// For that case only.
    pub address_use: Option<Use>,
    /// A text imposes it.
    pub identity_text: Option<Known>,
    /// E0.
    pub legal_person: Option<YesNo>,
    /// E1.
    pub establishment: Option<YesNo>,
    /// E2.
    pub seniority: Option<YesNo>,
    /// E3.
    pub online_service: Option<YesNo>,
    /// E4; `Some(None)` is « aucun de ces secteurs ».
    pub sector: Option<Option<Sector>>,
    /// S1 to S7, all of them.
    pub commitments: Option<YesNo>,
}

/// The parameter that holds the number of the organisation.
pub const SIRET: &str = "siret";
/// The value of « aucun de ces secteurs ».
pub const NO_SECTOR: &str = "aucun";

impl Answers {
    /// Reads a query. What is unknown, malformed or said twice differently counts as not answered.
    pub fn read(query: &Fields) -> Self {
        Self {
            siret: said(query, SIRET).and_then(|typed| Siret::parse(&typed).ok()).map(|(siret, _)| siret),
            profile: answer(query, Question::Who),
            client: answer(query, Question::Client),
            mission: answer(query, Question::Mission),
            case: answer(query, Question::Case),
            address_use: answer(query, Question::AddressUse),
            identity_text: answer(query, Question::IdentityText),
            legal_person: answer(query, Question::LegalPerson),
            establishment: answer(query, Question::Establishment),
            seniority: answer(query, Question::Seniority),
            online_service: answer(query, Question::OnlineService),
            sector: said(query, Question::Sector.name()).and_then(|typed| read_sector(&typed)),
            commitments: answer(query, Question::Commitments),
        }
    }

    /// The value of the choice made, as the page's form sends it.
    pub fn value(&self, question: Question) -> Option<String> {
        match question {
            Question::Who => self.profile.map(|it| it.to_string()),
            Question::Client => self.client.map(|it| it.to_string()),
            Question::Mission => self.mission.map(|it| it.to_string()),
            Question::Case => self.case.map(|it| it.to_string()),
            Question::AddressUse => self.address_use.map(|it| it.to_string()),
            Question::IdentityText => self.identity_text.map(|it| it.to_string()),
            Question::LegalPerson => self.legal_person.map(|it| it.to_string()),
            Question::Establishment => self.establishment.map(|it| it.to_string()),
            Question::Seniority => self.seniority.map(|it| it.to_string()),
            Question::OnlineService => self.online_service.map(|it| it.to_string()),
            Question::Sector => self.sector.map(|it| it.map_or_else(|| NO_SECTOR.to_owned(), |sector| sector.to_string())),
            Question::Commitments => self.commitments.map(|it| it.to_string()),
        }
    }

    /// The parameters of an address that keeps the number and the answers to these questions, in their order.
    pub fn pairs(&self, questions: &[Question]) -> Vec<(&'static str, String)> {
        let siret = self.siret.as_ref().map(|siret| (SIRET, siret.as_str().to_owned()));
        let mut pairs: Vec<_> = questions.iter().filter_map(|question| Some((question.name(), self.value(*question)?))).collect();
        // After who, where the visitor typed it.
        let place = usize::from(pairs.first().is_some_and(|(name, _)| *name == Question::Who.name()));
        pairs.splice(place..place, siret);
        pairs
    }
}

/// The one value of a parameter: none when it is absent, or said twice differently.
fn said(query: &Fields, name: &str) -> Option<String> {
    let mut values = query.values(name);
    let first = values.next()?;
    values.all(|other| other == first).then(|| first.to_owned())
}

fn answer<T: std::str::FromStr>(query: &Fields, question: Question) -> Option<T> {
    said(query, question.name())?.parse().ok()
}

fn read_sector(typed: &str) -> Option<Option<Sector>> {
    if typed == NO_SECTOR { Some(None) } else { typed.parse().ok().map(Some) }
}

/// `/eligibilite` with these parameters.
pub fn address(pairs: &[(&'static str, String)]) -> String {
    if pairs.is_empty() {
        return "/eligibilite".into();
    }
    format!("/eligibilite?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Answers {
        Answers::read(&Fields::from_query(query))
    }

    #[test]
    fn what_is_not_an_answer_counts_as_not_answered() {
        assert_eq!(read(""), Answers::default());
        assert_eq!(read("profil=robot&cas=&siret=12&secteur=luxe&texte=peut-%C3%AAtre"), Answers::default());
        assert_eq!(read("profil=entreprise&profil=particulier").profile, None, "contradictory");
        assert_eq!(read("profil=entreprise&profil=entreprise").profile, Some(Profile::Private), "said twice alike");
        assert_eq!(read("PROFIL=entreprise").profile, None);
        assert_eq!(read("secteur=aucun").sector, Some(None));
    }

    #[test]
    fn an_address_keeps_the_number_after_who_and_nothing_off_the_way() {
        let answers = read("cas=adresse&siret=130%20025%20265%2000013&usage=uniquement&profil=entreprise&secteur=aucun");
        let pairs = answers.pairs(&[Question::Who, Question::Case, Question::AddressUse]);
        assert_eq!(address(&pairs), "/eligibilite?profil=entreprise&siret=13002526500013&cas=adresse&usage=uniquement");
        assert_eq!(address(&answers.pairs(&[])), "/eligibilite?siret=13002526500013");
        assert_eq!(address(&[]), "/eligibilite");
    }
}
