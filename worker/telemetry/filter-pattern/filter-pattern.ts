/** What a term, field or value is compared with. */
export type Matcher =
  | { kind: 'text'; text: string }
  /** Only letters, digits, classes, anchors, alternation and repetition: no groups. */
  | { kind: 'regex'; source: string };

/** A value of a comparison: text in which `*` stands for any characters, a number, or a regular expression. */
export type Value = Matcher | { kind: 'number'; value: number; text: string };

export type ComparisonOperator = '=' | '!=' | '<' | '>' | '<=' | '>=';

export interface Comparison {
  kind: 'compare';
  operator: ComparisonOperator;
  value: Value;
}

/** A step of a JSON selector: a member, an element, or all of either. */
export type SelectorStep = { member: string } | { index: number } | 'every-member' | 'every-element';
export type Selector = readonly SelectorStep[];

/** What is asked of a property of a JSON event. */
export type JsonCondition =
  | { kind: 'and' | 'or'; operands: readonly JsonCondition[] }
  | {
      kind: 'property';
      selector: Selector;
      test: Comparison | { kind: 'is'; what: 'NULL' | 'TRUE' | 'FALSE' } | { kind: 'not-exists' };
    };

/** What is asked of a field of a space-delimited event. */
export type FieldCondition =
  | { kind: 'and' | 'or'; operands: readonly FieldCondition[] }
  | { kind: 'any' }
  | Comparison;

export interface Field {
  name: string;
  condition: FieldCondition;
}

/** A filter pattern of CloudWatch Logs. */
export type FilterPattern =
  | { kind: 'all' }
  | { kind: 'terms'; every: readonly Matcher[]; some: readonly Matcher[]; none: readonly Matcher[] }
  | { kind: 'json'; condition: JsonCondition }
  /** Fields from the start and from the end; between them any number may be when `open`. */
  | { kind: 'fields'; leading: readonly Field[]; trailing: readonly Field[]; open: boolean };

/** Says where a filter pattern is wrong. */
export class FilterPatternError extends Error {
  override readonly name = 'FilterPatternError';
  /** Position of the first character that does not fit. */
  readonly position: number;

  constructor(problem: string, position: number) {
    super(`${problem} at character ${position + 1}`);
    this.position = position;
  }
}
