import { explainHiddenOutput, findHiddenOutput } from "@longshore/publishing";
import fc from "fast-check";
import { expect, test } from "vitest";

const result = JSON.stringify([{ platform: "linux/amd64", digest: `sha256:${"a".repeat(64)}`, retries: [] }]);
const outputs = { digest: `sha256:${"a".repeat(64)}`, result };

test.each([
  ["a quoted secret of several lines", '"key=one\ntwo\n"', "result"],
  ["a JSON key", 'gcp={\n  "type": "service_account"\n}', "result"],
  ["blanks around the line", "x=1\r\n   }   \r\n", "result"],
  ["one letter", "a", "digest"],
  ["a whole value", `token=x\nlinux/amd64`, "result"],
])("%s hides an output", (_, secret, output) => {
  expect(findHiddenOutput(outputs, { "ssh-key": [], secrets: [secret] })).toEqual({ output, input: "secrets" });
});

test.each([
  ["none", ""],
  ["a token", "npm=npm_0123456789"],
  ["a key in base64", "gcp=eyJ0eXBlIjoic2VydmljZV9hY2NvdW50In0="],
  ["empty lines", "npm=x\n\n  \n"],
])("%s hides nothing", (_, secret) => {
  expect(findHiddenOutput(outputs, { secrets: [secret] })).toBeUndefined();
});

test("what is told names the input and holds nothing of its secret", () => {
  const secret = fc.stringMatching(/^[0-9]{9,12}$/);
  fc.assert(
    fc.property(secret, (value) => {
      const hidden = findHiddenOutput({ result: `x${value}y` }, { secrets: [value] });
      expect(hidden).toEqual({ output: "result", input: "secrets" });
      expect(hidden && explainHiddenOutput(hidden)).not.toContain(value);
    }),
  );
});
