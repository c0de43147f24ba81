"""K3s and its manifests as NixOS modules, laid out as a flake's repository."""
