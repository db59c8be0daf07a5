//! The form of a whole campaign.

use time::Date;

use crate::{
    calendar,
    criteria::Sector,
    experimentation::{Campaign, ChangeFault, Document, Held, Panel, Part, ParticipationEnd, Share, held::places_taken},
    fields::{Field, Fields},
    text::{self, TextFault},
};

pub(super) const TITLE: Field = Field { name: "title", label: "Nom de la campagne" };
pub(super) const LEGAL_BASIS: Field = Field { name: "legal_basis", label: "Base légale" };
pub(super) const LEGAL_BASIS_URL: Field = Field { name: "legal_basis_url", label: "Adresse de la base légale" };
pub(super) const OPENS_ON: Field = Field { name: "opens_on", label: "Premier jour des candidatures" };
pub(super) const CLOSES_ON: Field = Field { name: "closes_on", label: "Dernier jour des candidatures" };
pub(super) const ENDS_ON: Field = Field { name: "ends_on", label: "Dernier jour de l’expérimentation" };
pub(super) const CAPACITY: Field = Field { name: "capacity", label: "Nombre de places" };
pub(super) const RESERVED_UNTIL: Field = Field { name: "reserved_until", label: "Fin de la réserve des secteurs" };
pub(super) const SILENCE: Field = Field { name: "silence_effect", label: "Effet du silence après deux mois" };
pub(super) const ANSWER_WITHIN: Field = Field { name: "answer_within_days", label: "Délai pour confirmer une place" };
pub(super) const PARTICIPATION: Field = Field { name: "participation_ends", label: "Fin d’une participation" };
pub(super) const SPECIFICATION: Field = Field { name: "specification_version", label: "Version du cahier des charges" };
pub(super) const SPECIFICATION_URL: Field = Field { name: "specification_url", label: "Adresse du cahier des charges" };
pub(super) const TERMS: Field = Field { name: "terms_version", label: "Version des CGU des fournisseurs de service" };
pub(super) const TERMS_URL: Field = Field { name: "terms_url", label: "Adresse des CGU" };
pub(super) const REASON: Field = Field { name: "reason", label: "Raison de cette proposition" };

/// The two fields of a sector.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShareFields {
    pub sector: Sector,
    pub floor: Field,
    pub ceiling: Field,
}

impl ShareFields {
    /// « 12 places prises », in the sector.
    pub fn taken(&self, held: &Held) -> String {
        places_taken(held.of(self.sector).taken())
    }
}

const fn share(sector: Sector, names: [&'static str; 2], labels: [&'static str; 2]) -> ShareFields {
    ShareFields { sector, floor: Field { name: names[0], label: labels[0] }, ceiling: Field { name: names[1], label: labels[1] } }
}

/// The fields of the six sectors, in the order of the text.
pub(super) const SHARES: [ShareFields; 6] = [
    share(Sector::Health, ["floor_sante", "ceiling_sante"], ["Places gardées en santé", "Places au plus en santé"]),
    share(Sector::Education, ["floor_education", "ceiling_education"], ["Places gardées en éducation", "Places au plus en éducation"]),
    share(
        Sector::Leisure,
        ["floor_loisirs", "ceiling_loisirs"],
        ["Places gardées en sport et loisirs", "Places au plus en sport et loisirs"],
    ),
    share(Sector::Transport, ["floor_transport", "ceiling_transport"], ["Places gardées en transport", "Places au plus en transport"]),
    share(
        Sector::Certification,
        ["floor_certification", "ceiling_certification"],
        ["Places gardées en certification", "Places au plus en certification"],
    ),
    share(Sector::Rental, ["floor_location", "ceiling_location"], ["Places gardées en location", "Places au plus en location"]),
];

/// Fields whose value comes from the campaign.
const OF_CAMPAIGN: [Field; 15] = [
    TITLE,
    LEGAL_BASIS,
    LEGAL_BASIS_URL,
    OPENS_ON,
    CLOSES_ON,
    ENDS_ON,
    CAPACITY,
    RESERVED_UNTIL,
    SILENCE,
    ANSWER_WITHIN,
    PARTICIPATION,
    SPECIFICATION,
    SPECIFICATION_URL,
    TERMS,
    TERMS_URL,
];

/// The form filled with a campaign.
pub(super) fn filled(campaign: &Campaign) -> Fields {
    let mut form = Fields::default();
    let Campaign { title, legal_basis, legal_basis_url, capacity, panel, specification, terms, .. } = campaign;
    for (field, value) in [
        (TITLE, title.clone()),
        (LEGAL_BASIS, legal_basis.clone()),
        (LEGAL_BASIS_URL, legal_basis_url.clone()),
        (OPENS_ON, campaign.opens_on.to_string()),
        (CLOSES_ON, campaign.closes_on.to_string()),
        (ENDS_ON, campaign.ends_on.to_string()),
        (CAPACITY, capacity.to_string()),
        (RESERVED_UNTIL, panel.reserved_until.to_string()),
        (SILENCE, campaign.silence_effect.map(|effect| effect.to_string()).unwrap_or_default()),
        (ANSWER_WITHIN, panel.answer_within_days.to_string()),
        (PARTICIPATION, panel.participation_ends.to_string()),
        (SPECIFICATION, specification.version.clone()),
        (SPECIFICATION_URL, specification.url.clone()),
        (TERMS, terms.version.clone()),
        (TERMS_URL, terms.url.clone()),
    ] {
        form.set(field.name, value);
    }
    for fields in SHARES {
        let Share { floor, ceiling } = campaign.share(fields.sector);
        form.set(fields.floor.name, floor.to_string());
        form.set(fields.ceiling.name, ceiling.to_string());
    }
    form
}

/// What a new campaign starts with: the documents of today, a usual panel, nothing invented about its order.
pub(super) fn blank() -> Fields {
    let (specification, terms) = (Document::published_specification(), Document::published_terms());
    let mut form = Fields::default();
    for (field, value) in [
        (CAPACITY, "100".to_owned()),
        (ANSWER_WITHIN, "15".into()),
        (PARTICIPATION, ParticipationEnd::Anniversary.to_string()),
        (SPECIFICATION, specification.version),
        (SPECIFICATION_URL, specification.url),
        (TERMS, terms.version),
        (TERMS_URL, terms.url),
    ] {
        form.set(field.name, value);
    }
    for fields in SHARES {
        form.set(fields.floor.name, "8");
        form.set(fields.ceiling.name, "30");
    }
    form
}

/// The campaign that was typed, or everything that is wrong; its reason, the last of the page, is read after.
pub(super) fn read(form: &mut Fields) -> Option<Campaign> {
    let title = form.line(TITLE, 200);
    let legal_basis = form.line(LEGAL_BASIS, 300);
    let legal_basis_url = form.parse(LEGAL_BASIS_URL, address);
    let (opens_on, closes_on, ends_on) = (form.parse(OPENS_ON, day), form.parse(CLOSES_ON, day), form.parse(ENDS_ON, day));
    let capacity = form.parse(CAPACITY, number);
    let reserved_until = form.parse(RESERVED_UNTIL, day);
    let mut shares = std::collections::BTreeMap::new();
    for fields in SHARES {
        let (floor, ceiling) = (form.parse(fields.floor, number), form.parse(fields.ceiling, number));
        shares.extend(floor.zip(ceiling).map(|(floor, ceiling)| (fields.sector, Share { floor, ceiling })));
    }
    let silence_effect = form.parse(SILENCE, |typed| typed.parse().map_err(|_| "Choisissez ce que vaut le silence."));
    let answer_within_days =
        form.parse(ANSWER_WITHIN, |typed| number(typed).and_then(|days| u16::try_from(days).map_err(|_| "Indiquez 90 jours au plus.")));
    let participation_ends = form.parse(PARTICIPATION, |typed| typed.parse().map_err(|_| "Choisissez quand une participation finit."));
    let specification = (form.line(SPECIFICATION, 100), form.parse(SPECIFICATION_URL, address));
    let terms = (form.line(TERMS, 100), form.parse(TERMS_URL, address));
    if !form.is_valid() {
        return None;
    }
    Some(Campaign {
        title: title?,
        legal_basis: legal_basis?,
        legal_basis_url: legal_basis_url?,
        opens_on: opens_on?,
        closes_on: closes_on?,
        ends_on: ends_on?,
        capacity: capacity?,
        silence_effect: Some(silence_effect?),
        panel: Panel {
            reserved_until: reserved_until?,
            shares,
            answer_within_days: answer_within_days?,
            participation_ends: participation_ends?,
        },
        specification: Document { version: specification.0?, url: specification.1? },
        terms: Document { version: terms.0?, url: terms.1? },
    })
}

/// The reason of a proposal.
pub(super) fn reason(typed: &str) -> Result<String, TextFault> {
    text::paragraph(typed, 2000)
}

/// Where a fault is shown; they are told in the order of the page.
pub(super) fn refuse(form: &mut Fields, faults: &[ChangeFault]) {
    let of_sector = |sector: Sector| SHARES.iter().find(|fields| fields.sector == sector).unwrap_or(&SHARES[0]);
    let mut in_order: Vec<&ChangeFault> = faults.iter().collect();
    in_order.sort_by_key(|fault| fault.part);
    for fault in in_order {
        let field = match fault.part {
            Part::Title => TITLE,
            Part::Opening => OPENS_ON,
            Part::Closing => CLOSES_ON,
            Part::End => ENDS_ON,
            Part::Capacity => CAPACITY,
            Part::Reserve => RESERVED_UNTIL,
            Part::Floor(sector) => of_sector(sector).floor,
            Part::Ceiling(sector) => of_sector(sector).ceiling,
            Part::Silence => SILENCE,
            Part::AnswerWithin => ANSWER_WITHIN,
            Part::ParticipationEnd => PARTICIPATION,
        };
        form.refuse(field, fault.sentence.clone());
    }
}

/// Takes over what became of a campaign in the fields nobody touched; what was typed stays.
pub(super) fn bring_up_to_date(form: &mut Fields, then: &Campaign, today: &Campaign) {
    let (then, today) = (filled(then), filled(today));
    let shares = SHARES.iter().flat_map(|fields| [fields.floor, fields.ceiling]);
    for field in OF_CAMPAIGN.into_iter().chain(shares) {
        if form.value(field.name) == then.value(field.name) {
            form.set(field.name, today.value(field.name));
        }
    }
}

fn day(typed: &str) -> Result<Date, String> {
    let date = calendar::parse_date_since(typed, 2018)?.ok_or("Indiquez un jour. Exemple\u{a0}: 15/03/2027")?;
    Ok(calendar::kept(date))
}

fn number(typed: &str) -> Result<u32, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().map_err(|_| "Indiquez un nombre entier, en chiffres.")
}

fn address(typed: &str) -> Result<String, String> {
    let address = text::line(typed, 500).map_err(|fault| fault.to_string())?;
    if address.starts_with("https://") { Ok(address) } else { Err("Indiquez une adresse publique, qui commence par https://".into()) }
}
