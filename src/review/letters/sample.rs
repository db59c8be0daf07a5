//! Every letter with invented values, written as the real ones are.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    applications::{Acknowledgement, SILENCE_MONTHS},
    calendar,
    config::{DeskFacts, SilenceEffect},
    ids::{ApplicationId, AuthorizationId},
    notifications::{AboutApplication, Author, InfectedFile, Letter, Recipient, TeamLetter},
};

/// A letter as somebody might receive it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The letter.
    pub letter: Letter,
    /// For which demande, role or answer, where it changes what the letter says.
    pub variant: &'static str,
}

impl Sample {
    /// Its address, below the list: the kind and, after it, its place among those of the kind.
    pub fn slug(&self, all: &[Self]) -> String {
        let kind = self.letter.kind();
        let is_it = |other: &Self| (other.letter.title(), other.variant) == (self.letter.title(), self.variant);
        let place = all.iter().filter(|other| other.letter.kind() == kind).position(is_it);
        format!("{kind}-{}", place.unwrap_or_default() + 1)
    }
}

/// Whom the samples are written to.
pub fn recipient() -> Recipient {
    Recipient { address: "camille.rousseau@exemple.test".into(), name: "Camille Rousseau".into() }
}

/// Every letter, every variant of it; dated from that moment.
pub fn samples(desk: &DeskFacts, now: OffsetDateTime) -> Vec<Sample> {
    let facts = Facts { desk, now };
    [
        facts.of_accounts(),
        facts.of_organisations(),
        facts.of_drafts(),
        facts.received(),
        facts.decided(),
        facts.of_files(),
        Facts::of_clients(),
        facts.of_team(),
        facts.of_rights(),
        facts.of_clocks(),
        facts.of_reasons(),
        facts.of_closings(),
        facts.of_signing(),
        facts.of_participations(),
        Facts::of_places(),
    ]
    .concat()
}

/// What the samples say.
pub(super) struct Facts<'a> {
    pub desk: &'a DeskFacts,
    pub now: OffsetDateTime,
}

pub(super) fn one(letter: Letter) -> Sample {
    variant("", letter)
}

pub(super) fn variant(variant: &'static str, letter: Letter) -> Sample {
    Sample { letter, variant }
}

pub(super) fn about() -> AboutApplication {
    AboutApplication {
        application: ApplicationId(1042),
        service: "Portail familles".into(),
        organisation: "Commune d’Exemple".into(),
        version: 1,
    }
}

const LEO: &str = "Léo Martin";
pub(super) const CAMILLE: &str = "Camille Rousseau";
const ORGANISATION: &str = "Commune d’Exemple";

impl Facts<'_> {
    fn tomorrow(&self) -> OffsetDateTime {
        self.now + Duration::DAY
    }

    pub fn author(&self) -> Author {
        Author { name: "Nadia Ferrand".into(), quality: "Chargée d’instruction".into(), service: self.desk.desk_service.clone() }
    }

    fn of_accounts(&self) -> Vec<Sample> {
        let (link, expires_at) = (Uuid::nil(), self.tomorrow());
        vec![
            one(Letter::ConfirmAddress { link, expires_at, return_to: None }),
            one(Letter::AlreadyRegistered),
            one(Letter::ChoosePassword { link, expires_at }),
            one(Letter::PasswordChanged { at: self.now }),
            one(Letter::StaffInvitation { link, expires_at, role: "instructeur".into() }),
        ]
    }

    fn of_organisations(&self) -> Vec<Sample> {
        let (organisation, confirmed_by) = (ORGANISATION.to_owned(), LEO.to_owned());
        let by = |domain| Letter::MembershipConfirmed { organisation: organisation.clone(), confirmed_by: confirmed_by.clone(), domain };
        vec![
            variant("par un collègue ou par l’équipe", by(None)),
            variant("par l’adresse", by(Some("exemple.fr".into()))),
            one(Letter::VerificationWithdrawn {
                organisation: organisation.clone(),
                because: "vous travaillez pour la commune voisine.".into(),
            }),
            one(Letter::DomainConfirmed { organisation, domain: "exemple.fr".into(), confirmed_by, at: self.now }),
        ]
    }

    fn of_drafts(&self) -> Vec<Sample> {
        let invitation = |is_hand_over| Letter::Invitation {
            about: about(),
            invited_by: CAMILLE.into(),
            is_hand_over,
            invitation: Uuid::nil(),
            expires_at: self.now + Duration::days(14),
        };
        let answered = |is_hand_over, is_accepted| Letter::InvitationAnswered { about: about(), by: LEO.into(), is_hand_over, is_accepted };
        let on = |days| crate::calendar::day(self.now + Duration::days(days));
        vec![
            one(Letter::IdleDraft { about: about(), changed_on: on(-91), goes_on: on(14), gone_on: on(44) }),
            variant("à remplir la demande", invitation(false)),
            variant("à reprendre la demande", invitation(true)),
            variant("remplir, acceptée", answered(false, true)),
            variant("remplir, refusée", answered(false, false)),
            variant("reprendre, acceptée", answered(true, true)),
            variant("reprendre, refusée", answered(true, false)),
            variant("acceptée", Letter::DemandeHandedOver { about: about(), from: CAMILLE.into(), because: None }),
            variant(
                "confiée par l’équipe",
                Letter::DemandeHandedOver { about: about(), from: CAMILLE.into(), because: Some("Camille a quitté la mairie".into()) },
            ),
            one(TeamLetter::DemandePrepared {
                organisation: ORGANISATION.into(),
                kind: "Administration".into(),
                prepared_by: self.author().name,
                message: "Suite à notre échange, voici votre demande commencée.".into(),
                prepared: Uuid::nil(),
                expires_at: self.now + Duration::days(30),
            }
            .into()),
            one(Letter::FillingEnded { about: about(), ended_by: CAMILLE.into() }),
            one(Letter::DemandeTakenOver { about: about(), by: LEO.into(), because: "Camille a quitté la mairie".into() }),
        ]
    }

    fn received(&self) -> Vec<Sample> {
        let received = |silence, arrival_rank| Letter::ApplicationReceived {
            about: about(),
            received_at: self.now,
            acknowledgement: Acknowledgement {
                received_at: self.now,
                silence,
                decided_by_silence_on: silence.map(|_| calendar::months_after(calendar::paris_date(self.now), SILENCE_MONTHS)),
                arrival_rank,
                desk: self.desk,
            }
            .passages(),
        };
        vec![
            variant("administration", received(None, None)),
            variant("organisme privé, le silence vaut acceptation", received(Some(SilenceEffect::Acceptance), None)),
            variant("organisme privé, le silence vaut rejet", received(Some(SilenceEffect::Rejection), None)),
            variant("candidature", received(Some(SilenceEffect::Rejection), Some(12))),
        ]
    }

    fn of_files(&self) -> Vec<Sample> {
        let found = |place, is_for_team| Letter::VirusFound { about: about(), file: "maquette.pdf".into(), place, is_for_team };
        let authorization = AuthorizationId(73);
        let of_report =
            |is_corrected| InfectedFile::OfReport { authorization, month: "de mai\u{a0}2027".into(), slug: "2027-05".into(), is_corrected };
        let of_certificate = |is_corrected| InfectedFile::OfCertificate { authorization, is_corrected };
        let written = |from: &str, is_for_team| Letter::MessageReceived { about: about(), from: from.into(), is_for_team };
        vec![
            variant("dans une demande à compléter", found(InfectedFile::ToReplace, false)),
            variant("dans une demande en cours d’instruction", found(InfectedFile::UnderReview, false)),
            variant("dans une demande terminée", found(InfectedFile::Decided, false)),
            variant("dans une version remplacée", found(InfectedFile::Replaced, false)),
            variant("dans un message envoyé", found(InfectedFile::Sent, false)),
            variant("dans un message reçu", found(InfectedFile::Received, false)),
            variant("avec une demande de mise en production", found(InfectedFile::OfGoLive, false)),
            variant("avec un rapport mensuel", found(of_report(false), false)),
            variant("avec un rapport mensuel, corrigé depuis", found(of_report(true), false)),
            variant("avec l’attestation de fin", found(of_certificate(false), false)),
            variant("avec l’attestation de fin, corrigée depuis", found(of_certificate(true), false)),
            variant("dans un message de l’équipe", found(InfectedFile::Sent, true)),
            variant("au demandeur", written(&format!("{}, équipe FranceConnect,", self.author().name), false)),
            variant("à l’équipe", written(CAMILLE, true)),
        ]
    }

    fn of_clients() -> Vec<Sample> {
        let (name, role) = ("Jeanne Moreau".to_owned(), "responsable de traitement".to_owned());
        let message = "Notre contrat avec cet éditeur a pris fin.".to_owned();
        let objected =
            |to_team| Letter::ClientObjected { about: about(), name: name.clone(), role: role.clone(), message: message.clone(), to_team };
        vec![
            one(Letter::FiledForYou {
                about: about(),
                vendor: "Éditeur Exemple".into(),
                filed_by: "Karim Benali".into(),
                role: role.clone(),
                link: Uuid::nil(),
            }),
            variant("à l’éditeur", objected(false)),
            variant("à l’équipe", objected(true)),
            one(Letter::ContactProposed { about: about(), name, role }),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::VariantNames;
    use time::macros::datetime;

    use super::*;
    use crate::notifications::{ClockNews, DecisionLetter, ParticipationNews, RightNews};

    /// The kinds that stand for themselves, and those of the letters that hold several.
    fn every_kind() -> BTreeSet<&'static str> {
        let alone = Letter::VARIANTS.iter().filter(|kind| !["about_right", "of_decision", "of_participation", "of_team"].contains(kind));
        let within = [RightNews::VARIANTS, DecisionLetter::VARIANTS, ParticipationNews::VARIANTS, TeamLetter::VARIANTS];
        alone.chain(within.into_iter().flatten()).copied().collect()
    }

    /// What each sample is an example of, by the name of its variant.
    fn kind_of(letter: &Letter) -> &'static str {
        match letter {
            Letter::AboutRight { news, .. } => news.into(),
            Letter::OfParticipation { news, .. } => news.into(),
            Letter::OfDecision(letter) => letter.into(),
            Letter::OfTeam(letter) => letter.into(),
            letter => letter.into(),
        }
    }

    #[test]
    fn no_letter_is_missing_and_none_stands_twice() {
        let all = samples(&crate::config::Config::defaults().desk, datetime!(2026-12-03 09:00 UTC));
        let shown: BTreeSet<&str> = all.iter().map(|sample| kind_of(&sample.letter)).collect();
        assert_eq!(shown, every_kind());
        let slugs: BTreeSet<String> = all.iter().map(|sample| sample.slug(&all)).collect();
        assert_eq!(slugs.len(), all.len(), "each has an address of its own");
    }

    #[test]
    fn each_news_of_the_clock_is_shown() {
        let all = samples(&crate::config::Config::defaults().desk, datetime!(2026-12-03 09:00 UTC));
        let news = |sample: &Sample| if let Letter::ClockNews { news, .. } = &sample.letter { Some(news.into()) } else { None };
        let shown: BTreeSet<&str> = all.iter().filter_map(news).collect();
        assert_eq!(shown, ClockNews::VARIANTS.iter().copied().collect());
    }
}
