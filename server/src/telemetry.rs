//! Numbers for Prometheus, at an address of their own: nobody reads them at the door of the server.

use std::net::SocketAddr;

use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusBuilder;

/// Answers with the numbers at an address, from now on.
pub fn serve(address: SocketAddr) -> anyhow::Result<()> {
    PrometheusBuilder::new()
        .with_http_listener(address)
        .install()
        .with_context(|| format!("numbers cannot be given at {address}"))?;
    metrics::describe_counter!("keepwell_requests_total", "Requests answered, by face and status.");
    metrics::describe_counter!("keepwell_pickup_codes_total", "What became of pickup codes.");
    Ok(())
}
