"""One container of ``inspect`` -> a service in native keys.

Source: https://docs.podman.io/en/latest/markdown/podman-container-inspect.1.html
"""

from collections.abc import Mapping

from analyzer.importers.podman import keys, needs, ports
from analyzer.importers.podman.createcommand import Created, created
from analyzer.importers.podman.environment import environment, secret_variables
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.members import SHORT_ID, Member, own_labels
from analyzer.importers.podman.mounts import mounted
from analyzer.importers.podman.naming import UNIT
from analyzer.importers.podman.network import Around, network, share_by_name
from analyzer.importers.podman.objects import child, is_true, maps, sequence, text, texts, whole
from analyzer.importers.podman.settings import EXTENSION, keep, words
from analyzer.tree import Map, Quoted, Seq
from analyzer.units import written_size

_NANO = 10**9
_STOPPED = "not running when it was inspected: 'verified: false'"
_BY_SYSTEMD = "systemd restarts it; the engine's own policy says nothing"
_ALL_DEVICES = "a privileged container has every device and capability"
Drivers = dict[str, tuple[str, int]]


def service(
    member: Member, around: Around, images: Mapping[str, Map], ledger: Ledger
) -> tuple[Map, Drivers]:
    """Return the service that a container runs, and the drivers of its volumes."""
    tree = member.tree
    account(tree, ledger)
    image = child(images.get(text(tree, "Image").removeprefix("sha256:"), Map()), "Config")
    config = child(tree, "Config")
    made = created([word for word, _ in texts(config, "CreateCommand")])
    entry = Map(tree.mark)
    _image(tree, images, entry)
    if member.name != around.peer.service:
        entry.put("container_name", Quoted(member.name), tree.mark_of("Name"))
    _runtime(tree, entry)
    _hostname(member, made, entry)
    _command(config, image, made, entry)
    _environment(config, image, made, entry)
    _ports(member, around, ledger, entry)
    found = mounted(tree, f"{member.name}.Mounts", ledger)
    _list(entry, "volumes", found.volumes)
    _list(entry, "tmpfs", found.tmpfs)
    joined, mark = network(member, around, ledger)
    entry.put("network", joined, mark)
    _needs(member, around, ledger, entry)
    _resources(child(tree, "HostConfig"), entry)
    _rights(tree, made, entry, ledger)
    _lifecycle(member, entry, ledger)
    labels = own_labels(member.labels, child(image, "Labels"))
    if labels:
        entry.put("labels", labels, config.mark_of("Labels"))
    keep(tree, entry, member.name, ledger)
    share_by_name(entry, member, around)
    return entry, found.drivers


def account(tree: Map, ledger: Ledger) -> None:
    """Remark on every key of a container that is not used."""
    ledger.account(tree, "container.", keys.CONTAINER)
    for section, table in (
        ("Config", keys.CONFIG),
        ("HostConfig", keys.HOST_CONFIG),
        ("NetworkSettings", keys.NETWORK_SETTINGS),
        ("State", keys.STATE),
    ):
        ledger.account(child(tree, section), f"container.{section}.", table)


def _list(entry: Map, key: str, found: Seq) -> None:
    if found:
        entry.put(key, found, found.marks[0])


def _image(tree: Map, images: Mapping[str, Map], entry: Map) -> None:
    """Add the image by name; by id where its name has gone to a newer one."""
    config = child(tree, "Config")
    key, section = ("ImageName", tree) if text(tree, "ImageName") else ("Image", config)
    name = text(section, key)
    if name.startswith("sha256:"):
        tags = texts(images.get(name.removeprefix("sha256:"), Map()), "RepoTags")
        name = tags[0][0] if tags else name
    if name:
        entry.put("image", Quoted(name), section.mark_of(key))


def _runtime(tree: Map, entry: Map) -> None:
    """Add the engine where the object proves it."""
    host = child(tree, "HostConfig")
    variables = sequence(child(tree, "Config"), "Env")
    if "ImageName" in tree or "container=podman" in variables or text(host, "Runtime") == "oci":
        entry.put("runtime", "podman", tree.mark)
    elif text(tree, "Name").startswith("/"):
        entry.put("runtime", "docker", tree.mark)


def _hostname(member: Member, made: Created, entry: Map) -> None:
    """Add the host name, unless the engine made it up or it is the machine's own."""
    config = child(member.tree, "Config")
    hostname = text(config, "Hostname")
    on_host = text(child(member.tree, "HostConfig"), "NetworkMode") == "host"
    if hostname and hostname != member.id[:SHORT_ID] and (made.has_hostname or not on_host):
        entry.put("hostname", Quoted(hostname), config.mark_of("Hostname"))


def _command(config: Map, image: Map, made: Created, entry: Map) -> None:
    """Add entry point and arguments, unless they are the image's own."""
    for key, native in (("Entrypoint", "entrypoint"), ("Cmd", "command")):
        found = words(config.get(key))
        is_own = found is not None and found != words(image.get(key))
        if is_own and (native == "entrypoint" or made.has_arguments is not False):
            entry.put(native, found, config.mark_of(key))


def _environment(config: Map, image: Map, made: Created, entry: Map) -> None:
    variables = environment(config, image, made.variables)
    secret_variables(made, config.mark_of("CreateCommand"), variables)
    if variables:
        entry.put("environment", variables, config.mark_of("Env"))
    mark = config.mark_of("Secrets" if "Secrets" in config else "CreateCommand")
    names = Seq(mark)
    for name in [text(one, "Name") for one in maps(config, "Secrets")]:
        if name and name not in names:
            names.add(Quoted(name), mark)
    for name, _ in made.secrets:
        if name and name not in names:
            names.add(Quoted(name), mark)
    _list(entry, "secrets", names)


def _ports(member: Member, around: Around, ledger: Ledger, entry: Map) -> None:
    """Add what is published and what is open; the holder of a pod's network has the pod's."""
    tree = member.tree
    host, settings = child(tree, "HostConfig"), child(tree, "NetworkSettings")
    path = f"{member.name}.HostConfig.PortBindings"
    found = ports.bindings(child(host, "PortBindings"), path, ledger)
    if around.holder is None:
        opened = ports.bindings(child(settings, "Ports"), path, ledger)
        found += [one for one in opened if one.host is None]
    elif around.holder == around.peer:
        bound = child(child(around.pod or Map(), "HostConfig"), "PortBindings")
        found += ports.bindings(bound or child(settings, "Ports"), path, ledger)
    known = ports.bindings(child(child(tree, "Config"), "ExposedPorts"), path, ledger)
    if is_true(host, "PublishAllPorts") and not child(host, "PortBindings"):
        known = [one._replace(host=0) for one in known]
    found += known
    _list(entry, "ports", ports.published(found))
    _list(entry, "expose", ports.exposed(found))


def _needs(member: Member, around: Around, ledger: Ledger, entry: Map) -> None:
    found, absent = needs.depends_on(member, around, ledger)
    if found:
        entry.put("depends_on", found, found.marks[0])
    if absent:
        extension = Map(absent.marks[0])
        extension.put("requires", absent, absent.marks[0])
        entry.put(EXTENSION, extension, extension.mark)
    _list(entry, "links", needs.links(member, around))


def _resources(host: Map, entry: Map) -> None:
    """Add limits of memory and processors."""
    found = Map(host.mark)
    memory = whole(host, "Memory")
    if memory > 0:
        found.put("memory", written_size(memory), host.mark_of("Memory"))
    nano, key = whole(host, "NanoCpus"), "NanoCpus"
    if not nano and whole(host, "CpuQuota") > 0 and whole(host, "CpuPeriod") > 0:
        nano, key = whole(host, "CpuQuota") * _NANO // whole(host, "CpuPeriod"), "CpuQuota"
    if nano > 0:
        found.put("cpus", decimal(nano), host.mark_of(key))
    if found:
        entry.put("limits", found, found.marks[0])


def decimal(nano: int) -> str:
    """Return billionths as a decimal number of at most six places: ``1.5``."""
    micro = max(1, nano // 1000)
    return f"{micro // 10**6}.{micro % 10**6:06d}".rstrip("0").rstrip(".")


def _rights(tree: Map, made: Created, entry: Map, ledger: Ledger) -> None:
    """Add devices, capabilities and the user; a privileged container has them all anyway."""
    host, config = child(tree, "HostConfig"), child(tree, "Config")
    privileged = is_true(host, "Privileged")
    devices = _devices(host, made, privileged=privileged)
    _list(entry, "devices", devices)
    for request in maps(host, "DeviceRequests"):
        if any("gpu" in one for one in sequence(request, "Capabilities") if isinstance(one, Seq)):
            entry.put("gpus", "all", request.mark)
    added = Seq(host.mark_of("CapAdd"))
    for name, mark in texts(host, "CapAdd"):
        added.add(Quoted(name.removeprefix("CAP_")), mark)
    if privileged:
        entry.put("privileged", "true", host.mark_of("Privileged"))
        if added or len(devices) < len(maps(host, "Devices")):
            mark = host.mark_of("CapAdd")
            ledger.once(mark, "container.HostConfig.Privileged", "no bearing", _ALL_DEVICES)
    else:
        _list(entry, "cap_add", added)
    if text(config, "User"):
        entry.put("user", Quoted(text(config, "User")), config.mark_of("User"))


def _devices(host: Map, made: Created, *, privileged: bool) -> Seq:
    """Return devices of the host, as ``HOST:CONTAINER`` or by the name of a driver."""
    found = Seq(host.mark_of("Devices"))
    asked = {device.partition(":")[0] for device in made.devices}
    for device in maps(host, "Devices"):
        source, target = text(device, "PathOnHost"), text(device, "PathInContainer")
        if source and (not privileged or source in asked):
            written = source if target in ("", source) else f"{source}:{target}"
            found.add(Quoted(written), device.mark)
    for request in maps(host, "DeviceRequests"):
        if text(request, "Driver") == "cdi":
            for name, mark in texts(request, "DeviceIDs"):
                found.add(Quoted(name), mark)
    for name in made.devices:
        if "=" in name and not name.startswith("/") and name not in found:
            found.add(Quoted(name), found.mark)
    return found


def _lifecycle(member: Member, entry: Map, ledger: Ledger) -> None:
    """Add restart policy, health check, other names, and whether it was seen running."""
    tree = member.tree
    config, host = child(tree, "Config"), child(tree, "HostConfig")
    policy = child(host, "RestartPolicy")
    name = text(policy, "Name") or "no"
    if text(policy, "MaximumRetryCount") not in ("", "0"):
        name += f":{text(policy, 'MaximumRetryCount')}"
    if name == "no" and text(member.labels, UNIT):
        mark = member.labels.mark_of(UNIT)
        ledger.say(mark, f"{member.name}.HostConfig.RestartPolicy", "kept", _BY_SYSTEMD)
    elif policy:
        entry.put("restart", name, policy.mark)
    check = healthcheck(child(config, "Healthcheck"))
    if check:
        entry.put("healthcheck", check, check.mark)
    extra = Seq(host.mark_of("ExtraHosts"))
    for pair, mark in texts(host, "ExtraHosts"):
        extra.add(Quoted(pair), mark)
    _list(entry, "extra_hosts", extra)
    state = child(tree, "State")
    if state.get("Running") == "false" and not is_true(state, "Restarting"):
        entry.put("verified", "false", state.mark_of("Running"))
        ledger.say(state.mark, f"{member.name}.State", "kept", _STOPPED)


def healthcheck(check: Map) -> Map:
    """Return a health check in native form; the engine counts in billionths of a second."""
    found = Map(check.mark)
    test = sequence(check, "Test")
    if not test:
        return found
    found.put("test", test, check.mark_of("Test"))
    for key, native in (
        ("Interval", "interval"),
        ("Timeout", "timeout"),
        ("StartPeriod", "start_period"),
        ("StartInterval", "start_interval"),
    ):
        if whole(check, key) > 0:
            found.put(native, f"{decimal(whole(check, key))}s", check.mark_of(key))
    if whole(check, "Retries") > 0:
        found.put("retries", text(check, "Retries"), check.mark_of("Retries"))
    return found
