# A home server as `config` of a NixOS system looks to the shipped expression.
let
  options = import ./options.nix { backend = "podman"; };
  removed = throw "The option definition `services.jackett.old' no longer has any effect";
  media = name: port: inside: more: {
    image = "lscr.io/linuxserver/${name}:latest";
    ports = [ "${toString port}:${toString inside}" ];
    environment = { PUID = "5000"; PGID = "5000"; TZ = "America/Toronto"; };
    volumes = [
      "/var/data/${name}:/config"
      "/mnt/storage/media:/media"
    ];
  } // more;
  unit = { enable = true; wantedBy = [ "multi-user.target" ]; after = [ "network.target" ]; };
in
rec {
  networking = {
    hostName = "storage";
    fqdn = throw "The FQDN is required but cannot be determined";
    interfaces.br0.ipv4.addresses = [{ address = "192.168.1.5"; prefixLength = 24; }];
    firewall = {
      enable = true;
      allowedTCPPorts = [ 80 443 8123 32400 ];
      allowedUDPPorts = [ ];
      allowedTCPPortRanges = [{ from = 19000; to = 19999; }];
    };
  };
  nixpkgs.hostPlatform.system = "x86_64-linux";
  system.nixos.release = "25.11";
  virtualisation.podman.package = { version = "5.7.0"; outPath = throw "never looked at"; };
  virtualisation.oci-containers.backend = "podman";
  virtualisation.oci-containers.containers = builtins.mapAttrs options {
    gluetun = {
      image = "ghcr.io/qdm12/gluetun:v3.40";
      capabilities.NET_ADMIN = true;
      devices = [ "/dev/net/tun:/dev/net/tun" ];
      environment = { VPN_SERVICE_PROVIDER = "mullvad"; VPN_TYPE = "wireguard"; };
      environmentFiles = [ "/run/agenix/vpn" ];
      ports = [ "8081:8081" ];
      volumes = [ "/var/data/gluetun:/gluetun" ];
      extraOptions = [ "--health-cmd" "/gluetun-entrypoint healthcheck" "--health-interval=60s" ];
    };
    qbittorrent = media "qbittorrent" 0 0 {
      ports = [ ];
      dependsOn = [ "gluetun" ];
      extraOptions = [ "--network=container:gluetun" "--memory=2g" ];
    };
    prowlarr = media "prowlarr" 36088 9696 { volumes = [ "/var/data/prowlarr:/config" ]; };
    sonarr = media "sonarr" 54443 8989 { };
    radarr = media "radarr" 41137 7878 { };
    bazarr = media "bazarr" 44129 6767 { dependsOn = [ "sonarr" "radarr" ]; };
    overseerr = media "overseerr" 19264 5055 { volumes = [ "/var/data/overseerr:/config" ]; };
    plex = media "plex" 0 0 {
      ports = [ ];
      extraOptions = [ "--network=host" "--device" "/dev/dri" ];
    };
    flaresolverr = {
      image = "ghcr.io/flaresolverr/flaresolverr:latest";
      ports = [ "127.0.0.1:8191:8191" ];
    };
    n8n = {
      image = "n8nio/n8n:latest";
      ports = [ "5678:5678" ];
      environment = { OLLAMA_HOST = "ollama:11434"; N8N_HOST = "n8n.example.org"; };
      networks = [ "ai" ];
      volumes = [ "/var/data/n8n:/home/node/.n8n" ];
    };
    ollama = {
      image = "ollama/ollama:latest";
      networks = [ "ai" ];
      extraOptions = [ "--gpus=all" ];
      volumes = [ "/var/data/ollama:/root/.ollama" ];
    };
    qdrant = {
      image = "qdrant/qdrant";
      ports = [ "6333:6333" ];
      volumes = [ "qdrant_storage:/qdrant/storage" ];
      extraOptions = [ "--network=ai:alias=vectors" ];
    };
    homeassistant = {
      image = "ghcr.io/home-assistant/home-assistant:stable";
      privileged = true;
      labels."io.containers.autoupdate" = "image";
      extraOptions = [ "--network=host" ];
      volumes = [ "/var/lib/home-assistant:/config" "/run/dbus:/run/dbus:ro" ];
    };
    romm = {
      image = "rommapp/romm:latest";
      ports = [ "8998:8080" ];
      environment = { DB_HOST = "host.containers.internal"; DB_NAME = "romm"; DB_USER = "romm"; };
      environmentFiles = [ "/run/agenix/romm" ];
      volumes = [ "/var/data/romm:/romm/assets" "/mnt/nas/roms:/romm/library:ro" ];
      extraOptions = [ "--add-host=host.docker.internal:host-gateway" ];
    };
    stirling = {
      image = "frooodle/s-pdf:latest";
      imageFile = { outPath = "/nix/store/00000000000000000000000000000000-stirling.tar.gz"; };
      ports = [ "9284:8080" ];
      autoStart = false;
    };
  };
  systemd.services = {
    podman-romm = {
      after = [ "network-online.target" "mysql.service" ];
      requires = [ "mysql.service" ];
      wantedBy = [ "multi-user.target" ];
    };
    podman-plex = { after = [ "mnt-storage.mount" ]; requires = [ "mnt-storage.mount" ]; };
    mysql = unit // {
      description = "MySQL Server";
      serviceConfig = { User = "mysql"; Type = "notify"; ExecStart = "/nix/store/0-mariadb/bin/mysqld"; };
    };
    postgresql = unit // {
      serviceConfig = { User = "postgres"; StateDirectory = "postgresql/16"; Type = "notify"; };
    };
    immich-server = unit // {
      requires = [ "redis-immich.service" "postgresql.target" ];
      environment = { DB_HOSTNAME = "/run/postgresql"; IMMICH_PORT = "15777"; PATH = "/bin"; };
      serviceConfig = { User = "immich"; StateDirectory = "immich"; DeviceAllow = [ "/dev/dri rw" ]; };
    };
    immich-machine-learning = unit // { serviceConfig.User = "immich"; };
    redis-immich = unit // { serviceConfig = { User = "redis-immich"; StateDirectory = "redis-immich"; }; };
    caddy = unit // {
      serviceConfig = { User = "caddy"; StateDirectory = [ "caddy" ]; MemoryMax = "512M"; CPUQuota = "150%"; };
    };
    grafana = unit // {
      after = [ "network.target" "postgresql.target" ];
      serviceConfig = { User = "grafana"; LoadCredential = [ "oidc:/run/agenix/grafana-oidc" ]; };
    };
    tsnsrv-media = unit // {
      serviceConfig = { DynamicUser = true; StateDirectory = "tsnsrv-media"; EnvironmentFile = "-/run/agenix/tailscale"; };
    };
    backup-now = unit // { serviceConfig.Type = "oneshot"; };
    sshd = unit // { serviceConfig.ExecStart = "/nix/store/0-openssh/bin/sshd -D"; };
    systemd-journald = unit;
    binfmt-helper = unit // { serviceConfig.ExecStart = "/nix/store/0-helper/bin/helper"; };
    zfs-share = throw "this unit was removed";
  };
  services = {
    openssh.enable = true;
    mysql = { enable = true; dataDir = "/var/lib/mysql"; settings.mysqld.port = 3306; package = removed; };
    postgresql = { enable = true; settings.port = 5432; };
    immich = { enable = true; port = 15777; openFirewall = false; database.host = "/run/postgresql"; };
    redis.servers.immich = { enable = true; port = 0; };
    grafana = { enable = true; settings.server.http_port = 19300; };
    jackett = { enable = removed; };
    caddy = {
      enable = true;
      virtualHosts = {
        "photos.example.org".extraConfig = "reverse_proxy localhost:15777\n";
        "media.example.org".extraConfig = ''
          encode zstd
          reverse_proxy /api/* 127.0.0.1:54443 127.0.0.1:41137 {
            header_up Host {host}
          }
        '';
      };
    };
    restic.backups.nightly = {
      paths = [ "/var/lib" "/var/data" ];
      exclude = [ "/var/lib/containers" "/var/data/ollama" ];
      passwordFile = removed;
    };
    nginx.enable = false;
  };
  age.secrets = {
    vpn = { path = "/run/agenix/vpn"; file = ./options.nix; };
    romm = { path = "/run/agenix/romm"; };
    tailscale = { path = "/run/agenix/tailscale"; };
    broken = { path = removed; };
  };
  fileSystems = {
    "/" = { fsType = "btrfs"; device = "/dev/nvme0n1p2"; };
    "/mnt/nas" = { fsType = "nfs4"; device = "nas.lan:/export"; };
    "/mnt/other" = { fsType = "nfs4"; device = "nas.lan:/other"; };
  };
  containers.sandbox = {
    autoStart = true;
    bindMounts."/data" = { hostPath = "/var/data/sandbox"; mountPoint = "/data"; isReadOnly = false; };
    forwardPorts = [{ hostPort = 2222; containerPort = 22; protocol = "tcp"; }];
    config = removed;
  };
}
