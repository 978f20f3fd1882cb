//! `labelSelector`: requirements on labels, all of which must hold.

use std::collections::BTreeSet;

use super::super::document::Labels;
use super::super::names;

/// Requirements joined by commas; none selects everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct LabelSelector(Vec<Requirement>);

#[derive(Debug, Clone, PartialEq)]
struct Requirement {
    key: String,
    operator: Operator,
}

#[derive(Debug, Clone, PartialEq)]
enum Operator {
    Exists,
    Absent,
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    Greater(i64),
    Less(i64),
}

impl LabelSelector {
    /// Reads the query's text; an error is the sentence that the server answers with a 400.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser {
            tokens: tokens(text),
            at: 0,
        };
        let requirements = parser
            .requirements()
            .map_err(|why| format!("unable to parse requirement: {why}"))?;
        Ok(Self(requirements))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn matches(&self, labels: &Labels) -> bool {
        self.0.iter().all(|requirement| requirement.matches(labels))
    }
}

impl Requirement {
    fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        match &self.operator {
            Operator::Exists => value.is_some(),
            Operator::Absent => value.is_none(),
            Operator::In(values) => value.is_some_and(|value| values.contains(value)),
            // An absent label is not in any set: `a!=b` selects objects without `a` too.
            Operator::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
            Operator::Greater(bound) => number(value).is_some_and(|value| value > *bound),
            Operator::Less(bound) => number(value).is_some_and(|value| value < *bound),
        }
    }
}

fn number(value: Option<&String>) -> Option<i64> {
    value?.parse().ok()
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Symbol(&'static str),
    Word(String),
}

impl Token {
    fn text(&self) -> &str {
        match self {
            Self::Symbol(symbol) => symbol,
            Self::Word(word) => word,
        }
    }
}

/// Longest first, so that `==` is not read as two `=`.
const SYMBOLS: [&str; 9] = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"];

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            tokens.push(Token::Symbol(symbol));
            rest = &rest[symbol.len()..];
        } else {
            let end = rest
                .find(|c: char| c.is_whitespace() || "=!(),><".contains(c))
                .unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    tokens
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn requirements(&mut self) -> Result<Vec<Requirement>, String> {
        let mut found = Vec::new();
        if self.tokens.is_empty() {
            return Ok(found);
        }
        loop {
            found.push(self.requirement()?);
            match self.next() {
                None => return Ok(found),
                Some(Token::Symbol(",")) => match self.peek() {
                    Some(Token::Word(_) | Token::Symbol("!")) => {}
                    other => {
                        return Err(format!(
                            "found '{}', expected: identifier after ','",
                            shown(other)
                        ));
                    }
                },
                other => {
                    return Err(format!(
                        "found '{}', expected: ',' or 'end of string'",
                        shown(other.as_ref())
                    ));
                }
            }
        }
    }

    fn requirement(&mut self) -> Result<Requirement, String> {
        let negated = self.take("!");
        let key = match self.next() {
            Some(Token::Word(word)) => word,
            other => {
                return Err(format!(
                    "found '{}', expected: identifier",
                    shown(other.as_ref())
                ));
            }
        };
        check_key(&key)?;
        if negated {
            return Ok(Requirement {
                key,
                operator: Operator::Absent,
            });
        }
        let operator = self.operator()?;
        Ok(Requirement { key, operator })
    }

    fn operator(&mut self) -> Result<Operator, String> {
        let Some(token) = self.peek().cloned() else {
            return Ok(Operator::Exists);
        };
        if token == Token::Symbol(",") {
            return Ok(Operator::Exists);
        }
        self.at += 1;
        match token.text() {
            "=" | "==" => Ok(Operator::In([self.value()?].into())),
            "!=" => Ok(Operator::NotIn([self.value()?].into())),
            "in" => Ok(Operator::In(self.set()?)),
            "notin" => Ok(Operator::NotIn(self.set()?)),
            ">" | "gt" => Ok(Operator::Greater(self.bound()?)),
            "<" | "lt" => Ok(Operator::Less(self.bound()?)),
            other => Err(format!(
                "found '{other}', expected: in, notin, =, ==, !=, gt, lt"
            )),
        }
    }

    /// One value; nothing at all is the empty value.
    fn value(&mut self) -> Result<String, String> {
        match self.peek() {
            None | Some(Token::Symbol(",")) => Ok(String::new()),
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                check_value(&word)?;
                Ok(word)
            }
            other => Err(format!("found '{}', expected: identifier", shown(other))),
        }
    }

    fn set(&mut self) -> Result<BTreeSet<String>, String> {
        if !self.take("(") {
            return Err(format!("found '{}' expected: '('", shown(self.peek())));
        }
        let mut values = BTreeSet::new();
        loop {
            match self.next() {
                Some(Token::Symbol(")")) => {
                    values.insert(String::new());
                    return Ok(values);
                }
                Some(Token::Symbol(",")) => {
                    values.insert(String::new());
                }
                Some(Token::Word(word)) => {
                    check_value(&word)?;
                    values.insert(word);
                    match self.next() {
                        Some(Token::Symbol(",")) => {}
                        Some(Token::Symbol(")")) => return Ok(values),
                        other => {
                            return Err(format!(
                                "found '{}', expected: ',' or ')'",
                                shown(other.as_ref())
                            ));
                        }
                    }
                }
                other => {
                    return Err(format!(
                        "found '{}', expected: ',', ')' or identifier",
                        shown(other.as_ref())
                    ));
                }
            }
        }
    }

    fn bound(&mut self) -> Result<i64, String> {
        let value = self.value()?;
        value.parse().map_err(|_| {
            format!("for 'Gt', 'Lt' operators, the value must be an integer, not {value:?}")
        })
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(s)) if *s == symbol);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }
}

fn shown(token: Option<&Token>) -> &str {
    token.map_or("", Token::text)
}

fn check_key(key: &str) -> Result<(), String> {
    names::qualified_name(key).map_err(|why| format!("key: Invalid value: {key:?}: {why}"))
}

fn check_value(value: &str) -> Result<(), String> {
    names::label_value(value).map_err(|why| format!("values[0]: Invalid value: {value:?}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn the_whole_grammar_selects() {
        let web = labels(&[
            ("app", "web"),
            ("tier", "front"),
            ("size", "5"),
            ("empty", ""),
            ("k8s.io/x", "y"),
        ]);
        let cases = [
            ("", true),
            ("app", true),
            ("!app", false),
            ("missing", false),
            ("!missing", true),
            ("app=web", true),
            ("app==web", true),
            ("app=api", false),
            ("app!=api", true),
            ("missing!=api", true),
            ("app=web,tier=front", true),
            ("app=web,tier=back", false),
            (" app in ( web , api ) , tier notin (back)", true),
            ("missing notin (a)", true),
            ("missing in (a)", false),
            ("app in (api)", false),
            ("size>4", true),
            ("size > 5", false),
            ("size<6,size gt 4", true),
            ("app>1", false),
            ("empty=", true),
            ("app=", false),
            ("empty in ()", true),
            ("empty in (a,)", true),
            ("empty in (,a)", true),
            ("k8s.io/x=y", true),
        ];
        for (text, wanted) in cases {
            assert_eq!(
                LabelSelector::parse(text).unwrap().matches(&web),
                wanted,
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let cases = [
            (
                "a b",
                "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
            ),
            (
                "a in",
                "unable to parse requirement: found '' expected: '('",
            ),
            (
                "a===b",
                "unable to parse requirement: found '=', expected: identifier",
            ),
            (
                "a,",
                "unable to parse requirement: found '', expected: identifier after ','",
            ),
            (
                ",a",
                "unable to parse requirement: found ',', expected: identifier",
            ),
            (
                "a in (b",
                "unable to parse requirement: found '', expected: ',' or ')'",
            ),
        ];
        for (text, wanted) in cases {
            assert_eq!(LabelSelector::parse(text).unwrap_err(), wanted, "{text}");
        }
        for text in ["a>b", "-a", "a=b b", "a=%", "a/b/c", "!"] {
            assert!(LabelSelector::parse(text).is_err(), "{text}");
        }
    }
}
