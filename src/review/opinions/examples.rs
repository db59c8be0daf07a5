//! Opinions of tests.

use time::macros::datetime;

use super::{Asked, Opinion, Service, View};
use crate::{
    accounts::{EmailAddress, Person, Role},
    ids::AccountId,
};

pub fn asked(version: i32, service: Service) -> Asked {
    let (by_name, at) = ("Nadia Ferrand".into(), datetime!(2026-12-01 9:00 UTC));
    Asked { version, service, question: String::new(), by: AccountId(9), by_name, at }
}

pub fn opinion(version: i32, service: Service, by: i64) -> Opinion {
    Opinion {
        version,
        service,
        view: View::Favourable,
        reasons: "Rien à redire.".into(),
        by: AccountId(by),
        author_name: "Hugo Lemaire".into(),
        author_quality: "Juriste".into(),
        at: datetime!(2026-12-02 9:00 UTC),
    }
}

pub fn person(account: i64, roles: &[Role]) -> Person {
    Person {
        account: AccountId(account),
        email: EmailAddress::parse("hugo@dinum.test").expect("an address"),
        given_name: "Hugo".into(),
        family_name: "Lemaire".into(),
        job_title: String::new(),
        phone: String::new(),
        roles: roles.to_vec(),
    }
}
