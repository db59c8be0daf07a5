//! Who types at the command line, as the journal names them.

use crate::journal::By;

/// The name of the machine's account that runs the program, or its number when it has none.
pub fn operator() -> By {
    let uid = rustix::process::getuid().as_raw();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = accounts.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, _, number) = (parts.next()?, parts.next()?, parts.next()?);
        (number.parse() == Ok(uid)).then(|| name.to_owned())
    });
    By::Operator { name: name.unwrap_or_else(|| format!("uid {uid}")) }
}
