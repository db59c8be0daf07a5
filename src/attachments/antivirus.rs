//! clamd, spoken to over TCP with its INSTREAM command.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::Scan;

/// For the whole conversation: clamd scans 10 Mo in about a second.
const PATIENCE: Duration = Duration::from_secs(60);

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
        Self { address: (!address.is_empty()).then(|| address.to_owned()) }
    }

    /// What a file is when it arrives: waiting to be looked at, or not looked at at all.
    pub fn at_first(&self) -> Scan {
        if self.address.is_some() { Scan::Pending } else { Scan::NotScanned }
    }

    /// Looks at a file.
    ///
    /// # Errors
    /// When clamd is away, slow, or says what no clamd says: the file goes on waiting.
    pub async fn look_at(&self, bytes: &[u8]) -> std::io::Result<Scan> {
        let Some(address) = &self.address else { return Ok(Scan::NotScanned) };
        timeout(PATIENCE, converse(address, bytes)).await.map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))?
    }
}

async fn converse(address: &str, bytes: &[u8]) -> std::io::Result<Scan> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    let mut answer = String::new();
    stream.take(LONGEST_ANSWER).read_to_string(&mut answer).await?;
    match answer.trim_end_matches(['\0', '\n']) {
        "stream: OK" => Ok(Scan::Clean),
        found if found.ends_with(" FOUND") => Ok(Scan::Infected),
        other => Err(std::io::Error::other(format!("clamd said: {other}"))),
    }
}
