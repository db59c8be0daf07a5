//! A file of the stock: plain CSV, gzip, or a zip that holds one, told apart by their first bytes, and never believed about their size.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use flate2::bufread::MultiGzDecoder;
use zip::{ZipArchive, result::ZipError};

use super::{fault::FileFault, import::Watch};

/// INSEE's files shrink five to ten times; a bomb does so a thousand times.
const MOST_TIMES: u64 = 60;
/// A small file may shrink as much as it likes.
const ALWAYS_ALLOWED: u64 = 16 << 20;
const BUFFER: usize = 256 << 10;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zip,
}

/// Opens a file and lets its text be read, whatever its packing.
pub(super) fn open<T>(
    path: &Path,
    watch: &Arc<dyn Watch>,
    read: impl FnOnce(&mut dyn BufRead) -> Result<T, FileFault>,
) -> Result<T, FileFault> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(FileFault::refused("it is not a file"));
    }
    let packing = packing_of(&mut file)?;
    let most = ALWAYS_ALLOWED.max(metadata.len().saturating_mul(MOST_TIMES));
    let counted = BufReader::with_capacity(BUFFER, Counted { file, watch: Arc::clone(watch) });
    match packing {
        Packing::Plain => read(&mut BufReader::with_capacity(BUFFER, counted)),
        Packing::Gzip => read(&mut bounded(MultiGzDecoder::new(counted), most)),
        Packing::Zip => {
            let mut archive = ZipArchive::new(counted).map_err(|error| zip_fault(&error))?;
            let only = the_only_file(&archive)?;
            let entry = archive.by_index(only).map_err(|error| zip_fault(&error))?;
            if entry.size() > most {
                return Err(FileFault::refused(too_big(most)));
            }
            read(&mut bounded(entry, most))
        }
    }
}

fn packing_of(file: &mut File) -> Result<Packing, FileFault> {
    let mut start = Vec::new();
    file.by_ref().take(4).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(match start.as_slice() {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6] => Packing::Zip,
        b"PAR1" => return Err(FileFault::refused("it is in Parquet format: take the CSV (.zip) INSEE publishes beside it")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(FileFault::refused("it is in UTF-16; INSEE publishes UTF-8")),
        _ => Packing::Plain,
    })
}

/// Where the one file of an archive stands; its name is not looked at.
fn the_only_file<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<usize, FileFault> {
    let is_directory = |index: &usize| archive.name_for_index(*index).is_some_and(|name| name.is_ok_and(|name| name.ends_with('/')));
    let mut files = (0..archive.len()).filter(|index| !is_directory(index));
    match (files.next(), files.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(FileFault::refused("this zip is empty")),
        _ => Err(FileFault::refused("this zip holds several files; INSEE’s hold one")),
    }
}

fn zip_fault(error: &ZipError) -> FileFault {
    FileFault::refused(format!("this zip is cut or damaged ({error}); download it again"))
}

fn too_big(most: u64) -> String {
    format!("it would unpack to more than {} MB, {MOST_TIMES} times its size: this is no stock", most >> 20)
}

fn bounded<R: Read>(unpacked: R, most: u64) -> BufReader<Bounded<R>> {
    BufReader::with_capacity(BUFFER, Bounded { unpacked, most, left: most })
}

/// Tells how much of the file itself was read, packed as it is.
struct Counted {
    file: File,
    watch: Arc<dyn Watch>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.watch.read(count);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Stops what unpacks to more than it may.
struct Bounded<R> {
    unpacked: R,
    most: u64,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer).map_err(in_plain_words)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(too_big(self.most)))?;
        Ok(count)
    }
}

/// Decoders end a cut file with « corrupt deflate stream » and the like; what the system itself says of a disk stays as it is.
fn in_plain_words(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    io::Error::new(io::ErrorKind::InvalidData, format!("it is cut or damaged ({error}); download it again"))
}
