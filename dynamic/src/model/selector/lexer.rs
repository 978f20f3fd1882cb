//! Splits the text of a label selector into tokens.

/// One token with the byte offset at which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'a> {
    pub(super) token: Token<'a>,
    pub(super) offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A key or a value; also `in` and `notin`, which are words only between the two.
    Word(&'a str),
    Comma,
    Open,
    Close,
    Not,
    Equals,
    NotEquals,
    Greater,
    Less,
    End,
}

impl Token<'_> {
    /// How an error calls it.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("{:?}", super::error::shorten(word)),
            Self::Comma => "','".to_owned(),
            Self::Open => "'('".to_owned(),
            Self::Close => "')'".to_owned(),
            Self::Not => "'!'".to_owned(),
            Self::Equals => "'='".to_owned(),
            Self::NotEquals => "'!='".to_owned(),
            Self::Greater => "'>'".to_owned(),
            Self::Less => "'<'".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// Reads token after token; at the end it repeats [`Token::End`].
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, offset: 0 }
    }

    pub(super) fn peek(&self) -> Lexeme<'a> {
        self.clone().next()
    }

    pub(super) fn next(&mut self) -> Lexeme<'a> {
        let rest = self.text[self.offset..].trim_start_matches(is_space);
        let offset = self.text.len() - rest.len();
        let (token, length) = token(rest);
        self.offset = offset + length;
        Lexeme { token, offset }
    }
}

/// The token at the beginning of a text that does not begin with a space.
fn token(text: &str) -> (Token<'_>, usize) {
    match text.as_bytes() {
        [] => (Token::End, 0),
        [b',', ..] => (Token::Comma, 1),
        [b'(', ..] => (Token::Open, 1),
        [b')', ..] => (Token::Close, 1),
        [b'!', b'=', ..] => (Token::NotEquals, 2),
        [b'!', ..] => (Token::Not, 1),
        [b'=', b'=', ..] => (Token::Equals, 2),
        [b'=', ..] => (Token::Equals, 1),
        [b'>', ..] => (Token::Greater, 1),
        [b'<', ..] => (Token::Less, 1),
        _ => {
            let length = text.find(ends_word).unwrap_or(text.len());
            (Token::Word(&text[..length]), length)
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn ends_word(c: char) -> bool {
    is_space(c) || matches!(c, ',' | '(' | ')' | '!' | '=' | '>' | '<')
}
