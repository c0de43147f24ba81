import pytest

from tests.unit.importers.quadlet.units_in import draft_of, service_of

BASE = "[Container]\nImage=q\n"


def test_the_least_that_a_container_says():
    assert service_of("[Container]\nImage=q.example/a:1\n", host="box") == {
        "host": "box",
        "runtime": "podman",
        "image": "q.example/a:1",
        "container_name": "systemd-a",
    }


def test_values_know_their_place():
    entry = service_of("[Container]\nImage=q\n\nPublishPort=80:80\nPublishPort=81:81\n")
    assert [mark >> 27 for mark in entry["ports"].marks] == [4, 5]
    assert entry.mark_of("ports") >> 27 == 4


def test_variables_secrets_and_what_an_empty_value_takes_back():
    text = BASE + 'Environment=A=1\nEnvironment=\nEnvironment=B=2 "C=x y" D\n'
    entry = service_of(
        text + "Secret=s,type=env,target=KEY\nSecret=t,type=mount\nSecret=u,type=env\n"
    )
    assert entry["environment"] == {"B": "2", "C": "x y", "D": None, "KEY": None, "u": None}
    assert list(entry["secrets"]) == ["s", "t", "u"]


def test_variables_of_the_unit_are_put_in_and_the_text_before_is_kept():
    text = BASE + "Environment=URL=pg://${PW}@db\n[Service]\nEnvironment=PW=hunter2\n"
    value = service_of(text)["environment"]["URL"]
    assert value == "pg://hunter2@db"
    assert value.written == "pg://${PW}@db"


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("Memory=1g\n[Service]\nMemoryMax=2G\n", {"memory": "1g"}),
        ("[Service]\nMemoryMax=512M\nCPUQuota=150%\n", {"memory": "512M", "cpus": "1.50"}),
        ("[Service]\nMemoryMax=infinity\n", None),
        ("[Service]\nMemoryMax=10%\nCPUQuota=much\n", None),
        ("PodmanArgs=-m 64m --cpus=2\n", {"cpus": "2", "memory": "64m"}),
    ],
)
def test_limits(said, limits):
    assert service_of(BASE + said).get("limits") == limits


def test_images_that_units_pull_or_build():
    units = {
        "a.container": "[Container]\nImage=i.image\n",
        "b.container": "[Container]\nImage=b.build\n",
        "c.container": "[Container]\nImage=gone.build\n",
        "i.image": "[Image]\nImage=docker.io/x:1\n",
        "b.build": "[Build]\nImageTag=localhost/b:2\nImageTag=other\n",
    }
    draft = draft_of(units)
    services = draft.tree["services"]
    assert services["a"]["image"] == "docker.io/x:1"
    assert (services["b"]["image"], services["b"]["build"]) == ("localhost/b:2", ".")
    assert "image" not in services["c"]
    assert [remark.path for remark in draft.remarks if remark.reach == "broken"] == [
        "c.container.Container.Image"
    ]


def test_a_container_without_image_is_said_and_kept():
    draft = draft_of({"a.container": "[Container]\nExec=x\n"})
    assert "a" in draft.tree["services"]
    assert [remark.reach for remark in draft.remarks] == ["broken"]


def test_health_checks():
    entry = service_of(BASE + "HealthCmd=curl x\nHealthInterval=30s\n")
    assert entry["healthcheck"] == {"test": "curl x", "interval": "30s"}
    entry = service_of(BASE + "HealthCmd=none\nHealthInterval=disable\n")
    assert entry["healthcheck"] == {"test": "NONE"}


def test_user_labels_tmpfs_and_restart():
    text = BASE + "User=5\nGroup=6\nLabel=a=b c\nAutoUpdate=registry\nVolatileTmp=yes\n"
    entry = service_of(text + "[Service]\nRestart=always\nRestartSec=3\n")
    assert entry["user"] == "5:6"
    assert entry["labels"] == {"a": "b", "c": "", "io.containers.autoupdate": "registry"}
    assert list(entry["tmpfs"]) == ["/tmp"]  # noqa: S108
    assert entry["restart"] == "always"
    assert entry["x-quadlet"]["Service"] == {"RestartSec": "3"}


def test_seconds_to_stop_get_their_unit():
    assert service_of(BASE + "StopTimeout=90\n")["stop_grace_period"] == "90s"


def test_commands_of_the_unit_are_hints_and_never_shown():
    draft = draft_of({"a.container": BASE + "[Service]\nExecStartPre=/bin/wait hunter2:5432\n"})
    (hint,) = draft.hints
    assert (hint.service, hint.kind, hint.name) == ("a", "text", "ExecStartPre")
    assert "hunter2" in hint.value
    assert "hunter2" not in str(draft.tree) + str(draft.remarks)


def test_variables_of_a_file_beside_the_unit_are_hints(tmp_path):
    from analyzer.files import Files  # noqa: PLC0415
    from analyzer.importers import quadlet  # noqa: PLC0415

    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.env").write_text('# c\nexport DB_HOST="db"\nALONE\n')
    text = BASE + "EnvironmentFile=a.env\nEnvironmentFile=../../out.env\n"
    (tmp_path / "sub" / "a.container").write_text(text)
    (tmp_path.parent / "out.env").write_text("X=1\n")
    files = Files()
    document = files.given(str(tmp_path / "sub" / "a.container"), str(tmp_path))
    (draft,) = quadlet.read([document], files, None)
    assert [(hint.name, hint.value) for hint in draft.hints] == [("DB_HOST", "db")]
    assert list(draft.tree["services"]["a"]["env_files"]) == ["./sub/a.env", "./../out.env"]
    assert [remark.path for remark in draft.remarks] == ["a.container.EnvironmentFile"]
