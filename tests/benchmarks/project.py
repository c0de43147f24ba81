"""A Compose project of any size, for the benchmark of the import: ``python -m … 2000``."""

import sys

_NETWORKS = 40


def project(size: int) -> str:
    """Return a project of that many services with most of what services state."""
    lines = ["services:"]
    for number in range(size):
        lines += [
            f"  s{number}:",
            f"    image: example/app{number % 50}:1.{number}",
            f"    ports: ['{10_000 + number}:80', '{20_000 + number}:443/udp']",
            "    environment:",
            f"      DB_HOST: s{(number * 7 + 1) % size}",
            f"      DB_PASSWORD: not-a-secret-{number}",
            "      TZ: ${TZ:-UTC}",
            f"    volumes: ['./data{number}:/data', 'v{number}:/cache']",
            "    restart: unless-stopped",
            f"    networks: [n{number % _NETWORKS}]",
            "    healthcheck: {test: [CMD, curl, -f, http://localhost], interval: 30s}",
            "    deploy: {resources: {limits: {memory: 512M}}}",
        ]
        if number % 3 == 0:
            lines.append(f"    depends_on: [s{(number + 1) % size}]")
    lines += ["networks:", *(f"  n{number}: {{}}" for number in range(_NETWORKS))]
    lines += ["volumes:", *(f"  v{number}: {{}}" for number in range(size))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(project(int(sys.argv[1])))
