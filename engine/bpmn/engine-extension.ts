/**
 * Namespaces of engines: their extensions are orders to execute something, so one that we do not know is refused. Those of
 * anybody else are notes of a tool and pass (BPMN 2.0.2 §8.3.3).
 */
export function isEngineExtension(type: string): boolean {
  return /^(zeebe|reglament|camunda|flowable|activiti):/.test(type);
}
