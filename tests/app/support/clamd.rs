//! An antivirus on this machine: it speaks clamd's INSTREAM, knows one virus, and fails as told.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Antibody {
    /// It looks at what it is sent.
    Well,
    /// It hangs up on every file.
    HangsUp,
    /// It says that whatever it is sent is too long for it.
    TooLong,
}

/// The server; it stops with this value.
#[derive(Debug)]
pub struct ClamdServer {
    /// Where it listens.
    pub address: String,
    seen: Arc<AtomicUsize>,
    _stop: DropGuard,
}

impl ClamdServer {
    /// Starts on a free port.
    pub async fn start(behaviour: Antibody) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, seen) = (CancellationToken::new(), Arc::new(AtomicUsize::new(0)));
        let (stopped, counted) = (stop.clone(), seen.clone());
        tokio::spawn(stopped.run_until_cancelled_owned(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(stream, behaviour));
            }
        }));
        Self { address, seen, _stop: stop.drop_guard() }
    }

    /// How many files it was shown.
    pub fn seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: TcpStream, behaviour: Antibody) -> Option<()> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.ok()?;
    assert_eq!(&command, b"zINSTREAM\0");
    if behaviour == Antibody::HangsUp {
        return None;
    }
    let mut bytes = Vec::new();
    loop {
        let length = stream.read_u32().await.ok()? as usize;
        if length == 0 {
            break;
        }
        let start = bytes.len();
        bytes.resize(start + length, 0);
        stream.read_exact(&mut bytes[start..]).await.ok()?;
    }
    let is_known = bytes.windows(27).any(|window| window == b"EICAR-STANDARD-ANTIVIRUS-TE");
    let said: &[u8] = match (behaviour, is_known) {
        (Antibody::TooLong, _) => b"INSTREAM size limit exceeded. ERROR\0",
        (_, true) => b"stream: Eicar-Test-Signature FOUND\0",
        (_, false) => b"stream: OK\0",
    };
    stream.write_all(said).await.ok()
}
