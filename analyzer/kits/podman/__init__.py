"""The kit of the option ``enhanced-podman``: stay, with systemd, checks, limits and updates."""
