"""k8sadvisor: should this Podman, Compose or NixOS estate move to Kubernetes, and if so how?

One immutable value a stage, one direction, pure functions between the two ends::

    files -> Inventory -> Topology -> Facts -> Decision -> Plan -> Assessment -> report

`analyzer.assessment.assess` composes the stages; `analyzer.cli` is the command.
"""

__version__ = "0.1.0"
