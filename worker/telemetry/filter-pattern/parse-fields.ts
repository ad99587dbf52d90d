import type { Comparison, Field, FieldCondition, FilterPattern } from './filter-pattern.ts';
import type { PatternScanner } from './pattern-scanner.ts';

const fieldName = /[^\s,\]=!<>&|()"%]/;
const bareValue = /[^\s,\]"%&|()=!<>]/;

/** What stands between the brackets of a pattern for space-delimited events. */
export function parseFields(scanner: PatternScanner): FilterPattern {
  const leading: Field[] = [];
  const trailing: Field[] = [];
  let open = false;
  do {
    scanner.skipSpace();
    if (scanner.take('...')) {
      if (open) throw scanner.error("one '...' is allowed: too many");
      open = true;
    } else (open ? trailing : leading).push(parseField(scanner));
    scanner.skipSpace();
  } while (scanner.take(','));
  scanner.expect(']');
  return { kind: 'fields', leading, trailing, open };
}

function parseField(scanner: PatternScanner): Field {
  const start = scanner.position;
  const name = scanner.takeWhile(fieldName);
  if (name === '' && scanner.peek() !== '(') throw scanner.error('the name of a field is expected');
  scanner.skipSpace();
  if (name !== '' && /[,\]]/.test(scanner.peek())) return { name, condition: { kind: 'any' } };
  scanner.position = start;
  const names = new Set<string>();
  const condition = parseOr(scanner, names);
  const [only = ''] = names;
  if (names.size > 1) {
    scanner.position = start;
    throw scanner.error('a condition on more than one field');
  }
  return { name: only, condition };
}

function parseOr(scanner: PatternScanner, names: Set<string>): FieldCondition {
  return parseOperands(scanner, 'or', '||', () =>
    parseOperands(scanner, 'and', '&&', () => parsePrimary(scanner, names)),
  );
}

function parseOperands(
  scanner: PatternScanner,
  kind: 'and' | 'or',
  operator: string,
  parseOperand: () => FieldCondition,
): FieldCondition {
  const first = parseOperand();
  const operands = [first];
  for (scanner.skipSpace(); scanner.take(operator); scanner.skipSpace()) operands.push(parseOperand());
  return operands.length === 1 ? first : { kind, operands };
}

function parsePrimary(scanner: PatternScanner, names: Set<string>): FieldCondition {
  scanner.skipSpace();
  if (scanner.take('(')) {
    const condition = parseOr(scanner, names);
    scanner.expect(')');
    return condition;
  }
  const name = scanner.takeWhile(fieldName);
  if (name === '') throw scanner.error('the name of a field is expected');
  names.add(name);
  scanner.skipSpace();
  const operator = scanner.operator();
  scanner.skipSpace();
  return { kind: 'compare', operator, value: scanner.value(operator, bareValue) } satisfies Comparison;
}
