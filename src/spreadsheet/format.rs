//! The two kinds of file.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Format {
    /// Text that everything reads: UTF-8 with its mark, semicolons, CRLF, so that a French Excel opens it with a double click.
    Csv,
    /// A workbook: days are days, numbers of the register keep their digits.
    Xlsx,
}

impl Format {
    /// What a browser is told.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
