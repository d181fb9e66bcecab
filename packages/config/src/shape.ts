/** What may stand at a key. One table of these gives the parser, the types, the schema and the documentation. */
export type Shape = TextShape | WordShape | FlagShape | CountShape | DurationShape | ListShape | MapShape | GroupShape;

declare const given: unique symbol;
/** Carries the type of the value that a shape gives; nothing at run time. */
interface Gives<Value> {
  readonly [given]?: Value;
}
export type ValueOf<Given> = Given extends Gives<infer Value> ? Value : never;

export interface TextShape extends Gives<string> {
  readonly kind: "text";
  /** What is wanted, after "use": `a path inside the repository` */
  readonly wanted: string;
  readonly pattern?: RegExp;
  /** Names of the placeholders that may stand in it; without them a brace is a brace */
  readonly placeholders?: readonly string[];
}

export interface WordShape<Word extends string = string> extends Gives<Word> {
  readonly kind: "word";
  readonly words: readonly Word[];
}

export interface FlagShape extends Gives<boolean> {
  readonly kind: "flag";
}

export interface CountShape<Word extends string = string> extends Gives<number | Word> {
  readonly kind: "count";
  readonly lowest: number;
  readonly highest: number;
  /** A word that may stand in its place: `all` */
  readonly word?: Word;
}

/** `10s`, `7d`; the value is in milliseconds. */
export interface DurationShape extends Gives<number> {
  readonly kind: "duration";
}

export interface ListShape<Item extends Shape = Shape> extends Gives<readonly ValueOf<Item>[]> {
  readonly kind: "list";
  readonly item: Item;
}

/** A free map: names are the caller's. */
export interface MapShape<Item extends Shape = Shape> extends Gives<Readonly<Record<string, ValueOf<Item>>>> {
  readonly kind: "map";
  readonly item: Item;
  /** What a name must be */
  readonly name: { readonly wanted: string; readonly pattern: RegExp };
}

export interface GroupShape<Keys extends GroupKeys = GroupKeys> extends Gives<GroupValue<Keys>> {
  readonly kind: "group";
  readonly keys: Keys;
  /** The key that a bare value stands for: `scan: off` is `scan: { mode: off }` */
  readonly short?: string;
}

/** A key of a group: what stands there, what it is without, what it is for. */
export interface Key<Given extends Shape = Shape, HasDefault extends boolean = boolean> {
  readonly shape: Given;
  /** As it would be written; undefined: there is none */
  readonly default: unknown;
  /** One sentence */
  readonly means: string;
  /** Which workflows read it; of a group, those of its keys */
  readonly readBy: readonly Workflow[];
  readonly hasDefault: HasDefault;
}
export type GroupKeys = Readonly<Record<string, Key>>;

/** What reads a key, by the workflow's file without `.yml` or the step that reads the file on its own. */
export type Workflow =
  | "build-image"
  | "scan-image"
  | "sign-image"
  | "promote-image"
  | "prune-images"
  | "restore-images"
  | "verify-image"
  | "find-image";

/** `media-types` is `mediaTypes` in code. */
export type CamelCase<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type WithDefault<Keys extends GroupKeys> = {
  [Name in keyof Keys]: Keys[Name] extends Key<Shape, true> ? Name : never;
}[keyof Keys];

export type GroupValue<Keys extends GroupKeys> = {
  readonly [Name in WithDefault<Keys> as CamelCase<Name>]: ValueOf<Keys[Name]["shape"]>;
} & {
  readonly [Name in Exclude<keyof Keys, WithDefault<Keys>> as CamelCase<Name>]?: ValueOf<Keys[Name]["shape"]>;
};

export const text = (
  wanted: string,
  options: Partial<Pick<TextShape, "pattern" | "placeholders">> = {},
): TextShape => ({
  kind: "text",
  wanted,
  ...options,
});
export const word = <const Word extends string>(...words: readonly Word[]): WordShape<Word> => ({
  kind: "word",
  words,
});
export const flag: FlagShape = { kind: "flag" };
export const count = <const Word extends string = never>(
  lowest: number,
  highest: number,
  word?: Word,
): CountShape<Word> => ({ kind: "count", lowest, highest, ...(word === undefined ? {} : { word }) });
export const duration: DurationShape = { kind: "duration" };
export const list = <Item extends Shape>(item: Item): ListShape<Item> => ({ kind: "list", item });
export const map = <Item extends Shape>(item: Item, name: MapShape["name"]): MapShape<Item> => ({
  kind: "map",
  item,
  name,
});
export const group = <const Keys extends GroupKeys>(keys: Keys, short?: keyof Keys & string): GroupShape<Keys> => ({
  kind: "group",
  keys,
  ...(short === undefined ? {} : { short }),
});

/** A key that has a default. */
export function key<Given extends Shape>(
  shape: Given,
  standard: unknown,
  means: string,
  ...readBy: readonly Workflow[]
): Key<Given, true> {
  return { shape, default: standard, means, readBy, hasDefault: true };
}

/** A key that is absent where nobody writes it. */
export function optional<Given extends Shape>(
  shape: Given,
  means: string,
  ...readBy: readonly Workflow[]
): Key<Given, false> {
  return { shape, default: undefined, means, readBy, hasDefault: false };
}

/** A group of keys as a key: its default is made of theirs. */
export function part<Given extends GroupShape>(shape: Given, means: string): Key<Given, true> {
  const readBy = [...new Set(Object.values(shape.keys).flatMap((each) => each.readBy))];
  const written = Object.entries(shape.keys).filter(([, each]) => each.hasDefault);
  return {
    shape,
    default: Object.fromEntries(written.map(([name, each]) => [name, each.default])),
    means,
    readBy,
    hasDefault: true,
  };
}
