//! Pods as a busy cluster has them: about 6 kB, a quarter of it managed fields.
//!
//! Made from a seed, so that every program of a run, and every run, gets the same bytes.
//! Keys come in the order in which Go's encoder writes the built-in types, which decides
//! how soon a decoder finds the name.

use std::fmt::Write;

/// One pod as a list holds it: without `apiVersion` and `kind`.
pub(crate) struct Pod {
    json: Vec<u8>,
    /// Where the digits of the resource version are.
    version: usize,
    /// The bytes of `metadata`, which is all that a metadata-only client is sent.
    metadata: std::ops::Range<usize>,
}

/// Every version has as many digits, so that a new one is written over the old.
pub(crate) const FIRST_VERSION: u64 = 1_000_000_000;

impl Pod {
    /// The whole object, in a list.
    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }

    /// Its metadata alone.
    pub(crate) fn metadata(&self) -> &[u8] {
        &self.json[self.metadata.clone()]
    }

    pub(crate) fn set_version(&mut self, version: u64) {
        let digits = version.to_string();
        self.json[self.version..][..digits.len()].copy_from_slice(digits.as_bytes());
    }

    fn new(metadata: &str, rest: &str) -> Self {
        let json = format!("{{\"metadata\":{metadata},{rest}}}");
        let start = "{\"metadata\":".len();
        let marker = "\"resourceVersion\":\"";
        let version = json.find(marker).map_or(0, |at| at + marker.len());
        Pod {
            version,
            metadata: start..start + metadata.len(),
            json: json.into_bytes(),
        }
    }
}

/// `count` pods, the same ones for the same seed.
pub(crate) fn generate(count: usize, seed: u64) -> Vec<Pod> {
    let mut random = Random(seed);
    (0..count).map(|index| pod(index, &mut random)).collect()
}

/// SplitMix64: enough for test data, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn hex(&mut self, digits: usize) -> String {
        let mut text = String::new();
        while text.len() < digits {
            let _ = write!(text, "{:016x}", self.next());
        }
        text.truncate(digits);
        text
    }

    fn uid(&mut self) -> String {
        let hex = self.hex(32);
        let (a, b, c, d, e) = (
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        );
        format!("{a}-{b}-{c}-{d}-{e}")
    }
}

const TEAMS: [&str; 8] = [
    "payments", "search", "checkout", "identity", "catalog", "shipping", "media", "platform",
];
const TIME: &str = "2026-03-14T09:26:53Z";

fn pod(index: usize, random: &mut Random) -> Pod {
    let team = TEAMS[random.below(8) as usize];
    let namespace = format!("{team}-{}", random.below(6));
    let app = format!("{team}-worker-{}", random.below(40));
    let set = format!("{app}-{}", random.hex(10));
    let name = format!("{set}-{}{index}", random.hex(5));
    let node = format!(
        "ip-10-{}-{}.eu-central-1.compute.internal",
        random.below(4),
        random.below(250)
    );
    let metadata = metadata(&namespace, &name, &app, &set, random);
    let rest = format!("{},{}", spec(&app, &node, random), status(&app, random));
    Pod::new(&metadata, &rest)
}

fn metadata(namespace: &str, name: &str, app: &str, set: &str, random: &mut Random) -> String {
    let (hash, uid, owner) = (random.hex(10), random.uid(), random.uid());
    format!(
        r#"{{"name":"{name}","generateName":"{set}-","namespace":"{namespace}","uid":"{uid}","resourceVersion":"{FIRST_VERSION}","generation":1,"creationTimestamp":"{TIME}","labels":{{"app.kubernetes.io/component":"worker","app.kubernetes.io/instance":"{app}","app.kubernetes.io/managed-by":"Helm","app.kubernetes.io/name":"{app}","app.kubernetes.io/part-of":"{namespace}","app.kubernetes.io/version":"2.{}.{}","pod-template-hash":"{hash}"}},"annotations":{{"kubectl.kubernetes.io/restartedAt":"{TIME}","prometheus.io/path":"/metrics","prometheus.io/port":"9102","prometheus.io/scrape":"true"}},"ownerReferences":[{{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"{set}","uid":"{owner}","controller":true,"blockOwnerDeletion":true}}],"managedFields":{}}}"#,
        random.below(30),
        random.below(30),
        managed_fields(&owner),
    )
}

fn managed_fields(owner: &str) -> String {
    let spec = r#""f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:env":{".":{},"k:{\"name\":\"LOG_LEVEL\"}":{".":{},"f:name":{},"f:value":{}},"k:{\"name\":\"POD_NAME\"}":{".":{},"f:name":{},"f:valueFrom":{".":{},"f:fieldRef":{}}}},"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{},"f:name":{},"f:ports":{},"f:readinessProbe":{},"f:resources":{},"f:volumeMounts":{}}},"f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:serviceAccountName":{},"f:volumes":{}}"#;
    let status = r#""f:status":{"f:conditions":{"k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{},"f:startTime":{}}"#;
    format!(
        r#"[{{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"{TIME}","fieldsType":"FieldsV1","fieldsV1":{{"f:metadata":{{"f:annotations":{{}},"f:generateName":{{}},"f:labels":{{}},"f:ownerReferences":{{".":{{}},"k:{{\"uid\":\"{owner}\"}}":{{}}}}}},{spec}}}}},{{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"{TIME}","fieldsType":"FieldsV1","fieldsV1":{{{status}}},"subresource":"status"}}]"#
    )
}

fn spec(app: &str, node: &str, random: &mut Random) -> String {
    let (token, tag, tag_of_proxy) = (random.hex(5), random.hex(12), random.hex(12));
    let memory = 64 << random.below(5);
    format!(
        r#""spec":{{"volumes":[{{"name":"config","configMap":{{"name":"{app}-config","defaultMode":420}}}},{{"name":"kube-api-access-{token}","projected":{{"sources":[{{"serviceAccountToken":{{"expirationSeconds":3607,"path":"token"}}}},{{"configMap":{{"name":"kube-root-ca.crt","items":[{{"key":"ca.crt","path":"ca.crt"}}]}}}}],"defaultMode":420}}}}],"containers":[{},{}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"{app}","serviceAccount":"{app}","nodeName":"{node}","securityContext":{{"runAsUser":1000,"runAsNonRoot":true,"fsGroup":2000}},"schedulerName":"default-scheduler","tolerations":[{{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}},{{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}}],"priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"}}"#,
        container(
            "main",
            &format!("registry.example.com/{app}:{tag}"),
            memory,
            &token
        ),
        container(
            "proxy",
            &format!("registry.example.com/mesh/proxy:{tag_of_proxy}"),
            64,
            &token
        ),
    )
}

fn container(name: &str, image: &str, memory: u64, token: &str) -> String {
    format!(
        r#"{{"name":"{name}","image":"{image}","args":["--listen=:8080"],"ports":[{{"name":"http","containerPort":8080,"protocol":"TCP"}}],"env":[{{"name":"LOG_LEVEL","value":"info"}},{{"name":"POD_NAME","valueFrom":{{"fieldRef":{{"apiVersion":"v1","fieldPath":"metadata.name"}}}}}}],"resources":{{"limits":{{"memory":"{memory}Mi"}},"requests":{{"cpu":"100m","memory":"{memory}Mi"}}}},"volumeMounts":[{{"name":"config","readOnly":true,"mountPath":"/etc/config"}},{{"name":"kube-api-access-{token}","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}}],"readinessProbe":{{"httpGet":{{"path":"/ready","port":"http","scheme":"HTTP"}},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}},"imagePullPolicy":"IfNotPresent"}}"#
    )
}

fn status(app: &str, random: &mut Random) -> String {
    let (host, ip) = (
        random.below(250),
        format!(
            "10.{}.{}.{}",
            random.below(64),
            random.below(250),
            random.below(250)
        ),
    );
    let conditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
        .map(|kind| format!(r#"{{"type":"{kind}","status":"True","lastProbeTime":null,"lastTransitionTime":"{TIME}"}}"#))
        .join(",");
    let statuses = ["main", "proxy"]
        .map(|name| {
            let (image, id) = (random.hex(64), random.hex(64));
            format!(r#"{{"name":"{name}","state":{{"running":{{"startedAt":"{TIME}"}}}},"lastState":{{}},"ready":true,"restartCount":{},"image":"registry.example.com/{app}","imageID":"registry.example.com/{app}@sha256:{image}","containerID":"containerd://{id}","started":true}}"#, random.below(3))
        })
        .join(",");
    format!(
        r#""status":{{"phase":"Running","conditions":[{conditions}],"hostIP":"10.0.0.{host}","hostIPs":[{{"ip":"10.0.0.{host}"}}],"podIP":"{ip}","podIPs":[{{"ip":"{ip}"}}],"startTime":"{TIME}","containerStatuses":[{statuses}],"qosClass":"Burstable"}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pods_are_sound_and_of_the_stated_shape() {
        let mut pods = generate(200, 7);
        pods[3].set_version(FIRST_VERSION + 5);
        let bytes: usize = pods.iter().map(|pod| pod.json().len()).sum();
        let mut managed = 0;
        for pod in &pods {
            let value: serde_json::Value = serde_json::from_slice(pod.json()).unwrap();
            assert_eq!(
                value["metadata"],
                serde_json::from_slice::<serde_json::Value>(pod.metadata()).unwrap()
            );
            managed += value["metadata"]["managedFields"].to_string().len();
        }
        let version = serde_json::from_slice::<serde_json::Value>(pods[3].json()).unwrap();
        assert_eq!(version["metadata"]["resourceVersion"], "1000000005");
        let mean = bytes / pods.len();
        assert!((5_500..6_500).contains(&mean), "{mean} bytes a pod");
        let share = managed * 100 / bytes;
        assert!((20..=30).contains(&share), "{share} % are managed fields");
    }

    #[test]
    fn the_same_seed_makes_the_same_pods() {
        let (one, two) = (generate(5, 1), generate(5, 1));
        assert!(
            one.iter()
                .zip(&two)
                .all(|(one, two)| one.json() == two.json())
        );
    }
}
