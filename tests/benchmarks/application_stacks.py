"""Stacks of applications: what publishes a web page, with the databases it asks for.

Shapes follow what the images' own documentation asks for: which variables name a database, which
ports are published, which paths are mounted.
"""

from tests.benchmarks.estate import Estate, address

WEB_APPS = (
    ("nextcloud", "docker.io/library/nextcloud:30.0.2", 80, "/var/www/html", 512),
    (
        "paperless",
        "ghcr.io/paperless-ngx/paperless-ngx:2.13",
        8000,
        "/usr/src/paperless/data",
        400,
    ),
    ("gitea", "docker.io/gitea/gitea:1.22", 3000, "/data", 200),
    ("miniflux", "docker.io/miniflux/miniflux:2.2.3", 8080, "/config", 60),
    ("wikijs", "ghcr.io/requarks/wiki:2", 3000, "/wiki/data", 180),
    ("outline", "docker.io/outlinewiki/outline:latest", 3000, "/var/lib/outline/data", 350),
    ("vikunja", "docker.io/vikunja/vikunja:0.24", 3456, "/app/vikunja/files", 90),
    ("immich", "ghcr.io/immich-app/immich-server:release", 2283, "/usr/src/app/upload", 700),
)
SINGLES = (
    ("homepage", "ghcr.io/gethomepage/homepage:v0.10.9", 3000, "/app/config", 120),
    ("uptime-kuma", "docker.io/louislam/uptime-kuma:1", 3001, "/app/data", 150),
    ("freshrss", "docker.io/freshrss/freshrss:latest", 80, "/var/www/FreshRSS/data", 90),
    ("vaultwarden", "docker.io/vaultwarden/server:1.32", 80, "/data", 60),
    ("mealie", "ghcr.io/mealie-recipes/mealie:v2.2.0", 9000, "/app/data", 200),
    ("actual", "docker.io/actualbudget/actual-server:24.11.0", 5006, "/data", 90),
    ("syncthing", "docker.io/syncthing/syncthing:1.28", 8384, "/var/syncthing", 110),
)
STATELESS = (
    ("it-tools", "docker.io/corentinth/it-tools:latest", 80, 20),
    ("excalidraw", "docker.io/excalidraw/excalidraw:latest", 80, 25),
    ("stirling-pdf", "docker.io/stirlingtools/stirling-pdf:0.33", 8080, 500),
    ("searxng", "docker.io/searxng/searxng:latest", 8080, 180),
    ("cyberchef", "ghcr.io/gchq/cyberchef:10", 80, 15),
)


def health(estate: Estate, port: int, probability: float = 0.5) -> tuple[str, ...]:
    """Return a health check over HTTP, or nothing: most homelabs lack many."""
    if not estate.chance(probability):
        return ()
    test = f"  test: [CMD, curl, -f, http://localhost:{port}/health]"
    return ("healthcheck:", test, "  interval: 30s")


def web_app(estate: Estate, number: int, host: int) -> None:
    """Add an application with PostgreSQL, usually Redis, sometimes a worker."""
    app, image, port, path, memory_mib = estate.pick(WEB_APPS)
    name, database = f"{app}-{number}", f"{app}-{number}-db"
    cache = f"{app}-{number}-redis" if estate.chance(0.7) else None
    elsewhere = estate.chance(0.05)
    database_host = estate.any_host() if elsewhere else host
    published = estate.port(database_host) if elsewhere else 5432
    server = f"{address(database_host)}:{published}" if elsewhere else f"{database}:5432"
    variables = [f"  DATABASE_URL: postgres://{app}:not-a-secret@{server}/{app}"]
    if cache:
        variables.append(f"  REDIS_URL: redis://{cache}:6379/0")
    login = estate.auth(host)
    if login and estate.chance(0.4):
        variables.append(f"  OIDC_ISSUER: {login}")
    needs = [database] if cache is None else [database, cache]
    declared = () if elsewhere or estate.chance(0.4) else (f"depends_on: [{', '.join(needs)}]",)
    estate.add(
        name,
        host,
        image,
        f'ports: ["{estate.port(host)}:{port}"]',
        f"networks: [net-{number}]",
        "volumes:",
        f"  - /srv/{name}:{path}",
        "environment:",
        *variables,
        *declared,
        *health(estate, port),
        memory_mib=memory_mib,
    )
    estate.add(
        database,
        database_host,
        f"docker.io/library/postgres:{estate.pick(('15', '16', '17-alpine'))}",
        *((f'ports: ["{published}:5432"]',) if elsewhere else (f"networks: [net-{number}]",)),
        "volumes:",
        f"  - /srv/{database}:/var/lib/postgresql/data",
        "environment:",
        f"  POSTGRES_DB: {app}",
        f"  POSTGRES_USER: {app}",
        "  POSTGRES_PASSWORD: not-a-secret",
        *(("backup: true",) if estate.chance(0.6) else ()),
        *(
            ("healthcheck:", f"  test: [CMD-SHELL, pg_isready -U {app}]", "  interval: 10s")
            if estate.chance(0.4)
            else ()
        ),
        memory_mib=160,
    )
    if cache:
        estate.add(
            cache,
            host,
            "docker.io/library/redis:7-alpine",
            f"networks: [net-{number}]",
            "command: [redis-server, --save, '60', '1']",
            *(("healthcheck:", "  test: [CMD, redis-cli, ping]") if estate.chance(0.4) else ()),
            memory_mib=30,
        )
    if cache and estate.chance(0.2):
        estate.add(
            f"{name}-worker",
            host,
            image,
            f"networks: [net-{number}]",
            "command: [worker]",
            "volumes:",
            f"  - /srv/{name}:{path}",
            "environment:",
            *variables,
            f"depends_on: [{', '.join(needs)}]",
            memory_mib=memory_mib // 2,
        )


def native_database(estate: Estate, number: int, host: int) -> None:
    """Add a database that systemd runs, and a container that reaches it through the host."""
    port = estate.port(host)
    estate.add_unit(
        f"mariadb-{number}",
        host,
        f'ports: ["{port}:{port}"]',
        "stateful: true",
        "backup: true",
        "memory: 300MiB",
    )
    estate.add(
        f"bookstack-{number}",
        host,
        "lscr.io/linuxserver/bookstack:24.10",
        f'ports: ["{estate.port(host)}:80"]',
        f'volumes: ["/srv/bookstack-{number}:/config"]',
        "environment:",
        "  DB_HOST: host.containers.internal",
        f'  DB_PORT: "{port}"',
        "  DB_PASSWORD: not-a-secret",
        *health(estate, 80),
        memory_mib=110,
    )


def single(estate: Estate, number: int, host: int) -> None:
    """Add one self-contained application with its own folder."""
    app, image, port, path, memory_mib = estate.pick(SINGLES)
    estate.add(
        f"{app}-{number}",
        host,
        image,
        f'ports: ["{estate.port(host)}:{port}"]',
        "volumes:",
        f"  - /srv/{app}-{number}:{path}",
        "environment: {TZ: Etc/UTC, PUID: '1000', PGID: '1000'}",
        *(("backup: true",) if estate.chance(0.4) else ()),
        *health(estate, port),
        memory_mib=memory_mib,
    )


def stateless(estate: Estate, number: int, host: int) -> None:
    """Add one application that keeps nothing."""
    app, image, port, memory_mib = estate.pick(STATELESS)
    estate.add(
        f"{app}-{number}",
        host,
        image,
        f'ports: ["{estate.port(host)}:{port}"]',
        "environment: {TZ: Etc/UTC}",
        "exposure: lan",
        *health(estate, port, 0.6),
        *(("limits: {memory: 1GiB, cpus: 1.5}",) if estate.chance(0.3) else ()),
        memory_mib=memory_mib,
    )
