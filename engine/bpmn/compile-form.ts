import type { FormBinding, FormReference, ResourceReference } from '../model/process-model.ts';
import { attributeOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';
import { listIn } from './rewrite-forms.ts';

/** `zeebe:formDefinition` by form id, narrowed for this step by `reglament:formBinding`. */
export function compileForm(element: ModdleElement, problems: ProblemList): FormReference | undefined {
  const definition = extensionOf(element, 'zeebe:FormDefinition');
  const binding = extensionOf(element, 'reglament:FormBinding');
  if (definition === undefined) {
    if (binding !== undefined) problems.missing(element, 'form', 'A form binding needs a zeebe:formDefinition.');
    return undefined;
  }
  for (const other of ['formKey', 'externalReference']) {
    if (textOf(definition, other) !== undefined) {
      problems.unsupported(element, `A form by ${other}`, 'Refer to a deployed form by its formId.');
    }
  }
  const id = textOf(definition, 'formId');
  if (id === undefined) {
    problems.missing(element, 'form id', 'Give the form definition a formId.');
    return undefined;
  }
  return {
    ...compileReference(element, definition, { what: 'form id', id, problems }),
    ...(binding === undefined ? {} : { binding: compileBinding(binding) }),
  };
}

/** A reference with its `bindingType` (Camunda 8): which deployed version is meant. */
export function compileReference(
  element: ModdleElement,
  definition: ModdleElement,
  { what, id, problems }: { readonly what: string; readonly id: string; readonly problems: ProblemList },
): ResourceReference {
  const bindingType = textOf(definition, 'bindingType') ?? 'latest';
  const versionTag = textOf(definition, 'versionTag');
  if (bindingType !== 'latest' && bindingType !== 'deployment' && bindingType !== 'versionTag') {
    problems.unsupported(element, `Binding type "${bindingType}"`, 'Use latest, deployment or versionTag.');
    return { id: problems.expression(element, what, id), bindingType: 'latest' };
  }
  if (bindingType === 'versionTag' && versionTag === undefined) {
    problems.missing(element, 'version tag', 'Give the tag of the version meant.');
  }
  return {
    id: problems.expression(element, what, id),
    bindingType,
    ...(versionTag === undefined ? {} : { versionTag }),
  };
}

function compileBinding(binding: ModdleElement): FormBinding {
  const readable = listOf(binding, 'readable');
  const writable = listOf(binding, 'writable');
  const requiredHere = listOf(binding, 'required');
  return {
    ...(readable === undefined ? {} : { readable }),
    ...(writable === undefined ? {} : { writable }),
    ...(requiredHere === undefined ? {} : { requiredHere }),
  };
}

/** An attribute without anything between its quotes is an empty list: nothing may be written here, say. */
function listOf(binding: ModdleElement, name: 'readable' | 'writable' | 'required'): readonly string[] | undefined {
  const text = attributeOf(binding, name);
  return text === undefined ? undefined : listIn(text);
}
