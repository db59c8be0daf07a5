//! tmp
use crate::{accounts::Reviewer, ids::*, problem::Problem};
use sqlx::PgConnection;
/// x
#[derive(Debug, Clone)]
pub struct Membership;
impl Membership {
    /// x
    pub fn is_verified(&self) -> bool {
        false
    }
    /// x
    pub fn sentence(&self) -> String {
        String::new()
    }
}
/// x
pub async fn membership(_: &mut PgConnection, _: AccountId, _: OrganisationId) -> Result<Option<Membership>, Problem> {
    Ok(None)
}
/// x
pub async fn verify_as_reviewer(
    _: &mut PgConnection,
    _: &Reviewer,
    _: AccountId,
    _: OrganisationId,
    _: &str,
    _: time::OffsetDateTime,
) -> Result<(), Problem> {
    Ok(())
}
/// x
pub fn describe_category(c: &str) -> String {
    c.into()
}
