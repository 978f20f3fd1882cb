//! Tables, and which objects are in them.

use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, Server, column, names};

cases![
    a_table_has_headings_once_and_a_row_an_object,
    pages_are_one_table,
    all_namespaces_have_a_column,
    the_context_says_where_and_flags_overrule_it,
    cluster_kinds_have_no_namespace,
    resources_stand_apart_under_their_kinds,
    a_category_is_all_its_resources,
    several_names_are_one_table,
    selectors_choose,
    labels_are_columns_on_request,
    finding_nothing_is_reported_and_not_a_failure,
    every_name_of_a_resource_is_understood,
    no_colours_where_no_terminal_looks,
    a_closed_pipe_is_not_a_failure,
];

fn a_table_has_headings_once_and_a_row_an_object(context: &Context) -> Outcome {
    context.config_map("b", "web")?;
    context.config_map("a", "web")?;
    let table = context.get("cm").ok()?;
    assert_eq!(names(&table), ["NAME", "a", "b"]);
    let headless = context.get("cm --no-headers").ok()?;
    assert_eq!(names(&headless), ["a", "b"]);
    if context.server == Server::ControlPlane {
        assert_eq!(table.lines().next(), Some("NAME   DATA   AGE"));
        assert_eq!(column(&table, 1), ["DATA", "1", "1"]);
    }
    Ok(())
}

fn pages_are_one_table(context: &Context) -> Outcome {
    for name in ["a", "b", "c", "d", "e"] {
        context.config_map(name, "web")?;
    }
    let table = context.get("cm --chunk-size 2").ok()?;
    assert_eq!(names(&table), ["NAME", "a", "b", "c", "d", "e"]);
    let list = context.get("cm --chunk-size 2 -o jsonpath={.items[*].metadata.name}");
    assert_eq!(list.ok()?, "a b c d e");
    assert_eq!(names(&context.get("cm --chunk-size 0").ok()?).len(), 6);
    Ok(())
}

fn all_namespaces_have_a_column(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let table = context.get("cm -A --field-selector metadata.name=a").ok()?;
    let line = table.lines().next().unwrap_or_default();
    assert!(line.starts_with("NAMESPACE "), "{table}");
    assert!(names(&table).contains(&&*context.namespace), "{table}");
    Ok(())
}

fn the_context_says_where_and_flags_overrule_it(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let name = "configmap/a\n";
    assert_eq!(context.get("cm -o name").ok()?, name);
    assert_eq!(context.get("cm -o name --context elsewhere").ok()?, "");
    let here = format!("cm -o name --context elsewhere -n {}", context.namespace);
    assert_eq!(context.get(&here).ok()?, name);
    let file = context.kubeconfig();
    let mut command = context.command(&["cm", "-o", "name", "--kubeconfig"]);
    command.arg(file).env("KUBECONFIG", "/nowhere/config");
    assert_eq!(crate::server::said(command).ok()?, name);
    Ok(())
}

fn cluster_kinds_have_no_namespace(context: &Context) -> Outcome {
    for line in ["ns -n nobodys", "ns -A", "namespaces"] {
        let table = context.get(line).ok()?;
        assert_eq!(names(&table).first(), Some(&"NAME"), "{line}");
        assert!(names(&table).contains(&&*context.namespace), "{line}");
    }
    Ok(())
}

/// A deployment and a service, both called `web`.
fn web(context: &Context) -> Outcome {
    let template = json!({"metadata": {"labels": {"app": "web"}},
        "spec": {"containers": [{"name": "main", "image": "example.com/web:1"}]}});
    let spec =
        json!({"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template": template});
    let deployment = json!({"metadata": {"name": "web"}, "spec": spec});
    context.create("apps/v1/deployments", deployment)?;
    let spec = json!({"selector": {"app": "web"}, "ports": [{"port": 80}]});
    context.create(
        "v1/services",
        json!({"metadata": {"name": "web"}, "spec": spec}),
    )
}

fn resources_stand_apart_under_their_kinds(context: &Context) -> Outcome {
    web(context)?;
    let table = context.get("po,svc,deploy").ok()?;
    assert_eq!(
        names(&table),
        ["NAME", "service/web", "", "NAME", "deployment.apps/web"]
    );
    let table = context.get("deploy/web svc/web").ok()?;
    assert_eq!(
        names(&table),
        ["NAME", "deployment.apps/web", "", "NAME", "service/web"]
    );
    let bare = context.get("svc,deploy --no-headers").ok()?;
    assert_eq!(names(&bare), ["service/web", "deployment.apps/web"]);
    Ok(())
}

fn a_category_is_all_its_resources(context: &Context) -> Outcome {
    web(context)?;
    let lines = context.get("all -o name").ok()?;
    assert_eq!(lines, "service/web\ndeployment.apps/web\n");
    let table = context.get("all").ok()?;
    assert!(table.contains("deployment.apps/web"), "{table}");
    Ok(())
}

fn several_names_are_one_table(context: &Context) -> Outcome {
    for name in ["a", "b", "c"] {
        context.config_map(name, "web")?;
    }
    for line in ["cm c a", "cm/c cm/a", "configmaps/c cm/a"] {
        assert_eq!(
            names(&context.get(line).ok()?),
            ["NAME", "c", "a"],
            "{line}"
        );
    }
    Ok(())
}

fn selectors_choose(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    context.config_map("b", "db")?;
    for (line, expected) in [
        ("cm -o name -l app=web", "configmap/a\n"),
        ("cm -o name -l app!=web", "configmap/b\n"),
        ("cm -o name --selector app", "configmap/a\nconfigmap/b\n"),
        (
            "cm -o name --field-selector metadata.name=b",
            "configmap/b\n",
        ),
    ] {
        assert_eq!(context.get(line).ok()?, expected, "{line}");
    }
    let set = context.get_words(&["cm", "-o", "name", "-l", "app in (db, other)"]);
    assert_eq!(set.ok()?, "configmap/b\n");
    Ok(())
}

fn labels_are_columns_on_request(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let table = context.get("cm -L app,tier --show-labels").ok()?;
    let words: Vec<_> = table.lines().map(str::split_whitespace).collect();
    let last: Vec<_> = words.into_iter().map(Iterator::last).collect();
    assert_eq!(last, [Some("LABELS"), Some("app=web")]);
    assert!(table.contains("APP   TIER   LABELS"), "{table}");
    Ok(())
}

fn finding_nothing_is_reported_and_not_a_failure(context: &Context) -> Outcome {
    let here = format!("No resources found in {} namespace.\n", context.namespace);
    for (line, expected) in [
        ("po", &*here),
        ("po,svc", &here),
        ("ns -l no=such", "No resources found\n"),
        ("po -A -l no=such", "No resources found\n"),
        ("po -o name", ""),
        ("po --ignore-not-found", ""),
        ("po web --ignore-not-found", ""),
        ("po web --ignore-not-found -o json", ""),
    ] {
        let said = context.get(line);
        assert_eq!(said.code, Some(0), "{line}");
        assert_eq!((&*said.out, &*said.err), ("", expected), "{line}");
    }
    Ok(())
}

fn every_name_of_a_resource_is_understood(context: &Context) -> Outcome {
    web(context)?;
    for resource in [
        "deploy",
        "deployment",
        "deployments",
        "Deployment",
        "deployments.apps",
        "deploy.apps",
        "deployments.v1.apps",
        "apps/v1/deployments",
    ] {
        let line = format!("{resource} web -o name");
        assert_eq!(
            context.get(&line).ok()?,
            "deployment.apps/web\n",
            "{resource}"
        );
    }
    assert_eq!(context.get("v1/services -o name").ok()?, "service/web\n");
    Ok(())
}

fn no_colours_where_no_terminal_looks(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    assert!(!context.get("cm").ok()?.contains('\u{1b}'));
    let mut forced = context.command(&["cm"]);
    forced.env("CLICOLOR_FORCE", "1");
    assert!(
        crate::server::said(forced)
            .ok()?
            .starts_with("\u{1b}[1mNAME")
    );
    let mut refused = context.command(&["cm"]);
    refused.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!crate::server::said(refused).ok()?.contains('\u{1b}'));
    Ok(())
}

fn a_closed_pipe_is_not_a_failure(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let mut command = context.command(&["cm", "-o", "yaml"]);
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer).stderr(std::process::Stdio::piped());
    let child = command.spawn()?;
    drop((reader, command));
    let output = child.wait_with_output()?;
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{output:?}");
    Ok(())
}
