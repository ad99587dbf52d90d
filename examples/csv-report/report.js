/** Adds up sales, row by row. All money is whole cents, so that no sum drifts. */
export class SalesReport {
  #rows = 0;
  #revenueCents = 0;
  #rejected = { count: 0, first: [] };
  #byMonth = new Map();
  #byRegion = new Map();
  #byProduct = new Map();

  /** @param {Record<string, string>} row @param {number} line of the CSV, counted from 1 */
  add(row, line) {
    const problem = check(row);
    if (problem) {
      this.#rejected.count++;
      if (this.#rejected.first.length < 5) this.#rejected.first.push({ line, problem });
      return;
    }
    const amount = Number(row.quantity) * Math.round(Number(row.unit_price) * 100);
    this.#rows++;
    this.#revenueCents += amount;
    increase(this.#byMonth, row.date.slice(0, 7), amount);
    increase(this.#byRegion, row.region, amount);
    increase(this.#byProduct, row.product, amount);
  }

  toJSON() {
    return {
      rows: this.#rows,
      revenueCents: this.#revenueCents,
      averageOrderCents: this.#rows === 0 ? 0 : Math.round(this.#revenueCents / this.#rows),
      byMonth: Object.fromEntries([...this.#byMonth].sort(([a], [b]) => (a < b ? -1 : 1))),
      byRegion: Object.fromEntries([...this.#byRegion].sort(([, a], [, b]) => b - a)),
      topProducts: [...this.#byProduct]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 5)
        .map(([product, revenueCents]) => ({ product, revenueCents })),
      rejected: this.#rejected,
    };
  }
}

function check(row) {
  if (!/^\d{4}-\d\d-\d\d$/.test(row.date ?? '')) return `date ${JSON.stringify(row.date)} is not YYYY-MM-DD`;
  if (!/^[1-9]\d{0,5}$/.test(row.quantity ?? ''))
    return `quantity ${JSON.stringify(row.quantity)} is not a count`;
  if (!/^\d{1,7}\.\d\d$/.test(row.unit_price ?? ''))
    return `unit_price ${JSON.stringify(row.unit_price)} is not a price`;
  return undefined;
}

function increase(sums, key, amount) {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
