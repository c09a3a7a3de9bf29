import type { Expression } from '../expressions/expression.ts';
import type { FeelType } from '../expressions/values/feel-type.ts';

export type HitPolicy = 'UNIQUE' | 'ANY' | 'PRIORITY' | 'FIRST' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

/** A decision, compiled and frozen. */
export interface DecisionModel {
  readonly kind: 'decision';
  /** Namespace and id, unique among all files. */
  readonly key: string;
  readonly decisionId: string;
  readonly name: string;
  /** For `versionTag` binding. */
  readonly versionTag: string | null;
  /** Id and name of the `<definitions>` it was deployed in: the requirements graph. */
  readonly requirementsId: string;
  readonly requirementsName: string;
  /** Names under which decisions that require this one see its result: its variable (else its name), and its id. */
  readonly resultNames: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly resultType: FeelType;
  readonly logic: BoxedLogic;
  /** Business knowledge models, services and imported elements it may need, by key. */
  readonly graph: RequirementsGraph;
}

/** Everything of the files read together, by key. */
export type RequirementsGraph = ReadonlyMap<string, GraphElement>;

export type GraphElement = DecisionModel | InputModel | KnowledgeModel | ServiceModel;

/** Input data (DMN 1.5 §6.3.4). */
export interface InputModel {
  readonly kind: 'input';
  readonly key: string;
  readonly name: string;
  /** What files of the graph call the import of its file. */
  readonly importNames: readonly string[];
  readonly type: FeelType;
}

/** A business knowledge model (§6.3.9): a function others call by its name. */
export interface KnowledgeModel {
  readonly kind: 'knowledge';
  readonly key: string;
  readonly name: string;
  readonly resultType: FeelType;
  readonly requirements: readonly Requirement[];
  readonly logic: BoxedFunction;
}

/** A decision service (§6.3.10). Parameters are its input data, then its input decisions. */
export interface ServiceModel {
  readonly kind: 'service';
  readonly key: string;
  readonly name: string;
  readonly resultType: FeelType;
  readonly outputs: readonly string[];
  readonly parameters: readonly { readonly key: string; readonly name: string; readonly type: FeelType }[];
}

/** A name in scope: of an element, or of an element inside an import's namespace (`path` of one name more). */
export interface Requirement {
  readonly names: readonly string[];
  readonly key: string;
  /** The import's name, under which it is reached as `import.name`. */
  readonly within: string | null;
}

/** Boxed expressions (§10.2). */
export type BoxedLogic =
  | LiteralExpression
  | DecisionTable
  | BoxedFunction
  | { readonly kind: 'context'; readonly entries: readonly ContextEntry[] }
  | { readonly kind: 'invocation'; readonly called: BoxedLogic; readonly bindings: readonly TypedLogic[] }
  | { readonly kind: 'list'; readonly items: readonly BoxedLogic[] }
  | {
      readonly kind: 'relation';
      readonly columns: readonly { readonly name: string; readonly type: FeelType }[];
      readonly rows: readonly (readonly BoxedLogic[])[];
    }
  | {
      readonly kind: 'conditional';
      readonly condition: BoxedLogic;
      readonly then: BoxedLogic;
      readonly otherwise: BoxedLogic;
    }
  | {
      readonly kind: 'for' | 'every' | 'some';
      readonly variable: string;
      readonly source: BoxedLogic;
      readonly body: BoxedLogic;
    }
  | { readonly kind: 'filter'; readonly source: BoxedLogic; readonly match: BoxedLogic }
  /** Any of them with a `typeRef` of its own. */
  | { readonly kind: 'typed'; readonly type: FeelType; readonly logic: BoxedLogic };

interface TypedLogic {
  readonly name: string;
  readonly type: FeelType;
  readonly logic: BoxedLogic;
}

export interface ContextEntry {
  /** Null for the result entry. */
  readonly name: string | null;
  readonly type: FeelType;
  readonly logic: BoxedLogic;
}

export interface BoxedFunction {
  readonly kind: 'function';
  readonly parameters: readonly { readonly name: string; readonly type: FeelType }[];
  /** Null for a function of another language, which is not executed. */
  readonly body: BoxedLogic | null;
  readonly resultType: FeelType;
}

export interface LiteralExpression {
  readonly kind: 'literalExpression';
  readonly expression: Expression;
  readonly type: FeelType;
}

export interface DecisionTable {
  readonly kind: 'decisionTable';
  readonly hitPolicy: HitPolicy;
  /** Only with COLLECT. */
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly InputClause[];
  readonly outputs: readonly OutputClause[];
  readonly rules: readonly DecisionRule[];
}

export interface InputClause {
  readonly inputId: string;
  readonly label: string;
  readonly expression: Expression;
  /** Of temporal columns: JSON data holds their values as ISO text. */
  readonly type: FeelType;
  /** Unary tests a value must pass to be admitted; null admits all. A null value is always admitted. */
  readonly allowedValues: Expression | null;
}

export interface OutputClause {
  readonly outputId: string;
  /** Key in the result when there are several outputs. */
  readonly name: string;
  readonly label: string;
  readonly type: FeelType;
  /** Unary tests of the declared output values; null admits all. A null output is always admitted. */
  readonly allowedValues: Expression | null;
  /** The list of output values, highest priority first; for PRIORITY and OUTPUT ORDER. */
  readonly outputValues: Expression | null;
  readonly defaultValue: Expression | null;
}

export interface DecisionRule {
  readonly ruleId: string;
  readonly annotation: string | null;
  readonly inputEntries: readonly Expression[];
  readonly outputEntries: readonly Expression[];
}
