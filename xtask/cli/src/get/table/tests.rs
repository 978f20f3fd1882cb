//! Golden tables: what is given, and the text that comes of it.

use serde_json::{Value, json};

use super::super::sections::for_test;
use super::*;

fn columns(names: &[(&str, i32)]) -> Vec<TableColumn> {
    let column = |&(name, priority): &(&str, i32)| {
        let mut column = TableColumn::default();
        column.name = name.to_owned();
        column.r#type = "string".to_owned();
        column.format = if name == "Name" { "name" } else { "" }.to_owned();
        column.priority = priority;
        column
    };
    names.iter().map(column).collect()
}

fn row(namespace: &str, labels: &Value, cells: &Value) -> TableRow {
    let metadata = json!({"namespace": namespace, "labels": labels});
    let mut row = TableRow::default();
    row.cells = cells.as_array().unwrap().clone();
    row.object = serde_json::from_value(json!({"metadata": metadata})).unwrap();
    row
}

fn pods() -> Page<TableRow> {
    Page::of(
        columns(&[("Name", 0), ("Ready", 0), ("Node", 1), ("Age", 0)]),
        vec![
            row(
                "prod",
                &json!({"app": "web", "app.io/name": "shop"}),
                &json!(["web", "1/1", "n1", "5m"]),
            ),
            row(
                "kube-system",
                &json!({}),
                &json!(["dns", "0/1", null, "12d"]),
            ),
        ],
    )
}

fn shown(layout: Layout, pages: Vec<(Section, Option<Change>, Page<TableRow>)>) -> String {
    let mut tables = Tables::new(layout);
    let mut out = Vec::new();
    for (section, change, page) in pages {
        tables.page(&mut out, &section, change, page).unwrap();
    }
    tables.finish(&mut out, true).unwrap();
    String::from_utf8(out).unwrap()
}

fn once(layout: Layout) -> String {
    shown(layout, vec![(for_test("", "Pod", None), None, pods())])
}

fn plain() -> Layout {
    Layout {
        headers: true,
        ..Layout::default()
    }
}

#[test]
fn columns_of_priority_zero_are_shown_and_all_when_wide() {
    assert_eq!(
        once(plain()),
        "\
NAME   READY   AGE
web    1/1     5m
dns    0/1     12d
"
    );
    assert_eq!(
        once(Layout {
            wide: true,
            ..plain()
        }),
        "\
NAME   READY   NODE   AGE
web    1/1     n1     5m
dns    0/1            12d
"
    );
}

#[test]
fn namespaces_labels_and_kinds_are_added_where_asked() {
    let layout = Layout {
        namespaces: true,
        kinds: true,
        labels: vec!["app".into(), "app.io/name".into()],
        all_labels: true,
        ..plain()
    };
    assert_eq!(
        once(layout),
        "\
NAMESPACE     NAME      READY   AGE   APP   NAME   LABELS
prod          pod/web   1/1     5m    web   shop   app.io/name=shop,app=web
kube-system   pod/dns   0/1     12d                <none>
"
    );
}

#[test]
fn headings_can_be_left_out_or_bold() {
    assert_eq!(once(Layout::default()), "web   1/1   5m\ndns   0/1   12d\n");
    let bold = Layout {
        heading: Style::new().bold(),
        ..plain()
    };
    assert!(once(bold).starts_with("\u{1b}[1mNAME   READY   AGE\u{1b}[0m\n"));
}

#[test]
fn headings_come_once_and_columns_only_grow() {
    let section = || for_test("", "Pod", None);
    let page =
        |name: &str, columns| Page::of(columns, vec![row("", &json!({}), &json!([name, "1m"]))]);
    let named = || columns(&[("Name", 0), ("Age", 0)]);
    let empty = Page::of(named(), Vec::new());
    let pages = vec![
        (section(), None, page("web", named())),
        (section(), None, empty),
        (section(), None, page("a-longer-name", Vec::new())),
        (section(), None, page("b", named())),
    ];
    assert_eq!(
        shown(plain(), pages),
        "\
NAME   AGE
web    1m
a-longer-name   1m
b               1m
"
    );
}

#[test]
fn resources_stand_apart_and_empty_ones_leave_no_trace() {
    let page = |name: &str| {
        Page::of(
            columns(&[("Name", 0)]),
            vec![row("", &json!({}), &json!([name]))],
        )
    };
    let pages = || {
        vec![
            (
                for_test("", "Node", None),
                None,
                Page::of(columns(&[("Name", 0)]), Vec::new()),
            ),
            (for_test("", "Pod", None), None, page("web")),
            (for_test("apps", "Deployment", None), None, page("web")),
        ]
    };
    let kinds = Layout {
        kinds: true,
        ..plain()
    };
    assert_eq!(
        shown(kinds.clone(), pages()),
        "NAME\npod/web\n\nNAME\ndeployment.apps/web\n"
    );
    let bare = Layout {
        headers: false,
        ..kinds
    };
    assert_eq!(shown(bare, pages()), "pod/web\ndeployment.apps/web\n");
}

#[test]
fn changed_columns_get_new_headings() {
    let section = || for_test("", "Pod", None);
    let pages = vec![
        (
            section(),
            None,
            Page::of(
                columns(&[("Name", 0)]),
                vec![row("", &json!({}), &json!(["a"]))],
            ),
        ),
        (
            section(),
            None,
            Page::of(
                columns(&[("Name", 0), ("Age", 0)]),
                vec![row("", &json!({}), &json!(["b", "1m"]))],
            ),
        ),
    ];
    assert_eq!(shown(plain(), pages), "NAME\na\nNAME   AGE\nb      1m\n");
}

#[test]
fn events_stand_in_front() {
    let layout = Layout {
        events: true,
        namespaces: true,
        ..plain()
    };
    let page =
        |name: &str, columns| Page::of(columns, vec![row("prod", &json!({}), &json!([name]))]);
    let section = || for_test("", "Pod", None);
    let pages = vec![
        (
            section(),
            Some(Change::Added),
            page("web", columns(&[("Name", 0)])),
        ),
        (section(), Some(Change::Deleted), page("web", Vec::new())),
    ];
    assert_eq!(
        shown(layout, pages),
        "\
EVENT   NAMESPACE   NAME
ADDED   prod        web
DELETED   prod        web
"
    );
}

#[test]
fn rows_of_a_wrong_length_and_wide_letters_do_no_harm() {
    let rows = vec![
        row("", &json!({}), &json!(["日本", "x"])),
        row("", &json!({}), &json!(["a"])),
        row("", &json!({}), &json!(["b", "y", "more"])),
    ];
    let page = Page::of(columns(&[("Name", 0), ("Age", 0)]), rows);
    let text = shown(plain(), vec![(for_test("", "Pod", None), None, page)]);
    assert_eq!(text, "NAME   AGE\n日本   x\na\nb      y\n");
}

#[test]
fn no_part_of_a_table_commands_a_terminal() {
    let layout = Layout {
        namespaces: true,
        labels: vec!["app".into()],
        all_labels: true,
        ..plain()
    };
    let labels = json!({"app": "\u{1b}[2J\nx"});
    let rows = vec![row("\u{1b}[2J", &labels, &json!(["\u{1b}[2J"]))];
    let page = Page::of(columns(&[("\u{1b}[2J\nx", 0)]), rows);
    let text = shown(layout, vec![(for_test("", "Pod", None), None, page)]);
    assert!(!text.contains('\u{1b}'), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
}
