//! Bodies that know how long they have taken.

use std::{
    future::Future,
    io::ErrorKind,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    BoxError,
    body::{Body, Bytes},
};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::time::{Duration, Instant, Sleep, sleep_until};

use super::{Limits, patience::Serving};

/// A request's body, which fails when it comes too slowly. The time runs from the moment the page begins to read it.
#[derive(Debug)]
pub struct TimedBody {
    incoming: Incoming,
    limits: Limits,
    begun: Option<Instant>,
    received: u64,
    timer: Pin<Box<Sleep>>,
    late: Arc<AtomicBool>,
}

impl TimedBody {
    /// Times that body; `late` becomes true when it was too slow.
    pub fn new(incoming: Incoming, limits: Limits, late: Arc<AtomicBool>) -> Self {
        Self { incoming, limits, begun: None, received: 0, timer: Box::pin(sleep_until(Instant::now())), late }
    }

    fn until(&mut self) -> Instant {
        let begun = *self.begun.get_or_insert_with(Instant::now);
        begun + self.limits.body + Duration::from_secs(self.received / u64::from(self.limits.body_rate.max(1)))
    }
}

impl HttpBody for TimedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let until = self.until();
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        if self.timer.deadline() != until {
            self.timer.as_mut().reset(until);
        }
        std::task::ready!(self.timer.as_mut().poll(cx));
        self.late.store(true, Ordering::Release);
        Poll::Ready(Some(Err(std::io::Error::from(ErrorKind::TimedOut).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// An answer's body: when it has left, it is the client's turn again.
#[derive(Debug)]
pub struct AnswerBody {
    body: Body,
    _serving: Serving,
}

impl AnswerBody {
    /// That body, in our turn.
    pub fn new(body: Body, serving: Serving) -> Self {
        Self { body, _serving: serving }
    }
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
