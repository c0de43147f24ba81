"""Services -> Quadlet units, which Podman's generator turns into services of systemd."""
