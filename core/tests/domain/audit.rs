//! The audit log: its chain, who may read it, and what is noted of those who were refused.

mod activity;
mod chain;
mod older;
mod refused;
mod tamper;
