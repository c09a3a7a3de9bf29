import type { FieldKind } from '../form-definition.ts';
import { account } from './account.ts';
import { address } from './address.ts';
import { bik } from './bik.ts';
import { boolean } from './boolean.ts';
import { choice } from './choice.ts';
import { choices } from './choices.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { decimal } from './decimal.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import { files } from './files.ts';
import { geoPoint } from './geo-point.ts';
import { html } from './html.ts';
import { inn } from './inn.ts';
import { integer } from './integer.ts';
import { kpp } from './kpp.ts';
import { markdown } from './markdown.ts';
import { money } from './money.ts';
import { ogrn } from './ogrn.ts';
import { percent } from './percent.ts';
import { period } from './period.ts';
import { phone } from './phone.ts';
import { reference } from './reference.ts';
import { serial } from './serial.ts';
import { signature } from './signature.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import { time } from './time.ts';
import { vin } from './vin.ts';
import type { KeywordShape, KindDefinition } from './kind-definition.ts';

/** The kinds of field, in the order a palette shows them. A new kind is one file in this folder and one line here. */
const KINDS: { readonly [K in FieldKind]: KindDefinition } = {
  text,
  markdown,
  integer,
  decimal,
  money,
  percent,
  date,
  time,
  datetime,
  period,
  duration,
  boolean,
  choice,
  choices,
  phone,
  email,
  inn,
  kpp,
  ogrn,
  bik,
  account,
  serial,
  vin,
  address,
  reference,
  files,
  signature,
  'geo-point': geoPoint,
  html,
  table,
};

export const FIELD_KINDS: readonly KindDefinition[] = Object.values(KINDS);

export function kindOf({ kind }: { readonly kind: FieldKind }): KindDefinition {
  return KINDS[kind];
}

/** What every field takes besides the keywords of its kind. */
export const COMMON_KEYWORDS: Readonly<Record<string, KeywordShape>> = {
  default: { value: 'default' },
  readOnly: { value: 'flag' },
  'x-id': { value: 'text' },
  'x-visible': { value: 'feel' },
  'x-required': { value: 'feel' },
  'x-readonly': { value: 'feel' },
  'x-value': { value: 'feel' },
  'x-assert': { value: 'asserts' },
};

/** `format` decides the kind; what is not here is refused by name. */
export const KIND_OF_FORMAT: ReadonlyMap<string, KindDefinition> = new Map(
  FIELD_KINDS.flatMap((kind) => (kind.format === undefined ? [] : [[kind.format, kind] as const])),
);
