//! A list of clients as its preview shows it, and what becomes of each line.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    applications::Preset,
    ids::{AccountId, ApplicationId, OrganisationId},
    organisations::Siret,
};

/// What the drafts of a list start as.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// Their kind, and what their steps show first.
    pub preset: &'static Preset,
    /// The demande whose content they start with.
    pub copied_from: Option<ApplicationId>,
}

/// A list that was read.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its number.
    pub id: Uuid,
    /// Who read it.
    pub account: AccountId,
    /// For which vendor.
    pub vendor: OrganisationId,
    /// What the drafts start as.
    pub model: Model,
    /// When every draft was created.
    pub confirmed_at: Option<OffsetDateTime>,
    /// Its lines, in order.
    pub lines: Vec<ImportLine>,
}

/// A line of it.
#[derive(Clone, Debug)]
pub struct ImportLine {
    /// As a spreadsheet counts it.
    pub number: i32,
    /// As typed when it is wrong, fourteen digits otherwise.
    pub siret: String,
    /// The other cells, by the name of the field they fill.
    pub cells: BTreeMap<String, String>,
    /// What the register told.
    pub name: Option<String>,
    /// Why nothing comes of it.
    pub fault: Option<String>,
    /// What the register says otherwise than the list; the draft is created all the same.
    pub note: Option<String>,
    /// A draft is started once for it.
    pub start_key: Uuid,
    /// The draft it became.
    pub application: Option<ApplicationId>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// Its draft exists.
    Created(ApplicationId),
    /// A draft will be created for the organisation of that name.
    Ready(&'a str),
    /// A draft will be created; the register will be asked for the name.
    ToConfirm,
    /// Nothing, for that reason.
    Refused(&'a str),
}

impl ImportLine {
    /// Its number as people read it: « 219 200 235 00014 », or what was typed when it is none.
    pub fn shown_siret(&self) -> String {
        Siret::parse(&self.siret).map_or_else(|_| self.siret.clone(), |(siret, _)| siret.to_string())
    }

    /// What becomes of it.
    pub fn outcome(&self) -> Outcome<'_> {
        match (self.application, &self.fault, &self.name) {
            (Some(id), _, _) => Outcome::Created(id),
            (None, Some(fault), _) => Outcome::Refused(fault),
            (None, None, Some(name)) => Outcome::Ready(name),
            (None, None, None) => Outcome::ToConfirm,
        }
    }
}

impl Import {
    /// Lines that create, or created, a draft.
    pub fn drafts(&self) -> usize {
        self.lines.iter().filter(|line| line.fault.is_none()).count()
    }

    /// Lines nothing comes of.
    pub fn faults(&self) -> usize {
        self.lines.len() - self.drafts()
    }

    /// Whether drafts remain to be created.
    pub fn is_open(&self) -> bool {
        self.confirmed_at.is_none() && self.drafts() > 0
    }
}
