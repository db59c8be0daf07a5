//! The program: see `habilitation --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    habilitation::command::run()
}
