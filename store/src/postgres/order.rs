//! Pipelining: requests sent in order before the first is answered.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// A request to the server. It is sent when it is first polled.
pub(super) type Request<'r, T> = Pin<Box<dyn Future<Output = T> + Send + 'r>>;

/// Sends all requests in their order, then takes the answers, which come in that order too.
pub(super) async fn in_order<T>(requests: Vec<Request<'_, T>>) -> Vec<T> {
    let mut sent: Vec<Result<T, Request<'_, T>>> = requests.into_iter().map(Err).collect();
    poll_fn(|context| {
        for request in &mut sent {
            if let Err(waiting) = request
                && let Poll::Ready(answer) = waiting.as_mut().poll(context)
            {
                *request = Ok(answer);
            }
        }
        Poll::Ready(())
    })
    .await;
    let mut answers = Vec::with_capacity(sent.len());
    for request in sent {
        answers.push(match request {
            Ok(answer) => answer,
            Err(waiting) => waiting.await,
        });
    }
    answers
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn all_are_sent_before_the_first_is_answered() {
        let log = Mutex::new(Vec::new());
        let request = |number: usize| -> Request<'_, usize> {
            let log = &log;
            Box::pin(async move {
                log.lock().unwrap().push(("sent", number));
                tokio::task::yield_now().await;
                log.lock().unwrap().push(("answered", number));
                number
            })
        };
        let answers = in_order((0..40).map(request).collect()).await;
        assert_eq!(answers, (0..40).collect::<Vec<_>>());
        let expected = ["sent", "answered"].into_iter().flat_map(|what| (0..40).map(move |n| (what, n)));
        assert_eq!(*log.lock().unwrap(), expected.collect::<Vec<_>>());
    }
}
