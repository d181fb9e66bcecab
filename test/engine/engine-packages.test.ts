import { expect, test } from "vitest";
import { chooseEnginePackages } from "../../rehearsal/engine/engine-packages.ts";

test("Debian 12 takes from Debian 13 what also runs there, and its own runc", () => {
  const packages = chooseEnginePackages({ codename: "bookworm", release: 12, architecture: "amd64" });
  expect(packages.newer).toBe("trixie");
  expect(packages.portable).toContain("docker.io");
  expect(packages.bound).toContain("runc");
  expect(packages.foreign).toEqual(["busybox-static:arm64"]);
});

test.each([13, 14, undefined])("Debian %s takes all from its own release", (release) => {
  const packages = chooseEnginePackages({ codename: "some", release, architecture: "arm64" });
  expect(packages.newer).toBeUndefined();
  expect(packages.foreign).toEqual(["busybox-static:amd64"]);
});
