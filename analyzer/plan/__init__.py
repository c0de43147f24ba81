"""Assessment so far -> Plan: groups, waves, effort, and what stays."""
