//! The door of the desk: the home page, and the pages the law asks of every public site.

pub mod pages;
