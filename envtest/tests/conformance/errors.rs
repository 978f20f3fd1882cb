//! Refusals, and the errors that the client makes of them.

use std::sync::{Arc, Mutex};

use kubewright::{Client, Config, FieldValidation, ListOptions};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, Server, config_map, object};

cases![
    a_verb_that_is_not_there_is_not_allowed,
    a_group_that_is_not_there_is_not_found,
    unknown_fields_are_warned_of_or_refused,
    an_invalid_name_is_refused_before_it_is_sent,
    a_closed_port_is_a_connect_error;
    real_only "the embedded server has no authentication":
    a_stranger_is_unauthorized,
    a_user_without_rights_is_forbidden,
    an_untrusted_certificate_is_not_a_connect_error,
];

async fn a_verb_that_is_not_there_is_not_allowed(context: Context) -> Outcome {
    let error = context
        .api("v1/bindings")
        .list(&ListOptions::new())
        .await
        .unwrap_err();
    assert!(error.is_method_not_allowed(), "{error:?}");
    Ok(())
}

async fn a_group_that_is_not_there_is_not_found(context: Context) -> Outcome {
    let error = context
        .api("nothings.v1.example.com")
        .get("one")
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}

async fn unknown_fields_are_warned_of_or_refused(context: Context) -> Outcome {
    // Rule E8
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&warnings);
    let config = context
        .config
        .clone()
        .on_warning(move |warning| seen.lock().expect("unpoisoned").push(warning.to_string()));
    let deployments = Client::new(&config)?
        .resource(&"apps/v1/deployments".parse()?)
        .namespace(&context.namespace);
    let mut body = crate::server::deployment("web", 1);
    body.set_path("/spec/replicsa", 3)?;
    deployments.create(&body).dry_run().await?;
    assert_eq!(
        *warnings.lock().expect("unpoisoned"),
        ["unknown field \"spec.replicsa\""]
    );
    let error = deployments
        .create(&body)
        .field_validation(FieldValidation::Strict)
        .await
        .unwrap_err();
    assert!(
        error.is_bad_request() && error.to_string().contains("spec.replicsa"),
        "{error:?}"
    );
    Ok(())
}

async fn an_invalid_name_is_refused_before_it_is_sent(context: Context) -> Outcome {
    // Rule U5
    for name in ["", "..", "a/b", "a%2Fb"] {
        assert!(
            context
                .config_maps()
                .get(name)
                .await
                .unwrap_err()
                .is_request(),
            "{name:?}"
        );
    }
    let nameless = object(json!({"apiVersion": "v1", "kind": "ConfigMap"}));
    assert!(
        context
            .config_maps()
            .replace(&nameless)
            .await
            .unwrap_err()
            .is_request()
    );
    Ok(())
}

async fn a_closed_port_is_a_connect_error(_context: Context) -> Outcome {
    // Rule R2: a refused connection is not tried again.
    let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let client = Client::new(&Config::new(&format!("http://{free}"))?)?;
    let error = client.version().await.unwrap_err();
    assert!(error.is_connect() && error.is_transport(), "{error:?}");
    assert!(error.to_string().contains(&free.to_string()), "{error}");
    Ok(())
}

async fn a_stranger_is_unauthorized(context: Context) -> Outcome {
    let url = context.config.server().to_owned();
    let ca = crate::server::ca_pem().await;
    let client = Client::new(&Config::new(&url)?.with_ca_pem(ca).with_token("nonsense"))?;
    let maps = client
        .resource(&"v1/configmaps".parse()?)
        .namespace(&context.namespace);
    let error = maps.list(&ListOptions::new()).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:?}");
    assert!(!format!("{error:?}").contains("nonsense"), "{error:?}");
    Ok(())
}

async fn a_user_without_rights_is_forbidden(context: Context) -> Outcome {
    assert_eq!(context.server, Server::ControlPlane);
    let client = Client::new(&crate::server::nobody().await?)?;
    let maps = client
        .resource(&"v1/configmaps".parse()?)
        .namespace(&context.namespace);
    let error = maps.create(&config_map("one", "a", "1")).await.unwrap_err();
    assert!(
        error.is_forbidden() && error.to_string().contains("nobody"),
        "{error:?}"
    );
    Ok(())
}

async fn an_untrusted_certificate_is_not_a_connect_error(context: Context) -> Outcome {
    let client = Client::new(&Config::new(context.config.server())?)?;
    let error = client.version().await.unwrap_err();
    assert!(error.is_transport() && !error.is_connect(), "{error:?}");
    Ok(())
}
