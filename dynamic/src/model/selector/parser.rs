//! Parses tokens into requirements, by the grammar of apimachinery's `labels.Parse`.
//!
//! ```text
//! selector    = [ requirement { "," requirement } ]
//! requirement = [ "!" ] key | key operator value | key ( "in" | "notin" ) "(" values ")"
//! operator    = "=" | "==" | "!=" | ">" | "<"
//! values      = [ value ] { "," [ value ] }
//! ```
//!
//! There are no quotes: keys and values have no character that would need one. `in` and
//! `notin` are words like any other where no operator can stand. A missing value is the
//! empty one.

use super::error::{SelectorError, SelectorProblem};
use super::lexer::{Lexeme, Lexer, Token};
use super::requirement::Requirement;

pub(super) fn parse(text: &str) -> Result<Vec<Requirement>, SelectorError> {
    let mut parser = Parser {
        text,
        lexer: Lexer::new(text),
    };
    parser.requirements()
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
}

impl<'a> Parser<'a> {
    fn requirements(&mut self) -> Result<Vec<Requirement>, SelectorError> {
        let mut requirements = Vec::new();
        if self.lexer.peek().token == Token::End {
            return Ok(requirements);
        }
        loop {
            requirements.push(self.requirement()?);
            let next = self.lexer.next();
            match next.token {
                Token::End => return Ok(requirements),
                Token::Comma => {}
                _ => return Err(self.unexpected(next, "',' or the end")),
            }
        }
    }

    fn requirement(&mut self) -> Result<Requirement, SelectorError> {
        let start = self.lexer.peek();
        if start.token == Token::Not {
            self.lexer.next();
            let key = self.key("a label's key")?;
            return self.located(Requirement::does_not_exist(key), start);
        }
        let key = self.key("a label's key or '!'")?;
        self.condition(key, start)
    }

    fn key(&mut self, expected: &'static str) -> Result<&'a str, SelectorError> {
        let next = self.lexer.next();
        match next.token {
            Token::Word(key) => Ok(key),
            _ => Err(self.unexpected(next, expected)),
        }
    }

    /// The condition on the key.
    fn condition(&mut self, key: &'a str, start: Lexeme<'a>) -> Result<Requirement, SelectorError> {
        let operator = self.lexer.peek();
        if matches!(operator.token, Token::End | Token::Comma) {
            return self.located(Requirement::exists(key), start);
        }
        self.lexer.next();
        let value = self.lexer.peek();
        let requirement = match operator.token {
            Token::Equals => Requirement::equals(key, self.value()?),
            Token::NotEquals => Requirement::not_equals(key, self.value()?),
            Token::Greater => Requirement::greater_than(key, self.number()?),
            Token::Less => Requirement::less_than(key, self.number()?),
            Token::Word("in") => Requirement::is_in(key, self.values()?),
            Token::Word("notin") => Requirement::not_in(key, self.values()?),
            _ => {
                return Err(
                    self.unexpected(operator, "one of = == != > < in notin, ',' or the end")
                );
            }
        };
        // Most often it is the value that breaks a rule; a bad key is reported first, though.
        let at = if Requirement::exists(key).is_err() {
            start
        } else {
            value
        };
        self.located(requirement, at)
    }

    fn value(&mut self) -> Result<&'a str, SelectorError> {
        match self.lexer.peek().token {
            Token::End | Token::Comma => Ok(""),
            _ => self.key("a value"),
        }
    }

    fn number(&mut self) -> Result<i64, SelectorError> {
        let start = self.lexer.peek();
        let text = self.value()?;
        // A sign could not stand in a label's value, which is what the API compares with.
        let digits = text.bytes().all(|b| b.is_ascii_digit()).then_some(text);
        digits
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| self.unexpected(start, "a whole number"))
    }

    fn values(&mut self) -> Result<Vec<&'a str>, SelectorError> {
        let open = self.lexer.next();
        if open.token != Token::Open {
            return Err(self.unexpected(open, "'(' and the values"));
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value_in_set()?);
            let next = self.lexer.next();
            match next.token {
                Token::Comma => {}
                Token::Close => return Ok(values),
                _ => return Err(self.unexpected(next, "',' or ')'")),
            }
        }
    }

    fn value_in_set(&mut self) -> Result<&'a str, SelectorError> {
        match self.lexer.peek().token {
            Token::Comma | Token::Close => Ok(""),
            _ => self.key("a value, ',' or ')'"),
        }
    }

    fn located<T>(
        &self,
        result: Result<T, SelectorError>,
        at: Lexeme<'_>,
    ) -> Result<T, SelectorError> {
        result.map_err(|error| error.at(self.text, at.offset))
    }

    fn unexpected(&self, found: Lexeme<'_>, expected: &'static str) -> SelectorError {
        let problem = SelectorProblem::Unexpected {
            expected,
            found: found.token.describe(),
        };
        SelectorError::from(problem).at(self.text, found.offset)
    }
}
