//! Dresses problems as pages: a sentence, a next link, a reference.
