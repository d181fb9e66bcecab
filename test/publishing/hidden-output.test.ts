import { explainHiddenOutput, findHiddenOutput } from "@longshore/publishing";
import fc from "fast-check";
import { expect, test } from "vitest";

const result = JSON.stringify([{ platform: "linux/amd64", digest: `sha256:${"a".repeat(64)}`, retries: [] }]);
const outputs = { digest: `sha256:${"a".repeat(64)}`, result };

test.each([
  ["a quoted secret of several lines", '"key=one\ntwo\n"', "result", '"'],
  ["a JSON key", 'gcp={\n  "type": "service_account"\n}', "result", "}"],
  ["blanks around the line", "x=1\r\n   }   \r\n", "result", "}"],
  ["one letter", "a", "digest", "a"],
  ["a whole value", `token=x\nlinux/amd64`, "result", "linux/amd64"],
])("%s hides an output", (_, secret, output, line) => {
  const hidden = { output, input: "secrets", line };
  expect(findHiddenOutput(outputs, { "ssh-key": [], secrets: [secret] })).toEqual(hidden);
});

test.each([
  ["}", /brackets or quotes alone \(`\}`\) .* in one line or in base64/u],
  ['"', /brackets or quotes alone \(`"`\) .* in one line or in base64/u],
  ["a", /has a line of 1 character that output `result` holds too.*each secret.*base64/u],
  ["linux/amd64", /has a line of 11 characters that .*in base64.*no secret/u],
])("what is in the way is told as it is: %s", (line, words) => {
  const told = explainHiddenOutput({ output: "result", input: "secrets", line });
  expect(told).toMatch(words);
  if (line.length > 1) expect(told).not.toMatch(new RegExp(`\\{|${line}`, "u"));
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
      expect(hidden).toEqual({ output: "result", input: "secrets", line: value });
      expect(hidden && explainHiddenOutput(hidden)).not.toContain(value);
    }),
  );
});
