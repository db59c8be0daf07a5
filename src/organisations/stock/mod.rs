//! INSEE's monthly stock of the Sirene register, imported into the desk's own database: look-ups and searches by name without a network.

mod binary;
mod columns;
mod establishment;
mod fault;
mod file;
mod import;
mod lines;
mod look_up;
mod reading;
mod report;
mod search;
mod store;
mod unit;
mod words;

pub use fault::ImportFault;
pub use import::{Files, Stage, Watch, import};
pub(super) use look_up::look_up;
pub use report::{BadRow, Import, Report, Tally};
pub use search::{Found, NameSearch, SearchFault};
pub use store::{find_imports, find_in_stock, find_spread, is_there, search_by_name};
