//! What of a campaign may be changed, and until when. What happened is not rewritten: a day that came, an effect candidates were told, a
//! place somebody holds.

use time::Date;

use super::{
    Campaign, Held, ParticipationEnd,
    change_difference::lower_first,
    change_part::{ChangeFault, Part},
};
use crate::{calendar, criteria::Sector};

/// What is known when a change is proposed, and again when it is agreed.
#[derive(Clone, Debug)]
pub struct Known {
    /// The Paris date.
    pub day: Date,
    /// Who holds the places.
    pub held: Held,
    /// Complete candidatures that ever arrived.
    pub arrivals: u32,
}

/// Everything that forbids a change, or a new campaign when there is none before; nothing when it may be.
pub fn change_faults(before: Option<&Campaign>, after: &Campaign, known: &Known) -> Vec<ChangeFault> {
    if let Some(before) = before.filter(|before| known.day > before.ends_on) {
        let ended = calendar::written(before.ends_on);
        return vec![
            Part::End.fault(format!("La campagne a pris fin le {ended}\u{a0}: rien n’en change plus. Proposez une nouvelle campagne.")),
        ];
    }
    let mut faults = shape(after);
    match before {
        None => faults.extend((after.opens_on < known.day).then(|| {
            Part::Opening.fault("Ce jour est passé\u{a0}: les règles d’une campagne sont publiées avant son ouverture.".to_owned())
        })),
        Some(before) => {
            if before == after {
                faults.push(Part::Title.fault("Rien ne change\u{a0}: modifiez au moins un point.".to_owned()));
            }
            faults.extend(days(before, after, known));
            faults.extend(places(after, known));
            faults.extend(told_already(before, after, known));
        }
    }
    faults
}

/// What must hold of any campaign.
fn shape(after: &Campaign) -> Vec<ChangeFault> {
    let mut faults = Vec::new();
    let mut refuse = |is_wrong: bool, part: Part, sentence: &str| faults.extend(is_wrong.then(|| part.fault(sentence.to_owned())));
    refuse(after.closes_on < after.opens_on, Part::Closing, "Ce jour vient avant l’ouverture\u{a0}: choisissez-en un plus tardif.");
    refuse(after.ends_on < after.closes_on, Part::End, "Ce jour vient avant la fin des candidatures\u{a0}: choisissez-en un plus tardif.");
    let panel = &after.panel;
    let reserve = after.opens_on..=after.ends_on;
    refuse(
        after.opens_on <= after.ends_on && !reserve.contains(&panel.reserved_until),
        Part::Reserve,
        "Choisissez un jour entre l’ouverture et la fin de l’expérimentation.",
    );
    refuse(!(1..=10_000).contains(&after.capacity), Part::Capacity, "Indiquez un nombre de places entre 1 et 10 000.");
    refuse(!(1..=90).contains(&panel.answer_within_days), Part::AnswerWithin, "Indiquez un nombre de jours entre 1 et 90.");
    refuse(after.silence_effect.is_none(), Part::Silence, "Dites ce que vaut le silence.");
    for sector in Sector::ALL {
        let share = after.share(*sector);
        refuse(!(1..=10_000).contains(&share.ceiling), Part::Ceiling(*sector), "Indiquez un plafond entre 1 et 10 000.");
        refuse(
            share.floor > share.ceiling,
            Part::Floor(*sector),
            "Le plancher dépasse le plafond du secteur\u{a0}: baissez-le, ou relevez le plafond.",
        );
    }
    if panel.kept() > after.capacity {
        let sentence =
            format!("Les six planchers gardent {} places, la campagne n’en compte que {}. Baissez-en.", panel.kept(), after.capacity);
        faults.push(Part::Floor(Sector::ALL[0]).fault(sentence));
    }
    faults
}

/// Days that came stay, and none is set in the past.
fn days(before: &Campaign, after: &Campaign, known: &Known) -> Vec<ChangeFault> {
    let moved = |part: Part, was: Date, is: Date, came: bool, what: &str| {
        if was == is {
            return None;
        }
        let was = calendar::written(was);
        if came {
            return Some(part.fault(format!("{what} le {was}\u{a0}: ce jour est passé, il ne change plus.")));
        }
        (is < known.day)
            .then(|| part.fault(format!("Ce jour est passé. Aujourd’hui prévu le {was}, il peut aller d’aujourd’hui à plus tard.")))
    };
    let mut faults: Vec<ChangeFault> = [
        moved(Part::Opening, before.opens_on, after.opens_on, before.opens_on <= known.day, "Les candidatures ont ouvert"),
        moved(Part::Closing, before.closes_on, after.closes_on, before.closes_on < known.day, "Les candidatures ont pris fin"),
        moved(Part::End, before.ends_on, after.ends_on, false, ""),
        moved(
            Part::Reserve,
            before.panel.reserved_until,
            after.panel.reserved_until,
            before.panel.reserved_until <= known.day,
            "La réserve a été rendue à tous",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let granted = known.held.whole().granted;
    if after.ends_on < before.ends_on && granted > 0 {
        let ends_on = calendar::written(before.ends_on);
        let sentence = match granted {
            1 => format!("Un participant a reçu une place jusqu’au {ends_on}\u{a0}: la fin peut être reculée pour tous, pas avancée."),
            count => {
                format!(
                    "{count} participants ont reçu une place jusqu’au {ends_on}\u{a0}: la fin peut être reculée pour tous, pas avancée."
                )
            }
        };
        faults.push(Part::End.fault(sentence));
    }
    faults
}

/// No place somebody holds is taken from under them, none is kept twice.
fn places(after: &Campaign, known: &Known) -> Vec<ChangeFault> {
    let mut faults = Vec::new();
    let taken = known.held.taken();
    if after.capacity < taken {
        faults.push(Part::Capacity.fault(format!(
            "{}\u{a0}: le nombre de places ne peut pas descendre au-dessous. Une place ne se retire que par une décision sur sa demande.",
            places_held(taken)
        )));
    }
    for sector in Sector::ALL {
        let (held, ceiling) = (known.held.of(*sector).taken(), after.share(*sector).ceiling);
        if held > ceiling {
            faults.push(
                Part::Ceiling(*sector)
                    .fault(format!("{} dans ce secteur\u{a0}: le plafond ne peut pas descendre au-dessous.", places_held(held))),
            );
        }
    }
    let needed = taken + known.held.kept_in_all(after);
    if known.day < after.panel.reserved_until && needed > after.capacity && faults.is_empty() {
        faults.push(Part::Floor(Sector::ALL[0]).fault(format!(
            "Avec les places déjà tenues, ces planchers demandent {needed} places, la campagne n’en compte que {}. Baissez-en, ou augmentez le nombre de places.",
            after.capacity
        )));
    }
    faults
}

fn places_held(count: u32) -> String {
    if count == 1 { "Une place est tenue".into() } else { format!("{count} places sont tenues") }
}

/// What candidates and participants were told stays true for them.
fn told_already(before: &Campaign, after: &Campaign, known: &Known) -> Vec<ChangeFault> {
    let mut faults = Vec::new();
    if after.silence_effect != before.silence_effect && known.arrivals > 0 {
        let told = if known.arrivals == 1 { "une candidature reçue".into() } else { format!("{} candidatures reçues", known.arrivals) };
        faults.push(Part::Silence.fault(format!(
            "L’accusé de réception a annoncé l’effet du silence ({told})\u{a0}: il ne change plus dans cette campagne (CRPA, article R. 112-5)."
        )));
    }
    let shortens =
        (before.panel.participation_ends, after.panel.participation_ends) == (ParticipationEnd::Campaign, ParticipationEnd::Anniversary);
    if shortens && known.held.whole().granted > 0 {
        faults.push(
            Part::ParticipationEnd.fault(
                "Des participants ont reçu une place jusqu’à la fin de l’expérimentation\u{a0}: leur année ne peut pas être raccourcie."
                    .to_owned(),
            ),
        );
    }
    if before.panel.reserved_until <= known.day {
        for sector in Sector::ALL.iter().filter(|sector| before.share(**sector).floor != after.share(**sector).floor) {
            let since = calendar::written(before.panel.reserved_until);
            faults.push(
                Part::Floor(*sector)
                    .fault(format!("Depuis le {since}, aucune place n’est gardée\u{a0}: un plancher n’aurait plus d’effet.")),
            );
        }
    }
    faults
}

/// What an agreed change does, said to whoever agrees and published: nobody finds out afterwards.
pub fn effects(before: Option<&Campaign>, after: &Campaign, held: &Held) -> Vec<String> {
    let Some(before) = before else {
        return vec![
            "La page publique annonce la campagne aussitôt\u{a0}; les candidatures sont reçues à partir du jour d’ouverture.".into(),
        ];
    };
    let mut effects = Vec::new();
    let waiting = held.whole().waiting;
    if after.capacity > before.capacity {
        let more = after.capacity - before.capacity;
        effects.push(format!(
            "{more} places de plus\u{a0}: elles vont aussitôt à celles et ceux qui attendent ({waiting} aujourd’hui), dans l’ordre d’arrivée."
        ));
    }
    if after.capacity < before.capacity {
        effects.push(format!("{} places de moins, parmi celles que personne ne tient.", before.capacity - after.capacity));
    }
    if after.ends_on > before.ends_on {
        effects.push(format!("L’expérimentation est prolongée pour tout le monde jusqu’au {}.", calendar::written(after.ends_on)));
    }
    if after.ends_on < before.ends_on {
        effects.push(format!("L’expérimentation finit plus tôt pour tout le monde, le {}.", calendar::written(after.ends_on)));
    }
    if after.closes_on < before.closes_on {
        effects.push(format!(
            "Un brouillon qui n’est pas déposé le {} au plus tard ne pourra plus l’être.",
            calendar::written(after.closes_on)
        ));
    }
    if after.panel.reserved_until != before.panel.reserved_until {
        effects.push(format!("Les places gardées et non prises s’ouvrent à tous le {}.", calendar::written(after.panel.reserved_until)));
    }
    for sector in Sector::ALL.iter().filter(|sector| before.share(**sector) != after.share(**sector)) {
        effects.push(format!("Les places en {} sont comptées autrement\u{a0}; personne ne perd la sienne.", lower_first(sector.label())));
    }
    if after.specification.version != before.specification.version || after.terms.version != before.terms.version {
        effects.push("Qui s’était engagé sur l’ancienne version d’un document, sans avoir déposé, le relit et s’engage de nouveau.".into());
    }
    if after.panel.answer_within_days != before.panel.answer_within_days {
        effects.push("Le nouveau délai pour confirmer vaut pour les places accordées ensuite.".into());
    }
    effects
}

#[cfg(test)]
mod tests;
