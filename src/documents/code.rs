//! An address as a QR code (ISO/IEC 18004), in black bars.

use qrcodegen::{QrCode, QrCodeEcc};

use super::fault::DocumentFault;

/// The bars of a code that holds an address, its corner at `x`, `y`, its sides `side` long: `[x, y, width, height]` each. Neighbours on a row
/// are one bar, so that no thin line shows between them. A quarter of the code may be lost or stained without harm.
///
/// # Errors
/// [`DocumentFault::Code`] when the address is too long.
pub(super) fn bars(address: &str, [x, y, side]: [f32; 3]) -> Result<Vec<[f32; 4]>, DocumentFault> {
    let code = QrCode::encode_text(address, QrCodeEcc::Quartile).map_err(|_| DocumentFault::Code)?;
    let module = side / length(code.size());
    let mut bars = Vec::new();
    for row in 0..code.size() {
        let mut column = 0;
        while column < code.size() {
            let run = (column..code.size()).take_while(|at| code.get_module(*at, row)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                bars.push([x + module * length(column), y + module * length(row), module * length(run), module]);
            }
            column += run.max(1);
        }
    }
    Ok(bars)
}

/// A code has 177 modules a side at most.
fn length(modules: i32) -> f32 {
    f32::from(i16::try_from(modules).unwrap_or(i16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_cover_the_dark_modules_and_nothing_else() {
        let address = "https://guichet.example/verification/7K2M-9QRT-0000-1111";
        let code = QrCode::encode_text(address, QrCodeEcc::Quartile).expect("short enough");
        let bars = bars(address, [10.0, 20.0, length(code.size())]).expect("short enough");
        for row in 0..code.size() {
            for column in 0..code.size() {
                let (x, y) = (10.0 + length(column) + 0.5, 20.0 + length(row) + 0.5);
                let covered =
                    bars.iter().filter(|[left, top, width, height]| *left < x && x < left + width && *top < y && y < top + height);
                assert_eq!(covered.count(), usize::from(code.get_module(column, row)), "{column}, {row}");
            }
        }
    }
}
