# The converter module: containers of virtualisation.oci-containers, one by one, as pods.
#
#   kubernetes.fromContainers.grocy.enable = true;
#
# takes the container `grocy` as it is configured, makes a Deployment and a Service of it, and keeps the
# container from starting, so that nothing runs twice. What a container cannot say (node ports,
# probes, which of its variables are no secret) comes from the options here. Values of variables never
# get into a manifest: they come from a Secret that is made on the machine.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  inherit (builtins) elemAt filter head length match;

  cfg = lib.filterAttrs (_: it: it.enable) config.kubernetes.fromContainers;
  digest = text: builtins.substring 0 6 (builtins.hashString "sha256" text);

  # RFC 1035: lower case, digits and hyphens, a letter first, 50 characters at most.
  label = fallback: text:
    let
      words = filter (part: builtins.isString part && part != "") (builtins.split "[^a-z0-9]+" (lib.toLower text));
      joined = lib.concatStringsSep "-" words;
      made = if joined == "" then "${fallback}-${digest text}" else if match "[a-z].*" joined == null then "${fallback}-${joined}" else joined;
    in
    if builtins.stringLength made <= 50 then made else "${lib.removeSuffix "-" (builtins.substring 0 43 made)}-${digest text}";

  # [ADDRESS:][HOST:]CONTAINER[/PROTOCOL], an IPv6 address in brackets, ranges allowed.
  parsePort = text:
    let
      halves = lib.splitString "/" text;
      rest = head halves;
      bracketed = match "\\[([^]]*)]:(.*)" rest;
      parts = if bracketed != null then [ (head bracketed) ] ++ lib.splitString ":" (elemAt bracketed 1) else lib.splitString ":" rest;
      count = length parts;
    in
    {
      protocol = if length halves > 1 then lib.toLower (elemAt halves 1) else "tcp";
      address = if count > 2 then head parts else null;
      published = if count > 1 && elemAt parts (count - 2) != "" then elemAt parts (count - 2) else null;
      targets = range (lib.last parts);
    };
  range = text:
    let ends = map lib.toInt (lib.splitString "-" text);
    in lib.range (head ends) (lib.last ends);

  # SOURCE:TARGET[:OPTIONS], NAME:TARGET, or TARGET alone for a volume without a name.
  parseVolume = text:
    let
      parts = lib.splitString ":" text;
      options = if length parts > 2 then lib.splitString "," (elemAt parts 2) else [ ];
    in
    {
      source = if length parts > 1 then head parts else null;
      target = if length parts > 1 then elemAt parts 1 else head parts;
      readOnly = builtins.elem "ro" options;
      isPath = length parts > 1 && builtins.substring 0 1 (head parts) == "/";
    };

  # Options of `podman run`, each "--flag=value", or "--flag" and the value behind it.
  flags = { "--privileged" = true; "--init" = true; "--read-only" = true; "--tty" = true; "--interactive" = true; };
  parseOptions = list:
    if list == [ ] then
      [ ]
    else
      let
        first = head list;
        rest = builtins.tail list;
        split = match "(--[a-z-]+)=(.*)" first;
      in
      if split != null then
        [ { flag = head split; value = elemAt split 1; } ] ++ parseOptions rest
      else if flags ? ${first} || rest == [ ] then
        [ { flag = first; value = ""; } ] ++ parseOptions rest
      else
        [ { flag = first; value = head rest; } ] ++ parseOptions (builtins.tail rest);
  valuesOf = flag: options: map (one: one.value) (filter (one: one.flag == flag) options);
  understood = [
    "--network" "--device" "--cap-add" "--cap-drop" "--privileged" "--add-host" "--hostname" "--label"
    "--memory" "--cpus" "--health-cmd" "--health-interval" "--health-timeout" "--health-retries"
    "--health-start-period"
  ];

  pathType = path:
    let name = lib.removeSuffix "/" path;
    in
    if lib.hasSuffix ".sock" name then "Socket"
    else if builtins.elem name [ "/dev/dri" "/dev/snd" "/dev/bus/usb" "/dev/serial/by-id" ] then "Directory"
    else if lib.hasPrefix "/dev/" name then "CharDevice"
    else if match ".*/[^/.][^/]*\\.[A-Za-z0-9]{1,8}" name != null
      && !(builtins.elem (lib.toLower (lib.last (lib.splitString "." name))) [ "d" "git" "old" "bak" ])
    then "File"
    else "Directory";

  # Docker Hub is not filled in by Kubernetes for everybody: every name is written in full.
  qualified = image:
    let parts = lib.splitString "/" image;
    in
    if length parts == 1 then "docker.io/library/${image}"
    else if match ".*[.:].*" (head parts) != null || head parts == "localhost" then image
    else "docker.io/${image}";

  without = names: filter (name: !(builtins.elem name names));
  sorted = builtins.sort builtins.lessThan;
  unique = lib.foldl' (seen: one: if builtins.elem one seen then seen else seen ++ [ one ]) [ ];
  optional = name: value: if value == null || value == [ ] || value == { } then { } else { ${name} = value; };

  convert = name: it:
    let
      from = it.definition;
      options = parseOptions from.extraOptions;
      network = lib.last ([ "" ] ++ from.networks ++ valuesOf "--network" options);
      hostNetwork = network == "host";
      privileged = from.privileged || valuesOf "--privileged" options != [ ];

      byNumber = a: b: a.target < b.target || (a.target == b.target && a.protocol < b.protocol);
      ports = builtins.sort byNumber (unique (builtins.concatLists (map
        (text: let port = parsePort text; in map (target: port // { inherit target; }) port.targets)
        from.ports)));
      key = port: "${port.protocol}-${toString port.target}";
      local = port: port.address != null && !(builtins.elem port.address [ "0.0.0.0" "::" ]);
      containerPort = port: {
        name = key port;
        containerPort = port.target;
        protocol = lib.toUpper port.protocol;
      } // lib.optionalAttrs (local port && !hostNetwork) {
        hostIP = if match "127\\..*|::1|localhost" port.address != null then "127.0.0.1" else port.address;
        hostPort = it.nodePorts.${key port};
      };

      volumes = map parseVolume from.volumes;
      devices = map (text: { source = head (lib.splitString ":" text); target = elemAt (lib.splitString ":" text ++ [ (head (lib.splitString ":" text)) ]) 1; })
        (from.devices ++ valuesOf "--device" options);
      wanted = volume:
        if volume.isPath then {
          key = "path ${volume.source}";
          base = volume.source;
          value.hostPath = { path = volume.source; type = pathType volume.source; };
        }
        else if volume.source != null then {
          key = "claim ${volume.source}";
          base = volume.source;
          value.persistentVolumeClaim.claimName = label "volume" volume.source;
        }
        else {
          key = "scratch ${volume.target}";
          base = "${name}${volume.target}";
          value.emptyDir = { };
        };
      listed = map wanted volumes ++ map (one: wanted { isPath = true; inherit (one) source; target = ""; }) devices;
      # Each source once; the second of the same name gets a digest of its source.
      named = lib.foldl'
        (seen: one:
          let plain = label "data" (lib.last (lib.splitString "/" (lib.removeSuffix "/" one.base)));
          in
          if seen ? ${one.key} then seen
          else seen // {
            ${one.key} = one.value // {
              name = if lib.any (it: it.name == plain) (builtins.attrValues seen) then "${builtins.substring 0 50 plain}-${digest one.base}" else plain;
            };
          })
        { }
        listed;
      # Of two mounts of one path the last counts, in the place of the first.
      targets = unique (map (volume: volume.target) volumes);
      lastAt = target: lib.last (filter (volume: volume.target == target) volumes);
      mounts = map
        (target:
          let volume = lastAt target;
          in {
            name = named.${(wanted volume).key}.name;
            mountPath = target;
          } // lib.optionalAttrs volume.readOnly { readOnly = true; })
        targets
      ++ map (one: { name = named."path ${one.source}".name; mountPath = one.target; }) devices;

      variables = sorted (builtins.attrNames from.environment);
      env = map
        (variable: {
          name = variable;
          valueFrom =
            if builtins.elem variable it.settings
            then { configMapKeyRef = { name = "${it.app}-settings"; key = variable; }; }
            else { secretKeyRef = { name = "${it.app}-env"; key = variable; }; };
        })
        variables;
      envFrom = lib.imap1 (at: _: { secretRef.name = "${it.app}-env-file-${toString at}"; }) from.environmentFiles;

      user = lib.splitString ":" (if from.user == null then "" else from.user);
      numeric = text: match "[0-9]+" text != null;
      identity = lib.optionalAttrs (from.user != null && lib.all numeric user) ({
        runAsUser = lib.toInt (head user);
      } // lib.optionalAttrs (length user > 1) { runAsGroup = lib.toInt (elemAt user 1); }
      // lib.optionalAttrs (lib.toInt (head user) != 0) { runAsNonRoot = true; });
      plainCap = cap: lib.removePrefix "CAP_" (lib.toUpper cap);
      added = sorted (unique (map plainCap (builtins.attrNames (lib.filterAttrs (_: v: v == true) from.capabilities) ++ valuesOf "--cap-add" options)));
      dropped = unique (map plainCap (builtins.attrNames (lib.filterAttrs (_: v: v == false) from.capabilities) ++ valuesOf "--cap-drop" options));
      # Podman leaves out three capabilities that containerd gives.
      drop = if builtins.elem "ALL" dropped then [ "ALL" ]
        else if builtins.elem "ALL" added then sorted dropped
        else sorted (unique (dropped ++ without added [ "AUDIT_WRITE" "MKNOD" "NET_RAW" ]));
      capabilities = optional "add" added // optional "drop" drop;

      selector."app.kubernetes.io/name" = it.app;
      bound = hostNetwork || devices != [ ] || lib.any (one: one.value ? hostPath || one.value ? persistentVolumeClaim) listed;
      hosts = map (text: { ip = lib.last (lib.splitString ":" text); hostnames = [ (head (lib.splitString ":" text)) ]; })
        (filter (text: !(lib.hasSuffix ":host-gateway" text)) (valuesOf "--add-host" options));

      container = {
        name = it.app;
        image = qualified from.image;
        securityContext = identity
          // lib.optionalAttrs privileged { privileged = true; }
          // lib.optionalAttrs (!privileged) (optional "capabilities" capabilities)
          // { seccompProfile.type = if privileged then "Unconfined" else "RuntimeDefault"; };
      }
      // optional "command" (if from.entrypoint == null then [ ] else [ from.entrypoint ])
      // optional "args" (map (word: lib.replaceStrings [ "$(" ] [ "$$(" ] word) from.cmd)
      // optional "workingDir" from.workdir
      // optional "ports" (map containerPort ports)
      // optional "env" env
      // optional "envFrom" envFrom
      // optional "volumeMounts" mounts
      // it.container;

      pod = { containers = [ container ]; }
      // optional "volumes" (builtins.sort (a: b: a.name < b.name) (builtins.attrValues named))
      // lib.optionalAttrs bound { nodeSelector."kubernetes.io/hostname" = it.node; }
      // lib.optionalAttrs hostNetwork { hostNetwork = true; dnsPolicy = "ClusterFirstWithHostNet"; }
      // optional "hostAliases" hosts
      // optional "hostname" (if from.hostname == null then null else lib.toLower from.hostname)
      // it.pod;

      metadata = {
        name = it.app;
        inherit (it) namespace;
        labels = selector // { "app.kubernetes.io/managed-by" = "k8sadvisor"; };
      };
      workload = {
        inherit metadata;
        spec = {
          replicas = 1;
          selector.matchLabels = selector;
          template = {
            metadata.labels = metadata.labels // { "app.kubernetes.io/part-of" = it.namespace; } // it.labels;
            spec = pod;
          };
        } // (if it.kind == "StatefulSet" then { serviceName = it.app; } else {
          strategy.type = if it.stateful || hostNetwork || lib.any local ports then "Recreate" else "RollingUpdate";
          revisionHistoryLimit = 3;
        });
      };
      servicePort = port: {
        name = key port;
        port = port.target;
        targetPort = port.target;
        protocol = lib.toUpper port.protocol;
      } // lib.optionalAttrs (port.published != null && !(local port) && !hostNetwork) { nodePort = it.nodePorts.${key port}; };
      outside = lib.any (port: port.published != null && !(local port)) ports && !hostNetwork;
    in
    {
      inherit workload;
      service = if ports == [ ] then null else {
        inherit metadata;
        spec = {
          selector = selector;
          type = if outside then "NodePort" else "ClusterIP";
          ports = map servicePort ports;
        } // lib.optionalAttrs outside { externalTrafficPolicy = "Cluster"; };
      };
      shared = lib.hasPrefix "container:" network;
      ignored = unique (without understood (map (one: one.flag) options));
    };

  converted = builtins.mapAttrs convert cfg;
  ofKind = kind: lib.filterAttrs (name: _: cfg.${name}.kind == kind) converted;
  byKey = select: lib.mapAttrs' (name: one: lib.nameValuePair "${cfg.${name}.namespace}-${cfg.${name}.app}" (select one));
in
{
  options.kubernetes.fromContainers = mkOption {
    default = { };
    description = "Containers of this host, or of another, that become pods.";
    type = types.attrsOf (types.submodule ({ name, ... }: {
      options = {
        enable = lib.mkEnableOption "the pod in the place of the container";
        definition = mkOption {
          type = types.attrsOf types.anything;
          default = config.virtualisation.oci-containers.containers.${name};
          description = "The container; of another host, that host's own configuration of it.";
        };
        here = mkOption {
          type = types.bool;
          default = true;
          description = "Whether the container is one of this host, which then does not start it.";
        };
        app = mkOption { type = types.str; default = label "app" name; };
        namespace = mkOption { type = types.str; default = "default"; };
        node = mkOption { type = types.str; default = config.networking.hostName; };
        kind = mkOption { type = types.enum [ "Deployment" "StatefulSet" ]; default = "Deployment"; };
        stateful = mkOption { type = types.bool; default = true; };
        nodePorts = mkOption { type = types.attrsOf types.port; default = { }; };
        settings = mkOption { type = types.listOf types.str; default = [ ]; };
        labels = mkOption { type = types.attrsOf types.str; default = { }; };
        container = mkOption { type = types.attrsOf types.anything; default = { }; };
        pod = mkOption { type = types.attrsOf types.anything; default = { }; };
      };
    }));
  };

  config = lib.mkMerge [
    {
      virtualisation.oci-containers.containers =
        builtins.mapAttrs (_: _: { autoStart = lib.mkForce false; }) (lib.filterAttrs (_: it: it.here) cfg);
    }
    (lib.mkIf (config.services.k3s.role == "server") {
      kubernetes.resources = {
        deployments = byKey (one: one.workload) (ofKind "Deployment");
        statefulSets = byKey (one: one.workload) (ofKind "StatefulSet");
        services = byKey (one: one.service) (lib.filterAttrs (_: one: one.service != null) converted);
      };
      assertions = lib.mapAttrsToList
        (name: one: {
          assertion = !one.shared;
          message = "${name} shares the network of another container: use the manifest of their pod instead.";
        })
        converted;
      warnings = builtins.concatLists (lib.mapAttrsToList
        (name: one: map (flag: "kubernetes.fromContainers.${name}: the option ${flag} is left out") one.ignored)
        converted);
    })
  ];
}
