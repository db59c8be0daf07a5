//! A connection that is not waited for longer than its turn deserves.

use std::{
    future::Future,
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

use super::Limits;

/// Whose turn it is on a connection, shared by the one who reads it and the one who answers.
#[derive(Clone, Debug)]
pub struct Turn {
    whose: Arc<Mutex<Whose>>,
    limits: Limits,
}

#[derive(Clone, Copy, Debug)]
enum Whose {
    /// The client's, until then.
    Client { until: Instant, has_begun: bool },
    /// Ours: the client may be silent.
    Ours,
}

impl Turn {
    /// A new connection: its first request is waited for as for the end of its headers.
    pub fn new(limits: Limits) -> Self {
        let first = Whose::Client { until: Instant::now() + limits.headers, has_begun: true };
        Self { whose: Arc::new(Mutex::new(first)), limits }
    }

    /// A request was received: it is our turn until what is returned is dropped.
    pub fn begin(&self) -> Serving {
        self.set(Whose::Ours);
        Serving(self.clone())
    }

    fn set(&self, whose: Whose) {
        *self.whose.lock().unwrap_or_else(PoisonError::into_inner) = whose;
    }

    fn heard(&self) {
        let mut whose = self.whose.lock().unwrap_or_else(PoisonError::into_inner);
        if let Whose::Client { has_begun: false, .. } = *whose {
            *whose = Whose::Client { until: Instant::now() + self.limits.headers, has_begun: true };
        }
    }

    fn until(&self) -> Option<Instant> {
        match *self.whose.lock().unwrap_or_else(PoisonError::into_inner) {
            Whose::Client { until, .. } => Some(until),
            Whose::Ours => None,
        }
    }
}

/// As long as it lives, the client is not waited for.
#[derive(Debug)]
pub struct Serving(Turn);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.set(Whose::Client { until: Instant::now() + self.0.limits.idle, has_begun: false });
    }
}

/// A stream that fails when the other side keeps us waiting too long, to read or to write.
#[derive(Debug)]
pub struct Patient {
    stream: TcpStream,
    turn: Turn,
    reading: Pin<Box<Sleep>>,
    writing: Pin<Box<Sleep>>,
    is_stalled: bool,
    answer: Duration,
}

impl Patient {
    /// Watches that stream.
    pub fn new(stream: TcpStream, turn: Turn, answer: Duration) -> Self {
        let timer = || Box::pin(sleep_until(Instant::now()));
        Self { stream, turn, reading: timer(), writing: timer(), is_stalled: false, answer }
    }

    /// Passes on the outcome of a write; one that waits too long fails.
    fn written<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.is_stalled = false;
            return outcome;
        }
        if !self.is_stalled {
            self.is_stalled = true;
            self.writing.as_mut().reset(Instant::now() + self.answer);
        }
        ready!(self.writing.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        if let Poll::Ready(outcome) = Pin::new(&mut self.stream).poll_read(cx, buffer) {
            if buffer.filled().len() > before {
                self.turn.heard();
            }
            return Poll::Ready(outcome);
        }
        let Some(until) = self.turn.until() else { return Poll::Pending };
        if self.reading.deadline() != until {
            self.reading.as_mut().reset(until);
        }
        ready!(self.reading.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
