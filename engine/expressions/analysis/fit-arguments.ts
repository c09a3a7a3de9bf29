import type { Argument } from '../syntax/syntax-tree.ts';
import { ANY, type FeelType } from '../values/feel-type.ts';
import type { FeelParameter } from '../values/feel-value.ts';
import { alternativesOf, isOnlyNull, type Alternative, type StaticType } from './static-type.ts';

export interface Overload {
  readonly parameters: readonly FeelParameter[];
  readonly variadic: boolean;
  readonly result?: FeelType;
}

/** Types of the arguments in the order of the parameters; undefined for those left out. */
export type Arranged = readonly (StaticType | undefined)[];

/** How a call fits a function: arranged for the first signature that may take it, or why none does. */
export type Fit =
  | {
      readonly ok: true;
      readonly arranged: Arranged;
      /** The declared results of all signatures that may take it. */
      readonly results: readonly FeelType[];
    }
  /** `argument` null: their number or names fit nowhere. */
  | { readonly ok: false; readonly argument: number | null; readonly parameter: FeelParameter | null };

/** As `compiler/invoke.ts` chooses at run time; which signature it will be is only known when a single one may fit. */
export function fitArguments(
  overloads: readonly Overload[],
  args: readonly Argument[],
  types: readonly StaticType[],
): Fit {
  let nearest: Fit = { ok: false, argument: null, parameter: null };
  const results: FeelType[] = [];
  let arranged: Arranged | null = null;
  for (const overload of overloads) {
    const places = placesOf(overload, args);
    if (places === null) continue;
    const wrong = places.findIndex((at, index) => !mayPass(types[index]!, parameterAt(overload, at).type));
    if (wrong < 0) {
      results.push(overload.result ?? ANY);
      arranged ??= arrange(overload, places, types);
      continue;
    }
    // Of several that take so many arguments, the one that fits furthest says what is wrong.
    if (nearest.ok || nearest.argument === null || wrong > nearest.argument) {
      nearest = { ok: false, argument: wrong, parameter: parameterAt(overload, places[wrong]!) };
    }
  }
  return arranged === null ? nearest : { ok: true, arranged, results };
}

function arrange({ parameters }: Overload, places: readonly number[], types: readonly StaticType[]): Arranged {
  const arranged: (StaticType | undefined)[] = parameters.map(() => undefined);
  places.forEach((at, index) => (arranged[at] = types[index]!));
  return arranged;
}

function parameterAt({ parameters }: Overload, at: number): FeelParameter {
  return parameters[Math.min(at, parameters.length - 1)]!;
}

/** The parameter of each argument, or null when their number or names do not fit. */
function placesOf({ parameters, variadic }: Overload, args: readonly Argument[]): readonly number[] | null {
  const named = args.length > 0 && args[0]!.name !== null;
  if (!named && args.length > parameters.length && !variadic) return null;
  const places = args.map(({ name }, index) =>
    named ? parameters.findIndex((parameter) => parameter.name === name) : index,
  );
  if (places.includes(-1) || new Set(places).size < places.length) return null;
  const missing = parameters.some(({ optional }, index) => optional !== true && !places.includes(index));
  return missing && !(variadic && args.length === 0) ? null : places;
}

/** Whether some value of the type conforms to a parameter, if need be by implicit conversion (`values/conforms.ts`). */
function mayPass(type: StaticType, to: FeelType): boolean {
  if (type === 'any' || type.length === 0 || isOnlyNull(type)) return true;
  return type.some((one) => one.kind !== 'null' && alternativePasses(one, to));
}

function alternativePasses(one: Alternative, to: FeelType): boolean {
  if (to.kind === 'any') return true;
  if (to.kind === 'constrained') return alternativePasses(one, to.base);
  if (one.kind === to.kind) {
    if (to.kind === 'list' && one.kind === 'list') return one.of.length === 0 || mayPass(one.of, to.of);
    return true;
  }
  // A list of one stands for its element, a value for a list of one, a date for its midnight.
  if (one.kind === 'list') return alternativesOf(one.of).some((item) => item.kind === 'null' || passesAsIs(item, to));
  if (to.kind === 'list') return alternativePasses(one, to.of);
  return one.kind === 'date' && to.kind === 'date and time';
}

function passesAsIs(one: Alternative, to: FeelType): boolean {
  return one.kind === to.kind;
}
