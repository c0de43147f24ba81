"""Services -> Kubernetes objects, as plain values."""
