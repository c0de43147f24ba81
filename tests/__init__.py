"""Tests of k8sadvisor, and the tools they need."""
