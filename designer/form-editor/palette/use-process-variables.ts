import type { FormVariable } from '#contract';
import { useQuery } from '@tanstack/react-query';
import { formVariablesQuery } from '../../api/forms.ts';
import { formKeyOf } from '../document/form-document.ts';
import { useDocument } from '../editor-context.ts';
import { unusedVariables } from './process-variables.ts';

const NONE: readonly FormVariable[] = [];

/** What the processes that show this form know, and the form does not have. None while it is not known: they are an offer. */
export function useProcessVariables(): readonly FormVariable[] {
  const document = useDocument();
  const { data } = useQuery(formVariablesQuery(formKeyOf(document)));
  return data === undefined ? NONE : unusedVariables(data.items, document);
}
