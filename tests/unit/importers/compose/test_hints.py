from tests.unit.importers.compose.project import draft, remarks

CADDY = "a.example.net {\n  reverse_proxy app:80\n}\n"


def hints(read):
    """Return service, kind, name and value of each hint."""
    return [(hint.service, hint.kind, hint.name, hint.value) for hint in read.hints]


def test_variables_of_files_are_hints_with_their_lines(tmp_path):
    text = """services:
  a: {image: x, env_file: [one.env, {path: raw.env, format: raw}, {path: no.env, required: false}]}
"""
    files = {
        "compose.yaml": text,
        ".env": "OUT=o\n",
        "one.env": "# c\nHOST=${OUT}-db\nOUT\nNOT_SET\n",
        "raw.env": "Q='q'\n",
    }
    read = draft(tmp_path, files)
    assert hints(read) == [
        ("a", "variable", "HOST", "o-db"),
        ("a", "variable", "OUT", "o"),
        ("a", "variable", "Q", "'q'"),
    ]
    assert [hint.mark >> 27 & 0xFFFF for hint in read.hints] == [2, 3, 1]
    assert not read.remarks


def test_a_missing_file_is_said_and_a_bad_line_too(tmp_path):
    text = "services: {a: {image: x, env_file: [gone.env, bad.env], label_file: gone.lab}}\n"
    read = draft(tmp_path, {"compose.yaml": text, "bad.env": "hunter2 hunter3\n"})
    assert sorted(remarks(read)) == [
        ("services.a.env_file[0]", "kept"),
        ("services.a.env_file[1]", "broken"),
        ("services.a.label_file", "kept"),
    ]
    assert not any("hunter" in remark.text for remark in read.remarks)


def test_mounted_configuration_is_read_and_secrets_are_not(tmp_path):
    text = """services:
  a:
    image: x
    volumes:
      - ./Caddyfile:/etc/caddy/Caddyfile
      - {type: bind, source: ./deep/app.toml, target: /app.toml}
      - ./prometheus:/etc/prometheus
      - ./tls.key:/tls.key
      - ./secrets.yml:/secrets.yml
      - ./data.bin:/data.bin
      - ./conf.d:/conf.d
      - ./gone.conf:/gone.conf
      - /etc/passwd:/etc/passwd
  b: {image: x, volumes: ["./prometheus:/p"]}
"""
    files = {
        "compose.yaml": text,
        "Caddyfile": CADDY,
        "deep/app.toml": "x = 'db'\n",
        "prometheus/prometheus.yml": "scrape: app\n",
        "tls.key": "hunter2",
        "secrets.yml": "hunter2",
        "data.bin": "hunter2",
        "conf.d/x": "",
    }
    read = draft(tmp_path, files, "compose.yaml")
    assert hints(read) == [
        ("a", "text", "Caddyfile", CADDY),
        ("a", "text", "app.toml", "x = 'db'\n"),
        ("a", "text", "prometheus.yml", "scrape: app\n"),
        ("b", "text", "prometheus.yml", "scrape: app\n"),
    ]
    assert remarks(read) == [("services.a.volumes[7]", "kept")]


def test_configs_and_commands_are_hints(tmp_path):
    text = """services:
  a:
    image: x
    configs: [inline, {source: file, target: /x}, gone, out]
    healthcheck: {test: [CMD, curl, "http://db"]}
    entrypoint: wait-for db
    post_start: [{command: [ping, db]}]
configs:
  inline: {content: "host = db"}
  file: {file: ./f.conf}
  gone: {file: ./g.conf}
  out: {external: true}
"""
    read = draft(tmp_path, {"compose.yaml": text, "f.conf": "db\n"}, "compose.yaml")
    assert hints(read) == [
        ("a", "text", "inline", "host = db"),
        ("a", "text", "f.conf", "db\n"),
        ("a", "text", "healthcheck", "CMD curl http://db"),
        ("a", "text", "entrypoint", "wait-for db"),
        ("a", "text", "post_start", "ping db"),
    ]
    assert ("services.a.configs[2]", "kept") in remarks(read)


def test_labels_of_a_file_stand_below_the_services_own(tmp_path):
    text = "services: {a: {image: x, label_file: [l.env], labels: {b: own}}}\n"
    read = draft(tmp_path, {"compose.yaml": text, "l.env": "a=1\nb=file\n"})
    assert read.tree["services"]["a"]["labels"] == {"a": "1", "b": "own"}
