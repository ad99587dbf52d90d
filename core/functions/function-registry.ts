/** Told when a function's revision changed; `revisionId` is null when the function is gone. */
export type FunctionChangeListener = (functionArn: string, revisionId: string | null) => void;

export interface FunctionRegistry {
  /** Returns what ends the subscription. */
  onChange(listener: FunctionChangeListener): () => void;
}
