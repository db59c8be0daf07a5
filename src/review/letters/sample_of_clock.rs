//! Examples of what time brings: the legal clock, the reasons of a silence, the closing of what nobody answers for.

use jiff::civil::Date;

use super::sample::{Facts, Sample, about, one, variant};
use crate::{
    calendar::{self, date_in_full as full},
    config::SilenceEffect,
    notifications::{ClockNews, Letter, Passage},
    review::{
        clock::{SilenceDecision, news},
        closing::{self, Unanswered, Warning},
        silence,
    },
};

fn to_applicant(news: ClockNews, says: Passage) -> Letter {
    Letter::ClockNews { about: about(), news, says: vec![says], is_for_team: false }
}

fn to_team(news: ClockNews, says: Passage) -> Letter {
    Letter::ClockNews { about: about(), news, says: vec![says], is_for_team: true }
}

/// What silence decided that day.
fn decided(effect: SilenceEffect, is_change: bool, on: Date) -> (ClockNews, SilenceDecision) {
    let news = match effect {
        SilenceEffect::Acceptance => ClockNews::AcceptedBySilence,
        SilenceEffect::Rejection => ClockNews::RejectedBySilence,
    };
    (news, SilenceDecision { version: 1, is_change, effect, on })
}

impl Facts<'_> {
    fn today(&self) -> Date {
        calendar::paris_date(self.now)
    }

    pub(super) fn of_clocks(&self) -> Vec<Sample> {
        use SilenceEffect::{Acceptance, Rejection};
        let today = self.today();
        let soon = calendar::days_after(today, 7);
        let alarm = |effect| to_team(ClockNews::Alarm { decides_on: full(soon) }, news::of_alarm(effect, soon, today));
        let passed = |is_for_team| news::of_limit_passed(today, Some(Rejection), Some(soon), is_for_team);
        let told = |effect, is_change| {
            let (news, decision) = decided(effect, is_change, today);
            to_applicant(news, news::of_silence(decision, false))
        };
        let told_to_team = |effect| {
            let (news, decision) = decided(effect, false, today);
            to_team(news, news::of_silence(decision, true))
        };
        vec![
            variant("le silence vaudrait acceptation", alarm(Acceptance)),
            variant("le silence vaudrait rejet", alarm(Rejection)),
            variant("pièces manquantes", to_applicant(ClockNews::Reminder, news::of_reminder(Some(soon), true))),
            variant("modifications demandées", to_applicant(ClockNews::Reminder, news::of_reminder(None, false))),
            variant("au demandeur", to_applicant(ClockNews::LimitPassed, passed(false))),
            variant("à l’équipe", to_team(ClockNews::LimitPassed, passed(true))),
            variant("au demandeur", told(Acceptance, false)),
            variant("à l’équipe", told_to_team(Acceptance)),
            variant("au demandeur", told(Rejection, false)),
            variant("d’une modification", told(Acceptance, true)),
            variant("d’une modification", told(Rejection, true)),
            variant("à l’équipe", told_to_team(Rejection)),
        ]
    }

    pub(super) fn of_reasons(&self) -> Vec<Sample> {
        let (in_law, in_fact) = ("l’arrêté du 8 novembre 2018, article 4.", "aucun texte n’impose de vérifier l’identité des usagers.");
        let due_on = calendar::months_after(self.today(), 1);
        vec![
            one(to_team(ClockNews::ReasonsAsked { due_on: full(due_on) }, silence::of_request(due_on))),
            one(to_applicant(ClockNews::ReasonsGiven, silence::of_answer(in_law, in_fact, &self.author()))),
        ]
    }

    pub(super) fn of_closings(&self) -> Vec<Sample> {
        let (today, author) = (self.today(), self.author());
        let soon = calendar::days_after(today, 15);
        let of_administration = Unanswered {
            asked_on: calendar::days_after(today, -45),
            items_until: None,
            is_private: false,
            is_change: false,
            warning: None,
        };
        let of_private = Unanswered { items_until: Some(calendar::days_after(today, -17)), is_private: true, ..of_administration };
        let of_change = Unanswered { is_change: true, ..of_administration };
        let warning = Warning { on: calendar::days_after(today, -16), limit_on: calendar::days_after(today, -1) };
        let warned = |unanswered: &Unanswered| {
            let news = ClockNews::ClosingAnnounced { limit_on: full(soon), is_change: unanswered.is_change };
            to_applicant(news, closing::of_warning(unanswered, soon, &author))
        };
        let closed = |unanswered: &Unanswered| {
            let news = ClockNews::Closed { is_change: unanswered.is_change };
            to_applicant(news, closing::of_closing(unanswered, warning, &author))
        };
        let reminder = closing::of_reminder(&of_administration, &author);
        vec![
            variant("par l’équipe", to_applicant(ClockNews::Reminder, reminder)),
            variant("pièces manquantes", warned(&of_private)),
            variant("administration", warned(&of_administration)),
            variant("modification d’une habilitation", warned(&of_change)),
            variant("pièces manquantes", closed(&of_private)),
            variant("administration", closed(&of_administration)),
            variant("modification d’une habilitation", closed(&of_change)),
        ]
    }
}
