import { BpmnModdle, type MetamodelPackage, type MetamodelType } from 'bpmn-moddle';

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

export interface PropertyShape {
  readonly name: string;
  readonly isMany: boolean;
}

/** What a type of BPMN may hold, by its tag. */
export interface TypeShape {
  /** Attributes that are true or false. */
  readonly flags: ReadonlySet<string>;
  /** The property that a child belongs to. */
  childOf(local: string): PropertyShape | undefined;
}

/** By the local name of a tag; undefined for one that is no type of its own, such as `condition`. */
export type Metamodel = (local: string) => TypeShape | undefined;

/** The shapes of the types, each made when first asked for. */
export function metamodelOf(moddle: BpmnModdle): Metamodel {
  const shapes = new Map<string, TypeShape | undefined>();
  return (local) => {
    if (!shapes.has(local)) shapes.set(local, shapeOf(moddle, local));
    return shapes.get(local);
  };
}

function shapeOf(moddle: BpmnModdle, local: string): TypeShape | undefined {
  const type = descriptorOf(moddle, local);
  if (type === undefined) return undefined;
  const flags = type.properties.filter((one) => one.isAttr === true && one.type === 'Boolean');
  const elements = type.properties.filter((one) => one.isAttr !== true && one.isBody !== true);
  const children = new Map<string, PropertyShape | undefined>();
  const findChild = (child: string) => {
    const types = descriptorOf(moddle, child)?.allTypesByName;
    const property =
      elements.find(({ name }) => name === child) ??
      elements.find((one) => one.isReference !== true && types?.[one.type] !== undefined);
    return property === undefined ? undefined : { name: property.name, isMany: property.isMany === true };
  };
  return {
    flags: new Set(flags.map(({ name }) => name)),
    childOf: (child) => {
      if (!children.has(child)) children.set(child, findChild(child));
      return children.get(child);
    },
  };
}

function descriptorOf(moddle: BpmnModdle, local: string): MetamodelType | undefined {
  const name = `bpmn:${local.charAt(0).toUpperCase()}${local.slice(1)}`;
  return moddle.registry.typeMap[name] === undefined ? undefined : moddle.registry.getEffectiveDescriptor(name);
}
