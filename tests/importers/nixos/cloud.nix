# A small rented server: Docker, sops, nginx, an older release without many of the options.
let
  options = import ./options.nix { backend = "docker"; };
  unit = { wantedBy = [ "multi-user.target" ]; };
  older = name: given: removeAttrs (options name given) [ "serviceName" "networks" "capabilities" ];
in
{
  networking = {
    hostName = "cloud";
    fqdn = "cloud.example.org";
    firewall = { enable = true; allowedTCPPorts = [ 22 80 443 ]; };
  };
  nixpkgs.hostPlatform = throw "The option `nixpkgs.hostPlatform' is used but not defined";
  nixpkgs.localSystem.system = "aarch64-linux";
  system.nixos.release = "23.11";
  virtualisation.docker.package.version = "24.0.9";
  virtualisation.oci-containers = {
    backend = "docker";
    containers = builtins.mapAttrs older {
      ghost = {
        image = "ghost:5";
        ports = [ "127.0.0.1:37853:2368" ];
        environment = { url = "https://blog.example.org"; database__client = "sqlite3"; };
        volumes = [ "/var/lib/ghost/content:/var/lib/ghost/content" ];
      };
      whoogle = { image = "benbusby/whoogle-search:latest"; ports = [ "127.0.0.1:5000:5000" ]; };
      ntfy = {
        image = "binwiederhier/ntfy";
        cmd = [ "serve" "--behind-proxy" ];
        ports = [ "443:443" "10000-10010:10000-10010/udp" ];
        environmentFiles = [ "/run/secrets/ntfy" ];
        login = { registry = "https://ghcr.io"; username = "somebody"; passwordFile = "/run/secrets/registry"; };
        extraOptions = [ "--cpus" "1.5" "--log-opt=max-size=10m" "--pod=misc" ];
      };
    };
  };
  systemd.services = {
    vaultwarden = unit // { serviceConfig = { User = "vaultwarden"; StateDirectory = "bitwarden_rs"; }; };
    lldap = unit // { serviceConfig.DynamicUser = true; environmentFiles = null; };
    authelia-main = unit // {
      after = [ "lldap.service" ];
      wants = [ "lldap.service" ];
      serviceConfig = { User = "authelia-main"; EnvironmentFile = [ "/run/secrets/authelia" ]; };
    };
    nginx = unit // { serviceConfig.User = "nginx"; };
    fail2ban = unit // { serviceConfig.StateDirectory = "fail2ban"; };
    k3s = unit // { serviceConfig.Type = "notify"; };
  };
  services = {
    vaultwarden = { enable = true; config.ROCKET_PORT = 8000; };
    lldap = { enable = true; settings.http_port = 17170; };
    authelia.instances.main.enable = true;
    fail2ban.enable = true;
    k3s = { enable = true; role = "agent"; };
    nginx = {
      enable = true;
      virtualHosts = {
        "vault.example.org".locations."/" = { proxyPass = "http://127.0.0.1:8000"; };
        "static.example.org".locations."/" = { proxyPass = null; root = "/var/www"; };
      };
    };
    borgbackup.jobs.all = { paths = "/var/lib"; exclude = [ ]; };
    borgmatic = { enable = true; settings = null; configurations.extra.source_directories = [ "/srv" ]; };
  };
  sops.secrets = { ntfy.path = "/run/secrets/ntfy"; authelia.path = "/run/secrets/authelia"; };
  sops.templates = { };
}
