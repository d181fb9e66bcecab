/** What a line of a step's output means to a runner. */
export type Line =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "annotation"; readonly level: AnnotationLevel; readonly title: string; readonly message: string }
  | { readonly kind: "mask"; readonly secret: string }
  | { readonly kind: "group"; readonly title: string }
  /** Has no effect here: `endgroup`, `debug`, `set-output` and the other commands GitHub no longer obeys. */
  | { readonly kind: "silent" };

export type AnnotationLevel = "error" | "warning" | "notice";

const silent = [
  ...["endgroup", "debug", "echo", "add-matcher", "remove-matcher"],
  ...["set-output", "save-state", "set-env", "add-path"],
];

/** Reads the lines of one step; between `::stop-commands::token` and `::token::` all is text. */
export function startLineReader(): (text: string) => Line {
  let stopToken: string | undefined;
  return (text) => {
    const [, command = "", properties = "", data = ""] = /^\s*::([^\s:]+)(?: ([^\n]*?))?::(.*)$/s.exec(text) ?? [];
    if (stopToken !== undefined) {
      if (command !== stopToken) return { kind: "text", text };
      stopToken = undefined;
      return { kind: "silent" };
    }
    switch (command) {
      case "":
        return { kind: "text", text };
      case "error":
      case "warning":
      case "notice":
        return {
          kind: "annotation",
          level: command,
          title: property(properties, "title"),
          message: unescapeData(data),
        };
      case "add-mask":
        return { kind: "mask", secret: unescapeData(data) };
      case "group":
        return { kind: "group", title: unescapeData(data) };
      case "stop-commands":
        stopToken = data;
        return { kind: "silent" };
      default:
        return silent.includes(command) ? { kind: "silent" } : { kind: "text", text };
    }
  };
}

function property(properties: string, name: string): string {
  const found = properties.split(",").find((pair) => pair.trim().startsWith(`${name}=`));
  const value = found?.trim().slice(name.length + 1) ?? "";
  return unescapeData(value.replaceAll("%3A", ":").replaceAll("%2C", ","));
}

function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
