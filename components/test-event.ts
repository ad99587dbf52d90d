/** A test event is kept in this browser, one for each function. */
const key = (functionArn: string) => `hearth.test-event:${functionArn}`;

const firstEvent = '{\n  "name": "Ada"\n}';

/** The test event of a function: the last one used, or a first one to start from. */
export function loadTestEvent(functionArn: string): string {
  try {
    return localStorage.getItem(key(functionArn)) ?? firstEvent;
  } catch {
    return firstEvent;
  }
}

/** Keeps the test event; a browser that refuses to only forgets it. */
export function saveTestEvent(functionArn: string, event: string): void {
  try {
    localStorage.setItem(key(functionArn), event);
  } catch {
    // Storage is full or switched off.
  }
}
