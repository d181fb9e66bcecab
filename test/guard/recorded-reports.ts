/** Reports in the shape of Trivy 0.70 and Grype 0.117, of images that do not exist. Only what matters to a test varies. */

export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

export interface RecordedVulnerability {
  readonly id?: string;
  readonly package?: string;
  readonly installed?: string;
  readonly fixed?: string;
  readonly severity?: string;
  readonly title?: string;
  /** Grype only: the CVEs of a GHSA. */
  readonly related?: readonly string[];
}

export interface RecordedImage {
  readonly digest?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly endOfLife?: boolean;
}

/** What `trivy image --format json` writes for an image of Debian with one package manager's results. */
export function trivyReport(vulnerabilities: readonly RecordedVulnerability[], image: RecordedImage = {}): object {
  const { digest = digestOf("a"), architecture = "amd64", variant, endOfLife } = image;
  return {
    SchemaVersion: 2,
    ReportID: "0198c0de-0000-7000-8000-000000000000",
    CreatedAt: "2026-11-20T04:05:06.789Z",
    ArtifactName: `ghcr.io/acme/app@${digest}`,
    ArtifactType: "container_image",
    Metadata: {
      Size: 74_420_224,
      OS: { Family: "debian", Name: "13.2", ...(endOfLife && { EOSL: true }) },
      ImageID: digestOf("9"),
      DiffIDs: [digestOf("8")],
      RepoDigests: [`ghcr.io/acme/app@${digest}`],
      ImageConfig: { architecture, ...(variant && { variant }), os: "linux", rootfs: { type: "layers" }, config: {} },
    },
    Results: [
      {
        Target: "ghcr.io/acme/app (debian 13.2)",
        Class: "os-pkgs",
        Type: "debian",
        // Go leaves an empty list out.
        ...(vulnerabilities.length > 0 && { Vulnerabilities: vulnerabilities.map(trivyVulnerability) }),
      },
      { Target: "app/package-lock.json", Class: "lang-pkgs", Type: "npm" },
    ],
  };
}

function trivyVulnerability(about: RecordedVulnerability): object {
  const { id = "CVE-2026-1000", package: name = "openssl", installed = "3.5.1-1", fixed, severity = "HIGH" } = about;
  return {
    VulnerabilityID: id,
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
  const { digest = digestOf("a"), architecture = "amd64" } = image;
  return {
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
    distro: { name: "debian", version: "13", idLike: [] },
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
      type: "deb",
      locations: [{ path: "/var/lib/dpkg/status" }],
      purl: `pkg:deb/debian/${name}@${installed}?arch=amd64&distro=debian-13`,
    },
  };
}
