/** The actions of others that workflows may use: one version, one commit, and the inputs we may give. */
export const pins: Readonly<
  Record<
    string,
    {
      readonly version: string;
      readonly sha: string;
      readonly inputs: readonly string[];
      /** The outputs we may read. */
      readonly outputs?: readonly string[];
    }
  >
> = {
  "actions/checkout": {
    version: "v7.0.1",
    sha: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    inputs: ["ref", "path", "submodules", "persist-credentials"],
  },
  "actions/setup-node": {
    version: "v7.1.0",
    sha: "949feb2413d6458794dcd2491c4babbbce0c15c1",
    inputs: ["node-version", "package-manager-cache"],
  },
  "actions/cache": {
    version: "v6.1.0",
    sha: "55cc8345863c7cc4c66a329aec7e433d2d1c52a9",
    inputs: ["path", "key", "restore-keys"],
  },
  "actions/download-artifact": {
    version: "v8.0.2",
    sha: "9000827ccba6bdab643e8b6fd33ac0654aef8333",
    inputs: ["name", "artifact-ids", "pattern", "merge-multiple", "path", "run-id", "github-token"],
  },
  "actions/upload-artifact": {
    version: "v7.0.2",
    sha: "cf430e030ddbb5b0abf93d22962f4752f3646cd9",
    inputs: ["name", "path", "if-no-files-found", "compression-level", "overwrite"],
    outputs: ["artifact-id"],
  },
  "docker/setup-buildx-action": { version: "v4.4.1", sha: "f87e5991a6d7451dcb8d9637bfbc97413f497069", inputs: [] },
  "docker/setup-qemu-action": { version: "v4.4.0", sha: "99012661954931238ded8c8b007157a8430204e1", inputs: [] },
  "sigstore/cosign-installer": { version: "v4.1.2", sha: "6f9f17788090df1f26f669e9d70d6ae9567deba6", inputs: [] },
  "actions/attest": {
    version: "v4.2.2",
    sha: "1e69f48acb82d1966a394da916b4c1698aa569d6",
    inputs: ["subject-name", "subject-digest", "sbom-path"],
    outputs: ["attestation-id"],
  },
  // A scanner is other people's code on our inputs: it runs in jobs without a right to write.
  "aquasecurity/trivy-action": {
    version: "v0.36.0",
    sha: "ed142fd0673e97e23eac54620cfb913e5ce36c25",
    inputs: [
      "scan-type",
      "image-ref",
      "scan-ref",
      "scanners",
      "format",
      "output",
      "timeout",
      "cache",
      "skip-setup-trivy",
    ],
  },
  "anchore/scan-action": {
    version: "v7.4.2",
    sha: "27805bf3b4e84b4a5c980df22ed233c00390a439",
    inputs: ["image", "fail-build", "output-format", "output-file"],
  },
  "github/codeql-action/upload-sarif": {
    version: "v4.38.2",
    sha: "2892aa5e19bbd11bc0cff5427e3b750a04d9e3c2",
    inputs: ["sarif_file", "category"],
  },
  "zizmorcore/zizmor-action": {
    version: "v0.6.4",
    sha: "cc914d7f3750a2d13d75c7f184a1060aa0e9d482",
    inputs: ["advanced-security"],
  },
};
