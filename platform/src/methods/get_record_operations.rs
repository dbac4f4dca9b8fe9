//! GetRecordOperations 1: what was done to a record since (methods.md 10.2).

use keepwell_core::records::{Operation, Step};
use keepwell_core::things::{self, NO_END};
use keepwell_wire::methods::get_record_operations::{RecordOperation, answer, parse};
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::time::LocalMicros;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let after = parse(call.info)?;
    let (latest, steps) = things::operations(call.domain, call.caller()?, call.record()?, after).await?;
    let operations: Vec<_> = steps.into_iter().map(operation).collect();
    Ok(answer(latest, &operations))
}

fn operation(step: Step) -> RecordOperation {
    let there = step.operation != Operation::Delete;
    RecordOperation {
        operation: step.operation.wire_name(),
        sequence_number: step.sequence,
        thing: ThingKey { id: step.thing.0, version_stamp: step.stamp.0 },
        type_id: step.type_id.0,
        eff_date: there.then_some(LocalMicros(step.eff_date)),
        updated_end_date: (there && step.end_date < NO_END).then_some(LocalMicros(step.end_date)),
    }
}
