import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:path
var require_node_path = __commonJS({
  "node:node:path"(exports, module) {
    module.exports = process.getBuiltinModule("node:path");
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/debug.js
var require_debug = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/debug.js"(exports, module) {
    "use strict";
    var debug = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {
    };
    module.exports = debug;
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/constants.js
var require_constants = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/constants.js"(exports, module) {
    "use strict";
    var SEMVER_SPEC_VERSION = "2.0.0";
    var MAX_LENGTH = 256;
    var MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER || /* istanbul ignore next */
    9007199254740991;
    var MAX_SAFE_COMPONENT_LENGTH = 16;
    var MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6;
    var WHITESPACE_CHARACTERS = [
      "	",
      "\n",
      "\v",
      "\f",
      "\r",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      " ",
      "\u2028",
      "\u2029",
      " ",
      " ",
      "　",
      "\uFEFF"
    ];
    var RELEASE_TYPES = [
      "major",
      "premajor",
      "minor",
      "preminor",
      "patch",
      "prepatch",
      "prerelease"
    ];
    module.exports = {
      MAX_LENGTH,
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_SAFE_INTEGER,
      WHITESPACE_CHARACTERS,
      RELEASE_TYPES,
      SEMVER_SPEC_VERSION,
      FLAG_INCLUDE_PRERELEASE: 1,
      FLAG_LOOSE: 2
    };
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/re.js
var require_re = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/re.js"(exports, module) {
    "use strict";
    var {
      MAX_SAFE_COMPONENT_LENGTH,
      MAX_SAFE_BUILD_LENGTH,
      MAX_LENGTH
    } = require_constants();
    var debug = require_debug();
    exports = module.exports = {};
    var re = exports.re = [];
    var safeRe = exports.safeRe = [];
    var src = exports.src = [];
    var safeSrc = exports.safeSrc = [];
    var t = exports.t = {};
    var R = 0;
    var LETTERDASHNUMBER = "[a-zA-Z0-9-]";
    var safeRegexReplacements = [
      ["\\s", 1],
      ["\\d", MAX_LENGTH],
      [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH]
    ];
    var makeSafeRegex = (value) => {
      for (const [token, max] of safeRegexReplacements) {
        value = value.split(`${token}*`).join(`${token}{0,${max}}`).split(`${token}+`).join(`${token}{1,${max}}`);
      }
      return value;
    };
    var createToken = (name, value, isGlobal) => {
      const safe = makeSafeRegex(value);
      const index = R++;
      debug(name, index, value);
      t[name] = index;
      src[index] = value;
      safeSrc[index] = safe;
      re[index] = new RegExp(value, isGlobal ? "g" : void 0);
      safeRe[index] = new RegExp(safe, isGlobal ? "g" : void 0);
    };
    createToken("NUMERICIDENTIFIER", "0|[1-9]\\d*");
    createToken("NUMERICIDENTIFIERLOOSE", "\\d+");
    createToken("NONNUMERICIDENTIFIER", `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
    createToken("MAINVERSION", `(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})`);
    createToken("MAINVERSIONLOOSE", `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASEIDENTIFIER", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIER]})`);
    createToken("PRERELEASEIDENTIFIERLOOSE", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIERLOOSE]})`);
    createToken("PRERELEASE", `(?:-(${src[t.PRERELEASEIDENTIFIER]}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`);
    createToken("PRERELEASELOOSE", `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`);
    createToken("BUILDIDENTIFIER", `${LETTERDASHNUMBER}+`);
    createToken("BUILD", `(?:\\+(${src[t.BUILDIDENTIFIER]}(?:\\.${src[t.BUILDIDENTIFIER]})*))`);
    createToken("FULLPLAIN", `v?${src[t.MAINVERSION]}${src[t.PRERELEASE]}?${src[t.BUILD]}?`);
    createToken("FULL", `^${src[t.FULLPLAIN]}$`);
    createToken("LOOSEPLAIN", `[v=\\s]*${src[t.MAINVERSIONLOOSE]}${src[t.PRERELEASELOOSE]}?${src[t.BUILD]}?`);
    createToken("LOOSE", `^${src[t.LOOSEPLAIN]}$`);
    createToken("GTLT", "((?:<|>)?=?)");
    createToken("XRANGEIDENTIFIERLOOSE", `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
    createToken("XRANGEIDENTIFIER", `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`);
    createToken("XRANGEPLAIN", `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:${src[t.PRERELEASE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGEPLAINLOOSE", `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:${src[t.PRERELEASELOOSE]})?${src[t.BUILD]}?)?)?`);
    createToken("XRANGE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`);
    createToken("XRANGELOOSE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COERCEPLAIN", `${"(^|[^\\d])(\\d{1,"}${MAX_SAFE_COMPONENT_LENGTH}})(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
    createToken("COERCE", `${src[t.COERCEPLAIN]}(?:$|[^\\d])`);
    createToken("COERCEFULL", src[t.COERCEPLAIN] + `(?:${src[t.PRERELEASE]})?(?:${src[t.BUILD]})?(?:$|[^\\d])`);
    createToken("COERCERTL", src[t.COERCE], true);
    createToken("COERCERTLFULL", src[t.COERCEFULL], true);
    createToken("LONETILDE", "(?:~>?)");
    createToken("TILDETRIM", `(\\s*)${src[t.LONETILDE]}\\s+`, true);
    exports.tildeTrimReplace = "$1~";
    createToken("TILDE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`);
    createToken("TILDELOOSE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("LONECARET", "(?:\\^)");
    createToken("CARETTRIM", `(\\s*)${src[t.LONECARET]}\\s+`, true);
    exports.caretTrimReplace = "$1^";
    createToken("CARET", `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`);
    createToken("CARETLOOSE", `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`);
    createToken("COMPARATORLOOSE", `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`);
    createToken("COMPARATOR", `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`);
    createToken("COMPARATORTRIM", `(\\s*)${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true);
    exports.comparatorTrimReplace = "$1$2$3";
    createToken("HYPHENRANGE", `^\\s*(${src[t.XRANGEPLAIN]})\\s+-\\s+(${src[t.XRANGEPLAIN]})\\s*$`);
    createToken("HYPHENRANGELOOSE", `^\\s*(${src[t.XRANGEPLAINLOOSE]})\\s+-\\s+(${src[t.XRANGEPLAINLOOSE]})\\s*$`);
    createToken("STAR", "(<|>)?=?\\s*\\*");
    createToken("GTE0", "^\\s*>=\\s*0\\.0\\.0\\s*$");
    createToken("GTE0PRE", "^\\s*>=\\s*0\\.0\\.0-0\\s*$");
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/parse-options.js
var require_parse_options = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/parse-options.js"(exports, module) {
    "use strict";
    var looseOption = Object.freeze({ loose: true });
    var emptyOpts = Object.freeze({});
    var parseOptions = (options2) => {
      if (!options2) {
        return emptyOpts;
      }
      if (typeof options2 !== "object") {
        return looseOption;
      }
      return options2;
    };
    module.exports = parseOptions;
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/identifiers.js
var require_identifiers = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/internal/identifiers.js"(exports, module) {
    "use strict";
    var numeric = /^[0-9]+$/;
    var compareIdentifiers = (a, b) => {
      if (typeof a === "number" && typeof b === "number") {
        return a === b ? 0 : a < b ? -1 : 1;
      }
      const anum = numeric.test(a);
      const bnum = numeric.test(b);
      if (anum && bnum) {
        a = +a;
        b = +b;
      }
      return a === b ? 0 : anum && !bnum ? -1 : bnum && !anum ? 1 : a < b ? -1 : 1;
    };
    var rcompareIdentifiers = (a, b) => compareIdentifiers(b, a);
    module.exports = {
      compareIdentifiers,
      rcompareIdentifiers
    };
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/classes/semver.js
var require_semver = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/classes/semver.js"(exports, module) {
    "use strict";
    var debug = require_debug();
    var { MAX_LENGTH, MAX_SAFE_INTEGER } = require_constants();
    var { safeRe: re, t } = require_re();
    var parseOptions = require_parse_options();
    var { compareIdentifiers } = require_identifiers();
    var isPrereleaseIdentifier = (prerelease, identifier) => {
      const identifiers = identifier.split(".");
      if (identifiers.length > prerelease.length) {
        return false;
      }
      for (let i = 0; i < identifiers.length; i++) {
        if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
          return false;
        }
      }
      return true;
    };
    var SemVer = class _SemVer {
      constructor(version, options2) {
        options2 = parseOptions(options2);
        if (version instanceof _SemVer) {
          if (version.loose === !!options2.loose && version.includePrerelease === !!options2.includePrerelease) {
            return version;
          } else {
            version = version.version;
          }
        } else if (typeof version !== "string") {
          throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`);
        }
        if (version.length > MAX_LENGTH) {
          throw new TypeError(
            `version is longer than ${MAX_LENGTH} characters`
          );
        }
        debug("SemVer", version, options2);
        this.options = options2;
        this.loose = !!options2.loose;
        this.includePrerelease = !!options2.includePrerelease;
        const m = version.trim().match(options2.loose ? re[t.LOOSE] : re[t.FULL]);
        if (!m) {
          throw new TypeError(`Invalid Version: ${version}`);
        }
        this.raw = version;
        this.major = +m[1];
        this.minor = +m[2];
        this.patch = +m[3];
        if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
          throw new TypeError("Invalid major version");
        }
        if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
          throw new TypeError("Invalid minor version");
        }
        if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
          throw new TypeError("Invalid patch version");
        }
        if (!m[4]) {
          this.prerelease = [];
        } else {
          this.prerelease = m[4].split(".").map((id) => {
            if (/^[0-9]+$/.test(id)) {
              const num = +id;
              if (num >= 0 && num < MAX_SAFE_INTEGER) {
                return num;
              }
            }
            return id;
          });
        }
        this.build = m[5] ? m[5].split(".") : [];
        this.format();
      }
      format() {
        this.version = `${this.major}.${this.minor}.${this.patch}`;
        if (this.prerelease.length) {
          this.version += `-${this.prerelease.join(".")}`;
        }
        return this.version;
      }
      toString() {
        return this.version;
      }
      compare(other) {
        debug("SemVer.compare", this.version, this.options, other);
        if (!(other instanceof _SemVer)) {
          if (typeof other === "string" && other === this.version) {
            return 0;
          }
          other = new _SemVer(other, this.options);
        }
        if (other.version === this.version) {
          return 0;
        }
        return this.compareMain(other) || this.comparePre(other);
      }
      compareMain(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.major < other.major) {
          return -1;
        }
        if (this.major > other.major) {
          return 1;
        }
        if (this.minor < other.minor) {
          return -1;
        }
        if (this.minor > other.minor) {
          return 1;
        }
        if (this.patch < other.patch) {
          return -1;
        }
        if (this.patch > other.patch) {
          return 1;
        }
        return 0;
      }
      comparePre(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        if (this.prerelease.length && !other.prerelease.length) {
          return -1;
        } else if (!this.prerelease.length && other.prerelease.length) {
          return 1;
        } else if (!this.prerelease.length && !other.prerelease.length) {
          return 0;
        }
        let i = 0;
        do {
          const a = this.prerelease[i];
          const b = other.prerelease[i];
          debug("prerelease compare", i, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i);
      }
      compareBuild(other) {
        if (!(other instanceof _SemVer)) {
          other = new _SemVer(other, this.options);
        }
        let i = 0;
        do {
          const a = this.build[i];
          const b = other.build[i];
          debug("build compare", i, a, b);
          if (a === void 0 && b === void 0) {
            return 0;
          } else if (b === void 0) {
            return 1;
          } else if (a === void 0) {
            return -1;
          } else if (a === b) {
            continue;
          } else {
            return compareIdentifiers(a, b);
          }
        } while (++i);
      }
      // preminor will bump the version up to the next minor release, and immediately
      // down to pre-release. premajor and prepatch work the same way.
      inc(release, identifier, identifierBase) {
        if (release.startsWith("pre")) {
          if (!identifier && identifierBase === false) {
            throw new Error("invalid increment argument: identifier is empty");
          }
          if (identifier) {
            const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
            if (!match || match[1] !== identifier) {
              throw new Error(`invalid identifier: ${identifier}`);
            }
          }
        }
        switch (release) {
          case "premajor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor = 0;
            this.major++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "preminor":
            this.prerelease.length = 0;
            this.patch = 0;
            this.minor++;
            this.inc("pre", identifier, identifierBase);
            break;
          case "prepatch":
            this.prerelease.length = 0;
            this.inc("patch", identifier, identifierBase);
            this.inc("pre", identifier, identifierBase);
            break;
          // If the input is a non-prerelease version, this acts the same as
          // prepatch.
          case "prerelease":
            if (this.prerelease.length === 0) {
              this.inc("patch", identifier, identifierBase);
            }
            this.inc("pre", identifier, identifierBase);
            break;
          case "release":
            if (this.prerelease.length === 0) {
              throw new Error(`version ${this.raw} is not a prerelease`);
            }
            this.prerelease.length = 0;
            break;
          case "major":
            if (this.minor !== 0 || this.patch !== 0 || this.prerelease.length === 0) {
              this.major++;
            }
            this.minor = 0;
            this.patch = 0;
            this.prerelease = [];
            break;
          case "minor":
            if (this.patch !== 0 || this.prerelease.length === 0) {
              this.minor++;
            }
            this.patch = 0;
            this.prerelease = [];
            break;
          case "patch":
            if (this.prerelease.length === 0) {
              this.patch++;
            }
            this.prerelease = [];
            break;
          // This probably shouldn't be used publicly.
          // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
          case "pre": {
            const base = Number(identifierBase) ? 1 : 0;
            if (this.prerelease.length === 0) {
              this.prerelease = [base];
            } else {
              let i = this.prerelease.length;
              while (--i >= 0) {
                if (typeof this.prerelease[i] === "number") {
                  this.prerelease[i]++;
                  i = -2;
                }
              }
              if (i === -1) {
                if (identifier === this.prerelease.join(".") && identifierBase === false) {
                  throw new Error("invalid increment argument: identifier already exists");
                }
                this.prerelease.push(base);
              }
            }
            if (identifier) {
              let prerelease = [identifier, base];
              if (identifierBase === false) {
                prerelease = [identifier];
              }
              if (isPrereleaseIdentifier(this.prerelease, identifier)) {
                const prereleaseBase = this.prerelease[identifier.split(".").length];
                if (isNaN(prereleaseBase)) {
                  this.prerelease = prerelease;
                }
              } else {
                this.prerelease = prerelease;
              }
            }
            break;
          }
          default:
            throw new Error(`invalid increment argument: ${release}`);
        }
        this.raw = this.format();
        if (this.build.length) {
          this.raw += `+${this.build.join(".")}`;
        }
        return this;
      }
    };
    module.exports = SemVer;
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/functions/compare-build.js
var require_compare_build = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/functions/compare-build.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var compareBuild3 = (a, b, loose) => {
      const versionA = new SemVer(a, loose);
      const versionB = new SemVer(b, loose);
      return versionA.compare(versionB) || versionA.compareBuild(versionB);
    };
    module.exports = compareBuild3;
  }
});

// ../node_modules/.pnpm/semver@7.8.6/node_modules/semver/functions/parse.js
var require_parse = __commonJS({
  "../node_modules/.pnpm/semver@7.8.6/node_modules/semver/functions/parse.js"(exports, module) {
    "use strict";
    var SemVer = require_semver();
    var parse2 = (version, options2, throwErrors = false) => {
      if (version instanceof SemVer) {
        return version;
      }
      try {
        return new SemVer(version, options2);
      } catch (er) {
        if (!throwErrors) {
          return null;
        }
        throw er;
      }
    };
    module.exports = parse2;
  }
});

// ../node_modules/.pnpm/slugify@1.6.9/node_modules/slugify/slugify.js
var require_slugify = __commonJS({
  "../node_modules/.pnpm/slugify@1.6.9/node_modules/slugify/slugify.js"(exports, module) {
    (function(name, root, factory) {
      if (typeof exports === "object") {
        module.exports = factory();
        module.exports["default"] = factory();
      } else if (typeof define === "function" && define.amd) {
        define(factory);
      } else {
        root[name] = factory();
      }
    })("slugify", exports, function() {
      var charMap = JSON.parse(`{"$":"dollar","%":"percent","&":"and","<":"less",">":"greater","|":"or","¢":"cent","£":"pound","¤":"currency","¥":"yen","©":"(c)","ª":"a","®":"(r)","º":"o","À":"A","Á":"A","Â":"A","Ã":"A","Ä":"A","Å":"A","Æ":"AE","Ç":"C","È":"E","É":"E","Ê":"E","Ë":"E","Ì":"I","Í":"I","Î":"I","Ï":"I","Ð":"D","Ñ":"N","Ò":"O","Ó":"O","Ô":"O","Õ":"O","Ö":"O","Ø":"O","Ù":"U","Ú":"U","Û":"U","Ü":"U","Ý":"Y","Þ":"TH","ß":"ss","à":"a","á":"a","â":"a","ã":"a","ä":"a","å":"a","æ":"ae","ç":"c","è":"e","é":"e","ê":"e","ë":"e","ì":"i","í":"i","î":"i","ï":"i","ð":"d","ñ":"n","ò":"o","ó":"o","ô":"o","õ":"o","ö":"o","ø":"o","ù":"u","ú":"u","û":"u","ü":"u","ý":"y","þ":"th","ÿ":"y","Ā":"A","ā":"a","Ă":"A","ă":"a","Ą":"A","ą":"a","Ć":"C","ć":"c","Č":"C","č":"c","Ď":"D","ď":"d","Đ":"DJ","đ":"dj","Ē":"E","ē":"e","Ė":"E","ė":"e","Ę":"e","ę":"e","Ě":"E","ě":"e","Ğ":"G","ğ":"g","Ģ":"G","ģ":"g","Ĩ":"I","ĩ":"i","Ī":"i","ī":"i","Į":"I","į":"i","İ":"I","ı":"i","Ķ":"k","ķ":"k","Ļ":"L","ļ":"l","Ľ":"L","ľ":"l","Ł":"L","ł":"l","Ń":"N","ń":"n","Ņ":"N","ņ":"n","Ň":"N","ň":"n","Ō":"O","ō":"o","Ő":"O","ő":"o","Œ":"OE","œ":"oe","Ŕ":"R","ŕ":"r","Ř":"R","ř":"r","Ś":"S","ś":"s","Ş":"S","ş":"s","Š":"S","š":"s","Ţ":"T","ţ":"t","Ť":"T","ť":"t","Ũ":"U","ũ":"u","Ū":"u","ū":"u","Ů":"U","ů":"u","Ű":"U","ű":"u","Ų":"U","ų":"u","Ŵ":"W","ŵ":"w","Ŷ":"Y","ŷ":"y","Ÿ":"Y","Ź":"Z","ź":"z","Ż":"Z","ż":"z","Ž":"Z","ž":"z","Ə":"E","ƒ":"f","Ơ":"O","ơ":"o","Ư":"U","ư":"u","ǈ":"LJ","ǉ":"lj","ǋ":"NJ","ǌ":"nj","Ș":"S","ș":"s","Ț":"T","ț":"t","ə":"e","˚":"o","Ά":"A","Έ":"E","Ή":"H","Ί":"I","Ό":"O","Ύ":"Y","Ώ":"W","ΐ":"i","Α":"A","Β":"B","Γ":"G","Δ":"D","Ε":"E","Ζ":"Z","Η":"H","Θ":"8","Ι":"I","Κ":"K","Λ":"L","Μ":"M","Ν":"N","Ξ":"3","Ο":"O","Π":"P","Ρ":"R","Σ":"S","Τ":"T","Υ":"Y","Φ":"F","Χ":"X","Ψ":"PS","Ω":"W","Ϊ":"I","Ϋ":"Y","ά":"a","έ":"e","ή":"h","ί":"i","ΰ":"y","α":"a","β":"b","γ":"g","δ":"d","ε":"e","ζ":"z","η":"h","θ":"8","ι":"i","κ":"k","λ":"l","μ":"m","ν":"n","ξ":"3","ο":"o","π":"p","ρ":"r","ς":"s","σ":"s","τ":"t","υ":"y","φ":"f","χ":"x","ψ":"ps","ω":"w","ϊ":"i","ϋ":"y","ό":"o","ύ":"y","ώ":"w","Ё":"Yo","Ђ":"DJ","Є":"Ye","І":"I","Ї":"Yi","Ј":"J","Љ":"LJ","Њ":"NJ","Ћ":"C","Џ":"DZ","А":"A","Б":"B","В":"V","Г":"G","Д":"D","Е":"E","Ж":"Zh","З":"Z","И":"I","Й":"J","К":"K","Л":"L","М":"M","Н":"N","О":"O","П":"P","Р":"R","С":"S","Т":"T","У":"U","Ф":"F","Х":"H","Ц":"C","Ч":"Ch","Ш":"Sh","Щ":"Sh","Ъ":"U","Ы":"Y","Ь":"","Э":"E","Ю":"Yu","Я":"Ya","а":"a","б":"b","в":"v","г":"g","д":"d","е":"e","ж":"zh","з":"z","и":"i","й":"j","к":"k","л":"l","м":"m","н":"n","о":"o","п":"p","р":"r","с":"s","т":"t","у":"u","ф":"f","х":"h","ц":"c","ч":"ch","ш":"sh","щ":"sh","ъ":"u","ы":"y","ь":"","э":"e","ю":"yu","я":"ya","ё":"yo","ђ":"dj","є":"ye","і":"i","ї":"yi","ј":"j","љ":"lj","њ":"nj","ћ":"c","ѝ":"u","џ":"dz","Ґ":"G","ґ":"g","Ғ":"GH","ғ":"gh","Қ":"KH","қ":"kh","Ң":"NG","ң":"ng","Ү":"UE","ү":"ue","Ұ":"U","ұ":"u","Һ":"H","һ":"h","Ә":"AE","ә":"ae","Ө":"OE","ө":"oe","Ա":"A","Բ":"B","Գ":"G","Դ":"D","Ե":"E","Զ":"Z","Է":"E'","Ը":"Y'","Թ":"T'","Ժ":"JH","Ի":"I","Լ":"L","Խ":"X","Ծ":"C'","Կ":"K","Հ":"H","Ձ":"D'","Ղ":"GH","Ճ":"TW","Մ":"M","Յ":"Y","Ն":"N","Շ":"SH","Չ":"CH","Պ":"P","Ջ":"J","Ռ":"R'","Ս":"S","Վ":"V","Տ":"T","Ր":"R","Ց":"C","Փ":"P'","Ք":"Q'","Օ":"O''","Ֆ":"F","և":"EV","ء":"a","آ":"aa","أ":"a","ؤ":"u","إ":"i","ئ":"e","ا":"a","ب":"b","ة":"h","ت":"t","ث":"th","ج":"j","ح":"h","خ":"kh","د":"d","ذ":"th","ر":"r","ز":"z","س":"s","ش":"sh","ص":"s","ض":"dh","ط":"t","ظ":"z","ع":"a","غ":"gh","ف":"f","ق":"q","ك":"k","ل":"l","م":"m","ن":"n","ه":"h","و":"w","ى":"a","ي":"y","ً":"an","ٌ":"on","ٍ":"en","َ":"a","ُ":"u","ِ":"e","ْ":"","٠":"0","١":"1","٢":"2","٣":"3","٤":"4","٥":"5","٦":"6","٧":"7","٨":"8","٩":"9","پ":"p","چ":"ch","ژ":"zh","ک":"k","گ":"g","ی":"y","۰":"0","۱":"1","۲":"2","۳":"3","۴":"4","۵":"5","۶":"6","۷":"7","۸":"8","۹":"9","฿":"baht","ა":"a","ბ":"b","გ":"g","დ":"d","ე":"e","ვ":"v","ზ":"z","თ":"t","ი":"i","კ":"k","ლ":"l","მ":"m","ნ":"n","ო":"o","პ":"p","ჟ":"zh","რ":"r","ს":"s","ტ":"t","უ":"u","ფ":"f","ქ":"k","ღ":"gh","ყ":"q","შ":"sh","ჩ":"ch","ც":"ts","ძ":"dz","წ":"ts","ჭ":"ch","ხ":"kh","ჯ":"j","ჰ":"h","Ṣ":"S","ṣ":"s","Ẁ":"W","ẁ":"w","Ẃ":"W","ẃ":"w","Ẅ":"W","ẅ":"w","ẞ":"SS","Ạ":"A","ạ":"a","Ả":"A","ả":"a","Ấ":"A","ấ":"a","Ầ":"A","ầ":"a","Ẩ":"A","ẩ":"a","Ẫ":"A","ẫ":"a","Ậ":"A","ậ":"a","Ắ":"A","ắ":"a","Ằ":"A","ằ":"a","Ẳ":"A","ẳ":"a","Ẵ":"A","ẵ":"a","Ặ":"A","ặ":"a","Ẹ":"E","ẹ":"e","Ẻ":"E","ẻ":"e","Ẽ":"E","ẽ":"e","Ế":"E","ế":"e","Ề":"E","ề":"e","Ể":"E","ể":"e","Ễ":"E","ễ":"e","Ệ":"E","ệ":"e","Ỉ":"I","ỉ":"i","Ị":"I","ị":"i","Ọ":"O","ọ":"o","Ỏ":"O","ỏ":"o","Ố":"O","ố":"o","Ồ":"O","ồ":"o","Ổ":"O","ổ":"o","Ỗ":"O","ỗ":"o","Ộ":"O","ộ":"o","Ớ":"O","ớ":"o","Ờ":"O","ờ":"o","Ở":"O","ở":"o","Ỡ":"O","ỡ":"o","Ợ":"O","ợ":"o","Ụ":"U","ụ":"u","Ủ":"U","ủ":"u","Ứ":"U","ứ":"u","Ừ":"U","ừ":"u","Ử":"U","ử":"u","Ữ":"U","ữ":"u","Ự":"U","ự":"u","Ỳ":"Y","ỳ":"y","Ỵ":"Y","ỵ":"y","Ỷ":"Y","ỷ":"y","Ỹ":"Y","ỹ":"y","–":"-","‘":"'","’":"'","“":"\\"","”":"\\"","„":"\\"","†":"+","•":"*","…":"...","₠":"ecu","₢":"cruzeiro","₣":"french franc","₤":"lira","₥":"mill","₦":"naira","₧":"peseta","₨":"rupee","₩":"won","₪":"new shequel","₫":"dong","€":"euro","₭":"kip","₮":"tugrik","₯":"drachma","₰":"penny","₱":"peso","₲":"guarani","₳":"austral","₴":"hryvnia","₵":"cedi","₸":"kazakhstani tenge","₹":"indian rupee","₺":"turkish lira","₽":"russian ruble","₿":"bitcoin","℠":"sm","™":"tm","∂":"d","∆":"delta","∑":"sum","∞":"infinity","♥":"love","元":"yuan","円":"yen","﷼":"rial","ﻵ":"laa","ﻷ":"laa","ﻹ":"lai","ﻻ":"la"}`);
      var locales = JSON.parse('{"bg":{"Й":"Y","Ц":"Ts","Щ":"Sht","Ъ":"A","Ь":"Y","й":"y","ц":"ts","щ":"sht","ъ":"a","ь":"y"},"de":{"Ä":"AE","ä":"ae","Ö":"OE","ö":"oe","Ü":"UE","ü":"ue","ß":"ss","%":"prozent","&":"und","|":"oder","∑":"summe","∞":"unendlich","♥":"liebe"},"es":{"%":"por ciento","&":"y","<":"menor que",">":"mayor que","|":"o","¢":"centavos","£":"libras","¤":"moneda","₣":"francos","∑":"suma","∞":"infinito","♥":"amor"},"fr":{"%":"pourcent","&":"et","<":"plus petit",">":"plus grand","|":"ou","¢":"centime","£":"livre","¤":"devise","₣":"franc","∑":"somme","∞":"infini","♥":"amour"},"pt":{"%":"porcento","&":"e","<":"menor",">":"maior","|":"ou","¢":"centavo","∑":"soma","£":"libra","∞":"infinito","♥":"amor"},"uk":{"И":"Y","и":"y","Й":"Y","й":"y","Ц":"Ts","ц":"ts","Х":"Kh","х":"kh","Щ":"Shch","щ":"shch","Г":"H","г":"h"},"vi":{"Đ":"D","đ":"d"},"da":{"Ø":"OE","ø":"oe","Å":"AA","å":"aa","%":"procent","&":"og","|":"eller","$":"dollar","<":"mindre end",">":"større end"},"nb":{"&":"og","Å":"AA","Æ":"AE","Ø":"OE","å":"aa","æ":"ae","ø":"oe"},"it":{"&":"e"},"nl":{"&":"en"},"sv":{"&":"och","Å":"AA","Ä":"AE","Ö":"OE","å":"aa","ä":"ae","ö":"oe"}}');
      function replace(string, options2) {
        if (typeof string !== "string") {
          throw new Error("slugify: string argument expected");
        }
        options2 = typeof options2 === "string" ? { replacement: options2 } : options2 || {};
        var locale = locales[options2.locale] || {};
        var replacement = options2.replacement === void 0 ? "-" : options2.replacement;
        var trim = options2.trim === void 0 ? true : options2.trim;
        var slug = string.normalize().split("").reduce(function(result, ch) {
          var appendChar = locale[ch];
          if (appendChar === void 0) appendChar = charMap[ch];
          if (appendChar === void 0) appendChar = ch;
          if (appendChar === replacement) appendChar = " ";
          return result + appendChar.replace(options2.remove || /[^\w\s$*_+~.()'"!\-:@]+/g, "");
        }, "");
        if (options2.strict) {
          slug = slug.replace(/[^A-Za-z0-9\s]/g, "");
        }
        if (trim) {
          slug = slug.trim();
        }
        slug = slug.replace(/\s+/g, replacement);
        if (options2.lower) {
          slug = slug.toLowerCase();
        }
        return slug;
      }
      replace.extend = function(customMap) {
        Object.assign(charMap, customMap);
      };
      return replace;
    });
  }
});

// ../packages/tagging/src/input-error.ts
var InputError = class extends Error {
  name = "InputError";
};

// ../packages/tagging/src/quote.ts
function quote(value) {
  const text = value === void 0 ? "nothing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…"` : text;
}

// ../packages/tagging/src/version.ts
var import_compare_build = __toESM(require_compare_build(), 1);
var import_parse = __toESM(require_parse(), 1);
function parseVersion(text) {
  return /^v?[0-9]\S*$/.test(text) ? (0, import_parse.default)(text) ?? void 0 : void 0;
}
function formatVersion(version) {
  return version.build.length === 0 ? version.version : `${version.version}+${version.build.join(".")}`;
}
function isHigherVersion(version, other) {
  const left = parseVersion(version);
  const right = parseVersion(other);
  return left !== void 0 && right !== void 0 && (0, import_compare_build.default)(left, right) > 0;
}

// ../packages/tagging/src/git-tag.ts
var versionShape = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/;
function versionOfGitTag(gitTag, component) {
  if (component === "") return parseVersion(gitTag);
  const isOwn = gitTag.startsWith(`${component}/`) || gitTag.startsWith(`${component}-`);
  return isOwn ? parseVersion(gitTag.slice(component.length + 1)) : void 0;
}
function gitTagOfVersion(version, component, gitTags) {
  return gitTags.find((gitTag) => {
    const read = versionOfGitTag(gitTag, component);
    return read !== void 0 && formatVersion(read) === version;
  });
}
function isForeignVersion(gitTag, component) {
  if (component === "" || versionOfGitTag(gitTag, component) !== void 0) return false;
  if (parseVersion(gitTag) !== void 0) return true;
  return [...gitTag.matchAll(/[/-]/g)].some(({ index }) => parseVersion(gitTag.slice(index + 1)) !== void 0);
}
function looksLikeVersion(gitTag) {
  return versionOfGitTag(gitTag, "") === void 0 && /(?:^|[/@_-])(?:v\d|\d+\.\d)[^/]*$/i.test(gitTag);
}
function refuseEndlessVersion(gitTag) {
  if (gitTag.length > 256 && versionShape.test(gitTag.slice(gitTag.lastIndexOf("/") + 1))) {
    throw new InputError(`Version tag ${quote(gitTag)} is too long for an image tag of 128 characters; shorten it.`);
  }
}

// ../packages/tagging/src/image-name.ts
var pathComponent = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
var path = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
var label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
var host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::([0-9]{1,5}))?$`);
function normaliseImage(text) {
  const given = text.trim();
  const refuse3 = (why) => {
    throw new InputError(`Image name ${quote(given)} ${why}; give a repository such as ghcr.io/acme/app.`);
  };
  const name = withoutScheme(given.toLowerCase(), refuse3);
  if (name.includes("@")) return refuse3("holds a digest");
  const { registry, rest } = splitHost(name);
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) return refuse3(`holds a tag (${quote(rest.slice(colon + 1))})`);
  const [, port] = host.exec(registry) ?? refuse3(`has ${quote(registry)} where its registry should be`);
  if (port !== void 0 && (Number(port) < 1 || Number(port) > 65535)) return refuse3(`has no port ${port}`);
  if (!path.test(rest)) return refuse3(rest === "" ? "names no repository" : "is not a legal repository name");
  const repository = `${registry}/${rest}`;
  if (repository.length > 255) return refuse3("is longer than 255 characters");
  if (registry === "docker.io" && !rest.includes("/")) return `docker.io/library/${rest}`;
  if (registry === "ghcr.io" && !rest.includes("/")) return refuse3("lacks the owner that GHCR's repositories have");
  return repository;
}
function isLoopback(registry) {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(registry);
}
function withoutScheme(name, refuse3) {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(name) ?? [];
  if (scheme === void 0) return name;
  if (scheme === "http" && isLoopback(rest.split("/")[0] ?? "")) return rest;
  if (scheme === "http") return refuse3("asks for http, which is spoken to loopback registries only");
  return refuse3(`starts with ${scheme}://`);
}
function splitHost(name) {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  if (!/[.:]/.test(first) && first !== "localhost") return { registry: "docker.io", rest: name };
  return { registry: first === "index.docker.io" ? "docker.io" : first, rest: name.slice(slash + 1) };
}
function defaultImage(repository) {
  return normaliseImage(`ghcr.io/${repository}`);
}
function parseImages(text, repository) {
  const names = text.split(/[\n\r,]/).filter((name) => name.trim() !== "");
  return names.length === 0 ? [defaultImage(repository)] : [...new Set(names.map(normaliseImage))];
}

// ../packages/tagging/src/fixed-tags.ts
function readFixedTag(name) {
  for (const read of [readNumbered, readCommit, readDate, readLine, readVersion, readCache]) {
    const tag = read(name);
    if (tag !== void 0) return tag;
  }
  return name === "latest" ? { class: "latest", suffix: "" } : void 0;
}
function readNumbered(name) {
  const [, word, digits = "", sha7 = ""] = /^(pr|mq)-([1-9]\d*)-([0-9a-f]{7})$/.exec(name) ?? [];
  const number = Number(digits);
  if (word === void 0 || !Number.isSafeInteger(number)) return void 0;
  return { class: word === "pr" ? "pull-request" : "merge-queue", number, sha7, suffix: "" };
}
function readCommit(name) {
  const [, sha] = /^sha-([0-9a-f]{7}|[0-9a-f]{40})$/.exec(name) ?? [];
  return sha === void 0 ? void 0 : { class: "commit", sha, suffix: "" };
}
function readDate(name) {
  const [, date, time] = /^(\d{8})(?:-(\d{6}))?$/.exec(name) ?? [];
  if (date === void 0 || !isMoment(date, time ?? "000000")) return void 0;
  return time === void 0 ? { class: "date", date, suffix: "" } : { class: "date-time", date, time, suffix: "" };
}
function isMoment(date, time) {
  const text = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  const moment = /* @__PURE__ */ new Date(`${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
function readLine(name) {
  const [, v, line] = /^(v?)((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)|[1-9]\d*)$/.exec(name) ?? [];
  return line === void 0 ? void 0 : { class: "version-line", line, prefixed: v === "v", suffix: "" };
}
function readVersion(name) {
  if (name.includes("+")) return void 0;
  const version = parseVersion(name.replace("_", "+"));
  return version && { class: "version", version: formatVersion(version), prefixed: name.startsWith("v"), suffix: "" };
}
function readCache(name) {
  const shape = /^cache-(linux-[a-z0-9]+(?:-v\d+)?)-(?!v\d+(?:-|$))([a-z0-9][A-Za-z0-9._-]*)$/;
  const [, platform, scope] = shape.exec(name) ?? [];
  return platform === void 0 || scope === void 0 ? void 0 : { class: "cache", platform, scope, suffix: "" };
}

// ../packages/tagging/src/slug.ts
var import_slugify = __toESM(require_slugify(), 1);
var options = { lower: true, strict: true, locale: "en" };
function slugifyName(text, maxLength) {
  const words = Array.from(text.normalize("NFC"), (character) => {
    if (new RegExp("\\p{M}", "u").test(character)) return "";
    if (!/[\p{L}\p{N}]/u.test(character)) return " ";
    return (0, import_slugify.default)(character, options) || " ";
  });
  return cutSlug((0, import_slugify.default)(words.join(""), options), maxLength);
}
function cutSlug(slug, maxLength) {
  return slug.slice(0, Math.max(0, maxLength)).replace(/-+$/, "");
}

// ../packages/tagging/src/branch-slug.ts
var maxSlug = 120;
function defaultBranchSlug(defaultBranch, suffix) {
  return freeSlug(defaultBranch, "branch", suffix, (slug) => {
    const readsAsCommit = /-[0-9a-f]{7}$/.test(slug);
    return !readsAsCommit && readFixedTag(slug) === void 0 && isFreeWithSha(slug);
  });
}
function featureSlug(branch, defaultBranch, suffix) {
  return freeSlug(branch, "branch", suffix, (slug) => isFeatureSlug(slug, defaultBranch, suffix));
}
function isFeatureSlug(slug, defaultBranch, suffix) {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug.length > maxSlug - suffix.length) return false;
  return isFreeWithSha(slug) && slug !== defaultBranchSlug(defaultBranch, suffix);
}
function freeSlug(name, word, suffix, isFree) {
  const max = maxSlug - suffix.length;
  const slug = slugifyName(name, max) || word;
  if (isFree(slug)) return slug;
  for (let length = max; length > 0; length -= 1) {
    const before = cutSlug(`${word}-${slug}`, length);
    if (isFree(before)) return before;
    const behind = `${cutSlug(slug, length - word.length - 1)}-${word}`;
    if (isFree(behind)) return behind;
  }
  return word;
}
function isFreeWithSha(slug) {
  const isReserved = slug === "latest" || /^cache(?:-|$)/.test(slug) || /^(?:pr|mq)-\d+$/.test(slug);
  return !isReserved && readFixedTag(`${slug}-0000000`) === void 0;
}

// ../packages/tagging/src/tag-grammar.ts
var ociTag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
var mutabilities = {
  "pull-request": "immutable",
  "merge-queue": "immutable",
  feature: "immutable",
  "default-branch": "immutable",
  commit: "immutable",
  branch: "moving",
  date: "moving",
  "date-time": "immutable",
  version: "immutable",
  "version-line": "moving",
  latest: "moving",
  tag: "immutable",
  extra: "moving",
  cache: "moving",
  unknown: "immutable"
};
function mutabilityOf(tagClass) {
  return mutabilities[tagClass];
}
function isOfClock({ class: tagClass }) {
  return tagClass === "date" || tagClass === "date-time";
}
function isOciTag(name) {
  return ociTag.test(name);
}
function formatTag(tag, context) {
  const name = tag.class === "unknown" ? tag.name : `${formatBase(tag, context)}${tag.suffix}`;
  if (!isOciTag(name)) {
    throw new InputError(
      `Image tag ${quote(name)} is not possible: a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`
    );
  }
  return name;
}
function formatBase(tag, context) {
  switch (tag.class) {
    case "pull-request":
      return `pr-${tag.number}-${tag.sha7}`;
    case "merge-queue":
      return `mq-${tag.number}-${tag.sha7}`;
    case "feature":
      return `${tag.slug}-${tag.sha7}`;
    case "default-branch":
      return `${defaultBranchSlug(context.defaultBranch, tag.suffix)}-${tag.sha7}`;
    case "commit":
      return `sha-${tag.sha}`;
    case "branch":
      return defaultBranchSlug(context.defaultBranch, tag.suffix);
    case "date":
      return tag.date;
    case "date-time":
      return `${tag.date}-${tag.time}`;
    case "version":
      return `${tag.prefixed ? "v" : ""}${tag.version.replace("+", "_")}`;
    case "version-line":
      return `${tag.prefixed ? "v" : ""}${tag.line}`;
    case "latest":
      return "latest";
    case "tag":
      return tag.slug;
    case "extra":
      return tag.name;
    case "cache":
      return `cache-${tag.platform}-${tag.scope}`;
  }
}
function parseTag(name, context) {
  if (!isOciTag(name)) return { class: "unknown", name };
  const suffixes = (context.suffixes ?? []).filter((text) => text !== "").map((text) => text.startsWith("-") ? text : `-${text}`).sort((left, right) => right.length - left.length);
  for (const suffix of suffixes) {
    if (!name.endsWith(suffix)) continue;
    const tag = readBase(name.slice(0, -suffix.length), context, suffix);
    if (tag !== void 0) return tag;
  }
  return readBase(name, context, "") ?? { class: "unknown", name };
}
function readBase(base, context, suffix) {
  const fixed = readFixedTag(base);
  if (fixed !== void 0) return { ...fixed, suffix };
  const defaultSlug = defaultBranchSlug(context.defaultBranch, suffix);
  if (base === defaultSlug) return { class: "branch", suffix };
  const [, slug, sha7] = /^(.+)-([0-9a-f]{7})$/.exec(base) ?? [];
  if (slug !== void 0 && sha7 !== void 0) {
    if (slug === defaultSlug) return { class: "default-branch", sha7, suffix };
    if (isFeatureSlug(slug, context.defaultBranch, suffix)) return { class: "feature", slug, sha7, suffix };
  }
  if (context.extraTags?.includes(base)) return { class: "extra", name: base, suffix };
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(base) ? { class: "tag", slug: base, suffix } : void 0;
}
function formatCacheTag(platformSlug, scope) {
  const name = formatBase({ class: "cache", platform: platformSlug, scope, suffix: "" }, { defaultBranch: "" });
  const read = readFixedTag(name);
  if (read?.class === "cache" && read.platform === platformSlug) return name;
  throw new InputError(
    `Cache tag ${quote(name)} cannot be read back; give a platform such as linux-arm64 and a scope from the plan.`
  );
}

// ../packages/tagging/src/parse-image-plan.ts
var kinds = [
  "pull-request",
  "feature",
  "default-branch",
  "release",
  "prerelease",
  "merge-queue",
  "tag",
  "none"
];
var deliveries = ["registry", "artifact", "none"];
var rules = ["ancestor", "highest-version"];
var classes = [
  "pull-request",
  "merge-queue",
  "feature",
  "default-branch",
  "commit",
  "branch",
  "date",
  "date-time",
  "version",
  "version-line",
  "latest",
  "tag",
  "extra"
];
function parseImagePlan(text) {
  const plan = asFields(parseJson(text), "");
  const tags = asList(plan.tags, "tags").map(readTag);
  const cache = asFields(plan.cache, "cache");
  const kind = oneOf(plan.kind, "kind", kinds);
  const built = {
    kind,
    images: asList(plan.images, "images").map((image, index) => readImage(image, `images[${index}]`)),
    tags,
    notMoved: asList(plan.notMoved, "notMoved").map((entry, index) => {
      const at = `notMoved[${index}]`;
      const fields = asFields(entry, at);
      const left = { name: asText(fields.name, `${at}.name`), reason: asText(fields.reason, `${at}.reason`) };
      if (fields.higher === void 0) return left;
      const higher = asList(fields.higher, `${at}.higher`).map((text2) => asText(text2, `${at}.higher`));
      return { ...left, higher, mutability: "moving" };
    }),
    primaryTag: asText(plan.primaryTag, "primaryTag"),
    revision: asText(plan.revision, "revision"),
    created: asText(plan.created, "created"),
    version: asText(plan.version, "version"),
    repository: asText(plan.repository, "repository"),
    defaultBranch: asText(plan.defaultBranch, "defaultBranch"),
    branch: asText(plan.branch, "branch"),
    component: asText(plan.component, "component"),
    suffix: asText(plan.suffix, "suffix"),
    delivery: oneOf(plan.delivery, "delivery", deliveries),
    reason: asText(plan.reason, "reason"),
    cache: {
      own: asText(cache.own, "cache.own"),
      fallback: asText(cache.fallback, "cache.fallback"),
      write: cache.write === true || cache.write !== false && refuse("cache.write", cache.write, "true or false")
    },
    labels: asTexts(plan.labels, "labels"),
    annotations: asTexts(plan.annotations, "annotations")
  };
  if (built.images.length === 0) refuse("images", plan.images, "at least one repository");
  if (built.delivery === "none" !== (kind === "none")) refuse("delivery", built.delivery, "one that fits its kind");
  if (kind === "none") return built;
  if (!/^[0-9a-f]{40}$/.test(built.revision))
    refuse("revision", built.revision, "a commit sha of 40 hexadecimal digits");
  if (!tags.some(({ name }) => name === built.primaryTag)) refuse("primaryTag", built.primaryTag, "one of its tags");
  return built;
}
function readTag(value, index) {
  const at = `tags[${index}]`;
  const fields = asFields(value, at);
  const name = asText(fields.name, `${at}.name`);
  if (!isOciTag(name)) refuse(`${at}.name`, name, "an OCI tag");
  const tagClass = oneOf(fields.class, `${at}.class`, classes);
  const mutability = oneOf(fields.mutability, `${at}.mutability`, [mutabilityOf(tagClass)]);
  const tag = { name, class: tagClass, mutability, reason: asText(fields.reason, `${at}.reason`) };
  return mutability === "moving" ? { ...tag, rule: oneOf(fields.rule, `${at}.rule`, rules) } : tag;
}
function readImage(value, at) {
  const image = asText(value, at);
  return normaliseImage(image) === image ? image : refuse(at, image, "a normalised repository");
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Input plan is ${quote(text)}, not JSON; give the plan output of plan-image.`, { cause });
  }
}
function asFields(value, at) {
  const isFields = typeof value === "object" && value !== null && !Array.isArray(value);
  return isFields ? value : refuse(at, value, "an object");
}
function asList(value, at) {
  return Array.isArray(value) ? value : refuse(at, value, "a list");
}
function asText(value, at) {
  return typeof value === "string" ? value : refuse(at, value, "a text");
}
function asTexts(value, at) {
  return Object.fromEntries(
    Object.entries(asFields(value, at)).map(([key, text]) => [key, asText(text, `${at}.${key}`)])
  );
}
function oneOf(value, at, choices) {
  return choices.find((choice) => choice === value) ?? refuse(at, value, `one of ${choices.join(", ")}`);
}
function refuse(at, value, wanted) {
  throw new InputError(
    `Input plan has ${quote(value)}${at === "" ? "" : ` at ${at}`}, not ${wanted}; give the plan output of plan-image as it is.`
  );
}

// ../packages/tagging/src/parse-options.ts
var maxSuffix = 60;
function parseLatest(text) {
  return parseChoice("latest", text, ["auto", "default-branch", "release", "both", "none"]);
}
function parsePush(text) {
  return parseChoice("push", text, ["auto", "always", "never"]);
}
function parseChoice(input, text, choices) {
  const given = text.trim();
  if (given === "") return choices[0];
  const choice = choices.find((known) => known === given);
  if (choice === void 0)
    throw new InputError(`Input ${input} is ${quote(given)}; give one of ${choices.join(", ")}.`);
  return choice;
}
function parseSuffix(text) {
  const given = text.trim();
  if (given === "") return "";
  const word = given.replace(/^-/, "");
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(word)) {
    throw new InputError(
      `Input suffix is ${quote(given)}; use letters, digits, dots, dashes and underscores, such as -alpine.`
    );
  }
  if (word.length >= maxSuffix) {
    throw new InputError(`Input suffix is ${quote(given)}; use fewer than ${maxSuffix} characters.`);
  }
  if (word.split("-").some((part) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|\d{6})$/.test(part))) {
    throw new InputError(
      `Input suffix is ${quote(given)}, which reads as a commit or a time; use a word such as -alpine.`
    );
  }
  return `-${word}`;
}
function parseComponent(text) {
  const given = text.trim();
  if (given === "" || /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(given) && given.length <= 100) return given;
  throw new InputError(
    `Input component is ${quote(given)}; use at most 100 letters, digits, dots, dashes and underscores, such as api.`
  );
}
function parseExtraTags(text) {
  const names = text.split(/[\n\r,]/).flatMap((line) => line.trim() === "" ? [] : [line.trim()]);
  for (const name of names) {
    if (isOciTag(name)) continue;
    throw new InputError(
      `Input extra-tags holds ${quote(name)}; a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`
    );
  }
  return [...new Set(names)];
}

// ../packages/tagging/src/cache-scope.ts
var maxScope = 90;
function cacheScopes(facts, suffix) {
  const { defaultBranch } = facts.repository;
  const fallback = branchScope(defaultBranchSlug(defaultBranch, suffix), suffix);
  switch (facts.kind) {
    case "none":
      return { own: "", fallback: "" };
    case "pull-request":
      return { own: `pr-${facts.number}${suffix}`, fallback };
    case "feature":
    case "merge-queue":
      if (facts.branch === defaultBranch) return { own: fallback, fallback };
      return { own: branchScope(featureSlug(facts.branch, defaultBranch, suffix), suffix), fallback };
    case "default-branch":
    case "release":
    case "prerelease":
    case "tag":
      return { own: fallback, fallback };
  }
}
function branchScope(slug, suffix) {
  const scope = /^v\d+(?:-|$)/.test(slug) ? `branch-${slug}` : slug;
  return `${cutSlug(scope, maxScope - suffix.length)}${suffix}`;
}

// ../packages/tagging/src/delivery.ts
function decideDelivery(facts, push) {
  if (facts.kind === "none") return { delivery: "none", reason: facts.reason };
  if (push === "never")
    return { delivery: "artifact", reason: "Input push is never, so the image is kept as an archive." };
  switch (facts.origin) {
    case "fork": {
      const reason = "A pull request from a fork has a token that can only read, so the image is kept as an archive";
      return {
        delivery: "artifact",
        reason: push === "always" ? `${reason}; push: always cannot change that.` : `${reason}.`
      };
    }
    case "dependabot":
      if (push === "always") {
        return {
          delivery: "registry",
          reason: "Input push is always, so Dependabot's run pushes if its token can write."
        };
      }
      return {
        delivery: "artifact",
        reason: "A run that Dependabot started has a token that can only read, so the image is kept as an archive."
      };
    case "repository":
      return { delivery: "registry", reason: "The run belongs to this repository, so its token can write." };
  }
}

// ../packages/tagging/src/one-line.ts
function encodeLine(text) {
  return text.toWellFormed().replace(
    /[%\p{Cc}\p{Zl}\p{Zp}]|^\s|\s$/gu,
    (character) => (
      // encodeURIComponent leaves none of these alone.
      encodeURIComponent(character)
    )
  );
}
function decodeLine(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
function foldLines(text) {
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

// ../packages/tagging/src/labels.ts
var ownPrefix = "dev.longshore.";
var fingerprintKey = `${ownPrefix}fingerprint`;
var ociPrefix = "org.opencontainers.image.";
function describeImage(facts, image) {
  const { repository } = facts;
  const pairs = [
    [`${ociPrefix}source`, repository.url],
    [`${ociPrefix}url`, repository.url],
    [`${ociPrefix}revision`, facts.revision],
    [`${ociPrefix}created`, image.created],
    [`${ociPrefix}version`, image.version],
    [`${ociPrefix}ref.name`, image.primaryTag],
    [`${ociPrefix}title`, facts.component || (repository.fullName.split("/")[1] ?? "")],
    [`${ociPrefix}description`, foldLines(repository.description)],
    [`${ociPrefix}licenses`, foldLines(repository.license)],
    [`${ownPrefix}kind`, facts.kind],
    [`${ownPrefix}pull-request`, "number" in facts ? `${facts.number}` : ""],
    [`${ownPrefix}branch`, "branch" in facts ? encodeLine(facts.branch) : ""],
    [`${ownPrefix}component`, facts.component],
    [`${ownPrefix}version`, "version" in facts ? facts.version : ""]
  ];
  return Object.fromEntries(pairs.filter(([key, value]) => value !== "" || !isProse(key)));
}
function annotateIndex(labels) {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
function isProse(key) {
  return key === `${ociPrefix}description` || key === `${ociPrefix}licenses`;
}

// ../packages/tagging/src/payload.ts
function asPayload(value) {
  if (isObject(value)) return value;
  throw new InputError(
    `The event payload is ${quote(value)}, not a JSON object; give the file GitHub wrote for the event.`
  );
}
function readText(payload, path2) {
  const value = readField(payload, path2);
  if (value === void 0 || value === null) return "";
  return typeof value === "string" ? value : refuse2(path2, value, "a text");
}
function requireText(payload, path2) {
  return readText(payload, path2) || refuse2(path2, readField(payload, path2), "a text");
}
function readFlag(payload, path2) {
  const value = readField(payload, path2) ?? false;
  return typeof value === "boolean" ? value : refuse2(path2, value, "true or false");
}
function requireNumber(payload, path2) {
  const value = readField(payload, path2);
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : refuse2(path2, value, "a whole number above zero");
}
function hasObject(payload, path2) {
  const value = readField(payload, path2);
  if (value === void 0 || value === null) return false;
  return isObject(value) || refuse2(path2, value, "an object");
}
function hasField(payload, path2) {
  return readField(payload, path2) !== void 0;
}
function isNull(payload, path2) {
  return readField(payload, path2) === null;
}
function readList(payload, path2) {
  const value = readField(payload, path2) ?? [];
  return Array.isArray(value) ? value : refuse2(path2, value, "a list");
}
function requireSha(payload, path2) {
  return parseSha(readText(payload, path2)) ?? refuse2(path2, readField(payload, path2), "a commit sha of 40 hexadecimal digits");
}
function readMoment(payload, path2) {
  const text = readText(payload, path2);
  return text === "" ? "" : parseMoment(text) ?? refuse2(path2, text, "a date and time");
}
function parseSha(text) {
  return /^[0-9a-f]{40}$/i.test(text) && !/^0+$/.test(text) ? text.toLowerCase() : void 0;
}
function parseMoment(text) {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text) ? new Date(text) : void 0;
  return moment === void 0 || Number.isNaN(moment.getTime()) ? void 0 : moment.toISOString().replace(/\.\d+Z$/, "Z");
}
function readField(payload, path2) {
  let value = payload;
  const seen = [];
  for (const name of path2.split(".")) {
    if (value === void 0 || value === null) return void 0;
    if (!isObject(value)) return refuse2(seen.join("."), value, "an object");
    value = Object.hasOwn(value, name) ? value[name] : void 0;
    seen.push(name);
  }
  return value;
}
function refuse2(path2, value, wanted) {
  throw new InputError(`The event payload has ${quote(value)} at ${path2}, where GitHub gives ${wanted}.`);
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/tagging/src/rules/tag-rule.ts
var put = (tag, reason) => ({ outcome: "put", tag, reason });
var move = (tag, rule, reason) => ({ outcome: "move", tag, rule, reason });
var stay = (tag, reason) => ({ outcome: "stay", tag, reason });
var stayBelow = (tag, higher) => ({
  outcome: "stay",
  tag,
  reason: `${higher[0]} is higher`,
  higher
});

// ../packages/tagging/src/rules/default-branch.ts
var tagDefaultBranch = ({ facts, options: options2, sha7, suffix }) => {
  if (facts.kind !== "default-branch") return [];
  const [day = "", clock = ""] = options2.now.toISOString().split(/[T.]/);
  const date = day.replaceAll("-", "");
  const time = clock.replaceAll(":", "");
  return [
    put({ class: "default-branch", sha7, suffix }, "this commit of the default branch"),
    put({ class: "commit", sha: sha7, suffix }, "this commit, short"),
    put({ class: "commit", sha: facts.revision, suffix }, "this commit, in full"),
    put({ class: "date-time", date, time, suffix }, "moment of this build, UTC"),
    move({ class: "date", date, suffix }, "ancestor", "newest image of this day, UTC"),
    move({ class: "branch", suffix }, "ancestor", "newest image of the default branch")
  ];
};

// ../packages/tagging/src/rules/extra.ts
var tagExtra = ({ facts, options: options2, suffix }) => {
  const context = { defaultBranch: facts.repository.defaultBranch, suffixes: [suffix] };
  return options2.extraTags.map((name) => {
    const read = parseTag(`${name}${suffix}`, context).class;
    if (read !== "tag" && read !== "unknown") {
      throw new InputError(
        `Input extra-tags holds ${quote(name)}, which reads as a tag of class ${read}; choose a name of your own.`
      );
    }
    const tag = { class: "extra", name, suffix };
    if (facts.kind === "merge-queue") return stay(tag, "a merge queue moves nothing");
    if (facts.kind === "prerelease") return stay(tag, "a prerelease moves nothing");
    return move(tag, "ancestor", "asked for by extra-tags");
  });
};

// ../packages/tagging/src/rules/feature.ts
var tagFeature = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "feature") return [];
  const slug = featureSlug(facts.branch, facts.repository.defaultBranch, suffix);
  return [put({ class: "feature", slug, sha7, suffix }, "this commit of the feature branch")];
};

// ../packages/tagging/src/version-lines.ts
var import_compare_build2 = __toESM(require_compare_build(), 1);
var mostHigher = 10;
function readVersionLines(gitTags, component, also) {
  const highest = /* @__PURE__ */ new Map();
  const stable = [];
  const count = (version) => {
    if (version === void 0 || version.prerelease.length > 0) return;
    stable.push(version);
    for (const line of linesOf(version)) {
      const known = highest.get(line);
      if (known === void 0 || (0, import_compare_build2.default)(version, known) > 0) highest.set(line, version);
    }
  };
  for (const gitTag of gitTags) count(versionOfGitTag(gitTag.replace(/^refs\/tags\//, ""), component));
  count(also);
  return {
    highest: (line) => {
      const version = highest.get(line);
      return version && formatVersion(version);
    },
    higher: (line, than) => {
      const found = stable.filter((version) => linesOf(version).includes(line) && (0, import_compare_build2.default)(version, than) > 0);
      const names = found.sort((one, other) => (0, import_compare_build2.default)(other, one)).map(formatVersion);
      return [...new Set(names)].slice(0, mostHigher);
    }
  };
}
function linesOf({ major, minor }) {
  return ["", `${major}`, `${major}.${minor}`];
}

// ../packages/tagging/src/rules/latest.ts
var tagLatest = ({ facts, options: options2, suffix }) => {
  const tag = { class: "latest", suffix };
  const owner = options2.latest;
  switch (facts.kind) {
    case "prerelease":
      return [stay(tag, "a prerelease moves nothing")];
    case "release": {
      if (owner === "none" || owner === "default-branch") return [stay(tag, notOwned(owner))];
      const own = parseVersion(facts.version);
      const higher = own === void 0 ? [] : readVersionLines(options2.versions, facts.component).higher("", own);
      if (higher.length > 0) return [stayBelow(tag, higher)];
      return [move(tag, "highest-version", `highest stable version is ${facts.version}`)];
    }
    case "default-branch":
      return [ofDefaultBranch()];
    case "pull-request":
    case "feature":
    case "merge-queue":
    case "tag":
      return [];
  }
  function ofDefaultBranch() {
    if (owner === "none" || owner === "release") return stay(tag, notOwned(owner));
    if (owner !== "auto") return move(tag, "ancestor", `input latest is ${owner}`);
    const top = readVersionLines(options2.versions, facts.component).highest("");
    if (top !== void 0)
      return stay(tag, `it belongs to releases since there are stable versions, ${top} the highest`);
    return move(tag, "ancestor", "newest image of the default branch while there is no stable version");
  }
};
function notOwned(owner) {
  return `input latest is ${owner}`;
}

// ../packages/tagging/src/rules/merge-queue.ts
var tagMergeQueue = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "merge-queue") return [];
  return [
    put(
      { class: "merge-queue", number: facts.number, sha7, suffix },
      `pull request ${facts.number} in the merge queue`
    )
  ];
};

// ../packages/tagging/src/rules/other-tag.ts
var tagOtherTag = ({ facts, options: options2, sha7, suffix }) => {
  if (facts.kind !== "tag") return [];
  if (facts.gitTag === "") {
    return [
      put({ class: "commit", sha: sha7, suffix }, "the commit asked for, short"),
      put({ class: "commit", sha: facts.revision, suffix }, "the commit asked for, in full")
    ];
  }
  const context = { defaultBranch: facts.repository.defaultBranch, suffixes: [suffix], extraTags: options2.extraTags };
  const slug = freeSlug(facts.gitTag, "tag", suffix, (free) => parseTag(`${free}${suffix}`, context).class === "tag");
  return [put({ class: "tag", slug, suffix }, `name of git tag ${facts.gitTag}`)];
};

// ../packages/tagging/src/rules/pull-request.ts
var tagPullRequest = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "pull-request") return [];
  return [
    put({ class: "pull-request", number: facts.number, sha7, suffix }, `head commit of pull request ${facts.number}`)
  ];
};

// ../packages/tagging/src/rules/release.ts
var tagRelease = ({ facts, options: options2, suffix }) => {
  if (facts.kind !== "release" && facts.kind !== "prerelease") return [];
  const { version } = facts;
  const own = parseVersion(version);
  if (own === void 0) return [];
  const forms = options2.versionPrefix ? [false, true] : [false];
  const versions = forms.map(
    (prefixed) => put({ class: "version", version, prefixed, suffix }, `version of git tag ${facts.gitTag}`)
  );
  const versionLines = readVersionLines(facts.kind === "release" ? options2.versions : [], facts.component, own);
  const lines = [`${own.major}.${own.minor}`, `${own.major}`].flatMap(
    (line) => forms.map((prefixed) => {
      const tag = { class: "version-line", line, prefixed, suffix };
      if (facts.kind === "prerelease") return stay(tag, "a prerelease moves nothing");
      if (line === "0") return stay(tag, "versions below 1.0.0 promise nothing to each other");
      if (/^\d{8}$/.test(line) && !prefixed) return stay(tag, "it would read as a date");
      const higher = versionLines.higher(line, own);
      if (higher.length > 0) return stayBelow(tag, higher);
      return move(tag, "highest-version", `highest stable version of ${line}.x is ${version}`);
    })
  );
  return [...versions, ...lines];
};

// ../packages/tagging/src/rules/tag-rules.ts
var tagRules = [
  tagPullRequest,
  tagMergeQueue,
  tagFeature,
  tagDefaultBranch,
  tagRelease,
  tagLatest,
  tagOtherTag,
  tagExtra
];

// ../packages/tagging/src/plan-tags.ts
function planTags(facts, options2, suffix) {
  const sha7 = facts.revision.slice(0, 7);
  const context = { defaultBranch: facts.repository.defaultBranch, extraTags: options2.extraTags };
  const tags = /* @__PURE__ */ new Map();
  const notMoved = /* @__PURE__ */ new Map();
  for (const proposal of tagRules.flatMap((rule) => rule({ facts, options: options2, suffix, sha7 }))) {
    const name = formatTag(proposal.tag, context);
    const reason = foldLines(proposal.reason);
    if (proposal.outcome === "stay") notMoved.set(name, { name, reason, ...higherOf(proposal) });
    else if (!tags.has(name)) tags.set(name, { name, ...classOf(proposal), reason, ...ruleOf(proposal) });
  }
  return {
    tags: [
      ...[...tags.values()].filter(({ mutability }) => mutability === "immutable"),
      ...[...tags.values()].filter(({ mutability }) => mutability === "moving")
    ],
    notMoved: [...notMoved.values()]
  };
}
function classOf({ tag }) {
  return { class: tag.class, mutability: mutabilityOf(tag.class) };
}
function higherOf({ higher }) {
  return higher === void 0 ? {} : { higher, mutability: "moving" };
}
function ruleOf(proposal) {
  return proposal.outcome === "move" ? { rule: proposal.rule } : {};
}

// ../packages/tagging/src/plan-image.ts
var cacheWriters = ["pull-request", "feature", "default-branch"];
function planImage(facts, options2) {
  const suffix = parseSuffix(options2.suffix);
  const extraTags = parseExtraTags(options2.extraTags.join("\n"));
  const { delivery, reason } = decideDelivery(facts, options2.push);
  const shared = {
    kind: facts.kind,
    images: [...new Set(options2.images.map(normaliseImage))],
    repository: facts.repository.fullName,
    defaultBranch: facts.repository.defaultBranch,
    branch: branchOf(facts),
    component: facts.component,
    suffix,
    delivery,
    reason,
    cache: {
      ...cacheScopes(facts, suffix),
      write: delivery === "registry" && cacheWriters.includes(facts.kind)
    }
  };
  if (shared.images.length === 0)
    throw new InputError("Input image names no repository; give one such as ghcr.io/acme/app.");
  if (facts.kind === "none") {
    return {
      ...shared,
      tags: [],
      notMoved: [],
      primaryTag: "",
      revision: "",
      created: "",
      version: "",
      labels: {},
      annotations: {}
    };
  }
  const { tags, notMoved } = planTags(facts, { ...options2, extraTags }, suffix);
  const primaryTag = tags[0]?.name ?? "";
  const created = facts.created || readCommitDate(options2.commitDate);
  const version = "version" in facts ? facts.version : primaryTag;
  const labels = describeImage(facts, { created, version, primaryTag });
  return {
    ...shared,
    tags,
    notMoved,
    primaryTag,
    revision: facts.revision,
    created,
    version,
    labels,
    annotations: annotateIndex(labels)
  };
}
function branchOf(facts) {
  return "branch" in facts && facts.kind !== "merge-queue" ? facts.branch : "";
}
function readCommitDate(text) {
  if (text === "") return "";
  const moment = parseMoment(text);
  if (moment === void 0)
    throw new InputError(`Commit date ${quote(text)} is no date and time such as 2024-06-28T14:30:22Z.`);
  return moment;
}

// ../packages/tagging/src/publish-queue.ts
function publishQueue({
  images,
  component,
  suffix,
  tags,
  revision
}) {
  const names = [images[0] ?? "", component, suffix];
  return JSON.stringify(tags.some(({ mutability }) => mutability === "moving") ? names : [...names, revision]);
}

// ../packages/tagging/src/group-by.ts
function groupBy(items, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

// ../packages/tagging/src/image-facts.ts
var kinds2 = ["pull-request", "feature", "default-branch", "release", "prerelease", "merge-queue", "tag"];
function readImageFacts(labelsOrAnnotations) {
  const read = (key) => {
    const value = Object.hasOwn(labelsOrAnnotations, key) ? labelsOrAnnotations[key] : void 0;
    return typeof value === "string" ? value : "";
  };
  const number = read(`${ownPrefix}pull-request`);
  const branch = read(`${ownPrefix}branch`);
  const revision = read(`${ociPrefix}revision`).toLowerCase();
  const source = read(`${ociPrefix}source`);
  const version = parseVersion(read(`${ownPrefix}version`));
  const fingerprint = read(fingerprintKey);
  return {
    kind: kinds2.find((kind) => kind === read(`${ownPrefix}kind`)) ?? "unknown",
    component: read(`${ownPrefix}component`),
    .../^[1-9]\d{0,14}$/.test(number) && { pullRequest: Number(number) },
    ...branch !== "" && { branch: decodeLine(branch) },
    .../^[0-9a-f]{40}$/.test(revision) && { revision },
    ...source !== "" && { source },
    ...version !== void 0 && { version: formatVersion(version) },
    ...isFingerprint(fingerprint) && { fingerprint }
  };
}
function isFingerprint(text) {
  return text.length <= 500 && /^[a-z-]+=[0-9a-f]{8}(?:,[a-z-]+=[0-9a-f]{8})*$/.test(text);
}

// ../packages/tagging/src/needed-facts.ts
function neededFacts(facts, options2) {
  return {
    versions: facts.kind === "release" || facts.kind === "default-branch" && options2.latest === "auto",
    commitDate: facts.kind !== "none" && facts.created === ""
  };
}

// ../packages/tagging/src/events/event-reading.ts
function nothing({ repository, component }, why) {
  return { kind: "none", repository, component, reason: `Nothing is built: ${why}.` };
}
function commitOf(reading, revision, created) {
  const { repository, component, origin } = reading;
  return { repository, component, origin, revision, created };
}
function eventSha({ event }) {
  const sha = parseSha(event.sha);
  if (sha !== void 0) return sha;
  throw new InputError(
    `GITHUB_SHA is ${quote(event.sha)}, not a commit sha of 40 hexadecimal digits; run this for an event with a commit.`
  );
}
function readRepository(event, payload) {
  const fullName = event.repository || readText(payload, "repository.full_name");
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(fullName)) {
    throw new InputError(`GITHUB_REPOSITORY is ${quote(fullName)}; give owner/name.`);
  }
  const license = readText(payload, "repository.license.spdx_id");
  const defaultBranch = readText(payload, "repository.default_branch") || readText(payload, "repository.master_branch") || // Scheduled and dispatched runs start on the default branch; their payloads may lack the repository.
  (["schedule", "repository_dispatch"].includes(event.eventName) ? event.ref.replace(/^refs\/heads\//, "") : "");
  return {
    fullName,
    url: `${(event.serverUrl || "https://github.com").replace(/\/+$/, "")}/${fullName}`,
    description: readText(payload, "repository.description"),
    license: license === "NOASSERTION" ? "" : license,
    defaultBranch
  };
}

// ../packages/tagging/src/events/read-ref.ts
function readRef(reading, ref, commit) {
  const [, room, name = ""] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  const shared = commitOf(reading, commit.revision, commit.created);
  if (room === "heads") return readBranch(reading, name, shared);
  if (room === "tags") return readGitTag(reading, name, shared, commit.isPrerelease ?? false);
  if (/^[0-9a-f]{40}$/i.test(ref)) return { kind: "tag", gitTag: "", ...shared };
  throw new InputError(
    `Git ref ${quote(ref)} is neither a branch (refs/heads/…), a tag (refs/tags/…) nor a full commit sha.`
  );
}
function readBranch(reading, branch, shared) {
  if (/^gh-readonly-queue\//.test(branch)) {
    return nothing(reading, "the merge_group event names the images of a merge queue, not the push of its branch");
  }
  const { defaultBranch } = reading.repository;
  if (defaultBranch === "") {
    throw new InputError(
      "The event payload has nothing at repository.default_branch, without which a branch cannot be told from the default branch."
    );
  }
  return { kind: branch === defaultBranch ? "default-branch" : "feature", branch, ...shared };
}
function readGitTag(reading, gitTag, shared, isPrerelease) {
  const { component } = reading;
  refuseEndlessVersion(gitTag);
  const version = versionOfGitTag(gitTag, component);
  if (version !== void 0) {
    const kind = isPrerelease || version.prerelease.length > 0 ? "prerelease" : "release";
    return { kind, gitTag, version: formatVersion(version), ...shared };
  }
  if (isForeignVersion(gitTag, component)) {
    return nothing(
      reading,
      `a version of component ${component} is tagged ${component}/v1.2.3 or ${component}-v1.2.3, and this tag is neither`
    );
  }
  return { kind: "tag", gitTag, ...shared };
}

// ../packages/tagging/src/events/chosen-ref.ts
var readChosenRef = (reading) => {
  const { event, payload } = reading;
  const revision = eventSha(reading);
  const isHead = readText(payload, "head_commit.id").toLowerCase() === revision;
  const created = isHead ? readMoment(payload, "head_commit.timestamp") : "";
  return readRef(reading, event.ref || readText(payload, "ref"), { revision, created });
};

// ../packages/tagging/src/events/merge-queue-branch.ts
function parseMergeQueueBranch(ref) {
  const [, base, digits] = /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-([1-9]\d{0,14})-[0-9a-f]+$/s.exec(ref) ?? [];
  if (base !== void 0 && digits !== void 0) return { base, number: Number(digits) };
  throw new InputError(`Merge queue branch ${quote(ref)} does not read as gh-readonly-queue/<base>/pr-<number>-<sha>.`);
}

// ../packages/tagging/src/events/merge-group.ts
var readMergeGroup = (reading) => {
  const { payload } = reading;
  if (readText(payload, "action") === "destroyed") return nothing(reading, "the merge group was dissolved");
  const { base, number } = parseMergeQueueBranch(requireText(payload, "merge_group.head_ref"));
  const revision = requireSha(payload, "merge_group.head_sha");
  const created = hasObject(payload, "merge_group.head_commit") ? readMoment(payload, "merge_group.head_commit.timestamp") : "";
  const branch = readText(payload, "merge_group.base_ref").replace(/^refs\/heads\//, "") || base;
  return { kind: "merge-queue", number, branch, ...commitOf(reading, revision, created) };
};

// ../packages/tagging/src/events/pull-request.ts
var readPullRequest = (reading) => {
  const { payload } = reading;
  const isClosed = readText(payload, "action") === "closed" || readText(payload, "pull_request.state") === "closed";
  if (isClosed || readFlag(payload, "pull_request.merged")) return nothing(reading, "the pull request is closed");
  const number = requireNumber(payload, hasField(payload, "pull_request.number") ? "pull_request.number" : "number");
  const branch = requireText(payload, "pull_request.head.ref");
  const revision = requireSha(payload, "pull_request.head.sha");
  return { kind: "pull-request", number, branch, ...commitOf(reading, revision, "") };
};

// ../packages/tagging/src/events/push.ts
var readPush = (reading) => {
  const { event, payload } = reading;
  const isDeleted = readFlag(payload, "deleted") || [event.sha, readText(payload, "after")].some((sha) => /^0{40}$/.test(sha));
  if (isDeleted) return nothing(reading, "the push deleted its branch or tag");
  const revision = eventSha(reading);
  const isHead = readText(payload, "head_commit.id").toLowerCase() === revision;
  return readRef(reading, event.ref || readText(payload, "ref"), {
    revision,
    created: isHead ? readMoment(payload, "head_commit.timestamp") : ""
  });
};

// ../packages/tagging/src/events/release.ts
var readRelease = (reading) => {
  const { payload } = reading;
  const action = readText(payload, "action");
  if (action === "deleted" || action === "unpublished") return nothing(reading, `the release was ${action}`);
  if (readFlag(payload, "release.draft")) return nothing(reading, "the release is a draft");
  const gitTag = requireText(payload, "release.tag_name");
  const isPrerelease = readFlag(payload, "release.prerelease");
  return readRef(reading, `refs/tags/${gitTag}`, { revision: eventSha(reading), created: "", isPrerelease });
};

// ../packages/tagging/src/events/token-origin.ts
var pullRequestEvents = ["pull_request", "pull_request_review", "pull_request_review_comment"];
function readTokenOrigin(event, payload) {
  const isPullRequest = pullRequestEvents.includes(event.eventName);
  if (isPullRequest && hasObject(payload, "pull_request") && isForked(event, payload)) return "fork";
  const limitsDependabot = isPullRequest || event.eventName === "push";
  return limitsDependabot && event.actor === "dependabot[bot]" ? "dependabot" : "repository";
}
function isForked(event, payload) {
  if (isNull(payload, "pull_request.head.repo")) return true;
  const base = readText(payload, "repository.full_name") || event.repository;
  const head = readText(payload, "pull_request.head.repo.full_name") || base;
  return head.toLowerCase() !== base.toLowerCase();
}

// ../packages/tagging/src/events/workflow-run.ts
function refuseForkRun({ payload, repository }) {
  const head = readText(payload, "workflow_run.head_repository.full_name");
  if (head.toLowerCase() === repository.fullName.toLowerCase()) return;
  const owner = head === "" ? "a repository that is gone" : quote(head);
  throw new InputError(
    `Event workflow_run is of a run of ${owner}, and Longshore never builds a fork's code with a token that can write; build it on pull_request.`
  );
}
var readWorkflowRun = (reading) => {
  refuseForkRun(reading);
  const { payload } = reading;
  const cause = readText(payload, "workflow_run.event");
  const branch = requireText(payload, "workflow_run.head_branch");
  const revision = requireSha(payload, "workflow_run.head_sha");
  const created = readMoment(payload, "workflow_run.head_commit.timestamp");
  const shared = commitOf(reading, revision, created);
  if (cause.startsWith("pull_request")) {
    if (cause === "pull_request_target") return nothing(reading, "the run was started by pull_request_target");
    const [first] = readList(payload, "workflow_run.pull_requests");
    if (first === void 0) return nothing(reading, "the pull request of that run is closed");
    return { kind: "pull-request", number: requireNumber(asPayload(first), "number"), branch, ...shared };
  }
  if (cause === "merge_group") {
    const { base, number } = parseMergeQueueBranch(branch);
    return { kind: "merge-queue", number, branch: base, ...shared };
  }
  if (cause === "release") return readRef(reading, `refs/tags/${branch}`, { revision, created });
  if (looksLikeVersion2(branch)) {
    throw new InputError(
      `Event workflow_run does not tell whether ${quote(branch)} is a branch or a tag; give input ref, such as refs/tags/${branch}.`
    );
  }
  return readRef(reading, `refs/heads/${branch}`, { revision, created });
};
function looksLikeVersion2(name) {
  return [name, ...[...name.matchAll(/[/-]/g)].map(({ index }) => name.slice(index + 1))].some(
    (part) => parseVersion(part) !== void 0
  );
}

// ../packages/tagging/src/read-build-facts.ts
var readers = /* @__PURE__ */ new Map([
  ["pull_request", readPullRequest],
  ["pull_request_review", readPullRequest],
  ["pull_request_review_comment", readPullRequest],
  ["push", readPush],
  ["merge_group", readMergeGroup],
  ["release", readRelease],
  ["workflow_dispatch", readChosenRef],
  ["schedule", readChosenRef],
  ["repository_dispatch", readChosenRef],
  ["workflow_run", readWorkflowRun]
]);
function defaultBranchOf(event) {
  return readRepository(event, asPayload(event.payload)).defaultBranch;
}
function readBuildFacts(event, component) {
  if (event.eventName === "pull_request_target") {
    throw new InputError(
      "Event pull_request_target is refused, because it runs a stranger's code with a token that can write; build on pull_request instead."
    );
  }
  const payload = asPayload(event.payload);
  const reading = {
    event,
    payload,
    component: parseComponent(component),
    repository: readRepository(event, payload),
    origin: readTokenOrigin(event, payload)
  };
  const reader = readers.get(event.eventName);
  if (event.override === void 0) {
    return reader === void 0 ? nothing(reading, `event ${event.eventName} names no image`) : reader(reading);
  }
  if (event.eventName === "workflow_run") refuseForkRun(reading);
  return readOverride(reading, event.override);
}
function readOverride(reading, override) {
  const revision = parseSha(override.revision);
  if (revision !== void 0) return readRef(reading, override.ref, { revision, created: "" });
  throw new InputError(
    `Input ref leads to ${quote(override.revision)}, which is no commit sha of 40 hexadecimal digits.`
  );
}

// ../packages/tagging/src/refresh-plan.ts
function needsRefresh({ tags, notMoved }) {
  return tags.some(({ rule }) => rule === "highest-version") || notMoved.some(({ higher }) => higher !== void 0);
}
function refreshPlan(plan, gitTags) {
  const own = parseVersion(plan.version);
  if (own === void 0) return plan;
  const lines = readVersionLines(gitTags, plan.component, own);
  const higherThanOwn = (name) => {
    const tag = parseTag(name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
    if (tag.class === "version-line") return lines.higher(tag.line, own);
    return tag.class === "latest" ? lines.higher("", own) : [];
  };
  const again = plan.notMoved.map(
    (left) => left.higher === void 0 ? left : leftBelow(left.name, higherThanOwn(left.name))
  );
  const freed = freeTags({ ...plan, notMoved: again }, () => true);
  const judged = freed.tags.map((tag) => ({
    tag,
    higher: tag.rule === "highest-version" ? higherThanOwn(tag.name) : []
  }));
  return {
    ...freed,
    tags: judged.flatMap(({ tag, higher }) => higher.length === 0 ? [tag] : []),
    notMoved: [
      ...freed.notMoved,
      ...judged.flatMap(({ tag, higher }) => higher.length === 0 ? [] : [leftBelow(tag.name, higher)])
    ]
  };
}
function obstaclesOf(plan) {
  const versions = plan.notMoved.flatMap(({ higher = [] }) => higher);
  const context = { defaultBranch: plan.defaultBranch };
  return new Map(
    [...new Set(versions)].map((version) => [
      version,
      formatTag({ class: "version", version, prefixed: false, suffix: plan.suffix }, context)
    ])
  );
}
function freeTags(plan, hasImage) {
  const isFree = ({ higher }) => higher !== void 0 && !higher.some(hasImage);
  const freed = plan.notMoved.filter(isFree).map((left) => {
    const tag = parseTag(left.name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
    const none = (left.higher ?? []).join(", ");
    return {
      name: left.name,
      class: tag.class === "latest" ? "latest" : "version-line",
      mutability: "moving",
      rule: "highest-version",
      reason: none === "" ? `highest stable version is ${plan.version}` : `highest stable version with an image, as ${none} has none`
    };
  });
  return {
    ...plan,
    tags: [...plan.tags, ...freed],
    notMoved: plan.notMoved.filter((left) => !isFree(left))
  };
}
function leftBelow(name, higher) {
  return { name, reason: `${higher[0]} is higher`, higher, mutability: "moving" };
}

// ../packages/tagging/src/withdrawn.ts
function isWithdrawn(version, {
  own,
  component,
  gitTags
}) {
  const isNamed = (one) => gitTagOfVersion(one, component, gitTags) !== void 0;
  return isNamed(own) && !isNamed(version);
}

export {
  require_node_path,
  isHigherVersion,
  defaultBranchSlug,
  featureSlug,
  branchScope,
  InputError,
  gitTagOfVersion,
  looksLikeVersion,
  groupBy,
  fingerprintKey,
  readImageFacts,
  isFingerprint,
  normaliseImage,
  isLoopback,
  parseImages,
  neededFacts,
  mutabilityOf,
  isOfClock,
  isOciTag,
  formatTag,
  parseTag,
  formatCacheTag,
  parseImagePlan,
  parseLatest,
  parsePush,
  parseSuffix,
  parseComponent,
  parseExtraTags,
  planImage,
  publishQueue,
  defaultBranchOf,
  readBuildFacts,
  needsRefresh,
  refreshPlan,
  obstaclesOf,
  freeTags,
  isWithdrawn
};
