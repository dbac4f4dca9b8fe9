//! SearchVocabulary 1: items of a vocabulary, or vocabularies, by what they say (methods.md 7.2).

use keepwell_core::vocabularies::{MOST_RESULTS, Mode, shelf};
use keepwell_wire::methods::search_vocabulary::{SearchMode, answer, answer_keys, parse};

use super::get_vocabulary::wanted;
use crate::call::Call;
use crate::present::{code_set, vocabulary_key};
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let shelf = shelf(call.domain).await?;
    let app = call.app()?;
    let mode = match request.mode {
        SearchMode::Prefix => Mode::Prefix,
        SearchMode::Contains => Mode::Contains,
        SearchMode::FullText => Mode::FullText,
    };
    let asked = request.max_results.and_then(|most| usize::try_from(most).ok());
    let most = asked.unwrap_or(MOST_RESULTS).min(MOST_RESULTS);
    let Some(key) = &request.key else {
        let found = shelf.search(app, &request.text, mode, most);
        return Ok(answer_keys(&found.into_iter().map(vocabulary_key).collect::<Vec<_>>()));
    };
    let vocabulary = shelf.find_for(app, &wanted(key))?;
    let reading = vocabulary.read(&call.culture());
    let page = reading.search(&request.text, mode, most);
    Ok(answer(&code_set(vocabulary, &reading, page)))
}
