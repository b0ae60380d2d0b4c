/**
 * What several objectives, or one that is prepared again and again, read from
 * shipped tables and models: made once for whoever lends them.
 */

/** @returns `make`, called at most once for each owner; its value is kept as long as the owner lives */
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
