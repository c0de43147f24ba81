"""Every key of the man page is accounted for, and in the section where Podman takes it.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html and
https://github.com/containers/podman/blob/main/pkg/systemd/quadlet/quadlet.go (its deprecated keys)
"""

import pytest

from analyzer.importers.quadlet.keys import KEYS
from tests.unit.importers.quadlet.units_in import draft_of

MAN_PAGE = {
    "Container": (
        "AddCapability AddDevice AddHost Annotation AppArmor AutoUpdate CgroupsMode ContainerName"
        " ContainersConfModule DNS DNSOption DNSSearch DropCapability Entrypoint Environment"
        " EnvironmentFile EnvironmentHost Exec ExposeHostPort GIDMap GlobalArgs Group GroupAdd"
        " HealthCmd HealthInterval HealthLogDestination HealthMaxLogCount HealthMaxLogSize"
        " HealthOnFailure HealthRetries HealthStartPeriod HealthStartupCmd HealthStartupInterval"
        " HealthStartupRetries HealthStartupSuccess HealthStartupTimeout HealthTimeout HostName"
        " HttpProxy IP IP6 Image ImageVolume Label LogDriver LogOpt Mask Memory Mount Network"
        " NetworkAlias NoNewPrivileges Notify PidsLimit Pod PodmanArgs PublishPort Pull ReadOnly"
        " ReadOnlyTmpfs ReloadCmd ReloadSignal RemapGid RemapUid RemapUidSize RemapUsers Retry"
        " RetryDelay Rootfs RunInit SeccompProfile Secret SecurityLabelDisable"
        " SecurityLabelFileType SecurityLabelLevel SecurityLabelNested SecurityLabelType"
        " ServiceName ShmSize StartWithPod StopSignal StopTimeout SubGIDMap SubUIDMap Sysctl"
        " Timezone Tmpfs UIDMap Ulimit Umask Unmask User UserNS VolatileTmp Volume WorkingDir"
    ),
    "Pod": (
        "AddHost ContainersConfModule DNS DNSOption DNSSearch ExitPolicy GIDMap GlobalArgs HostName"
        " IP IP6 Label Network NetworkAlias PodName PodmanArgs PublishPort RemapGid RemapUid"
        " RemapUidSize RemapUsers ServiceName ShmSize StopTimeout SubGIDMap SubUIDMap UIDMap"
        " UserNS Volume"
    ),
    "Kube": (
        "AutoUpdate ConfigMap ContainersConfModule ExitCodePropagation GlobalArgs KubeDownForce"
        " LogDriver LogOpt Network PodmanArgs PublishPort RemapGid RemapUid RemapUidSize"
        " RemapUsers ServiceName SetWorkingDirectory UserNS Yaml"
    ),
    "Network": (
        "ContainersConfModule DNS DisableDNS Driver Gateway GlobalArgs IPAMDriver IPRange IPv6"
        " InterfaceName Internal Label NetworkDeleteOnStop NetworkName Options PodmanArgs"
        " ServiceName Subnet"
    ),
    "Volume": (
        "ContainersConfModule Copy Device Driver GID GlobalArgs Group Image Label Options"
        " PodmanArgs ServiceName Type UID User VolumeName"
    ),
    "Image": (
        "AllTags Arch AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs Image"
        " ImageTag OS PodmanArgs Policy Retry RetryDelay ServiceName TLSVerify Variant"
    ),
    "Build": (
        "Annotation Arch AuthFile BuildArg ContainersConfModule DNS DNSOption DNSSearch Environment"
        " File ForceRM GlobalArgs GroupAdd IgnoreFile ImageTag Label Network PodmanArgs Pull Retry"
        " RetryDelay Secret ServiceName SetWorkingDirectory TLSVerify Target Variant Volume"
    ),
    "Artifact": (
        "Artifact AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs PodmanArgs"
        " Quiet Retry RetryDelay ServiceName TLSVerify"
    ),
    "Quadlet": "DefaultDependencies",
}
EVERY = [(section, key) for section, keys in MAN_PAGE.items() for key in keys.split()]
# What a used key leaves behind in the inventory, so that none is called used and then forgotten.
TRACES = {
    "AddCapability": "NET_RAW", "AddDevice": "/dev/probe", "AddHost": "probe:10.0.0.1",
    "AutoUpdate": "probe", "ContainerName": "probe", "Environment": "PROBE=1",
    "EnvironmentFile": "/probe.env", "Exec": "probe", "ExposeHostPort": "4711",
    "HealthCmd": "probe", "HealthInterval": "47s", "HostName": "probe", "Image": "probe:1",
    "Label": "probe=1", "Memory": "47m", "Mount": "type=volume,source=probe,target=/p",
    "Network": "probe", "PodmanArgs": "--cpus=0.47", "PublishPort": "4711:80", "Secret": "probe",
    "Tmpfs": "/probe", "User": "4711", "Volume": "probe:/p",
}  # fmt: skip


def test_the_tables_hold_exactly_the_keys_of_the_man_page():
    ours = {(section, key) for section, keys in KEYS.items() for key in keys}
    systemd = {pair for pair in ours if pair[0] in ("Unit", "Service", "Install", "Timer")}
    assert ours - systemd == set(EVERY)


@pytest.mark.parametrize(("section", "key"), EVERY)
def test_every_key_is_accounted_for(section, key):
    kind = "container" if section == "Quadlet" else section.lower()
    text = f"[{section}]\nImage=q\n{key}=probe\n"
    draft = draft_of({f"probed.{kind}": text})
    said = [remark for remark in draft.remarks if remark.path == f"probed.{kind}.{section}.{key}"]
    use = KEYS[section][key]
    assert use.why
    assert [remark.reach for remark in said if remark.reach != "broken"] == (
        [] if use.reach == "used" else [use.reach]
    )


@pytest.mark.parametrize("key", sorted(TRACES))
def test_a_used_key_of_a_container_is_seen_in_the_service(key):
    without = draft_of({"a.container": "[Container]\nImage=q\n"}).tree["services"]["a"]
    text = f"[Container]\nImage=q\n{key}={TRACES[key]}\n"
    assert draft_of({"a.container": text}).tree["services"]["a"] != without


@pytest.mark.parametrize(
    "key", [key for key, use in KEYS["Container"].items() if use.reach == "kept"]
)
def test_a_kept_key_is_in_the_service(key):
    text = f"[Container]\nImage=q\n{key}=probe=4711\n"
    entry = draft_of({"a.container": text}).tree["services"]["a"]
    native = KEYS["Container"][key].native
    kept = entry[native] if native else entry["x-quadlet"]["Container"][key]
    assert "4711" in str(kept)


@pytest.mark.parametrize(
    ("section", "reach"),
    [("Container", "not understood"), ("Pod", "not understood"), ("Wrong", "not understood")],
)
def test_a_key_that_is_none_is_said_without_its_value(section, reach):
    text = f"[Container]\nImage=q\n[{section}]\nBogus=hunter2\n"
    (remark,) = [each for each in draft_of({"a.container": text}).remarks if "Bogus" in each.path]
    assert remark.reach == reach
    assert "hunter2" not in remark.path + remark.text
    assert remark.mark


def test_keys_of_systemd_are_passed_on():
    text = "[Unit]\nConditionPathExists=/x\n[Container]\nImage=q\n[Service]\nUser=me\n"
    found = {remark.path: remark.reach for remark in draft_of({"a.container": text}).remarks}
    assert found == {
        "a.container.Unit.ConditionPathExists": "no bearing",
        "a.container.Service.User": "broken",
    }
