//! The bounded queue before a thread. It says busy instead of growing. What is patient stands in a second one.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Outage;

/// What a thread finds in its queue.
pub(super) enum Found<T> {
    /// Work in the order in which it came, and after it what is patient.
    Work(Vec<T>),
    /// Nothing for as long as the thread had patience.
    Quiet,
    /// Nothing, and there will be no more.
    Closed,
}

pub(super) struct Queue<T> {
    limit: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
    /// Told of the end only, for who does not want to be woken by each piece of work.
    closing: Condvar,
}

/// How a group is waited for that could be larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pauses {
    /// It is waited again so long, as long as more has come,
    pub(super) each: Duration,
    /// but not more often than this,
    pub(super) most: u32,
    /// nor when so much waits.
    pub(super) enough: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    patient: VecDeque<T>,
    closed: bool,
}

impl<T> State<T> {
    fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.patient.is_empty()
    }
}

impl<T> Queue<T> {
    pub(super) fn new(limit: usize) -> Self {
        let state = State { waiting: VecDeque::new(), patient: VecDeque::new(), closed: false };
        let (changed, closing) = (Condvar::new(), Condvar::new());
        Self { limit: limit.max(1), state: Mutex::new(state), changed, closing }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds work; never waits.
    pub(super) fn push(&self, work: T) -> Result<(), Outage> {
        self.push_to(work, |state| &mut state.waiting)
    }

    /// Adds work for which nobody waits.
    pub(super) fn push_patient(&self, work: T) -> Result<(), Outage> {
        self.push_to(work, |state| &mut state.patient)
    }

    fn push_to(&self, work: T, line: impl Fn(&mut State<T>) -> &mut VecDeque<T>) -> Result<(), Outage> {
        let mut state = self.state();
        if state.closed {
            return Err(Outage::Unavailable("the store's thread has ended".to_owned()));
        }
        let line = line(&mut state);
        if line.len() >= self.limit {
            return Err(Outage::Busy);
        }
        line.push_back(work);
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// Gives patient work back, to be done before what came after it.
    pub(super) fn give_back(&self, work: Vec<T>) {
        let mut state = self.state();
        work.into_iter().rev().for_each(|work| state.patient.push_front(work));
    }

    /// Whether there is work that is not patient.
    pub(super) fn somebody_waits(&self) -> bool {
        !self.state().waiting.is_empty()
    }

    /// Waits for one piece of work; `None` when the queue is closed and empty.
    pub(super) fn next(&self) -> Option<T> {
        let mut state = self.state();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes all that waits, and all that is patient, up to a limit of each; when there is nothing, waits for so long.
    /// With pauses it waits for more when something is there.
    pub(super) fn group(&self, limit: usize, patience: Duration, pauses: Option<Pauses>) -> Found<T> {
        let mut state = self.state();
        if state.is_empty() && !state.closed {
            let waited = self.changed.wait_timeout(state, patience);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if let Some(pauses) = pauses {
            state = self.gather(state, pauses);
        }
        if !state.is_empty() {
            let State { waiting, patient, .. } = &mut *state;
            let (some, others) = (waiting.len().min(limit), patient.len().min(limit));
            return Found::Work(waiting.drain(..some).chain(patient.drain(..others)).collect());
        }
        if state.closed { Found::Closed } else { Found::Quiet }
    }

    fn gather<'q>(&'q self, mut state: MutexGuard<'q, State<T>>, pauses: Pauses) -> MutexGuard<'q, State<T>> {
        let mut seen = 0;
        for _ in 0..pauses.most {
            let now = state.waiting.len();
            if state.closed || now == seen || now >= pauses.enough {
                break;
            }
            seen = now;
            let waited = self.closing.wait_timeout(state, pauses.each);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state
    }

    /// Takes no more work. What waits is still handed out.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
        self.closing.notify_all();
    }

    /// Closes the queue and drops what waits, so that nobody waits for a thread that is gone.
    pub(super) fn abandon(&self) {
        let dropped = {
            let mut state = self.state();
            state.closed = true;
            (std::mem::take(&mut state.waiting), std::mem::take(&mut state.patient))
        };
        drop(dropped);
        self.changed.notify_all();
        self.closing.notify_all();
    }
}

/// Abandons the queue when its thread ends, in whatever way.
pub(super) struct Attendance<'q, T>(pub(super) &'q Queue<T>);

impl<T> Drop for Attendance<'_, T> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_says_busy() {
        let queue = Queue::new(2);
        assert_eq!(queue.push(1), Ok(()));
        assert_eq!(queue.push(2), Ok(()));
        assert_eq!(queue.push(3), Err(Outage::Busy));
        assert_eq!(queue.next(), Some(1));
        assert_eq!(queue.push(3), Ok(()));
    }

    #[test]
    fn patient_work_comes_after_the_other_and_fills_no_room_of_its() {
        let queue = Queue::new(2);
        for work in [1, 2] {
            queue.push_patient(work).unwrap();
            queue.push(10 + work).unwrap();
        }
        assert_eq!(queue.push_patient(3), Err(Outage::Busy));
        assert_eq!(queue.push(13), Err(Outage::Busy));
        assert!(queue.somebody_waits());
        assert!(matches!(queue.group(9, Duration::ZERO, None), Found::Work(work) if work == [11, 12, 1, 2]));
        assert!(!queue.somebody_waits());
        queue.push_patient(3).unwrap();
        queue.give_back(vec![1, 2]);
        assert!(!queue.somebody_waits());
        queue.close();
        assert!(matches!(queue.group(9, Duration::ZERO, None), Found::Work(work) if work == [1, 2, 3]));
        assert!(matches!(queue.group(9, Duration::ZERO, None), Found::Closed));
    }

    #[test]
    fn work_that_waits_is_still_done_after_closing() {
        let queue = Queue::new(9);
        (1..=3).for_each(|work| queue.push(work).unwrap());
        queue.close();
        assert!(queue.push(4).is_err());
        assert!(matches!(queue.group(2, Duration::ZERO, None), Found::Work(work) if work == [1, 2]));
        assert_eq!(queue.next(), Some(3));
        assert_eq!(queue.next(), None);
        assert!(matches!(queue.group(2, Duration::ZERO, None), Found::Closed));
    }

    #[test]
    fn who_waits_for_more_takes_what_is_there_when_no_more_comes_or_enough_is_there() {
        let queue = Queue::new(9);
        let group = |enough, each| {
            (1..=3).for_each(|work| queue.push(work).unwrap());
            queue.group(9, Duration::ZERO, Some(Pauses { each, most: 9, enough }))
        };
        assert!(matches!(group(9, Duration::from_millis(1)), Found::Work(work) if work == [1, 2, 3]));
        assert!(matches!(group(3, Duration::from_secs(3600)), Found::Work(work) if work == [1, 2, 3]));
        queue.close();
        let none = Some(Pauses { each: Duration::from_secs(3600), most: 9, enough: 9 });
        assert!(matches!(queue.group(9, Duration::ZERO, none), Found::Closed));
    }

    #[test]
    fn a_thread_that_panics_leaves_nobody_waiting() {
        let queue = std::sync::Arc::new(Queue::new(9));
        let (reply, answer) = tokio::sync::oneshot::channel::<()>();
        queue.push(reply).unwrap();
        let theirs = queue.clone();
        let thread = std::thread::spawn(move || {
            let _attendance = Attendance(&theirs);
            panic!("on purpose");
        });
        assert!(thread.join().is_err());
        assert!(answer.blocking_recv().is_err());
        let (reply, _answer) = tokio::sync::oneshot::channel::<()>();
        assert!(queue.push(reply).is_err());
    }
}
