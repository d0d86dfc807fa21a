//! The open data of the French Assemblée nationale and Sénat: questions in XML and JSON, debates in Syceron XML. Each
//! file converts one vocabulary to marked text; [`super::format`] decides which vocabulary a file has.

pub(super) mod json;
pub(super) mod question;
pub(super) mod syceron;
pub(super) mod xml;
