# What runs on one NixOS host, as k8sadvisor reads it. Evaluates; builds nothing:
#
#   nix eval --json .#nixosConfigurations.HOST.config --apply "$(cat estate.nix)" > HOST.json
#
# The result holds what the world-readable Nix store holds too: values of environment variables
# that stand in the configuration, and the paths, not the contents, of secrets.
#
# Every option may be missing: another release, a module that is not imported, a removed option
# that throws. A value is taken apart only if it is data, so that no package is ever looked into.
config:
let
  inherit (builtins)
    attrNames attrValues concatMap deepSeq elem elemAt filter head isAttrs isBool isFloat isInt
    isList isPath isString length listToAttrs map match split substring stringLength tryEval
    unsafeDiscardStringContext;

  # A value, or what stands in for it where evaluating it fails.
  orElse = default: value:
    let result = tryEval (deepSeq value value);
    in if result.success then result.value else default;

  # Data without functions and packages.
  plain = value:
    if isString value then unsafeDiscardStringContext value
    else if isInt value || isFloat value || isBool value || value == null then value
    else if isPath value then toString value
    else if isList value then map (item: orElse null (plain item)) value
    else if isAttrs value then
      if value ? outPath then orElse null (unsafeDiscardStringContext "${value.outPath}")
      else each (_: plain) value
    else null;

  data = default: value: orElse default (plain value);
  set = value: let result = orElse { } (if isAttrs value then { found = attrNames value; } else { });
    in if result ? found then value else { };
  each = make: values: listToAttrs (map
    (name: { inherit name; value = orElse null (make name values.${name}); })
    (orElse [ ] (attrNames values)));
  words = value:
    let found = data [ ] value;
    in if isList found then filter isString found
    else if isString found then filter (word: isString word && word != "") (split "[[:space:]]+" found)
    else [ ];
  lines = value: let found = data null value;
    in if isList found then filter isString found else if isString found then [ found ] else [ ];
  yes = value: data false value == true;
  # Without what says nothing.
  said = values: listToAttrs (map (name: { inherit name; value = values.${name}; })
    (filter (name: !(elem values.${name} [ null [ ] { } ])) (attrNames values)));
  select = keep: values: listToAttrs (map (name: { inherit name; value = values.${name}; })
    (filter (name: orElse false (keep name values.${name})) (orElse [ ] (attrNames values))));
  prefixes = name:
    let parts = filter isString (split "[-@]" name);
    in map (count: joined (take count parts)) (down (length parts));
  take = count: list: map (elemAt list) (upTo count);
  upTo = count: if count <= 0 then [ ] else upTo (count - 1) ++ [ (count - 1) ];
  down = count: if count <= 0 then [ ] else [ count ] ++ down (count - 1);
  joined = parts: if length parts == 1 then head parts
    else "${head parts}-${joined (map (index: elemAt parts (index + 1)) (upTo (length parts - 1)))}";

  services = set (config.services or { });
  units = set (config.systemd.services or { });
  oci = set (config.virtualisation.oci-containers or { });
  containers = set (oci.containers or { });
  backend = data null (oci.backend or null);

  # The unit of a container: serviceName is missing before NixOS 25.05.
  unitOf = name:
    let stated = data null (containers.${name}.serviceName or null);
    in if isString stated then stated
    else "${if isString backend then backend else "podman"}-${name}";
  containerUnits = map unitOf (orElse [ ] (attrNames containers));

  # The enabled module that a unit belongs to by its name: immich-server -> services.immich.
  moduleOf = unit:
    let
      instance = match "(redis|authelia|github-runner|wyoming-[a-z]+)-(.*)" unit;
      named = if unit == "mysql" || unit == "mariadb" then [ "mysql" ]
        else if unit == "tailscaled" then [ "tailscale" ]
        else if unit == "sshd" then [ "openssh" ]
        else if match "phpfpm-.*" unit != null then [ (substring 7 (stringLength unit) unit) ]
        else if unit == "docker-registry" then [ "dockerRegistry" ]
        else if match "samba-.*" unit != null then [ "samba" ]
        else if match "nfs-.*" unit != null then [ "nfs" ]
        else prefixes unit ++ (if match ".*d" unit != null
          then [ (substring 0 (stringLength unit - 1) unit) ] else [ ]);
      on = name: yes (services.${name}.enable or false)
        || name == "nfs" && yes (services.nfs.server.enable or false)
        || name == "redis" && instance != null
          && yes (services.redis.servers.${elemAt instance 1}.enable or false)
        || name == "authelia" && instance != null
          && yes (services.authelia.instances.${elemAt instance 1}.enable or false)
        || name == "prometheus" && exporterOf unit != null;
      found = filter on named;
    in if found == [ ] then null else head found;
  exporterOf = unit:
    let found = match "prometheus-(.*)-exporter" unit;
    in if found != null && yes (services.prometheus.exporters.${head found}.enable or false)
    then head found else null;

  # The options that belong to a unit, for its port and its database.
  optionsOf = unit: module:
    if module == null then { }
    else if module == "redis" then
      set (services.redis.servers.${substring 6 (stringLength unit) unit} or { })
    else if exporterOf unit != null then set (services.prometheus.exporters.${exporterOf unit})
    else if module == unit || match "${module}(-server|-web|-main)?" unit != null
      || elem module [ "mysql" "samba" "nfs" "tailscale" ] then set (services.${module} or { })
    else { };
  firstPort = values:
    let found = filter (value: isInt value && value > 0) (map (data null) values);
    in if found == [ ] then null else head found;
  firstText = values:
    let found = filter isString (map (data null) values);
    in if found == [ ] then null else head found;
  portOf = options: firstPort [
    (options.port or null)
    (options.settings.port or null)
    (options.settings.server.http_port or null)
    (options.settings.server.HTTP_PORT or null)
    (options.settings.server.port or null)
    (options.config.http.server_port or null)
    (options.config.ROCKET_PORT or null)
    (options.config.rocketPort or null)
    (options.settings.mysqld.port or null)
    (options.listenPort or null)
    (options.httpPort or null)
    (options.webPort or null)
    (options.web.port or null)
    (options.settings.http_port or null)
    (options.settings.PORT or null)
  ];
  portsOf = options: filter (port: isInt port && port > 0) (map (data null) [
    (portOf options)
    (options.httpsPort or null)
    (options.defaultHTTPListenPort or null)
    (options.defaultSSLListenPort or null)
  ]);
  databaseOf = options: said {
    host = data null (options.database.host or null);
    type = data null (options.database.type or null);
    redis = data null (options.redis.host or null);
  };

  orders = unit: said {
    after = words (unit.after or [ ]);
    requires = words (unit.requires or [ ]);
    requisite = words (unit.requisite or [ ]);
    wants = words (unit.wants or [ ]);
    bindsTo = words (unit.bindsTo or [ ]);
  };
  service = name: unit:
    let
      module = moduleOf name;
      options = optionsOf name module;
      own = set (unit.serviceConfig or { });
    in orders unit // said {
      inherit module;
      description = data null (unit.description or null);
      ports = portsOf options;
      openFirewall = if yes (options.openFirewall or false) then true else null;
      database = databaseOf options;
      environment = select (key: value: !(elem key [ "PATH" "LOCALE_ARCHIVE" "TZDIR" ])
        && value != null) (data { } (unit.environment or { }));
      environmentFiles = lines (own.EnvironmentFile or null);
      credentials = lines (own.LoadCredential or null);
      execStart = lines (own.ExecStart or null);
      state = map (path: "/var/lib/${path}") (words (own.StateDirectory or null))
        ++ filter (path: path != null) [ (data null (options.dataDir or null)) ];
      user = data null (own.User or null);
      dynamicUser = if yes (own.DynamicUser or false) then true else null;
      memoryMax = data null (own.MemoryMax or null);
      cpuQuota = data null (own.CPUQuota or null);
      devices = lines (own.DeviceAllow or null);
    };
  # Started at boot and there to stay: no one-shot, no unit of a timer.
  stays = name: unit:
    !(elem name containerUnits)
    && yes (unit.enable or true)
    && (words (unit.wantedBy or [ ]) != [ ] || words (unit.requiredBy or [ ]) != [ ])
    && !(elem (data null (unit.serviceConfig.Type or null)) [ "oneshot" ])
    && match "(systemd|getty|serial-getty|autovt|user|user-runtime-dir)([-@].*)?" name == null;

  restic = set (services.restic.backups or { });
  borg = set (services.borgbackup.jobs or { });
  backup = tool: name: job: {
    inherit tool name;
    paths = lines (job.paths or null);
    exclude = lines (job.exclude or null);
  };
  borgmatic = name: settings: {
    inherit name;
    tool = "borgmatic";
    paths = lines (settings.source_directories or (settings.location.source_directories or null));
    exclude = lines (settings.exclude_patterns or null);
  };
  matic = set (services.borgmatic or { });
  matics = if !yes (matic.enable or false) then { }
    else set (matic.configurations or { }) // { default = matic.settings or { }; };
  network = [ "nfs" "nfs4" "cifs" "smb3" "glusterfs" "ceph" "fuse.sshfs" "fuse.rclone" "9p" "zfs" ];

  paths = secrets: each (_: secret: data null (secret.path or null)) (set secrets);
  location = _: entry: data null (entry.proxyPass or null);
  ipv4 = interface: map (entry: data null (entry.address or null))
    (orElse [ ] (interface.ipv4.addresses or [ ]));
  ranges = value: map (run: said { from = data null (run.from or null); to = data null (run.to or null); })
    (orElse [ ] (filter isAttrs value));
  firewall = set (config.networking.firewall or { });
  version = value: data null (value.package.version or null);
  # Containers of systemd-nspawn, which NixOS runs as container@NAME.
  nspawn = _: machine: said {
    autoStart = yes (machine.autoStart or false);
    binds = map
      (bind: said {
        hostPath = data null (bind.hostPath or null);
        mountPoint = data null (bind.mountPoint or null);
        isReadOnly = data null (bind.isReadOnly or null);
      })
      (orElse [ ] (attrValues (set (machine.bindMounts or { }))));
    ports = map
      (port: said {
        hostPort = data null (port.hostPort or null);
        containerPort = data null (port.containerPort or null);
        protocol = data null (port.protocol or null);
      })
      (orElse [ ] (machine.forwardPorts or [ ]));
  };
in
{
  k8sadvisor = 1;
  host = data null (config.networking.hostName or null);
  # Each is undefined, and throws, where a configuration uses another.
  system = firstText [
    (config.nixpkgs.hostPlatform.system or null)
    (config.nixpkgs.localSystem.system or null)
    (config.nixpkgs.system or null)
  ];
  release = data null (config.system.nixos.release or null);
  inherit backend;
  engine =
    if backend == "docker" then version (config.virtualisation.docker or { })
    else version (config.virtualisation.podman or { });
  addresses = filter isString (
    concatMap ipv4 (orElse [ ] (attrValues (set (config.networking.interfaces or { }))))
    ++ [ (data null (config.networking.fqdn or null)) ]);
  cluster = if yes (services.k3s.enable or false) then data null (services.k3s.role or null) else null;
  containers = data { } containers;
  units = listToAttrs (map
    (name: { name = unitOf name; value = orders (set (units.${unitOf name} or { })); })
    (orElse [ ] (attrNames containers)));
  services = each service (select stays units);
  nspawn = each nspawn (set (config.containers or { }));
  firewall = {
    enable = data null (firewall.enable or null);
    tcp = filter isInt (data [ ] (firewall.allowedTCPPorts or [ ]));
    udp = filter isInt (data [ ] (firewall.allowedUDPPorts or [ ]));
    tcpRanges = ranges (firewall.allowedTCPPortRanges or [ ]);
    udpRanges = ranges (firewall.allowedUDPPortRanges or [ ]);
  };
  secrets = {
    age = paths (config.age.secrets or { });
    sops = paths (config.sops.secrets or { });
    templates = paths (config.sops.templates or { });
  };
  backups = attrValues (each (backup "restic") restic) ++ attrValues (each (backup "borgbackup") borg)
    ++ attrValues (each borgmatic matics);
  filesystems = select (_: entry: elem entry.fsType network) (each
    (_: entry: { fsType = data null (entry.fsType or null); device = data null (entry.device or null); })
    (set (config.fileSystems or { })));
  routes = {
    nginx = each (_: site: each location (set (site.locations or { })))
      (if yes (services.nginx.enable or false) then set (services.nginx.virtualHosts or { }) else { });
    caddy = each (_: site: data "" (site.extraConfig or ""))
      (if yes (services.caddy.enable or false) then set (services.caddy.virtualHosts or { }) else { });
  };
}
