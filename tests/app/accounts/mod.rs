//! People: how they come in, stay, and leave.

mod sign_in;
