//! A sentence by its id in the catalogue, with its arguments, before it has a language.

/// What fills a place in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Words, a path, a key: shown as they are.
    Text(String),
    /// A number: grouped and made plural by the language.
    Number(u64),
    /// Another message.
    Message(Box<Message>),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// A sentence to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id in the catalogue.
    pub id: String,
    /// Its arguments by name.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// A sentence without arguments.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), arguments: Vec::new() }
    }

    /// The sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: impl Into<Argument>) -> Self {
        self.arguments.push((name, argument.into()));
        self
    }
}
