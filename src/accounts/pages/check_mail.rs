//! « Consultez votre messagerie »: the answer to whoever gives an address, whether it has an account or not.

use askama::Template;

use crate::{
    accounts::{EmailAddress, links::Purpose},
    web::Frame,
};

#[derive(Template)]
#[template(path = "accounts/check_mail.html")]
pub(super) struct CheckMailPage {
    frame: Frame,
    email: EmailAddress,
    purpose: Purpose,
}

impl CheckMailPage {
    pub(super) fn after_sign_up(frame: Frame, email: EmailAddress) -> Self {
        Self { frame, email, purpose: Purpose::ConfirmAddress }
    }

    pub(super) fn after_forgotten(frame: Frame, email: EmailAddress) -> Self {
        Self { frame, email, purpose: Purpose::ChoosePassword }
    }

    fn again(&self) -> &'static str {
        match self.purpose {
            Purpose::ConfirmAddress => "/inscription",
            Purpose::ChoosePassword | Purpose::StaffInvitation => "/mot-de-passe-oublie",
        }
    }
}
