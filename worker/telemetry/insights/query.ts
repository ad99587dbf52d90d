/** Where something stands in the query, in characters. */
export interface Place {
  start: number;
  end: number;
}

export type Expression = Place &
  (
    | { kind: 'field'; name: string }
    | { kind: 'number'; value: number }
    | { kind: 'text'; value: string }
    | { kind: 'regex'; source: string }
    /** `5m` */
    | { kind: 'duration'; count: number; unit: string }
    | { kind: 'star' }
    | { kind: 'list'; items: Expression[] }
    | { kind: 'call'; name: string; arguments: Expression[] }
    | { kind: 'unary'; operator: '-' | 'not'; operand: Expression }
    | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  );

export type BinaryOperator =
  | ('or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'in')
  | ('+' | '-' | '*' | '/' | '%' | '^');

/** An expression and what its column is called. */
export interface Column {
  expression: Expression;
  name: string;
}

export type Command = Place &
  (
    | { kind: 'fields'; columns: Column[] }
    | { kind: 'display'; columns: Column[] }
    | { kind: 'filter'; condition: Expression }
    | { kind: 'stats'; aggregates: Column[]; by: Column[] }
    | { kind: 'sort'; keys: { expression: Expression; descending: boolean }[] }
    | { kind: 'limit'; count: number }
    | { kind: 'dedup'; fields: Expression[] }
    | {
        kind: 'parse';
        source: Expression;
        pattern: { kind: 'glob' | 'regex'; text: string } & Place;
        names: string[];
      }
  );
