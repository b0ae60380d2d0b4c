/** @file Shares shipped tables and models among objectives: each is read once per owner. */

/** @returns a function that calls `make` at most once per owner and keeps its value as long as the owner lives */
export function onceFor<Owner extends object, Value extends object>(
  make: (owner: Owner) => Value,
): (owner: Owner) => Value {
  const made = new WeakMap<Owner, Value>();
  return (owner) => {
    const value = made.get(owner) ?? make(owner);
    made.set(owner, value);
    return value;
  };
}
