//! Failures, with their messages and exit codes.

use crate::cases;
use crate::server::{Context, Outcome, Server, kubewright, names, said};

cases![
    an_unknown_resource_suggests_the_nearest,
    what_is_missing_is_said_and_the_rest_is_shown,
    a_command_line_that_means_nothing_is_usage,
    a_resource_that_cannot_be_read_is_the_servers_error,
    a_server_that_is_not_there_is_said_once,
    a_kubeconfig_or_context_that_is_not_there_is_named,
    warnings_of_the_server_are_passed_on,
    help_teaches_by_example,
];

fn an_unknown_resource_suggests_the_nearest(context: &Context) -> Outcome {
    let error = context.get("deploymentz").failed(1)?;
    assert_eq!(
        error,
        "error: the cluster has no resource `deploymentz`; did you mean deployments.apps?\n"
    );
    let error = context.get("xxxxxxxx.example.com").failed(1)?;
    assert!(
        error.contains("has no resource `xxxxxxxx.example.com`"),
        "{error}"
    );
    Ok(())
}

fn what_is_missing_is_said_and_the_rest_is_shown(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let gone = "Error from server (NotFound): configmaps \"nope\" not found\n";
    assert_eq!(context.get("cm nope").failed(1)?, gone);
    assert_eq!(context.get("cm nope -o json").failed(1)?, gone);
    assert_eq!(
        context.get("cm nope nope -o yaml").failed(1)?,
        gone.repeat(2)
    );
    let both = context.get("cm nope a");
    assert_eq!((both.code, names(&both.out)), (Some(1), vec!["NAME", "a"]));
    assert_eq!(both.err, gone);
    let both = context.get("cm nope a -o json");
    assert!(both.out.contains("\"kind\": \"List\""), "{both:?}");
    Ok(())
}

fn a_command_line_that_means_nothing_is_usage(context: &Context) -> Outcome {
    for (words, hint) in [
        (&["cm", "-A", "a"][..], "-n instead of -A"),
        (&["cm", "a", "-l", "app=web"], "not both"),
        (&["cm/a", "svc"], "`svc` has no name"),
        (&["cm", "svc/a"], "`svc/a` is not a name"),
        (&["cm,svc", "--watch"], "works with one resource"),
        (&["cm", "a", "b", "--watch"], "one object"),
        (&["cm", "-l", "a in ("], "--selector"),
        (&["cm", "--field-selector", "a"], "--field-selector"),
        (&["cm", "-o", "xml"], "expected table, wide"),
        (&["cm", "-o", "jsonpath={range .items[*]}"], "-o path="),
        (&["cm", "-o", "path=.a[?(@.b)]"], "-o json"),
        (&["a/b/c/d"], "a/b/c/d"),
        (&["cm", ".."], ".."),
        (
            &["cm", "--server", "http://k", "--context", "here"],
            "--context",
        ),
        (&[], "RESOURCE"),
    ] {
        let error = context.get_words(words).failed(2)?;
        assert!(
            error.starts_with("error: ") && error.contains(hint),
            "{words:?}: {error}"
        );
    }
    Ok(())
}

fn a_resource_that_cannot_be_read_is_the_servers_error(context: &Context) -> Outcome {
    let error = context.get("tokenreviews").failed(1)?;
    assert!(
        error.starts_with("Error from server (MethodNotAllowed): "),
        "{error}"
    );
    Ok(())
}

fn a_server_that_is_not_there_is_said_once(_: &Context) -> Outcome {
    let error = said(kubewright(&["cm", "--server", "http://127.0.0.1:1"])).failed(1)?;
    assert!(
        error.starts_with("error: ") && error.contains("http://127.0.0.1:1"),
        "{error}"
    );
    assert_eq!(error.matches("refused").count(), 1, "{error}");
    Ok(())
}

fn a_kubeconfig_or_context_that_is_not_there_is_named(context: &Context) -> Outcome {
    let error = said(kubewright(&["cm", "--kubeconfig", "/nowhere/config"])).failed(1)?;
    assert!(error.contains("/nowhere/config"), "{error}");
    let error = context.get("cm --context nobodys").failed(1)?;
    assert!(error.contains("nobodys"), "{error}");
    let error = said(kubewright(&["cm"])).failed(1)?;
    assert!(error.contains("KUBECONFIG"), "{error}");
    Ok(())
}

fn warnings_of_the_server_are_passed_on(context: &Context) -> Outcome {
    if context.server == Server::ControlPlane {
        let said = context.get("componentstatuses --chunk-size 1");
        assert_eq!(said.code, Some(0));
        assert_eq!(
            said.err,
            "Warning: v1 ComponentStatus is deprecated in v1.19+\n"
        );
    }
    Ok(())
}

fn help_teaches_by_example(context: &Context) -> Outcome {
    let help = context.get("--help").ok()?;
    assert!(help.contains("kubewright get po,svc -A -o wide"), "{help}");
    assert!(help.contains("Exit status"), "{help}");
    Ok(())
}
