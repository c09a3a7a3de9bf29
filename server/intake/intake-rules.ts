import type { Definitions } from '../runtime/definitions.ts';
import { caseNumberPattern, type CaseNumberPattern } from './mail/case-number-pattern.ts';

/** What the pack that takes mail in says of it, in `pack.json` under `intake`. */
export interface IntakeRules {
  /** Message whose start event begins a case. */
  readonly startMessage: string;
  /** Message told to a case when its client answers; correlated by case number. */
  readonly replyMessage: string;
  readonly caseNumbers: CaseNumberPattern;
}

const DEFAULTS = {
  startMessage: 'message.received',
  replyMessage: 'client.replied',
  caseNumber: 'ОБР-{yyyy}-{000000}',
};

/**
 * The rules of the pack that is deployed now: the one whose `pack.json` has a field `intake`; the house defaults where
 * none says otherwise.
 */
export async function readIntakeRules(definitions: Definitions): Promise<IntakeRules> {
  let said: Partial<typeof DEFAULTS> = {};
  for (const pack of definitions.catalog.current('pack')) {
    const json = JSON.parse(await definitions.content(pack.definitionKey)) as {
      readonly intake?: Partial<typeof DEFAULTS>;
    };
    if (json.intake !== undefined) said = json.intake;
  }
  const { startMessage, replyMessage, caseNumber } = { ...DEFAULTS, ...said };
  return { startMessage, replyMessage, caseNumbers: caseNumberPattern(caseNumber) };
}
