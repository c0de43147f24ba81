"""The table of ``podman run`` and ``docker run`` options."""

from analyzer.importers.nixos.arguments import _SPECIAL
from analyzer.importers.nixos.flags import FLAGS, SHORT
from analyzer.inventory.services import SERVICE

# https://docs.podman.io/en/latest/markdown/podman-run.1.html (5.4)
PODMAN = """add-host annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop
cert-dir cgroup-conf cgroup-parent cgroupns cgroups chrootdirs cidfile conmon-pidfile cpu-period
cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems creds decryption-key
detach detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps
device-write-iops dns dns-option dns-search entrypoint env env-file env-host env-merge expose
gidmap gpus group-add group-entry health-cmd health-interval health-log-destination
health-max-log-count health-max-log-size health-on-failure health-retries health-start-period
health-startup-cmd health-startup-interval health-startup-retries health-startup-success
health-startup-timeout health-timeout help hooks-dir hostname hostuser http-proxy image-volume init
init-path interactive ip ip6 ipc label label-file link-local-ip log-driver log-opt mac-address
memory memory-reservation memory-swap memory-swappiness mount name network network-alias
no-healthcheck no-hostname no-hosts oom-kill-disable oom-score-adj os passwd passwd-entry
personality pid pidfile pids-limit platform pod pod-id-file preserve-fd preserve-fds privileged
publish publish-all pull quiet rdt-class read-only read-only-tmpfs replace requires restart retry
retry-delay rm rmi rootfs sdnotify seccomp-policy secret security-opt shm-size shm-size-systemd
sig-proxy stop-signal stop-timeout subgidname subuidname sysctl systemd timeout tls-verify tmpfs
tty tz uidmap ulimit umask unsetenv unsetenv-all user userns uts variant volume volumes-from
workdir""".split()
# https://docs.docker.com/reference/cli/docker/container/run/ (28), without those of Windows
DOCKER = """add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent
cgroupns cidfile cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus
cpuset-mems detach detach-keys device device-cgroup-rule device-read-bps device-read-iops
device-write-bps device-write-iops disable-content-trust dns dns-option dns-search domainname
entrypoint env env-file expose gpus group-add health-cmd health-interval health-retries
health-start-interval health-start-period health-timeout help hostname init interactive ip ip6 ipc
isolation kernel-memory label label-file link link-local-ip log-driver log-opt mac-address memory
memory-reservation memory-swap memory-swappiness mount name network network-alias no-healthcheck
oom-kill-disable oom-score-adj pid pids-limit platform privileged publish publish-all pull quiet
read-only restart rm runtime security-opt shm-size sig-proxy stop-signal stop-timeout storage-opt
sysctl tmpfs tty ulimit use-api-socket user userns uts volume volume-driver volumes-from
workdir""".split()


def test_every_option_of_both_engines_has_its_treatment():
    assert set(PODMAN) - set(FLAGS) == set()
    assert set(DOCKER) - set(FLAGS) == set()


def test_what_is_special_has_a_reader_and_short_names_have_a_long_one():
    special = {name for name, flag in FLAGS.items() if flag.how == "special"}
    assert special == set(_SPECIAL)
    assert set(SHORT.values()) <= set(FLAGS)


def test_native_keys_exist():
    known = {field.key for field in SERVICE.fields} | SERVICE.ignored
    direct = {flag.key for flag in FLAGS.values() if flag.how in ("one", "many", "pair", "switch")}
    assert direct <= known
