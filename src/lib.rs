//! The desk where organisations ask for the right to use the FranceConnect button, and where DINUM decides.
//!
//! Each module names a part of that work and is a *slice*: it holds its own rules, its own SQL and its own pages. In every slice the
//! files mean the same: `<noun>.rs` are pure types and rules, `<verb>.rs` are acts (one transaction each, opened and committed by the
//! page that calls them), `store.rs` is all the SQL, `pages` is what people see.
//!
//! A slice uses only those that stand before it, which `tests/architecture.rs` checks:
//!
//! 1. what everything leans on: [`ids`], [`clock`], [`calendar`], [`chart`], [`text`], [`fields`], [`secret`], [`problem`], [`config`],
//!    [`database`], [`web`], [`documents`], [`spreadsheet`];
//! 2. [`journal`] and [`notifications`], the audit log and the letters, written in the transaction of every act;
//! 3. [`accounts`], then [`organisations`], [`criteria`], the published rules, [`attachments`], the files that come with a demande, and
//!    [`messages`], what is written about one;
//! 4. [`applications`], [`experimentation`], [`authorizations`], [`participation`], [`review`]: the demande, what the experiment allows on a
//!    day, the right a demande leads to, the year of a participant in the experiment, and those who decide; [`assessment`], what the
//!    experiment showed;
//! 5. [`admin`], who is of the team; [`eligibility`]: may I ask? Then [`welcome`] and [`demo`]: what visitors read, and what a demonstration shows;
//! 6. [`site`], which puts the pages together, [`worker`], which sends what waits, [`serve`], [`invariants`] and [`command`], the
//!    program itself.

pub mod calendar;
pub mod chart;
pub mod clock;
pub mod config;
pub mod database;
pub mod documents;
pub mod fields;
pub mod ids;
pub mod personal_traces;
pub mod problem;
pub mod secret;
pub mod spreadsheet;
pub mod text;
pub mod web;

pub mod journal;
pub mod notifications;

pub mod accounts;
pub mod organisations;

pub mod criteria;

pub mod attachments;
pub mod messages;

pub mod applications;

pub mod experimentation;

pub mod authorizations;
pub mod participation;
pub mod review;

pub mod assessment;

pub mod admin;
pub mod eligibility;

pub mod demo;
pub mod welcome;

pub mod command;
pub mod invariants;
pub mod serve;
pub mod site;
pub mod worker;

pub use site::{AppState, router};
