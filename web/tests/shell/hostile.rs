//! What an attacker tries at the Shell. Most is driven by the list of routes, which is read from the router's
//! own source, so that a new page is attacked too.

mod bounds;
mod copies;
mod denials;
mod forms;
mod headers;
mod house;
mod ids;
mod letters;
mod markup;
mod redirects;
mod routes;
mod sessions;
mod written;
