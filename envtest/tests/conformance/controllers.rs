//! Controllers bring about the desired state.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kubewright::cache::{NamespacedName, Selection, SharedInformer};
use kubewright::controller::{Action, Controller, Request};
use kubewright::{Api, Error, Unstructured};
use serde_json::json;
use tokio::sync::mpsc;

use crate::cases;
use crate::server::{Context, Outcome, config_map, object};

cases![
    a_child_is_made_and_made_again,
    a_deletion_is_delivered,
    failures_and_panics_are_tried_again,
    a_key_can_be_asked_for_later,
    one_key_is_with_one_worker,
    what_is_under_way_is_finished,
];

/// The config maps of a case that are labelled `key=<key>`.
fn maps(context: &Context, key: &str) -> SharedInformer<Unstructured> {
    SharedInformer::new(
        context.config_maps(),
        Selection::new().labels(format!("key={key}")),
    )
}

/// Waits until the child is there, in another life than `before`; the case's deadline
/// bounds it.
async fn child(
    api: &Api<Unstructured>,
    before: Option<&Unstructured>,
) -> Result<Unstructured, Error> {
    loop {
        let found = api.get("big-child").optional().await?;
        match found.filter(|found| before.is_none_or(|before| before.uid() != found.uid())) {
            Some(found) => return Ok(found),
            None => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn ensure_child(
    api: Api<Unstructured>,
    request: Request<Unstructured>,
) -> Result<Action, Error> {
    let Some(parent) = request.object() else {
        return Ok(Action::await_change());
    };
    let mut child = config_map(&format!("{}-child", parent.name()), "child", "1");
    child.set_path(
        "/metadata/ownerReferences",
        json!([{"apiVersion": "v1", "kind": "ConfigMap", "name": parent.name(), "uid": parent.uid(), "controller": true}]),
    )?;
    match api.create(&child).await {
        Err(error) if error.is_already_exists() => Ok(Action::await_change()),
        created => created.map(|_| Action::await_change()),
    }
}

async fn a_child_is_made_and_made_again(context: Context) -> Outcome {
    context.config_map("big").await?;
    let api = context.config_maps();
    let reconciled = api.clone();
    let controller = Controller::new(maps(&context, "a")).owns(maps(&context, "child"));
    let running =
        tokio::spawn(controller.run(move |request| ensure_child(reconciled.clone(), request)));
    let first = child(&api, None).await?;
    api.delete("big-child").await?;
    child(&api, Some(&first)).await?;
    running.abort();
    Ok(())
}

async fn a_deletion_is_delivered(context: Context) -> Outcome {
    context.config_map("one").await?;
    let (told, mut heard) = mpsc::unbounded_channel();
    let controller = Controller::new(maps(&context, "a"));
    let running = tokio::spawn(controller.run(move |request: Request<Unstructured>| {
        let _ = told.send((request.key().to_string(), request.object().is_some()));
        async { Ok::<_, Error>(Action::await_change()) }
    }));
    let key = format!("{}/one", context.namespace);
    assert_eq!(heard.recv().await, Some((key.clone(), true)));
    context.config_maps().delete("one").await?;
    assert_eq!(heard.recv().await, Some((key, false)));
    running.abort();
    Ok(())
}

async fn failures_and_panics_are_tried_again(context: Context) -> Outcome {
    // Rule CR3
    context.config_map("one").await?;
    let (told, mut heard) = mpsc::unbounded_channel();
    let calls = AtomicU32::new(0);
    let controller = Controller::new(maps(&context, "a"));
    let running = tokio::spawn(controller.run(move |_| {
        let call = calls.fetch_add(1, Ordering::Relaxed);
        let _ = told.send(call);
        async move {
            match call {
                0 => Err("not yet"),
                1 => panic!("a reconcile function that panics"),
                _ => Ok(Action::await_change()),
            }
        }
    }));
    for expected in 0..3 {
        assert_eq!(heard.recv().await, Some(expected));
    }
    running.abort();
    Ok(())
}

async fn a_key_can_be_asked_for_later(context: Context) -> Outcome {
    context.config_map("one").await?;
    let (told, mut heard) = mpsc::unbounded_channel();
    let controller = Controller::new(maps(&context, "a"));
    let running = tokio::spawn(controller.run(move |_| {
        let _ = told.send(());
        async { Ok::<_, Error>(Action::requeue_after(Duration::from_millis(10))) }
    }));
    for _ in 0..3 {
        heard.recv().await.ok_or("no call")?;
    }
    running.abort();
    Ok(())
}

async fn one_key_is_with_one_worker(context: Context) -> Outcome {
    // Rules K1, P4
    context.config_map("one").await?;
    let (told, mut heard) = mpsc::unbounded_channel();
    let at_once = Arc::new(AtomicU32::new(0));
    let controller = Controller::new(maps(&context, "a")).workers(4);
    let queue = controller.queue().clone();
    let running = tokio::spawn(controller.run(move |_| {
        let (at_once, told) = (Arc::clone(&at_once), told.clone());
        async move {
            let before = at_once.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            at_once.fetch_sub(1, Ordering::SeqCst);
            let _ = told.send(before);
            Ok::<_, Error>(Action::await_change())
        }
    }));
    let key = NamespacedName::new(context.namespace.as_str(), "one");
    for _ in 0..50 {
        queue.add(key.clone());
        assert_eq!(heard.recv().await, Some(0));
    }
    running.abort();
    Ok(())
}

async fn what_is_under_way_is_finished(context: Context) -> Outcome {
    context.config_maps().create(&object(json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one", "labels": {"key": "a"}},
    }))).await?;
    let (began, mut begins) = mpsc::unbounded_channel();
    let (release, released) = tokio::sync::watch::channel(false);
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let finished = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&finished);
    let controller = Controller::new(maps(&context, "a"));
    let end_of_work = async { ended.await.unwrap_or_default() };
    let running = tokio::spawn(controller.run_until(end_of_work, move |_| {
        let (began, mut released, counted) =
            (began.clone(), released.clone(), Arc::clone(&counted));
        async move {
            let _ = began.send(());
            let _ = released.wait_for(|released| *released).await;
            counted.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Error>(Action::await_change())
        }
    }));
    begins.recv().await.ok_or("no call")?;
    let _ = end.send(());
    assert!(!running.is_finished());
    release.send_replace(true);
    running.await??;
    assert_eq!(finished.load(Ordering::SeqCst), 1);
    Ok(())
}
