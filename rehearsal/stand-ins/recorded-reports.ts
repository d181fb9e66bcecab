/** Reports in the shape of Trivy 0.70 and Grype 0.117, of images that do not exist. Only what matters to a test varies. */

export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

export interface RecordedVulnerability {
  readonly id?: string;
  readonly package?: string;
  readonly installed?: string;
  readonly fixed?: string;
  readonly severity?: string;
  readonly title?: string;
  /** Grype only: the CVEs of a GHSA, or of an advisory. */
  readonly related?: readonly string[];
  /** Trivy only: the same flaw's other ids, and advisories that hold it. */
  readonly vendorIds?: readonly string[];
  /** Of a package of Node.js, where its package.json lies; else it is Debian's. */
  readonly path?: string;
}

export interface RecordedImage {
  readonly digest?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly endOfLife?: boolean;
  /** Neither a system nor a package is in it, as far as the scanner knows. */
  readonly empty?: boolean;
  /** Trivy only: `[rule, file]` of each secret. */
  readonly secrets?: readonly (readonly [rule: string, file: string])[];
}

/** What `trivy image --format json` writes for an image of Debian with one package manager's results. */
export function trivyReport(vulnerabilities: readonly RecordedVulnerability[], image: RecordedImage = {}): object {
  const { digest = digestOf("a"), architecture = "amd64", variant, endOfLife, empty, secrets = [] } = image;
  const [ofSystem, ofNode] = [(path?: string) => path === undefined, (path?: string) => path !== undefined].map((is) =>
    vulnerabilities.filter(({ path }) => is(path)).map(trivyVulnerability),
  );
  return {
    SchemaVersion: 2,
    ReportID: "0198c0de-0000-7000-8000-000000000000",
    CreatedAt: "2026-11-20T04:05:06.789Z",
    ArtifactName: `ghcr.io/acme/app@${digest}`,
    ArtifactType: "container_image",
    Metadata: {
      Size: 74_420_224,
      ...(empty !== true && { OS: { Family: "debian", Name: "13.2", ...(endOfLife && { EOSL: true }) } }),
      ImageID: digestOf("9"),
      DiffIDs: [digestOf("8")],
      RepoDigests: [`ghcr.io/acme/app@${digest}`],
      ImageConfig: { architecture, ...(variant && { variant }), os: "linux", rootfs: { type: "layers" }, config: {} },
    },
    ...(empty !== true && {
      Results: [
        {
          Target: "ghcr.io/acme/app (debian 13.2)",
          Class: "os-pkgs",
          Type: "debian",
          // Go leaves an empty list out.
          ...listed("Vulnerabilities", ofSystem),
        },
        { Target: "app/package-lock.json", Class: "lang-pkgs", Type: "npm" },
        ...(ofNode?.length
          ? [{ Target: "Node.js", Class: "lang-pkgs", Type: "node-pkg", ...listed("Vulnerabilities", ofNode) }]
          : []),
        ...secrets.map(([rule, file]) => ({ Target: `/${file}`, Class: "secret", Secrets: [trivySecret(rule)] })),
      ],
    }),
  };
}

function listed(key: string, list: readonly object[] | undefined): object {
  return list?.length ? { [key]: list } : {};
}

function trivySecret(rule: string): object {
  return {
    RuleID: rule,
    Category: "AWS",
    Severity: "CRITICAL",
    Title: "AWS Access Key ID",
    StartLine: 3,
    EndLine: 3,
    Code: { Lines: [{ Number: 3, Content: "KEY=hush-hush", IsCause: true }] },
    Match: "KEY=hush-hush",
  };
}

function trivyVulnerability(about: RecordedVulnerability): object {
  const { id = "CVE-2026-1000", package: name = "openssl", installed = "3.5.1-1", fixed, severity = "HIGH" } = about;
  return {
    VulnerabilityID: id,
    ...(about.vendorIds === undefined ? {} : { VendorIDs: about.vendorIds }),
    ...(about.path === undefined ? {} : { PkgPath: about.path }),
    PkgID: `${name}@${installed}`,
    PkgName: name,
    PkgIdentifier: {
      PURL: `pkg:deb/debian/${name}@${installed}?arch=amd64&distro=debian-13.2`,
      UID: "7d3048d7328c71e3",
    },
    InstalledVersion: installed,
    ...(fixed === undefined ? { Status: "affected" } : { FixedVersion: fixed, Status: "fixed" }),
    Layer: { DiffID: digestOf("8") },
    SeveritySource: "debian",
    PrimaryURL: `https://avd.aquasec.com/nvd/${id.toLowerCase()}`,
    Title: about.title ?? `${name}: something is wrong`,
    Description: "A long\ntext.",
    Severity: severity,
    CweIDs: ["CWE-79"],
    References: ["https://example.org/advisory"],
  };
}

/** What `trivy fs --format json` writes. */
export function trivySourceReport(vulnerabilities: readonly RecordedVulnerability[]): object {
  return {
    SchemaVersion: 2,
    CreatedAt: "2026-11-20T04:05:06.789Z",
    ArtifactName: "source",
    ArtifactType: "filesystem",
    Results: [
      { Target: "package-lock.json", Class: "lang-pkgs", Vulnerabilities: vulnerabilities.map(trivyVulnerability) },
    ],
  };
}

/** What `grype -o json` writes. */
export function grypeReport(vulnerabilities: readonly RecordedVulnerability[], image: RecordedImage = {}): object {
  const { digest = digestOf("a"), architecture = "amd64", endOfLife, empty } = image;
  return {
    ...(endOfLife && {
      alertsByPackage: [
        {
          package: { name: "bash", version: "5.2" },
          alerts: [{ type: "distro-eol", message: "…", metadata: { name: "debian", version: "13" } }],
        },
      ],
    }),
    matches: vulnerabilities.map(grypeMatch),
    source: {
      type: "image",
      target: {
        userInput: `ghcr.io/acme/app@${digest}`,
        imageID: digestOf("9"),
        manifestDigest: digest,
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        tags: [],
        repoDigests: [`ghcr.io/acme/app@${digest}`],
        architecture,
        os: "linux",
      },
    },
    distro: empty === true ? { name: "", version: "", idLike: null } : { name: "debian", version: "13", idLike: [] },
    descriptor: { name: "grype", version: "0.117.0", timestamp: "2026-11-20T04:05:06Z" },
  };
}

function grypeMatch(about: RecordedVulnerability): object {
  const { id = "CVE-2026-1000", package: name = "openssl", installed = "3.5.1-1", fixed, severity = "High" } = about;
  return {
    vulnerability: {
      id,
      dataSource: `https://security-tracker.debian.org/tracker/${id}`,
      namespace: "debian:distro:debian:13",
      severity,
      urls: [],
      description: about.title ?? "Something is wrong.",
      cvss: [],
      fix: fixed === undefined ? { versions: [], state: "not-fixed" } : { versions: [fixed], state: "fixed" },
      advisories: [],
      risk: 0.1,
    },
    relatedVulnerabilities: (about.related ?? []).map((related) => ({ id: related, description: "The same." })),
    matchDetails: [{ type: "exact-direct-match", matcher: "dpkg-matcher" }],
    artifact: {
      id: "4f7d0d7f7e6f2d1a",
      name,
      version: installed,
      ...(about.path === undefined
        ? { type: "deb", locations: [{ path: "/var/lib/dpkg/status" }] }
        : {
            type: "npm",
            locations: [{ path: "/a" }, { path: `/${about.path}`, annotations: { evidence: "primary" } }],
          }),
      purl: `pkg:deb/debian/${name}@${installed}?arch=amd64&distro=debian-13`,
    },
  };
}
