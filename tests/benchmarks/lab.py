"""A seeded, realistic home lab as an ordering problem, from 1 to 100,000 services.

The stack is 58 services that self-hosters commonly run together; larger labs repeat it with other
memory sizes and draw a tenth of their dependencies from other copies. Five pairs move as one group.
"""

from random import Random

from analyzer.plan.ordering import Problem

# name: class (1 stateless, 2 + critical, 3 stateful, 4 + critical), MiB, what it needs.
# `+x` is the same group as x; a weight of 2 marks an end that is critical.
STACK: tuple[tuple[str, int, int, str], ...] = (
    ("postgres", 4, 512, ""),
    ("grafana", 3, 160, "prometheus loki"),
    ("prometheus", 3, 700, "node-exporter cadvisor blackbox"),
    ("node-exporter", 1, 24, ""),
    ("jellyfin", 3, 900, ""),
    ("sonarr", 3, 300, "prowlarr qbittorrent"),
    ("radarr", 3, 300, "prowlarr qbittorrent"),
    ("prowlarr", 3, 180, "flaresolverr"),
    ("qbittorrent", 3, 400, "+gluetun"),
    ("gluetun", 1, 60, ""),
    ("jellyseerr", 1, 200, "jellyfin sonarr radarr"),
    ("authelia", 4, 120, "postgres redis"),
    ("redis", 3, 64, ""),
    ("nextcloud", 3, 600, "postgres redis authelia"),
    ("nextcloud-cron", 1, 120, "+nextcloud"),
    ("collabora", 1, 700, "nextcloud"),
    ("vaultwarden", 4, 90, "postgres"),
    ("immich-server", 3, 800, "immich-db redis authelia"),
    ("immich-ml", 1, 1600, "immich-server"),
    ("immich-db", 3, 500, ""),
    ("paperless", 3, 500, "postgres redis tika gotenberg"),
    ("tika", 1, 500, ""),
    ("gotenberg", 1, 250, ""),
    ("home-assistant", 4, 600, "mosquitto mariadb"),
    ("mosquitto", 2, 24, ""),
    ("zigbee2mqtt", 1, 110, "mosquitto home-assistant"),
    ("homepage", 1, 130, "jellyfin grafana"),
    ("uptime-kuma", 3, 140, "homepage"),
    ("it-tools", 1, 30, ""),
    ("stirling-pdf", 1, 500, "authelia"),
    ("mariadb", 4, 400, ""),
    ("gitea", 3, 250, "postgres authelia"),
    ("gitea-runner", 1, 300, "gitea registry"),
    ("registry", 3, 120, ""),
    ("loki", 3, 300, ""),
    ("promtail", 1, 60, "loki"),
    ("cadvisor", 1, 120, ""),
    ("blackbox", 1, 30, ""),
    ("alertmanager", 2, 40, "ntfy"),
    ("ntfy", 2, 40, ""),
    ("bazarr", 3, 220, "sonarr radarr"),
    ("lidarr", 3, 260, "prowlarr qbittorrent"),
    ("flaresolverr", 1, 400, ""),
    ("freshrss", 3, 90, "mariadb"),
    ("wallabag", 3, 160, "mariadb redis"),
    ("bookstack", 3, 180, "mariadb authelia"),
    ("mealie", 3, 220, "authelia"),
    ("miniflux", 1, 60, "postgres"),
    ("searxng", 1, 160, "redis"),
    ("whoogle", 1, 120, ""),
    ("cyberchef", 1, 30, ""),
    ("excalidraw", 1, 30, ""),
    ("adguard", 2, 90, "unbound"),
    ("unbound", 2, 60, "+adguard"),
    ("n8n", 3, 350, "postgres ollama"),
    ("ollama", 1, 4000, ""),
    ("open-webui", 3, 500, "ollama +pipelines"),
    ("pipelines", 1, 200, ""),
)
EFFORT = {1: 2, 2: 2, 3: 3, 4: 3}
CROSS_STACK = 10
"""One dependency in this many goes to another copy of the stack."""


def lab(
    services: int,
    *,
    seed: int = 1,
    capacity: int = 25,
    headroom: tuple[int, int] = (0, 0),
    class_rule: bool = True,
) -> Problem:
    """Return a lab of this many services; with ``headroom`` (MiB of two hosts) memory counts."""
    random = Random(seed)
    copies = -(-services // len(STACK))
    entries = [
        (f"{entry[0]}-{copy:05d}", copy, entry) for copy in range(copies) for entry in STACK
    ][:services]
    known = {name for name, _, _ in entries}
    leader = {name: name for name in known}
    links: list[tuple[str, str]] = []
    for name, copy, entry in entries:
        for need in entry[3].split():
            other = f"{need.removeprefix('+')}-{copy:05d}"
            if need.startswith("+") and other in known:
                leader[name] = leader.get(other, other)
            elif not need.startswith("+"):
                if copies > 1 and not random.randrange(CROSS_STACK):
                    other = f"{need}-{random.randrange(copies):05d}"
                links.append((name, other))
    return _problem(entries, leader, links, (capacity, headroom, class_rule), random)


def _problem(
    entries: list[tuple[str, int, tuple[str, int, int, str]]],
    leader: dict[str, str],
    links: list[tuple[str, str]],
    rules: tuple[int, tuple[int, int], bool],
    random: Random,
) -> Problem:
    """Return the problem of these services, grouped by their leaders."""
    names = sorted(set(leader.values()))
    index = {name: number for number, name in enumerate(names)}
    effort, kind, memory = [0] * len(names), [0] * len(names), [0] * len(names)
    critical = set()
    for name, _, entry in entries:
        group = index[leader[name]]
        effort[group] += EFFORT[entry[1]]
        kind[group] = max(kind[group], entry[1])
        memory[group] += entry[2] * random.randrange(80, 121) // 100
        if entry[1] in (2, 4):
            critical.add(group)
    weight: dict[tuple[int, int], int] = {}
    fan_in = [0] * len(names)
    for name, other in links:
        if other in leader and leader[other] != leader[name]:
            u, v = sorted((index[leader[name]], index[leader[other]]))
            weight[u, v] = weight.get((u, v), 0) + (2 if {u, v} & critical else 1)
            fan_in[index[leader[other]]] += 1
    degree = [0] * len(names)
    for (u, v), w in weight.items():
        degree[u] += w
        degree[v] += w
    pilots = sorted(
        (g for g in range(len(names)) if kind[g] == 1), key=lambda g: (degree[g], effort[g], g)
    )[: min(3, len(names) // 8)]
    capacity, headroom, class_rule = rules
    return Problem(
        names=tuple(names),
        effort=tuple(effort),
        class_of=tuple(0 if g in pilots else kind[g] for g in range(len(names))),
        risk=tuple(4 * fan + size for fan, size in zip(fan_in, effort, strict=True)),
        edges=tuple((u, v, w) for (u, v), w in sorted(weight.items())),
        stay=tuple(int(random.randrange(25) == 0) for _ in names),
        memory=tuple(((g % 2, memory[g]),) if any(headroom) else () for g in range(len(names))),
        headroom=headroom if any(headroom) else (),
        capacity=capacity,
        class_rule=class_rule,
    )
