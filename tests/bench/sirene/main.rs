//! What `script/bench-sirene` needs: a stock of any size in INSEE's format, and the times of look-ups and searches in it.
//!
//! ```sh
//! sirene generate DIRECTORY 5000000                writes StockUniteLegale.csv and StockEtablissement.csv there
//! sirene look-ups postgres://… --until FILE        SIRETs drawn from the stock, one after the other, until that file exists
//! sirene searches postgres://… 400                 that many names drawn from the stock, as people type them
//! ```
#![expect(clippy::unwrap_used, reason = "a measure that cannot go on must stop where it stands")]

#[path = "../../app/support/stock.rs"]
mod format;
mod generate;
mod random;
mod times;

use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", directory, establishments] => generate::write(Path::new(directory), establishments.parse().unwrap()),
        ["look-ups", url, "--until", file] => times::look_ups(url, Path::new(file)).await,
        ["searches", url, count] => times::searches(url, count.parse().unwrap()).await,
        [] => println!("script/bench-sirene runs this"),
        other => panic!("not understood: {other:?}"),
    }
}
