"""The kit of the option ``incremental``: a K3s cluster beside the engine, service by service."""
