# The generic Kubernetes module: typed options in, manifests of K3s out.
#
# K3s applies what lies in /var/lib/rancher/k3s/server/manifests, in the order of names, and names what
# it applied after the file. So names here are stable, and namespaces come first. What is taken out
# of the configuration is not taken out of the cluster: delete it there as well.
# https://docs.k3s.io/installation/packaged-components
{ config, lib, ... }:
let
  cfg = config.kubernetes;
  inherit (lib) mkOption types;

  # RFC 1123: what the name of an object may be.
  objectName = types.strMatching "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

  port = types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      containerPort = mkOption { type = types.port; };
      protocol = mkOption {
        type = types.enum [ "TCP" "UDP" "SCTP" ];
        default = "TCP";
      };
    };
  };

  container = types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      name = mkOption { type = objectName; };
      image = mkOption { type = types.str; };
      ports = mkOption {
        type = types.nullOr (types.listOf port);
        default = null;
      };
    };
  };

  podSpec = types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      containers = mkOption { type = types.listOf container; };
      nodeSelector = mkOption {
        type = types.nullOr (types.attrsOf types.str);
        default = null;
      };
    };
  };

  template = types.submodule {
    freeformType = types.attrsOf types.anything;
    options.spec = mkOption { type = podSpec; };
  };

  workloadSpec = types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      replicas = mkOption {
        type = types.ints.unsigned;
        default = 1;
      };
      template = mkOption { type = template; };
    };
  };

  metadata = name: types.submodule {
    freeformType = types.attrsOf types.anything;
    options = {
      name = mkOption {
        type = objectName;
        default = name;
      };
      namespace = mkOption {
        type = objectName;
        default = "default";
      };
      labels = mkOption {
        type = types.nullOr (types.attrsOf types.str);
        default = null;
      };
    };
  };

  resource = spec: types.submodule ({ name, ... }: {
    freeformType = types.attrsOf types.anything;
    options = {
      metadata = mkOption {
        type = metadata name;
        default = { };
      };
      spec = mkOption {
        type = types.nullOr spec;
        default = null;
      };
    };
  });

  any = types.attrsOf types.anything;
  kind = apiVersion: kind: rank: spec: { inherit apiVersion kind rank spec; };
  kinds = {
    persistentVolumeClaims = kind "v1" "PersistentVolumeClaim" "10" any;
    configMaps = kind "v1" "ConfigMap" "10" any;
    services = kind "v1" "Service" "20" any;
    endpointSlices = kind "discovery.k8s.io/v1" "EndpointSlice" "20" any;
    networkPolicies = kind "networking.k8s.io/v1" "NetworkPolicy" "30" any;
    podDisruptionBudgets = kind "policy/v1" "PodDisruptionBudget" "30" any;
    deployments = kind "apps/v1" "Deployment" "40" workloadSpec;
    statefulSets = kind "apps/v1" "StatefulSet" "40" workloadSpec;
    jobs = kind "batch/v1" "Job" "40" any;
    cronJobs = kind "batch/v1" "CronJob" "40" any;
    ingresses = kind "networking.k8s.io/v1" "Ingress" "50" any;
  };

  # Options without a value are left out; an empty list may mean something and stays.
  clean = value:
    if builtins.isAttrs value then
      builtins.mapAttrs (_: clean) (lib.filterAttrs (_: v: v != null) value)
    else if builtins.isList value then
      map clean value
    else
      value;

  manifest = this: entry: {
    name = "${this.rank}-${entry.metadata.namespace}-${lib.toLower this.kind}-${entry.metadata.name}";
    value.content = clean ({ inherit (this) apiVersion kind; } // entry);
  };

  manifestsOf = plural: this: map (manifest this) (builtins.attrValues cfg.resources.${plural});
in
{
  options.kubernetes = {
    enable = lib.mkEnableOption "the manifests of this configuration";
    namespaces = mkOption {
      type = types.attrsOf (types.submodule {
        options.labels = mkOption {
          type = types.nullOr (types.attrsOf types.str);
          default = null;
        };
      });
      default = { };
      description = "Namespaces, made before everything else.";
    };
    resources = builtins.mapAttrs
      (_: this: mkOption {
        type = types.attrsOf (resource this.spec);
        default = { };
        description = "Objects of the kind ${this.kind}; `metadata.name` is the key unless stated.";
      })
      kinds;
  };

  config = lib.mkIf (cfg.enable && config.services.k3s.role == "server") {
    services.k3s.manifests = builtins.listToAttrs (
      map
        (name: {
          name = "00-${name}-namespace";
          value.content = clean {
            apiVersion = "v1";
            kind = "Namespace";
            metadata = {
              inherit name;
              inherit (cfg.namespaces.${name}) labels;
            };
          };
        })
        (builtins.attrNames cfg.namespaces)
      ++ builtins.concatLists (lib.mapAttrsToList manifestsOf kinds)
    );
    assertions = [
      {
        assertion = builtins.all (entry: !(entry ? stringData)) (builtins.attrValues cfg.resources.configMaps);
        message = "What is secret does not belong in a ConfigMap, and nothing secret in the Nix store.";
      }
    ];
  };
}
