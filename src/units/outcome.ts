/** What a rule answers: a value, or the chain's own name for why it refuses. */
export type Outcome<T, Refusal extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal };

/** The rule accepts, with its result. */
export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({
  ok: true,
  value,
});

/** The rule refuses, with the chain's error name; the state is what it was. */
export const refused = <Refusal extends string>(
  error: Refusal,
): { readonly ok: false; readonly error: Refusal } => ({ ok: false, error });
