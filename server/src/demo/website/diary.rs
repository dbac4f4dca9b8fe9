//! The diary of a person who is connected.

use jiff::civil::DateTime;
use keepwell_client::things::{WEIGHT, Weight};
use keepwell_client::{Error, Query, WebClient};

use super::html::Text;
use super::notice::Notice;
use super::visits::Visit;
use super::{Site, chart, said};

/// How many weights the line shows, and how many the list.
const ON_THE_LINE: u32 = 30;
const IN_THE_LIST: usize = 10;

/// What is in the diary.
pub(super) struct Diary {
    /// Whose it is.
    pub(super) name: String,
    /// The weights, newest first.
    weights: Vec<Weight>,
}

/// What a person filled in, when it has to be shown again with a word on what is wrong.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) kg: String,
    pub(super) when: String,
    pub(super) complaint: Option<&'static str>,
}

impl Diary {
    /// Reads it; `None` if the person chose no record for us.
    pub(super) async fn read(client: &WebClient, token: &str) -> Result<Option<Self>, Error> {
        let caller = client.online(token);
        let person = caller.person_info().await?;
        let Some(record) = person.record() else { return Ok(None) };
        let found = caller.record(record.id).get_things(&Query::of_type(WEIGHT).max(ON_THE_LINE)).await?;
        // One that we cannot read is no reason to hide the others.
        let weights = found.things.iter().filter_map(|thing| thing.weight().ok()).collect();
        Ok(Some(Diary { name: record.label().to_owned(), weights }))
    }

    /// The page.
    pub(super) fn show(&self, site: &Site, visit: &Visit, notice: Option<Notice>, draft: &Draft) -> String {
        let now = site.wall_clock();
        let notice = notice.map(|n| format!("<p class=\"notice\" role=\"status\">{}</p>", n.text()));
        format!(
            "{}<p class=\"whose\">{}’s diary</p>{}{}{}{}",
            notice.unwrap_or_default(),
            Text(&self.name),
            self.latest(now),
            form(site, visit, now, draft),
            self.history(now),
            farewell(site, visit),
        )
    }

    fn latest(&self, now: DateTime) -> String {
        let Some(latest) = self.weights.first() else {
            return "<section class=\"card latest\"><h1>No weight yet</h1><p>The first one that you write down will \
                    stand here, in large digits.</p></section>"
                .to_owned();
        };
        let change = self.weights.get(1).map(|before| {
            let by = latest.kg - before.kg;
            let since = said::when(before.when, now);
            match () {
                () if by.abs() < 0.05 => format!("the same as {since}"),
                () if by > 0.0 => format!("{by:.1} kg more than {since}"),
                () => format!("{:.1} kg less than {since}", -by),
            }
        });
        format!(
            "<section class=\"card latest\"><h1 class=\"big\">{} <small>kg</small></h1><p>{}{}</p></section>",
            said::kg(latest.kg),
            time(latest.when, now),
            change.map(|text| format!(", {}", Text(text))).unwrap_or_default(),
        )
    }

    fn history(&self, now: DateTime) -> String {
        if self.weights.is_empty() {
            return String::new();
        }
        let row = |weight: &Weight| {
            format!(
                "<tr><td>{}</td><td class=\"kg\">{}</td></tr>",
                time(weight.when, now),
                said::kg(weight.kg)
            )
        };
        let rows: String = self.weights.iter().take(IN_THE_LIST).map(row).collect();
        format!(
            "<section class=\"card\"><h2>Lately</h2>{}<table><thead><tr><th scope=\"col\">When</th>\
             <th scope=\"col\" class=\"kg\">kg</th></tr></thead><tbody>{rows}</tbody></table></section>",
            chart::line(&self.weights),
        )
    }
}

fn form(site: &Site, visit: &Visit, now: DateTime, draft: &Draft) -> String {
    let when = match &*draft.when {
        "" => said::minute(now),
        typed => typed.to_owned(),
    };
    let (wrong, invalid) = match draft.complaint {
        Some(text) => (
            format!("<p class=\"wrong\" id=\"wrong\" role=\"alert\">{text}</p>"),
            " aria-invalid=\"true\" aria-describedby=\"wrong\"",
        ),
        None => (String::new(), ""),
    };
    format!(
        "<section class=\"card\"><h2>Write down a weight</h2>{wrong}<form method=\"post\" action=\"{}\">{}\
         <label>Weight in kg<input name=\"kg\" inputmode=\"decimal\" autocomplete=\"off\" required maxlength=\"6\" \
         size=\"6\" value=\"{}\"{invalid}></label><label>When<input type=\"datetime-local\" name=\"when\" required \
         value=\"{}\"></label><button>Add this weight</button></form></section>",
        Text(site.address.path("/weights")),
        hidden_key(visit),
        Text(&draft.kg),
        Text(when),
    )
}

fn farewell(site: &Site, visit: &Visit) -> String {
    format!(
        "<section class=\"farewell\"><form method=\"post\" action=\"{}\">{}<button class=\"plain\">Sign out</button>\
         </form><p class=\"quiet\">Signing out shares nothing and deletes nothing. To stop Larkfield from seeing your \
         weights at all, go to <a href=\"{}\">Apps in Keepwell</a>.</p></section>",
        Text(site.address.path("/sign-out")),
        hidden_key(visit),
        Text(&site.shell_url),
    )
}

fn hidden_key(visit: &Visit) -> String {
    format!("<input type=\"hidden\" name=\"key\" value=\"{}\">", Text(&visit.form_key))
}

fn time(at: DateTime, now: DateTime) -> String {
    let (exact, shown) = (said::minute(at), said::when(at, now));
    format!("<time datetime=\"{exact}\" title=\"{}\">{}</time>", exact.replace('T', " "), Text(shown))
}
