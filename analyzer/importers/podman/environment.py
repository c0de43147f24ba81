"""``Config.Env`` -> the variables that somebody set; the image's own are left out."""

from analyzer.importers.podman.createcommand import Created
from analyzer.importers.podman.objects import sequence, texts
from analyzer.tree import Map, Quoted

_ENGINE = frozenset(
    """PATH HOME HOSTNAME TERM container LANG LANGUAGE LC_ALL LC_CTYPE SHLVL PWD GPG_KEY GOSU_VERSION
    DEBIAN_FRONTEND JAVA_HOME JAVA_VERSION NODE_VERSION YARN_VERSION PYTHON_VERSION
    PYTHON_SHA256 PYTHON_PIP_VERSION PHP_VERSION PHP_URL PHP_SHA256 PHP_CFLAGS PHP_CPPFLAGS
    PHP_LDFLAGS PHP_INI_DIR PHP_ASC_URL PHPIZE_DEPS GOLANG_VERSION GOPATH NGINX_VERSION
    PKG_RELEASE NJS_VERSION DYNPKG_RELEASE APACHE_CONFDIR APACHE_ENVVARS LD_LIBRARY_PATH
    S6_VERBOSITY S6_CMD_WAIT_FOR_SERVICES_MAXTIME S6_STAGE2_HOOK VIRTUAL_ENV
    LSIO_FIRST_PARTY""".split()
)
"""Variables that the engine or the base of an image sets, unless somebody set them as well."""


def environment(config: Map, image: Map, named: frozenset[str] | None) -> Map:
    """Return the variables of a container with their values.

    Args:
        config: the container's configuration.
        image: that of its image, empty when not known.
        named: the variables that the command line sets, None when that is not known.
    """
    brought = {item for item in sequence(image, "Env") if isinstance(item, str)}
    found = Map(config.mark_of("Env"))
    for pair, mark in sorted(texts(config, "Env")):  # Podman lists them in no order
        name, equals, value = pair.partition("=")
        is_set = (
            name in named if named is not None else name not in _ENGINE and pair not in brought
        )
        if name and equals and is_set:
            found.put(name, Quoted(value), mark)
    return found


def secret_variables(made: Created, mark: int, found: Map) -> None:
    """Add variables that hold secrets, without values: inspect does not list them."""
    for _, variable in made.secrets:
        if variable and variable not in found:
            found.put(variable, None, mark)
