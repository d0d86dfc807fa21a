//! The open data of the French Assemblée nationale and Sénat: questions in XML and JSON, debates in Syceron XML. Each file
//! reads one vocabulary into marked text; which of them a file is in is decided by [`super::format`].

pub(super) mod json;
pub(super) mod question;
pub(super) mod syceron;
pub(super) mod xml;
