//! Public pages: nobody needs an account to read them.

mod home;
mod legal;

use crate::{
    AppState,
    web::{Audience, Routes},
};

/// The routes of these pages.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Anyone, "/", home::show)
        .get(Audience::Anyone, "/mentions-legales", legal::legal_notice)
        .get(Audience::Anyone, "/donnees-personnelles", legal::personal_data)
        .get(Audience::Anyone, "/cgu", legal::terms_of_use)
        .get(Audience::Anyone, "/accessibilite", legal::accessibility)
}
