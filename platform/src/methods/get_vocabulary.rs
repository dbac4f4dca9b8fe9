//! GetVocabulary 1 and 2: which vocabularies there are, or what is in some of them (methods.md 7.1).

use keepwell_core::vocabularies::{MOST_ITEMS, Shelf, VocabularyError, Wanted, shelf};
use keepwell_wire::methods::get_vocabulary::{Request, answer, answer_keys, parse};
use keepwell_wire::shapes::{VocabularyCodeSet, VocabularyKey};

use crate::call::Call;
use crate::present::{code_set, vocabulary_key};
use crate::refusal::Refusal;

/// Items of all vocabularies in one answer. A list of long ones is refused before it is put together.
const MOST_IN_ALL: usize = 8 * MOST_ITEMS;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let shelf = shelf(call.domain).await?;
    match request {
        None => {
            let keys: Vec<_> = shelf.of_app(call.app()?).map(vocabulary_key).collect();
            Ok(answer_keys(&keys))
        }
        Some(request) => Ok(answer(&read(call, &shelf, &request)?)),
    }
}

fn read<'s>(
    call: &Call<'_>,
    shelf: &'s Shelf,
    request: &Request,
) -> Result<Vec<VocabularyCodeSet<'s>>, Refusal> {
    let culture = call.culture();
    let mut sets = Vec::new();
    let mut count = 0;
    for key in &request.keys {
        let vocabulary = shelf.find_for(call.app()?, &wanted(key))?;
        let reading = match request.fixed_culture {
            true => vocabulary.read_only_in(&culture),
            false => vocabulary.read(&culture),
        };
        let code = key.code_value.as_deref();
        let page = reading
            .after(code, MOST_ITEMS)
            .ok_or_else(|| VocabularyError::UnknownCode(code.unwrap_or_default().to_owned()))?;
        count += page.items.len();
        if count > MOST_IN_ALL {
            return Err(Refusal::too_long(call.settings.response_bytes));
        }
        sets.push(code_set(vocabulary, &reading, page));
    }
    Ok(sets)
}

pub(super) fn wanted(key: &VocabularyKey) -> Wanted<'_> {
    Wanted { name: &key.name, family: key.family.as_deref(), version: key.version.as_deref() }
}
