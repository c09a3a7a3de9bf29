import { BpmnModdle, type MetamodelPackage } from 'bpmn-moddle';

/**
 * Where the metamodel of bpmn-moddle departs from the schema of BPMN 2.0.2 (Semantic.xsd, which it ships): a file that is
 * valid by the schema would not parse. Found by comparing the two, property by property.
 */
const BY_THE_SCHEMA: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  GlobalScriptTask: { script: { isAttr: false } },
  ParticipantAssociation: { innerParticipantRef: { isAttr: false }, outerParticipantRef: { isAttr: false } },
  ConversationNode: { messageFlowRefs: { name: 'messageFlowRef' } },
  Participant: { endPointRefs: { name: 'endPointRef' } },
};

/** The metamodel as the schema has it; what is not named above stays as it is. */
export function bpmnDescriptor(): MetamodelPackage {
  const standard = new BpmnModdle({}).getPackage('bpmn');
  return {
    ...standard,
    types: standard.types.map((type) => {
      const mended = BY_THE_SCHEMA[type.name];
      if (mended === undefined) return type;
      // moddle has put the prefix before the names of what it has registered.
      const properties = type.properties?.map((one) => ({ ...one, ...mended[one.name.replace(/^bpmn:/, '')] }));
      return { ...type, properties };
    }),
  };
}
