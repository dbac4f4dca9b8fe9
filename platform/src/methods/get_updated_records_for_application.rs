//! GetUpdatedRecordsForApplication 1 and 2: which records changed (methods.md 10.1).

use keepwell_core::authorizations::updated_records;
use keepwell_core::env::SECOND;
use keepwell_wire::methods::get_updated_records_for_application::{UpdatedRecord, answer, parse};
use keepwell_wire::time::UtcMicros;

use crate::call::Call;
use crate::refusal::Refusal;

/// A client asks since a moment just after its own write, by its own clock, and expects that record.
const SKEW: i64 = 10 * SECOND;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let since = parse(call.info)?.map(|date| date.0.saturating_sub(SKEW));
    let records: Vec<_> = updated_records(call.domain, call.app()?, since)
        .await?
        .into_iter()
        .map(|record| UpdatedRecord {
            record_id: record.record.0,
            person_id: record.person.0,
            update_date: UtcMicros(record.updated),
            latest_operation_sequence_number: record.sequence,
        })
        .collect();
    Ok(answer(call.version(), &records))
}
