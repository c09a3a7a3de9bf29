import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import type { Workload } from './engine-workloads.ts';

/** The same models run by `bpmn-engine`, in memory, with services that answer at once. */
/** It parses the XML for each instance, as its documentation shows; that is part of its figure. */
export function peerWorkload({ name, what, activations, source, variables }: Workload) {
  const items = Array.isArray(variables['items']) ? variables['items'].length : 0;
  return {
    name: `${name} bpmn-engine`,
    what,
    activations,
    run: async () => {
      const engine = new Engine({
        name,
        source: forPeer(source, items),
        variables: { ...variables },
        services: { work: (_scope: unknown, callback: (error: null) => void) => callback(null) },
      });
      const listener = new EventEmitter();
      listener.on('activity.wait', (api: { signal: () => void }) => api.signal());
      const execution = await engine.execute({ listener } as never);
      if (execution.state !== 'idle') await engine.waitFor('end');
    },
  };
}

/** Same structure in its dialect: services by expression, JavaScript conditions, a cardinality for the collection. */
function forPeer(source: string, items: number): string {
  return source
    .replace('<bpmn:definitions', '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn"')
    .replace(/<bpmn:serviceTask id="(\w+)"/g, '<bpmn:serviceTask id="$1" implementation="${environment.services.work}"')
    .replace(/<bpmn:conditionExpression[^>]*>=kind = &quot;(\w)&quot;<\/bpmn:conditionExpression>/g, conditionFor)
    .replace(/<bpmn:extensionElements>.*?<\/bpmn:extensionElements>/g, '')
    .replace('<bpmn:multiInstanceLoopCharacteristics>', `$&<bpmn:loopCardinality>${items}</bpmn:loopCardinality>`);
}

function conditionFor(_match: string, kind: string): string {
  return (
    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">' +
    `next(null, this.environment.variables.kind === '${kind}')</bpmn:conditionExpression>`
  );
}
