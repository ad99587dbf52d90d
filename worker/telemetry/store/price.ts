/** AWS's list prices in us-east-1 of 2026, in dollars, without free tier or volume discounts. */
const perRequest = 0.0000002;
const perGigabyteSecond = 0.0000166667;

/** What AWS would charge for one invocation on x86, in dollars. */
export function priceOf(billedMilliseconds: number, memoryMegabytes: number): number {
  return perRequest + (billedMilliseconds / 1000) * (memoryMegabytes / 1024) * perGigabyteSecond;
}
