//! The register asked over the network: what it answers, how often it is asked, what happens while it is away.

mod answers;
mod away;
mod measures;
mod pace;

use habilitation::{
    clock::Clock,
    organisations::{Register, Siret},
};

use crate::support::{Manner, RegisterServer, TestSite};

/// A number that no extract holds.
const TULLE: &str = "21192720700012";

fn tulle() -> Siret {
    Siret::parse(TULLE).unwrap().0
}

/// A site whose register is such a server, asked as « Recherche d’entreprises ».
async fn asking(manner: Manner) -> (TestSite, RegisterServer) {
    let (site, server) = (TestSite::new().await, RegisterServer::start(manner).await);
    let register = Register::new([server.recherche_entreprises(&site.state.db, &site.state.clock)]);
    (site.with_register(register), server)
}

/// The same, with the machine’s clock: its pace is the real one.
async fn asking_in_real_time(manner: Manner) -> (TestSite, RegisterServer) {
    let (mut site, server) = (TestSite::new().await, RegisterServer::start(manner).await);
    site.state.clock = Clock::System;
    let register = Register::new([server.recherche_entreprises(&site.state.db, &Clock::System)]);
    (site.with_register(register), server)
}
