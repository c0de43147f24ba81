"""How well-known self-hosted applications name what they need, as their documentation says it.

Each line is one application's variables and the edges that a person who knows it would draw, all of
them sure enough to bind, and no others.
"""

import pytest

from tests.build import host, inventory, service, topology_of

OTHERS = {
    "db": "postgres:16",
    "mysql": "mariadb:11",
    "redis": "redis:7",
    "mongo": "mongo:7",
    "queue": "rabbitmq:3",
    "mosquitto": "eclipse-mosquitto:2",
    "ollama": "ollama/ollama",
    "lldap": "lldap/lldap",
    "app": "example/app",
    "web": "nginx",
}

CONVENTIONS = {
    "authentik": (
        {"AUTHENTIK_POSTGRESQL__HOST": "db", "AUTHENTIK_REDIS__HOST": "redis"},
        "db redis",
    ),
    "immich": ({"DB_HOSTNAME": "db", "DB_USERNAME": "app", "REDIS_HOSTNAME": "redis"}, "db redis"),
    "paperless": (
        {"PAPERLESS_DBHOST": "db", "PAPERLESS_REDIS": "redis://redis:6379", "PAPERLESS_URL": "x"},
        "db redis",
    ),
    "gitea": ({"GITEA__database__HOST": "db:5432", "GITEA__database__NAME": "app"}, "db"),
    "wordpress": ({"WORDPRESS_DB_HOST": "mysql:3306", "WORDPRESS_DB_NAME": "web"}, "mysql"),
    "ghost": (
        {
            "database__connection__host": "mysql",
            "database__client": "mysql",
            "url": "http://web.org",
        },
        "mysql",
    ),
    "keycloak": ({"KC_DB": "postgres", "KC_DB_URL": "jdbc:postgresql://db/app"}, "db"),
    "n8n": (
        {"DB_POSTGRESDB_HOST": "db", "QUEUE_BULL_REDIS_HOST": "redis", "N8N_HOST": "n8n.web.org"},
        "db redis",
    ),
    "mattermost": ({"MM_SQLSETTINGS_DATASOURCE": "postgres://app:pw@db:5432/web?a=b"}, "db"),
    "rocketchat": (
        {"MONGO_URL": "mongodb://mongo:27017/app", "ROOT_URL": "http://app.org"},
        "mongo",
    ),
    "zigbee2mqtt": ({"ZIGBEE2MQTT_CONFIG_MQTT_SERVER": "mqtt://mosquitto"}, "mosquitto"),
    "open-webui": ({"OLLAMA_BASE_URL": "http://ollama:11434", "WEBUI_NAME": "app"}, "ollama"),
    "authelia": ({"AUTHELIA_LDAP_ADDRESS": "ldap://lldap:3890", "X_DOMAIN": "web"}, "lldap"),
    "celery": (
        {"CELERY_BROKER_URL": "amqp://u:p@queue//", "CELERY_RESULT_BACKEND": "redis://redis/0"},
        "queue redis",
    ),
    "adminer": ({"ADMINER_DEFAULT_SERVER": "db", "ADMINER_DESIGN": "web"}, "db"),
    "postgres-exporter": ({"DATA_SOURCE_URI": "db:5432/app?sslmode=disable"}, "db"),
    "kafka-like": ({"CLUSTERS_0_BOOTSTRAPSERVERS": "queue:5672,redis:6379"}, "queue redis"),
    "elastic-like": ({"STORE_HOSTS": '["http://db:5432"]'}, "db"),
    "dotnet": ({"ConnectionStrings__Default": "Host=db;Database=app;Username=web"}, "db"),
    "docker-proxy": ({"DOCKER_HOST": "tcp://app:2375"}, "app"),
    "notifier": ({"NOTIFY_TARGETS": "smtp://web:25", "NOTIFY_FROM": "me@app"}, "web"),
    "laravel": (
        {"DB_CONNECTION": "mysql", "QUEUE_CONNECTION": "redis", "APP_URL": "http://x"},
        "",
    ),
    "postgres": ({"POSTGRES_USER": "app", "POSTGRES_DB": "web", "POSTGRES_PASSWORD": "redis"}, ""),
    "nginx": ({"SERVER_NAME": "app", "NGINX_HOST": "www.web.org", "TZ": "UTC"}, ""),
    "oauth": ({"OAUTH2_REDIRECT_URL": "http://app:80/x", "CORS_ORIGIN": "http://web"}, ""),
}


@pytest.mark.parametrize("name", sorted(CONVENTIONS))
def test_what_an_application_says_it_needs(name: str) -> None:
    variables, needed = CONVENTIONS[name]
    others = (service(other, host="box", image=image) for other, image in OTHERS.items())
    estate = inventory(host("box"), service("the-one", host="box", env=variables), *others)
    edges = [edge for edge in topology_of(estate).edges if edge.binds]
    assert {edge.dependent for edge in edges} <= {"the-one"}
    assert [edge.dependency for edge in edges] == needed.split()
