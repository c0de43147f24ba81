"""What readers refuse is taken out, said, and nothing else is lost."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.intake.repair import repair
from analyzer.inventory import reading
from analyzer.tree import Map, Seq
from tests.patience import patience
from tests.unit.intake.drafts import plain, tree


def repaired(written):
    found = tree(written)
    remarks = repair(found)
    assert all(remark.reach == "broken" for remark in remarks)
    return plain(found), [remark.path for remark in remarks]


def test_a_bad_item_goes_and_the_list_stays():
    assert repaired(
        "services: {web: {image: nginx, ports: ['80:80', 'x:y', '1:2/xyz', '9:9']}}"
    ) == (
        {"services": {"web": {"image": "nginx", "ports": ["80:80", "9:9"]}}},
        ["services.web.ports[2]", "services.web.ports[1]"],
    )


def test_a_bad_key_goes_and_the_service_stays():
    assert repaired("services: {web: {image: nginx, replicas: 1, mem_limit: much}}") == (
        {"services": {"web": {"image": "nginx"}}},
        ["services.web.mem_limit", "services.web.replicas"],
    )


def test_a_bad_entry_of_a_mapping_goes_alone():
    assert repaired("services: {web: {environment: {A: [1], B: x}}}") == (
        {"services": {"web": {"environment": {"B": "x"}}}},
        ["services.web.environment.A"],
    )


def test_no_service_at_all_is_said():
    assert repaired("services: {web: text, db: {}}") == (
        {"services": {"db": {}}},
        ["services.web"],
    )


_nodes = st.recursive(
    st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["80:80", "host", "1g", "a"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
_keys = st.sampled_from(
    "image ports volumes environment networks depends_on deploy healthcheck build labels"
    " mem_limit cpus scale replicas nonsense x-a".split()
)


def as_tree(value):
    if isinstance(value, dict):
        made = Map(1 << 27)
        for key, item in value.items():
            made.put(key, as_tree(item), 1 << 27)
        return made
    if isinstance(value, list):
        items = Seq(1 << 27)
        for item in value:
            items.add(as_tree(item), 1 << 27)
        return items
    return value


@given(st.dictionaries(_keys, _nodes, max_size=5))
def test_what_is_left_is_always_readable(entry):
    found = as_tree({"hosts": {"a": {}}, "services": {"web": entry}})
    repair(found)
    assert reading.read(found, "x.yaml")[1] == []


def test_a_name_that_no_variable_has_goes_unseen_and_the_others_stay():
    found = tree(
        'services: {web: {environment: {"PASSWORD: hunter2": null, "T:hunter3": null, A: x,'
        ' "B C": y, "Logging:Level": debug, "": z}}}'
    )
    remarks = repair(found)
    assert plain(found)["services"]["web"]["environment"] == {"A": "x", "Logging__Level": "debug"}
    assert [remark.path for remark in remarks] == ["services.web.environment"] * 4
    assert "hunter" not in str(remarks)


def test_very_many_faults_are_taken_out_at_once():
    ports = Seq()
    for number in range(20_000):
        ports.add(f"a{number}", number)
    ports.add("80:80", 0)
    web, services, found = Map(), Map(), Map()
    web.put("ports", ports, 0)
    services.put("web", web, 0)
    found.put("services", services, 0)
    with patience():
        assert len(repair(found)) == 20_000
        assert plain(found) == {"services": {"web": {"ports": ["80:80"]}}}
