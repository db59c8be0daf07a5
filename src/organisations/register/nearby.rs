//! The sources that stand on this machine: many numbers can be asked of them at once.

use super::{Adapter, Answer, Asking, Register};
use crate::organisations::Siret;

impl Register {
    /// What the extract and the stock say of a SIRET. What they do not hold is not told rather than unknown: sources over the network, which
    /// are asked one number at a time and at their pace, may know it.
    pub async fn look_up_nearby(&self, siret: &Siret) -> Answer {
        for adapter in self.adapters() {
            if matches!(adapter, Adapter::Online(_)) {
                continue;
            }
            if let Answer::Known(entity) = adapter.look_up(siret, Asking::Usual).await {
                return Answer::Known(entity);
            }
        }
        Answer::Unavailable
    }
}
