"""The commented inventory that ``init`` writes: valid as it is, and asking first what decides."""

_START = """\
# An inventory for k8sadvisor. Fill in what you know and delete the rest: a key that is not there,
# or has no value, counts as unknown and is never guessed. Then run:
#
#   k8sadvisor analyse inventory.yaml
#
# Services use Compose's own words; entries can be pasted from a compose file.
schema: 1
name: home

# 1. What you want. These answers decide most, so they come first, the weightiest on top.
"""

NEEDS_QUESTIONS = """\
needs:
  outages:                  # was something down that should have come back? none, some, repeated
  failover:                 # must services restart on another host? none, wanted, required
  learning_kubernetes:      # is learning Kubernetes a goal, and not yet met? none, low, medium, high
  simplicity:               # how much does low upkeep matter? none, low, medium, high
  hours_per_week:           # hours a week that all of you together have for this
  operators:                # how many people run it
  unmet_needs:              # what you miss today, such as [health-checks, rolling-updates];
                            # an empty list [] says that nothing is missing
  leaving_kubernetes:       # you run Kubernetes today and think of leaving it: true, false
  evaluate_first:           # you want to compare before committing: true, false
  planned_hosts:            # how many hosts within two years
  kubernetes_experience:    # none, some, production
  overhead_budget:          # memory a platform may take on each host: 1GiB or 10%
  effort_budget:            # what a migration may take: 6w on the calendar, or 40h of work
  shared_storage:           # none, shared (a NAS that all hosts reach), replicated
"""
"""What is asked about the owner's wishes: keys without values, each with its meaning."""

_REST = """\

# 2. The machines.
hosts:
  server:
    arch: amd64             # amd64, arm64, arm, riscv64
    cpus:                   # threads
    memory:                 # as in 16GiB
    memory_used:            # as `free -h` shows it
    disk:                   # nvme, ssd, hdd, sd
    site: home              # hosts of one site share a local network
    runtime:                # as in podman 5.4
    cluster:                # may it join a cluster? candidate, never; or server, agent today
    can_host_vms:           # could it run a virtual machine of 2 GB for a test? true, false

# 3. What runs on them. Replace these two.
services:
  web:
    host: server
    image: docker.io/library/nginx:1.29
    ports: ["8080:80"]
    depends_on: [database]
  database:
    host: server
    image: docker.io/library/postgres:17
    volumes: ["/srv/database:/var/lib/postgresql/data"]
    memory:                 # measured, as in 300MiB
    backup:                 # true or false
    criticality:            # low, normal, high
    recovery_time:          # how long may it be gone when its host is lost, as in 4h
    migrate:                # auto, never, only-with:SERVICE
"""


def starter_text() -> str:
    """Return the text of a starter inventory, which loads as it is."""
    return _START + NEEDS_QUESTIONS + _REST
