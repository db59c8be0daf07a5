//! The desk, tested from outside: acts against a real PostgreSQL, pages through the router with a cookie jar.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop where it stands")]

mod access;
mod accounts;
mod admin;
mod applications;
mod assessment;
mod attachments;
mod authorizations;
mod criteria;
mod documents;
mod eligibility;
mod env_example;
mod experimentation;
mod experimentation_changes;
mod house;
mod messages;
mod notifications;
mod organisations;
mod participation;
mod review;
mod support;
mod together;
mod web;
mod welcome;
