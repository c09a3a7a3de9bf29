import type { Definitions } from '../runtime/definitions.ts';
import type { DmnSource } from './read-resource.ts';

/** The namespace of a DMN file; prefixes differ, the attribute does not. */
const NAMESPACE = /<(?:[\w.-]+:)?definitions\b[^>]*?\snamespace\s*=\s*["']([^"']*)["']/;

/** The newest deployed DMN file of a namespace, for those who import it. */
export async function findDeployedDmn(definitions: Definitions, namespace: string): Promise<DmnSource | undefined> {
  const graphs = definitions.catalog.all
    .filter((one) => one.kind === 'decisionRequirements' && definitions.catalog.latest(one.kind, one.id) === one)
    .sort((a, b) => b.resourceKey - a.resourceKey);
  for (const { definitionKey, resourceName, resourceKey } of graphs) {
    const content = await definitions.content(definitionKey);
    if (NAMESPACE.exec(content)?.[1] === namespace) return { name: resourceName, content, resourceKey };
  }
  return undefined;
}
