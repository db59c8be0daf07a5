//! Headers of every answer, limits of every request.
