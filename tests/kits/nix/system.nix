# Options of NixOS that the modules of a kit set, by their true names and types, and nothing of what
# they do. https://github.com/NixOS/nixpkgs: nixos/modules/services/cluster/rancher (services.k3s),
# nixos/modules/virtualisation/oci-containers.nix, nixos/modules/services/networking/firewall.nix,
# nixos/modules/system/boot/systemd.nix, nixos/modules/misc/assertions.nix.
{ lib, ... }:
let
  inherit (lib) mkOption types;
  option = type: default: mkOption { inherit type default; };
  strs = types.listOf types.str;
  any = types.attrsOf types.anything;
  ports = types.listOf types.port;
in
{
  options = {
    assertions = option (types.listOf any) [ ];
    warnings = option strs [ ];
    networking.hostName = option types.str "nixos";
    networking.firewall.enable = option types.bool true;
    networking.firewall.interfaces = option
      (types.attrsOf (types.submodule {
        options.allowedTCPPorts = option ports [ ];
        options.allowedUDPPorts = option ports [ ];
      }))
      { };
    systemd.services = option
      (types.attrsOf (types.submodule {
        options = {
          description = option types.str "";
          startAt = option types.str "";
          path = option (types.listOf types.anything) [ ];
          script = option types.str "";
          serviceConfig = option any { };
          unitConfig = option any { };
          after = option strs [ ];
          before = option strs [ ];
          wants = option strs [ ];
          requiredBy = option strs [ ];
        };
      }))
      { };
    systemd.timers = option
      (types.attrsOf (types.submodule {
        options = {
          wantedBy = option strs [ ];
          timerConfig = option any { };
        };
      }))
      { };
    virtualisation.podman.package = option types.anything "/nix/store/podman";
    services.k3s = {
      enable = option types.bool false;
      role = option (types.enum [ "server" "agent" ]) "server";
      serverAddr = option types.str "";
      token = option types.str "";
      tokenFile = option (types.nullOr types.path) null;
      agentTokenFile = option (types.nullOr types.path) null;
      clusterInit = option types.bool false;
      disableAgent = option types.bool false;
      disable = option strs [ ];
      nodeName = option (types.nullOr types.str) null;
      nodeLabel = option strs [ ];
      nodeTaint = option strs [ ];
      nodeIP = option (types.nullOr types.str) null;
      nodeExternalIP = option (types.nullOr types.str) null;
      extraFlags = option strs [ ];
      extraKubeletConfig = option any { };
      environmentFile = option (types.nullOr types.path) null;
      configPath = option (types.nullOr types.path) null;
      gracefulNodeShutdown.enable = option types.bool false;
      manifests = option
        (types.attrsOf (types.submodule ({ name, ... }: {
          options = {
            enable = option types.bool true;
            target = option types.str "${name}.yaml";
            content = option (types.nullOr (types.either any (types.listOf any))) null;
            source = option (types.nullOr types.path) null;
          };
        })))
        { };
    };
    age.secrets = option any { k3s-token.path = "/run/agenix/k3s-token"; };
    sops.secrets = option any { k3s-token.path = "/run/secrets/k3s-token"; };
    virtualisation.oci-containers.backend = option (types.enum [ "podman" "docker" ]) "podman";
    virtualisation.oci-containers.containers = option
      (types.attrsOf (types.submodule ({ name, ... }: {
        options = {
          image = mkOption { type = types.str; };
          autoStart = option types.bool true;
          autoRemoveOnStop = option types.bool true;
          capabilities = option (types.attrsOf (types.nullOr types.bool)) { };
          cmd = option strs [ ];
          dependsOn = option strs [ ];
          devices = option strs [ ];
          entrypoint = option (types.nullOr types.str) null;
          environment = option (types.attrsOf types.str) { };
          environmentFiles = option (types.listOf types.path) [ ];
          extraOptions = option strs [ ];
          hostname = option (types.nullOr types.str) null;
          labels = option (types.attrsOf types.str) { };
          log-driver = option types.str "journald";
          login = option any { };
          networks = option strs [ ];
          podman = option (types.nullOr any) null;
          ports = option strs [ ];
          preRunExtraOptions = option strs [ ];
          privileged = option types.bool false;
          pull = option (types.enum [ "always" "missing" "never" "newer" ]) "missing";
          serviceName = option types.str "podman-${name}";
          user = option (types.nullOr types.str) null;
          volumes = option strs [ ];
          workdir = option (types.nullOr types.str) null;
          imageFile = option (types.nullOr types.package) null;
          imageStream = option (types.nullOr types.package) null;
        };
      })))
      { };
  };
}
