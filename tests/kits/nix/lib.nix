# A small module system of our own, for tests: as much of nixpkgs' `lib` as the modules of a kit use.
# It refuses an option that nobody declares and a value of another type, which plain sets would not.
let
  inherit (builtins) attrNames attrValues concatLists concatMap elem elemAt filter foldl' genList head
    isAttrs isBool isFunction isInt isList isString length listToAttrs map mapAttrs match replaceStrings
    stringLength substring tail typeOf;

  last = list: elemAt list (length list - 1);
  at = path: builtins.concatStringsSep "." path;
  fault = path: text: throw "The option `${at path}' ${text}";

  letters = "abcdefghijklmnopqrstuvwxyz";
  upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  chars = text: genList (n: substring n 1 text) (stringLength text);

  # Definitions: what mkIf, mkMerge and mkForce wrap a value in.
  spread = value:
    if !(isAttrs value && value ? _type) then [ { priority = 100; inherit value; } ]
    else if value._type == "if" then (if value.condition then spread value.content else [ ])
    else if value._type == "merge" then concatMap spread value.contents
    else if value._type == "override" then map (one: one // { inherit (value) priority; }) (spread value.content)
    else [ { priority = 100; inherit value; } ];
  strongest = defs:
    let best = foldl' (low: one: if one.priority < low then one.priority else low) 9999 defs;
    in map (one: one.value) (filter (one: one.priority == best) defs);
  # A condition around a whole set becomes one around each of its values: names are known without it.
  pushed = value:
    if !(isAttrs value && value ? _type) then [ value ]
    else if value._type == "if" then
      map (mapAttrs (_: content: { _type = "if"; inherit (value) condition; inherit content; })) (pushed value.content)
    else if value._type == "merge" then concatMap pushed value.contents
    else map (mapAttrs (_: content: { _type = "override"; inherit (value) priority; inherit content; })) (pushed value.content);
  plain = value: map (one: one.value) (spread value);

  isOption = value: isAttrs value && (value._type or "") == "option";

  simple = name: check: {
    inherit name check;
    merge = path: defs:
      let bad = filter (value: !(check value)) defs;
      in
      if bad != [ ] then fault path "is not of type ${name}, but a ${typeOf (head bad)}"
      else if length defs > 1 && filter (value: value != head defs) defs != [ ] then fault path "has conflicting definitions"
      else head defs;
  };

  types = rec {
    str = simple "string" isString;
    bool = simple "boolean" isBool;
    int = simple "integer" isInt;
    port = simple "port" (value: isInt value && value >= 0 && value <= 65535);
    path = simple "path" (value: isString value || typeOf value == "path");
    ints.unsigned = simple "unsigned integer" (value: isInt value && value >= 0);
    strMatching = pattern: simple "string matching ${pattern}" (value: isString value && match pattern value != null);
    enum = values: simple "one of ${builtins.toJSON values}" (value: elem value values);
    package = simple "package" (_: true);
    either = one: other: simple "${one.name} or ${other.name}" (value: one.check value || other.check value);
    nullOr = type: {
      name = "null or ${type.name}";
      check = value: value == null || type.check value;
      merge = path: defs: if filter (value: value != null) defs == [ ] then null else type.merge path (filter (value: value != null) defs);
    };
    listOf = type: {
      name = "list of ${type.name}";
      check = isList;
      merge = path: defs:
        if filter (value: !(isList value)) defs != [ ] then fault path "is not a list"
        else
          let items = concatLists defs;
          in genList (n: type.merge (path ++ [ (toString n) ]) (plain (elemAt items n))) (length items);
    };
    attrsOf = type: {
      name = "set of ${type.name}";
      check = isAttrs;
      merge = path: defs:
        if filter (value: !(isAttrs value)) defs != [ ] then fault path "is not a set, but a ${typeOf (head (filter (v: !(isAttrs v)) defs))}"
        else
          let names = attrNames (foldl' (all: one: all // one) { } defs);
          in
          listToAttrs (concatMap
            (name:
              let values = strongest (concatMap (one: if one ? ${name} then spread one.${name} else [ ]) defs);
              in if values == [ ] then [ ] else [ { inherit name; value = type.merge (path ++ [ name ]) values; } ])
            names);
    };
    anything = {
      name = "anything";
      check = _: true;
      merge = path: defs:
        if filter (value: !(isAttrs value)) defs == [ ] then (attrsOf anything).merge path defs
        else if length defs > 1 && filter (value: value != head defs) defs != [ ] then fault path "has conflicting definitions"
        else head defs;
    };
    submodule = declaration: {
      name = "submodule";
      check = isAttrs;
      merge = path: defs:
        if filter (value: !(isAttrs value)) defs != [ ] then fault path "is not a set"
        else
          (evaluate {
            inherit path;
            modules = [ declaration ] ++ map (value: { config = value; }) defs;
            arguments.name = if path == [ ] then "" else last path;
          }).config;
    };
  };

  asModule = arguments: module:
    if isFunction module then asModule arguments (module arguments)
    else if typeOf module == "path" then asModule arguments (import (if builtins.pathExists (module + "/default.nix") then module + "/default.nix" else module))
    else if module ? options || module ? config || module ? freeformType then
      { imports = module.imports or [ ]; options = module.options or { }; config = module.config or { }; freeform = module.freeformType or null; }
    else { imports = module.imports or [ ]; options = { }; config = removeAttrs module [ "imports" ]; freeform = null; };

  withImports = arguments: module:
    let this = asModule arguments module;
    in [ this ] ++ concatMap (withImports arguments) this.imports;

  joined = one: other:
    foldl'
      (all: name: all // {
        ${name} =
          if !(all ? ${name}) then other.${name}
          else if isOption all.${name} || isOption other.${name} then throw "The option `${name}' is declared twice"
          else joined all.${name} other.${name};
      })
      one
      (attrNames other);

  evaluate = { modules, arguments ? { }, path ? [ ] }:
    let
      given = { inherit config lib; } // arguments;
      all = concatMap (withImports given) modules;
      options = foldl' joined { } (map (one: one.options) all);
      freeform = foldl' (found: one: if one.freeform != null then one.freeform else found) null all;
      config = section path options freeform (map (one: one.config) all);
    in
    { inherit config options; };

  section = path: options: freeform: defs:
    let
      known = concatMap pushed defs;
      sets = if filter (value: !(isAttrs value)) known != [ ] then fault path "is a set of options" else known;
      names = attrNames (foldl' (all: one: all // one) { } sets);
      unknown = filter (name: !(options ? ${name})) names;
      valuesOf = name: concatMap (one: if one ? ${name} then [ one.${name} ] else [ ]) sets;
      declared = mapAttrs
        (name: option:
          if isOption option then valueOf (path ++ [ name ]) option (valuesOf name)
          else section (path ++ [ name ]) option null (valuesOf name))
        options;
      loose = if unknown == [ ] then { } else if freeform == null then fault (path ++ [ (head unknown) ]) "does not exist"
        else freeform.merge path (map (one: removeAttrs one (attrNames options)) sets);
    in
    # Names are looked at when the section is, as deep as it is asked for.
    if freeform != null then declared // loose
    else mapAttrs (name: value: if unknown == [ ] then value else fault (path ++ [ (head unknown) ]) "does not exist") declared;

  valueOf = path: option: defs:
    let values = strongest (concatMap spread defs);
    in
    if values != [ ] then option.type.merge path values
    else if option ? default then (if isAttrs option.default && option.type.name == "submodule" then option.type.merge path [ option.default ] else option.default)
    else fault path "is used but not defined";

  lib = rec {
    inherit types last;
    mkOption = option: option // { _type = "option"; };
    mkEnableOption = text: mkOption { type = types.bool; default = false; description = text; };
    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkForce = mkOverride 50;
    mkDefault = mkOverride 1000;
    filterAttrs = keep: set: removeAttrs set (filter (name: !(keep name set.${name})) (attrNames set));
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
    nameValuePair = name: value: { inherit name value; };
    toLower = replaceStrings (chars upper) (chars letters);
    toUpper = replaceStrings (chars letters) (chars upper);
    splitString = sep: text: filter isString (builtins.split (escape sep) text);
    escape = sep: if elem sep [ "." "|" "[" "]" "(" ")" "*" "+" "?" "$" "^" ] then "[${sep}]" else sep;
    concatStringsSep = builtins.concatStringsSep;
    hasPrefix = start: text: substring 0 (stringLength start) text == start;
    hasSuffix = end: text: stringLength text >= stringLength end && substring (stringLength text - stringLength end) (-1) text == end;
    removePrefix = start: text: if hasPrefix start text then substring (stringLength start) (-1) text else text;
    removeSuffix = end: text: if hasSuffix end text then substring 0 (stringLength text - stringLength end) text else text;
    foldl' = builtins.foldl';
    any = builtins.any;
    all = builtins.all;
    optionalAttrs = condition: set: if condition then set else { };
    toInt = text: if match "[0-9]+" text == null then throw "toInt: Could not convert ${text} to int." else builtins.fromJSON (unpadded text);
    unpadded = text: let found = match "0*([0-9]+)" text; in head found;
    range = first: final: if final < first then [ ] else genList (n: first + n) (final - first + 1);
    imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
    replaceStrings = builtins.replaceStrings;
    evalModules = { modules, specialArgs ? { } }: evaluate { inherit modules; arguments = specialArgs; };
  };
in
lib
