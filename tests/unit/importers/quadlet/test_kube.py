from analyzer.files import Files
from analyzer.importers import quadlet
from tests.unit.importers.quadlet.units_in import draft_of

MANIFEST = """\
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      hostNetwork: true
      containers:
        - name: app
          image: app:1
          args: [--db, localhost]
          ports:
            - {containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1}
            - {containerPort: 81}
          env:
            - {name: PASSWORD, value: hunter2}
            - {name: REF, valueFrom: {}}
          resources: {limits: {memory: 1Gi, cpu: 250m}}
          livenessProbe: {}
          volumeMounts: [{name: data, mountPath: /d, readOnly: true}, {name: none, mountPath: /n}]
        - name: side
          image: side:1
          ports: [{containerPort: 9, hostPort: 9, protocol: UDP}]
      volumes:
        - {name: data, hostPath: {path: /srv}}
        - {name: none, emptyDir: {}}
---
kind: Secret
data: {password: hunter2}
"""


def drafts(tmp_path, manifest: str, unit: str = "[Kube]\nYaml=w.yaml\n"):
    (tmp_path / "w.kube").write_text(unit)
    (tmp_path / "w.yaml").write_text(manifest)
    files = Files()
    document = files.given(str(tmp_path / "w.kube"))
    (draft,) = quadlet.read([document], files, None)
    return draft


def test_containers_of_a_manifest_are_services(tmp_path):
    draft = drafts(tmp_path, MANIFEST)
    app, side = draft.tree["services"]["app"], draft.tree["services"]["side"]
    assert app["container_name"] == "web-pod-app"
    assert list(app["ports"]) == ["127.0.0.1:8080:80/tcp", "9:9/udp"]
    assert list(app["command"]) == ["--db", "localhost"]
    assert app["environment"] == {"PASSWORD": "hunter2", "REF": None}
    assert app["limits"] == {"memory": "1Gi", "cpus": "0.250"}
    (mount,) = app["volumes"]
    assert mount == {"type": "bind", "source": "/srv", "target": "/d", "read_only": "true"}
    assert (app["network"], side["network"]) == ("host", "service:app")
    assert {remark.path for remark in draft.remarks} == {
        "w.kube.app.livenessProbe",
        "w.kube.Secret",
    }
    assert "hunter2" not in str(draft.remarks)


def test_places_are_those_in_the_manifest(tmp_path):
    entry = drafts(tmp_path, MANIFEST).tree["services"]["app"]
    assert entry.mark_of("image") >> 27 & 0xFFFFFFFF == 9
    assert entry.mark_of("image") >> 59 == 1


def test_a_manifest_that_cannot_be_read_leaves_one_service(tmp_path):
    draft = drafts(tmp_path, "{hunter2")
    assert list(draft.tree["services"]) == ["w"]
    (remark,) = draft.remarks
    assert remark.reach == "broken"
    assert "hunter2" not in remark.text
    gone = draft_of({"w.kube": "[Kube]\nYaml=/etc/w.yaml\nPublishPort=80:80\n"})
    assert list(gone.tree["services"]["w"]["ports"]) == ["80:80"]


def test_what_depends_on_the_unit_depends_on_its_containers(tmp_path):
    (tmp_path / "b.container").write_text("[Container]\nImage=q\n[Unit]\nRequires=w.service\n")
    (tmp_path / "w.kube").write_text("[Kube]\nYaml=w.yaml\n")
    (tmp_path / "w.yaml").write_text(MANIFEST)
    files = Files()
    documents = [files.given(str(tmp_path / name)) for name in ("b.container", "w.kube")]
    (draft,) = quadlet.read(documents, files, None)
    assert list(draft.tree["services"]["b"]["depends_on"]) == ["app", "side"]
