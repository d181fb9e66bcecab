import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError,
  defaultImage,
  isRecord,
  normaliseImage,
  quote
} from "./chunk-image-name.js";
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
    var parse3 = (version, options2, throwErrors = false) => {
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
    module.exports = parse3;
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

// ../packages/tagging/src/version.ts
var import_compare_build = __toESM(require_compare_build(), 1);
var import_parse = __toESM(require_parse(), 1);
function parseVersion(text2) {
  return /^v?[0-9]\S*$/.test(text2) ? (0, import_parse.default)(text2) ?? void 0 : void 0;
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
    const read2 = versionOfGitTag(gitTag, component);
    return read2 !== void 0 && formatVersion(read2) === version;
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

// ../packages/tagging/src/build-facts.ts
var buildKinds = [
  "pull-request",
  "feature",
  "default-branch",
  "release",
  "prerelease",
  "merge-queue",
  "tag",
  "none"
];

// ../packages/tagging/src/image-plan.ts
var deliveries = ["registry", "artifact", "none"];
var moveRules = ["ancestor", "highest-version"];

// ../packages/tagging/src/fixed-tags.ts
function readFixedTag(name) {
  for (const read2 of [readNumbered, readCommit, readDate, readLine, readVersion, readCache]) {
    const tag = read2(name);
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
  const text2 = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  const moment = /* @__PURE__ */ new Date(`${text2}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text2);
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
function slugifyName(text2, maxLength) {
  const words2 = Array.from(text2.normalize("NFC"), (character) => {
    if (new RegExp("\\p{M}", "u").test(character)) return "";
    if (!/[\p{L}\p{N}]/u.test(character)) return " ";
    return (0, import_slugify.default)(character, options) || " ";
  });
  return cutSlug((0, import_slugify.default)(words2.join(""), options), maxLength);
}
function cutSlug(slug, maxLength) {
  return slug.slice(0, Math.max(0, maxLength)).replace(/(?<!-)-+$/, "");
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
var plannedClasses = Object.keys(mutabilities).filter(
  (each) => each !== "cache" && each !== "unknown"
);
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
  const suffixes = (context.suffixes ?? []).filter((text2) => text2 !== "").map((text2) => text2.startsWith("-") ? text2 : `-${text2}`).sort((left, right) => right.length - left.length);
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
function formatCacheTag(platformSlug2, scope) {
  const name = formatBase({ class: "cache", platform: platformSlug2, scope, suffix: "" }, { defaultBranch: "" });
  const read2 = readFixedTag(name);
  if (read2?.class === "cache" && read2.platform === platformSlug2) return name;
  throw new InputError(
    `Cache tag ${quote(name)} cannot be read back; give a platform such as linux-arm64 and a scope from the plan.`
  );
}

// ../packages/tagging/src/parse-image-plan.ts
function parseImagePlan(text2) {
  const plan = asFields(parseJson(text2), "");
  const tags = asList(plan.tags, "tags").map(readTag);
  const cache = asFields(plan.cache, "cache");
  const kind = oneOf(plan.kind, "kind", buildKinds);
  const built = {
    kind,
    images: asList(plan.images, "images").map((image, index) => readImage(image, `images[${index}]`)),
    tags,
    notMoved: asList(plan.notMoved, "notMoved").map((entry, index) => {
      const at = `notMoved[${index}]`;
      const fields2 = asFields(entry, at);
      const left = { name: asText(fields2.name, `${at}.name`), reason: asText(fields2.reason, `${at}.reason`) };
      if (fields2.higher === void 0) return left;
      const higher = asList(fields2.higher, `${at}.higher`).map((text3) => asText(text3, `${at}.higher`));
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
  const fields2 = asFields(value, at);
  const name = asText(fields2.name, `${at}.name`);
  if (!isOciTag(name)) refuse(`${at}.name`, name, "an OCI tag");
  const tagClass = oneOf(fields2.class, `${at}.class`, plannedClasses);
  const mutability = oneOf(fields2.mutability, `${at}.mutability`, [mutabilityOf(tagClass)]);
  const tag = { name, class: tagClass, mutability, reason: asText(fields2.reason, `${at}.reason`) };
  return mutability === "moving" ? { ...tag, rule: oneOf(fields2.rule, `${at}.rule`, moveRules) } : tag;
}
function readImage(value, at) {
  const image = asText(value, at);
  return normaliseImage(image) === image ? image : refuse(at, image, "a normalised repository");
}
function parseJson(text2) {
  try {
    return JSON.parse(text2);
  } catch (cause) {
    throw new InputError(`Input plan is ${quote(text2)}, not JSON; give the plan output of plan-image.`, { cause });
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
    Object.entries(asFields(value, at)).map(([key, text2]) => [key, asText(text2, `${at}.${key}`)])
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

// ../packages/tagging/src/parse-images.ts
function parseImages(text2, repository) {
  const names = text2.split(/[\n\r,]/).filter((name) => name.trim() !== "");
  return names.length === 0 ? [defaultImage(repository)] : [...new Set(names.map(normaliseImage))];
}

// ../packages/tagging/src/parse-options.ts
var maxSuffix = 60;
function parseLatest(text2) {
  return parseChoice("latest", text2, ["auto", "default-branch", "release", "both", "none"]);
}
function parsePush(text2) {
  return parseChoice("push", text2, ["auto", "always", "never"]);
}
function parseChoice(input, text2, choices) {
  const given = text2.trim();
  if (given === "") return choices[0];
  const choice = choices.find((known) => known === given);
  if (choice === void 0)
    throw new InputError(`Input ${input} is ${quote(given)}; give one of ${choices.join(", ")}.`);
  return choice;
}
function parseSuffix(text2) {
  const given = text2.trim();
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
function parseComponent(text2) {
  const given = text2.trim();
  if (given === "" || /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(given) && given.length <= 100) return given;
  throw new InputError(
    `Input component is ${quote(given)}; use at most 100 letters, digits, dots, dashes and underscores, such as api.`
  );
}
function parseExtraTags(text2) {
  const names = text2.split(/[\n\r,]/).flatMap((line) => line.trim() === "" ? [] : [line.trim()]);
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
function encodeLine(text2) {
  return text2.toWellFormed().replace(
    /[%\p{Cc}\p{Zl}\p{Zp}]|^\s|\s$/gu,
    (character) => (
      // encodeURIComponent leaves none of these alone.
      encodeURIComponent(character)
    )
  );
}
function decodeLine(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}
function foldLines(text2) {
  return text2.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
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
function readText(payload, path) {
  const value = readField(payload, path);
  if (value === void 0 || value === null) return "";
  return typeof value === "string" ? value : refuse2(path, value, "a text");
}
function requireText(payload, path) {
  return readText(payload, path) || refuse2(path, readField(payload, path), "a text");
}
function readFlag(payload, path) {
  const value = readField(payload, path) ?? false;
  return typeof value === "boolean" ? value : refuse2(path, value, "true or false");
}
function requireNumber(payload, path) {
  const value = readField(payload, path);
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : refuse2(path, value, "a whole number above zero");
}
function hasObject(payload, path) {
  const value = readField(payload, path);
  if (value === void 0 || value === null) return false;
  return isObject(value) || refuse2(path, value, "an object");
}
function hasField(payload, path) {
  return readField(payload, path) !== void 0;
}
function isNull(payload, path) {
  return readField(payload, path) === null;
}
function readList(payload, path) {
  const value = readField(payload, path) ?? [];
  return Array.isArray(value) ? value : refuse2(path, value, "a list");
}
function requireSha(payload, path) {
  return parseSha(readText(payload, path)) ?? refuse2(path, readField(payload, path), "a commit sha of 40 hexadecimal digits");
}
function readMoment(payload, path) {
  const text2 = readText(payload, path);
  return text2 === "" ? "" : parseMoment(text2) ?? refuse2(path, text2, "a date and time");
}
function parseSha(text2) {
  return /^[0-9a-f]{40}$/i.test(text2) && !/^0+$/.test(text2) ? text2.toLowerCase() : void 0;
}
function parseMoment(text2) {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text2) ? new Date(text2) : void 0;
  return moment === void 0 || Number.isNaN(moment.getTime()) ? void 0 : moment.toISOString().replace(/\.\d+Z$/, "Z");
}
function readField(payload, path) {
  let value = payload;
  const seen = [];
  for (const name of path.split(".")) {
    if (value === void 0 || value === null) return void 0;
    if (!isObject(value)) return refuse2(seen.join("."), value, "an object");
    value = Object.hasOwn(value, name) ? value[name] : void 0;
    seen.push(name);
  }
  return value;
}
function refuse2(path, value, wanted) {
  throw new InputError(`The event payload has ${quote(value)} at ${path}, where GitHub gives ${wanted}.`);
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
  const [day2 = "", clock = ""] = options2.now.toISOString().split(/[T.]/);
  const date = day2.replaceAll("-", "");
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
    const read2 = parseTag(`${name}${suffix}`, context).class;
    if (read2 !== "tag" && read2 !== "unknown") {
      throw new InputError(
        `Input extra-tags holds ${quote(name)}, which reads as a tag of class ${read2}; choose a name of your own.`
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
function readCommitDate(text2) {
  if (text2 === "") return "";
  const moment = parseMoment(text2);
  if (moment === void 0)
    throw new InputError(`Commit date ${quote(text2)} is no date and time such as 2024-06-28T14:30:22Z.`);
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

// ../packages/tagging/src/companion-tag.ts
var endings = [".sig", ".att", ".sbom"];
function formatReferrersTag(digest) {
  return digest.replace(":", "-");
}
function formatSignatureTags(digest) {
  return endings.map((ending) => `${formatReferrersTag(digest)}${ending}`);
}
function parseCompanionTag(tag) {
  const [, hex, ending = ""] = /^sha256-([0-9a-f]{64})(?![0-9a-f])(.*)$/.exec(tag) ?? [];
  return hex === void 0 ? void 0 : { subject: `sha256:${hex}`, ending };
}

// ../packages/tagging/src/events/token-origin.ts
var pullRequestEvents = ["pull_request", "pull_request_review", "pull_request_review_comment"];
function readTokenOrigin(event, payload) {
  const isPullRequest = isOfPullRequest(event);
  if (isPullRequest && hasObject(payload, "pull_request") && isForked(event, payload)) return "fork";
  const limitsDependabot = isPullRequest || event.eventName === "push";
  return limitsDependabot && event.actor === "dependabot[bot]" ? "dependabot" : "repository";
}
function isOfPullRequest({ eventName }) {
  return pullRequestEvents.includes(eventName);
}
function isForked(event, payload) {
  if (isNull(payload, "pull_request.head.repo")) return true;
  const base = readText(payload, "repository.full_name") || event.repository;
  const head = readText(payload, "pull_request.head.repo.full_name") || base;
  return head.toLowerCase() !== base.toLowerCase();
}

// ../packages/tagging/src/events/vouched-commits.ts
function vouchedCommits(event) {
  const payload = asPayload(event.payload);
  const isOwn = (path) => readText(payload, path).toLowerCase() === event.repository.toLowerCase() && event.repository !== "";
  const isOwnPullRequest = isOfPullRequest(event) && isOwn("pull_request.head.repo.full_name");
  const isOwnRun = event.eventName === "workflow_run" && isOwn("workflow_run.head_repository.full_name");
  const commits = [
    /^refs\/(?:heads|tags)\//.test(event.ref) || isOwnPullRequest ? event.sha : "",
    isOwnPullRequest ? readText(payload, "pull_request.head.sha") : "",
    event.eventName === "merge_group" ? readText(payload, "merge_group.head_sha") : "",
    isOwnRun ? readText(payload, "workflow_run.head_sha") : ""
  ];
  return commits.flatMap((sha) => parseSha(sha) ?? []);
}

// ../packages/tagging/src/group-by.ts
function groupBy(items2, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items2) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

// ../packages/tagging/src/image-facts.ts
function readImageFacts(labelsOrAnnotations) {
  const read2 = (key) => {
    const value = Object.hasOwn(labelsOrAnnotations, key) ? labelsOrAnnotations[key] : void 0;
    return typeof value === "string" ? value : "";
  };
  const kind = buildKinds.find((each) => each === read2(`${ownPrefix}kind`));
  const number = read2(`${ownPrefix}pull-request`);
  const branch = read2(`${ownPrefix}branch`);
  const revision = read2(`${ociPrefix}revision`).toLowerCase();
  const source = read2(`${ociPrefix}source`);
  const version = parseVersion(read2(`${ownPrefix}version`));
  const fingerprint = read2(fingerprintKey);
  return {
    kind: kind === void 0 || kind === "none" ? "unknown" : kind,
    component: read2(`${ownPrefix}component`),
    .../^[1-9]\d{0,14}$/.test(number) && { pullRequest: Number(number) },
    ...branch !== "" && { branch: decodeLine(branch) },
    .../^[0-9a-f]{40}$/.test(revision) && { revision },
    ...source !== "" && { source },
    ...version !== void 0 && { version: formatVersion(version) },
    ...isFingerprint(fingerprint) && { fingerprint }
  };
}
function isFingerprint(text2) {
  return text2.length <= 500 && /^[a-z-]+=[0-9a-f]{8}(?:,[a-z-]+=[0-9a-f]{8})*$/.test(text2);
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
    url: `${(event.serverUrl || "https://github.com").replace(/(?<!\/)\/+$/, "")}/${fullName}`,
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

// ../packages/publishing/src/build/name-hash.ts
function nameHash(text2) {
  let hash = 2166136261;
  for (const character of text2) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

// ../packages/publishing/src/build/platform.ts
var VARIANTS = /* @__PURE__ */ new Map([
  ["amd64", ["", "v2", "v3", "v4"]],
  ["arm64", ["", "v9"]],
  ["arm", ["v5", "v6", "v7"]],
  ["386", [""]],
  ["loong64", [""]],
  ["mips64", [""]],
  ["mips64le", [""]],
  ["ppc64le", [""]],
  ["riscv64", [""]],
  ["s390x", [""]]
]);
var ALIASES = /* @__PURE__ */ new Map([
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["amd64/v1", "amd64"],
  ["aarch64", "arm64"],
  ["arm64/v8", "arm64"],
  ["arm64/8", "arm64"],
  ["aarch64/v8", "arm64"],
  ["arm", "arm/v7"],
  ["arm/5", "arm/v5"],
  ["arm/6", "arm/v6"],
  ["arm/7", "arm/v7"],
  ["armhf", "arm/v7"],
  ["armel", "arm/v6"],
  ["i386", "386"]
]);
function parsePlatform(text2) {
  const [os, ...rest] = text2.trim().toLowerCase().split("/");
  const machine = rest.join("/");
  const [architecture = "", variant = "", ...more] = (ALIASES.get(machine) ?? machine).split("/");
  if (os !== "linux" || more.length > 0 || !VARIANTS.get(architecture)?.includes(variant)) {
    throw new InputError(
      `Input platforms names ${JSON.stringify(text2)}, which is no Linux platform known here: write such as linux/amd64, linux/arm64, linux/arm/v7 or linux/riscv64.`
    );
  }
  return variant === "" ? `linux/${architecture}` : `linux/${architecture}/${variant}`;
}
function parsePlatforms(text2) {
  const platforms = text2.split(/[\s,]+/).filter((part) => part !== "").map(parsePlatform);
  if (platforms.length === 0) throw new InputError("Input platforms is empty: name at least one, such as linux/amd64.");
  const twice = platforms.find((platform, index) => platforms.indexOf(platform) !== index);
  if (twice !== void 0) throw new InputError(`Input platforms names ${twice} twice: name each platform once.`);
  return platforms;
}
function platformSlug(platform) {
  return platform.replaceAll("/", "-");
}

// ../packages/publishing/src/build/archive-name.ts
var readable = 80;
function nameArchives(plan, selection, attempt) {
  return `${stem(plan)}-${platformSlug(selection)}-${attempt}`;
}
function nameArchive(plan, platform, attempt) {
  return `${stem(plan)}-${platformSlug(platform)}-${attempt}${archiveEnding}`;
}
var archiveEnding = ".oci.tar";
function attemptOfArchive(fileName) {
  return Number(/-([1-9][0-9]{0,5})\.oci\.tar$/.exec(fileName)?.[1] ?? 0);
}
function stem({ images: [image = ""], component, suffix }) {
  const path = image.split("/").slice(1);
  const name = path.length > 1 ? path.slice(1) : path;
  const text2 = [...name, ...component === "" ? [] : [component]].join("-") + suffix;
  return `image-${text2.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, readable)}-${nameHash([image, component, suffix].join("\n"))}`;
}

// ../packages/publishing/src/build/csv.ts
function formatCsvField(field) {
  return /[",\r\n]|^\s|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
function formatCsv(pairs) {
  return pairs.map(([key, value]) => formatCsvField(`${key}=${value}`)).join(",");
}

// ../packages/publishing/src/build/build-command.ts
function chooseProvenance(asked, isPublic) {
  if (asked !== "auto") return asked;
  return isPublic ? "max" : "min";
}
function planBuildCommand(request) {
  const { plan, secrets, cache, fingerprint, dockerMediaTypes, reproducible, sourceDateEpoch } = request;
  const own = { ...plan.labels, ...dockerMediaTypes ? { [fingerprintKey]: fingerprint } : {} };
  const labels = [...Object.entries(own).map(([key, value]) => `${key}=${value}`), ...request.labels];
  const args = [
    ...["buildx", "build", "--progress=plain", `--platform=${request.platform}`],
    `--file=${request.dockerfile}`,
    `--metadata-file=${request.metadataFile}`,
    `--output=${formatOutput(request)}`,
    ...attestations(request),
    // Docker's media types have no annotations: there it is a label.
    ...dockerMediaTypes ? [] : ["--annotation", `manifest:${fingerprintKey}=${fingerprint}`],
    ...request.target === "" ? [] : [`--target=${request.target}`],
    ...request.buildArgs.flatMap((value) => ["--build-arg", value]),
    ...request.buildContexts.flatMap((value) => ["--build-context", value]),
    ...labels.flatMap((value) => ["--label", value]),
    ...secrets.flatMap(({ id }, index) => ["--secret", formatCsv([["id", id], ["env", secretVariable(index)]])]),
    // biome-ignore format: one flag a line
    ...request.sshKeyFile === void 0 ? [] : ["--ssh", `default=${request.sshKeyFile}`],
    ...request.noCache ? ["--no-cache"] : [],
    ...request.pull ? ["--pull"] : [],
    ...cache.from.flatMap((value) => ["--cache-from", value]),
    ...cache.to.flatMap((value) => ["--cache-to", value]),
    request.context
  ];
  return {
    args,
    env: {
      ...Object.fromEntries(secrets.map(({ value }, index) => [secretVariable(index), value])),
      // In the environment it reaches the steps of the build as well: BuildKit dates the folder of WORKDIR by it, and so another
      // commit would have nothing behind that in the cache.
      ...reproducible && sourceDateEpoch !== void 0 ? { SOURCE_DATE_EPOCH: String(sourceDateEpoch) } : {}
    }
  };
}
function secretVariable(index) {
  return `LONGSHORE_SECRET_${index}`;
}
function formatOutput({ plan, archive, dockerMediaTypes, sourceDateEpoch, reproducible }) {
  const target = archive === void 0 ? [
    ["type", "image"],
    ["name", plan.images.join(",")],
    ["push-by-digest", "true"],
    ["name-canonical", "true"],
    ["push", "true"],
    // Only the registry is to have it. In an engine's image store builds of one name would also get in each other's
    // way: "already exists" (https://github.com/docker/buildx/issues/3576).
    ["store", "false"]
  ] : [
    ["type", "oci"],
    ["name", `${plan.images[0]}:${plan.primaryTag}`],
    ["dest", archive]
  ];
  return formatCsv([
    ...target,
    // Said either way: without attestations BuildKit falls back to Docker's types, whose lists carry no annotations.
    ...archive === void 0 ? [["oci-mediatypes", String(!dockerMediaTypes)]] : [],
    ...sourceDateEpoch === void 0 ? [] : [["source-date-epoch", String(sourceDateEpoch)]],
    // Rewrites every layer that is not the base's, cached ones too: each commit would have other layers and upload them all.
    ...reproducible ? [["rewrite-timestamp", "true"]] : []
  ]);
}
function attestations({ provenance, sbom, dockerMediaTypes, archive }) {
  const without = dockerMediaTypes || archive !== void 0;
  return [
    without || provenance === "none" ? "--provenance=false" : `--provenance=mode=${provenance}`,
    `--sbom=${!without && sbom}`
  ];
}

// ../packages/publishing/src/build/build-steps.ts
var mostSteps = 1e3;
function createStepCounter() {
  const ran = /* @__PURE__ */ new Map();
  let open = /* @__PURE__ */ new Map();
  const startStep = (number, place) => {
    if (!open.has(number) && open.size < mostSteps) open.set(number, place);
  };
  const endStep = (number, isCached) => {
    const place = open.get(number);
    if (place === void 0) return;
    open.set(number, void 0);
    if (ran.has(place) || ran.size < mostSteps) ran.set(place, ran.get(place) === true || !isCached);
  };
  return {
    startAttempt: () => {
      open = /* @__PURE__ */ new Map();
    },
    readLine: (line) => {
      const [, number = "", said = ""] = /^#(\d{1,6}) (.{1,300})/u.exec(line) ?? [];
      const [, place, word] = /^\[([^\]]+)\] (\S+)/u.exec(said) ?? [];
      if (place !== void 0 && /(?:^|\s)\d+\/\d+$/u.test(place) && word !== "FROM") startStep(number, place);
      else if (/^CACHED$|^(?:extracting )?sha256:/u.test(said)) endStep(number, true);
      else if (/^DONE\b/u.test(said)) endStep(number, false);
    },
    count: () => {
      const cached = [...ran.values()].filter((isRun) => !isRun).length;
      return ran.size === 0 ? void 0 : { total: ran.size, cached };
    }
  };
}

// ../packages/publishing/src/build/cache.ts
function parseCacheStores(items2) {
  if (items2.length === 1 && items2[0] === "none") return [];
  const stores = items2.map((item) => {
    if (item === "gha" || item === "registry") return item;
    throw new InputError(`Input cache names ${JSON.stringify(item)}: use gha, registry, both (gha,registry) or none.`);
  });
  return [...new Set(stores)];
}
function planCache(request) {
  const { plan, ghaReachable } = request;
  const scopes = [.../* @__PURE__ */ new Set([plan.cache.own, plan.cache.fallback])].filter((scope) => scope !== "");
  const stores = request.stores.filter((store) => store !== "gha" || ghaReachable);
  const locations = stores.flatMap((store) => scopes.map((scope) => location(store, scope, request)));
  const own = plan.cache.own === "" ? [] : stores.map((store) => location(store, plan.cache.own, request));
  const unreachable = request.stores.includes("gha") && !ghaReachable;
  return {
    from: request.cold ? [] : locations.map(formatCsv),
    to: plan.cache.write ? own.map((pairs) => formatCsv([...pairs, ...exportOptions(pairs, request)])) : [],
    notices: unreachable ? [
      "GitHub's cache is not used: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not in this step's environment."
    ] : []
  };
}
function location(store, scope, { plan, platform, repository }) {
  const slug = platformSlug(platform);
  const image = plan.images[0] ?? "";
  if (store === "gha") {
    const parts = ["longshore", image, plan.component, slug, scope].filter((part) => part !== "");
    return [["type", "gha"], ["scope", parts.join("-").replaceAll(/[^A-Za-z0-9._-]+/g, "-")]];
  }
  const owner = plan.component || (repository === image ? "" : image.slice(image.lastIndexOf("/") + 1));
  return [["type", "registry"], ["ref", `${repository}:${cacheTag(slug, owner === "" ? scope : `${scope}-${owner}`)}`]];
}
function exportOptions(pairs, { dockerMediaTypes }) {
  const common = [["mode", "max"], ["ignore-error", "true"]];
  if (pairs[0]?.[1] === "gha") return common;
  return dockerMediaTypes ? [...common, ["image-manifest", "false"], ["oci-mediatypes", "false"]] : [...common, ["image-manifest", "true"], ["oci-mediatypes", "true"]];
}
var LONGEST_TAG = 128;
function cacheTag(slug, scope) {
  const tag = formatCacheTag(slug, scope);
  if (tag.length <= LONGEST_TAG) return tag;
  const mark = nameHash(scope);
  return formatCacheTag(slug, `${scope.slice(0, scope.length - (tag.length - LONGEST_TAG) - mark.length - 1)}-${mark}`);
}

// ../packages/publishing/src/build/cache-line.ts
function formatCacheLine({ platform, total, cached }) {
  return `Cache ${platform}: ${cached} of ${total} steps came from the cache.`;
}
function parseCacheLine(line) {
  const [, platform = "", cachedText, totalText] = pattern.exec(line) ?? [];
  const [cached, total] = [Number(cachedText), Number(totalText)];
  return cached <= total && isPlatform(platform) ? { platform, total, cached } : void 0;
}
var pattern = /^Cache (\S+): (0|[1-9]\d{0,3}) of ([1-9]\d{0,3}) steps came from the cache\.$/u;
function isPlatform(text2) {
  try {
    return parsePlatform(text2) === text2;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

// ../packages/publishing/src/build/command-lines.ts
function parseCommandLines(text2, what) {
  const commands = [];
  let words2 = [];
  let word;
  let quote4 = "";
  const endWord = () => {
    if (word !== void 0) words2.push(word);
    word = void 0;
  };
  const endCommand = () => {
    endWord();
    if (words2.length > 0) commands.push(words2);
    words2 = [];
  };
  const characters = [...text2.replaceAll("\r\n", "\n")];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    const next = characters[at + 1];
    if (character === "\\" && quote4 !== "'" && next !== void 0) {
      const taken = quote4 === "" || '"\\$`\n'.includes(next);
      if (taken) at += 1;
      if (next !== "\n" || !taken) word = `${word ?? ""}${taken ? next : character}`;
    } else if (quote4 !== "") {
      if (character === quote4) quote4 = "";
      else word += character;
    } else if (character === "'" || character === '"') {
      quote4 = character;
      word ??= "";
    } else if (character === "#" && word === void 0) {
      throw new InputError(`${what} holds a comment: leave it out, or put the word that begins with # in quotes.`);
    } else if (character === "\n") endCommand();
    else if (/\s/.test(character)) endWord();
    else word = `${word ?? ""}${character}`;
  }
  if (quote4 !== "") throw new InputError(`${what} opens a ${quote4} that does not end: close it.`);
  endCommand();
  return commands;
}
function formatCommandLine(words2) {
  return words2.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

// ../packages/publishing/src/build/compose-paths.ts
function listComposePaths(document) {
  const { include, services, configs, secrets } = fields(document);
  return [
    ...items(include).flatMap((entry, index) => includePaths(entry, `include.${index}`)),
    ...Object.entries(fields(services)).flatMap(([name, service]) => servicePaths(service, `services.${name}`)),
    ...filesOf(configs, "configs"),
    ...filesOf(secrets, "secrets")
  ];
}
function includePaths(entry, key) {
  if (typeof entry === "string") return read(entry, key, "compose");
  const { path, env_file, project_directory } = fields(entry);
  const [folder] = read(project_directory, `${key}.project_directory`, "file");
  return [
    ...folder === void 0 ? [] : [folder],
    ...read(path, `${key}.path`, "compose").map((found) => ({ ...found, ...folder && { folder: folder.path } })),
    ...read(env_file, `${key}.env_file`, "file")
  ];
}
function servicePaths(service, key) {
  const { env_file, label_file, extends: base, volumes } = fields(service);
  return [
    ...items(env_file).flatMap((entry) => read(isRecord(entry) ? entry.path : entry, `${key}.env_file`, "file")),
    ...read(label_file, `${key}.label_file`, "file"),
    ...read(fields(base).file, `${key}.extends.file`, "compose"),
    ...items(volumes).flatMap((volume) => mountPaths(volume, `${key}.volumes`))
  ];
}
function mountPaths(volume, key) {
  const source = typeof volume === "string" ? volume.split(":")[0] : fields(volume).source;
  const isRelative = typeof source === "string" && source.startsWith(".") && !source.includes("$");
  return isRelative ? [{ key, path: source, use: "mount" }] : [];
}
function filesOf(map, key) {
  return Object.entries(fields(map)).flatMap(
    ([name, entry]) => read(fields(entry).file, `${key}.${name}.file`, "file")
  );
}
function read(value, key, use) {
  return items(value).map((path) => {
    if (typeof path !== "string") throw new InputError(`${key} is no path: write it as text.`);
    if (path.includes("$")) {
      throw new InputError(
        `${key} is ${JSON.stringify(path.slice(0, 80))}: write the path without variables, so that it can be checked.`
      );
    }
    return { key, path, use };
  });
}
function items(value) {
  if (value === void 0 || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
function fields(value) {
  return isRecord(value) ? value : {};
}

// ../packages/publishing/src/digest.ts
var DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(text2) {
  return DIGEST.test(text2);
}
function parseDigest(text2, what) {
  if (isDigest(text2)) return text2;
  throw new InputError(
    `${what} is ${JSON.stringify(text2)}, not a digest: expected sha256: and 64 lower-case hex digits.`
  );
}

// ../packages/publishing/src/health/signature.ts
var RELEASING_TRIGGERS = [
  "push",
  "workflow_dispatch",
  "schedule",
  "release",
  "repository_dispatch",
  "workflow_run"
];
function decideSigning(event, ref, cause) {
  if (event === "pull_request_target" || event === "issue_comment") return { right: "never", event };
  if (event === "workflow_run" && (cause.startsWith("pull_request") || cause === "merge_group" || cause === "")) {
    return { right: "never", event };
  }
  if (event.startsWith("pull_request") || ref.startsWith("refs/pull/")) {
    return { right: "on-request", what: "a pull request" };
  }
  if (event === "merge_group" || ref.startsWith("refs/heads/gh-readonly-queue/")) {
    return { right: "on-request", what: "a merge queue" };
  }
  return { right: "signs" };
}
var GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
function identityOf(workflow, serverUrl) {
  return `^${`${serverUrl}/${workflow}`.replaceAll(/[.+*?()[\]{}|^$\\]/g, "\\$&")}@`;
}
function signArguments(reference, signer, usesSigningConfig) {
  const key = signer.kind === "key" ? ["--key", "env://COSIGN_PRIVATE_KEY"] : [];
  const withoutLog = [...usesSigningConfig ? ["--use-signing-config=false"] : [], "--tlog-upload=false"];
  const log = signer.kind === "key" && !signer.transparencyLog ? withoutLog : [];
  return ["sign", "--yes", ...key, ...log, reference];
}
function verifyArguments(reference, trust) {
  switch (trust.kind) {
    case "workflow": {
      const identity = ["--certificate-identity-regexp", trust.identity, "--certificate-oidc-issuer", trust.issuer];
      const whose = ["--certificate-github-workflow-repository", trust.repository];
      const ref = trust.ref === void 0 ? [] : ["--certificate-github-workflow-ref", trust.ref];
      const trigger = trust.trigger === void 0 ? [] : ["--certificate-github-workflow-trigger", trust.trigger];
      return ["verify", ...identity, ...whose, ...ref, ...trigger, reference];
    }
    case "key": {
      const log = trust.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
      return ["verify", "--key", trust.publicKey, ...log, reference];
    }
  }
}
function attestationArguments(reference, attester) {
  const { repository, workflow, ref, predicateType } = attester;
  const signer = ["--repo", repository, "--signer-workflow", workflow];
  const source = ref === void 0 ? [] : ["--source-ref", ref];
  const what = predicateType === void 0 ? [] : ["--predicate-type", predicateType];
  return ["attestation", "verify", `oci://${reference}`, ...signer, ...source, ...what];
}
function hasReleasingTrigger(output) {
  let verified;
  try {
    verified = JSON.parse(output);
  } catch {
    return false;
  }
  return Array.isArray(verified) && verified.some((one) => RELEASING_TRIGGERS.includes(readTrigger(one)));
}
function readTrigger(verified) {
  let value = verified;
  for (const key of ["verificationResult", "signature", "certificate", "buildTrigger"]) {
    if (typeof value !== "object" || value === null) return "";
    value = value[key];
  }
  return typeof value === "string" ? value : "";
}
function sbomPredicateType(sbom) {
  const { spdxVersion, SPDXID, bomFormat, serialNumber, specVersion } = sbom ?? {};
  if (SPDXID && typeof spdxVersion === "string" && /^SPDX-\d+\.\d+$/.test(spdxVersion)) {
    return `https://spdx.dev/Document/v${spdxVersion.slice("SPDX-".length)}`;
  }
  return bomFormat && serialNumber && specVersion ? "https://cyclonedx.org/bom" : void 0;
}

// ../packages/publishing/src/health/verification.ts
function judgeVerification(verifier, { exitCode, stderr }) {
  if (exitCode === 0) return { verdict: "verified" };
  if (exitCode === 127) {
    return { verdict: "not-checked", said: `there is no ${verifier} on this runner`, transient: false };
  }
  const error = verifier === "cosign" ? finalCosignError(stderr) : finalGhError(stderr);
  const said = oneLine(error);
  const { absent, refused, refusedUnlessFailing } = words[verifier];
  const isAbsent = absent.test(error);
  const otherTrigger = /Workflow ?Trigger/i.test(error);
  const refusal = { verdict: "refused", said, absent: isAbsent, otherTrigger };
  if (isAbsent || refused.test(error)) return refusal;
  if (isPassing(error)) return { verdict: "not-checked", said, transient: true };
  if (shut.test(error)) return { verdict: "not-checked", said, transient: false };
  if (refusedUnlessFailing.test(error)) return refusal;
  return { verdict: "not-checked", said, transient: false };
}
var words = {
  cosign: {
    absent: /no signatures found|image tag not found|no valid bundles exist|MANIFEST_UNKNOWN|manifest unknown/i,
    refused: /none of the expected identities matched|no matching CertificateIdentity found|expected GitHub Workflow \w+ not found in certificate|invalid signature|failed to verify signature|could not verify (?:envelope|message)|no certificate found on signature|signature in bundle does not match|comparing public key PEMs|certificate (?:expired|was issued) |certificate signed by unknown authority|cert verification failed|unable to verify SET|log public key not found/i,
    refusedUnlessFailing: /no matching (?:signatures|attestations)/i
  },
  gh: {
    absent: /no attestations found|no matching predicate found|\bHTTP 404\b/i,
    refused: /no attestations were verified|verifying with issuer|expected \w+ to be |no matching CertificateIdentity found|does not match|leaf certificate issuer is not recognized/i,
    refusedUnlessFailing: /failed to find recognized issuer|verification failed/i
  }
};
var passing = [
  /\]\[(?:408|429|5\d\d)\]/,
  // Rekor: `[GET /api/v1/log/entries][502] …`
  /\b(?:returned|status(?: code)?|HTTP|unexpected status code):? ?"?(?:408|425|429|5\d\d)\b/i,
  /\b(?:429 Too Many Requests|toomanyrequests|500 Internal Server Error|50[234] [A-Z])/i,
  /rate limit/i,
  /resource temporarily unavailable/,
  // two processes open cosign's store of trusted keys at once
  /\btuf: failed to download|error updating to TUF remote mirror|failed to (?:download|refresh|persist) (?:root|timestamp|snapshot|targets|metadata)|getting trusted root from TUF|trusted root is required|failed to create TUF client|failed to get trusted root|error creating Sigstore verifier/i,
  /connection re(?:set|fused)|broken pipe|\bEOF\b|i\/o timeout|handshake timeout|timed out|Client\.Timeout exceeded|(?:context )?deadline exceeded|no route to host|network is unreachable|no such host|server misbehaving|temporary failure in name resolution|http2: |error connecting to /i,
  /invalid character '<' looking for beginning of value/
  // a proxy's page in place of an answer
];
var shut = /\b(?:HTTP|status code) (?:401|403)\b|\b(?:401 Unauthorized|403 Forbidden)\b|UNAUTHORIZED|DENIED|denied|authorization failed|not logged in|GH_TOKEN/;
function isPassing(error) {
  return passing.some((pattern2) => pattern2.test(error));
}
function finalCosignError(stderr) {
  const lines = stderr.trim().split("\n");
  const from = lines.findLastIndex((line) => line.startsWith("Error: "));
  if (from < 0) return lines.findLast((line) => !line.startsWith("WARNING")) ?? "";
  const rest = lines.slice(from);
  const again = rest.findIndex((line) => /^(?:\S+ \S+ |main\.go:\d+: )?error during command execution: /.test(line));
  return rest.slice(0, again < 0 ? void 0 : again).join("\n").replace(/^Error: /, "");
}
function finalGhError(stderr) {
  const lines = stderr.trim().split("\n");
  const from = lines.findLastIndex((line) => line.startsWith("Error: "));
  return lines.slice(from < 0 ? -5 : from).join("\n").replace(/^Error: /, "");
}
function oneLine(error) {
  const line = error.replaceAll(/\s+/g, " ").trim() || "no reason given";
  return line.length > 300 ? `${line.slice(0, 149)}…${line.slice(-150)}` : line;
}

// ../packages/publishing/src/index/size-change.ts
function formatSize(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (Number(value.toFixed(1)) >= 1e3 && unit < units.length - 1) {
    value /= 1e3;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
function formatSizeChange({ size, before }) {
  if (before === void 0) return "new";
  const difference = size - before;
  if (difference === 0) return "no change";
  const sign = difference > 0 ? "+" : "−";
  const percent = (Math.abs(difference) / before * 100).toFixed(1);
  const share = before === 0 || percent === "0.0" ? "" : ` (${sign}${percent} %)`;
  return `${sign}${formatSize(Math.abs(difference))}${share}`;
}

// ../packages/publishing/src/build/build-inputs.ts
var ARGUMENT = /^[A-Za-z_]\w*=/;
var PAIR = /^[^=\s"'`#]+=/;
var NAME = /^[^=\s"'`#]+$/;
function parsePairs(input, lines, form) {
  const known = input === "build-args" ? ARGUMENT : PAIR;
  const bad = lines.find((line) => !known.test(line));
  if (bad === void 0) return lines;
  throw new InputError(`Input ${input} holds the line ${quote2(bad)}: ${advise(bad, input, form)}.`);
}
function advise(line, input, form) {
  const write = `write ${form}, one a line`;
  if (/^["'`]/.test(line)) return `write it without quotes, as ${form}, with a value of one line`;
  if (line.startsWith("#")) return `there are no comments, so leave the line out, or ${write}`;
  if (!line.includes("="))
    return `it gives no value, and none is taken from the environment or from the line before; ${write}`;
  return input === "build-args" ? `a name is letters, digits and _, not beginning with a digit; ${write}` : write;
}
function splitPair(line) {
  const end = line.indexOf("=");
  return { name: line.slice(0, end), value: line.slice(end + 1) };
}
function localContextOf(value) {
  if (/^(?:docker-image:\/\/|target:|https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(value)) return void 0;
  return value.replace(/^oci-layout:\/\/(.*?)(?:@sha256:[0-9a-f]+|:[\w.-]+)?$/, "$1");
}
function parseVolatile(names) {
  const bad = names.find((name) => !NAME.test(name));
  if (bad === void 0) return names;
  throw new InputError(
    `Input volatile names ${quote2(bad)}: give names of build arguments or labels, such as BUILD_NUMBER.`
  );
}
function parseSecrets(text2) {
  const entries = text2.matchAll(/[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?:\n|$)|([^\n]+)(?:\n|$)/g);
  const secrets = [...entries].map(([, quoted, plain]) => quoted === void 0 ? (plain ?? "").trim() : quoted.replaceAll('""', '"')).filter((entry) => entry !== "").map(parseSecret);
  const twice = secrets.find(({ id }, index) => secrets.findIndex((other) => other.id === id) !== index);
  if (twice !== void 0) throw new InputError(`Input secrets gives the id ${twice.id} twice: give each secret once.`);
  return secrets;
}
function parseSecret(entry, index) {
  const end = entry.indexOf("=");
  const id = entry.slice(0, Math.max(end, 0));
  if (!/^[A-Za-z0-9_.-]+$/.test(id)) {
    throw new InputError(
      `Input secrets: entry ${index + 1} is not of the form id=value, where the id is letters, digits, dot, dash and underscore.`
    );
  }
  return { id, value: entry.slice(end + 1) };
}
function quote2(text2) {
  return JSON.stringify(text2.length > 80 ? `${text2.slice(0, 79)}…` : text2);
}

// ../packages/publishing/src/build/cache-log.ts
function readCacheLog(log) {
  const told = /* @__PURE__ */ new Map();
  let isInGroup = false;
  for (const line of log.split("\n")) {
    const [, said = ""] = /^\ufeff?\d{4}-\d\d-\d\dT[\d:.]{8,20}Z (.{0,200}?)\r?$/u.exec(line) ?? [];
    const [, mark] = /^##\[(group|endgroup)\]/u.exec(said) ?? [];
    if (mark !== void 0) isInGroup = mark === "group";
    const hits = isInGroup ? void 0 : parseCacheLine(said);
    if (hits !== void 0) told.set(hits.platform, hits);
  }
  return [...told.values()];
}

// ../packages/publishing/src/build/dockerfile.ts
var PLACES = ["Dockerfile", "docker/Dockerfile", "build/Dockerfile"];
function findDockerfile(file, context, exists) {
  const places = file === "" ? PLACES : [file];
  const found = places.find(exists);
  if (found !== void 0) return found;
  const where = `in context ${JSON.stringify(context)}`;
  if (file !== "") {
    throw new InputError(
      `Input file is ${JSON.stringify(file)}, but there is no such file ${where}: it is relative to the context.`
    );
  }
  throw new InputError(`No Dockerfile ${where}: looked for ${places.join(", ")}. Add one or name it in input file.`);
}

// ../packages/publishing/src/build/fingerprint.ts
var inputOf = {
  file: "file",
  context: "context",
  target: "target",
  args: "build-args",
  contexts: "build-contexts",
  labels: "labels",
  secrets: "secrets",
  ssh: "ssh-key",
  provenance: "provenance",
  sbom: "sbom",
  "media-types": "docker-media-types",
  reproducible: "reproducible",
  submodules: "submodules"
};
function fingerprintBuild(inputs, hash) {
  const lasting = (lines) => lines.filter((line) => !inputs.volatile.includes(splitPair(line).name));
  const parts = [
    ["file", [inputs.file, inputs.dockerfileText]],
    ["context", inputs.context === "" ? [] : [inputs.context]],
    ["target", inputs.target === "" ? [] : [inputs.target]],
    ["args", sortByName(lasting(inputs.buildArgs))],
    ["contexts", sortByName(inputs.buildContexts)],
    ["labels", sortByName(lasting(inputs.labels))],
    ["secrets", [...inputs.secretIds].sort()],
    ["ssh", inputs.hasSshKey ? ["default"] : []],
    ["provenance", inputs.provenance === "auto" ? [] : [inputs.provenance]],
    ["sbom", inputs.sbom ? ["true"] : []],
    ["media-types", inputs.dockerMediaTypes ? ["docker"] : []],
    ["reproducible", inputs.reproducible ? ["true"] : []],
    ["submodules", inputs.submodules === "false" ? [] : [inputs.submodules]]
  ];
  return parts.filter(([, told]) => told.length > 0).map(([word, told]) => `${word}=${hash(JSON.stringify(told)).slice(0, 8)}`).join(",");
}
function sortByName(lines) {
  const nameOf = (line) => `${splitPair(line).name}=`;
  return [...lines].sort((one, other) => nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0);
}
function compareFingerprints(one, other) {
  if (one === void 0 || other === void 0) return [];
  const [left, right] = [parse2(one), parse2(other)];
  const words2 = [.../* @__PURE__ */ new Set([...left.keys(), ...right.keys()])];
  return words2.filter((word) => left.get(word) !== right.get(word)).map((word) => inputOf[word] ?? word);
}
function parse2(fingerprint) {
  return new Map(fingerprint.split(",").map((part) => [part.split("=", 1)[0] ?? "", part]));
}

// ../packages/publishing/src/build/platform-result.ts
function parsePlatformResults(text2) {
  const value = parseJson2(text2, "Input results");
  if (Array.isArray(value)) return value.map(parsePlatformResult);
  if (!isRecord(value)) {
    throw new InputError("Input results is neither a JSON list of platform results nor the needs context as JSON.");
  }
  return Object.entries(value).flatMap(([job, entry]) => resultsOfJob(job, entry));
}
function jobsWithoutResult(text2) {
  const value = parseJson2(text2, "Input results");
  if (!isRecord(value) || Array.isArray(value)) return [];
  return Object.entries(value).filter(([, job]) => isRecord(job) && job.result === "success" && !(isRecord(job.outputs) && job.outputs.result)).map(([job]) => job);
}
function resultsOfJob(job, entry) {
  if (!isRecord(entry)) throw new InputError(`Input results: the entry of job ${job} is no object.`);
  const result = entry.result;
  if (result === "skipped") return [];
  if (result !== "success") {
    throw new InputError(`Input results: job ${job} ended as ${JSON.stringify(result)}, so its platforms are missing.`);
  }
  const outputs = entry.outputs;
  const text2 = isRecord(outputs) ? outputs.result : void 0;
  if (text2 === void 0 || text2 === "") return [];
  const list = typeof text2 === "string" ? parseJson2(text2, `Input results: output result of job ${job}`) : void 0;
  if (!Array.isArray(list)) throw new InputError(`Input results: output result of job ${job} is no JSON list.`);
  return list.map(parsePlatformResult);
}
function parsePlatformResult(value) {
  if (!isRecord(value)) throw new InputError(`Input results holds ${JSON.stringify(value)}, which is no object.`);
  const platform = parsePlatform(text(value, "platform"));
  const delivery = value.delivery;
  if (delivery !== "registry" && delivery !== "artifact") {
    throw new InputError(
      `Input results: delivery of ${platform} is ${JSON.stringify(delivery)}, expected registry or artifact.`
    );
  }
  const { reused, retries, rebuilt } = value;
  if (typeof reused !== "boolean") throw new InputError(`Input results: reused of ${platform} is no boolean.`);
  if (rebuilt !== void 0 && rebuilt !== true) {
    throw new InputError(
      `Input results: rebuilt of ${platform} is ${JSON.stringify(rebuilt)}, expected true or nothing.`
    );
  }
  if (!Array.isArray(retries) || !retries.every((item) => typeof item === "string")) {
    throw new InputError(`Input results: retries of ${platform} is no list of strings.`);
  }
  return {
    platform,
    digest: parseDigest(text(value, "digest"), `Input results: digest of ${platform}`),
    manifest: parseDigest(text(value, "manifest"), `Input results: manifest of ${platform}`),
    size: amount(value, "size", platform),
    seconds: amount(value, "seconds", platform),
    reused,
    ...value.fingerprint === void 0 ? {} : { fingerprint: parseFingerprint(text(value, "fingerprint"), platform) },
    ...rebuilt === void 0 ? {} : { rebuilt },
    retries,
    revision: text(value, "revision"),
    delivery,
    ...value.archive === void 0 ? {} : { archive: text(value, "archive") },
    ...value.steps === void 0 ? {} : { steps: parseSteps(value.steps, platform) }
  };
}
function parseFingerprint(value, platform) {
  if (isFingerprint(value)) return value;
  throw new InputError(
    `Input results: fingerprint of ${platform} is ${JSON.stringify(value.slice(0, 80))}, expected short hashes such as file=1a2b3c4d.`
  );
}
function parseSteps(value, platform) {
  const { total, cached } = isRecord(value) ? value : {};
  if (isCount(total) && isCount(cached) && total > 0 && cached <= total) return { total, cached };
  throw new InputError(`Input results: steps of ${platform} is ${JSON.stringify(value)}, expected total and cached.`);
}
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
function parseJson2(text2, what) {
  try {
    return JSON.parse(text2);
  } catch (cause) {
    throw new InputError(`${what} is not JSON: ${JSON.stringify(text2.slice(0, 80))}.`, { cause });
  }
}
function text(record, key) {
  const value = record[key];
  if (typeof value === "string") return value;
  throw new InputError(`Input results: ${key} is ${JSON.stringify(value) ?? "missing"}, expected a string.`);
}
function amount(record, key, platform) {
  const value = record[key];
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new InputError(
    `Input results: ${key} of ${platform} is ${JSON.stringify(value) ?? "missing"}, expected a number.`
  );
}

// ../packages/publishing/src/build/select-platforms.ts
var SELECTIONS = ["linux/amd64", "linux/arm64", "other-amd64", "other-arm64"];
function parsePlatformSelection(text2) {
  const selection = SELECTIONS.find((name) => name === text2);
  if (selection !== void 0) return selection;
  throw new InputError(`Input select is ${JSON.stringify(text2)}: use one of ${SELECTIONS.join(", ")}.`);
}
function selectPlatforms(platforms, selection) {
  return platforms.filter((platform) => selectionOf(platform) === selection);
}
function selectionOf(platform) {
  if (platform === "linux/amd64" || platform === "linux/arm64") return platform;
  return platform.startsWith("linux/arm") ? "other-arm64" : "other-amd64";
}

// ../packages/publishing/src/health/tag-health.ts
function judgeTagHealth(seen, rules) {
  if (seen === void 0) return [{ kind: "not-resolving", detail: "The tag names nothing." }];
  const lacking = rules.platforms.filter((platform) => !seen.platforms.includes(platform));
  return [
    ...lacking.map((platform) => ({
      kind: "missing-platform",
      detail: `The image has no ${platform}, only ${seen.platforms.join(", ") || "nothing"}.`
    })),
    ...seen.missing.map(({ digest, what }) => ({
      kind: "missing-part",
      detail: `The image lists ${digest} (${what}), which the registry has not: pulls of it fail.`
    })),
    ...judgeAge(seen.created, rules)
  ];
}
var day = 864e5;
function judgeAge(created, { maximumAge, now }) {
  if (maximumAge === void 0) return [];
  const made = Date.parse(created);
  if (Number.isNaN(made)) {
    return [{ kind: "no-date", detail: "The image does not say how old it is (no org.opencontainers.image.created)." }];
  }
  const age = now - made;
  if (age <= maximumAge) return [];
  const inDays = (time) => `${Math.floor(time / day)} days`;
  return [
    { kind: "too-old", detail: `The image is of a commit ${inDays(age)} old; ${inDays(maximumAge)} are allowed.` }
  ];
}
function movingTagsOf(names, context) {
  const moving = ["latest", "branch", "version-line"];
  return names.filter((name) => moving.includes(parseTag(name, context).class));
}

// ../packages/publishing/src/index/found-image.ts
function judgeFoundImage(wanted, { facts, platforms, missing }) {
  if (facts.revision === void 0) {
    if (missing.length > 0) return incomplete(missing);
    return {
      verdict: "other",
      reason: `it does not say which commit it is of (no org.opencontainers.image.revision), and ${wanted.revision} is expected`
    };
  }
  if (facts.revision !== wanted.revision) {
    return { verdict: "other", reason: `it is of commit ${facts.revision}, and ${wanted.revision} is expected` };
  }
  if (wanted.component !== "" && facts.component !== wanted.component) {
    const own = facts.component === "" ? "no component" : `component ${facts.component}`;
    return { verdict: "other", reason: `it is of ${own}, and ${wanted.component} is expected` };
  }
  const lacking = wanted.platforms.filter((platform) => !platforms.includes(platform));
  if (lacking.length > 0) {
    return {
      verdict: "incomplete",
      reason: `it lacks ${lacking.join(", ")} (it has ${platforms.join(", ") || "no platform"})`
    };
  }
  return missing.length > 0 ? incomplete(missing) : { verdict: "found" };
}
function incomplete(missing) {
  return { verdict: "incomplete", reason: `its part ${missing[0]} cannot be read` };
}

// ../packages/publishing/src/index/oci-content.ts
var mostParts = 1e3;
function parseOciContent(text2, what) {
  const value = parseJson3(text2);
  if (!isRecord(value)) throw new InputError(`${what} is no manifest: it is not a JSON object.`);
  const mediaType = typeof value.mediaType === "string" ? value.mediaType : "";
  const annotations = readStrings(value.annotations);
  if (Array.isArray(value.manifests)) {
    const { length } = value.manifests;
    if (length > mostParts)
      throw new InputError(`${what} names ${length} manifests: more than ${mostParts} are no image.`);
    return { type: "index", mediaType, manifests: value.manifests.map((item) => descriptor(item, what)), annotations };
  }
  if (!Array.isArray(value.layers)) throw new InputError(`${what} is neither an image index nor an image manifest.`);
  const layers = value.layers.map((item) => descriptor(item, what));
  return { type: "manifest", mediaType, config: descriptor(value.config, what), layers, annotations };
}
function isAttestation(descriptor2) {
  return descriptor2.annotations?.["vnd.docker.reference.type"] === "attestation-manifest";
}
function platformOf({ platform }) {
  if (platform === void 0) return void 0;
  const { os, architecture, variant = "" } = platform;
  try {
    return parsePlatform(variant === "" ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`);
  } catch {
    return void 0;
  }
}
function imageSize({ config, layers }) {
  return layers.reduce((sum, layer) => sum + layer.size, config.size);
}
function parseJson3(text2) {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
function descriptor(value, what) {
  const { mediaType, digest, size, platform, annotations } = isRecord(value) ? value : {};
  if (typeof mediaType !== "string" || typeof digest !== "string" || !isDigest(digest) || typeof size !== "number") {
    throw new InputError(`${what} holds a descriptor without media type, digest or size.`);
  }
  return {
    ...{ mediaType, digest, size },
    ...isRecord(platform) ? { platform: readPlatform(platform) } : {},
    ...annotations === void 0 ? {} : { annotations: readStrings(annotations) }
  };
}
function readPlatform({ os, architecture, variant }) {
  return { os: String(os), architecture: String(architecture), ...variant ? { variant: String(variant) } : {} };
}
function readStrings(value) {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry) => typeof entry[1] === "string")
  );
}

// ../packages/publishing/src/index/image-config.ts
function readImageConfig(text2) {
  const content = parseRecord(text2);
  if (content === void 0) return void 0;
  const { os, architecture, variant, config } = content;
  if (typeof os !== "string" || typeof architecture !== "string") return void 0;
  const platform = { os, architecture, ...typeof variant === "string" && variant !== "" ? { variant } : {} };
  const labels = isRecord(config) && isRecord(config.Labels) ? config.Labels : {};
  return {
    platform: platformOf({ mediaType: "", digest: "", size: 0, platform }) ?? `${os}/${architecture}`,
    labels: Object.fromEntries(
      Object.entries(labels).filter((entry) => typeof entry[1] === "string")
    )
  };
}
function parseRecord(text2) {
  try {
    const value = JSON.parse(text2);
    return isRecord(value) ? value : void 0;
  } catch {
    return void 0;
  }
}

// ../packages/publishing/src/index/image-reference.ts
function parseImageReference(text2, input) {
  const [name = "", ...digests] = text2.trim().split("@");
  if (digests.length > 1) throw refuse3(text2, input, "holds more than one `@`");
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/") && colon > 0;
  const tag = hasTag ? name.slice(colon + 1) : void 0;
  if (tag !== void 0 && !isOciTag(tag))
    throw refuse3(text2, input, `has ${JSON.stringify(tag)} where its tag should be`);
  const digest = digests[0] === void 0 ? void 0 : parseDigest(digests[0], `The digest of input ${input}`);
  return {
    image: normaliseImage(hasTag ? name.slice(0, colon) : name),
    ...tag === void 0 ? {} : { tag },
    ...digest === void 0 ? {} : { digest }
  };
}
function refuse3(text2, input, why) {
  const shown = JSON.stringify(text2.length > 120 ? `${text2.slice(0, 117)}…` : text2);
  return new InputError(`Input ${input} is ${shown}, which ${why}: give a reference such as ghcr.io/acme/app:1.2.3.`);
}

// ../packages/publishing/src/index/index-check.ts
function checkResults(platforms, results, revision) {
  const built = results.map((result) => result.platform);
  const missing = platforms.filter((platform) => !built.includes(platform));
  const extra = [...new Set(built.filter((platform) => !platforms.includes(platform)))];
  const twice = [...new Set(built.filter((platform, index) => built.indexOf(platform) !== index))];
  return [
    ...missing.map((platform) => `${platform} was asked for and no build gave it.`),
    ...extra.map((platform) => `${platform} was built and not asked for.`),
    ...twice.map((platform) => `${platform} was built more than once.`),
    ...results.filter((result) => result.revision !== revision).map((result) => `${result.platform} was built of ${result.revision}, not of ${revision}.`),
    ...compareBuilds(results)
  ];
}
function compareBuilds([first, ...others]) {
  if (first === void 0) return [];
  return others.flatMap((other) => {
    const inputs = compareFingerprints(first.fingerprint, other.fingerprint);
    if (inputs.length === 0) return [];
    return [
      `${other.platform} was built otherwise than ${first.platform}: ${inputs.join(", ")} differ. Give both the same, or name in \`volatile\` the build arguments that may differ.`
    ];
  });
}
function checkPushed(result, { pushed, platform }) {
  const problems = [];
  if (platform !== result.platform) {
    problems.push(`The image ${result.digest} is of ${platform}, not of ${result.platform}.`);
  }
  if (pushed.type === "manifest") {
    if (result.manifest !== result.digest) {
      problems.push(`${result.digest} is no index, so it cannot hold the manifest ${result.manifest}.`);
    }
    return problems;
  }
  const images = imagesOf(pushed);
  const only = images[0];
  if (only === void 0 || images.length > 1) {
    return [
      ...problems,
      `The index ${result.digest} holds ${images.length} images, not only that of ${result.platform}.`
    ];
  }
  if (only.digest !== result.manifest) {
    problems.push(`The index ${result.digest} holds the manifest ${only.digest}, not ${result.manifest}.`);
  }
  if (platformOf(only) !== result.platform) {
    problems.push(`The index ${result.digest} calls its image ${platformOf(only) ?? "no known platform"}.`);
  }
  return [...problems, ...checkAttestations(`The index ${result.digest}`, attestationsOf(pushed), [only.digest])];
}
function expectChild(result, pushed) {
  const attestations2 = pushed.type === "index" ? attestationsOf(pushed).map((item) => item.digest) : [];
  return { platform: result.platform, manifest: result.manifest, attestations: attestations2 };
}
function checkIndex(index, expected, annotations) {
  const problems = [];
  for (const { platform, manifest } of expected) {
    const found = imagesOf(index).filter((child) => platformOf(child) === platform);
    if (found.length !== 1) problems.push(`The index holds ${found.length} images of ${platform}.`);
    else if (found[0]?.digest !== manifest) {
      problems.push(`The index holds ${found[0]?.digest} for ${platform}, not ${manifest}.`);
    }
  }
  for (const child of imagesOf(index)) {
    const platform = platformOf(child);
    if (!expected.some((wanted) => wanted.platform === platform)) {
      problems.push(`The index holds ${child.digest} of ${platform ?? "no known platform"}, which was not asked for.`);
    }
  }
  problems.push(...compareAttestations(index, expected));
  if (annotations !== void 0 && !isDockerList(index)) {
    problems.push(...compareAnnotations(index.annotations, annotations));
  }
  return problems;
}
function compareAttestations(index, expected) {
  const wanted = expected.flatMap((child) => child.attestations);
  const found = attestationsOf(index).map((item) => item.digest);
  return [
    ...wanted.filter((digest) => !found.includes(digest)).map((digest) => `The index lost the attestation ${digest}.`),
    ...found.filter((digest, position) => !wanted.includes(digest) || found.indexOf(digest) !== position).map((digest) => `The index holds the attestation ${digest}, which no build pushed.`),
    ...checkAttestations(
      "The index",
      attestationsOf(index),
      expected.map((child) => child.manifest)
    )
  ];
}
function checkAttestations(where, attestations2, images) {
  return attestations2.filter((item) => !images.includes(subjectOf(item) ?? "")).map(
    (item) => `${where} holds the attestation ${item.digest} about ${subjectOf(item) ?? "nothing"}, no image of it.`
  );
}
function compareAnnotations(found, planned) {
  const keys = [.../* @__PURE__ */ new Set([...Object.keys(planned), ...Object.keys(found)])];
  return keys.filter((key) => found[key] !== planned[key]).map((key) => `The annotation ${key} is ${quote3(found[key])}, planned is ${quote3(planned[key])}.`);
}
function quote3(text2) {
  return text2 === void 0 ? "missing" : JSON.stringify(text2);
}
function claimAttestations(index, children) {
  return children.map(({ platform, manifest }) => ({
    ...{ platform, manifest },
    attestations: attestationsOf(index).filter((item) => subjectOf(item) === manifest).map((item) => item.digest)
  }));
}
function isDockerList(index) {
  return index.mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}
function imagesOf(index) {
  return index.manifests.filter((child) => !isAttestation(child));
}
function attestationsOf(index) {
  return index.manifests.filter(isAttestation);
}
function subjectOf(attestation) {
  return attestation.annotations?.["vnd.docker.reference.digest"];
}

// ../packages/publishing/src/index/referrers.ts
function readReferrers(told, subject, parts) {
  if (told === void 0 || told.digest === subject) return [];
  const { manifests } = told.parsed;
  const entries = (Array.isArray(manifests) ? manifests : []).filter(isEntry);
  if (entries.some(({ digest }) => digest === subject || parts.includes(digest))) return [];
  return [...new Map(entries.map((entry) => [entry.digest, entry])).values()];
}
function refersTo(manifest, subject) {
  const said = manifest.subject;
  return typeof said === "object" && said !== null && "digest" in said && said.digest === subject;
}
function isEntry(item) {
  return typeof item === "object" && item !== null && "digest" in item && typeof item.digest === "string" && isDigest(item.digest);
}

// ../packages/publishing/src/index/reuse.ts
function judgeReuse(content, facts, { plan, platforms, fingerprint }) {
  if (content.type !== "index") return build("it is no index", false);
  if (facts.revision !== plan.revision) return build(`it is of revision ${facts.revision ?? "unknown"}`, false);
  if (facts.component !== plan.component) return build(`it is of component ${JSON.stringify(facts.component)}`, false);
  const inputs = compareFingerprints(facts.fingerprint, fingerprint);
  if (inputs.length > 0) return { verdict: "differs", inputs };
  const images = content.manifests.filter((descriptor2) => !isAttestation(descriptor2));
  const manifests = new Map(images.map((descriptor2) => [platformOf(descriptor2) ?? "unknown", descriptor2.digest]));
  const same = images.length === platforms.length && platforms.every((platform) => manifests.has(platform));
  return same ? { verdict: "reuse", manifests, ...facts.fingerprint === void 0 ? {} : { fingerprint: facts.fingerprint } } : build(`it holds ${[...manifests.keys()].join(", ") || "no platform"}`, true);
}
function build(reason, isOurs) {
  return { verdict: "build", reason, isOurs };
}

// ../packages/publishing/src/push/hidden-output.ts
function findHiddenOutput(outputs, secrets) {
  for (const [input, texts] of Object.entries(secrets)) {
    const lines = [...new Set(texts.flatMap((text2) => text2.split(/\r?\n/).map((line) => line.trim())))];
    for (const [output, value] of Object.entries(outputs)) {
      const line = lines.find((each) => spellings(each).some((spelling) => value.includes(spelling)));
      if (line !== void 0) return { output, input, line };
    }
  }
  return void 0;
}
function spellings(line) {
  if (line === "") return [];
  const inner = line.length > 8 && line.startsWith('"') && line.endsWith('"') ? [line.slice(1, -1)] : [];
  return [line, ...inner, JSON.stringify(line).slice(1, -1)];
}
var syntax = /^[[\]{}",:]{1,3}$/u;
function explainHiddenOutput({ output, input, line }) {
  const [what, remedy] = syntax.test(line) ? [
    `a line of brackets or quotes alone (\`${line}\`) that output \`${output}\` holds too`,
    "give the secret in one line or in base64 (of a Google key, the user `_json_key_base64`)"
  ] : [
    `a line of ${line.length} ${line.length === 1 ? "character" : "characters"} that output \`${output}\` holds too`,
    "give each secret as one line that is found nowhere else, such as in base64, and what is no secret in another way"
  ];
  return `Input \`${input}\` has ${what}, and GitHub drops each output that holds a line of a secret, so no later job would get it: ${remedy}.`;
}

// ../packages/publishing/src/push/named-tag.ts
function planNamedTag(name, reason) {
  const shown = JSON.stringify(name.length > 140 ? `${name.slice(0, 140)}…` : name);
  if (!isOciTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}; a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`
    );
  }
  if (isCompanionTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}, which is kept for signatures and build caches; choose another name.`
    );
  }
  const tagClass = readName(name)?.class ?? "extra";
  const mutability = mutabilityOf(tagClass);
  return {
    name,
    class: tagClass,
    mutability,
    reason,
    ...mutability === "moving" ? { rule: "ancestor" } : {}
  };
}
function isCompanionTag(name) {
  return parseCompanionTag(name) !== void 0 || readName(name)?.class === "cache";
}
function readName(name) {
  const dashes = [...name.matchAll(/-/g)].map(({ index }) => index).reverse();
  for (const suffix of ["", ...dashes.map((index) => name.slice(index))]) {
    const read2 = parseTag(name, { defaultBranch: "main", suffixes: [suffix] });
    if (read2.class !== "tag" && read2.class !== "unknown" && read2.suffix === suffix) return read2;
  }
  return void 0;
}
function checkName(name, { revision, version }, { isOwn }) {
  const read2 = readName(name);
  switch (read2?.class) {
    case "feature":
      return isOwn ? fits : checkCommit(read2.sha7);
    case "pull-request":
    case "merge-queue":
    case "default-branch":
      return checkCommit(read2.sha7);
    case "commit":
      return checkCommit(read2.sha);
    case "date-time":
      return isOwn ? fits : contradicts("is the name of the moment an image is built, which only its build gives");
    case "version":
      if (version === "") return isOwn ? fits : { name: "ask-git", version: read2.version };
      return spellsVersion(name, version) ? fits : contradicts(`is of version ${read2.version}, and the image of ${version}`);
    default:
      return fits;
  }
  function checkCommit(sha) {
    if (revision === "" && isOwn) return fits;
    if (revision !== "" && revision.startsWith(sha)) return fits;
    const stated = revision === "" ? "names none" : `is of ${revision}`;
    return contradicts(`is the name of commit ${sha}, and the image ${stated}`);
  }
}
function checkVersionCommit({ revision }, commit) {
  if (commit === void 0 || commit === revision) return fits;
  const stated = revision === "" ? "names no commit" : `is of ${revision}`;
  return contradicts(`is of the git tag at ${commit}, and the image ${stated}`);
}
var fits = { name: "fits" };
function contradicts(reason) {
  return { name: "contradicts", reason };
}
function spellsVersion(name, version) {
  const bare = name.replace(/^v/, "");
  const spelled = version.replace("+", "_");
  return bare === spelled || bare.startsWith(`${spelled}-`);
}
function ruleNamedTag(tag, holder, candidate) {
  const isByVersion = tag.class === "version-line" || tag.class === "latest";
  if (!isByVersion || candidate.version === "" || holder?.facts.version === void 0) return tag;
  return { ...tag, rule: "highest-version" };
}
function decideNamedTag(tag, decision, { backward }) {
  if (tag.mutability === "immutable") {
    const isOther = decision.action === "keep" || decision.action === "leave";
    return isOther ? { action: "refuse", reason: `names another image (it ${decision.reason})` } : decision;
  }
  if (decision.action !== "leave" || !backward) return decision;
  return { action: "write", reason: `moved on purpose: it ${decision.reason.split(":")[0]}` };
}

// ../packages/publishing/src/push/push-error.ts
var PERMISSION = "Give the calling job `permissions: packages: write`; if the package was not made by this repository, its owner adds the repository with the role Write under Package settings, Manage Actions access. For other registries, check that the user of the login may push.";
var RULES = [
  {
    kind: "build",
    transient: false,
    pattern: /did not complete successfully: |executor failed running \[|: secret \S+: not found|unset ssh forward key|exporter .* could not be found/,
    advice: "A step of the Dockerfile failed: its output is in the log above."
  },
  {
    kind: "dockerfile",
    transient: false,
    pattern: /dockerfile parse error|failed to read dockerfile|target stage .* could not be found|failed to calculate checksum of ref|failed to compute cache key|failed to parse stage name|should not be blank|circular dependency|invalid reference format|unknown instruction|failed to process "|unable to prepare context|path .* not found/i,
    advice: "Mend the Dockerfile or the input it names."
  },
  {
    kind: "base-image",
    transient: false,
    pattern: /you have reached your (?:unauthenticated |anonymous )?pull rate limit/i,
    advice: "Log in to the registry of the base image: its limit for pulls without a login is used up for hours."
  },
  {
    kind: "base-image",
    transient: false,
    pattern: /failed to resolve source metadata for .*(?:not found|pull access denied|no match for platform|insufficient_scope|401 Unauthorized|403 Forbidden|unauthorized: )|no match for platform in manifest|pull access denied, repository does not exist/s,
    advice: "Check the name of the base image, that it exists for this platform, and that the job is logged in where it is private."
  },
  {
    kind: "builder",
    transient: false,
    pattern: /command not found|not a docker command|unknown command: docker|push-by-digest|driver does not support|not supported for the docker driver|not currently supported|is not supported by the current|no builder .* found|cannot connect to the docker daemon|failed to find driver/i,
    advice: "Docker with buildx and a builder that pushes by digest (docker-container driver) must be set up before this step, as docker/setup-buildx-action does."
  },
  {
    kind: "builder",
    transient: false,
    pattern: /code = Unavailable|failed to receive status|error reading from server|no space left on device|exec format error/i,
    advice: "The builder stopped: look for memory, disk space, or a platform this machine cannot run."
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /secondary rate limit/i,
    advice: "GitHub's secondary rate limit was reached: spread the pushes, or run again in some minutes."
  },
  {
    kind: "rate-limit",
    transient: true,
    pattern: /\b429\b[: ]|toomanyrequests|too many requests/i,
    advice: "The registry's rate limit was reached: spread the pushes, or run again in some minutes."
  },
  {
    kind: "server-error",
    transient: true,
    pattern: /(?:status|status code|HTTP status code|HTTP)[ :]+"?(?:499|50[0234]|52\d)\b|: (?:499|50[0234]|52\d) ?(?:$|[A-Z])|\b50[0234] (?:internal server error|bad gateway|service unavailable|gateway time-?out)|invalid character '<' looking for beginning of value/im,
    advice: "The registry had a failure of its own: run again when it is well."
  },
  {
    kind: "permission",
    transient: false,
    pattern: /permission_denied|installation not allowed|insufficient_scope|requested access to the resource is denied|push access denied|expected scopes|write_package/i,
    advice: PERMISSION
  },
  {
    kind: "unknown-blob",
    transient: true,
    pattern: /unknown blob|blob unknown|blob upload (?:unknown|invalid)|BLOB_UNKNOWN|BLOB_UPLOAD_UNKNOWN|BLOB_UPLOAD_INVALID/i,
    advice: "The registry lost sight of a layer it had taken: run again."
  },
  {
    kind: "credentials",
    transient: false,
    pattern: /\b401 Unauthorized|unauthorized: |authentication required|incorrect username or password|no basic auth credentials/i,
    advice: "The registry does not accept the login: check the user and the password of its entry in registry-auth."
  },
  {
    kind: "media-types",
    transient: false,
    pattern: /manifest invalid|MANIFEST_INVALID|\b400 Bad Request|\b415 Unsupported Media Type|unsupported media type/i,
    advice: "A registry that refuses OCI indexes needs the input `docker-media-types: true`."
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:failed commit on ref .*unexpected status: |PUT request to \S+: )403 Forbidden/s,
    advice: `The registry refused at the end of the upload what it allowed before: run again. If it stays: ${PERMISSION}`
  },
  {
    kind: "denied",
    transient: true,
    pattern: /(?:^|: |\n)denied(?:: denied)?\s*$/i,
    advice: `The registry refused without a reason, as GHCR does under load: run again. If it stays: ${PERMISSION}`
  },
  {
    kind: "permission",
    transient: false,
    pattern: /(?:^|: |\n)denied: /i,
    advice: PERMISSION
  },
  { kind: "forbidden", transient: false, pattern: /\b403 Forbidden/i, advice: PERMISSION },
  {
    kind: "host",
    transient: false,
    pattern: /no such host|x509: |certificate signed by|remote error: tls: handshake failure|server gave HTTP response to HTTPS client|unsupported protocol scheme/i,
    advice: "Check the name of the registry in input `image`, and that it speaks https with a trusted certificate."
  },
  {
    kind: "token",
    transient: true,
    pattern: /failed to fetch (?:oauth|anonymous) token|failed to authorize/i,
    advice: "The registry did not give out a token: run again when it is well."
  },
  {
    kind: "connection",
    transient: true,
    pattern: /connection reset|broken pipe|\bEOF\b|i\/o timeout|TLS handshake timeout|timed out|connection refused|Client\.Timeout exceeded|context deadline exceeded|no route to host|network is unreachable|server misbehaving|temporary failure in name resolution|http2: |stream error|GOAWAY|closed network connection|request must be retried|\b408 Request Time-?out|socket hang up|ECONNRESET|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/i,
    advice: "The line to the registry broke: run again."
  }
];
function classifyPushError(output) {
  const error = finalError(output);
  const message = shorten(error);
  const rule = RULES.find(({ pattern: pattern2 }) => pattern2.test(error));
  const built = !/^(?:build|dockerfile|base-image)$/.test(rule?.kind ?? "") && failedAtExport(output, error);
  if (rule === void 0) {
    return { kind: "unknown", transient: false, message, built, advice: "The log above says more." };
  }
  const retryAfter = rule.transient ? readRetryAfter(error) : void 0;
  const { kind, transient, advice } = rule;
  return { kind, transient, message, built, advice, ...retryAfter === void 0 ? {} : { retryAfter } };
}
function finalError(output) {
  const lines = output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^(?:ERROR|error): /.test(line));
  const rest = start >= 0 ? lines.slice(start) : lines.filter((line) => !/^#\d+ /.test(line) && line.trim() !== "").slice(-5);
  return rest.join("\n").trim();
}
function failedAtExport(output, error) {
  return /^ > (?:exporting to|\[internal\] pushing)/m.test(output) || /^\w+: failed to (?:solve: |build: )*failed to push/.test(error);
}
function shorten(error) {
  const line = error.replace(/^(?:ERROR|error): /, "").replaceAll(/\s+/g, " ").replaceAll(/(sha256(?::|%3A)[0-9a-f]{12})[0-9a-f]{52}/gi, "$1…");
  return line.length > 300 ? `${line.slice(0, 149)}…${line.slice(-150)}` : line;
}
var GO_UNITS = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600
};
function readRetryAfter(error) {
  const [, value = ""] = /retry-after["']?[:=]? *"?((?:[\d.]+(?:ns|us|µs|μs|ms|s|m|h)?)+)/i.exec(error) ?? [];
  if (value === "") return /secondary rate limit/i.test(error) ? 60 : void 0;
  const parts = [...value.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)?/g)];
  const seconds = parts.reduce((sum, [, amount2, unit = "s"]) => sum + Number(amount2) * (GO_UNITS[unit] ?? 1), 0);
  return Number.isFinite(seconds) ? seconds : void 0;
}

// ../packages/publishing/src/push/tag-decision.ts
function candidateOf({ revision, component, version, branch, annotations }, { digest, reused }) {
  const { source = "" } = readImageFacts(annotations);
  return { digest, revision, component, version, branch, source, reused };
}
function needsAncestry(tag, holder, candidate) {
  return tag.mutability === "moving" && holder !== void 0 && (tag.rule !== "highest-version" || isPublishedAfter(holder, candidate)) && holder.digest !== candidate.digest && holder.facts.component === candidate.component && holder.facts.revision !== void 0 && candidate.revision !== "" && holder.facts.revision !== candidate.revision;
}
function isPublishedAfter({ facts }, { republished = false }) {
  return republished && facts.version === void 0;
}
function needsTip(tag, holder, candidate) {
  return candidate.branch !== "" && needsAncestry(tag, holder, candidate);
}
function needsWithdrawal(tag, holder, candidate) {
  return tag.rule === "highest-version" && holder?.facts.version !== void 0 && holder.digest !== candidate.digest && holder.facts.component === candidate.component && isHigherVersion(holder.facts.version, candidate.version);
}
function decideTag(tag, holder, candidate, about) {
  if (holder === void 0) return { action: "write", reason: "new" };
  if (holder.digest === candidate.digest) return { action: "done", reason: "names this image already" };
  return tag.mutability === "immutable" ? decideImmutable(tag, holder, candidate) : decideMoving(tag, holder, candidate, about);
}
function decideImmutable(tag, { digest, facts }, candidate) {
  if (facts.revision === candidate.revision && facts.component === candidate.component) {
    const inputs = compareFingerprints(facts.fingerprint, candidate.fingerprint);
    if (inputs.length > 0) {
      return {
        action: "refuse",
        reason: `names an image of this revision that was built otherwise (${inputs.join(", ")} differ), ${digest}: give each build an image name or a suffix of its own`
      };
    }
    return { action: "keep", reason: `keeps the first image of this revision, ${digest}` };
  }
  if (tag.class === "date-time") {
    return leave(`names another build of this second, ${digest}: this image is found by its other tags`);
  }
  const other = facts.revision === void 0 ? "an image that names no revision" : facts.revision === candidate.revision ? `an image of ${componentName(facts.component)}` : `revision ${facts.revision}`;
  return {
    action: "refuse",
    reason: `names ${other} (${digest}), not ${candidate.revision || "an image that names no revision"} (${candidate.digest})`
  };
}
function decideMoving(tag, holder, candidate, { ancestry, tip, withdrawn = false, adopt }) {
  const { facts } = holder;
  const { revision } = facts;
  if (revision === void 0) {
    return adopt ? { action: "write", reason: "adopted from an image that names no revision" } : leave("names an image without a revision: set `adopt-tags: true` once to take it over");
  }
  if (facts.component !== candidate.component) {
    const other = componentName(facts.component);
    return adopt ? { action: "write", reason: `adopted from ${other}` } : leave(
      `names an image of ${other}: give each component its own repository, or set \`adopt-tags: true\` once to take it over`
    );
  }
  if (tag.rule === "highest-version") {
    if (facts.version !== void 0 && isHigherVersion(facts.version, candidate.version)) {
      return withdrawn ? { action: "write", reason: `moved from ${facts.version}, which is withdrawn: its git tag is gone` } : leaveNewer(`names the higher version ${facts.version}`);
    }
    if (isPublishedAfter(holder, candidate)) return decideAgain(revision, { ancestry, adopt });
    if (revision !== candidate.revision || facts.version !== candidate.version) {
      return { action: "write", reason: facts.version === void 0 ? "moved" : `moved from ${facts.version}` };
    }
  }
  if (revision === candidate.revision) return refresh(candidate);
  if (ancestry === "identical") return refresh(candidate);
  const isOfBranch = candidate.branch !== "" && facts.branch === candidate.branch;
  if (ancestry === "ancestor") {
    if (facts.version !== void 0 && tip?.revision !== void 0 && tip.revision !== candidate.revision) {
      const where = `branch ${candidate.branch} is at ${short(tip.revision)} now`;
      return leaveNewer(`names version ${facts.version}, from which only the tip takes it: ${where}`);
    }
    return isOfBranch && tip?.revision === revision ? leaveNewer(`names ${short(revision)}, which branch ${candidate.branch} was set back to`) : { action: "write", reason: `moved from ${short(revision)}` };
  }
  const isTip = tip?.revision !== void 0 && tip.revision === candidate.revision;
  if (ancestry === "descendant") {
    return isOfBranch && isTip ? { action: "write", reason: `moved from ${short(revision)}, as branch ${candidate.branch} was set back` } : leaveNewer(`names ${short(revision)}, which is newer than this revision`);
  }
  const isOther = isOfOtherRepository(facts, candidate);
  if (isTip && !isOther) {
    return { action: "write", reason: `moved from ${short(revision)} to the tip of branch ${candidate.branch}` };
  }
  const related = ancestry === "diverged" ? "is no ancestor of this revision" : "GitHub cannot relate to this revision";
  if (ancestry !== "diverged" && adopt) {
    return { action: "write", reason: `adopted from ${short(revision)}, which ${related}` };
  }
  return leave(`names ${short(revision)}, which ${related}: ${adviseOn(facts, candidate, { ancestry, tip })}`);
}
function decideAgain(revision, { ancestry, adopt }) {
  const held = `names ${short(revision)}`;
  switch (ancestry) {
    case "ancestor":
      return { action: "write", reason: `moved from ${short(revision)}` };
    case "descendant":
      return leaveNewer(`${held}, which is newer than this release, published again`);
    case "unknown":
      return adopt ? { action: "write", reason: `adopted from ${short(revision)}, which GitHub cannot relate to this revision` } : leave(`${held}, which GitHub cannot relate to this revision: set \`adopt-tags: true\` once to take it over`);
    default:
      return leaveNewer(`${held}, from which a release that is published again does not take it`);
  }
}
function adviseOn(facts, candidate, { ancestry, tip }) {
  const { branch } = candidate;
  if (tip?.revision !== void 0 && tip.revision !== candidate.revision) {
    return `branch ${branch} is at ${short(tip.revision)} now, whose run moves it; start that one again if it did not`;
  }
  const other = isOfOtherRepository(facts, candidate) ? `its image is of ${facts.source}; ` : "";
  if (ancestry !== "diverged") return `${other}set \`adopt-tags: true\` once to take it over`;
  const gone = tip !== void 0 && tip.revision === void 0 ? `branch ${branch} is gone; ` : "";
  return `${other}${gone}to move it on purpose promote the image with \`allow-backward: true\` and a \`reason\``;
}
function isOfOtherRepository({ source }, candidate) {
  return source !== void 0 && candidate.source !== "" && source.toLowerCase() !== candidate.source.toLowerCase();
}
function refresh({ reused }) {
  return reused ? leaveNewer("names a later build of this revision") : { action: "write", reason: "refreshed: another build of this revision" };
}
function leave(reason) {
  return { action: "leave", reason };
}
function leaveNewer(reason) {
  return { action: "leave", reason, newer: true };
}
function componentName(component) {
  return component === "" ? "no component" : `component ${component}`;
}
function short(revision) {
  return revision.slice(0, 7);
}

export {
  require_node_path,
  isHigherVersion,
  defaultBranchSlug,
  featureSlug,
  branchScope,
  formatReferrersTag,
  formatSignatureTags,
  parseCompanionTag,
  vouchedCommits,
  gitTagOfVersion,
  looksLikeVersion,
  groupBy,
  fingerprintKey,
  readImageFacts,
  neededFacts,
  isOfClock,
  formatTag,
  parseTag,
  parseImagePlan,
  parseImages,
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
  isWithdrawn,
  parsePlatform,
  parsePlatforms,
  platformSlug,
  nameArchives,
  nameArchive,
  archiveEnding,
  attemptOfArchive,
  chooseProvenance,
  planBuildCommand,
  parsePairs,
  splitPair,
  localContextOf,
  parseVolatile,
  parseSecrets,
  createStepCounter,
  parseCacheStores,
  planCache,
  formatCacheLine,
  readCacheLog,
  parseCommandLines,
  formatCommandLine,
  listComposePaths,
  findDockerfile,
  fingerprintBuild,
  compareFingerprints,
  isDigest,
  parseDigest,
  parsePlatformResults,
  jobsWithoutResult,
  parsePlatformSelection,
  selectPlatforms,
  RELEASING_TRIGGERS,
  decideSigning,
  GITHUB_ISSUER,
  identityOf,
  signArguments,
  verifyArguments,
  attestationArguments,
  hasReleasingTrigger,
  sbomPredicateType,
  judgeTagHealth,
  movingTagsOf,
  judgeVerification,
  isPassing,
  finalCosignError,
  judgeFoundImage,
  parseOciContent,
  isAttestation,
  platformOf,
  imageSize,
  readImageConfig,
  parseImageReference,
  checkResults,
  checkPushed,
  expectChild,
  checkIndex,
  claimAttestations,
  isDockerList,
  imagesOf,
  readReferrers,
  refersTo,
  judgeReuse,
  formatSize,
  formatSizeChange,
  findHiddenOutput,
  explainHiddenOutput,
  planNamedTag,
  isCompanionTag,
  checkName,
  checkVersionCommit,
  ruleNamedTag,
  decideNamedTag,
  classifyPushError,
  candidateOf,
  needsAncestry,
  needsTip,
  needsWithdrawal,
  decideTag
};
