//! Makes up values, schema by schema.

use serde_json::{Map, Value, json};

use crate::choice::{self, Choice};
use crate::kinds::{Kind, Kinds};
use crate::{Fill, Temper, text};

/// How many values an object of parts has at most, roughly.
const LARGEST_PART: usize = 400;

impl Kinds {
    /// Makes up an object: the same arguments give the same one.
    #[must_use]
    pub fn make(&self, kind: &Kind, temper: Temper, fill: Fill) -> Value {
        let mut made = Maker::new(self, kind, temper, fill).root(&kind.schema);
        if let Some(object) = made.as_object_mut() {
            object.insert("apiVersion".to_owned(), kind.api_version().into());
            object.insert("kind".to_owned(), kind.kind.as_str().into());
        }
        made
    }
}

struct Maker<'a> {
    kinds: &'a Kinds,
    /// Schemas of a CustomResourceDefinition: what they do not name is not there.
    structural: bool,
    temper: Temper,
    fill: Fill,
    rng: fastrand::Rng,
    /// How likely an optional field is.
    chance: f64,
    /// How many values may still come.
    left: usize,
    /// The definitions that we are inside of.
    open: Vec<&'a str>,
}

impl<'a> Maker<'a> {
    fn new(kinds: &'a Kinds, kind: &Kind, temper: Temper, fill: Fill) -> Self {
        let (seed, left) = match fill {
            Fill::Part(seed) => (seed, LARGEST_PART),
            Fill::Required | Fill::Everything => (0, usize::MAX),
        };
        let mut rng = fastrand::Rng::with_seed(seed);
        let chance = [0.05, 0.3, 0.8][rng.usize(..3)];
        let structural = kind.custom.is_some();
        Self {
            kinds,
            structural,
            temper,
            fill,
            rng,
            chance,
            left,
            open: Vec::new(),
        }
    }

    /// A whole object, which always has metadata: a definition leaves them open, and they
    /// have a type all the same.
    fn root(&mut self, schema: &'a Value) -> Value {
        let mut made = self.object(schema);
        let known = self.structural || self.temper == Temper::Tame;
        match &mut made {
            Value::Object(object) if known => {
                let metadata = json!({"name": "sample", "labels": {"a": "b"}});
                object.insert("metadata".to_owned(), metadata);
            }
            Value::Object(object) => drop(object.entry("metadata").or_insert_with(|| json!({}))),
            _ => {}
        }
        made
    }

    fn value(&mut self, schema: &'a Value) -> Value {
        self.left = self.left.saturating_sub(1);
        if self.temper == Temper::Tame && !schema["default"].is_null() && !self.empties(schema) {
            return schema["default"].clone();
        }
        if let Some(reference) = reference(schema) {
            return self.referred(reference);
        }
        if let Some(values) = values_of(schema) {
            return self.one_of(values);
        }
        if is_int_or_string(schema) {
            return self.int_or_string(schema);
        }
        match type_of(schema) {
            "string" => {
                let kept = self.structural || self.temper == Temper::Wild;
                text::string(schema, self.temper, kept, &mut self.rng).into()
            }
            "integer" => self.integer(schema),
            "number" => self.number(schema),
            "boolean" => self.rng.bool().into(),
            "array" => self.array(schema),
            "object" => self.object(schema),
            _ => self.anything(2),
        }
    }

    /// v3 documents say `default: {}` beside every reference.
    fn empties(&self, schema: &Value) -> bool {
        !self.structural || schema["default"].as_object().is_some_and(Map::is_empty)
    }

    fn referred(&mut self, reference: &str) -> Value {
        let Some((name, schema)) = self.kinds.definition(reference) else {
            return Value::Null;
        };
        match name.rsplit('.').next() {
            Some("Quantity") => return text::quantity(&mut self.rng).into(),
            Some("MicroTime") => return "2026-01-02T03:04:05.000006Z".into(),
            Some("JSONSchemaPropsOrArray") => return json!([{"type": "string"}]),
            Some("JSONSchemaPropsOrBool") => return self.rng.bool().into(),
            Some("JSONSchemaPropsOrStringArray") => return json!(["a"]),
            Some("RawExtension" | "FieldsV1") => {}
            // A message of the server without fields: it drops what is in there.
            _ if is_empty(schema) => return json!({}),
            _ => {}
        }
        self.open.push(name);
        let mut made = self.value(schema);
        if let Some(object) = made.as_object_mut()
            && schema["x-kubernetes-group-version-kind"].is_array()
        {
            if name.ends_with(".meta.v1.DeleteOptions") {
                // What they are options of is said by where they are.
                object.remove("apiVersion");
                object.remove("kind");
            }
            if schema["properties"]["metadata"].is_object() {
                object.entry("metadata").or_insert_with(|| json!({}));
            }
        }
        self.open.pop();
        made
    }

    fn one_of(&mut self, values: &[Value]) -> Value {
        if self.temper == Temper::Wild && self.rng.u8(..6) == 0 {
            match values.first() {
                Some(Value::String(_)) => return "FromTheFuture".into(),
                Some(Value::Number(_)) => return 999.into(),
                _ => {}
            }
        }
        let values = values.iter().filter(|value| !value.is_null());
        self.rng
            .choice(values.collect::<Vec<_>>())
            .cloned()
            .unwrap_or_default()
    }

    fn int_or_string(&mut self, schema: &Value) -> Value {
        if is_quantity(schema) {
            return text::custom_quantity(&mut self.rng);
        }
        match self.rng.bool() || type_of(schema) == "integer" {
            true => self.rng.u16(1..).into(),
            false => one_of_ports(schema, &mut self.rng).into(),
        }
    }

    fn integer(&mut self, schema: &Value) -> Value {
        if self.temper == Temper::Tame {
            return tame_integer(schema);
        }
        let unsigned = schema["format"]
            .as_str()
            .is_some_and(|format| format.starts_with('u'));
        let small = schema["format"]
            .as_str()
            .is_some_and(|format| format.ends_with("32"));
        let all: [i64; 6] = match (small, unsigned) {
            (true, false) => [0, 1, -1, 7, i32::MAX.into(), i32::MIN.into()],
            (true, true) => [0, 1, 2, 3, i32::MAX.into(), u32::MAX.into()],
            (false, false) => [0, 1, -1, 9_007_199_254_740_993, i64::MAX, i64::MIN],
            (false, true) => [0, 1, 2, 3, 9_007_199_254_740_993, i64::MAX],
        };
        all[self.rng.usize(..all.len())].into()
    }

    fn number(&mut self, schema: &Value) -> Value {
        if self.temper == Temper::Tame {
            return tame_number(schema, &mut self.rng);
        }
        // Whole numbers have no point, as a server writes them.
        match self.rng.bool() {
            true => [0, 3, -7, 9_007_199_254_740_992_i64][self.rng.usize(..4)].into(),
            false => json!([0.5, -1.25, 1e300, 0.1, 1e21, 1e-7][self.rng.usize(..6)]),
        }
    }

    fn array(&mut self, schema: &'a Value) -> Value {
        let least = schema["minItems"]
            .as_u64()
            .map_or(0, |least| usize::try_from(least).unwrap_or(0));
        let count = match (self.fill, self.temper) {
            (Fill::Part(_), Temper::Wild) => {
                self.rng.usize(usize::from(!tells_emptiness(schema))..3)
            }
            _ => least.max(1),
        };
        let items = (0..count).map(|_| self.nullable(&schema["items"]));
        items.collect::<Vec<_>>().into()
    }

    /// A value, or null where that is allowed.
    fn nullable(&mut self, schema: &'a Value) -> Value {
        // Servers ask that a list of values has null as well.
        let unlisted = self.temper == Temper::Tame
            && values_of(schema).is_some_and(|values| !values.contains(&Value::Null));
        match schema["nullable"] == true && !unlisted && self.rng.u8(..3) == 0 {
            true => Value::Null,
            false => self.value(schema),
        }
    }

    fn object(&mut self, schema: &'a Value) -> Value {
        let mut made = Map::new();
        if schema["x-kubernetes-embedded-resource"] == true {
            made.insert("apiVersion".to_owned(), "v1".into());
            made.insert("kind".to_owned(), "ConfigMap".into());
            made.insert("metadata".to_owned(), json!({"name": "embedded"}));
        }
        let named = schema["properties"]
            .as_object()
            .filter(|named| !named.is_empty());
        if let Some(properties) = named {
            self.properties(schema, properties, &mut made);
        }
        self.unnamed(schema, named, &mut made);
        Value::Object(made)
    }

    fn properties(
        &mut self,
        schema: &'a Value,
        properties: &'a Map<String, Value>,
        made: &mut Map<String, Value>,
    ) {
        let choice = match self.temper {
            Temper::Tame => choice::decide(schema, &mut self.rng),
            Temper::Wild => Choice::default(),
        };
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut names: Vec<&String> = properties.keys().collect();
        self.rng.shuffle(&mut names);
        for name in names {
            let property = &properties[name];
            let needed = required.contains(&name.as_str()) || choice.wanted.contains(name.as_str());
            let banned = choice.unwanted.contains(name.as_str()) || made.contains_key(name);
            if banned || !(needed || self.takes(property)) {
                continue;
            }
            let value = self.nullable(property);
            made.insert(name.clone(), value);
        }
    }

    /// Whether an optional property is there this time.
    fn takes(&mut self, property: &Value) -> bool {
        let again = inner_reference(property)
            .and_then(|reference| reference.rsplit('/').next())
            .is_some_and(|name| self.open.contains(&name));
        match self.fill {
            Fill::Required => false,
            Fill::Everything => !again,
            Fill::Part(_) => {
                self.left > 0 && self.rng.f64() < if again { 0.1 } else { self.chance }
            }
        }
    }

    /// Members that a schema does not name.
    fn unnamed(
        &mut self,
        schema: &'a Value,
        named: Option<&Map<String, Value>>,
        made: &mut Map<String, Value>,
    ) {
        let values = Some(&schema["additionalProperties"]).filter(|values| values.is_object());
        let kept = schema["x-kubernetes-preserve-unknown-fields"] == true
            || schema["additionalProperties"] == true
            || (!self.structural && named.is_none());
        let count = match self.fill {
            _ if values.is_none() && !kept => 0,
            Fill::Required => 0,
            Fill::Everything => 2,
            // A map that is there is not empty: mostly, emptiness and absence are one.
            Fill::Part(_) => self.rng.usize(usize::from(!tells_emptiness(schema))..4),
        };
        self.needed(schema, values, made);
        for _ in 0..count {
            let key = text::key(self.temper, &mut self.rng);
            if made.contains_key(&key) || named.is_some_and(|named| named.contains_key(&key)) {
                continue;
            }
            let value = match values {
                Some(values) => self.nullable(values),
                None => self.anything(2),
            };
            made.insert(key, value);
        }
    }

    /// Members that are required and named nowhere else.
    fn needed(
        &mut self,
        schema: &'a Value,
        values: Option<&'a Value>,
        made: &mut Map<String, Value>,
    ) {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let required = parts.flat_map(|part| part["required"].as_array().into_iter().flatten());
        for name in required.filter_map(Value::as_str) {
            if let Some(values) = values.filter(|_| !made.contains_key(name)) {
                made.insert(name.to_owned(), self.value(values));
            }
        }
    }

    /// Any JSON, so many levels deep.
    fn anything(&mut self, depth: usize) -> Value {
        let text = text::key(self.temper, &mut self.rng);
        match self.rng.u8(..if depth == 0 { 4 } else { 6 }) {
            0 => text.into(),
            1 => self.rng.i64(..).into(),
            2 => json!(0.25),
            3 => self.rng.bool().into(),
            4 => json!([self.anything(depth - 1), null]),
            _ => json!({text: self.anything(depth - 1), "n": null, "e": {}}),
        }
    }
}

/// The reference of a schema, also where v3 wraps it.
fn reference(schema: &Value) -> Option<&str> {
    let wrapped = schema["allOf"]
        .as_array()
        .and_then(|all| match all.as_slice() {
            [one] => one["$ref"].as_str(),
            _ => None,
        });
    schema["$ref"].as_str().or(wrapped)
}

/// The reference that a schema leads to through lists and maps.
fn inner_reference(schema: &Value) -> Option<&str> {
    let inner = ["items", "additionalProperties"]
        .iter()
        .filter_map(|word| schema.get(word));
    reference(schema).or_else(|| {
        inner
            .filter(|inner| inner.is_object())
            .find_map(inner_reference)
    })
}

/// The values of an enum, which may be said in a branch that all must keep to.
fn values_of(schema: &Value) -> Option<&Vec<Value>> {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let all = std::iter::once(schema).chain(parts);
    all.filter_map(|part| part["enum"].as_array()).next()
}

fn type_of(schema: &Value) -> &str {
    let implied = match schema["properties"].is_object() {
        true => "object",
        false => "",
    };
    schema["type"].as_str().unwrap_or(implied)
}

fn is_empty(schema: &Value) -> bool {
    schema["properties"].is_null()
        && schema["additionalProperties"].is_null()
        && schema["type"] == "object"
}

/// A format counts only where its type could have it.
fn is_int_or_string(schema: &Value) -> bool {
    let by_format = schema["format"] == "int-or-string" && matches!(type_of(schema), "" | "string");
    schema["x-kubernetes-int-or-string"] == true || by_format
}

/// Whether an empty list or map says something else than its absence: what is absent gets the
/// default, and null is a third thing where there may be one.
fn tells_emptiness(schema: &Value) -> bool {
    schema["nullable"] == true || schema["default"].is_array() || schema["default"].is_object()
}

/// The pattern of quantities is the one that allows suffixes of the binary system.
fn is_quantity(schema: &Value) -> bool {
    schema["pattern"]
        .as_str()
        .is_some_and(|pattern| pattern.contains("KMGTPE"))
}

fn one_of_ports(schema: &Value, rng: &mut fastrand::Rng) -> String {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let mut limits = std::iter::once(schema).chain(parts);
    match limits.find(|part| part["pattern"].is_string()) {
        Some(limited) => text::string(limited, Temper::Tame, false, rng),
        None => text::one_of(&["http", "50%", "web"], rng),
    }
}

fn tame_integer(schema: &Value) -> Value {
    let bound = |word: &str| schema[word].as_f64().map(|bound| bound as i64);
    let least = bound("minimum").unwrap_or(1);
    least.min(bound("maximum").unwrap_or(i64::MAX)).into()
}

/// With a fraction, where there may be one, or whole.
fn tame_number(schema: &Value, rng: &mut fastrand::Rng) -> Value {
    let least = schema["minimum"].as_f64().unwrap_or(0.0);
    let most = schema["maximum"].as_f64().unwrap_or(f64::MAX);
    match least + 0.5 <= most && rng.bool() {
        true => json!(least + 0.5),
        false => tame_integer(schema),
    }
}
