import { ROW_ID, type FormEvaluation, type JsonValue, type VariableMap } from '#engine';

/** What a draft keeps of its evaluation: everything but the values that could not be stored, in rows cell by cell. */
export function draftOf({ variables, errors }: FormEvaluation): VariableMap {
  const unfit = new Set(errors.map(({ path }) => path));
  if (unfit.size === 0) return variables;
  const paths = [...unfit];
  const isUnfit = (path: string): boolean => unfit.has(path) || paths.some((one) => one.startsWith(`${path}/`));
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]): readonly (readonly [string, JsonValue])[] => {
      if (unfit.has(`/${name}`)) return [];
      if (isRows(value)) return [[name, value.map((row, index) => fitRow(row, `/${name}/${index}`, isUnfit))]];
      return isUnfit(`/${name}`) ? [] : [[name, value]];
    }),
  );
}

type Row = Readonly<Record<string, JsonValue>>;

function isRows(value: JsonValue): value is readonly Row[] {
  return Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null && ROW_ID in item);
}

function fitRow(row: Row, path: string, isUnfit: (path: string) => boolean): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key === ROW_ID || !isUnfit(`${path}/${key}`)));
}
