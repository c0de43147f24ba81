# What the module system would fill in: every option of a container with its default.
{ backend }:
name: given:
{
  autoRemoveOnStop = true;
  autoStart = true;
  capabilities = { };
  cmd = [ ];
  dependsOn = [ ];
  devices = [ ];
  entrypoint = null;
  environment = { };
  environmentFiles = [ ];
  extraOptions = [ ];
  hostname = null;
  imageFile = null;
  imageStream = null;
  labels = { };
  log-driver = "journald";
  login = { passwordFile = null; registry = null; username = null; };
  networks = [ ];
  podman = if backend == "podman" then { sdnotify = "conmon"; user = "root"; } else null;
  ports = [ ];
  preRunExtraOptions = [ ];
  privileged = false;
  pull = "missing";
  serviceName = "${backend}-${name}";
  user = null;
  volumes = [ ];
  workdir = null;
} // given
