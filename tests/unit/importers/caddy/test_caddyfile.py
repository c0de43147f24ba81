import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.files import Files
from analyzer.importers import caddy
from analyzer.tree import unpack
from tests.patience import patience
from tests.unit.importers.caddy.files_in import draft_of, routes_of

PUBLIC = "a.example.org"


def test_a_route_knows_its_place_and_its_host():
    (route,) = draft_of("a.example.org {\n\treverse_proxy app\n}\n", host="edge").routes
    assert unpack(route.mark) == (2, 2)
    assert (route.proxy, route.host) == ("caddy", "edge")


@pytest.mark.parametrize(
    "refusal",
    [
        "respond @out 403",
        'respond @out "no" 401',
        "abort @out",
        "error @out 404",
        "handle @out {\n abort\n}",
        "respond @out {\n close\n}",
        "handle @out {\n header X 1\n respond 403\n}",
    ],
)
def test_who_is_not_from_the_lan_is_turned_away(refusal):
    text = f"{PUBLIC} {{\n@out not remote_ip private_ranges\n{refusal}\nreverse_proxy app\n}}\n"
    assert routes_of(text) == [(PUBLIC, "app:80", "lan")]


@pytest.mark.parametrize(
    "harmless",
    ["respond @out 200", "header @out X 1", "redir @out /x", "respond /x 403", "abort @other"],
)
def test_what_turns_nobody_away_restricts_nothing(harmless):
    text = f"{PUBLIC} {{\n@out not remote_ip private_ranges\n{harmless}\nreverse_proxy app\n}}\n"
    assert routes_of(text) == [(PUBLIC, "app:80", "public")]


def test_an_unknown_directive_is_said_for_it_may_hide_a_route():
    (remark,) = draft_of(f"{PUBLIC} {{\n\tmy_plugin secret-value\n\tencode gzip\n}}\n").remarks
    assert (remark.path, remark.reach) == ("my_plugin", "not understood")
    assert "secret-value" not in remark.text


def test_a_domain_that_is_a_variable_is_of_unknown_exposure():
    assert routes_of("cloud.{$DOMAIN} {\n\treverse_proxy app\n}\n") == [
        ("cloud.{$DOMAIN}", "app:80", None)
    ]


def test_layer_4_proxies_are_routes():
    text = "{\nlayer4 {\n:5432 {\nroute {\nproxy db:5432\n}\n}\n}\n}\n"
    assert routes_of(text) == [(":5432", "db:5432", None)]


def test_named_routes_are_invoked():
    text = f"&(shared) {{\n\treverse_proxy app\n}}\n{PUBLIC} {{\n\tinvoke shared\n}}\n"
    assert routes_of(text) == [(PUBLIC, "app:80", "public")]


def test_client_ip_and_bound_addresses_count():
    text = f"{PUBLIC} {{\n@in client_ip 192.168.0.0/16\nhandle @in {{\nreverse_proxy app\n}}\n}}\n"
    assert routes_of(text) == [(PUBLIC, "app:80", "lan")]
    assert routes_of(f"{PUBLIC} {{\nbind 10.0.0.1\nreverse_proxy app\n}}\n")[0][2] == "lan"


def test_only_caddys_own_files_are_recognised():
    assert caddy.recognises("etc/Caddyfile", b"")
    assert caddy.recognises("sites/home.caddyfile", b"")
    assert caddy.recognises("a.json", b'{"apps": {"http": {"servers": {}}}}')
    assert not caddy.recognises("a.json", b'{"apps": [], "http": {"servers": 1}}')
    assert not caddy.recognises("Caddyfile.md", b"")


def test_json_that_is_none_is_an_error_with_its_place():
    with pytest.raises(InventoryError) as error:
        draft_of('{"apps": }', "caddy.json")
    assert (error.value.problems[0].line, error.value.problems[0].file) == (1, "caddy.json")


def test_a_file_that_another_one_imports_is_read_once(tmp_path):
    (tmp_path / "Caddyfile").write_text("import b.caddyfile\na.lan {\n\treverse_proxy a\n}\n")
    (tmp_path / "b.caddyfile").write_text("b.lan {\n\treverse_proxy b\n}\n")
    files = Files()
    given_files = [
        files.given(str(tmp_path / name), str(tmp_path)) for name in ("b.caddyfile", "Caddyfile")
    ]
    (draft,) = caddy.read(given_files, files, None)
    assert [(route.site, unpack(route.mark)[0]) for route in draft.routes] == [
        ("b.lan", 2),
        ("a.lan", 3),
    ]
    assert [route.mark >> 59 for route in draft.routes] == [0, 1]


def test_options_and_no_site_are_no_routes():
    assert routes_of("{\n\tadmin off\n}\n") == []
    assert routes_of("") == []


@pytest.mark.parametrize(
    "text",
    [
        "(s) {\nimport s\nimport s\n}\na {\nimport s\n}\n",
        "&(n) {\ninvoke n\ninvoke n\n}\na {\ninvoke n\n}\n",
        "a {\n" + "handle {\n" * 5000,
        "{" * 3000,
        '"' * 20000,
        "`" * 20001,
        "<<A\n" * 5000,
        "a,\n" * 20000,
        "a {\nreverse_proxy " + "x:1-65535 " * 2000 + "\n}\n",
    ],
    ids=range(9),
)
def test_hostile_files_take_bounded_time(text):
    with patience():
        draft_of(text)


ALPHABET = ["a", " ", "\n", "{", "}", '"', "`", "@m", "handle", "reverse_proxy", "import", "(s)"]
ALPHABET += [
    "not",
    "remote_ip",
    "s",
    ",",
    "\\",
    "<<E",
    "E",
    "{args[0]}",
    "{$X:y}",
    "respond",
    "403",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(ALPHABET), max_size=60).map("".join) | st.binary(max_size=120))
def test_any_text_ends_in_a_draft_or_an_error(text):
    try:
        draft = draft_of(text)
    except InventoryError:
        return
    assert all(route.upstream for route in draft.routes)


def test_files_that_import_each_other_are_read_all_the_same(tmp_path):
    (tmp_path / "a.caddyfile").write_text("import b.caddyfile\na.example {\n reverse_proxy x\n}\n")
    (tmp_path / "b.caddyfile").write_text("import a.caddyfile\nb.example {\n reverse_proxy x\n}\n")
    files = Files()
    documents = [files.given(str(tmp_path / f"{name}.caddyfile")) for name in "ab"]
    (draft,) = caddy.read(documents, files, None)
    assert {route.site for route in draft.routes} == {"a.example", "b.example"}


def test_the_routes_of_many_sites_to_many_upstreams_are_bounded():
    sites = ", ".join(f"a{number}.example" for number in range(2000))
    upstreams = " ".join(f"u{number}:80" for number in range(2000))
    draft = draft_of(f"{sites} {{\n reverse_proxy {upstreams}\n}}\n")
    assert len(draft.routes) <= 50_000
    assert "more than 50,000 routes" in draft.remarks[-1].text
