"""Stacks that serve a house or its hosts: media, monitoring, home automation, the front door."""

from tests.benchmarks.application_stacks import health
from tests.benchmarks.estate import HOSTS_PER_SITE, Estate, address


def media(estate: Estate, number: int, host: int) -> None:
    """Add a media library: a GPU, one shared folder, and downloads behind a VPN container."""
    vpn, library = f"gluetun-{number}", f"/mnt/media-{number}"
    torrent = estate.port(host)
    estate.add(
        vpn,
        host,
        "docker.io/qmcgaw/gluetun:v3.39",
        f'ports: ["{torrent}:8080"]',
        "cap_add: [NET_ADMIN]",
        "devices: [/dev/net/tun]",
        "environment: {VPN_SERVICE_PROVIDER: custom, VPN_TYPE: wireguard}",
        memory_mib=40,
    )
    estate.add(
        f"qbittorrent-{number}",
        host,
        "lscr.io/linuxserver/qbittorrent:5.0.2",
        f"network_mode: service:{vpn}",
        "volumes:",
        f"  - /srv/qbittorrent-{number}:/config",
        f"  - {library}:/media",
        f"depends_on: [{vpn}]",
        memory_mib=400,
    )
    for app, port in (("sonarr", 8989), ("radarr", 7878)):
        estate.add(
            f"{app}-{number}",
            host,
            f"lscr.io/linuxserver/{app}:latest",
            f'ports: ["{estate.port(host)}:{port}"]',
            "volumes:",
            f"  - /srv/{app}-{number}:/config",
            f"  - {library}:/media",
            "environment:",
            f"  QBITTORRENT_URL: http://{vpn}:8080",
            f"  PROWLARR_URL: http://prowlarr-{number}:9696",
            *health(estate, port, 0.3),
            memory_mib=220,
        )
    estate.add(
        f"prowlarr-{number}",
        host,
        "lscr.io/linuxserver/prowlarr:latest",
        f'ports: ["{estate.port(host)}:9696"]',
        f'volumes: ["/srv/prowlarr-{number}:/config"]',
        memory_mib=150,
    )
    estate.add(
        f"jellyfin-{number}",
        host,
        "docker.io/jellyfin/jellyfin:10.10",
        f'ports: ["{estate.port(host)}:8096"]',
        "devices: [/dev/dri]",
        "volumes:",
        f"  - /srv/jellyfin-{number}:/config",
        f"  - {library}:/media:ro",
        "exposure: public",
        *health(estate, 8096),
        memory_mib=800,
    )


def monitoring(estate: Estate, number: int, host: int) -> None:
    """Add Prometheus, Grafana and an exporter that sees the host."""
    estate.add(
        f"prometheus-{number}",
        host,
        "docker.io/prom/prometheus:v3.0.0",
        f'ports: ["{estate.port(host)}:9090"]',
        "volumes:",
        f"  - /srv/prometheus-{number}:/prometheus",
        f"  - /etc/prometheus-{number}.yml:/etc/prometheus/prometheus.yml:ro",
        *health(estate, 9090),
        memory_mib=450,
    )
    estate.add(
        f"grafana-{number}",
        host,
        "docker.io/grafana/grafana:11.3.1",
        f'ports: ["{estate.port(host)}:3000"]',
        f'volumes: ["/srv/grafana-{number}:/var/lib/grafana"]',
        "environment:",
        f"  GF_DATASOURCE_URL: http://prometheus-{number}:9090",
        f"depends_on: [prometheus-{number}]",
        memory_mib=130,
    )
    estate.add(
        f"node-exporter-{number}",
        host,
        "quay.io/prometheus/node-exporter:v1.8.2",
        "network_mode: host",
        'volumes: ["/:/host:ro,rslave"]',
        "limits: {memory: 64MiB}",
        memory_mib=20,
    )


def automation(estate: Estate, number: int, host: int) -> None:
    """Add home automation: a broker, a radio stick, and a hub on the host's network."""
    broker_port = estate.port(host)
    estate.add(
        f"mosquitto-{number}",
        host,
        "docker.io/library/eclipse-mosquitto:2",
        f'ports: ["{broker_port}:1883"]',
        f'volumes: ["/srv/mosquitto-{number}:/mosquitto"]',
        "criticality: high",
        memory_mib=15,
    )
    estate.add(
        f"zigbee2mqtt-{number}",
        host,
        "docker.io/koenkk/zigbee2mqtt:1.41.0",
        "devices: [/dev/ttyUSB0]",
        f'volumes: ["/srv/zigbee2mqtt-{number}:/app/data"]',
        "environment:",
        f"  ZIGBEE2MQTT_CONFIG_MQTT_SERVER: mqtt://mosquitto-{number}:1883",
        f"depends_on: [mosquitto-{number}]",
        memory_mib=120,
    )
    estate.add(
        f"homeassistant-{number}",
        host,
        "ghcr.io/home-assistant/home-assistant:2024.11",
        "network_mode: host",
        f'volumes: ["/srv/homeassistant-{number}:/config"]',
        "environment:",
        f"  MQTT_URL: mqtt://{address(host)}:{broker_port}",
        "criticality: high",
        "recovery_time: 30m",
        memory_mib=420,
    )


def front(estate: Estate, number: int, host: int) -> None:
    """Add a reverse proxy, and the login service of the site where there is none."""
    site = host // HOSTS_PER_SITE
    login = f"authelia-{number}"
    estate.add(
        f"caddy-{number}",
        host,
        "docker.io/library/caddy:2.8",
        f'ports: ["{estate.port(host)}:80", "{estate.port(host)}:443"]',
        "volumes:",
        f"  - /etc/caddy-{number}:/etc/caddy:ro",
        f"  - caddy-data-{number}:/data",
        "exposure: public",
        "criticality: high",
        f"depends_on: {{{login}: {{condition: service_started, kind: soft}}}}",
        memory_mib=50,
    )
    port = estate.port(host)
    estate.add(
        login,
        host,
        "docker.io/authelia/authelia:4.38",
        f'ports: ["{port}:9091"]',
        f'volumes: ["/srv/{login}:/config"]',
        "criticality: high",
        *health(estate, 9091),
        memory_mib=70,
    )
    estate.auth_of_site.setdefault(site, f"http://{address(host)}:{port}")
