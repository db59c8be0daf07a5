//! clamd, spoken to over TCP with its INSTREAM command.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::Scan;

/// For the whole conversation: clamd scans 10 Mo in about a second.
const PATIENCE: Duration = Duration::from_mins(1);

/// Bytes of a chunk; clamd reads them one by one.
const CHUNK: usize = 64 * 1024;

/// An answer is one short line.
const LONGEST_ANSWER: u64 = 4096;

/// Where files are looked at; nowhere when the address is empty.
#[derive(Clone, Debug)]
pub struct Antivirus {
    address: Option<String>,
}

impl Antivirus {
    /// The clamd at that `host:port`.
    pub fn at(address: &str) -> Self {
        let address = address.trim();
        Self { address: (!address.is_empty()).then(|| address.to_owned()) }
    }

    /// What a file is when it arrives: waiting to be looked at, or not looked at at all.
    pub fn at_first(&self) -> Scan {
        if self.address.is_some() { Scan::Pending } else { Scan::NotScanned }
    }

    /// Whether there is one to ask.
    pub fn is_there(&self) -> bool {
        self.address.is_some()
    }

    /// Looks at a file.
    ///
    /// # Errors
    /// [`NoAnswer`]: the file goes on waiting.
    pub async fn look_at(&self, bytes: &[u8]) -> Result<Scan, NoAnswer> {
        let Some(address) = &self.address else { return Ok(Scan::NotScanned) };
        timeout(PATIENCE, converse(address, bytes)).await.map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))?
    }
}

/// Why nothing is known of a file yet; for the log.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// clamd is away, slow, or hung up: nothing else need be asked now.
    #[error("clamd cannot be reached: {0}")]
    Away(#[from] std::io::Error),
    /// It spoke, and neither well nor ill of this file: its limits may be too low for 10 Mo.
    #[error("clamd did not look at it: {0}")]
    Refused(String),
}

async fn converse(address: &str, bytes: &[u8]) -> Result<Scan, NoAnswer> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        // It says why before it hangs up on what is too long for it.
        if stream.write_all(chunk).await.is_err() {
            break;
        }
    }
    let _ = stream.write_all(&0_u32.to_be_bytes()).await;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    match String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']) {
        "stream: OK" => Ok(Scan::Clean),
        found if found.ends_with(" FOUND") => Ok(Scan::Infected),
        "" => Err(NoAnswer::Away(std::io::ErrorKind::UnexpectedEof.into())),
        other => Err(NoAnswer::Refused(other.to_owned())),
    }
}
